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
  /** The window's namespace that the person saw, for jobs that name none. */
  namespace?: string;
  /** The pool (empty: none) that its jobs go to in the place of the one that stands there. */
  pool?: string;
}

/** A job, or one pod of it, as a tree row or another feature names it. */
export interface JobTarget {
  job?: JobRef;
  pod?: string;
  /** Context of the kubeconfig in which the person saw it: what is done is done there, or not at all. */
  context?: string | undefined;
}

/** One of the resources that a job consists of, by its kind in the words of the cluster. */
export interface ResourceTarget {
  job: JobRef;
  kind: string;
  name: string;
  context?: string;
}

/** A pool, as a tree row names it; the empty name is that of the nodes that belong to none. */
export interface PoolTarget {
  pool?: string | undefined;
}

/** A forward, as a tree row names it. */
export interface ForwardRow {
  /** Its id. */
  forward?: string | undefined;
}

/** A node and its pool, as a tree row names them. */
export interface NodeTarget extends PoolTarget {
  node?: string | undefined;
}

/** Every command of ours with what it takes. VS Code's menus pass a URI or a tree row, the palette nothing. */
export interface CommandArguments {
  /** The explorer passes all that is selected beside what was clicked. With a target, these files go to its pool. */
  'gpuctl.job.submit': [target?: SubmitTarget | vscode.Uri, selected?: readonly vscode.Uri[]];
  /** Submits again what was not submitted; the page is where that is told. */
  'gpuctl.submit.again': [page?: vscode.Uri];
  'gpuctl.pod.terminal': [target?: JobTarget];
  'gpuctl.rank.debug': [target?: JobTarget];
  'gpuctl.job.tensorBoard': [target?: JobTarget];
  /** Asks for the port. */
  'gpuctl.forward.start': [target?: JobTarget];
  /** Each asks which one is meant where none is named. */
  'gpuctl.forward.stop': [forward?: ForwardRow];
  'gpuctl.forward.restart': [forward?: ForwardRow];
  'gpuctl.forward.copyUrl': [forward?: ForwardRow];
  /** In the browser, as soon as it is ready. */
  'gpuctl.forward.open': [forward?: ForwardRow];
  /** What a service serves, in the browser; asks for the port where it serves on several. */
  'gpuctl.job.openInBrowser': [target?: JobTarget];
  'gpuctl.notebook.new': [];
  /** Each asks which one is meant where none is named. */
  'gpuctl.notebook.open': [target?: JobTarget];
  'gpuctl.notebook.openInBrowser': [target?: JobTarget];
  'gpuctl.notebook.resize': [target?: JobTarget];
  /** The explorer passes a folder, the view of jobs a row. */
  'gpuctl.files.sync': [target?: JobTarget | vscode.Uri];
  /** The explorer passes what was clicked, and all that is selected. */
  'gpuctl.files.upload': [target?: JobTarget | vscode.Uri, selected?: readonly unknown[]];
  /** A file or folder of a job; from a row, it is looked for first. */
  'gpuctl.files.download': [target?: JobTarget | vscode.Uri];
  'gpuctl.files.browse': [target?: JobTarget];
  'gpuctl.job.newFile': [];
  /** A menu on several selected rows gives all of them, too. */
  'gpuctl.job.stop': [target?: JobTarget, all?: readonly JobTarget[]];
  'gpuctl.job.start': [target?: JobTarget, all?: readonly JobTarget[]];
  'gpuctl.job.resume': [target?: JobTarget, all?: readonly JobTarget[]];
  'gpuctl.job.scale': [target?: JobTarget];
  'gpuctl.job.delete': [target?: JobTarget, all?: readonly JobTarget[]];
  'gpuctl.jobs.group': [];
  'gpuctl.jobs.filter': [];
  'gpuctl.jobs.clearFilter': [];
  'gpuctl.jobs.showMine': [];
  'gpuctl.jobs.showAll': [];
  /** Tells of the end of jobs that somebody else started. */
  'gpuctl.jobs.notify': [target?: JobTarget, all?: readonly JobTarget[]];
  /** The person started these in this window: their end is told. */
  'gpuctl.jobs.await': [jobs: readonly JobRef[], context?: string];
  /** The person ended these: nothing is told of them. */
  'gpuctl.jobs.forget': [jobs: readonly JobRef[], context?: string];
  /** The row behind a page of rows. */
  'gpuctl.row.showMore': [row?: { showMore?: (() => void) | undefined }];
  'gpuctl.job.log': [target?: JobTarget];
  'gpuctl.job.stopLog': [target?: JobTarget];
  /** The log of the try before. */
  'gpuctl.log.previous': [target?: JobTarget];
  /** The whole log, in a file. */
  'gpuctl.log.openFile': [target?: JobTarget];
  'gpuctl.log.firstError': [];
  'gpuctl.log.saved': [];
  'gpuctl.log.searchSaved': [];
  'gpuctl.log.deleteSaved': [];
  /** A place in a file as a log names it; line and column from 1. */
  'gpuctl.log.openSource': [path: string, at: number, column?: number];
  'gpuctl.job.details': [target?: JobTarget];
  'gpuctl.job.why': [target?: JobTarget];
  /** Selects its row where the view of jobs is open, now or within a minute; for what was just submitted. */
  'gpuctl.job.reveal': [job: JobRef];
  /** Shows its row whatever the view shows now, else its page; for a click. */
  'gpuctl.job.show': [target: JobTarget];
  /** Name of the pool; empty for the nodes that belong to none. */
  'gpuctl.pool.reveal': [pool: string];
  'gpuctl.pool.addNodes': [target?: PoolTarget];
  'gpuctl.pool.submit': [target?: PoolTarget, file?: vscode.Uri];
  /** A menu on several selected rows gives all of them, too. */
  'gpuctl.node.bind': [target?: NodeTarget, all?: NodeTarget[]];
  'gpuctl.node.unbind': [target?: NodeTarget, all?: NodeTarget[]];
  /** A job that holds GPUs of a node. */
  'gpuctl.node.showJob': [target: JobTarget];
  /** Where a finding stands; line and character count from 0. */
  'gpuctl.finding.fix': [uri: string, line: number, character: number];
  'gpuctl.job.source': [target?: JobTarget];
  'gpuctl.job.resource': [target: ResourceTarget];
  'gpuctl.job.copyCommand': [target?: JobTarget];
  /** A row of a job means its document, where that lies in the workspace. */
  'gpuctl.job.submitChanges': [target?: SubmitTarget | JobTarget | vscode.Uri];
  /** A side of a comparison. */
  'gpuctl.changes.submit': [side?: vscode.Uri];
  /** The document behind a job, as it was opened. */
  'gpuctl.source.edit': [source?: vscode.Uri];
  /** Where the name stands; line and character count from 0. */
  'gpuctl.document.rename': [uri: string, line: number, character: number];
  'gpuctl.document.actions': [];
  /** The line above a document names its file by a text. */
  'gpuctl.document.preview': [target?: vscode.Uri | string];
  'gpuctl.document.compare': [target?: vscode.Uri | string];
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
