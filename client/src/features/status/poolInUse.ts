import * as vscode from 'vscode';
import {
  type ConnectionDto,
  type PoolInUseDto,
  Requests,
  ServerNotifications,
} from '../../../../server/src/protocol.ts';
import { mayBeGpuctl } from '../../infrastructure/documents.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** Milliseconds from one question to the next: who moves the cursor, and what changes fast, is followed at leisure. */
const SPACING = 500;

/** A pool, and the cluster that told of it: a context of the same name may be another one. */
export interface PoolOfCluster extends Pick<ConnectionDto, 'context' | 'id'> {
  pool: PoolInUseDto;
}

/** The pool whose free GPUs the status bar tells, followed while there is a connection. */
export class PoolInUse implements vscode.Disposable {
  readonly #infrastructure: Infrastructure;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #current: PoolOfCluster | undefined;
  #timer: NodeJS.Timeout | undefined;
  #asking = false;
  #stale = false;

  readonly onDidChange = this.#changed.event;

  constructor(infrastructure: Infrastructure) {
    this.#infrastructure = infrastructure;
    const { server, connection, configuration } = infrastructure;
    const look = () => this.#look();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      connection.onDidChange(look),
      configuration.onDidChoosePool(look),
      server.onNotification(ServerNotifications.stateChanged, ({ parts }) => parts.includes('pools') && look()),
      vscode.window.onDidChangeActiveTextEditor(look),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => mayMatter(textEditor.document) && look()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => mayMatter(document) && look()),
    );
  }

  get current(): PoolOfCluster | undefined {
    return this.#current;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  /** One question at a time, and not too often; what changes under way is asked for after it. */
  #look(): void {
    this.#stale = true;
    if (this.#asking || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#ask();
    }, SPACING);
  }

  async #ask(): Promise<void> {
    const { server, boundary, connection, configuration } = this.#infrastructure;
    this.#stale = false;
    this.#asking = true;
    const { context, id } = connection.current;
    await boundary.runQuietly(async () => {
      const editor = vscode.window.activeTextEditor;
      const file = editor && mayBeGpuctl(editor.document) ? editor : undefined;
      const chosen = configuration.pool(context);
      const found =
        connection.current.phase === 'connected'
          ? await server.request(Requests.poolInUse, {
              ...(chosen !== undefined && { chosen }),
              ...(file && { uri: file.document.uri.toString(), line: file.selection.active.line }),
            })
          : undefined;
      this.#take(found ? { ...(context && { context }), ...(id && { id }), pool: found } : undefined);
    });
    this.#asking = false;
    if (this.#stale) this.#look();
  }

  #take(found: PoolOfCluster | undefined): void {
    if (JSON.stringify(found) === JSON.stringify(this.#current)) return;
    this.#current = found;
    this.#changed.fire();
  }
}

/** Whether another place in a document may mean another pool; cheap, since it is asked with every key. */
const mayMatter = ({ languageId }: vscode.TextDocument): boolean => languageId === 'gpuctl' || languageId === 'yaml';
