import { message } from '../../../../l10n/index.ts';
import type { Fix, Path } from '../../model/finding.ts';
import { toBytes } from '../../model/quantity.ts';
import type { InferenceModel } from '../inference/model.ts';
import type { JobModel } from '../kind.ts';
import type { Hit, Rule } from '../rule.ts';

/** GPUs that are asked for, and the key that asks. */
function gpusOf({ sections: { resources = {} } }: JobModel): { gpus: number; key: 'gpu' | 'acceleratorCount' } {
  const key = resources.gpu === undefined && resources.acceleratorCount !== undefined ? 'acceleratorCount' : 'gpu';
  return { gpus: Number(resources[key] ?? 0), key };
}

const setTo = (path: Path, value: number | string, preferred?: true): Fix => ({
  title: message('fix.set', { key: String(path.at(-1)), value }),
  changes: [{ do: 'set', path, value }],
  ...(preferred && { preferred }),
});

/** The number nearest to `wanted` that divides, the lower one first. */
function nearestDivisor(of: number, wanted: number): number {
  for (let away = 0; ; away++) {
    for (const one of [wanted - away, wanted + away]) if (one > 0 && of % one === 0) return one;
  }
}

const notDivisible: Rule = {
  code: 'gpu.not-divisible',
  severity: 'error',
  about: 'sizes',
  firm: true,
  check(model) {
    const { gpus, key } = gpusOf(model);
    const { pods: nodes, onePodPerNode } = model.demand;
    if (!onePodPerNode || gpus % nodes === 0) return [];
    const below = Math.floor(gpus / nodes) * nodes;
    const fit = gpus - below < nodes / 2 && below > 0 ? below : below + nodes;
    const counts = [fit, fit === below ? below + nodes : below].filter((count) => count > 0);
    const title = (count: number, over: number) =>
      message('fix.gpus-on-nodes', { gpus: count, perNode: count / over, nodes: over });
    const fixes: Fix[] = counts.map((count) => ({
      title: title(count, nodes),
      changes: [{ do: 'set', path: ['resources', key], value: count }],
    }));
    const divisor = nearestDivisor(gpus, nodes);
    fixes.push({
      title: title(gpus, divisor),
      changes: [{ do: 'set', path: ['resources', 'nodeCount'], value: divisor }],
    });
    return [{ path: ['resources', key], message: message('finding.gpu.not-divisible', { gpus, nodes, fit }), fixes }];
  },
};

const autoscalingOf = (model: JobModel) =>
  model.kind === 'inference' ? (model as InferenceModel).autoscaling : undefined;

const minAboveMax: Rule = {
  code: 'autoscaling.min-above-max',
  severity: 'error',
  about: 'sizes',
  firm: true,
  check(model) {
    const { minReplicas: min, maxReplicas: max } = autoscalingOf(model) ?? { minReplicas: 0, maxReplicas: 0 };
    if (min <= max) return [];
    const exchange: Fix = {
      title: message('fix.exchange-replicas', { min: max, max: min }),
      changes: [
        { do: 'set', path: ['autoscaling', 'minReplicas'], value: max },
        { do: 'set', path: ['autoscaling', 'maxReplicas'], value: min },
      ],
    };
    return [
      {
        path: ['autoscaling', 'minReplicas'],
        message: message('finding.autoscaling.min-above-max', { min, max }),
        fixes: [exchange],
      },
    ];
  },
};

const noTarget: Rule = {
  code: 'autoscaling.no-target',
  severity: 'warning',
  about: 'sizes',
  check(model) {
    const autoscaling = autoscalingOf(model);
    if (!autoscaling || autoscaling.targets.length) return [];
    const targets = model.demand.gpusPerPod > 0 ? { targetGPUUtilization: 80, targetQPS: 50 } : { targetQPS: 50 };
    return [
      {
        path: ['autoscaling'],
        at: 'key',
        message: message('finding.autoscaling.no-target'),
        fixes: Object.entries(targets).map(([key, value]) => ({
          title: message('fix.add', { text: `${key}: ${value}` }),
          changes: [{ do: 'set', path: ['autoscaling', key], value }],
        })),
      },
    ];
  },
};

const replicasOutside: Rule = {
  code: 'autoscaling.replicas-outside',
  severity: 'information',
  about: 'sizes',
  check(model) {
    const autoscaling = autoscalingOf(model);
    if (!autoscaling) return [];
    const { minReplicas: min, maxReplicas: max } = autoscaling;
    const { sections } = model as InferenceModel;
    const replicas = sections.service?.replicas;
    if (replicas === undefined || min > max || (replicas >= min && replicas <= max)) return [];
    const path = ['service', 'replicas'];
    const inside = replicas < min ? min : max;
    return [
      {
        path,
        message: message('finding.autoscaling.replicas-outside', { replicas, min, max, inside }),
        fixes: [setTo(path, inside, true)],
      },
    ];
  },
};

