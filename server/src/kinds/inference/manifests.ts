import { hideSecrets, SECRET_MARKER } from '../../model/secrets.ts';
import { hasFlag } from '../../tools/flags.ts';
import { TOOLS } from '../../tools/index.ts';
import type { BuiltJob } from '../manifests/built.ts';
import { buildDeployment } from '../manifests/deployment.ts';
import type { Site } from '../manifests/site.ts';
import { buildAutoscaler } from './autoscaler.ts';
import type { InferenceModel } from './model.ts';

/**
 * Seconds that a replica may take until it answers for the first time: 400 GB of weights from shared storage at 200 MB/s are 33 minutes, and
 * compiling kernels and capturing graphs come on top.
 */
const STARTUP_SECONDS = 3600;

/** A served model becomes a Deployment and a Service, and an autoscaler where one would work. */
export function buildInference(model: InferenceModel, site: Site): BuiltJob {
  const { service } = model;
  const tool = TOOLS.find(({ name }) => name === model.engine);
  const metrics = tool?.server?.metrics;
  const tellsMetrics = !metrics?.flag || hasFlag(model.tool?.arguments ?? [], [metrics.flag]);
  const scaling = buildAutoscaler(model, site, tool, tellsMetrics);
  const built = buildDeployment(model, site, {
    startupSeconds: STARTUP_SECONDS,
    live: service.healthCheck === tool?.server?.health ? tool?.server?.live : undefined,
    metrics: metrics && tellsMetrics ? { port: metrics.port ?? service.port, path: metrics.path } : undefined,
    annotations: Object.fromEntries(
      Object.entries(model.served).map(([key, text]) => [
        `${site.prefix}/model-${key}`,
        hideSecrets(text, SECRET_MARKER),
      ]),
    ),
    replicas: scaling.replicas,
    maxReplicas: scaling.maxReplicas,
  });
  return {
    ...built,
    owned: [...built.owned, ...scaling.objects],
    leftOut: [...built.leftOut, ...scaling.leftOut],
  };
}
