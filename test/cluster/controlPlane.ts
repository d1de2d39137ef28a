// What runs in a cluster: the programs and their flags. Flags that look odd have their reason beside them.
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import type { Ports } from './ports.ts';

/** One program, as the supervisor wants it (procnodes/supervise.go). */
export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  /** Seconds from SIGTERM to SIGKILL. */
  stopSeconds: number;
  /** In a mount namespace of its own (Linux, root). */
  ownMounts?: boolean;
}

/** Client certificates that the cluster needs or offers: file name → user, and group. */
export const CLIENTS: Record<string, { user: string; group?: string }> = {
  admin: { user: 'admin', group: 'system:masters' },
  'ml-engineer': { user: 'ml-engineer', group: 'ml-team' },
  restricted: { user: 'restricted', group: 'sandbox' },
  'controller-manager': { user: 'system:kube-controller-manager' },
  scheduler: { user: 'system:kube-scheduler' },
};

/** Controllers that have nothing to do here: no cloud, no node addresses; EndpointSlices may not hold loopback ones. */
const CONTROLLERS_OFF = [
  'node-ipam-controller',
  'node-route-controller',
  'cloud-node-lifecycle-controller',
  'service-lb-controller',
  'endpoints-controller',
  'endpointslice-controller',
  'endpointslice-mirroring-controller',
];

/** The programs of a cluster whose folder is `dir`, in the order of their start. They wait for each other. */
export function clusterProcesses(
  dir: string,
  binaries: Binaries,
  ports: Ports,
  withNodes: boolean,
  apiServerFlags: string[] = [],
): ProcessSpec[] {
  const pki = (name: string) => path.join(dir, 'pki', name);
  const local = (port: number) => `http://127.0.0.1:${port}`;
  const component = (name: string, args: string[]): ProcessSpec => ({
    name,
    command: binaries.controlplane,
    args: [name, ...args],
    stopSeconds: 5,
  });
  // The defaults (20 requests a second, 50 binds) make 1,000 new nodes wait for minutes.
  const client = (name: string) => [
    `--kubeconfig=${path.join(dir, `${name}.kubeconfig`)}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ];
  const processes = [
    component('etcd', [
      `--data-dir=${path.join(dir, 'etcd')}`,
      '--unsafe-no-fsync', // nothing has to outlive this cluster
      '--log-level=warn',
      // All four, and the initial cluster, or it takes 2379 and 2380.
      `--listen-client-urls=${local(ports.etcd)}`,
      `--advertise-client-urls=${local(ports.etcd)}`,
      `--listen-peer-urls=${local(ports.etcdPeer)}`,
      `--initial-advertise-peer-urls=${local(ports.etcdPeer)}`,
      `--initial-cluster=default=${local(ports.etcdPeer)}`,
    ]),
    // Admission is the default set: PodSecurity, ResourceQuota and LimitRange are real.
    component('kube-apiserver', [
      `--etcd-servers=${local(ports.etcd)}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none', // it would refuse to publish a loopback address
      `--secure-port=${ports.apiServer}`,
      `--tls-cert-file=${pki('apiserver.crt')}`,
      `--tls-private-key-file=${pki('apiserver.key')}`,
      `--client-ca-file=${pki('ca.crt')}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${pki('sa.pub')}`,
      `--service-account-signing-key-file=${pki('sa.key')}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--authorization-mode=Node,RBAC',
      '--allow-privileged=true',
      '--kubelet-preferred-address-types=InternalIP',
      `--kubelet-certificate-authority=${pki('ca.crt')}`,
      '--event-ttl=24h',
      ...apiServerFlags,
    ]),
    component('kube-controller-manager', [
      ...client('controller-manager'),
      `--secure-port=${ports.controllerManager}`,
      // Without these three no namespace gets its ServiceAccount, so no pod.
      '--use-service-account-credentials=true',
      `--service-account-private-key-file=${pki('sa.key')}`,
      `--root-ca-file=${pki('ca.crt')}`,
      `--controllers=*,${CONTROLLERS_OFF.map((name) => `-${name}`).join(',')}`,
    ]),
    component('kube-scheduler', [
      ...client('scheduler'),
      `--secure-port=${ports.scheduler}`,
      '--authorization-always-allow-paths=/healthz,/readyz,/livez,/metrics', // tests ask whether it is idle
    ]),
  ];
  if (withNodes) {
    processes.push({
      name: 'procnodes',
      command: binaries.procnodes,
      args: ['run', '--config', path.join(dir, 'nodes.json')],
      stopSeconds: 10,
      ownMounts: true,
    });
  }
  if (binaries.kwok) processes.push(kwokProcess(dir, binaries.kwok, ports.kwok));
  return processes;
}

function kwokProcess(dir: string, command: string, port: number): ProcessSpec {
  const args = [
    `--kubeconfig=${path.join(dir, 'admin.kubeconfig')}`,
    '--manage-all-nodes=false', // with "true" it would take the process nodes, too
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    '--node-ip=127.0.0.1',
    `--node-port=${port}`,
    `--server-address=127.0.0.1:${port}`,
    '--node-lease-duration-seconds=40',
    '--cidr=10.244.0.0/16',
    `--config=${path.join(import.meta.dirname, 'kwokStages.yaml')}`,
  ];
  return { name: 'kwok', command, args, stopSeconds: 5 };
}
