import * as vscode from 'vscode';
import type { FilesChoice, FilesChoices, FilesPlanDto, LeftDto } from '../../../../server/src/protocol.ts';
import { askBeforeLoss } from '../../infrastructure/askBeforeLoss.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { FILES_SCHEME } from './jobUri.ts';
import type { Route } from './route.ts';
import { isAsked, toAmounts, toDeletions, toNames } from './words.ts';

/** What is to be done with what a plan leaves open; `undefined`: nothing at all. */
export async function askAll(
  infrastructure: Infrastructure,
  plan: FilesPlanDto,
  route: Route,
): Promise<FilesChoices | undefined> {
  const choices: FilesChoices = { conflicts: 'skip', deletions: 'skip' };
  if (isAsked(plan, route.direction) && !(await askToBegin(infrastructure, plan, route))) return undefined;
  if (plan.conflicts.length) {
    const decided =
      route.direction === 'both'
        ? await askConflicts(infrastructure, plan, route)
        : await askToReplace(infrastructure, plan, route);
    if (!decided) return undefined;
    Object.assign(choices, decided);
  }
  if (plan.deletedHere.length + plan.deletedThere.length) {
    const deletions = await askDeletions(infrastructure, plan);
    if (!deletions) return undefined;
    choices.deletions = deletions;
  }
  return choices;
}

async function askToBegin({ texts }: Infrastructure, plan: FilesPlanDto, route: Route): Promise<boolean> {
  const { t } = texts;
  const key = ({ both: 'ui.files.begin', up: 'ui.files.begin.up', down: 'ui.files.begin.down' } as const)[
    route.direction
  ];
  const first = route.direction === 'both' && !plan.met ? [t('ui.files.begin.first'), ''] : [];
  const detail = [...first, ...toAmounts(plan, texts)].join('\n');
  const yes = t(route.direction === 'both' ? 'ui.files.begin.sync' : 'ui.files.begin.copy');
  const question = t(key, { here: route.hereName, there: route.thereName });
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) === yes;
}

type Answer<T> = vscode.MessageItem & { answer: T };

/** Asks, and again after all names were shown. */
async function askAgain<T>(
  { texts: { t } }: Infrastructure,
  question: string,
  detail: string,
  names: readonly string[],
  answers: readonly Answer<T>[],
): Promise<T | undefined> {
  for (;;) {
    let looked = false;
    const run = async () => {
      looked = true;
      await vscode.window.showQuickPick([...names], { title: question });
    };
    const chosen = await askBeforeLoss({ question, detail, look: { title: t('ui.files.look'), run } }, ...answers);
    if (!looked) return chosen?.answer;
  }
}

async function askToReplace(
  infrastructure: Infrastructure,
  { conflicts }: FilesPlanDto,
  route: Route,
): Promise<Pick<FilesChoices, 'conflicts'> | undefined> {
  const { texts } = infrastructure;
  const isUp = route.direction === 'up';
  const where = isUp ? route.thereName : route.hereName;
  const question = texts.t('ui.files.replace', { count: conflicts.length, where });
  const answer = await askAgain<FilesChoice>(
    infrastructure,
    question,
    toNames(conflicts, texts).join('\n'),
    conflicts,
    [
      { title: texts.t('ui.files.replace.yes'), answer: isUp ? 'mine' : 'theirs' },
      { title: texts.t('ui.files.replace.no'), answer: 'skip' },
    ],
  );
  return answer && { conflicts: answer };
}

async function askConflicts(
  infrastructure: Infrastructure,
  { conflicts, met }: FilesPlanDto,
  route: Route,
): Promise<Pick<FilesChoices, 'conflicts' | 'each'> | undefined> {
  const { texts } = infrastructure;
  const { t } = texts;
  const count = conflicts.length;
  const question = t(met ? 'ui.files.conflicts' : 'ui.files.conflicts.first', { count });
  const detail = [...toNames(conflicts, texts), '', t('ui.files.conflicts.rule')].join('\n');
  const answer = await askAgain<FilesChoice | 'each'>(infrastructure, question, detail, conflicts, [
    { title: t('ui.files.conflicts.both'), answer: 'both' },
    { title: t('ui.files.conflicts.mine'), answer: 'mine' },
    { title: t('ui.files.conflicts.theirs'), answer: 'theirs' },
    { title: t('ui.files.conflicts.each'), answer: 'each' },
  ]);
  if (answer !== 'each') return answer && { conflicts: answer };
  const each: Record<string, FilesChoice> = {};
  for (const path of conflicts) {
    const choice = await askOne(infrastructure, path, route);
    if (!choice) return undefined;
    each[path] = choice;
  }
  return { conflicts: 'skip', each };
}

async function askOne({ texts: { t } }: Infrastructure, path: string, route: Route): Promise<FilesChoice | undefined> {
  const choices = (['both', 'mine', 'theirs', 'skip'] as const).map((answer) => ({
    label: t(`ui.files.conflicts.${answer}`),
    answer,
  }));
  for (;;) {
    const compare = { label: `$(diff) ${t('ui.files.conflicts.compare')}`, answer: undefined };
    const options = { title: path, ignoreFocusOut: true };
    const chosen = await vscode.window.showQuickPick([...choices, compare], options);
    if (!chosen) return undefined;
    if (chosen.answer) return chosen.answer;
    const there = vscode.Uri.from({ scheme: FILES_SCHEME, authority: route.authority, path: `${route.there}/${path}` });
    const here = vscode.Uri.joinPath(vscode.Uri.file(route.here), path);
    await vscode.commands.executeCommand(
      'vscode.diff',
      there,
      here,
      t('ui.files.conflicts.compareTitle', { name: path }),
    );
  }
}

function askDeletions(
  infrastructure: Infrastructure,
  plan: FilesPlanDto,
): Promise<FilesChoices['deletions'] | undefined> {
  const { texts } = infrastructure;
  const { t } = texts;
  const names = [...plan.deletedThere, ...plan.deletedHere];
  const question = t('ui.files.deleted', { count: names.length });
  return askAgain<FilesChoices['deletions']>(infrastructure, question, toDeletions(plan, texts), names, [
    { title: t('ui.files.deleted.yes'), answer: 'delete' },
    { title: t('ui.files.deleted.restore'), answer: 'restore' },
    { title: t('ui.files.deleted.skip'), answer: 'skip' },
  ]);
}

/** What stayed as it was, and why. */
export async function showLeft({ texts: { t } }: Infrastructure, left: readonly LeftDto[]): Promise<void> {
  const items = left.map(({ path, why }) => ({ label: path, description: why }));
  await vscode.window.showQuickPick(items, { title: t('ui.files.done.leftTitle'), matchOnDescription: true });
}
