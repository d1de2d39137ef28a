import { message } from '../../../l10n/index.ts';
import type { Path, RuleFinding } from '../model/finding.ts';
import { toBytes, toMillicores } from '../model/quantity.ts';
import type { Demand, EnvEntry, JobModel, Workdir } from './kind.ts';

/** The sections that all job kinds share, as the schema lets them through. */
export interface JobSections {
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
      command: (environment.command ?? []).map(String),
      args: (environment.args ?? []).map(String),
      env: toEnv(environment.env),
    },
    extraEnv: [
      ...(job.epochs === undefined ? [] : [{ name: 'GPUCTL_EPOCHS', value: String(job.epochs) }]),
      ...(job.batchSize === undefined ? [] : [{ name: 'GPUCTL_BATCH_SIZE', value: String(job.batchSize) }]),
    ],
    workdirs: (storage?.workdirs ?? []).map(toWorkdir),
    cpu: text(resources.cpu),
    memory: text(resources.memory),
  };
}

/** Rules on the shared sections; `gpuctl-yaml.md`, fine print 1, 2, 5, 7. */
export function jobRules(
  sections: JobSections,
  model: JobModel,
  nameLimit: number,
  nameReason: 'job' | 'ranks',
): RuleFinding[] {
  const findings: RuleFinding[] = [];
  const { resources = {} } = sections;
  if (model.name.length > nameLimit) {
    findings.push({
      code: 'name.too-long',
      severity: 'error',
      path: ['job', 'name'],
      message: message(nameReason === 'ranks' ? 'finding.name.too-long.ranks' : 'finding.name.too-long', {
        length: model.name.length,
        limit: nameLimit,
      }),
    });
  }
  if (nameReason === 'ranks' && !/^[a-z]/.test(model.name)) {
    findings.push({
      code: 'name.first-letter',
      severity: 'error',
      path: ['job', 'name'],
      message: message('finding.name.first-letter'),
    });
  }
  if (resources.gpu !== undefined && resources.acceleratorCount !== undefined) {
    findings.push({
      code: 'key.two-spellings',
      severity: 'error',
      path: ['resources', 'acceleratorCount'],
      at: 'key',
      message: message('finding.key.two-spellings', { key: 'acceleratorCount', first: 'gpu' }),
    });
  }
  for (const key of ['queue', 'gpuShare'] as const) {
    if (resources[key] !== undefined) findings.push(notYet(['resources', key], key));
  }
  const gpus = Number(resources.gpu ?? resources.acceleratorCount ?? 0);
  const nodes = model.demand.pods;
  if (gpus % nodes !== 0) {
    const fit = Math.max(1, Math.round(gpus / nodes)) * nodes;
    findings.push({
      code: 'gpu.not-divisible',
      severity: 'error',
      path: ['resources', resources.gpu === undefined ? 'acceleratorCount' : 'gpu'],
      message: message('finding.gpu.not-divisible', { gpus, nodes, fit }),
    });
  }
  return findings;
}

/** A key of the dialect that nothing reads yet: better said than silently left out. */
export const notYet = (path: Path, key: string): RuleFinding => ({
  code: 'key.not-yet',
  severity: 'warning',
  path,
  message: message('finding.key.not-yet', { key }),
});

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
