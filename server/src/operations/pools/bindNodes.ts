import { message } from '../../../../l10n/index.ts';
import type { BindParams, BindPlanDto, BindResult } from '../../protocol.ts';
import { GpuctlError } from '../error.ts';
import type { Session } from '../session.ts';
import { digestOf, type Plan } from '../submit/plan.ts';
import type { Say } from '../views.ts';
import { planMembership } from './membership.ts';

/**
 * Puts nodes into a pool, or takes them out of theirs, where the person agreed to just that; else says what it would do. Where another context
 * is open than the person saw, it is refused.
 */
export function bindNodes(
  session: Session,
  { nodes, pool, context, agreed }: BindParams,
  say: Say,
  signal: AbortSignal,
): Promise<BindResult> {
  return session.use(async (cluster) => {
    const { context: now } = cluster.context;
    if (context !== undefined && context !== now)
      throw new GpuctlError('submit.other-cluster', message('settings.other-cluster', { context, now }));
    const { plan, carryOut } = await planMembership(session, cluster, { nodes, pool }, signal);
    const digest = digestOf(plan);
    if (agreed !== digest || plan.outcome === 'unchanged') return { done: false, plan: toDto(plan, digest, say) };
    await carryOut(signal);
    session.rights.doubt(); // what was thought to be refused was done just now
    return { done: true, plan: toDto(plan, digest, say) };
  });
}

const toDto = ({ context, cluster, asks, changes, warnings }: Plan, digest: string, say: Say): BindPlanDto => ({
  context,
  cluster,
  sentences: asks.map(say),
  changes: changes.flatMap((change) =>
    change.do === 'leave'
      ? []
      : [say(message(`plan.${change.do}`, { kind: change.object.kind, name: change.object.name }))],
  ),
  warnings: warnings.map(say),
  digest,
});
