import type { Value } from './canonical.ts';
import type { Path } from './finding.ts';

/** The innermost named part of a path: list items are called by their list. */
export function lastKey(path: Path): Path {
  let end = path.length;
  while (end > 1 && typeof path[end - 1] === 'number') end--;
  return path.slice(0, end);
}

/** The path that a JSON pointer leads along in a value. */
export function parsePointer(pointer: string, root: Value): Path {
  const path: (string | number)[] = [];
  let at: Value | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(key) : key);
    at = valueAt(at, path.slice(-1));
  }
  return path;
}

/** What stands at a path. */
export function valueAt(value: Value | undefined, path: Path): Value | undefined {
  let at: Value | undefined = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string | number, Value>)[part];
  }
  return at;
}
