import { type Message, message } from '../../../l10n/index.ts';
import type { ComputeModel } from '../kinds/compute/model.ts';
import type { InferenceModel } from '../kinds/inference/model.ts';
import { sharedMemoryBytes } from '../kinds/job.ts';
import { type DocumentModel, isJob, type JobModel, type Workdir } from '../kinds/kind.ts';
import type { NotebookModel } from '../kinds/notebook/model.ts';
import type { TrainingModel } from '../kinds/training/model.ts';
import type { Path } from '../model/finding.ts';
import { formatBytes } from '../model/quantity.ts';

/** What a key becomes in this very document, with its numbers. `path` is canonical; nothing where there is nothing to add. */
export function becomesHere(path: Path, model: DocumentModel | undefined): Message[] {
  if (!isJob(model)) return [];
  const [section, key, index] = path;
  switch (section) {
    case 'job':
      return path.length === 2 ? ofJob(key as string, model) : [];
    case 'environment':
      return ofEnvironment(path, model);
    case 'resources':
      return ofResources(key as string, model);
    case 'storage':
      return typeof index === 'number' ? ofWorkdir(model, index, path.at(3)) : [];
    case 'service':
    case 'autoscaling':
      return ofService(path.join('.'), model);
    case 'deepspeed':
      return path.length === 1 || key === 'path' ? ofDeepSpeed(model as TrainingModel) : [];
    case 'retries':
      return [message('hover.tries', { tries: (model as TrainingModel).retries + 1 })];
    default:
      return [];
  }
}

/** GPUs of the whole job, all replicas included. */
export const gpusInAll = ({ demand }: JobModel): number => demand.gpusPerPod * demand.pods;

/** Where a service is reached inside the cluster; `undefined` for what is none. */
export function addressOf(model: JobModel): string | undefined {
  if (!['inference', 'compute', 'notebook'].includes(model.kind)) return undefined;
  const { port } = (model as InferenceModel | ComputeModel | NotebookModel).service;
  return `svc-${model.name}:${port}`;
}

function ofJob(key: string, model: JobModel): Message[] {
  const { extraEnv } = model;
  if (key === 'name') return address(model);
  const name = { epochs: 'GPUCTL_EPOCHS', batchSize: 'GPUCTL_BATCH_SIZE' }[key];
  const found = extraEnv.find((entry) => entry.name === name);
  return found ? [message('hover.variable', { assignment: `${found.name}=${found.value}` })] : [];
}

function ofEnvironment([, key, last]: Path, model: JobModel): Message[] {
  const { tool, addedArgs, environment } = model;
  if (key === 'env') {
    const entry = environment.env.find((one, index) => index === last || one.name === last);
    if (!entry || !('value' in entry) || /[\r\n]/.test(entry.value)) return [];
    return [message('hover.variable', { assignment: `${entry.name}=${entry.value}` })];
  }
  if (key !== 'command' && key !== 'args' && key !== 'image') return [];
  return [
    ...(tool && (key !== 'image' || tool.by === 'image') ? [message('hover.tool', { tool: tool.tool.title })] : []),
    ...(addedArgs.length && key !== 'image' ? [message('hover.added', { words: addedArgs.join(' ') })] : []),
  ];
}

function ofResources(key: string | undefined, model: JobModel): Message[] {
  const { demand, kind } = model;
  const { pods, gpusPerPod: perPod } = demand;
  if (key === 'gpu' || key === 'acceleratorCount') return perPod ? [...ofGpus(model), sharedMemory(model)] : [];
  if (key === 'memory') return perPod ? [sharedMemory(model)] : [];
  if (key !== 'nodeCount' || kind !== 'training' || pods < 2) return [];
  const ranks = message('hover.ranks', { last: pods - 1, address: `${model.name}-0.${model.name}` });
  return [...(perPod ? ofGpus(model) : []), ranks];
}

function ofGpus(model: JobModel): Message[] {
  const { pods, gpusPerPod } = model.demand;
  if (pods < 2 || !gpusPerPod) return [];
  return model.kind === 'training'
    ? [message('hover.gpus.nodes', { perNode: gpusPerPod, nodes: pods })]
    : [message('hover.gpus.replicas', { perReplica: gpusPerPod, replicas: pods, total: gpusInAll(model) })];
}

const sharedMemory = (model: JobModel): Message =>
  message('hover.shm', { size: formatBytes(sharedMemoryBytes(model)) });

function ofService(path: string, model: JobModel): Message[] {
  const { autoscaling, service, demand } = model as InferenceModel;
  switch (path) {
    case 'service':
    case 'service.port':
      return address(model);
    case 'service.replicas':
      return ofGpus(model);
    case 'service.healthCheck':
      return service.healthCheck ? [message('hover.health', { path: `:${service.port}${service.healthCheck}` })] : [];
    case 'autoscaling':
    case 'autoscaling.maxReplicas': {
      const replicas = autoscaling?.maxReplicas ?? 0;
      const total = replicas * demand.gpusPerPod;
      return total ? [message('hover.gpus.most', { total, replicas })] : [];
    }
    default:
      return [];
  }
}

function address(model: JobModel): Message[] {
  const found = addressOf(model);
  return found === undefined ? [] : [message('hover.address', { address: found })];
}

function ofWorkdir(model: JobModel, index: number, key: Path[number] | undefined): Message[] {
  const workdir = model.workdirs[index];
  return workdir && key !== 'readOnly' ? [sourceOf(workdir, `${model.name}-workdir-${index}`)] : [];
}

function sourceOf({ source }: Workdir, claim: string): Message {
  switch (source.from) {
    case 'hostPath':
      return message('hover.workdir.node', { path: source.path });
    case 'claim':
      return message('hover.workdir.claim', { name: source.name });
    case 'nfs':
      return message('hover.workdir.nfs', { path: source.path, server: source.server });
    case 'new':
      return message('hover.workdir.new', { name: claim, size: source.size });
  }
}

function ofDeepSpeed({ deepspeed }: TrainingModel): Message[] {
  if (!deepspeed) return [];
  const { generate, stage, offload, path } = deepspeed;
  const file = generate
    ? message('hover.deepspeed.made', { stage, offload, path })
    : message('hover.deepspeed.own', { path });
  return [file, message('hover.variable', { assignment: `DEEPSPEED_CONFIG=${path}` })];
}
