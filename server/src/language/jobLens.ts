import type { Command } from 'vscode-languageserver';
import { kindWord, type Message, message } from '../../../l10n/index.ts';
import { clock } from '../capacity/words.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import { isJob } from '../kinds/kind.ts';
import { briefly } from '../operations/briefly.ts';
import type { JobDescription } from '../operations/describeJob.ts';
import type { HeldJob, LiveValues } from '../operations/liveValues.ts';
import { specHash } from '../operations/source.ts';
import type { Say } from '../operations/views.ts';
import type { JobGesture, JobPhase, JobRef } from '../protocol.ts';
import { ageOf } from './age.ts';

/** An icon before a lens; the editor swallows a plain space behind it. */
export const icon = (name: string): string => `$(${name})\u00a0`;

/** As in the tree, so that a shape means one thing. */
const ICONS: Record<JobPhase, string> = {
  waiting: 'clockface',
  running: 'circle-filled',
  succeeded: 'pass',
  failed: 'error',
  stopped: 'circle-slash',
  unknown: 'question',
};
/** Characters that a reason may take on the line. */
const REASON = 80;

/** A document, and the job of its name that is in the cluster. */
export interface PresentJob {
  ref: JobRef;
  document: GpuctlDocument;
  job: HeldJob;
  /** Why it is not this document's, but another one of that name. */
  other: Message | undefined;
  /** Whether the document says something else than the one that was submitted, or that is not known. */
  differs: boolean;
}

/** The job of a document's name, where there is one. `uri`: of its file. Reads what is held. */
export function findPresentJob(
  document: GpuctlDocument,
  uri: string,
  namespace: string,
  live: Pick<LiveValues, 'job'>,
): PresentJob | undefined {
  const { kind, model } = document;
  const name = model?.name ?? document.name;
  if (!kind?.marks.includes('job') || !name) return undefined;
  const ref = { namespace: namespaceIn(document) ?? namespace, name };
  const job = live.job(ref.namespace, name);
  if (!job) return undefined;
  const other = whoseElse(job, document, uri);
  return { ref, document, job, other, differs: hashOf(document) !== job.workload.specHash };
}

/** Also of a document that has an error somewhere else: its job runs on while one types. */
function namespaceIn({ model, value }: GpuctlDocument): string | undefined {
  if (isJob(model)) return model.namespace;
  const { namespace } = (value as { job?: { namespace?: unknown } | null } | null)?.job ?? {};
  return typeof namespace === 'string' && namespace ? namespace : undefined;
}

function whoseElse({ workload, isOthers }: HeldJob, document: GpuctlDocument, uri: string): Message | undefined {
  const { name, namespace, submittedBy: user = '', sourcePath: path, jobKind } = workload;
  if (jobKind !== document.kindName)
    return message('lens.job.others.kind', { name, namespace, kind: kindWord(jobKind) });
  if (isOthers) return message('lens.job.others.user', { name, namespace, user });
  return path === undefined || liesAt(uri, path)
    ? undefined
    : message('lens.job.others.file', { name, namespace, path });
}

/** Whether a file may be the one that lay there in its workspace. What was never saved has no place yet. */
function liesAt(uri: string, path: string): boolean {
  if (uri.startsWith('untitled:')) return true;
  try {
    return decodeURIComponent(uri).endsWith(`/${path}`);
  } catch {
    return true;
  }
}

const HASHES = new WeakMap<GpuctlDocument, string>();
function hashOf(document: GpuctlDocument): string {
  let hash = HASHES.get(document);
  if (hash === undefined) {
    hash = specHash(document.text);
    HASHES.set(document, hash);
  }
  return hash;
}

/**
 * What a job is doing, for how long, and why it does not get on; a click shows it among the jobs of the context in which it was seen.
 */
export function statusOf(
  { ref, job, other }: PresentJob,
  context: string | undefined,
  say: Say,
  now = Date.now(),
): Command {
  const described = job.describe();
  const line = toLine(job, described, say, now);
  const title = other ? say(message('lens.job.others', { said: line })) : line;
  const { state, trouble } = described;
  const said = [other, state, trouble?.hint, ...Object.values(job.refused())].flatMap((one) => (one ? [say(one)] : []));
  return {
    title: `${icon(other ? 'warning' : ICONS[described.phase])}${title}`,
    tooltip: say(message('lens.job.tooltip', { said: said.join('\n') })),
    command: 'gpuctl.job.show',
    arguments: [{ job: ref, ...(context && { context }) }],
  };
}

