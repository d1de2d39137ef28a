import { type Message, message } from '../../../../l10n/index.ts';
import { isPassing } from '../../capacity/findings.ts';
import type { GpuCount } from '../../capacity/pools.ts';
import { runs } from '../../capacity/verdict.ts';
import { holderList, toList } from '../../capacity/words.ts';
import { KIND_NAMES } from '../../kinds/index.ts';
import type { Value } from '../../model/canonical.ts';
import type { Path } from '../../model/finding.ts';
import type { JsonSchema } from '../../model/schema.ts';
import type { LiveValues, NamedKind } from '../../operations/liveValues.ts';
import { TOOLS } from '../../tools/index.ts';
import type { Trial, Tried } from './trial.ts';

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
  /** Whether this document would fit with another value at a place. */
  tryOut: Trial;
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

/** `14 of 32 A100-80G free`, one type after the other; `undefined` where nothing is known. */
export function freeText(gpus: readonly GpuCount[] | undefined): Message | string | undefined {
  if (!gpus) return undefined;
  const there = gpus.filter(({ total }) => total > 0);
  if (!there.length) return message('completion.no-gpus');
  return toList(there.map(({ free, total, type }) => message('completion.free', { free, total, type })));
}

const pools: Provider = (sources) => {
  const known = sources.live.pools().map(({ name, gpus }): Candidate => {
    const free = freeText(gpus);
    const value = name ?? 'default';
    const detail =
      name !== undefined ? free : free ? message('completion.no-pool.free', { free }) : message('completion.no-pool');
    const fits = gpus?.length && sources.tryOut(['resources', 'pool'], value)?.verdict.is === 'fits';
    return { value, detail: fits && detail ? message('completion.fits', { free: detail }) : detail };
  });
  return [
    ...known,
    ...strings(sources.pools()),
    ...strings(sources.used('resources.pool'), message('completion.used')),
    { value: 'default', detail: message('completion.no-pool') },
  ];
};

const poolOf = (sources: ValueSources): string | undefined => text(sources.read(['resources', 'pool']));

const gpuTypes: Provider = (sources, path) => {
  const isOfJob = path[0] === 'resources';
  const pool = poolOf(sources);
  const counted = sources.live.gpuTypes(pool);
  const nodes = sources.live.nodes().filter((node) => pool === undefined || (node.pool ?? 'default') === pool);
  return [
    ...counted.map(({ type, free, total }): Candidate => {
      const detail = total > 0 ? message('completion.type.free', { free, total }) : message('completion.no-gpus');
      const isFit = isOfJob && sources.tryOut(['resources', 'gpuType'], type)?.verdict.is === 'fits';
      return { value: type, detail: isFit ? message('completion.fits', { free: detail }) : detail };
    }),
    ...strings(nodes.flatMap(({ gpuType }) => gpuType ?? [])),
    ...strings(sources.used('resources.gpuType'), message('completion.used')),
  ];
};

/** Numbers that people ask for, a whole number for each node; and all that one node has free. With what would become of each now. */
const gpuNumbers: Provider = (sources, path) => {
  const nodes = Number(text(sources.read(['resources', 'nodeCount']))) || 1;
  const type = text(sources.read(['resources', 'gpuType']))?.toLowerCase();
  const counts = sources.live.gpuTypes(poolOf(sources)).filter((count) => !type || count.type.toLowerCase() === type);
  const block = nodes > 1 ? 0 : Math.max(0, ...counts.map(({ largestBlock }) => largestBlock));
  const numbers = new Set([1, 2, 4, 8].map((each) => each * nodes));
  if (block > 0) numbers.add(block);
  return [...numbers]
    .sort((a, b) => a - b)
    .map((gpus): Candidate => {
      const tried = sources.tryOut(path, gpus);
      const largest = gpus === block ? message('completion.largest-block') : undefined;
      if (!tried) return { value: String(gpus), detail: largest };
      const isMost = largest && tried.verdict.is === 'fits';
      return { value: String(gpus), detail: isMost ? message('completion.now.largest') : nowWord(tried) };
    });
};

const PRIORITIES = ['high', 'medium', 'low'] as const;

/** Priorities with what each would do now. */
const priorities: Provider = (sources, path) =>
  PRIORITIES.flatMap((value): Candidate[] => {
    const tried = sources.tryOut(path, value);
    if (!tried) return [];
    const now = nowWord(tried);
    return [{ value, detail: value === 'medium' ? message('completion.default.now', { now }) : now }];
  });

/** What would become of a job now, in a word. */
function nowWord({ verdict, namespace, spreads }: Tried): Message {
  switch (verdict.is) {
    case 'fits':
      return message('completion.now');
    case 'preempts': {
      const victims = holderList(verdict.victims, namespace);
      return victims ? message('completion.now.pushes', { victims }) : message('completion.now.pushes.some');
    }
    case 'fragmented':
      return verdict.split && spreads
        ? message('completion.now.nodes', { nodes: verdict.split.nodes })
        : message('completion.now.waits');
    case 'queued': {
      const { alone } = verdict;
      return runs(alone) ? message('completion.now.waits') : nowWord({ verdict: alone, namespace, spreads: false });
    }
    case 'quota':
      return verdict.never ? message('completion.now.never') : message('completion.now.waits');
    default:
      return isPassing(verdict) ? message('completion.now.waits') : message('completion.now.never');
  }
}

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
  'job.priority': priorities,
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
