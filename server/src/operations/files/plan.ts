import { type Content, parentsOf } from './tree.ts';

/**
 * What is to be done with a path. `clash`: a folder on one side and something else on the other, or something that cannot be moved. `revived`: it was
 * deleted on the other side, and changed on this one.
 */
export type Step =
  | { do: 'upload' | 'download'; path: string; replaces?: true; revived?: true }
  | { do: 'delete-here' | 'delete-there'; path: string }
  | { do: 'conflict'; path: string }
  | { do: 'clash'; path: string }
  | { do: 'same'; path: string };

export interface Sides {
  here: ReadonlyMap<string, Content>;
  there: ReadonlyMap<string, Content>;
  /** What was the same on both sides after the last time. */
  base?: ReadonlyMap<string, Content>;
  /** Whether it is not known what is at a path where nothing is listed, on either side. */
  isUnknown?: { here(path: string): boolean; there(path: string): boolean };
}

/** `both`: what is newer on one side goes to the other; else one side is copied over the other, and nothing is deleted. */
export type Direction = 'both' | 'up' | 'down';

/** Compares two folders path by path with what was the same at the last time. Sorted by path; what is gone on both sides is left out. */
export function planSteps(direction: Direction, { here, there, base = new Map(), isUnknown }: Sides): Step[] {
  const paths = [...new Set([...here.keys(), ...there.keys(), ...(direction === 'both' ? base.keys() : [])])].sort();
  const clashes = new Set<string>();
  const steps: Step[] = [];
  for (const path of paths) {
    const [mine, theirs] = [here.get(path), there.get(path)];
    if (parentsOf(path).some((parent) => clashes.has(parent))) continue;
    if (clash(mine, theirs)) {
      clashes.add(path);
      steps.push({ do: 'clash', path });
      continue;
    }
    if (mine === undefined && isUnknown?.here(path)) continue;
    if (theirs === undefined && isUnknown?.there(path)) continue;
    const step =
      direction === 'both' ? twoWays(path, base.get(path), mine, theirs) : oneWay(direction, path, mine, theirs);
    if (step) steps.push(step);
  }
  return withoutHalfFolders(steps, here, there);
}

/** A folder beside something else, or something that is never moved; what is the same on both sides is none. */
function clash(mine: Content | undefined, theirs: Content | undefined): boolean {
  if (mine === 'o' || theirs === 'o') return true;
  return mine !== undefined && theirs !== undefined && mine !== theirs && (mine === 'd' || theirs === 'd');
}

function twoWays(
  path: string,
  base: Content | undefined,
  mine: Content | undefined,
  theirs: Content | undefined,
): Step | undefined {
  if (mine === theirs) return mine === undefined ? undefined : { do: 'same', path };
  if (mine === base) return theirs === undefined ? { do: 'delete-here', path } : toStep('download', path, mine);
  if (theirs === base) return mine === undefined ? { do: 'delete-there', path } : toStep('upload', path, theirs);
  if (mine === undefined) return { do: 'download', path, revived: true };
  if (theirs === undefined) return { do: 'upload', path, revived: true };
  return { do: 'conflict', path };
}

function oneWay(
  direction: 'up' | 'down',
  path: string,
  mine: Content | undefined,
  theirs: Content | undefined,
): Step | undefined {
  const [from, to] = direction === 'up' ? [mine, theirs] : [theirs, mine];
  if (from === undefined) return undefined;
  if (from === to) return { do: 'same', path };
  return to === undefined ? toStep(direction === 'up' ? 'upload' : 'download', path, to) : { do: 'conflict', path };
}

const toStep = (verb: 'upload' | 'download', path: string, replaced: Content | undefined): Step => ({
  do: verb,
  path,
  ...(replaced !== undefined && { replaces: true as const }),
});

/** A folder stays where something in it stays, comes, or is not known to be gone. */
function withoutHalfFolders(steps: Step[], here: Sides['here'], there: Sides['there']): Step[] {
  const kept = { 'delete-here': new Set<string>(), 'delete-there': new Set<string>() };
  const deletes = (path: string, verb: keyof typeof kept) => gone[verb].has(path);
  const gone = { 'delete-here': new Set<string>(), 'delete-there': new Set<string>() };
  for (const step of steps) if (step.do === 'delete-here' || step.do === 'delete-there') gone[step.do].add(step.path);
  for (const { path, do: verb } of steps) {
    for (const parent of parentsOf(path)) {
      if (verb !== 'delete-here' && (here.has(path) || verb === 'download')) kept['delete-here'].add(parent);
      if (verb !== 'delete-there' && (there.has(path) || verb === 'upload')) kept['delete-there'].add(parent);
    }
  }
  for (const [side, verb] of [
    [here, 'delete-here'],
    [there, 'delete-there'],
  ] as const) {
    for (const path of side.keys()) {
      if (!deletes(path, verb)) for (const parent of parentsOf(path)) kept[verb].add(parent);
    }
  }
  return steps.filter(
    (step) => !((step.do === 'delete-here' || step.do === 'delete-there') && kept[step.do].has(step.path)),
  );
}

/** What is done with a file that was changed on both sides. `both`: the one here keeps its name, the job's gets another, on both sides. */
export type Choice = 'mine' | 'theirs' | 'both' | 'skip';

/** What the person decided of what is asked. */
export interface Choices {
  /** Of what is not named in `each`. */
  conflicts: Choice;
  each?: Readonly<Record<string, Choice>>;
  /** Whether what is gone on one side goes on the other, too, or comes back. */
  deletions: 'delete' | 'restore' | 'skip';
}

/** What is carried out. */
export interface Actions {
  uploads: { path: string; keepAs?: string }[];
  downloads: { path: string; as?: string }[];
  deleteHere: string[];
  deleteThere: string[];
}

/** Puts what was decided into what is done. `copyName` names the job's file where both are kept; `undefined`: that copy is there already. */
export function decide(
  steps: readonly Step[],
  choices: Choices,
  copyName: (path: string, side: 'here' | 'there') => string | undefined,
): Actions {
  const actions: Actions = { uploads: [], downloads: [], deleteHere: [], deleteThere: [] };
  const { uploads, downloads } = actions;
  for (const { do: verb, path } of steps) {
    if (verb === 'upload') uploads.push({ path });
    else if (verb === 'download') downloads.push({ path });
    else if (verb === 'delete-here' || verb === 'delete-there') {
      const [list, back] = verb === 'delete-here' ? [actions.deleteHere, uploads] : [actions.deleteThere, downloads];
      if (choices.deletions === 'delete') list.push(path);
      else if (choices.deletions === 'restore') back.push({ path });
    } else if (verb === 'conflict') {
      const choice =
        (choices.each && Object.hasOwn(choices.each, path) ? choices.each[path] : undefined) ?? choices.conflicts;
      if (choice === 'mine') uploads.push({ path });
      else if (choice === 'theirs') downloads.push({ path });
      else if (choice === 'both') {
        const [as, keepAs] = [copyName(path, 'here'), copyName(path, 'there')];
        if (as !== undefined) downloads.push({ path, as });
        uploads.push({ path, ...(keepAs !== undefined && { keepAs }) });
      }
    }
  }
  return actions;
}
