import { type Message, message } from '../../../../l10n/index.ts';
import { frameworkNamed } from '../../frameworks/index.ts';
import type { GpuctlDocument } from '../../kinds/document.ts';
import { isJob } from '../../kinds/kind.ts';
import { GpuctlError } from '../error.ts';
import type { Cluster } from '../ports.ts';
import type { Session } from '../session.ts';
import { planSettings } from '../settings/settings.ts';
import { digestOf, type Outcome, type Plan, type Prepared } from './plan.ts';
import { type Origin, planJob } from './planJob.ts';

export interface SubmitRequest extends Origin {
  /** Context that the person saw; another one by now is refused. */
  context: string | undefined;
  /** The session's namespace that the person saw; another one by now is refused where the document names none. */
  namespace?: string | undefined;
  /** Digests of the plans that the person agreed to. */
  agreed: readonly string[];
  signal: AbortSignal;
}

export interface Submitted {
  /** `undefined` for what belongs to the whole cluster. */
  namespace: string | undefined;
  name: string;
  kind: string;
  outcome: Outcome;
  warnings: Message[];
}

/** Why a document with errors is not submitted. */
export const hasErrors = ({ name, kindName }: GpuctlDocument): GpuctlError =>
  new GpuctlError('submit.has-errors', message('submit.has-errors', { name: name ?? kindName }));

/** Submits one document: look, try it without effect, do it. What somebody would lose by it is asked first: then the plan comes back. */
export function submit(session: Session, request: SubmitRequest): Promise<Submitted | { ask: Plan }> {
  return session.use(async (cluster) => {
    const { name = '' } = request.document;
    requireContext(cluster, name, request.context);
    requireNamespace(session, request.document, request.namespace);
    const { plan, carryOut } = await prepare(session, cluster, request, request.signal);
    if (plan.asks.length && !request.agreed.includes(digestOf(plan))) return { ask: plan };
    const { namespace, kind, outcome, warnings } = plan;
    if (outcome === 'unchanged') return { namespace, name: plan.name, kind, outcome, warnings: [] };
    await carryOut(request.signal);
    return { namespace, name: plan.name, kind, outcome, warnings };
  });
}

/** What submitting a document would do, without any effect. Throws where it cannot be submitted. */
export async function prepare(
  session: Session,
  cluster: Cluster,
  origin: Origin,
  signal: AbortSignal,
): Promise<Prepared> {
  const { document } = origin;
  const { model } = document;
  if (!model) throw hasErrors(document);
  if (!isJob(model)) return planSettings(session, cluster, model, origin, signal);
  const framework = frameworkNamed(model.framework);
  if (!framework?.builds.includes(model.kind)) {
    const say = message('finding.framework.not-available', { framework: model.framework });
    throw new GpuctlError('submit.no-framework', say);
  }
  return planJob(session, cluster, framework, model, origin, signal);
}

/** Throws where the window has changed to another cluster since a person saw where `name` would go. */
export function requireContext(
  { context: { context: now } }: Cluster,
  name: string,
  context: string | undefined,
): void {
  if (context === undefined || context === now) return;
  throw new GpuctlError('submit.other-cluster', message('submit.other-cluster', { name, context, now }));
}

function requireNamespace({ namespace: now }: Session, { model }: GpuctlDocument, namespace: string | undefined): void {
  if (namespace === undefined || namespace === now || !isJob(model) || model.namespace) return;
  throw new GpuctlError(
    'submit.other-namespace',
    message('submit.other-namespace', { name: model.name, namespace, now }),
  );
}
