import { type Message, message } from '../../../../l10n/index.ts';
import type { GpuCount } from '../../capacity/pools.ts';
import { KIND_NAMES } from '../../kinds/index.ts';
import type { Value } from '../../model/canonical.ts';
import type { Path } from '../../model/finding.ts';
import type { JsonSchema } from '../../model/schema.ts';
import type { LiveValues, NamedKind } from '../../operations/liveValues.ts';
import { TOOLS } from '../../tools/index.ts';

/** A value that may stand at a place. */
export interface Candidate {
  value: string;
  detail?: Message | string | undefined;
}

/** Values for a place; `complete` is false while some are still being asked for. */
export interface Candidates {
  list: readonly Candidate[];
  complete: boolean;
}

/** What values are made of beside the schema. All of it is at hand; nothing waits. */
export interface ValueSources {
  live: LiveValues;
  /** Values used before under a key, by its path. */
  used(path: string): readonly string[];
  /** Names of pools that documents of the workspace define. */
  pools(): readonly string[];
  /** Name of the file, without folder; empty where it has none. */
  file: string;
  /** A value of this document by its canonical path. */
  read(path: Path): Value | undefined;
}

type Provider = (sources: ValueSources, path: Path) => readonly Candidate[] | Candidates;

const strings = (values: readonly string[], detail?: Message): Candidate[] =>
  values.map((value) => ({ value, detail }));
