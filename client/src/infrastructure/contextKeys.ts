import * as vscode from 'vscode';

/** The keys that `when` clauses of the manifest ask for. */
export interface ContextKeys {
  /** Phase of the connection. */
  'gpuctl.connection': string;
  /** The active editor may hold gpuctl YAML. */
  'gpuctl.editor': boolean;
  /**
   * Paths of the editors in sight that may, for `resourcePath`: each group of editors has a title of its own. URIs would not do, since in a
   * remote window the editor has others than we; nor does it write paths as we do on every system, so both spellings are there.
   */
  'gpuctl.editors': string[];
  /** At least one log is followed. */
  'gpuctl.logs': boolean;
}

export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
