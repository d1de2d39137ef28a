import type { BuiltJob } from '../manifests/built.ts';
import { buildDeployment } from '../manifests/deployment.ts';
import type { Site } from '../manifests/site.ts';
import type { ComputeModel } from './model.ts';

/** Seconds that a service may take to answer for the first time. */
const STARTUP_SECONDS = 600;

/** A service of any sort becomes a Deployment and a Service. */
export function buildCompute(model: ComputeModel, site: Site): BuiltJob {
  const { replicas } = model.service;
  return buildDeployment(model, site, {
    startupSeconds: STARTUP_SECONDS,
    live: undefined,
    metrics: undefined,
    annotations: {},
    replicas,
    maxReplicas: replicas,
  });
}
