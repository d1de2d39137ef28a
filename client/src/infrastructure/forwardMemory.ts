import type { ForwardDto, ForwardTarget } from '../../../server/src/protocol.ts';

/** Jobs' ports of which the local port is remembered. */
const KEPT = 200;

/** What tells forwards apart: the same port of the same job of a context. */
export const portKey = ({
  job,
  context,
  rank,
  pod,
  port,
}: Pick<ForwardTarget, 'job' | 'context' | 'rank' | 'pod' | 'port'>): string =>
  [context ?? '', job.namespace, job.name, rank ?? pod ?? '', port].join('/');

/** What to ask for to have it again. */
export const targetOf = ({ job, context, rank, pod, port, localPort, purpose }: ForwardDto): ForwardTarget => ({
  job,
  port,
  ...(context !== undefined && { context }),
  ...(rank !== undefined && { rank }),
  ...(pod !== undefined && { pod }),
  ...(localPort > 0 && { localPort }),
  ...(purpose && { purpose }),
});

/** The first, and those of the second that are not among them. */
export function mergeForwards(first: readonly ForwardDto[], second: readonly ForwardDto[]): readonly ForwardDto[] {
  const keys = new Set(first.map(portKey));
  return [...first, ...second.filter((one) => !keys.has(portKey(one)))];
}

/** Ports that are remembered, with that of a forward; the same object where nothing is new. What was used last is last, and the first is forgotten first. */
export function rememberPort(known: Record<string, number>, forward: ForwardDto): Record<string, number> {
  const key = portKey(forward);
  if (forward.localPort === 0 || known[key] === forward.localPort) return known;
  const { [key]: _, ...others } = known;
  return Object.fromEntries([...Object.entries(others).slice(1 - KEPT), [key, forward.localPort]]);
}
