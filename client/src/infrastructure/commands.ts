import * as vscode from 'vscode';
import type { JobRef } from '../../../server/src/protocol.ts';
import type { ErrorBoundary } from './errorBoundary.ts';

/** A document to submit, as the lens names it. Without `document`, all of the file; `context` is where the lens says it goes. */
export interface SubmitTarget {
  uri: string;
  document?: number;
  /** What that document is. */
  meant?: { kind: string; name: string };
  context?: string;
}

/** A job, or one pod of it, as a tree row or another feature names it. */
export interface JobTarget {
  job?: JobRef;
  pod?: string;
}

/** Every command of ours with what it takes. VS Code's menus pass a URI or a tree row, the palette nothing. */
export interface CommandArguments {
  'gpuctl.job.submit': [target?: SubmitTarget | vscode.Uri];
  'gpuctl.job.newFile': [];
  'gpuctl.job.stop': [target?: JobTarget];
  'gpuctl.job.start': [target?: JobTarget];
  'gpuctl.job.resume': [target?: JobTarget];
  'gpuctl.job.scale': [target?: JobTarget];
  'gpuctl.job.delete': [target?: JobTarget];
  'gpuctl.job.log': [target?: JobTarget];
  'gpuctl.job.stopLog': [target?: JobTarget];
  'gpuctl.job.reveal': [job: JobRef];
  /** Name of the pool; empty for the nodes that belong to none. */
  'gpuctl.pool.reveal': [pool: string];
  /** Where a finding stands; line and character count from 0. */
  'gpuctl.finding.fix': [uri: string, line: number, character: number];
  'gpuctl.document.preview': [target?: vscode.Uri];
  'gpuctl.document.compare': [target?: vscode.Uri];
  'gpuctl.target.select': [];
  'gpuctl.connection.reconnect': [];
  'gpuctl.cluster.check': [];
  'gpuctl.kubeconfig.open': [path?: string];
  'gpuctl.output.show': [];
}
export type CommandId = keyof CommandArguments;

/** The only place where commands are registered: each runs inside the error boundary. */
export class Commands implements vscode.Disposable {
  readonly #boundary: ErrorBoundary;
  readonly #registered: vscode.Disposable[] = [];

  constructor(boundary: ErrorBoundary) {
    this.#boundary = boundary;
  }

  register<I extends CommandId>(id: I, handler: (...args: CommandArguments[I]) => Promise<void>): void {
    const command = (...args: CommandArguments[I]) => this.#boundary.run(() => handler(...args));
    this.#registered.push(vscode.commands.registerCommand(id, command));
  }

  async execute<I extends CommandId>(id: I, ...args: CommandArguments[I]): Promise<void> {
    await vscode.commands.executeCommand(id, ...args);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#registered).dispose();
  }
}
