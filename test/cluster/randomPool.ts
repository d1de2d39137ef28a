// A random pool: its nodes, and the pods of others on them.
import type { KubeObject } from '../../server/src/model/kubeObject.ts';

/** Cases in one cluster. Nodes without a pool are one pool, too: of so many cases in a row one has them. */
export const CASES_AT_ONCE = 330;
/** Namespace of the pods of others. */
export const OTHERS = 'others';
/** What each pod in the runtime class `kata` takes on top. */
const OVERHEAD = { cpu: '250m', memory: '160Mi' };
export const RUNTIME_CLASS = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: 'kata' },
  handler: 'kata',
  overhead: { podFixed: OVERHEAD },
};
const PRIORITY_VALUES: Record<string, number> = {
  'gpuctl-high': 1_000_000,
  'gpuctl-medium': 500_000,
  'gpuctl-low': 100,
  spare: -10,
  urgent: 2_000_000,
};
export const PRIORITY_CLASSES: KubeObject[] = Object.entries(PRIORITY_VALUES).map(([name, value]) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  preemptionPolicy: name === 'gpuctl-low' ? 'Never' : 'PreemptLowerPriority',
}));
/** Keeps a deleted pod where it is. */
export const FINALIZER = 'gpuctl.test/held';

const TYPES = ['A100-80G', 'H100-80G', 'L40S-48G'] as const;
const RACKS = [
  'topology.kubernetes.io/rack',
  'cloud.provider.com/topology-rack',
  'fabric.topograph.run/tier-0',
] as const;
const RDMA = 'rdma/hca_shared_devices_a';
export const SLICE = 'mig-1g.10gb';

/** Whether kwok keeps a node ready, and ends what is to end there. */
export const isKept = ({ metadata }: KubeObject): boolean => metadata.annotations?.['kwok.x-k8s.io/node'] !== undefined;

/** What chance decides, repeatably. */
class Dice {
  protected readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  chance(share: number): boolean {
    return this.random() < share;
  }
  pick<T>(some: readonly T[]): T {
    return some[Math.floor(this.random() * some.length)] as T;
  }
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }
  several<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.between(least, most) }, (_, index) => make(index));
  }
}

/** What all nodes of a pool have in common, and what makes them. */
export class RandomPool extends Dice {
  protected readonly aim: string | undefined;
  protected readonly seed: number;
  protected readonly pool: string | undefined;
  protected readonly namespace: string;
  protected readonly prefixes: string[];
  protected readonly aimsAtRacks: boolean;
  protected readonly rackLabel: string | undefined;
  protected readonly accelerator: string;
  protected readonly types: string[];

  constructor(random: () => number, seed: number, aim: string | undefined) {
    super(random);
    this.seed = seed;
    this.aim = aim;
    this.pool = seed % CASES_AT_ONCE === 0 ? undefined : `pool-${seed}`;
    this.namespace = `case-${seed}`;
    this.prefixes = this.pick([['gpuctl'], ['gpuctl'], ['runwhere.ai'], ['gpuctl', 'runwhere.ai']]);
    this.aimsAtRacks = aim === 'racks-full' || aim === 'no-rack';
    this.rackLabel = this.aimsAtRacks || this.chance(0.25) ? this.pick([...RACKS, 'example.com/row']) : undefined;
    this.accelerator = this.chance(0.1) ? 'amd.com/gpu' : 'nvidia.com/gpu';
    this.types = this.chance(0.7) ? [this.pick(TYPES)] : [...TYPES.slice(0, 2)];
  }

