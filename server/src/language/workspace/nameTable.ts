import type { DocumentNames, NameUse } from './documentNames.ts';

/** Who uses which name, and which values there are how often; changed document by document. `Owner` is a file. */
export class NameTable<Owner> {
  private readonly uses = new Map<string, Map<NameUse, Owner>>();
  /** How many jobs of a name and namespace each owner has. */
  private readonly jobs = new Map<string, Map<Owner, number>>();
  private readonly counts = new Map<string, Map<string, number>>();

  add(owner: Owner, { uses, values }: DocumentNames): void {
    for (const use of uses) {
      const key = keyOf(use.of, use.name);
      const known = this.uses.get(key);
      if (known) known.set(use, owner);
      else this.uses.set(key, new Map([[use, owner]]));
      if (use.of === 'job') count(this.jobs, jobKey(use), owner, 1);
    }
    for (const { path, value } of values) count(this.counts, path, value, 1);
  }

  remove(owner: Owner, { uses, values }: DocumentNames): void {
    for (const use of uses) {
      const key = keyOf(use.of, use.name);
      const known = this.uses.get(key);
      if (known?.delete(use) && !known.size) this.uses.delete(key);
      if (use.of === 'job') count(this.jobs, jobKey(use), owner, -1);
    }
    for (const { path, value } of values) count(this.counts, path, value, -1);
  }

  /** Uses of a name, with their owners. */
  of(of: NameUse['of'], name: string): ReadonlyMap<NameUse, Owner> {
    return this.uses.get(keyOf(of, name)) ?? new Map();
  }

  /** Who has a job of this name in this namespace. */
  owners(use: NameUse): Iterable<Owner> {
    return this.jobs.get(jobKey(use))?.keys() ?? [];
  }

  /** Uses of all names of jobs or of pools. */
  *all(of: NameUse['of']): Iterable<[NameUse, Owner]> {
    for (const [key, uses] of this.uses) if (key.startsWith(`${of}/`)) yield* uses;
  }

  /** Values of a key, the most frequent first; without those that only `except` has. */
  values(path: string, except?: DocumentNames): string[] {
    const own = new Map<string, number>();
    for (const one of except?.values ?? []) {
      if (one.path === path) own.set(one.value, (own.get(one.value) ?? 0) + 1);
    }
    return [...(this.counts.get(path) ?? [])]
      .map(([value, count]) => ({ value, count: count - (own.get(value) ?? 0) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .map(({ value }) => value);
  }
}

function count<Key>(tallies: Map<string, Map<Key, number>>, of: string, key: Key, by: 1 | -1): void {
  let tally = tallies.get(of);
  if (!tally) {
    tally = new Map();
    tallies.set(of, tally);
  }
  const now = (tally.get(key) ?? 0) + by;
  if (now > 0) tally.set(key, now);
  else tally.delete(key);
  if (!tally.size) tallies.delete(of);
}

const keyOf = (of: NameUse['of'], name: string): string => `${of}/${name}`;

/** What makes two jobs the same one. */
export const jobKey = ({ name, namespace = '' }: NameUse): string => `${namespace}/${name}`;
