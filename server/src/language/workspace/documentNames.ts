import type { GpuctlDocument } from '../../kinds/document.ts';
import type { Value } from '../../model/canonical.ts';
import type { Path } from '../../model/finding.ts';

/** One use of a name in a document. */
export interface NameUse {
  /** `definition`: `job.name` or `pool.name`; `reference`: `resources.pool`. */
  role: 'definition' | 'reference';
  of: 'job' | 'pool';
  name: string;
  /** `job.namespace`, where one is written. */
  namespace: string | undefined;
  kind: string;
  path: Path;
}

/** What the workspace keeps of a document: names, and values that may be of use elsewhere. */
export interface DocumentNames {
  uses: readonly NameUse[];
  values: readonly { path: string; value: string }[];
}

/** Keys whose values are offered again. A list on the way stands for each of its items. */
const KEPT = [
  'job.namespace',
  'environment.image',
  'environment.imagePullSecret',
  'resources.gpuType',
  'resources.queue',
  'storage.workdirs.path',
  'storage.workdirs.hostPath',
  'storage.workdirs.claim',
  'storage.workdirs.storageClass',
  'output.dir',
  'deepspeed.path',
  'service.healthCheck',
].map((path) => ({ path, parts: path.split('.') }));

const known = new WeakMap<GpuctlDocument, DocumentNames>();

/** The names of a document; read once. `keep` makes of a text what is kept: a slice would keep all that it was cut from. */
export function namesOf(document: GpuctlDocument, keep: (text: string) => string = (text) => text): DocumentNames {
  let names = known.get(document);
  if (!names) {
    names = read(document, keep);
    known.set(document, names);
  }
  return names;
}

function read({ value, kind }: GpuctlDocument, keep: (text: string) => string): DocumentNames {
  if (!kind) return { uses: [], values: [] };
  const [namespace] = textsAt(value, ['job', 'namespace']).map(keep);
  const use = (role: NameUse['role'], of: NameUse['of'], path: readonly string[]): NameUse[] =>
    textsAt(value, path)
      .map(keep)
      .map((name) => ({ role, of, name, namespace, kind: kind.name, path }));
  return {
    uses: [
      ...use('definition', 'job', ['job', 'name']),
      ...use('definition', 'pool', ['pool', 'name']),
      ...use('reference', 'pool', ['resources', 'pool']),
    ].filter(({ of, name }) => of === 'job' || name !== 'default'), // those that belong to no pool
    values: KEPT.flatMap(({ path, parts }) => textsAt(value, parts).map((one) => ({ path, value: keep(one) }))),
  };
}

/** Texts at a path, from its part `at` on, through lists. */
function textsAt(value: unknown, path: readonly string[], at = 0): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsAt(item, path, at));
  const key = path[at];
  if (key === undefined) return typeof value === 'string' && value ? [value] : NONE;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return NONE;
  return textsAt((value as Record<string, Value>)[key], path, at + 1);
}

const NONE: readonly string[] = [];
