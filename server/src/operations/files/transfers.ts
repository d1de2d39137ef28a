import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Message, message } from '../../../../l10n/index.ts';
import { GpuctlError } from '../error.ts';
import type { Cluster } from '../ports.ts';
import type { Session } from '../session.ts';
import { type Compared, compare, copyNameOf } from './compare.ts';
import { deleteHere, download } from './download.ts';
import { unfitFor } from './fitting.ts';
import { type HereTree, hashHere, identityOf, listHere } from './hereTree.ts';
import { type FoundPlace, findPlace, type PlaceAsked } from './place.ts';
import { type Actions, type Choices, type Direction, decide, planSteps, type Step } from './plan.ts';
import { quote, runScript } from './shell.ts';
import { readSyncState, type SyncPair, type SyncState, writeSyncState } from './syncState.ts';
import { hashThere, listThere, type ThereTree } from './thereTree.ts';
import { type Content, contentOf, type Entry, hashOf, isProgram, type Left, STAGE } from './tree.ts';
import { deleteThere, type Moved, type Transfer, upload } from './upload.ts';

/** Two folders that are compared. */
export interface ComparisonAsked extends PlaceAsked {
  direction: Direction;
  here: string;
  there: string;
  only?: readonly string[] | undefined;
  exclude: readonly string[];
}

/** What would be done. */
export interface TransferPlan {
  id: string;
  met: boolean;
  steps: Step[];
  left: Left[];
  /** What stands at a path, on the side from which it would go. */
  sizeOf(step: Step): number;
}

export interface TransferResult {
  uploaded: number;
  downloaded: number;
  deletedHere: number;
  deletedThere: number;
  left: Left[];
}

/** Tells how many bytes are through, and of how many; 0 while that is not known. */
export type Tell = (bytes: number, of: number) => void;

interface Held extends TransferPlan {
  asked: ComparisonAsked;
  place: FoundPlace;
  pair: SyncPair;
  state: SyncState;
  here: HereTree;
  there: ThereTree;
  compared: Compared;
}

/** Plans that wait to be carried out. */
const MOST_HELD = 8;

/** Comparisons of folders here with folders of jobs, and what was decided of them. Nothing is done by comparing. */
export class FileTransfers {
  private readonly session: Session;
  private readonly held = new Map<string, Held>();
  private readonly busy = new Set<string>();

  constructor(session: Session) {
    this.session = session;
  }

  /** Compares. Throws what `findPlace` throws, and `files.*`. */
  compare(asked: ComparisonAsked, tell: Tell, signal: AbortSignal): Promise<TransferPlan> {
    return this.session.use(async (cluster) => {
      const place = await findPlace(cluster, asked, signal);
      const pair = pairOf(cluster, asked, place.rank);
      const state = await readSyncState(pair);
      const { only, exclude, direction } = asked;
      // What a later pattern takes in again is looked for there, too.
      const skip = exclude.some((one) => one.startsWith('!')) ? [] : exclude.filter((one) => /^[\w.-]+\/?$/.test(one));
      const there = await listThere(place, { folder: asked.there, only, skip, mark: state.mark, signal });
      if (direction === 'down' && !there.exists)
        throw new GpuctlError('files.no-folder', message('files.no-folder', { where: asked.there }));
      const here = await listHere(asked.here, { only, patterns: exclude, signal });
      const met = direction === 'both' && there.isMarked && state.identity === here.identity && state.known.size > 0;
      if (!met) state.known = new Map();
      for (const [at, { kind }] of there.entries)
        if (here.excludes.has(at, kind === 'folder')) there.entries.delete(at);
      for (const at of state.known.keys()) if (here.excludes.has(at, false)) state.known.delete(at);
      const left = [...here.left, ...there.left.filter(({ path: at }) => !here.excludes.has(at, false))];
      left.push(...unfitFor(process.platform, there.entries, here.entries), ...strayLinks(here.entries, there.entries));
      const apart = new Set(left.map(({ path: at }) => at));
      let bytes = 0;
      const progress = (more: number) => {
        bytes += more;
        tell(bytes, 0);
      };
      const compared = await compare({
        ...{ place, known: state.known, signal, progress },
        here: { folder: asked.here, tree: here },
        there: { folder: asked.there, tree: there },
      });
      const base = new Map([...state.known].map(([at, { content }]) => [at, content]));
      const all = planSteps(direction, {
        ...compared,
        base,
        isUnknown: { here: here.isUnknown, there: there.isUnknown },
      });
      const steps = all.filter(({ path: at }) => !isWithin(at, apart));
      for (const { do: verb, path: at } of steps)
        if (verb === 'clash') left.push({ path: at, why: message('files.left.clash') });
      const sizeOf = (step: Step) => (stepsUp(step) ? here : there).entries.get(step.path)?.size ?? 0;
      const id = randomUUID();
      const held = { id, met, steps, left, sizeOf, asked, place, pair, state, here, there, compared };
      for (const old of [...this.held.keys()].slice(0, Math.max(0, this.held.size - MOST_HELD + 1))) this.forget(old);
      this.held.set(id, held);
      return held;
    });
  }

