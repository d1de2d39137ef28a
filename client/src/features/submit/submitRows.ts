import type { LookDto, SubmitLook } from '../../../../server/src/protocol.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** A document in the list of those that can be submitted; without `document`, a heading. */
export interface SubmitRow {
  /** Of the document, the same as long as it is there. */
  key: string;
  label: string;
  description?: string;
  detail?: string;
  document?: LookDto;
  /** Has errors, so it cannot be chosen. */
  broken?: true;
}

/** What of a file the list says. */
export interface FileInfo {
  /** As the person knows it: its path in the workspace. */
  name: string;
  unsaved: boolean;
}

/** Names one document over several looks at the same files. */
export const keyOf = ({ uri, document }: Pick<LookDto, 'uri' | 'document'>): string => `${uri}#${document}`;

/** The list: what can be submitted, in the order in which it would be, then what cannot, with the first error of each. */
export function buildSubmitRows(
  { documents }: Pick<SubmitLook, 'documents'>,
  files: ReadonlyMap<string, FileInfo>,
  texts: Texts,
): SubmitRow[] {
  const { t } = texts;
  const row = (document: LookDto): SubmitRow => {
    const { uri, kind, name, verdict, there, errors } = document;
    const file = files.get(uri);
    const about = [toKind(kind, texts), file?.name, file?.unsaved ? t('ui.submit.list.unsaved') : undefined];
    const said = errors ? toError(errors, texts) : [toVerdict(verdict), there].filter(Boolean).join(' · ');
    return {
      key: keyOf(document),
      label: errors ? `$(error) ${name}` : name,
      description: about.filter(Boolean).join(' · '),
      ...(said && { detail: said }),
      document,
      ...(errors && { broken: true }),
    };
  };
  const sound = documents.filter(({ errors }) => !errors).map(row);
  const broken = documents.filter(({ errors }) => errors).map(row);
  if (!broken.length) return sound;
  return [...sound, { key: '', label: t('ui.submit.list.errors') }, ...broken];
}

const toVerdict = (verdict: LookDto['verdict']): string | undefined => verdict && `$(${verdict.icon}) ${verdict.text}`;

function toError({ count, message, line }: NonNullable<LookDto['errors']>, { t }: Texts): string {
  return count > 1
    ? t('ui.submit.list.error.more', { line: line + 1, message, count: count - 1 })
    : t('ui.submit.list.error', { line: line + 1, message });
}

/** The word for a kind; one that nobody knows is named as it is written. */
export function toKind(kind: string, { t }: Texts): string {
  const known = ['training', 'inference', 'notebook', 'compute', 'pool', 'quota'] as const;
  const found = known.find((one) => one === kind);
  return found ? t(`ui.kind.${found}`) : kind;
}

/** What else the list says over itself: the pool that all goes to, and that there were more files than `cap`, which were looked at. */
export function toListNote(
  { pool, cap }: { pool: string | undefined; cap: number | undefined },
  { t }: Texts,
): string | undefined {
  const to = pool === undefined ? undefined : t('ui.submit.list.pool', { pool: pool || t('ui.pools.none') });
  return [to, cap && t('ui.submit.list.capped', { count: cap })].filter(Boolean).join(' · ') || undefined;
}

/** Where a submit goes, over the list: the namespaces that the jobs name, or the window's. */
export function toListTitle({ cluster, documents }: SubmitLook, { t }: Texts): string {
  const namespaces = [...new Set(documents.flatMap(({ namespace }) => namespace ?? []))];
  if (!cluster) return t('ui.submit.list.title.nowhere');
  return namespaces.length
    ? t('ui.submit.list.title', { cluster, namespace: namespaces.join(', ') })
    : `${t('ui.submit.list.title.nowhere')} · ${cluster}`;
}
