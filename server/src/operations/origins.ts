import { SCHEMAS } from '../kinds/index.ts';
import type { Value } from '../model/canonical.ts';
import type { Path } from '../model/finding.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import type { JsonSchema } from '../model/schema.ts';
import { isEqual } from './difference.ts';

/** Which keys of a document gave a field of what was built of it; empty where none did, or where too many did to say. */
export type Origins = (object: number, path: Path) => readonly Path[];

/** Fields times keys up to which it is measured; beyond, nothing is said. Some 20 ms. */
const MOST_WORK = 400_000;
/** Keys up to which a field has an origin: what comes from more of them comes from the document. */
const MOST_ORIGINS = 4;

/**
 * Finds out which keys of a document gave the fields of its objects, by experiment: each value of the document is changed a little,
 * and taken away, the objects are built again, and what differs then depends on it. So the answer is true for every kind as it is built
 * now, with no table that would have to follow the builders; and where nothing was measured, nothing is said. A field that takes another
 * value comes from the keys that do that; a field that is only there or not, from the innermost keys that make it come and go.
 *
 * `build`: the same objects, in the same order, of a changed document; it may throw, for some changes make no sense.
 */
export function findOrigins(
  value: Value,
  schema: JsonSchema,
  objects: readonly KubeObject[],
  build: (changed: Value) => readonly KubeObject[],
): Origins {
  const places = placesIn(value, []);
  const fields = objects.reduce((sum, object) => sum + countLeaves(object), 0);
  const changed = new Map<string, Path[]>();
  const gone = new Map<string, Path[]>();
  if (places.length * fields > MOST_WORK) return () => [];
  const experiment = (place: Path, other: Value | undefined) => {
    let built: readonly KubeObject[];
    try {
      built = build(withValue(value, place, other) as Value);
    } catch {
      return;
    }
    compare(pairs(objects, built), (id, difference) => {
      const found = difference === 'changed' ? changed : gone;
      const known = found.get(id);
      if (!known) found.set(id, [place]);
      else if (known.at(-1) !== place) known.push(place);
    });
  };
  for (const { path, leaf } of places) {
    if (leaf !== undefined) experiment(path, anotherValue(leaf, SCHEMAS.atPath(path, schema)?.schema));
    if (typeof path.at(-1) === 'string') experiment(path, undefined);
  }
  return (object, path) => {
    const id = idOf([object, ...path]);
    const found = innermost(changed.get(id) ?? gone.get(id) ?? []);
    return found.length <= MOST_ORIGINS ? found : [];
  };
}

/** Every value in a document but its `kind`, on which all depends. */
function placesIn(value: Value, path: Path): { path: Path; leaf: Exclude<Value, object> | undefined }[] {
  if (typeof value !== 'object' || value === null) return [{ path, leaf: value }];
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [
    ...(path.length ? [{ path, leaf: undefined }] : []),
    ...children.flatMap(([key, child]) => (path.length || key !== 'kind' ? placesIn(child, [...path, key]) : [])),
  ];
}

/** Something else of the same sort: another word of the list, one more, the opposite. */
function anotherValue(value: Exclude<Value, object>, schema: JsonSchema | undefined): Value {
  const other = schema?.enum?.find((one) => one !== value);
  if (other !== undefined) return other as Value;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value === null) return 'x';
  return /^\d/.test(value) ? value.replace(/^\d+/, (digits) => String(Number(digits) + 1)) : `${value}x`;
}

/** A copy with another value at a path; without it where that is `undefined`. */
function withValue(value: Value, [first, ...rest]: Path, other: Value | undefined): Value | undefined {
  if (first === undefined) return other;
  if (Array.isArray(value))
    return value.map((item, index) => (index === first ? (withValue(item, rest, other) as Value) : item));
  const { [first]: child, ...others } = value as Record<string, Value>;
  const changed = withValue(child as Value, rest, other);
  if (changed === undefined) return others;
  return Object.fromEntries(Object.entries(value as object).map(([key, old]) => [key, key === first ? changed : old]));
}

type Told = (id: string, difference: 'changed' | 'gone') => void;
type Pair = { path: Path; before: unknown; after: unknown };

function compare(compared: readonly Pair[], tell: Told): void {
  for (const { path, before, after } of compared) {
    if (isEqual(before, after)) continue;
    if (after === undefined) tellAll(path, before, tell);
    else if (typeof before === 'string' && before.includes('\n') && typeof after === 'string')
      compare(ofLists(path, before.split('\n'), after.split('\n')), tell);
    else if (Array.isArray(before) && Array.isArray(after)) compare(ofLists(path, before, after), tell);
    else if (isMapping(before) && isMapping(after))
      compare(
        Object.entries(before).map(([key, child]) => ({ path: [...path, key], before: child, after: after[key] })),
        tell,
      );
    else tell(idOf(path), 'changed');
  }
}

/** What is gone is gone with all that is in it. */
function tellAll(path: Path, value: unknown, tell: Told): void {
  tell(idOf(path), 'gone');
  const children = typeof value === 'string' ? (value.includes('\n') ? value.split('\n') : []) : value;
  if (typeof children === 'object' && children !== null)
    for (const [key, child] of Object.entries(children))
      tellAll([...path, Array.isArray(children) ? Number(key) : key], child, tell);
}

/** Objects are the same by their names, or else by their places where as many are built. */
const pairs = (before: readonly KubeObject[], after: readonly KubeObject[]): Pair[] => ofLists([], before, after);

/**
 * Items that have a name are the same where their names are; others where their texts are. In lists of the same length also by their
 * places, so that another name is a change.
 */
function ofLists(path: Path, before: readonly unknown[], after: readonly unknown[]): Pair[] {
  const free = new Map<string, number[]>();
  for (const [index, item] of after.entries()) {
    const name = nameOf(item);
    free.set(name, [...(free.get(name) ?? []), index]);
  }
  const matched = before.map((item, index) => {
    const same = free.get(nameOf(item));
    const at = same?.includes(index) ? index : same?.[0];
    if (at !== undefined) same?.splice(same.indexOf(at), 1);
    return at;
  });
  const taken = new Set(matched);
  return before.map((item, index) => {
    const at = matched[index] ?? (before.length === after.length && !taken.has(index) ? index : undefined);
    return { path: [...path, index], before: item, after: at === undefined ? undefined : after[at] };
  });
}

function nameOf(item: unknown): string {
  if (typeof item === 'string') return item;
  if (!isMapping(item)) return JSON.stringify(item);
  const { name, mountPath, kind, metadata } = item as { name?: string; mountPath?: string } & Partial<KubeObject>;
  if (metadata?.name) return JSON.stringify([kind, metadata.namespace, metadata.name]);
  return mountPath ?? name ?? JSON.stringify(item);
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const idOf = (path: Path): string => JSON.stringify(path);

/** Sections are left out where something in them is named. */
const innermost = (paths: readonly Path[]): Path[] =>
  paths.filter(
    (path) => !paths.some((other) => other.length > path.length && path.every((part, at) => part === other[at])),
  );

const countLeaves = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, child) => sum + countLeaves(child), 0)
    : 1;
