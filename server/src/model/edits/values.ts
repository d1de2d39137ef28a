import type { Value } from '../canonical.ts';
import type { Change, Path } from '../finding.ts';
import type { YamlTree } from '../yamlTree.ts';

type Mapping = Record<string, Value>;

/** The value that a document should have after a change. */
export function changed(value: Value, change: Change, tree: YamlTree): Value {
  const [part, ...rest] = change.path;
  if (part === undefined) return change.do === 'set' ? change.value : value;
  return put(value, part, rest, change, tree, []);
}

function put(
  value: Value | undefined,
  part: string | number,
  rest: Path,
  change: Change,
  tree: YamlTree,
  above: Path,
): Value {
  const copy: Value[] | Mapping =
    typeof part === 'number'
      ? [...(Array.isArray(value) ? value : [])]
      : { ...(typeof value === 'object' && !Array.isArray(value) ? value : {}) };
  const entries = copy as Mapping;
  const [next, ...further] = rest;
  if (next !== undefined) {
    entries[part] = put(entries[part], next, further, change, tree, [...above, part]);
    return copy;
  }
  switch (change.do) {
    case 'set':
      entries[part] = change.value;
      break;
    case 'append':
      entries[part] = [...(Array.isArray(entries[part]) ? entries[part] : []), change.value];
      break;
    case 'remove':
      if (Array.isArray(copy)) copy.splice(Number(part), 1);
      else delete entries[part];
      break;
    case 'rename': {
      const old = entries[part] as Value;
      delete entries[part];
      entries[canonicalKey(tree, above, change.to)] = old;
    }
  }
  return copy;
}

function canonicalKey(tree: YamlTree, path: Path, written: string): string {
  const schema = tree.schema && tree.schemas.atPath(path, tree.schema)?.schema;
  return (schema && tree.schemas.spellingsOf(schema).canonical.get(written)) ?? written;
}

/** Whether a document's value is the expected one. An empty value and none are the same; where texts belong, `1` is read as `"1"`. */
export function same(read: Value | undefined, expected: Value | undefined): boolean {
  if (expected === null || expected === undefined) return read === null || read === undefined || read === '';
  if (typeof expected !== 'object') {
    return read === expected || (typeof read === 'string' && typeof expected !== 'string' && read === String(expected));
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read) !== Array.isArray(expected)) return false;
  const keys = new Set([...Object.keys(read), ...Object.keys(expected)]);
  return [...keys].every((key) => same((read as Mapping)[key], (expected as Mapping)[key]));
}

/** The entry of a value at a path. */
export function valueAt(value: Value | undefined, path: Path): Value | undefined {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Mapping)[part];
  }
  return at;
}
