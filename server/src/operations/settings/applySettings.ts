import { type Message, message } from '../../../../l10n/index.ts';
import type { BuiltSettings } from '../../kinds/manifests/built.ts';
import { GpuctlError } from '../error.ts';
import { type Cluster, type KubeObject, type ObjectRef, refOf, type Written } from '../ports.ts';
import { requireOurs, sentences } from '../refusals.ts';
import type { Plan, PlannedChange } from '../submit/plan.ts';

/** One thing to do, and where. */
interface Step {
  object: ObjectRef;
  run(): Promise<Written | undefined>;
}

/**
 * Does what a plan for a pool or a quota says: namespaces, objects, labels of nodes, removals, in this order. It can be cut off
 * anywhere: the next plan finds what is left to do. What fails does not keep its neighbours from being done; the next part is not begun.
 * What the cluster warns of is added to the plan's warnings.
 */
export async function applySettings(
  cluster: Cluster,
  { kept, applied, nodes }: Pick<BuiltSettings, 'kept' | 'applied' | 'nodes'>,
  plan: Plan,
  signal: AbortSignal,
): Promise<void> {
  const isPlanned = (object: KubeObject, ...ways: PlannedChange['do'][]) =>
    plan.changes.some((change) => ways.includes(change.do) && key(change.object) === key(refOf(object)));
  const stages: Step[][] = [
    kept
      .filter((object) => isPlanned(object, 'create'))
      .map((object) => ({ object: refOf(object), run: () => create(cluster, object, signal) })),
    applied
      .filter((object) => isPlanned(object, 'create', 'change'))
      .map((object) => ({ object: refOf(object), run: () => apply(cluster, object, signal) })),
    nodes.map(({ node, labels }) => {
      const object = { apiVersion: 'v1', kind: 'Node', name: node };
      return { object, run: () => cluster.patch(object, { metadata: { labels } }, { signal }) };
    }),
    plan.changes
      .filter((change) => change.do === 'remove')
      .map(({ object }) => ({ object, run: () => remove(cluster, object, signal) })),
  ];
  const total = stages.flat().length;
  let done = 0;
  for (const steps of stages) {
    const failures: { step: Step; error: unknown }[] = [];
    await Promise.all(
      steps.map(async (step) => {
        try {
          const written = await step.run();
          for (const text of written?.warnings ?? []) plan.warnings.push(message('submit.cluster-warns', { text }));
          done++;
        } catch (error) {
          failures.push({ step, error });
        }
      }),
    );
    if (failures.length) throw partly(plan, failures, done, total);
  }
}

const key = ({ kind, namespace = '', name }: ObjectRef): string => `${kind}/${namespace}/${name}`;

async function create(cluster: Cluster, object: KubeObject, signal: AbortSignal): Promise<Written | undefined> {
  try {
    return await cluster.create(object, { signal });
  } catch (error) {
    if (error instanceof GpuctlError && error.reason === 'AlreadyExists') return undefined;
    throw error;
  }
}

/** Looks once more whose it is: somebody may have made an object of that name since the plan. */
async function apply(cluster: Cluster, object: KubeObject, signal: AbortSignal): Promise<Written> {
  const current = await cluster.read(refOf(object), { signal });
  if (current) requireOurs(cluster, current);
  return cluster.apply(object, { force: true, signal });
}

async function remove(cluster: Cluster, ref: ObjectRef, signal: AbortSignal): Promise<undefined> {
  const current = await cluster.read(ref, { signal });
  if (!current) return;
  requireOurs(cluster, current);
  const { uid } = current.metadata;
  await cluster.remove(ref, { ...(uid && { uid }), propagation: 'Background', signal });
}

/** What to say where some of it failed: where, why, and that it can be made up. Nodes with the same reason are told together. */
function partly(plan: Plan, failures: { step: Step; error: unknown }[], done: number, total: number): unknown {
  const cancelled = failures.find(({ error }) => !(error instanceof GpuctlError) || error.code === 'cancelled');
  const [first] = failures;
  if (cancelled || (total === 1 && first)) return (cancelled ?? first)?.error;
  const reasons = Map.groupBy(failures, ({ error }) => JSON.stringify((error as GpuctlError).say));
  const told = [...reasons.values()].flatMap(([one, ...others]) => {
    if (!one) return [];
    const where = placeOf(one.step.object);
    const all = others.length ? message('settings.list.more', { names: where, count: others.length }) : where;
    return message('settings.partly.where', { where: all, why: (one.error as GpuctlError).say });
  });
  return new GpuctlError(
    'settings.partly',
    message('settings.partly', { name: plan.name, done, total, failures: sentences(told) }),
    {
      hint: message('settings.partly.hint'),
      detail: failures
        .map(({ step, error }) => `${key(step.object)}: ${(error as GpuctlError).detail ?? ''}`)
        .slice(0, 50)
        .join('\n'),
      actions: [{ do: 'retry' }],
    },
  );
}

const placeOf = ({ kind, name, namespace }: ObjectRef): Message =>
  kind === 'Node'
    ? message('settings.where.node', { name })
    : message('settings.where.namespace', { name: namespace ?? name });
