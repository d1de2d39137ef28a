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
  /** Tells when the file goes, or is there again. */
  watcher: vscode.Disposable;
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
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#adopt(document);
        const preview = this.#previews.get(toPreviewUri(document.uri).toString());
        if (preview) this.#follow(preview);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#previews.get(uri.toString())?.watcher.dispose();
        this.#previews.delete(uri.toString());
        const preview = this.#previews.get(toPreviewUri(uri).toString());
        if (preview) this.#follow(preview);
      }),
    );
    // The window keeps its tabs when the extensions start again.
    for (const document of vscode.workspace.textDocuments) this.#adopt(document);
  }

  /** Shows the preview of a file beside it, where it is shown already in its place. The cursor stays in the file. */
  async open(source: vscode.Uri): Promise<void> {
    const uri = toPreviewUri(source);
    const document = await vscode.workspace.openTextDocument(uri);
    this.#adopt(document);
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
    if (!preview.rendered) await this.#refresh(preview);
    return preview.rendered?.text;
  }

  dispose(): void {
    for (const { watcher } of this.#previews.values()) watcher.dispose();
    this.#subscriptions.dispose();
  }

  #begin(uri: vscode.Uri): Followed {
    const source = vscode.Uri.parse(uri.query, true);
    const follow = () => this.#follow(preview);
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(source, '..'), fileName(source));
    const files = vscode.workspace.createFileSystemWatcher(pattern, false, true, false);
    const watcher = vscode.Disposable.from(files, files.onDidCreate(follow), files.onDidDelete(follow));
    const preview: Followed = { uri, source, rendered: undefined, stale: false, refreshing: undefined, watcher };
    this.#previews.set(uri.toString(), preview);
    return preview;
  }

  /** Follows a preview that is shown, but that nobody asked us for: its text is there already. */
  #adopt({ uri }: vscode.TextDocument): void {
    if (uri.scheme === PREVIEW_SCHEME && uri.query && !this.#previews.has(uri.toString()))
      this.#follow(this.#begin(uri));
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
    while (preview.stale) {
      preview.stale = false;
      const rendered = (await openSource(preview)) ? await this.#render(preview) : this.#tellGone(preview);
      if (!rendered) continue; // closed meanwhile: that asks anew
      const before = preview.rendered;
      preview.rendered = rendered;
      if (before?.text !== rendered.text) this.#changed.fire(preview.uri);
      this.#rendered.fire(preview);
    }
  }

  #render({ source }: Preview): Promise<RenderedDto | null> {
    return this.#infrastructure.server.request(Requests.render, { textDocument: { uri: source.toString() } });
  }

  /** What is shown, with the word that it is old in place of its first line. */
  #tellGone({ uri, source, rendered }: Preview): RenderedDto {
    const shown = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const text = rendered?.text ?? shown?.getText() ?? '';
    const header = `# ${this.#infrastructure.texts.t('preview.gone', { file: fileName(source) })}`;
    return { version: GONE, text: [header, ...text.split('\n').slice(1)].join('\n'), documents: [], counterparts: [] };
  }
}

/** Version of a file that is not there. */
const GONE = -1;

/**
 * Opens the file behind a preview where its tab was closed, so that it is known when it changes. VS Code lets go of it after some minutes, and
 * then this is asked again. `false`: it is not there any more.
 */
async function openSource({ source }: Preview): Promise<boolean> {
  const isSource = (uri: vscode.Uri) => uri.toString() === source.toString();
  const isOpen = vscode.workspace.textDocuments.some(({ uri }) => isSource(uri));
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const hasTab = tabs.some(({ input }) => input instanceof vscode.TabInputText && isSource(input.uri));
  // What was never saved is gone with its tab: to open it would make an empty one.
  if (source.scheme === 'untitled' || (isOpen && hasTab)) return isOpen;
  // Without a tab VS Code holds a file for a while that is not there.
  const opening = vscode.workspace.fs.stat(source).then(() => vscode.workspace.openTextDocument(source));
  return opening.then(
    () => true,
    () => false,
  );
}

const fileName = ({ path }: vscode.Uri): string => path.split('/').at(-1) ?? '';

/** Where the preview of a file is found: named after it, and never taken for a gpuctl file itself. */
function toPreviewUri(source: vscode.Uri): vscode.Uri {
  const path = source.path.replace(/(?:\.gpuctl)?\.ya?ml$/i, '').replace(/^(?!\/)/, '/');
  return vscode.Uri.from({ scheme: PREVIEW_SCHEME, path: `${path}.resources.yaml`, query: source.toString() });
}
