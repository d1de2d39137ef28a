import type { KubeObject } from '../../model/kubeObject.ts';
import type { BuiltJob } from '../manifests/built.ts';
import { commonLeftOut } from '../manifests/leftOut.ts';
import { inNamespace, jobLabels, mainAnnotations, mainLabels } from '../manifests/metadata.ts';
import { buildPodSpec, type EnvVar, type PodTemplate, singlePod } from '../manifests/pod.ts';
import { appLabel, buildService, SERVICE_PORT, serviceName } from '../manifests/service.ts';
import type { Site } from '../manifests/site.ts';
import { buildClaims } from '../manifests/storage.ts';
import type { NotebookModel } from './model.ts';

/** The group `users`, to which the user of the usual notebook images belongs. */
const USERS_GROUP = 100;

const secretName = ({ name }: NotebookModel): string => `${name}-jupyter`;

/**
 * A notebook becomes a StatefulSet of one pod with a Service, and a Secret with its token where nobody else sets one. There are no
 * probes: Jupyter may listen on its own machine only, where a port-forward reaches it and a probe does not.
 */
export function buildNotebook(model: NotebookModel, site: Site): BuiltJob {
  const ours = model.token.from === 'gpuctl';
  const spec = buildPodSpec(model, site, ours ? [tokenEnv(model)] : []);
  const [container] = spec.containers;
  Object.assign(container, {
    ports: [{ name: SERVICE_PORT, containerPort: model.service.port }],
    resizePolicy: [
      { resourceName: 'cpu', restartPolicy: 'NotRequired' },
      { resourceName: 'memory', restartPolicy: 'NotRequired' },
    ],
  });
  if (ownsItsStorage(model)) {
    spec.securityContext = { fsGroup: USERS_GROUP, fsGroupChangePolicy: 'OnRootMismatch' };
  }
  const labels = jobLabels(model, site);
  const template: PodTemplate = { metadata: { labels: { ...appLabel(model), ...labels } }, spec };
  const main: KubeObject = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: model.name,
      ...inNamespace(site),
      labels: mainLabels(model, site),
      annotations: mainAnnotations(model, site),
    },
    spec: {
      replicas: 0,
      serviceName: serviceName(model),
      selector: { matchLabels: appLabel(model) },
      updateStrategy: { type: 'OnDelete' }, // a change is written down here; kernels lose their state only when a person restarts it
      template,
    },
  };
  return {
    kept: buildClaims(model, site),
    main,
    owned: [...(ours ? [buildTokenSecret(model, site)] : []), buildService(model, site)],
    start: { spec: { replicas: 1 } },
    pod: singlePod(template, model.name, site),
    leftOut: commonLeftOut(model, site),
  };
}

const tokenEnv = (model: NotebookModel): EnvVar => ({
  name: 'JUPYTER_TOKEN',
  valueFrom: { secretKeyRef: { name: secretName(model), key: 'token' } },
});

const buildTokenSecret = (model: NotebookModel, site: Site): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: secretName(model), ...inNamespace(site), labels: jobLabels(model, site) },
  type: 'Opaque',
  stringData: { token: site.token },
});

/**
 * New storage belongs to root, and notebook images run as somebody else: the group opens it. Not beside storage that was there before,
 * whose files would change their group as well.
 */
const ownsItsStorage = ({ workdirs }: NotebookModel): boolean =>
  workdirs.some(({ source }) => source.from === 'new') &&
  workdirs.every(({ source, readOnly }) => source.from !== 'claim' || readOnly);
