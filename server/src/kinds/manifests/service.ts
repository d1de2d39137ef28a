import type { KubeObject } from '../../model/kubeObject.ts';
import type { JobModel, ServiceModel } from '../kind.ts';
import { inNamespace, jobLabels } from './metadata.ts';
import type { Site } from './site.ts';

/**
 * Name of the port that a job serves on. It names no protocol, so that meshes which go by names look for themselves: not all that is
 * served is HTTP.
 */
export const SERVICE_PORT = 'service';

const TYPES = { cluster: 'ClusterIP', nodePort: 'NodePort', loadBalancer: 'LoadBalancer' } as const;

/** Label by which a Service, and the main resource, know the pods of a job. */
export const appLabel = ({ name }: JobModel): { app: string } => ({ app: name });

export const serviceName = ({ name }: JobModel): string => `svc-${name}`;

/**
 * The Service of a job. Always with an address of its own, for a notebook, too: `clusterIP: None` cannot be changed in place when
 * `expose` becomes `nodePort`, and nobody looks for the one pod by name.
 */
export function buildService(
  model: JobModel & { service: Pick<ServiceModel, 'port' | 'expose'> },
  site: Site,
): KubeObject {
  const { port, expose } = model.service;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: serviceName(model), ...inNamespace(site), labels: jobLabels(model, site) },
    spec: {
      type: TYPES[expose],
      selector: appLabel(model),
      ports: [{ name: SERVICE_PORT, port, targetPort: SERVICE_PORT }],
    },
  };
}
