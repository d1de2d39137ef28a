import * as vscode from 'vscode';
import type { JobDto, JobRef, PodDto } from '../../../server/src/protocol.ts';
import type { JobTarget } from './commands.ts';
import type { Infrastructure } from './infrastructure.ts';
import { findJob, pickJob } from './pickJob.ts';
import { contextOf } from './seenIn.ts';

const isRunning = ({ phase }: PodDto): boolean => phase === 'running';
const hasRunning = ({ pods }: JobDto): boolean => pods.some(isRunning);

/** The only part of a job that runs, or the one that the person chooses; `undefined` where none was, or none runs, which is said by `none`. */
async function pickPart(
  { texts: { t } }: Infrastructure,
  pods: readonly PodDto[],
  { title, none }: { title: string; none: string },
): Promise<PodDto | undefined> {
  if (!pods.length) void vscode.window.showInformationMessage(none);
  if (pods.length < 2) return pods[0];
  const items = [...pods]
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.name.localeCompare(b.name))
    .map((pod) => ({
      pod,
      label: pod.rank === undefined ? pod.name : t('ui.pod.rank', { rank: pod.rank }),
      description: [pod.node, pod.state].filter(Boolean).join(' · '),
    }));
  return (await vscode.window.showQuickPick(items, { title }))?.pod;
}

/** A part of a job that runs, and where the person saw it. */
export interface RunningPart {
  job: JobRef;
  context: string;
  pod: Pick<PodDto, 'name' | 'rank'>;
  /** Whether the job has others. */
  isOneOfMany: boolean;
}

/**
 * The part of a job that is meant: that of a row, else the only one that runs, else the one that the person chooses; of a job that the person
 * chooses, where none is named. One that is not listed any more is taken all the same: the cluster tells what became of it. `undefined` where none
 * runs, which is said by `none`, and where none was chosen.
 */
export async function pickRunningPart(
  infrastructure: Infrastructure,
  target: JobTarget | undefined,
  words: { title: string; which: (name: string) => string; none: (name: string) => string },
): Promise<RunningPart | undefined> {
  const context = contextOf(infrastructure, target?.context);
  const job = target?.job ?? (await pickJob(infrastructure, words.title, 'terminal', hasRunning));
  const known = await findJob(infrastructure, job);
  const running = known?.pods.filter(isRunning) ?? [];
  const named = target?.pod;
  const pod =
    named === undefined
      ? await pickPart(infrastructure, running, { title: words.which(job.name), none: words.none(job.name) })
      : (known?.pods.find(({ name }) => name === named) ?? { name: named });
  return pod && { job, context, pod, isOneOfMany: (known?.podsWanted ?? 1) > 1 };
}
