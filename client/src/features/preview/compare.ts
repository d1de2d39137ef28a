import * as vscode from 'vscode';
import { type ComparedDto, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** Scheme of both sides of a comparison: `gpuctl-compare:/before/train.yaml?<uri of the file>`. */
const COMPARE_SCHEME = 'gpuctl-compare';

export interface Comparisons extends vscode.Disposable {
  /** Compares the documents of a file with the cluster and shows what differs, or says that nothing does. */
  open(source: vscode.Uri): Promise<void>;
}

/** "Compare with Cluster": a diff of what a file's documents have there and would have after a submit. */
export function activateCompare(infrastructure: Infrastructure): Comparisons {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(COMPARE_SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()),
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  );
  const hold = (source: vscode.Uri, side: 'before' | 'after', text: string): vscode.Uri => {
    const path = `/${side}/${fileName(source).replace(/(?:\.gpuctl)?\.ya?ml$/i, '')}.yaml`;
    const uri = vscode.Uri.from({ scheme: COMPARE_SCHEME, path, query: source.toString() });
    texts.set(uri.toString(), text);
    changed.fire(uri);
    return uri;
  };
  return {
    async open(source) {
      const { t } = infrastructure.texts;
      const file = fileName(source);
      const { same, before, after, cluster } = await ask(infrastructure, source);
      const title = t('compare.title', { file, cluster });
      // An old comparison says what is not so any more, or is of another cluster.
      await vscode.window.tabGroups.close(tabsOf(source).filter(({ label }) => same || label !== title));
      if (same) {
        void vscode.window.showInformationMessage(t('compare.same', { file, cluster }));
        return;
      }
      const [left, right] = [hold(source, 'before', before), hold(source, 'after', after)];
      await vscode.commands.executeCommand('vscode.diff', left, right, title);
    },
    dispose: () => subscriptions.dispose(),
  };
}

/** The tabs in which a file is compared. */
const tabsOf = (source: vscode.Uri): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff && isSideOf(input.modified, source));

const isSideOf = ({ scheme, query }: vscode.Uri, source: vscode.Uri): boolean =>
  scheme === COMPARE_SCHEME && query === source.toString();

async function ask({ server, texts }: Infrastructure, source: vscode.Uri): Promise<ComparedDto> {
  const text = (await vscode.workspace.openTextDocument(source)).getText();
  const title = texts.t('compare.progress', { file: fileName(source) });
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_, token) => server.request(Requests.compare, { uri: source.toString(), text }, token),
  );
}

const fileName = ({ path }: vscode.Uri): string => path.split('/').at(-1) ?? '';
