import type { CancellationToken, Event, Uri } from 'vscode';

/**
 * What we use of the public API of the extension `ms-toolsai.jupyter` (its npm package `@vscode/jupyter-extension`, 1.1), which lets any extension
 * offer servers in the kernel picker.
 */
export interface JupyterApi {
  createJupyterServerCollection(id: string, label: string, provider: JupyterServerProvider): JupyterServerCollection;
}

export interface JupyterServer {
  /** Remembered with the files that use it. */
  readonly id: string;
  readonly label: string;
  readonly connectionInformation?: {
    readonly baseUrl: Uri;
    readonly token?: string;
    readonly headers?: Record<string, string>;
  };
}

export interface JupyterServerProvider {
  /** Without it, the list is never asked for again. */
  onDidChangeServers?: Event<void>;
  provideJupyterServers(token: CancellationToken): Promise<JupyterServer[]>;
  /** Asked for each connection anew. */
  resolveJupyterServer(server: JupyterServer, token: CancellationToken): Promise<JupyterServer>;
}

export interface JupyterServerCommand {
  label: string;
  description?: string;
  /** Whether it is run at once where there is nothing else to choose. */
  canBeAutoSelected?: boolean;
}

export interface JupyterServerCommandProvider {
  provideCommands(value: string | undefined, token: CancellationToken): Promise<JupyterServerCommand[]>;
  /** The server that it made; `undefined` closes the picker. */
  handleCommand(command: JupyterServerCommand, token: CancellationToken): Promise<JupyterServer | undefined>;
}

export interface JupyterServerCollection {
  commandProvider?: JupyterServerCommandProvider;
  dispose(): void;
}

/** Its name among extensions, and the type of its documents. */
export const JUPYTER = 'ms-toolsai.jupyter';
export const JUPYTER_NOTEBOOK = 'jupyter-notebook';
