import type { Value } from './canonical.ts';
import type { Path } from './finding.ts';

/** A copy of a value of mappings with another value at a place; `ifAbsent` leaves a text that is there. */
export function put(at: Value | undefined, [key, ...rest]: Path, value: Value, ifAbsent = false): Value {
  if (key === undefined) return ifAbsent && typeof at === 'string' && at !== '' ? at : value;
  const copy = typeof at === 'object' && !Array.isArray(at) ? { ...at } : {};
  copy[key] = put(copy[key], rest, value, ifAbsent);
  return copy;
}
