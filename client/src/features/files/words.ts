import type { FilesDirection, FilesDoneDto, FilesPlanDto } from '../../../../server/src/protocol.ts';
import { toSize } from '../../infrastructure/size.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** Names that a question lists. */
const MOST_NAMES = 12;
/** Bytes from which on a sync is asked before it begins. */
const MUCH = 100 * 2 ** 20;

/** Names in a question, one a line, with how many more there are. */
export function toNames(paths: readonly string[], { t }: Texts): string[] {
  const rest = paths.length - MOST_NAMES;
  return [
    ...paths.slice(0, MOST_NAMES).map((path) => `• ${path}`),
    ...(rest > 0 ? [t('ui.files.more', { count: rest })] : []),
  ];
}

/** What goes where, a line each. */
export const toAmounts = ({ uploads, downloads }: FilesPlanDto, { t }: Texts): string[] => [
  ...(uploads.count ? [t('ui.files.up', { count: uploads.count, size: toSize(uploads.bytes) })] : []),
  ...(downloads.count ? [t('ui.files.down', { count: downloads.count, size: toSize(downloads.bytes) })] : []),
];

/** Whether nothing is to be done. */
export const isNothing = ({ uploads, downloads, deletedHere, deletedThere, conflicts }: FilesPlanDto): boolean =>
  !uploads.count && !downloads.count && !deletedHere.length && !deletedThere.length && !conflicts.length;

/** Whether to ask before anything is done: two folders that never met, and what takes long. */
export const isAsked = ({ met, uploads, downloads }: FilesPlanDto, direction: FilesDirection): boolean =>
  (direction === 'both' && !met) || uploads.bytes + downloads.bytes > MUCH;

/** What is deleted where, for the question. */
export function toDeletions({ deletedHere, deletedThere }: FilesPlanDto, texts: Texts): string {
  const part = (heading: string, paths: readonly string[]) =>
    paths.length ? [heading, ...toNames(paths, texts), ''] : [];
  return [
    ...part(texts.t('ui.files.deleted.there'), deletedThere),
    ...part(texts.t('ui.files.deleted.here'), deletedHere),
  ]
    .join('\n')
    .trim();
}

/** What was done, in one sentence. */
export function toDone(
  done: FilesDoneDto,
  { here, there }: { here: string; there: string },
  { t, list }: Texts,
): string {
  const deleted = done.deletedHere + done.deletedThere;
  const what = [
    ...(done.uploaded ? [t('ui.files.done.up', { count: done.uploaded })] : []),
    ...(done.downloaded ? [t('ui.files.done.down', { count: done.downloaded })] : []),
    ...(deleted ? [t('ui.files.done.deleted', { count: deleted })] : []),
    ...(done.left.length ? [t('ui.files.done.left', { count: done.left.length })] : []),
  ];
  return what.length ? t('ui.files.done', { here, there, what: list(what) }) : t('ui.files.nothing');
}

/** The folder that all of these lie in, and their paths below it; each path absolute. What lies in another of them is left out. */
export function commonFolder(paths: readonly string[], separator: string): { folder: string; only: string[] } {
  const tops = paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(other + separator)));
  const folders = tops.map((path) => path.split(separator).slice(0, -1));
  const [first = []] = folders;
  const length = first.findIndex((part, at) => folders.some((parts) => parts[at] !== part));
  const folder = first.slice(0, length < 0 ? first.length : length).join(separator);
  const only = [...new Set(tops)].map((path) =>
    path
      .slice(folder.length + 1)
      .split(separator)
      .join('/'),
  );
  return { folder: folder || separator, only };
}
