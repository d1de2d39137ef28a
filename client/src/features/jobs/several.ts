import * as vscode from 'vscode';
import { type JobDto, type JobGesture, type JobRef, Requests } from '../../../../server/src/protocol.ts';
import { askBeforeLoss } from '../../infrastructure/askBeforeLoss.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';

/** Gestures that may be made on several jobs at once. */
export type ManyGesture = Extract<JobGesture, 'stop' | 'start' | 'resume' | 'delete'>;

/** Requests under way at once. */
const AT_ONCE = 4;
/** Names in a question and in an outcome; of more, the number is said. */
const NAMED = 20;
const OUTCOMES = 3;

export interface Several<T> {
  gesture: ManyGesture;
  /** The jobs with which it does something. */
  fits(job: JobDto): boolean;
  /** What is found out of each before the question. */
  prepare(job: JobRef): Promise<T>;
  /** What else the question says, as lines. */
  detail(prepared: T[]): string[];
  run(prepared: T, token: vscode.CancellationToken): Promise<unknown>;
}

/** Does the same with several jobs after one question, which names them and where they are; tells the outcome of each that failed. */
export async function onSeveral<T>(
  infrastructure: Infrastructure,
  jobs: readonly JobRef[],
  context: string,
  { gesture, fits, prepare, detail, run }: Several<T>,
): Promise<void> {
  const { server, boundary, connection, commands, texts } = infrastructure;
  const { t, join } = texts;
  const known = await server.request(Requests.jobs, undefined);
  const found = jobs.map((ref) => ({ ref, job: known.jobs.find((job) => isSame(job.ref, ref)) }));
  const could = found.flatMap(({ ref, job }) => (job && fits(job) && !job.refused?.[gesture] ? [ref] : []));
  const ready: { ref: JobRef; prepared: T }[] = [];
  // One that went meanwhile is among those that are left.
  await inTurns(could, async (ref) => {
    const prepared = await prepare(ref).catch(() => undefined);
    if (prepared !== undefined) ready.push({ ref, prepared });
  });
  const fitting = ready.map(({ ref }) => ref);
  const left = jobs.filter((ref) => !fitting.includes(ref));
  const { cluster = '' } = connection.current;
  const count = fitting.length;
  if (!count) {
    void vscode.window.showInformationMessage(t(`ui.several.${gesture}.none`, { count: jobs.length }));
    return;
  }
  const lines = [
    t('ui.several.where', { cluster }),
    ...[...Map.groupBy(fitting, ({ namespace }) => namespace)].map(
      ([namespace, members]) => `• ${namespace}: ${nameAll(infrastructure, members)}`,
    ),
    ...(left.length ? [t('ui.several.left', { names: nameAll(infrastructure, left) })] : []),
    '',
    ...detail(ready.map(({ prepared }) => prepared)),
  ];
  const question = t(`ui.several.${gesture}.question`, { count });
  const yes = t(`ui.several.${gesture}.confirm`, { count });
  const look = { title: t('ui.several.look'), run: () => vscode.commands.executeCommand('gpuctl.jobs.focus') };
  const detailed = { question, detail: lines.join('\n').trim(), look };
  if (!(await askBeforeLoss(detailed, { title: yes }))) return;
  const done: JobRef[] = [];
  const failed: { ref: JobRef; message: string }[] = [];
  const title = t(`ui.several.${gesture}.progress`, { count });
  await longWork(title, (token, progress) =>
    inTurns(ready, async ({ ref, prepared }) => {
      if (token.isCancellationRequested) return;
      await run(prepared, token).then(
        () => done.push(ref),
        (error) => failed.push({ ref, message: boundary.toFailure(error).message }),
      );
      progress.report({ increment: 100 / count, message: `${done.length + failed.length}/${count}` });
    }),
  );
  // Who stops them knows; of one that was not stopped the end is told as before.
  if (done.length && gesture === 'stop') await commands.execute('gpuctl.jobs.forget', done, context);
  if (done.length && (gesture === 'start' || gesture === 'resume')) {
    await commands.execute('gpuctl.jobs.await', done, context);
  }
  const said = t(`ui.several.${gesture}.done`, { done: done.length, all: count });
  if (done.length === count) {
    void vscode.window.showInformationMessage(said);
    return;
  }
  const told = failed.slice(0, OUTCOMES).map(({ ref, message }) => `${ref.name}: ${message}`);
  const message = join(said, ...told);
  const all = failed.map(({ ref, message }) => `${ref.namespace}/${ref.name}: ${message}`).join('\n');
  void boundary.show({ code: 'several', message, ...(all && { detail: all }), actions: [] });
}

/** Does something with each, a few at once. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const turn = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
}

const isSame = (a: JobRef, b: JobRef): boolean => a.name === b.name && a.namespace === b.namespace;

function nameAll({ texts: { t, list } }: Infrastructure, jobs: readonly JobRef[]): string {
  const names = jobs.slice(0, NAMED).map(({ name }) => name);
  const rest = jobs.length - names.length;
  return rest > 0 ? t('ui.several.more', { names: list(names), rest }) : list(names);
}
