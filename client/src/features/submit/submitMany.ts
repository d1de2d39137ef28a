import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  type FileToSubmit,
  Requests,
  ServerNotifications,
  type SubmitResult,
} from '../../../../server/src/protocol.ts';
import { setContextKey } from '../../infrastructure/contextKeys.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { CAP, type ChosenFiles, readChosen } from './chosenFiles.ts';
import {
  isLeft,
  isToRetry,
  type Outcome,
  toOutcomePage,
  toOutcomeSentence,
  toOutcomes,
  type Wanted,
} from './outcomePage.ts';
import { chooseDocuments, onlyChosen } from './submitList.ts';
import { type FileInfo, keyOf, toListNote } from './submitRows.ts';
import { readFile, withCommit } from './submittable.ts';

/** Scheme of pages with what became of documents. The manifest lets the preview of Markdown open them. */
const OUTCOME_SCHEME = 'gpuctl-submit';
/** Pages that are kept: one that was closed can be opened from its message again. */
const PAGES_KEPT = 20;
/** Files of which git is asked at a time. */
const AT_ONCE = 8;

/** The pool that all jobs go to in the place of their own. */
type Pool = string | undefined;
/** What can be submitted again, and where it went. */
interface Left {
  again: Wanted[];
  pool: Pool;
}

const toPool = <T extends FileToSubmit>(file: T, pool: Pool): T => (pool === undefined ? file : { ...file, pool });

/** Several documents at once: one list, one submit, one page with what became of each. */
export class SubmitMany implements vscode.Disposable {
  readonly #infrastructure: Infrastructure;
  readonly #pages = new Map<string, Left & { text: string }>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  #last = 0;

