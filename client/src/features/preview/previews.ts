import * as vscode from 'vscode';
import { type RenderedDto, Requests, ServerNotifications } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** Scheme of the resources of a file: `gpuctl-preview:/train.resources.yaml?<uri of the file>`. */
export const PREVIEW_SCHEME = 'gpuctl-preview';

/** The preview of one file, for as long as it is open. */
export interface Preview {
  readonly uri: vscode.Uri;
  readonly source: vscode.Uri;
  /** What is shown, and the version of the file that it belongs to. */
  rendered: RenderedDto | undefined;
}
interface Followed extends Preview {
  stale: boolean;
  refreshing: Promise<void> | undefined;
}

/** The previews that are open. Each follows its file: an edit asks anew at once, and one question is under way at a time. */
export class Previews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #infrastructure: Infrastructure;
  readonly #previews = new Map<string, Followed>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #rendered = new vscode.EventEmitter<Preview>();
  readonly #subscriptions: vscode.Disposable;

  /** The text of a preview differs. */
  readonly onDidChange = this.#changed.event;
  /** A preview belongs to another version of its file now. */
  readonly onDidRender = this.#rendered.event;

  constructor(infrastructure: Infrastructure) {
    const { server, connection, configuration } = infrastructure;
    this.#infrastructure = infrastructure;
    const followAll = () => {
      for (const preview of this.#previews.values()) this.#follow(preview);
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#rendered,
      server.onDidStart(followAll),
      server.onNotification(ServerNotifications.stateChanged, ({ parts }) => {
        if (parts.includes('pools')) followAll();
      }),
      connection.onDidChange(followAll),
      configuration.onDidChange(followAll),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const preview = this.#previews.get(toPreviewUri(document.uri).toString());
        if (preview && contentChanges.length) this.#follow(preview);
      }),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        const preview = this.#previews.get(toPreviewUri(uri).toString());
        if (preview) this.#follow(preview);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#previews.delete(uri.toString())),
    );
  }

  /** Shows the preview of a file beside it, where it is shown already in its place. The cursor stays in the file. */
  async open(source: vscode.Uri): Promise<void> {
    const uri = toPreviewUri(source);
    const document = await vscode.workspace.openTextDocument(uri);
    const shown = vscode.window.tabGroups.all.find(({ tabs }) =>
      tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
    );
    const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(document, { viewColumn, preserveFocus: true, preview: false });
  }

  /** The preview that a document is, or is shown in. */
  find({ uri }: vscode.TextDocument): Preview | undefined {
    return this.#previews.get((uri.scheme === PREVIEW_SCHEME ? uri : toPreviewUri(uri)).toString());
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string | undefined> {
    if (!uri.query) return undefined;
    const preview = this.#previews.get(uri.toString()) ?? this.#begin(uri);
    if (!preview.rendered) {
      await vscode.workspace.openTextDocument(preview.source);
      await this.#refresh(preview);
    }
    return preview.rendered?.text;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #begin(uri: vscode.Uri): Followed {
    const source = vscode.Uri.parse(uri.query, true);
    const preview: Followed = { uri, source, rendered: undefined, stale: false, refreshing: undefined };
    this.#previews.set(uri.toString(), preview);
    return preview;
  }

  #follow(preview: Followed): void {
    void this.#infrastructure.boundary.runQuietly(() => this.#refresh(preview));
  }

  #refresh(preview: Followed): Promise<void> {
    preview.stale = true;
    preview.refreshing ??= this.#renderUntilFresh(preview).finally(() => {
      preview.refreshing = undefined;
    });
    return preview.refreshing;
  }

  async #renderUntilFresh(preview: Followed): Promise<void> {
    const { server } = this.#infrastructure;
    while (preview.stale) {
      preview.stale = false;
      const textDocument = { uri: preview.source.toString() };
      const rendered = await server.request(Requests.render, { textDocument });
      if (!rendered) continue; // closed meanwhile: what is shown stays
      const before = preview.rendered;
      preview.rendered = rendered;
      if (before?.text !== rendered.text) this.#changed.fire(preview.uri);
      this.#rendered.fire(preview);
    }
  }
}

/** Where the preview of a file is found: named after it, and never taken for a gpuctl file itself. */
function toPreviewUri(source: vscode.Uri): vscode.Uri {
  const path = source.path.replace(/(?:\.gpuctl)?\.ya?ml$/i, '').replace(/^(?!\/)/, '/');
  return vscode.Uri.from({ scheme: PREVIEW_SCHEME, path: `${path}.resources.yaml`, query: source.toString() });
}
