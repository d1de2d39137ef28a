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
  /** The workspace has gpuctl files. */
  'gpuctl.workspace': boolean;
  /** At least one log is followed. */
  'gpuctl.logs': boolean;
  /** At least one port of a job is reached from this machine. */
  'gpuctl.forwards': boolean;
  /** Something was submitted, a log was shown, a notebook opened: steps of the walkthrough that are done. */
  'gpuctl.submitted': boolean;
  'gpuctl.watched': boolean;
  'gpuctl.notebookOpened': boolean;
  /** In the view of jobs only one's own are shown. */
  'gpuctl.jobs.mine': boolean;
  /** The view of jobs has a filter. */
  'gpuctl.jobs.filtered': boolean;
}

export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