  constructor(infrastructure: Infrastructure) {
    const { commands, texts } = infrastructure;
    this.#infrastructure = infrastructure;
    commands.register('gpuctl.submit.again', async (page) => {
      const left = page && this.#pages.get(page.toString());
      if (left?.again.length) await this.#again(left);
      else void vscode.window.showInformationMessage(texts.t('ui.submit.outcome.nothing'));
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(OUTCOME_SCHEME, {
        onDidChange: this.#changed.event,
        // The window keeps its tabs when the extensions start again; pages are not kept.
        provideTextDocumentContent: (uri) =>
          this.#pages.get(uri.toString())?.text ?? texts.t('ui.submit.outcome.forgotten'),
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Lists what files and folders hold and submits what is chosen of it. `chosen`: whether all of it is at first; `pool`: where it goes. */
  async submit(
    uris: readonly vscode.Uri[],
    { chosen = true, pool }: { chosen?: boolean; pool?: Pool } = {},
  ): Promise<void> {
    const { texts } = this.#infrastructure;
    const title = texts.t('ui.submit.list.reading');
    const read = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      readChosen(uris),
    );
    await this.#list(read, () => chosen, pool);
  }

  async #list({ files: read, capped }: ChosenFiles, isChosen: (key: string) => boolean, pool: Pool): Promise<void> {
    const { server, texts } = this.#infrastructure;
    const { t } = texts;
    const files = read.map((one) => ({ ...one, file: toPool(one.file, pool) }));
    const look = files.length
      ? await server.request(Requests.lookAtSubmit, { files: files.map(({ file }) => file) })
      : undefined;
    if (!look?.documents.length) {
      void vscode.window.showInformationMessage(t('ui.submit.list.none'));
      return;
    }
    const info = new Map(
      files.map(({ uri, file, unsaved }): [string, FileInfo] => [
        file.uri,
        { name: file.path ?? uri.path.split('/').at(-1) ?? '', unsaved },
      ]),
    );
    const choice = await chooseDocuments(this.#infrastructure, {
      look,
      files: files.map(({ file }) => file),
      info,
      isChosen: (document) => isChosen(keyOf(document)),
      note: toListNote({ pool, cap: capped ? CAP : undefined }, texts),
    });
    if (!choice) return;
    const { documents: wanted, context } = choice;
    const keys = new Set(wanted.map(keyOf));
    const uris = new Set(wanted.map(({ uri }) => uri));
    const named: FileToSubmit[] = [];
    const used = files.filter(({ file }) => uris.has(file.uri));
    // Gone meanwhile: the others are submitted, and what was chosen of it fails.
    const asTheyAre = async ({ uri, file: { text: _, ...unread } }: (typeof used)[number]) =>
      toPool(await readFile(uri).then(withCommit, () => unread), pool);
    for (let at = 0; at < used.length; at += AT_ONCE)
      named.push(...(await Promise.all(used.slice(at, at + AT_ONCE).map(asTheyAre))));
    const result = await this.#request(onlyChosen(named, wanted, keys), context, wanted.length);
    await this.#tell(toOutcomes(wanted, result), result, info, pool);
  }

  #request(files: FileToSubmit[], context: string | undefined, count: number): Promise<SubmitResult> {
    const { server, texts } = this.#infrastructure;
    const submit = randomUUID();
    const title = texts.t('ui.submit.several.progress', { count });
    return longWork(title, async (token, progress) => {
      const telling = server.onNotification(ServerNotifications.submitProgress, ({ submit: of, ...one }) => {
        if (of === submit)
          progress.report({ message: texts.t('ui.submit.several.done', one), increment: 100 / one.of });
      });
      try {
        const params = { files, submit, ...(context !== undefined && { context }) };
        return await server.request(Requests.submit, params, token);
      } finally {
        telling.dispose();
      }
    });
  }

  /** One message for all, and a page that tells of each: it is opened where something was not submitted. */
  async #tell(
    outcomes: readonly Outcome[],
    { cluster, context }: SubmitResult,
    info: ReadonlyMap<string, FileInfo>,
    pool: Pool,
  ): Promise<void> {
    const { boundary, commands, texts } = this.#infrastructure;
    const { t } = texts;
    const jobs = outcomes.flatMap(({ result }) => (result && 'job' in result && result.job ? [result.job] : []));
    const last = jobs.at(-1);
    if (last) await commands.execute('gpuctl.job.reveal', last);
    if (jobs.length) setContextKey('gpuctl.submitted', true);
    if (jobs.length) await commands.execute('gpuctl.jobs.await', jobs, context);
    const again = outcomes.filter(isToRetry).map(({ wanted }) => wanted);
    const page = this.#keep(toOutcomePage(outcomes, cluster, info, texts), { again, pool });
    const open = async () => {
      await vscode.commands.executeCommand('vscode.open', page, { preview: false });
    };
    if (outcomes.some(isLeft)) await open();
    const choices = [
      ...(again.length ? [{ title: t('ui.submit.outcome.again'), run: () => this.#again({ again, pool }) }] : []),
      { title: t('ui.submit.outcome.show'), run: open },
    ];
    const isFailed = outcomes.some(({ result }) => result?.result === 'failed');
    const show = isFailed
      ? vscode.window.showErrorMessage
      : again.length
        ? vscode.window.showWarningMessage
        : vscode.window.showInformationMessage;
    const sentence = toOutcomeSentence(outcomes, cluster, texts);
    // Not awaited: the submit has ended, whether or not somebody reads about it.
    void boundary.run(async () => (await show(sentence, ...choices))?.run());
  }

  #keep(text: string, left: Left): vscode.Uri {
    const name = this.#infrastructure.texts.t('ui.submit.outcome.file', { number: ++this.#last });
    const uri = vscode.Uri.from({ scheme: OUTCOME_SCHEME, path: `/${name}.md` });
    this.#pages.set(uri.toString(), { text, ...left });
    const [oldest] = this.#pages.keys();
    if (oldest !== undefined && this.#pages.size > PAGES_KEPT) this.#pages.delete(oldest);
    this.#changed.fire(uri);
    return uri;
  }

  /** The same list of the same documents as they are now. */
  async #again({ again: wanted, pool }: Left): Promise<void> {
    const uris = [...new Set(wanted.map(({ uri }) => uri))].map((uri) => vscode.Uri.parse(uri));
    const files = (await Promise.all(uris.map((uri) => readFile(uri).catch(() => undefined)))).filter(
      (file) => file !== undefined,
    );
    const keys = new Set(wanted.map(keyOf));
    await this.#list({ files, capped: false }, (key) => keys.has(key), pool);
  }
}
