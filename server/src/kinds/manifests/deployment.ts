import type { KubeObject } from '../../model/kubeObject.ts';
import type { JobModel, ServiceModel } from '../kind.ts';
import type { BuiltJob } from './built.ts';
import { commonLeftOut, timeoutLeftOut } from './leftOut.ts';
import { inNamespace, jobLabels, mainAnnotations, mainLabels } from './metadata.ts';
import { buildPodSpec, type PodTemplate, singlePod, takesGpu } from './pod.ts';
import { buildProbes } from './probes.ts';
import { appLabel, buildService, SERVICE_PORT } from './service.ts';
import type { Site } from './site.ts';
import { buildClaims } from './storage.ts';

/** What a kind knows of its service besides the document. */
export interface Serving {
  /** Seconds that a replica may take until it answers for the first time. */
  startupSeconds: number;
  /** Path that says that it is alive, where that is another than `healthCheck`. */
  live: string | undefined;
  /** Where it tells Prometheus how it is doing. */
  metrics: { port: number; path: string } | undefined;
  /** Further annotations of the main resource. */
  annotations: Record<string, string>;
  /** Replicas that it starts with, and the most that it may come to have. */
  replicas: number;
  maxReplicas: number;
}

/** Seconds for everybody to hear that a replica goes, before it is told to. */
export const DRAIN_SECONDS = 5;
/** Seconds to end in, at least; Kubernetes' own default. */
export const GRACE_SECONDS = 30;
/** Seconds for finding a place and pulling an image of tens of GB, on top of the start itself. */
const PLACE_SECONDS = 1800;

/** A service with replicas: a Deployment and its Service. */
export function buildDeployment(model: JobModel & { service: ServiceModel }, site: Site, serving: Serving): BuiltJob {
  const { service } = model;
  const { metrics, startupSeconds } = serving;
  const labels = jobLabels(model, site);
  const spec = buildPodSpec(model, site, []);
  const [container] = spec.containers;
  const ownPort = metrics && metrics.port !== service.port;
  Object.assign(container, {
    ports: [
      { name: SERVICE_PORT, containerPort: service.port },
      ...(ownPort ? [{ name: 'metrics', containerPort: metrics.port }] : []),
    ],
    ...(service.healthCheck !== undefined && buildProbes(service.healthCheck, startupSeconds, serving.live)),
    lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } },
  });
  // Requests that run when a replica goes are finished.
  spec.terminationGracePeriodSeconds = DRAIN_SECONDS + Math.max(GRACE_SECONDS, service.timeoutSeconds ?? 0);
  const template: PodTemplate = {
    metadata: {
      labels: { ...appLabel(model), ...labels },
      ...(metrics && {
        annotations: {
          'prometheus.io/scrape': 'true',
          'prometheus.io/port': String(metrics.port),
          'prometheus.io/path': metrics.path,
        },
      }),
    },
    spec,
  };
  const kept = buildClaims(model, site, serving.maxReplicas);
  const main: KubeObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: model.name,
      ...inNamespace(site),
      labels: mainLabels(model, site),
      annotations: { ...mainAnnotations(model, site), ...serving.annotations },
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: appLabel(model) },
      progressDeadlineSeconds: startupSeconds + PLACE_SECONDS,
      strategy: { type: 'RollingUpdate', rollingUpdate: rollout(takesGpu(model, site) || kept.some(isForOneNode)) },
      template,
    },
  };
  return {
    kept,
    main,
    owned: [buildService(model, site)],
    start: { spec: { replicas: serving.replicas } },
    pod: singlePod(template, model.name, site),
    leftOut: [...commonLeftOut(model, site), ...timeoutLeftOut(service)],
  };
}

/** A change frees what a replica holds before the next one takes it; where nothing is scarce, the next one answers first. */
const rollout = (isScarce: boolean): object =>
  isScarce ? { maxSurge: 0, maxUnavailable: 1 } : { maxSurge: 1, maxUnavailable: 0 };

const isForOneNode = (claim: KubeObject): boolean =>
  (claim.spec as { accessModes: string[] }).accessModes.includes('ReadWriteOnce');
