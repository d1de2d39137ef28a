import { buildDeepSpeedConfig } from '../../kinds/training/deepspeed.ts';
import { DEEPSPEED_PATH } from '../../kinds/training/index.ts';
import type { DeepSpeed } from '../../kinds/training/model.ts';
import { RESUME_START } from '../../kinds/training/resume.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import { isEqual } from '../difference.ts';
import { isMapping, type LiveContainer, type LivePod, type Mapping } from './readPod.ts';

/** What of the environment gpuctl sets so that ranks find each other; the user's own value of a name may stand in its place. */
const INTERFACE = 'NCCL_SOCKET_IFNAME';

/** What a training document says beside the common sections. */
export function readTraining(main: KubeObject, container: LiveContainer, parts: readonly KubeObject[]) {
  const spec = main.spec as Record<string, number | undefined>;
  const retries = spec.backoffLimitPerIndex ?? spec.backoffLimit;
  const seconds = spec.activeDeadlineSeconds;
  const deepspeed = readDeepSpeed(main.metadata.name, container, parts);
  return {
    ...(deepspeed && { deepspeed }),
    ...(retries !== undefined && retries !== 3 && { retries }),
    ...(seconds !== undefined && { timeout: durationOf(seconds) }),
  };
}

/** What ranks on several nodes were asked for. `rdma`: whether they ask for a device of that sort; `rack`: whether one was chosen. */
export function readDistributed(
  pod: LivePod,
  container: LiveContainer,
  { rdma, rack, poolIsHost }: { rdma: boolean; rack: boolean; poolIsHost: boolean },
): Mapping | undefined {
  const name = container.env?.find((one) => one.name === INTERFACE)?.value;
  const network = pod.hostNetwork && !poolIsHost ? 'host' : !pod.hostNetwork && poolIsHost ? 'pod' : undefined;
  const section = {
    ...(network && { network }),
    ...(name && !name.startsWith('^') && { ncclSocketIfname: name }),
    ...(rdma && { rdma }),
    ...(rack && { sameRack: 'required' }),
  };
  return Object.keys(section).length ? section : undefined;
}

/** A command without the prelude that goes on from a checkpoint, and the directory where that looks. */
export function withoutPrelude({ command, args }: LiveContainer): {
  command: string[] | undefined;
  args: string[] | undefined;
  output: string | undefined;
} {
  const isPrelude = (words: string[] | undefined) => RESUME_START.every((word, index) => words?.[index] === word);
  const from = RESUME_START.length;
  if (isPrelude(command)) return { command: command?.slice(from + 1), args, output: command?.[from] };
  if (isPrelude(args)) return { command, args: args?.slice(from + 1), output: args?.[from] };
  return { command, args, output: undefined };
}

function readDeepSpeed(job: string, { env = [] }: LiveContainer, parts: readonly KubeObject[]): Mapping | undefined {
  const textOf = (name: string) => env.find((one) => one.name === name)?.value;
  const path = textOf('DEEPSPEED_CONFIG');
  const said = textOf('DEEPSPEED_ZERO_STAGE');
  if (path === undefined || textOf('ACCELERATE_USE_DEEPSPEED') !== 'true') return undefined;
  if (said === undefined) return { path };
  const stage = Number(said) as DeepSpeed['stage'];
  const map = parts.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === `${job}-deepspeed`);
  const live = parse(Object.values((map?.data ?? {}) as Record<string, string>)[0]);
  const zero = isMapping(live?.zero_optimization) ? live.zero_optimization : {};
  const device = isMapping(zero.offload_optimizer) ? zero.offload_optimizer.device : undefined;
  const offload = device === 'cpu' || device === 'nvme' ? device : 'none';
  const plain = buildDeepSpeedConfig({ generate: true, stage, offload, config: {}, path });
  const config = live ? whatDiffers(plain, live) : {};
  return {
    stage,
    ...(offload !== 'none' && { offload }),
    ...(path !== DEEPSPEED_PATH && { path }),
    ...(Object.keys(config).length && { config }),
  };
}

/** What, merged over `base`, gives `live`. */
function whatDiffers(base: Mapping, live: Mapping): Mapping {
  const own = Object.entries(live).flatMap(([key, value]): [string, unknown][] => {
    const known = base[key];
    if (isEqual(known, value)) return [];
    const goTogether = isMapping(known) && isMapping(value) && known.device === value.device;
    return [[key, goTogether ? whatDiffers(known, value) : value]];
  });
  return Object.fromEntries(own);
}

function parse(text: string | undefined): Mapping | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined; // somebody's hand
  }
}

/** `12h`, `90m`, `45s`. */
export function durationOf(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
