import type { BuiltJob } from '../../kinds/manifests/built.ts';
import { type KubeObject, LABEL_PREFIXES } from '../../model/kubeObject.ts';
import { mergePatch } from '../../model/mergePatch.ts';
import { isEqual } from '../difference.ts';
import { containerOf, isMapping, type Mapping, templateOf } from './readPod.ts';

/** What an API server fills in by itself, or a controller: none of it was asked for. */
const DEFAULTS: Record<string, unknown> = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  serviceAccountName: 'default',
  serviceAccount: 'default',
  terminationGracePeriodSeconds: 30,
  securityContext: {},
  resources: {},
  enableServiceLinks: true,
  preemptionPolicy: 'PreemptLowerPriority',
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  revisionHistoryLimit: 10,
  progressDeadlineSeconds: 600,
  podManagementPolicy: 'OrderedReady',
  persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  manualSelector: false,
  suspend: false,
  backoffLimit: 6,
  parallelism: 1,
  completions: 1,
  completionMode: 'NonIndexed',
  podReplacementPolicy: 'TerminatingOrFailed',
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
};
/** Tries in all, of a Job whose tries are counted for each rank. */
const UNBOUNDED = 2 ** 31 - 1;
/** The same further inside: of probes, mainly. */
const INSIDE: Record<string, unknown> = {
  scheme: 'HTTP',
  successThreshold: 1,
  failureThreshold: 3,
  periodSeconds: 10,
  timeoutSeconds: 1,
};
/** What is read by other means, or means nothing to a document. */
const ELSEWHERE = new Set([
  ...['containers', 'volumes', 'volumeMounts', 'env', 'name', 'image', 'ports', 'template', 'selector', 'serviceName'],
  ...[
    'replicas',
    'imagePullPolicy',
    'imagePullSecrets',
    'priority',
    'maxFailedIndexes',
    'backoffLimitPerIndex',
    'command',
  ],
  ...['startupProbe', 'livenessProbe', 'affinity', 'nodeSelector', 'tolerations', 'resources', 'args'],
]);

/**
 * Fields of a job that a submit of the rebuilt document would not make so, by where they stand: what it would add is none of them.
 */
export function lostFields(main: KubeObject, built: BuiltJob): string[] {
  const [live, ours] = [templateOf(main), templateOf(mergePatch(built.main, built.start))];
  const [spec, made] = [main.spec as Mapping, mergePatch(built.main, built.start).spec as Mapping];
  const [container, rebuilt] = [containerOf(live.spec), containerOf(ours.spec)];
  return [
    ...fieldsOf(spec, made, ''),
    ...labelsOf(live.metadata, ours.metadata),
    ...fieldsOf(live.spec, ours.spec, ''),
    ...placementOf(live.spec, ours.spec),
    ...fieldsOf(container, rebuilt, ''),
    ...wordsOf(container, rebuilt),
    ...resourcesOf(container.resources, rebuilt.resources),
    ...probeOf(container, rebuilt),
  ];
}

function fieldsOf(live: Mapping, made: Mapping, at: string): string[] {
  return Object.entries(live).flatMap(([key, value]) => {
    if (ELSEWHERE.has(key) || value === undefined || value === null) return [];
    const isSame = isIn(value, made[key]) || isEqual(value, DEFAULTS[key]) || value === UNBOUNDED;
    return isSame ? [] : [at + key];
  });
}

/** Whether all of a value is in another, which may say more. Lists are in the same order. */
function isIn(value: unknown, other: unknown): boolean {
  if (isMapping(value))
    return (
      isMapping(other) &&
      Object.entries(value).every(
        ([key, child]) => isIn(child, other[key]) || (other[key] === undefined && child === INSIDE[key]),
      )
    );
  if (Array.isArray(value))
    return (
      Array.isArray(other) && value.length === other.length && value.every((one, index) => isIn(one, other[index]))
    );
  return value === other || String(value) === String(other);
}

const OWN_LABEL =
  /^(?:app|app\.kubernetes\.io\/.*|pod-template-hash|job-name|controller-uid|batch\.kubernetes\.io\/.*|kubectl\.kubernetes\.io\/.*)$/;

function labelsOf(live: Mapping | undefined, made: Mapping | undefined): string[] {
  return ['labels', 'annotations'].flatMap((part) => {
    const [all, known] = [live?.[part], made?.[part]];
    if (!isMapping(all)) return [];
    return Object.entries(all).flatMap(([key, value]) => {
      const isOurs = OWN_LABEL.test(key) || LABEL_PREFIXES.some((prefix) => key.startsWith(`${prefix}/`));
      return isOurs || (isMapping(known) && known[key] === value) ? [] : [`${part}: ${key}`];
    });
  });
}

function placementOf(live: Mapping, made: Mapping): string[] {
  const selector = isMapping(live.nodeSelector) ? live.nodeSelector : {};
  const wanted = isMapping(made.nodeSelector) ? made.nodeSelector : {};
  const affinity = isMapping(live.affinity) ? live.affinity : {};
  const others = isMapping(made.affinity) ? made.affinity : {};
  const [all, ours] = [live.tolerations, made.tolerations].map((list) => (Array.isArray(list) ? list : []));
  return [
    ...Object.keys(selector)
      .filter((key) => selector[key] !== wanted[key] && !sameAsTerm(key, String(selector[key]), others))
      .map((key) => `nodeSelector: ${key}`),
    ...Object.keys(affinity)
      .filter((key) => !isIn(affinity[key], others[key]))
      .map((key) => `affinity: ${key}`),
    ...(all?.some((one) => !ours?.some((known) => isIn(one, known))) ? ['tolerations'] : []),
  ];
}

/** A type of GPU that stands in the selector stands in the affinity of ours. */
const sameAsTerm = (key: string, value: string, affinity: Mapping): boolean => {
  const text = JSON.stringify(affinity);
  return text.includes(JSON.stringify(key)) && text.includes(JSON.stringify(value));
};

/** Command and arguments, as they are built. */
const wordsOf = (live: Mapping, made: Mapping): string[] =>
  ['command', 'args'].filter((key) => !isEqual(live[key] ?? [], made[key] ?? []));

type Amounts = Record<string, Record<string, string | number> | undefined> | undefined;

/** What is asked for is what may be used, in a document. */
function resourcesOf(live: Amounts, made: Amounts): string[] {
  const limits = made?.limits ?? {};
  return ['limits', 'requests'].flatMap((part) =>
    Object.entries(live?.[part] ?? {})
      .filter(([name, amount]) => String(limits[name] ?? '') !== String(amount))
      .map(([name]) => `resources.${part}: ${name}`),
  );
}

/** Of three probes a document says one path. */
const probeOf = (live: Mapping, made: Mapping): string[] =>
  ['startupProbe', 'livenessProbe'].filter((key) => live[key] !== undefined && !isIn(live[key], made[key]));
