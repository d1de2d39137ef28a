import { toBytes, toMillicores } from '../model/quantity.ts';
import { recogniseTool } from '../tools/index.ts';
import type { Demand, EnvEntry, JobModel, Workdir } from './kind.ts';

/** The sections that all job kinds share, as the schema lets them through. */
export interface JobSections {
  version?: string | number;
  framework?: string;
  job: {
    name: string;
    namespace?: string;
    priority?: 'high' | 'medium' | 'low';
    description?: string | number | boolean;
    epochs?: number | string;
    batchSize?: number | string;
  };
  environment: {
    image: string;
    imagePullSecret?: string;
    command?: (string | number | boolean)[];
    args?: (string | number | boolean)[];
    env?: EnvItem[] | Record<string, string | number | boolean>;
  };
  resources?: {
    pool?: string;
    gpu?: number | string;
    acceleratorCount?: number | string;
    gpuType?: string | number | boolean;
    nodeCount?: number | string;
    cpu?: number | string;
    memory?: number | string;
    queue?: string;
    gpuShare?: number | string;
  };
  storage?: { workdirs?: WorkdirItem[] };
}
interface EnvItem {
  name: string;
  value?: string | number | boolean;
  secret?: string;
  key?: string | number | boolean;
}
interface WorkdirItem {
  path: string;
  hostPath?: string;
  claim?: string;
  nfs?: { server: string; path: string };
  size?: string | number;
  storageClass?: string;
  readOnly?: boolean;
}

/** Reads the shared sections. `perNode`: whether the kind spreads one job over `nodeCount` nodes. */
export function toJobModel(kind: string, sections: JobSections, perNode: boolean): JobModel {
  const { job, environment, resources = {}, storage } = sections;
  const gpus = Number(resources.gpu ?? resources.acceleratorCount ?? 0);
  const nodes = perNode ? Number(resources.nodeCount ?? 1) : 1;
  const demand: Demand = {
    pool: resources.pool === 'default' ? undefined : resources.pool,
    gpuType: text(resources.gpuType) || undefined,
    pods: nodes,
    gpusPerPod: Math.ceil(gpus / nodes),
    cpuMillis: toMillicores(resources.cpu),
    memoryBytes: toBytes(resources.memory),
    onePodPerNode: nodes > 1,
    sameRack: 'off',
  };
  const command = (environment.command ?? []).map(String);
  const args = (environment.args ?? []).map(String);
  return {
    kind,
    name: job.name,
    namespace: job.namespace,
    priority: job.priority ?? 'medium',
    description: text(job.description),
    framework: 'native',
    demand,
    environment: {
      image: environment.image,
      imagePullSecret: environment.imagePullSecret,
      command,
      args,
      env: toEnv(environment.env),
    },
    extraEnv: [
      ...(job.epochs === undefined ? [] : [{ name: 'GPUCTL_EPOCHS', value: String(job.epochs) }]),
      ...(job.batchSize === undefined ? [] : [{ name: 'GPUCTL_BATCH_SIZE', value: String(job.batchSize) }]),
    ],
    workdirs: (storage?.workdirs ?? []).map(toWorkdir),
    cpu: text(resources.cpu),
    memory: text(resources.memory),
    tool: recogniseTool({ image: environment.image, command, args }),
    addedArgs: [],
    sections,
  };
}

function toEnv(env: JobSections['environment']['env']): EnvEntry[] {
  if (!env) return [];
  if (!Array.isArray(env)) return Object.entries(env).map(([name, value]) => ({ name, value: String(value ?? '') }));
  return env.map((entry) =>
    entry.secret !== undefined
      ? { name: entry.name, secret: entry.secret, key: String(entry.key) }
      : { name: entry.name, value: String(entry.value ?? '') },
  );
}

function toWorkdir(item: WorkdirItem): Workdir {
  const { path, readOnly = false } = item;
  if (item.claim) return { path, readOnly, source: { from: 'claim', name: item.claim } };
  if (item.nfs) return { path, readOnly, source: { from: 'nfs', server: item.nfs.server, path: item.nfs.path } };
  if (item.size !== undefined) {
    return { path, readOnly, source: { from: 'new', size: String(item.size), storageClass: item.storageClass } };
  }
  return { path, readOnly, source: { from: 'hostPath', path: item.hostPath ?? path } };
}

const text = (value: string | number | boolean | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

/**
 * Bytes of `/dev/shm` of each pod with GPUs, a whole number of MiB: half of the memory that it asks for, 8 GiB where it asks for none
 * (fine print 13).
 */
export const sharedMemoryBytes = ({
  demand: { memoryBytes },
}: {
  demand: Pick<JobModel['demand'], 'memoryBytes'>;
}): number => (memoryBytes === undefined ? 8 * 2 ** 30 : Math.max(64, Math.floor(memoryBytes / 2 ** 21)) * 2 ** 20);
