import * as vscode from 'vscode';

/** The keys that `when` clauses of the manifest ask for. */
export interface ContextKeys {
  /** Phase of the connection. */
  'gpuctl.connection': string;
  /** The active editor may hold gpuctl YAML. */
  'gpuctl.editor': boolean;
  /** At least one log is followed. */
  'gpuctl.logs': boolean;
}

export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