const text = (value: Value | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const used =
  (key: string): Provider =>
  (sources) =>
    strings(sources.used(key), message('completion.used'));

const live =
  (kind: NamedKind): Provider =>
  (sources) => {
    const { names, complete } = sources.live.names(kind, text(sources.read(['job', 'namespace'])));
    return { list: strings(names), complete };
  };

const fileName: Provider = ({ file }) => {
  const name = file
    .replace(/(?:\.gpuctl)?\.ya?ml$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  return name && !/^untitled-\d+$/.test(name) ? [{ value: name, detail: message('completion.from-file') }] : [];
};

/** `14 of 32 A100-80G free`; `undefined` where nothing is known. */
export function freeText(gpus: readonly GpuCount[] | undefined): Message | undefined {
  const first = gpus?.[0];
  if (!first) return gpus && message('completion.no-gpus');
  return message('completion.free', { free: first.free, total: first.total, type: first.type });
}

const pools: Provider = (sources) => {
  const known = sources.live.pools().map(({ name, gpus }): Candidate => {
    const free = freeText(gpus);
    if (name !== undefined) return { value: name, detail: free };
    return {
      value: 'default',
      detail: free ? message('completion.no-pool.free', { free }) : message('completion.no-pool'),
    };
  });
  return [
    ...known,
    ...strings(sources.pools()),
    ...strings(sources.used('resources.pool'), message('completion.used')),
    { value: 'default', detail: message('completion.no-pool') },
  ];
};

const poolOf = (sources: ValueSources): string | undefined => text(sources.read(['resources', 'pool']));

const gpuTypes: Provider = (sources) => {
  const pool = poolOf(sources);
  const counted = sources.live.gpuTypes(pool);
  const nodes = sources.live.nodes().filter((node) => pool === undefined || (node.pool ?? 'default') === pool);
  return [
    ...counted.map(
      (count): Candidate => ({
        value: count.type,
        detail: message('completion.type.free', { free: count.free, total: count.total }),
      }),
    ),
    ...strings(nodes.flatMap(({ gpuType }) => gpuType ?? [])),
    ...strings(sources.used('resources.gpuType'), message('completion.used')),
  ];
};

/** Numbers that people ask for, a whole number for each node; and all that one node has free. */
const gpuNumbers: Provider = (sources) => {
  const nodes = Number(text(sources.read(['resources', 'nodeCount']))) || 1;
  const plain = strings([1, 2, 4, 8].map((each) => String(each * nodes)));
  const type = text(sources.read(['resources', 'gpuType']))?.toLowerCase();
  const counts = sources.live.gpuTypes(poolOf(sources)).filter((count) => !type || count.type.toLowerCase() === type);
  const block = Math.max(0, ...counts.map(({ largestBlock }) => largestBlock));
  if (nodes > 1 || block === 0) return plain;
  const largest = { value: String(block), detail: message('completion.largest-block') };
  return [...plain.filter(({ value }) => value !== largest.value), largest].sort(
    (a, b) => Number(a.value) - Number(b.value),
  );
};

/** Words that start known programs, one behind the other. */
const commandWords: Provider = (sources, path) => {
  const index = path.at(-1);
  const command = sources.read(path.slice(0, -1));
  if (typeof index !== 'number') return [];
  const before = Array.isArray(command) ? command.slice(0, index).map(text) : [];
  return TOOLS.flatMap(({ title, starts }) =>
    starts.flatMap((words): Candidate[] => {
      const word = words[0] !== '-m' && before.every((one, at) => one === words[at]) ? words[index] : undefined;
      return word === undefined ? [] : [{ value: word, detail: title }];
    }),
  );
};

/** Directories below those that the job sees. */
const outputDirs: Provider = (sources) => {
  const workdirs = sources.read(['storage', 'workdirs']);
  const paths = Array.isArray(workdirs)
    ? workdirs.flatMap((one) => text((one as { path?: Value } | null)?.path) ?? [])
    : [];
  return [
    ...paths.map((path) => ({
      value: `${path.replace(/\/$/, '')}/output`,
      detail: message('completion.below-workdir', { path }),
    })),
    ...strings(sources.used('output.dir'), message('completion.used')),
  ];
};

/** Places with values of their own, by path without list indexes and without the person's own names. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  kind: () => strings(KIND_NAMES),
  'job.name': fileName,
  'pool.name': fileName,
  'quota.name': fileName,
  'job.namespace': live('namespaces'),
  'environment.image': used('environment.image'),
  'environment.imagePullSecret': live('secrets'),
  'environment.command': commandWords,
  'environment.env.secret': live('secrets'),
  'resources.pool': pools,
  'resources.gpu': gpuNumbers,
  'resources.acceleratorCount': gpuNumbers,
  'resources.gpuType': gpuTypes,
  'resources.queue': live('queues'),
  'storage.workdirs.path': used('storage.workdirs.path'),
  'storage.workdirs.claim': live('claims'),
  'storage.workdirs.storageClass': live('storageClasses'),
  'output.dir': outputDirs,
  'pool.site.storageClass': live('storageClasses'),
  'pool.site.queue': live('queues'),
  'nodes.gpuType': gpuTypes,
};

/** Names to be invented: an example would only be a stranger's. */
const INVENTED = new Set(['job.name', 'pool.name', 'quota.name']);

/** Values for a place: those of the cluster, of the workspace, of the schema. */
export function candidatesAt(path: Path, schema: JsonSchema, sources: ValueSources): Candidates {
  const key = placeName(path);
  const found = Object.hasOwn(PROVIDERS, key) ? PROVIDERS[key]?.(sources, path) : undefined;
  const { list, complete } =
    found === undefined || 'complete' in found ? (found ?? NONE) : { list: found, complete: true };
  const own = [...list, ...ofSchema(schema, key, list.length > 0)];
  const seen = new Set<string>();
  return { list: own.filter(({ value }) => !seen.has(value) && seen.add(value)), complete };
}

const NONE: Candidates = { list: [], complete: true };

/** Whether more than the schema is known of a place: then it is worth asking at once. */
export const hasProvider = (path: Path): boolean => Object.hasOwn(PROVIDERS, placeName(path));

function ofSchema(schema: JsonSchema, key: string, hasOthers: boolean): Candidate[] {
  if (key === 'kind') return [];
  const detailOf = (value: string) =>
    schema.default !== undefined && String(schema.default) === value ? message('completion.default') : undefined;
  const few = fewOf(schema);
  if (few) return few.map((value) => ({ value, detail: detailOf(value) }));
  if (INVENTED.has(key) || hasOthers) return [];
  const plain = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
  return [
    ...(plain(schema.default) ? [{ value: String(schema.default), detail: message('completion.default') }] : []),
    ...(schema.examples ?? [])
      .filter(plain)
      .map((value) => ({ value: String(value), detail: message('completion.example') })),
  ];
}

/** All values that a place may have, where they are few. */
export function fewOf(schema: JsonSchema): string[] | undefined {
  if (schema.enum) return [...new Set(schema.enum.map(String))];
  if (schema.const !== undefined) return [String(schema.const)];
  return schema.type === 'boolean' ? ['true', 'false'] : undefined;
}

/** Mappings of the root whose keys are the person's own. */
const OWN_NAMES = new Set<Path[number] | undefined>(['nodes', 'namespace']);

/** A path without list indexes and without the person's own names. */
const placeName = (path: Path): string =>
  path.filter((part, index) => typeof part === 'string' && !(index === 1 && OWN_NAMES.has(path[0]))).join('.');