  forget(plan: string): void {
    this.held.delete(plan);
  }

  /**
   * Carries out a plan, once. What comes to its place is so on both sides, also where it is called off or the connection breaks in between; what
   * has changed since the comparison is left. Throws `files.busy`, `files.no-plan`.
   */
  async carryOut(plan: string, choices: Choices, tell: Tell, signal: AbortSignal): Promise<TransferResult> {
    const held = this.held.get(plan);
    if (!held) throw notCurrent();
    const key = JSON.stringify([held.asked.here, held.pair]);
    if (this.busy.has(key)) throw new GpuctlError('files.busy', message('files.busy'));
    this.busy.add(key);
    this.forget(plan);
    try {
      return await this.session.use(async (cluster) => {
        return this.run({ ...held, place: await findAgain(cluster, held, signal) }, choices, tell, signal);
      });
    } finally {
      this.busy.delete(key);
    }
  }

  private async run(held: Held, choices: Choices, tell: Tell, signal: AbortSignal): Promise<TransferResult> {
    const { asked, here, there, state, steps, place } = held;
    const actions = decide(steps, choices, await copyNames(held, choices, signal));
    const known = new Map(state.known);
    for (const { do: verb, path: at } of steps) if (verb === 'same') note(held, known, at);
    for (const at of state.known.keys()) if (!here.entries.has(at) && !there.entries.has(at)) known.delete(at);
    const result: TransferResult = {
      uploaded: 0,
      downloaded: 0,
      deletedHere: 0,
      deletedThere: 0,
      left: [...held.left],
    };
    let bytes = 0;
    const of = bytesOf(actions, held);
    const transfer: Omit<Transfer, 'done'> = {
      ...{ place, here: asked.here, there: asked.there, signal },
      progress: (more) => {
        bytes += more;
        tell(bytes, of);
      },
      leave: (at, why: Message) => result.left.push({ path: at, why }),
    };
    const done = ({ path: at, content, here: mine, there: theirs }: Moved) =>
      known.set(at, { content, here: mine, there: theirs });
    try {
      if (asked.direction === 'both' || actions.uploads.length) await makeFolder(held, signal);
      const downloads = actions.downloads.flatMap(({ path: at, as }) => {
        const entry = there.entries.get(at);
        if (!entry) return [];
        return [as === undefined ? { path: at, entry, replaces: here.entries.get(at) } : { path: at, entry, as }];
      });
      const cameDown = (moved?: Moved) => {
        result.downloaded++;
        if (moved) done(moved);
      };
      await download({ ...transfer, done: cameDown }, downloads);
      // A copy of the job's file that is not here yet keeps the job's file where it is.
      const lost = new Set(result.left.map(({ path: at }) => at));
      const uploads = actions.uploads.flatMap(({ path: at, keepAs }) => {
        const entry = here.entries.get(at);
        if (!entry || (keepAs !== undefined && lost.has(at))) return [];
        return [{ path: at, entry, replaces: there.entries.get(at), ...(keepAs !== undefined && { keepAs }) }];
      });
      const wentUp = (moved?: Moved) => {
        result.uploaded++;
        if (moved) done(moved);
      };
      await upload({ ...transfer, done: wentUp }, uploads);
      const toDelete = (paths: string[], { entries }: { entries: Map<string, Entry> }) =>
        paths.flatMap((at) => {
          const entry = entries.get(at);
          return entry ? [{ path: at, entry }] : [];
        });
      for (const at of await deleteThere(transfer, toDelete(actions.deleteThere, there))) {
        known.delete(at);
        result.deletedThere++;
      }
      for (const at of await deleteHere(transfer, toDelete(actions.deleteHere, here))) {
        known.delete(at);
        result.deletedHere++;
      }
      return result;
    } finally {
      const identity = await identityOf(asked.here);
      // What cannot be noted down is compared anew the next time; what went wrong before is what is told.
      if (asked.direction === 'both')
        await writeSyncState(held.pair, { ...state, identity, known }).catch(() => undefined);
    }
  }
}

const notCurrent = (): GpuctlError =>
  new GpuctlError('files.no-plan', message('files.no-plan'), { actions: [{ do: 'retry' }] });

