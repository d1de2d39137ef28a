import { FIELD_MANAGER, type KubeObject } from './ports.ts';

/** An object as it is in the cluster and as it would be; either may be absent. */
export interface Sides {
  before: KubeObject | undefined;
  after: KubeObject | undefined;
}

/**
 * Takes from both sides of an object what says nothing: of what `wanted` does not name, all that is the same on both sides (defaults),
 * and all that is not ours (what controllers and others have set). What remains is what we set, and what we had set before.
 * `live` as read from the cluster, with its `managedFields`; `after` completed by the cluster as well, so that both are written alike.
 */
export function withoutNoise(live: KubeObject, after: KubeObject | undefined, wanted: object): Sides {
  const { before, after: rest } = reduce(live, after, wanted, ownFields(live));
  return { before: before as KubeObject, after: rest as KubeObject | undefined };
}

/** A node of `fieldsV1`: what of an object a manager has set. Empty where that is all below. */
type Fields = { [segment: string]: Fields };
interface ManagedFields {
  manager?: string;
  subresource?: string;
  fieldsV1?: Fields;
}
type Both = { before: unknown; after: unknown };
type Mapping = Record<string, unknown>;

function ownFields({ metadata }: KubeObject): Fields[] {
  const entries = (metadata.managedFields ?? []) as ManagedFields[];
  return entries
    .filter(({ manager, subresource }) => manager === FIELD_MANAGER && !subresource)
    .map(({ fieldsV1 }) => fieldsV1 ?? {});
}

/** `ours`: what is ours here, by each way in which we have written; a way that does not come here has nothing. */
function reduce(before: unknown, after: unknown, wanted: unknown, ours: readonly Fields[]): Both {
  if (isMapping(wanted)) return reduceMapping(before, after, wanted, ours);
  if (Array.isArray(wanted) && (Array.isArray(before) || Array.isArray(after))) {
    const lists = [before ?? [], after ?? [], wanted] as unknown[][];
    if (lists.every((list) => list.every(hasName))) return reduceNamed(before, after, wanted, ours);
    if (lists.every((list) => list.length === wanted.length)) {
      const items = wanted.map((item, index) => reduce(lists[0]?.[index], lists[1]?.[index], item, []));
      return { before: items.map((item) => item.before), after: items.map((item) => item.after) };
    }
  }
  return { before, after };
}

function reduceMapping(before: unknown, after: unknown, wanted: Mapping, ours: readonly Fields[]): Both {
  const [old, next] = [isMapping(before) ? before : {}, isMapping(after) ? after : {}];
  const sides: [Mapping, Mapping] = [{}, {}];
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(old), ...Object.keys(next)])) {
    const below = ours.flatMap((fields) => fieldsBelow(fields, `f:${key}`));
    if (wanted[key] === undefined && (!below.length || isEqual(old[key], next[key]))) continue;
    const isOpen =
      wanted[key] === undefined && isMapping(old[key]) && below.some((fields) => Object.keys(fields).length);
    const both = reduce(old[key], next[key], isOpen ? {} : wanted[key], below);
    if (isEmpty(both.before) && isEmpty(both.after) && (isOpen || !isEqual(both.before, both.after))) continue;
    if (both.before !== undefined) sides[0][key] = both.before;
    if (both.after !== undefined) sides[1][key] = both.after;
  }
  return { before: isMapping(before) ? sides[0] : before, after: isMapping(after) ? sides[1] : after };
}

/** Lists of what has a name, such as containers and variables, are compared by it. */
function reduceNamed(before: unknown, after: unknown, wanted: readonly unknown[], ours: readonly Fields[]): Both {
  const find = (list: unknown, name: string | undefined) =>
    Array.isArray(list) ? list.find((item) => nameOf(item) === name) : undefined;
  const all = [wanted, before, after].flatMap((list) => (Array.isArray(list) ? list.map(nameOf) : []));
  const sides: [unknown[], unknown[]] = [[], []];
  for (const name of new Set(all)) {
    const [old, next, item] = [find(before, name), find(after, name), find(wanted, name)];
    const below = ours.flatMap((fields) =>
      Object.keys(fields).flatMap((segment) => (isSegmentOf(segment, old) ? fieldsBelow(fields, segment) : [])),
    );
    if (item === undefined && (!below.length || isEqual(old, next))) continue;
    const both = item === undefined ? { before: old, after: next } : reduce(old, next, item, below);
    if (both.before !== undefined) sides[0].push(both.before);
    if (both.after !== undefined) sides[1].push(both.after);
  }
  return { before: before === undefined ? before : sides[0], after: after === undefined ? after : sides[1] };
}

/** What is set as a whole is ours with all below. */
function fieldsBelow(fields: Fields, segment: string): Fields[] {
  const below = fields[segment];
  return below ? [below] : Object.keys(fields).length ? [] : [fields];
}

/** Whether a segment such as `k:{"name":"main"}` means an item. */
function isSegmentOf(segment: string, item: unknown): boolean {
  if (!segment.startsWith('k:') || !isMapping(item)) return false;
  return Object.entries(JSON.parse(segment.slice(2)) as Mapping).every(([key, value]) => item[key] === value);
}

function nameOf(item: unknown): string | undefined {
  const { mountPath, name } = item as { mountPath?: string; name?: string };
  return mountPath ?? name;
}

const hasName = (item: unknown): boolean => isMapping(item) && nameOf(item) !== undefined;
const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean => value === undefined || (isMapping(value) && !Object.keys(value).length);

/** Whether two values mean the same, in whatever order their keys are. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => isEqual((one as Mapping)[key], (other as Mapping)[key]))
  );
}
