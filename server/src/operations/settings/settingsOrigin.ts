import { type Message, message } from '../../../../l10n/index.ts';
import { type KubeObject, ourLabel } from '../../model/kubeObject.ts';
import { list } from '../pools/poolAsks.ts';
import { sourceAnnotations } from '../source.ts';
import type { PlannedChange } from '../submit/plan.ts';
import type { Origin } from '../submit/planJob.ts';

/** What is told of a submit, and its hash. Always under our own prefix, as the label of a quota is: another prefix is no other submit. */
const TOLD = ['spec-hash', 'source-path', 'git-commit', 'submitted-by'] as const;
const PREFIX = 'gpuctl';

type Annotations = Readonly<Record<string, string>>;

/** Annotations that make the objects of a pool or a quota known again: from where they came, and who submitted them. */
export function settingsAnnotations(
  { document, path, gitCommit }: Omit<Origin, 'hold'>,
  user: string | undefined,
): Record<string, string> {
  const { source: _, ...told } = sourceAnnotations(document, path, gitCommit);
  return prefixed({ ...told, ...(user && { 'submitted-by': user }) });
}

/** The annotations that an object gets: its own where it is of the very same document, since that says nothing new. */
export const toldOf = ({ metadata }: KubeObject, annotations: Annotations): Annotations =>
  isSame(metadata.annotations, annotations) ? ownOf(metadata.annotations) : annotations;

const isSame = (one: Annotations | undefined, other: Annotations): boolean =>
  told(one, 'spec-hash') === told(other, 'spec-hash');

/** Whose the objects are that a document changes or takes away: everybody else who submitted one, and every other file that one came from. */
export function whoseElse(
  { kind, name }: { kind: string; name: string },
  objects: readonly KubeObject[],
  annotations: Annotations,
): Message[] {
  const others = objects.filter(({ metadata }) => !isSame(metadata.annotations, annotations));
  const elsewhere = (key: (typeof TOLD)[number]) => {
    const mine = told(annotations, key);
    const all = others.flatMap(({ metadata }) => told(metadata.annotations, key) ?? []);
    return mine === undefined ? [] : [...new Set(all)].filter((one) => one !== mine).sort();
  };
  const users = elsewhere('submitted-by');
  if (users.length) return [message('settings.ask.other-user', { kind, name, users: list(users) })];
  const paths = elsewhere('source-path');
  return paths.length ? [message('settings.ask.other-file', { kind, name, paths: list(paths) })] : [];
}

/** Namespaces that a quota limits no more. */
export function unlimitedAsks(name: string, removals: readonly PlannedChange[]): Message[] {
  const namespaces = removals.map(({ object }) => object.namespace ?? '').sort();
  if (!namespaces.length) return [];
  return [message('settings.ask.unlimited', { count: namespaces.length, namespaces: list(namespaces), name })];
}

const told = (annotations: Annotations | undefined, key: (typeof TOLD)[number]) => ourLabel(annotations, key);

const ownOf = (annotations: Annotations | undefined): Annotations =>
  prefixed(
    Object.fromEntries(
      TOLD.flatMap((key) => {
        const value = told(annotations, key);
        return value === undefined ? [] : [[key, value]];
      }),
    ),
  );

const prefixed = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${PREFIX}/${key}`, value]));