const oneNodeOnly: Rule = {
  code: 'node-count.replica',
  severity: 'warning',
  about: 'sizes',
  check(model) {
    const nodes = Number(model.sections.resources?.nodeCount ?? 1);
    if (model.kind === 'training' || nodes < 2) return [];
    const path = ['resources', 'nodeCount'];
    const remove = { do: 'remove', path } as const;
    const fixes: Fix[] = [{ title: message('fix.remove', { key: 'nodeCount' }), changes: [remove] }];
    if (model.kind !== 'notebook') {
      const { gpus, key } = gpusOf(model);
      const replicas = model.demand.pods * nodes;
      const gpusEach = gpus > 0 && gpus % nodes === 0 ? gpus / nodes : gpus;
      fixes.push({
        title: message('fix.replicas-instead', { replicas, gpus: gpusEach }),
        changes: [
          remove,
          { do: 'set', path: ['service', 'replicas'], value: replicas },
          ...(gpusEach === gpus ? [] : [{ do: 'set', path: ['resources', key], value: gpusEach } as const]),
        ],
      });
    }
    const key = model.kind === 'notebook' ? 'finding.node-count.replica.notebook' : 'finding.node-count.replica';
    return [{ path, message: message(key, { nodes }), fixes }];
  },
};

/** What a node with 8 GPUs commonly has for each of them. */
const PER_GPU = { cpu: 8, memoryGi: 64 };

const noRequests: Rule = {
  code: 'resources.no-requests',
  severity: 'information',
  about: 'sizes',
  check(model) {
    const { resources = {} } = model.sections;
    const { key } = gpusOf(model);
    const { gpusPerPod } = model.demand;
    if (gpusPerPod === 0) return [];
    const usual = { cpu: PER_GPU.cpu * gpusPerPod, memory: `${PER_GPU.memoryGi * gpusPerPod}Gi` };
    const absent = (['cpu', 'memory'] as const).filter((one) => resources[one] === undefined);
    if (!absent.length) return [];
    const missing = absent[1] ? message('finding.resources.no-requests.both') : `\`${absent[0]}\``;
    const added = absent.map((one) => `${one}: ${usual[one]}`).join(', ');
    return [
      {
        path: ['resources', key],
        at: 'key',
        message: message('finding.resources.no-requests', { missing }),
        fixes: [
          {
            title: message('fix.add', { text: added }),
            changes: absent.map((one) => ({ do: 'set', path: ['resources', one], value: usual[one] })),
          },
        ],
      },
    ];
  },
};

const MEBIBYTE = 2 ** 20;
/** Up to here a bare number was surely meant in GiB: nodes have that much; from 1024 on people count in MiB. */
const MOST_GIBIBYTES = 1000;

export const TINY_MEMORY = { code: 'memory.tiny', severity: 'warning', about: 'sizes' } as const;

/** What is said of an amount of memory that is too little for anything, most likely for want of a unit. */
export function tinyMemoryAt(path: Path, memory: string | undefined): Hit[] {
  const bytes = toBytes(memory);
  if (memory === undefined || bytes === undefined || bytes === 0 || bytes >= MEBIBYTE) return [];
  const [, number, unit] = /^([1-9][0-9]*)(m?)$/.exec(memory) ?? [];
  if (number === undefined || Number(number) > MOST_GIBIBYTES) {
    const fixes = number === undefined || unit ? [] : [setTo(path, `${number}Mi`)];
    return [{ path, message: message('finding.memory.tiny', { memory, bytes }), fixes }];
  }
  const guess = unit ? `${number}Mi` : `${number}Gi`;
  const said = message('finding.memory.tiny.guess', { memory, bytes, guess });
  return [{ path, message: said, fixes: [setTo(path, guess, true)] }];
}

const tinyMemory: Rule = {
  ...TINY_MEMORY,
  check: ({ memory }) => tinyMemoryAt(['resources', 'memory'], memory),
};

/** Nothing builds shares yet: as in the older tool, whole GPUs are taken (`gpuctl-yaml.md`, fine print 3). */
const wholeGpus: Rule = {
  code: 'gpu-share.whole-gpus',
  severity: 'warning',
  about: 'sizes',
  check(model) {
    const path = ['resources', 'gpuShare'];
    if (model.sections.resources?.gpuShare === undefined) return [];
    const { gpus } = gpusOf(model);
    const remove: Fix = { title: message('fix.remove', { key: 'gpuShare' }), changes: [{ do: 'remove', path }] };
    const said =
      gpus > 0 ? message('finding.gpu-share.whole-gpus', { gpus }) : message('finding.gpu-share.whole-gpus.none');
    return [{ path, message: said, fixes: [remove] }];
  },
};

const noPool: Rule = {
  code: 'pool.absent',
  severity: 'information',
  about: 'sizes',
  check(model): Hit[] {
    const { resources } = model.sections;
    if (model.demand.gpusPerPod === 0 || resources?.pool !== undefined) return [];
    return [
      {
        path: ['resources'],
        at: 'key',
        message: message('finding.pool.absent'),
        fixes: [
          {
            title: message('fix.add', { text: 'pool: default' }),
            changes: [{ do: 'set', path: ['resources', 'pool'], value: 'default' }],
          },
        ],
      },
    ];
  },
};

export const SIZE_RULES: readonly Rule[] = [
  noPool,
  notDivisible,
  oneNodeOnly,
  wholeGpus,
  noRequests,
  tinyMemory,
  minAboveMax,
  noTarget,
  replicasOutside,
];
