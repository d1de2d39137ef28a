import type { GpuctlDocument } from '../../kinds/document.ts';

const ORDER = ['quota', 'pool'];

/** Rank of everything that is neither a quota nor a pool: the last. */
export const LAST_RANK = ORDER.length;

/** What others need comes first: a quota makes namespaces, a pool is where jobs go. */
export const rankOf = ({ kind }: GpuctlDocument): number =>
  (ORDER.indexOf(kind?.name ?? '') + LAST_RANK + 1) % (LAST_RANK + 1);

/** Documents in the order in which they are submitted. */
export const inOrder = <T extends { document: GpuctlDocument }>(documents: readonly T[]): T[] =>
  documents.toSorted((a, b) => rankOf(a.document) - rankOf(b.document));

/** What a document is called, also where errors keep it from having a meaning; its kind where it has no name. */
export function nameOf({ kind, kindName, model, value }: GpuctlDocument): string {
  const section = (value as Record<string, { name?: unknown } | null> | null)?.[kind?.marks[0] ?? 'job'];
  return model?.name ?? (typeof section?.name === 'string' ? section.name : kindName);
}
