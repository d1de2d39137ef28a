type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a JSON merge patch (RFC 7386) makes of a value: mappings are merged, `null` takes away, all else replaces. */
export function mergePatch<T>(value: T, patch: object): T {
  const result: Mapping = { ...(value as Mapping) };
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete result[key];
    else result[key] = isMapping(change) ? mergePatch(isMapping(result[key]) ? result[key] : {}, change) : change;
  }
  return result as T;
}
