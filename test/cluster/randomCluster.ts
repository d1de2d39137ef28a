// Random pools with other people's pods in them, and a random job for each: what the verdict is tried on against the real scheduler.
import { Outlook } from '../../server/src/capacity/outlook.ts';
import type { Verdict } from '../../server/src/capacity/verdict.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { isJob, type JobModel } from '../../server/src/kinds/kind.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { amountOf, podRequests } from '../../server/src/state/amounts.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toNode, toPod, toPool } from '../../server/src/state/project.ts';
import { toDefaults, toPriority, toQuota } from '../../server/src/state/projectLimits.ts';
import { createRandom } from '../unit/random.ts';
import { PRIORITY_CLASSES, RandomPool, SLICE } from './randomPool.ts';

/** A pool of its own in a cluster that many share, what runs there, and the job that is to be judged. */
export interface Case {
  seed: number;
  /** Namespace of the job, and of some of the pods of others. */
  namespace: string;
  nodes: KubeObject[];
  /** Bound to their nodes from the start. Those with a finalizer are deleted at once, and stay; those that wait name no node. */
  pods: KubeObject[];
  quotas: KubeObject[];
  limitRanges: KubeObject[];
  pools: KubeObject[];
  /** The document. */
  text: string;
}

/** Verdicts that the cases are balanced over; how many of 100 of each. */
const AIMS: Partial<Record<Verdict['is'], number>> = {
  fits: 28,
  preempts: 24,
  insufficient: 6,
  fragmented: 6,
  short: 7,
  'racks-full': 3,
  quota: 4,
  unsaid: 2,
  unavailable: 4,
  'too-many': 3,
  'node-too-small': 2,
  'too-few-nodes': 2,
  'too-large': 4,
  'no-rack': 2,
  'no-such-type': 1,
  'no-gpus': 1,
  'no-such-pool': 1,
};
const SUM = Object.values(AIMS).reduce((sum, one) => sum + one, 0);
const TRIES = 60;

/** The case of a seed. It is looked for until the model under test gives the wanted verdict: that steers, and proves nothing. */
export function createCase(seed: number): Case {
  const random = createRandom(seed);
  let share = random() * SUM;
  const aim = Object.entries(AIMS).find(([, one]) => {
    share -= one;
    return share < 0;
  })?.[0];
  for (let attempt = 0; ; attempt++) {
    const made = new Maker(random, seed, aim).make();
    if (attempt === TRIES || verdictOf(made)?.is === aim) return made;
  }
}

/** The state that a case is in, by our own projections of it. */
export function stateOfCase(one: Case): ClusterState {
  const state = new ClusterState();
  state.applyNodes([{ type: 'reset', items: one.nodes.map(toNode) }]);
  state.applyPods([{ type: 'reset', items: one.pods.map(toPod) }]);
  state.applyPools([{ type: 'reset', items: one.pools.flatMap((pool) => toPool(pool) ?? []) }]);
  state.applyQuotas([{ type: 'reset', items: one.quotas.flatMap((quota) => toQuota(quota) ?? []) }]);
  state.applyDefaults([{ type: 'reset', items: one.limitRanges.flatMap((range) => toDefaults(range) ?? []) }]);
  state.applyPriorities([{ type: 'reset', items: PRIORITY_CLASSES.map(toPriority) }]);
  return state;
}

export const modelOf = (text: string): JobModel | undefined => {
  const model = readDocument(text, 'gpuctl')?.model;
  return model && isJob(model) ? model : undefined;
};

/** What our own projections of a case say. */
export function verdictOf(one: Case): Verdict | undefined {
  const model = modelOf(one.text);
  return model && outlookOf(one).verdict(model);
}
const outlookOf = (one: Case): Outlook =>
  new Outlook(stateOfCase(one), { namespace: one.namespace, labelPrefix: undefined, prometheus: undefined });

class Maker extends RandomPool {
  make(): Case {
    const seed = this.seed;
    const nodes = this.several(this.aimsAtRacks ? 3 : 1, this.chance(0.3) ? 6 : 4, (index) => this.node(index));
    const pods = nodes.flatMap((node) => this.podsOn(node));
    if (this.chance(0.2)) pods.push(this.waitingPod());
    const made: Case = {
      seed,
      namespace: this.namespace,
      nodes,
      pods,
      quotas: [],
      limitRanges: this.chance(this.aim === 'quota' || this.aim === 'unsaid' ? 0.4 : 0.1) ? [this.limitRange()] : [],
      pools: this.pools(),
      text: '',
    };
    made.text = this.job(made);
    if (this.aim === 'quota' || this.aim === 'unsaid' || this.chance(0.1)) made.quotas = this.quotas(made);
    return made;
  }

