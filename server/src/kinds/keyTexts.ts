import { catalogue, type Message, type TextKey } from '../../../l10n/index.ts';
import type { Path } from '../model/finding.ts';

/** Mappings of the root whose keys are the person's own: names of nodes, of namespaces. */
const OWN_NAMES = new Set<string | number | undefined>(['nodes', 'namespace']);

/** What a key means, in Markdown; `path` leads to it in a document, by canonical keys. `undefined` for what is not of the dialect. */
export const keyText = (path: Path): Message | undefined => known(`key.${dotted(path)}`);

/** What comes of a key in the running job, where it is worth telling. */
export const becomesText = (path: Path): Message | undefined => known(`becomes.${dotted(path)}`);

/** What a value means that is one of a few. */
export const valueText = (path: Path, value: unknown): Message | undefined => known(`value.${dotted(path)}.${value}`);

/** A path without list indexes and without the person's own names. */
const dotted = (path: Path): string =>
  path.filter((part, index) => typeof part === 'string' && !(index === 1 && OWN_NAMES.has(path[0]))).join('.');

const known = (key: string): Message | undefined =>
  Object.hasOwn(catalogue, key) ? { key: key as TextKey, args: {} } : undefined;
