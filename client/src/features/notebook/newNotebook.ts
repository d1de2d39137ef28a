import * as vscode from 'vscode';
import { type JobDto, type PoolDto, Requests, ServerNotifications } from '../../../../server/src/protocol.ts';
import { type Answer, pick, type Step, type } from '../../infrastructure/ask.ts';
import { buildPoolRows, isName } from '../../infrastructure/askRows.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { buildRoomRows } from './roomRows.ts';

/** What counts as a view while the questions are asked: pools are then worth knowing. */
const INTEREST = 'gpuctl.newNotebook';
const RECIPE = 'notebook';
/** Key of the workspace's memory: the image that was used last. */
const IMAGE = 'notebook.image';

interface Answers {
  name: string;
  image: string;
  pool: string;
  gpus: number;
}

/** Asks for name, image, pool and GPUs, and writes them into a new document. Gives it with its text; `undefined`: the person has left. */
export async function newNotebook(
  infrastructure: Infrastructure,
  memory: vscode.Memento,
): Promise<(Answers & { uri: vscode.Uri }) | undefined> {
  const { interests, server } = infrastructure;
  interests.set(INTEREST, true);
  try {
    const answers = await askAll(infrastructure, memory.get(IMAGE, ''));
    if (!answers) return undefined;
    await memory.update(IMAGE, answers.image);
    const { snippet } = await server.request(Requests.newDocument, { recipe: RECIPE, ...answers });
    return { ...answers, uri: await open(answers.name, snippet) };
  } finally {
    interests.set(INTEREST, false);
  }
}

async function askAll(infrastructure: Infrastructure, image: string): Promise<Answers | undefined> {
  const { server, texts } = infrastructure;
  const { t } = texts;
  const recipe = (await server.request(Requests.recipes, undefined)).find(({ id }) => id === RECIPE);
  const usual = recipe?.resources?.gpus ?? 1;
  const answers: Answers = { name: recipe?.name ?? '', image, pool: '', gpus: usual };
  const live = livePools(infrastructure);
  const questions: ((step: Step) => Promise<Answer<unknown>>)[] = [
    async (step) =>
      keep(
        await type({
          ...{ ...step, prompt: t('newFile.name'), value: answers.name },
          validate: (text) => (isName(text) ? undefined : t('newFile.name.wrong')),
        }),
        (name) => {
          answers.name = name;
        },
      ),
    async (step) =>
      keep(
        await type({
          ...{ ...step, prompt: t('ui.notebook.new.image'), value: answers.image },
          validate: (text) => (/^\S+$/.test(text) ? undefined : t('ui.notebook.new.image.wrong')),
        }),
        (image) => {
          answers.image = image;
        },
      ),
    async (step) =>
      keep(
        await pick({
          ...{ ...step, placeholder: t('newFile.pool'), active: answers.pool, onDidChange: live.onDidChange },
          items: (typed) => buildPoolRows(live.pools, typed, texts),
        }),
        (pool) => {
          answers.pool = pool;
        },
      ),
    async (step) =>
      keep(
        await pick({
          ...{ ...step, placeholder: t('newFile.gpus'), active: answers.gpus, onDidChange: live.onDidChange },
          items: (typed) => buildRoomRows(live.pools, answers.pool, usual, typed, texts),
        }),
        (gpus) => {
          answers.gpus = gpus;
        },
      ),
  ];
  try {
    await live.fetch();
    const title = t('ui.notebook.new.title');
    for (let at = 0; at < questions.length; ) {
      const answer = await questions[at]?.({ title, step: at + 1, of: questions.length });
      if (answer === undefined) return undefined;
      at += answer === 'back' ? -1 : 1;
    }
    return answers;
  } finally {
    live.dispose();
  }
}

function keep<T>(answer: Answer<T>, take: (value: T) => void): Answer<T> {
  if (typeof answer === 'object') take(answer.value);
  return answer;
}

/** The pools as they are, as long as questions are asked about them. */
function livePools({ boundary, server }: Infrastructure) {
  const changed = new vscode.EventEmitter<void>();
  const live = {
    pools: [] as PoolDto[],
    onDidChange: changed.event,
    fetch: () =>
      boundary.runQuietly(async () => {
        live.pools = (await server.request(Requests.pools, undefined)).pools;
        changed.fire();
      }),
    dispose: () => vscode.Disposable.from(listening, changed).dispose(),
  };
  const listening = server.onNotification(ServerNotifications.stateChanged, ({ parts }) => {
    if (parts.includes('pools')) void live.fetch();
  });
  return live;
}

/** An unsaved document, named after the notebook where that name is free. */
async function open(name: string, snippet: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = folder && vscode.Uri.joinPath(folder, `${name}.gpuctl.yaml`);
  const untitled = file && vscode.Uri.from({ scheme: 'untitled', path: file.path });
  const isFree =
    file &&
    ['file', 'vscode-remote'].includes(file.scheme) &&
    !vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === untitled?.toString()) &&
    (await vscode.workspace.fs.stat(file).then(
      () => false,
      () => true,
    ));
  const document = await (isFree && untitled
    ? vscode.workspace.openTextDocument(untitled)
    : vscode.workspace.openTextDocument({ language: 'gpuctl' }));
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(snippet), new vscode.Position(0, 0));
  return document.uri;
}

/** Waits until a notebook of that name runs that did not before; `undefined` where the person gives up, or it ended. */
export function untilRuns(
  { server, texts: { t } }: Infrastructure,
  name: string,
  before: ReadonlySet<string>,
): Promise<JobDto | undefined> {
  const title = t('ui.notebook.waiting', { name });
  return longWork(title, async (token, progress) => {
    while (!token.isCancellationRequested) {
      const { jobs } = await server.request(Requests.jobs, undefined);
      const found = jobs.find((job) => job.kind === 'notebook' && job.ref.name === name && !before.has(job.uid));
      if (found?.phase === 'running') return found;
      if (found?.phase === 'failed') return undefined;
      if (found) progress.report({ message: found.state });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return undefined;
  });
}