  /** A document that asks for about what there is: the very last of it, or a little more. */
  job(made: Case): string {
    const state = stateOfCase(made);
    const some = this.pick(made.nodes);
    const { allocatable } = toNode(some);
    const { amounts } = state.usageOf(some.metadata.name);
    const left = (resource: string) => Math.max(0, amountOf(allocatable, resource) - amountOf(amounts, resource));
    const about = (resource: string, step: number): number => {
      const all = amountOf(allocatable, resource);
      return this.pick([left(resource), left(resource) + step, left(resource) - step, all, all + step, all / 2]);
    };
    const kinds = ['training', 'training', 'training', 'inference', 'compute', 'notebook'] as const;
    const kind = this.aimsAtRacks ? 'training' : this.pick(kinds);
    const most = this.pick([1, 1, 2, 2, 3, made.nodes.length]);
    const pods = kind === 'notebook' ? 1 : Math.max(this.aimsAtRacks ? 2 : 1, most);
    const resource = allocatable.gpus[`nvidia.com/${SLICE}`] && this.chance(0.7) ? SLICE : this.accelerator;
    const own = this.aimsAtRacks ? 1 : resource === SLICE ? left(`nvidia.com/${SLICE}`) : left(this.accelerator);
    const gpus = this.chance(0.12) ? 0 : this.pick([1, 1, 2, own, own, own + 1, this.aimsAtRacks ? 2 : 16]);
    const cpu = Math.max(1, Math.floor(about('cpu', 1)));
    const memory = Math.max(1, Math.floor(about('memory', 2 ** 20) / 2 ** 20));
    const needsMore = this.aim === 'short' || this.aim === 'too-large' ? 0.9 : 0.3;
    const sameRack = pods > 1 && kind === 'training' && this.rackLabel !== undefined && this.chance(0.8);
    const type = this.chance(this.aim === 'no-such-type' ? 1 : 0.25)
      ? this.pick([...this.types, (this.types[0] as string).toLowerCase(), 'B200-192G'])
      : undefined;
    const perPod = kind === 'training' ? gpus * pods : gpus;
    const resources = {
      pool: this.aim === 'no-such-pool' ? `no-pool-${this.seed}` : this.pool,
      ...(perPod && { gpu: perPod }),
      ...(perPod && resource === SLICE ? { gpuType: SLICE } : perPod && type && { gpuType: type }),
      ...(kind === 'training' && pods > 1 && { nodeCount: pods }),
      ...(this.chance(needsMore) ? { cpu: `${cpu}m` } : this.chance(0.5) && { cpu: '500m' }),
      ...(this.chance(needsMore) ? { memory: `${memory}Mi` } : this.chance(0.5) && { memory: '512Mi' }),
    };
    const document = {
      kind,
      job: {
        name: `job-${this.seed}`,
        namespace: this.namespace,
        priority: this.pick(this.aim === 'preempts' ? ['high', 'medium'] : ['high', 'medium', 'low']),
      },
      environment: { image: 'demo/sleep', command: ['sleep', '600'] },
      resources,
      ...((kind === 'inference' || kind === 'compute') && { service: { replicas: pods } }),
      ...(kind === 'training' &&
        pods > 1 && {
          distributed: { sameRack: sameRack ? 'required' : 'off', rdma: made.pools.length > 0 && this.chance(0.5) },
        }),
    };
    return `${JSON.stringify(document, undefined, 2)}\n`;
  }

  /** Limits that the job meets exactly, or passes by a little; what others hold in its namespace counts. */
  quotas(made: Case): KubeObject[] {
    const model = modelOf(made.text);
    if (!model) return [];
    const { needs, pods, accelerator } = outlookOf(made).ask(model);
    const own = made.pods.filter(
      ({ metadata, status }) =>
        metadata.namespace === this.namespace && (status as { phase: string }).phase !== 'Succeeded',
    );
    const limitOf = (resource: string, format: (amount: number) => string): [number, string, string] => {
      const of = (spec: unknown) => amountOf(podRequests(spec as never), resource);
      const held = resource === 'pods' ? own.length : own.reduce((sum, { spec }) => sum + of(spec), 0);
      const asked = pods * (resource === 'pods' ? 1 : amountOf(needs.requests, resource));
      return [Math.max(0, held + asked - (this.chance(0.6) ? 1 : 0)), format(held), resource];
    };
    const plain = (amount: number) => String(amount);
    const [resource, key, format] = this.pick([
      [accelerator, `requests.${accelerator}`, plain],
      [accelerator, `requests.${accelerator}`, plain],
      ['cpu', this.pick(['cpu', 'requests.cpu', 'limits.cpu']), (amount: number) => `${amount}m`],
      ['memory', this.pick(['memory', 'requests.memory', 'limits.memory']), plain],
      ['pods', 'pods', plain],
    ] as const);
    const [hard, used] = limitOf(resource, format);
    const scoped = this.chance(0.4);
    const byClass = (operator: string, ...values: string[]) => ({
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, ...(values[0] && { values }) }] },
    });
    const scope = this.pick([
      byClass('In', 'gpuctl-high'),
      byClass('In', 'gpuctl-medium'),
      byClass('NotIn', 'gpuctl-medium', 'urgent'),
      byClass('Exists'),
      { scopes: [resource === 'pods' ? 'BestEffort' : 'NotBestEffort'] },
      { scopes: [this.pick(['NotTerminating', 'Terminating'])] },
    ]);
    const spec = { hard: { [key]: format(hard) }, ...(scoped && scope) };
    return [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'team', namespace: this.namespace },
        spec,
        status: { hard: spec.hard, used: { [key]: scoped ? format(0) : used } },
      },
    ];
  }
}
