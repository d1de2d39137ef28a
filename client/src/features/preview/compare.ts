import * as vscode from 'vscode';
import { type ComparedDto, Requests } from '../../../../server/src/protocol.ts';
import type { SubmitTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { fromQuery, toQuery } from './comparedAt.ts';

/** Scheme of both sides of a comparison: `gpuctl-compare:/before/train.yaml?<what was compared>`. */
const COMPARE_SCHEME = 'gpuctl-compare';

/** What was compared: a submit of it is of this text, in this cluster and namespace. */
export interface Comparison extends ComparedDto {
  of: SubmitTarget;
  text: string;
}

export interface Comparisons extends vscode.Disposable {
  /**
   * Compares the documents of a file, or one of them, with the cluster, and shows what differs, if anything does; `onlyIfThere`: and if anything
   * of it is there.
   */
  open(target: SubmitTarget, onlyIfThere?: boolean): Promise<Comparison>;
  /** What a side shows; `undefined` where it is held no more, such as after the window was opened again. */
  find(side: vscode.Uri): Comparison | undefined;
  /** What a side was made from; `undefined` where that cannot be told. */
  targetOf(side: vscode.Uri): SubmitTarget | undefined;
  /** Whether the file still has the text that was compared. */
  isSame(comparison: Comparison): Promise<boolean>;
  /** Closes the comparisons of a file, which say what is not so any more. */
  close(source: string): Promise<void>;
}

/** "Compare with Cluster": a diff of what a file's documents have there and would have after a submit. */
export function activateCompare(infrastructure: Infrastructure): Comparisons {
  const { t } = infrastructure.texts;
  const shown = new Map<string, Comparison>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(COMPARE_SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ path, query }) => {
        const comparison = shown.get(query);
        return comparison?.[path.startsWith('/before/') ? 'before' : 'after'] ?? `# ${t('compare.again')}\n`;
      },
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === COMPARE_SCHEME) shown.delete(uri.query);
    }),
  );
  return {
    async open(target, onlyIfThere = false) {
      const source = vscode.Uri.parse(target.uri);
      const text = await textOf(target);
      const compared = await ask(infrastructure, target, text);
      const comparison = { ...compared, text, of: { ...target, ...compared.target } };
      const query = toQuery(comparison.of);
      // An old comparison says what is not so any more, or is of another cluster.
      const old = tabsOf(source).filter(({ input }) => compared.same || input.modified.query !== query);
      await vscode.window.tabGroups.close(old.map(({ tab }) => tab));
      if (compared.same || (onlyIfThere && compared.before === '')) return comparison;
      shown.set(query, comparison);
      const [left, right] = (['before', 'after'] as const).map((side) => {
        const path = `/${side}/${fileName(source).replace(/(?:\.gpuctl)?\.ya?ml$/i, '')}.yaml`;
        return vscode.Uri.from({ scheme: COMPARE_SCHEME, path, query });
      }) as [vscode.Uri, vscode.Uri];
      changed.fire(left);
      changed.fire(right);
      const title = t('compare.title', { file: nameOf(target), cluster: compared.cluster });
      await vscode.commands.executeCommand('vscode.diff', left, right, title);
      return comparison;
    },
    find: ({ scheme, query }) => (scheme === COMPARE_SCHEME ? shown.get(query) : undefined),
    targetOf: ({ scheme, query }) => (scheme === COMPARE_SCHEME ? fromQuery(query) : undefined),
    isSame: async ({ of, text }) => (await textOf(of)) === text,
    async close(source) {
      await vscode.window.tabGroups.close(tabsOf(vscode.Uri.parse(source)).map(({ tab }) => tab));
    },
    dispose: () => subscriptions.dispose(),
  };
}

/** The tabs in which a file is compared. */
const tabsOf = (source: vscode.Uri): { tab: vscode.Tab; input: vscode.TabInputTextDiff }[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap((tab) => {
      const { input } = tab;
      return input instanceof vscode.TabInputTextDiff && isSideOf(input.modified, source) ? [{ tab, input }] : [];
    });

const isSideOf = ({ scheme, query }: vscode.Uri, source: vscode.Uri): boolean =>
  scheme === COMPARE_SCHEME && fromQuery(query)?.uri === source.toString();

const textOf = async ({ uri }: SubmitTarget): Promise<string> =>
  (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).getText();

async function ask({ server, texts }: Infrastructure, target: SubmitTarget, text: string): Promise<ComparedDto> {
  const { uri, document, meant, context } = target;
  const title = texts.t('compare.progress', { file: nameOf(target) });
  const only = {
    ...(document !== undefined && { document }),
    ...(meant && { meant }),
    ...(context !== undefined && { context }),
  };
  return longWork(title, (token) =>
    server.request(Requests.compare, { uri: vscode.Uri.parse(uri).toString(), text, ...only }, token),
  );
}

/** A document by its name, a file by its own. */
export const nameOf = ({ uri, meant }: SubmitTarget): string => meant?.name ?? fileName(vscode.Uri.parse(uri));

const fileName = ({ path }: vscode.Uri): string => path.split('/').at(-1) ?? '';
