import * as vscode from 'vscode';
import {
  type NewDocumentParams,
  type PoolDto,
  type RecipeDto,
  Requests,
  ServerNotifications,
} from '../../../../server/src/protocol.ts';
import { type Answer, pick, type Step, type } from '../../infrastructure/ask.ts';
import { buildGpuRows, buildPoolRows, isName } from '../../infrastructure/askRows.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** What counts as a view while the questions are asked: pools are then worth knowing. */
const INTEREST = 'gpuctl.newFile';

/** "New gpuctl File…": a few questions, then a document with the answers in it and places for the rest. */
export function activateNewFile(infrastructure: Infrastructure): void {
  const { commands, interests, server } = infrastructure;
  commands.register('gpuctl.job.newFile', async () => {
    const recipes = await server.request(Requests.recipes, undefined);
    interests.set(INTEREST, true);
    let answers: NewDocumentParams | undefined;
    try {
      answers = await askAll(recipes, infrastructure);
    } finally {
      interests.set(INTEREST, false);
    }
    if (!answers) return;
    const { snippet } = await server.request(Requests.newDocument, answers);
    await open(answers.name, snippet);
  });
}

interface Answers {
  recipe?: RecipeDto;
  name?: string;
  pool?: string;
  gpus?: number;
}
type Question = (answers: Answers, step: Step) => Promise<Answer<Answers>>;

/** Asks one after the other; back goes to the one before, with what was answered there. */
async function askAll(recipes: RecipeDto[], infrastructure: Infrastructure): Promise<NewDocumentParams | undefined> {
  const questions = [
    askRecipe(recipes, infrastructure),
    askName(infrastructure),
    askPool(infrastructure),
    askGpus(infrastructure),
  ];
  let answers: Answers = {};
  for (let at = 0; ; ) {
    const of = answers.recipe && !answers.recipe.resources ? 2 : questions.length;
    const question = at < of ? questions[at] : undefined;
    if (!question) break;
    const title = infrastructure.texts.t('newFile.title');
    const answer = await question(answers, { title, step: at + 1, of });
    if (answer === undefined) return undefined;
    if (answer === 'back') at--;
    else {
      answers = answer.value;
      at++;
    }
  }
  const { recipe, name, pool, gpus } = answers;
  if (!recipe || !name) return undefined;
  const resources = recipe.resources ? { ...(pool && { pool }), ...(gpus !== undefined && { gpus }) } : {};
  return { recipe: recipe.id, name, ...resources };
}

const askRecipe =
  (recipes: RecipeDto[], { texts: { t } }: Infrastructure): Question =>
  async (answers, step) => {
    const items = recipes.map((recipe) => ({ label: recipe.title, description: recipe.about, value: recipe }));
    const answer = await pick({
      ...step,
      placeholder: t('newFile.recipe'),
      items: () => items,
      active: answers.recipe,
    });
    return withAnswer(answer, (recipe) => ({
      ...answers,
      recipe,
      ...(recipe !== answers.recipe && { name: recipe.name }),
    }));
  };

const askName =
  ({ texts: { t } }: Infrastructure): Question =>
  async (answers, step) => {
    const answer = await type({
      ...step,
      prompt: t('newFile.name'),
      value: answers.name ?? '',
      validate: (text) => (isName(text) ? undefined : t('newFile.name.wrong')),
    });
    return withAnswer(answer, (name) => ({ ...answers, name }));
  };

const askPool =
  ({ boundary, server, texts }: Infrastructure): Question =>
  async (answers, step) => {
    let pools: PoolDto[] = [];
    const changed = new vscode.EventEmitter<void>();
    const fetch = () =>
      boundary.runQuietly(async () => {
        pools = (await server.request(Requests.pools, undefined)).pools;
        changed.fire();
      });
    const listening = server.onNotification(ServerNotifications.stateChanged, ({ parts }) => {
      if (parts.includes('pools')) void fetch();
    });
    try {
      await fetch();
      const answer = await pick({
        ...step,
        placeholder: texts.t('newFile.pool'),
        items: (typed) => buildPoolRows(pools, typed, texts),
        active: answers.pool,
        onDidChange: changed.event,
      });
      return withAnswer(answer, (pool) => ({ ...answers, pool }));
    } finally {
      vscode.Disposable.from(listening, changed).dispose();
    }
  };

const askGpus =
  ({ texts }: Infrastructure): Question =>
  async (answers, step) => {
    const resources = answers.recipe?.resources ?? { gpus: 1, nodes: 1 };
    const answer = await pick({
      ...step,
      placeholder: texts.t('newFile.gpus'),
      items: (typed) => buildGpuRows(resources, typed, texts),
      active: answers.gpus ?? resources.gpus,
    });
    return withAnswer(answer, (gpus) => ({ ...answers, gpus }));
  };

const withAnswer = <T>(answer: Answer<T>, add: (value: T) => Answers): Answer<Answers> =>
  typeof answer === 'object' ? { value: add(answer.value) } : answer;

/** An unsaved document, named after what is in it where that name is free, with the cursor at the first place to fill. */
async function open(name: string, snippet: string): Promise<void> {
  const uri = await freeName(`${name}.gpuctl.yaml`);
  const document = await (uri
    ? vscode.workspace.openTextDocument(uri)
    : vscode.workspace.openTextDocument({ language: 'gpuctl' }));
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(snippet), new vscode.Position(0, 0));
}

async function freeName(file: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder || !['file', 'vscode-remote'].includes(folder.scheme)) return undefined;
  const target = vscode.Uri.joinPath(folder, file);
  const untitled = vscode.Uri.from({ scheme: 'untitled', path: target.path });
  if (vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === untitled.toString())) return undefined;
  return vscode.workspace.fs.stat(target).then(
    () => undefined,
    () => untitled,
  );
}
