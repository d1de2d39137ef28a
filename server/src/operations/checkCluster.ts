import { setTimeout as sleep } from 'node:timers/promises';
import { message } from '../../../l10n/index.ts';
import { SYSTEM_NAMESPACE } from '../kinds/pool/manifests.ts';
import type { ClusterReportDto } from '../protocol.ts';
import { CHECK_AREAS, type Check, type CheckLine, type Found, type Probe } from './checks/check.ts';
import { CONNECTION_CHECKS } from './checks/connection.ts';
import { GPU_CHECKS } from './checks/gpus.ts';
import { METRIC_CHECKS } from './checks/metrics.ts';
import { RIGHT_CHECKS } from './checks/rights.ts';
import { SCHEDULING_CHECKS } from './checks/scheduling.ts';
import { STORAGE_CHECKS } from './checks/storage.ts';
import { asGpuctlError, cancelled } from './error.ts';
import type { Cluster, ClusterContext } from './ports.ts';
import type { Session } from './session.ts';
import type { Say } from './views.ts';

const CHECKS: readonly Check[] = [
  ...CONNECTION_CHECKS,
  ...GPU_CHECKS,
  ...METRIC_CHECKS,
  ...SCHEDULING_CHECKS,
  ...STORAGE_CHECKS,
  ...RIGHT_CHECKS,
];

/** Milliseconds that one check may take. */
const PATIENCE = 15_000;

/** What a cluster has and lacks. */
export interface ClusterReport {
  target: ClusterContext;
  /** Namespace that was looked at. */
  namespace: string;
  lines: CheckLine[];
  /** Whether jobs can be submitted, seen and read: all that is needed is there. */
  fit: boolean;
}

/**
 * Looks at everything that gpuctl can use in the cluster, all at once and each for a while at most. What may not be seen is unknown, with
 * the right that is missing. Throws GpuctlError where there is no cluster to look at, and `cancelled` at once.
 */
export function checkCluster(
  session: Session,
  signal: AbortSignal,
  patience: number = PATIENCE,
): Promise<ClusterReport> {
  return session.use(async (cluster) => {
    const { namespace } = session;
    const { prometheus } = session.connectionOptions;
    const stop = new AbortController();
    const calls = { signal: AbortSignal.any([signal, stop.signal]), timeout: patience };
    const calledOff = Promise.withResolvers<never>();
    const cancel = () => calledOff.reject(cancelled());
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    try {
      const probe = createProbe(cluster, namespace, prometheus, calls);
      const looks = Promise.all(CHECKS.map((check) => look(check, probe, patience)));
      const lines = await Promise.race([looks, calledOff.promise, noAnswer(probe)]);
      return { target: cluster.context, namespace, lines, fit: isFit(lines) };
    } finally {
      stop.abort();
      signal.removeEventListener('abort', cancel);
    }
  });
}

/** Whether all that is needed is there, and jobs of one kind at least can be submitted. */
export const isFit = (lines: readonly CheckLine[]): boolean =>
  lines.every(({ needed, status }) => !needed || status === 'good') &&
  lines.some(({ id, status }) => SUBMITS.includes(id) && status === 'good');
const SUBMITS = ['rights.training', 'rights.services', 'rights.notebooks'];

/** Settles, by failing, only where nobody can be asked anything: the cluster is away, or does not know us. */
async function noAnswer(probe: Probe): Promise<never> {
  try {
    await probe.version();
  } catch (error) {
    const { status = 0 } = asGpuctlError(error);
    if (status === 0 || status === 401) throw error;
  }
  return new Promise(() => {});
}

async function look(check: Check, probe: Probe, patience: number): Promise<CheckLine> {
  const { id, area, what, gives } = check;
  const toLine = (found: Found): CheckLine => {
    const needed = check.needed === 'always' || (check.needed === 'if-seen' && found.status !== 'unknown');
    return { id, area, what, gives, needed, ...found };
  };
  const found = message('check.late', { seconds: Math.round(patience / 1000) });
  const done = new AbortController();
  const signal = AbortSignal.any([probe.options.signal, done.signal]);
  const late = sleep<Found>(patience, { status: 'unknown', found }, { signal });
  late.catch(() => undefined);
  try {
    return toLine(await Promise.race([check.look(probe), late]));
  } catch (error) {
    const { say, hint } = asGpuctlError(error);
    return toLine({ status: 'unknown', found: say, how: hint });
  } finally {
    done.abort();
  }
}

function createProbe(
  cluster: Cluster,
  namespace: string,
  prometheus: string | undefined,
  options: Probe['options'],
): Probe {
  const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
    let answer: Promise<T> | undefined;
    return () => {
      answer ??= ask();
      return answer;
    };
  };
  return {
    cluster,
    namespace,
    prometheus,
    options,
    version: once(() => cluster.version(options)),
    nodes: once(() => cluster.list({ apiVersion: 'v1', kind: 'Node' }, options)),
    pools: once(() => cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: SYSTEM_NAMESPACE }, options)),
    storageClasses: once(() => cluster.list({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' }, options)),
  };
}

/** The report in the reader's language. */
export const toReportDto = ({ target, namespace, fit, lines }: ClusterReport, say: Say): ClusterReportDto => ({
  context: target.context,
  cluster: target.cluster,
  namespace,
  fit,
  areas: CHECK_AREAS.map((id) => ({
    id,
    title: say(message(`check.area.${id}`)),
    lines: lines
      .filter(({ area }) => area === id)
      .map(({ id: line, status, needed, what, found, gives, how }) => ({
        id: line,
        status,
        needed,
        what: say(what),
        found: say(found),
        gives: say(gives),
        ...(how && { how: say(how) }),
      })),
  })),
});