  protected node(index: number): KubeObject {
    const name = `n-${this.seed}-${index}`;
    const prefix = this.pick(this.prefixes);
    const type = this.pick(this.types);
    const gpus = this.chance(0.1) ? 0 : this.pick([1, 2, 4, 8, 8]);
    const isSliced = gpus > 0 && this.chance(0.08);
    const typeLabels = this.chance(0.8)
      ? { [`${prefix}/${this.chance(0.2) && prefix !== 'gpuctl' ? 'gpuType' : 'gpu-type'}`]: type }
      : {};
    const allocatable: Record<string, string> = {
      cpu: String(this.pick([4, 8, 16, 64])),
      memory: `${this.pick([16, 64, 256])}Gi`,
      'ephemeral-storage': '200Gi',
      pods: String(this.chance(0.15) ? this.between(1, 4) : 110),
      ...(gpus && !isSliced && { [this.accelerator]: String(gpus) }),
      ...(isSliced && { [`nvidia.com/${SLICE}`]: '7' }),
      ...(this.chance(0.3) && { [RDMA]: String(this.between(1, 3)) }),
    };
    const isOut = this.aim === 'unavailable' ? 0.5 : 0.06;
    const taints = [
      ...(gpus && this.chance(0.4) ? [{ key: this.accelerator, value: 'present', effect: 'NoSchedule' }] : []),
      ...(this.chance(0.1) ? [{ key: 'spot', value: 'true', effect: 'PreferNoSchedule' }] : []),
      ...(this.chance(isOut)
        ? [{ key: 'dedicated', value: 'vision', effect: this.pick(['NoSchedule', 'NoExecute']) }]
        : []),
    ];
    const isReady = !this.chance(isOut / 2);
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        annotations: isReady ? { 'kwok.x-k8s.io/node': 'fake' } : {},
        labels: {
          'kubernetes.io/hostname': name,
          ...(this.pool && { [`${prefix}/pool`]: this.pool }),
          ...(gpus && typeLabels),
          ...(gpus && this.accelerator === 'nvidia.com/gpu' && { 'nvidia.com/gpu.product': `NVIDIA-${type}` }),
          ...(this.rackLabel && this.chance(0.9) && { [this.rackLabel]: `rack-${this.between(1, 2)}` }),
        },
      },
      spec: { ...(this.chance(isOut) && { unschedulable: true }), ...(taints.length && { taints }) },
      status: {
        capacity: allocatable,
        allocatable,
        conditions: [
          { type: 'Ready', status: isReady ? 'True' : 'False', reason: 'Test', message: 'as the test has it' },
        ],
      },
    };
  }

  /** Pods of others; now and then more than the node has. */
  protected podsOn(node: KubeObject): KubeObject[] {
    const { allocatable } = node.status as { allocatable: Record<string, string> };
    const offered = (name: string) => Number(/^\d+/.exec(allocatable[name] ?? '0')?.[0]);
    const isSliced = offered(`nvidia.com/${SLICE}`) > 0;
    const resource = isSliced ? `nvidia.com/${SLICE}` : this.accelerator;
    let gpus = offered(resource);
    let cpu = offered('cpu') * 1000;
    let memory = offered('memory');
    const places = this.chance(0.1) ? offered('pods') + 1 : offered('pods');
    const isFull = this.chance(0.3);
    const pods = this.several(0, this.chance(0.2) ? 6 : 3, (index) => {
      const own = isFull && index === 0 ? gpus : this.between(0, Math.min(gpus, 4));
      gpus -= own;
      const asked = {
        ...(own && { [resource]: String(own) }),
        cpu: this.chance(0.7) ? Math.floor(cpu * this.random() * 0.7) : 0,
        memory: this.chance(0.7) ? Math.floor(memory * this.random() * 0.7) : 0,
      };
      cpu -= asked.cpu;
      memory -= asked.memory;
      return this.pod(`${node.metadata.name}-${index}`, node, asked);
    });
    return pods.slice(0, places);
  }

  protected pod(
    name: string,
    node: KubeObject,
    { cpu, memory, ...devices }: { cpu: number; memory: number },
  ): KubeObject {
    const list = (share: number) => ({
      ...(cpu && { cpu: `${Math.floor(cpu * share)}m` }),
      ...(memory && { memory: `${Math.floor(memory * share * 1024)}Mi` }),
    });
    const container = (of: string, limits: object, more: object = {}) => ({
      name: of,
      image: 'demo/sleep',
      ...(Object.keys(limits).length && { resources: { limits } }),
      ...more,
    });
    const shape = this.pick(['plain', 'plain', 'plain', 'init', 'sidecar', 'whole', 'requests'] as const);
    const port = this.chance(0.1) ? { ports: [{ containerPort: 80, hostPort: 20_000 + this.between(0, 5000) }] } : {};
    const main = shape === 'requests' ? { requests: list(1), limits: devices } : { limits: { ...list(1), ...devices } };
    const spec: Record<string, unknown> = {
      nodeName: node.metadata.name,
      tolerations: [{ operator: 'Exists' }],
      containers: [container('main', {}, { resources: main, ...port })],
      terminationGracePeriodSeconds: 1,
    };
    if (shape === 'init') spec.initContainers = [container('first', list(1.2)), container('second', list(0.5))];
    if (shape === 'sidecar')
      spec.initContainers = [container('beside', list(0.3), { restartPolicy: 'Always' }), container('then', list(1.1))];
    if (shape === 'whole' && cpu && memory) spec.resources = { requests: list(1.3), limits: list(1.3) };
    if (this.chance(0.1)) Object.assign(spec, { runtimeClassName: 'kata', overhead: OVERHEAD });
    const isGoing = this.chance(0.04);
    // Of one that goes and has less the scheduler expects that it is gone soon, and pushes out nobody else: a race, and here it never ends.
    const classes = isGoing ? ['urgent'] : [undefined, 'spare', 'gpuctl-low', 'gpuctl-medium', 'gpuctl-high', 'urgent'];
    const priorityClassName = this.pick(classes);
    if (priorityClassName) Object.assign(spec, { priorityClassName, priority: PRIORITY_VALUES[priorityClassName] });
    const hasEnded = isKept(node) && !isGoing && this.chance(0.05);
    const now = '2026-01-01T00:00:00Z';
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `p-${name}`,
        namespace: this.chance(0.1) ? this.namespace : OTHERS,
        uid: name,
        ...(isGoing && { finalizers: [FINALIZER], deletionTimestamp: now }),
        ...(hasEnded && { annotations: { 'gpuctl.test/complete-after': '0s' } }),
      },
      spec,
      status: { phase: hasEnded ? 'Succeeded' : 'Running' },
    };
  }

  /** Waits for more than any node has. */
  waitingPod(): KubeObject {
    const limits = { [this.accelerator]: '64' };
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p-${this.seed}-waits`, namespace: OTHERS, uid: `waits-${this.seed}` },
      spec: {
        ...(this.pool && { nodeSelector: { [`${this.prefixes[0]}/pool`]: this.pool } }),
        tolerations: [{ operator: 'Exists' }],
        containers: [{ name: 'main', image: 'demo/sleep', resources: { limits } }],
        priorityClassName: 'urgent',
        priority: PRIORITY_VALUES.urgent,
      },
      status: { phase: 'Pending' },
    };
  }

  limitRange(): KubeObject {
    const defaultRequest = this.pick([{ cpu: '2' }, { memory: '4Gi' }, { cpu: '1500m', memory: '6Gi' }]);
    const more = this.pick([defaultRequest, { cpu: '3', memory: '8Gi' }]);
    const limits = { type: 'Container', defaultRequest, ...(this.chance(0.6) && { default: more }) };
    return {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'defaults', namespace: this.namespace },
      spec: { limits: [limits] },
    };
  }

  pools(): KubeObject[] {
    const ownLabel = this.rackLabel === 'example.com/row' ? `rackLabel: ${this.rackLabel}, ` : '';
    if (!this.pool || (!ownLabel && this.chance(0.7))) return [];
    const text = `kind: pool\npool: {name: ${this.pool}, site: {${ownLabel}rdmaResource: ${RDMA}}}\n`;
    return [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `gpuctl-pool-${this.pool}`, namespace: 'gpuctl-system' },
        data: { 'pool.yaml': text },
      },
    ];
  }
}