function toLine({ workload, step, asOf }: HeldJob, described: JobDescription, say: Say, now: number): string {
  const { phase, podsRunning: running } = described;
  const { podsWanted: wanted, createdAt, startedAt, endedAt } = workload;
  const parts: (Message | undefined)[] = [];
  switch (phase) {
    case 'running':
      parts.push(message('lens.job.running', { running, wanted }), ageOf(startedAt ?? createdAt, now), toStep(step));
      break;
    case 'waiting':
      if (isHeld(workload)) parts.push(message('lens.job.held'));
      else parts.push(message('lens.job.waiting'), ageOf(createdAt, now));
      break;
    case 'failed':
    case 'succeeded': {
      const age = ageOf(endedAt, now);
      parts.push(age ? message(`lens.job.${phase}`, { age }) : message(`lens.job.${phase}.now`));
      break;
    }
    default:
      parts.push(message(`lens.job.${phase}`));
  }
  const line = parts.filter((one) => one !== undefined).reduce((said, more) => message('lens.job.and', { said, more }));
  const why = isHeld(workload) ? undefined : reasonOf(described, say);
  const whole = why ? message('lens.job.why', { said: line, why }) : line;
  return say(
    asOf === undefined ? whole : message('lens.job.as-of', { said: whole, time: clock(new Date(asOf).toISOString()) }),
  );
}

const toStep = (step: HeldJob['step']): Message | undefined =>
  step &&
  (step.of === undefined
    ? message('lens.job.step', { at: counted(step.at) })
    : message('lens.job.step.of', { at: counted(step.at), of: counted(step.of) }));

/** `1,840`. */
const counted = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** Why it does not run, or not as it should: in whole words where the line has room for them. */
function reasonOf({ phase, state }: JobDescription, say: Say): string | undefined {
  const { why, rank } = state.args;
  const inner = typeof why === 'object' ? why : undefined;
  const whole =
    state.key === 'job.state.timed-out'
      ? message('lens.job.timed-out')
      : phase === 'waiting'
        ? state
        : inner && phase === 'failed' && rank !== undefined
          ? message('lens.job.rank', { rank, why: inner })
          : inner;
  if (!whole) return undefined;
  const said = say(whole);
  if (said.length <= REASON) return said;
  const brief = briefly(phase === 'running' ? whole : state);
  return cut(brief ? say(brief) : said, REASON);
}

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

type Workload = HeldJob['workload'];
/** Made without being started: it waits until somebody starts it. */
const isHeld = ({ suspended, outcome, queue, stopped, resource, startedAt }: Workload): boolean =>
  suspended && !outcome && queue === undefined && resource === 'Job' && !stopped && startedAt === undefined;
const isStopped = (workload: Workload): boolean =>
  workload.suspended && !workload.outcome && !isHeld(workload) && (workload.queue === undefined || workload.stopped);

/** What one can do with a job that is as it is, and may do. Told by its main resource alone, so that many documents cost little. */
export function actionsOn(
  { ref, job, other, document }: PresentJob,
  context: string | undefined,
  at: RenamePlace,
  say: Say,
): Command[] {
  const { workload } = job;
  const target = { job: ref, ...(context && { context }) };
  if (other) {
    return [
      { title: `${icon('eye')}${say(message('lens.look'))}`, command: 'gpuctl.job.show', arguments: [target] },
      {
        title: `${icon('edit')}${say(message('lens.rename'))}`,
        command: 'gpuctl.document.rename',
        arguments: at(document),
      },
    ];
  }
  const refused = job.refused();
  return actionsFor(workload).flatMap(({ gesture, shape, text, command }) =>
    gesture && refused[gesture] ? [] : [{ title: `${icon(shape)}${say(message(text))}`, command, arguments: [target] }],
  );
}

/** Where the name of a document stands: its file, the line and the character from 0. */
export type RenamePlace = (document: GpuctlDocument) => [uri: string, line: number, character: number];

interface Action {
  /** What the person must be allowed to do. */
  gesture?: JobGesture;
  shape: string;
  text:
    | 'lens.log'
    | 'lens.notebook'
    | 'lens.details'
    | 'lens.why'
    | 'lens.stop'
    | 'lens.start'
    | 'lens.release'
    | 'lens.resume';
  command: string;
}
const LOG: Action = { gesture: 'log', shape: 'output', text: 'lens.log', command: 'gpuctl.job.log' };
const OPEN: Action = { gesture: 'forward', shape: 'notebook', text: 'lens.notebook', command: 'gpuctl.notebook.open' };
const DETAILS: Action = { shape: 'info', text: 'lens.details', command: 'gpuctl.job.details' };
const WHY: Action = { shape: 'question', text: 'lens.why', command: 'gpuctl.job.why' };
const STOP: Action = { gesture: 'stop', shape: 'debug-stop', text: 'lens.stop', command: 'gpuctl.job.stop' };
const START: Action = { gesture: 'start', shape: 'play', text: 'lens.start', command: 'gpuctl.job.start' };
const RESUME: Action = { gesture: 'resume', shape: 'debug-restart', text: 'lens.resume', command: 'gpuctl.job.resume' };

function actionsFor(workload: Workload): Action[] {
  if (workload.outcome === 'failed') return [RESUME, LOG, WHY];
  if (workload.outcome) return [LOG, DETAILS];
  if (isHeld(workload)) return [{ ...START, text: 'lens.release' }, DETAILS];
  if (isStopped(workload)) return [START, DETAILS];
  return [...(workload.jobKind === 'notebook' ? [OPEN] : []), LOG, DETAILS, STOP];
}