/** The container that was compared. One that was started again since may have lost its files: then nothing is as it was planned. */
async function findAgain(cluster: Cluster, { asked, place }: Held, signal: AbortSignal): Promise<FoundPlace> {
  if (cluster.context.context !== place.cluster.context.context) throw notCurrent();
  const now = await findPlace(cluster, { ...asked, pod: place.pod.name, rank: place.rank }, signal);
  if (now.instance !== place.instance) throw notCurrent();
  return now;
}

const stepsUp = ({ do: verb }: Step): boolean => verb === 'upload' || verb === 'delete-here' || verb === 'conflict';

const isWithin = (at: string, tops: ReadonlySet<string>): boolean => {
  for (let one = at; one; one = one.slice(0, Math.max(0, one.lastIndexOf('/')))) if (tops.has(one)) return true;
  return false;
};

const pairOf = ({ context }: Cluster, { job, here, there }: ComparisonAsked, rank: number | undefined): SyncPair => ({
  ...{ server: context.server, namespace: job.namespace, job: job.name },
  ...{ rank, there, here: path.resolve(here) },
});

/** Makes the job's folder, and our mark in it. */
async function makeFolder({ asked, place, state }: Held, signal: AbortSignal): Promise<void> {
  await mkdir(asked.here, { recursive: true });
  if (asked.direction !== 'both') return;
  const mark = `${STAGE}/${state.mark}`;
  const script = `cd "$1" 2>/dev/null || { mkdir -p "$1" && cd "$1"; } && mkdir -p ${STAGE} && : > ${quote(mark)}`;
  await runScript(place, { script, args: [asked.there], signal });
}

/** Links that lead out of the folder are nobody's business on the other side. */
function strayLinks(...sides: Map<string, Entry>[]): Left[] {
  return sides.flatMap((entries) =>
    [...entries].flatMap(([at, { kind, target = '' }]) => {
      if (kind !== 'link') return [];
      const leads = path.posix.normalize(path.posix.join(path.posix.dirname(at), target));
      const isStray =
        target.startsWith('/') || /^[A-Za-z]:|\\/.test(target) || leads === '..' || leads.startsWith('../');
      return isStray ? [{ path: at, why: message('files.left.stray') }] : [];
    }),
  );
}

function note({ compared, here, there }: Held, known: SyncState['known'], at: string): void {
  const content = compared.here.get(at);
  const [mine, theirs] = [here.entries.get(at)?.stamp, there.entries.get(at)?.stamp];
  if (content !== undefined && mine !== undefined && theirs !== undefined && !content.includes('?'))
    known.set(at, { content, here: mine, there: theirs });
}

function bytesOf({ uploads, downloads }: Actions, { here, there }: Held): number {
  const sum = (paths: { path: string }[], entries: Map<string, Entry>) =>
    paths.reduce((total, { path: at }) => total + (entries.get(at)?.size ?? 0), 0);
  return sum(uploads, here.entries) + sum(downloads, there.entries);
}

/** Names for the job’s files where both are kept; for that it must be known what the job’s are, and what has these names already. */
async function copyNames(
  { steps, compared, place, asked, here, there }: Held,
  choices: Choices,
  signal: AbortSignal,
): Promise<(at: string, side: 'here' | 'there') => string | undefined> {
  const both = steps.flatMap(({ do: verb, path: at }) =>
    verb === 'conflict' && (choices.each?.[at] ?? choices.conflicts) === 'both' ? [at] : [],
  );
  const isUnread = (side: 'here' | 'there') => (at: string) => compared[side].get(at)?.includes('?') ?? false;
  const readThere = async (paths: string[]) => {
    for (const [at, hash] of await hashThere(place, asked.there, paths.filter(isUnread('there')), signal)) {
      const entry = there.entries.get(at);
      if (entry) compared.there.set(at, contentOf(entry.size, hash, isProgram(entry)));
    }
  };
  await readThere(both);
  const names = new Map(both.map((at) => [at, copyNameOf(at, compared.there.get(at))]));
  await readThere([...names.values()]);
  for (const name of [...names.values()].filter(isUnread('here'))) {
    const entry = here.entries.get(name);
    const hash = entry && (await hashHere(path.join(asked.here, name), entry.size, signal));
    if (entry && hash) compared.here.set(name, contentOf(entry.size, hash, isProgram(entry)));
  }
  const goUp = new Set(steps.flatMap(({ do: verb, path: at }) => (verb === 'upload' ? [at] : [])));
  return (at, side) => {
    const [name = '', content] = [names.get(at), compared.there.get(at)];
    // A copy that is here already, of a sync that was interrupted, goes there by itself.
    const present = compared[goUp.has(name) ? 'here' : side].get(name);
    return present !== undefined && (present === content || isSameFile(present, content)) ? undefined : name;
  };
}

const isSameFile = (one: Content, other: Content | undefined): boolean =>
  hashOf(one) !== undefined && hashOf(one) === hashOf(other);
