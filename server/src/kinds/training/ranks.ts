import { type Message, message } from '../../../../l10n/index.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import type { EnvVar, PodSpec } from '../manifests/pod.ts';
import type { Site } from '../manifests/site.ts';
import type { TrainingModel } from './model.ts';

/** Port of the rendezvous of the ranks, where each pod has its own address. */
const RENDEZVOUS_PORT = 29500;
const COMPLETION_INDEX = "metadata.annotations['batch.kubernetes.io/job-completion-index']";
const JOB_NAME_LABEL = 'batch.kubernetes.io/job-name';
const CONTROLLER_UID_LABEL = 'batch.kubernetes.io/controller-uid';
/** On the network of a node NCCL would take any of its interfaces; those of containers lead nowhere. */
const NO_CONTAINER_INTERFACES = '^lo,docker0,veth,cni,flannel,cali';

const usesHostNetwork = (model: TrainingModel, site: Site): boolean =>
  (model.distributed.network === 'auto' ? site.pool.network : model.distributed.network) === 'host';

/** The RDMA resource that each rank asks for; `undefined` where none is wanted or the pool names none. */
const rdmaOf = ({ distributed }: TrainingModel, { pool }: Site): string | undefined =>
  distributed.rdma ? pool.rdmaResource : undefined;

/** On the network of the nodes, jobs share addresses: each takes a port of its own, from 20000 to 29999. */
function rendezvousPort(model: TrainingModel, site: Site): number {
  if (!usesHostNetwork(model, site)) return RENDEZVOUS_PORT;
  let hash = 0;
  for (const char of `${site.namespace}/${model.name}`) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 10_000;
  return 20_000 + hash;
}

/**
 * What torchrun (PET_*) and LLaMA-Factory (the rest) read, and how NCCL finds its way. RANK and WORLD_SIZE are torchrun's own to set.
 */
export function rendezvousEnv(model: TrainingModel, site: Site): EnvVar[] {
  const address = `${model.name}-0.${model.name}`;
  const port = String(rendezvousPort(model, site));
  const nodes = String(model.demand.pods);
  const perNode = String(Math.max(1, model.demand.gpusPerPod));
  const rank = { valueFrom: { fieldRef: { fieldPath: COMPLETION_INDEX } } };
  const socket =
    model.distributed.ncclSocketIfname ??
    site.pool.ncclSocketIfname ??
    (usesHostNetwork(model, site) ? NO_CONTAINER_INTERFACES : undefined);
  return [
    { name: 'NNODES', value: nodes },
    { name: 'NODE_RANK', ...rank },
    { name: 'NPROC_PER_NODE', value: perNode },
    { name: 'MASTER_ADDR', value: address },
    { name: 'MASTER_PORT', value: port },
    { name: 'PET_NNODES', value: nodes },
    { name: 'PET_NODE_RANK', ...rank },
    { name: 'PET_NPROC_PER_NODE', value: perNode },
    { name: 'PET_MASTER_ADDR', value: address },
    { name: 'PET_MASTER_PORT', value: port },
    { name: 'NCCL_DEBUG', value: 'WARN' },
    ...(socket ? [{ name: 'NCCL_SOCKET_IFNAME', value: socket }] : []),
    ...(rdmaOf(model, site) ? [{ name: 'NCCL_IB_DISABLE', value: '0' }] : []), // some images turn InfiniBand off
  ];
}

/** One rank a node, near each other where the pool says what a rack is, and on the network that they are to use. */
export function spreadOverNodes(spec: PodSpec, model: TrainingModel, site: Site): void {
  // Of this very run: what is left of one that was just deleted is in nobody's way.
  const ranks = {
    labelSelector: { matchLabels: { [JOB_NAME_LABEL]: model.name } },
    matchLabelKeys: [CONTROLLER_UID_LABEL],
  };
  const { rackLabel } = site.pool;
  const pinned = model.demand.sameRack === 'required' && site.rack !== undefined;
  spec.affinity = {
    ...(spec.affinity as object | undefined),
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', ...ranks }],
    },
    ...(model.demand.sameRack !== 'off' &&
      rackLabel &&
      !pinned && {
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: rackLabel, ...ranks } },
          ],
        },
      }),
  };
  spec.subdomain = model.name;
  if (usesHostNetwork(model, site)) Object.assign(spec, { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
  const rdma = rdmaOf(model, site);
  if (rdma === undefined) return;
  const [container] = spec.containers;
  container.resources = { limits: { ...container.resources?.limits, [rdma]: 1 } };
  container.securityContext = { capabilities: { add: ['IPC_LOCK'] } }; // memory that the adapter writes to must not move
}

/** The headless Service by which the ranks find each other. */
export function buildRendezvousService(model: TrainingModel, site: Site, metadata: KubeObject['metadata']): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true, // ranks look for each other before they are ready
      selector: { [JOB_NAME_LABEL]: model.name },
      ports: [{ name: 'rendezvous', port: rendezvousPort(model, site) }],
    },
  };
}

/** What the pool would have to say for the ranks to get all that the document asks for. */
export function ranksLeftOut(model: TrainingModel, site: Site): Message[] {
  if (model.demand.pods < 2) return [];
  return [
    ...(model.distributed.rdma && !site.pool.rdmaResource ? [message('left-out.rdma')] : []),
    ...(model.demand.sameRack === 'required' && !site.rack ? [message('left-out.rack')] : []),
  ];
}
