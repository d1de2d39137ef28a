import * as vscode from 'vscode';
import { Requests, ServerNotifications } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import {
  JUPYTER,
  JUPYTER_NOTEBOOK,
  type JupyterApi,
  type JupyterServer,
  type JupyterServerCollection,
  type JupyterServerProvider,
} from './jupyterApi.ts';
import { reach } from './reach.ts';
import { jobOf, type ListedServer, listServers } from './serverList.ts';

/** What counts as a view while notebooks are offered: jobs are then worth knowing. */
const INTEREST = 'gpuctl.jupyter';
/** Milliseconds that the kernel picker waits for the cluster. */
const PATIENCE = 10_000;

/** Our notebooks as servers in the kernel picker of the Jupyter extension, where there is one. It is not asked for, nor started before a notebook file is open. */
export class JupyterServers implements vscode.Disposable, JupyterServerProvider {
  readonly #infrastructure: Infrastructure;
  readonly #create: () => Promise<ListedServer | undefined>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #resolved = new Set<string>();
  readonly #subscriptions: vscode.Disposable;
  #collection: JupyterServerCollection | undefined;
  #attaching: Promise<void> | undefined;
  #listed: ListedServer[] = [];

  readonly onDidChangeServers = this.#changed.event;

  /** `create`: makes a notebook by questions, and gives it when it runs. */
  constructor(infrastructure: Infrastructure, create: () => Promise<ListedServer | undefined>) {
    this.#infrastructure = infrastructure;
    this.#create = create;
    const { boundary, connection, server } = infrastructure;
    const look = () => void boundary.runQuietly(() => this.#look());
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.extensions.onDidChange(look),
      vscode.workspace.onDidOpenNotebookDocument(look),
      vscode.workspace.onDidCloseNotebookDocument(() => this.#show()),
      connection.onDidChange(() => void boundary.runQuietly(() => this.#refresh())),
      server.onNotification(ServerNotifications.stateChanged, ({ parts }) => {
        if (parts.includes('jobs')) void boundary.runQuietly(() => this.#refresh());
      }),
    );
    look();
  }

  /** Whether the Jupyter extension is there. */
  get isThere(): boolean {
    return vscode.extensions.getExtension(JUPYTER) !== undefined;
  }

  /** Whether a notebook was used from the kernel picker in this window: its person knows the way. */
  wasUsed(id: string): boolean {
    return this.#resolved.has(id);
  }

  /** Offers what there is, before somebody looks for it. */
  async prepare(): Promise<void> {
    await this.#attach();
    await this.#refresh();
  }

  async provideJupyterServers(): Promise<JupyterServer[]> {
    const { boundary, configuration, connection, interests, server } = this.#infrastructure;
    if (!configuration.trusted) return [];
    interests.set(INTEREST, true);
    await boundary.runQuietly(async () => {
      await server.startFirst();
      const until = Date.now() + PATIENCE;
      while (['off', 'connecting'].includes(connection.current.phase) && Date.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 100));
      await this.#list();
    });
    this.#show();
    return this.#listed;
  }

  async resolveJupyterServer({ id, label }: JupyterServer, token: vscode.CancellationToken): Promise<JupyterServer> {
    const { boundary } = this.#infrastructure;
    const target = jobOf(id);
    if (!target) throw new vscode.CancellationError();
    try {
      const { baseUrl, token: secret, headers } = await reach(this.#infrastructure, target, token, true);
      this.#resolved.add(id);
      const connectionInformation = { baseUrl: vscode.Uri.parse(baseUrl), token: secret, ...(headers && { headers }) };
      return { id, label, connectionInformation };
    } catch (error) {
      if (error instanceof vscode.CancellationError) throw error;
      // Jupyter shows it as it is: without what nobody else is to see.
      const { message, hint } = boundary.toFailure(error);
      throw new Error(this.#infrastructure.texts.join(message, hint));
    }
  }

  dispose(): void {
    this.#collection?.dispose();
    this.#subscriptions.dispose();
  }

  async #look(): Promise<void> {
    if (this.isThere && (vscode.extensions.getExtension(JUPYTER)?.isActive || hasNotebook())) await this.#attach();
  }

  #attach(): Promise<void> {
    this.#attaching ??= this.#begin().catch((error) => {
      this.#attaching = undefined;
      throw error;
    });
    return this.#attaching;
  }

  async #begin(): Promise<void> {
    const api = await vscode.extensions.getExtension<Partial<JupyterApi>>(JUPYTER)?.activate();
    if (!api?.createJupyterServerCollection) {
      this.#attaching = undefined; // it may come, or a newer one
      return;
    }
    const { t } = this.#infrastructure.texts;
    const collection = api.createJupyterServerCollection('gpuctl', t('ui.notebook.collection'), this);
    this.#collection = collection;
    collection.commandProvider = {
      provideCommands: async () => [
        {
          label: t('ui.notebook.newCommand'),
          description: t('ui.notebook.newCommand.about'),
          canBeAutoSelected: this.#listed.length === 0,
        },
      ],
      handleCommand: () => this.#create(),
    };
  }

  /** The cluster is watched for the picker as long as there is something to pick for. */
  #show(): void {
    this.#infrastructure.interests.set(INTEREST, this.#collection !== undefined && hasNotebook());
  }

  async #refresh(): Promise<void> {
    if (!this.#collection || this.#infrastructure.connection.current.phase !== 'connected') return;
    const before = JSON.stringify(this.#listed);
    await this.#list();
    if (JSON.stringify(this.#listed) !== before) this.#changed.fire();
  }

  async #list(): Promise<void> {
    const { connection, server, texts } = this.#infrastructure;
    const { phase, context, namespace } = connection.current;
    if (phase !== 'connected' || context === undefined) return;
    const jobs = await server.request(Requests.jobs, undefined);
    if (connection.current.context !== context) return;
    this.#listed = listServers(jobs, { context, namespace }, texts);
  }
}

const hasNotebook = (): boolean =>
  vscode.workspace.notebookDocuments.some(({ notebookType }) => notebookType === JUPYTER_NOTEBOOK);
