/** How many names the ends of two paths of `/` have in common. */
export function commonTail(one: string, other: string): number {
  const names = one.split('/').reverse();
  const others = other.split('/').reverse();
  const differs = names.findIndex((name, at) => name === '' || name !== others[at]);
  return differs < 0 ? names.length : differs;
}

/** The path whose end has most in common with a path; `undefined` where two have as much, or none anything. */
export function nearest(path: string, among: readonly string[]): string | undefined {
  const found = among.map((one) => ({ one, length: commonTail(one, path) })).toSorted((a, b) => b.length - a.length);
  const [first, second] = found;
  return first && first.length > 0 && first.length !== second?.length ? first.one : undefined;
}
