// The ports of a cluster.
import net from 'node:net';

/** Loopback ports of one cluster. */
export interface Ports {
  etcd: number;
  etcdPeer: number;
  apiServer: number;
  controllerManager: number;
  scheduler: number;
  /** The kubelet endpoint of all process nodes (logs, exec, port-forward), behind the API server. */
  kubelet: number;
  /** Plain HTTP, DCGM-like metrics of the simulated GPUs at /metrics. */
  metrics: number;
  kwok: number;
}

/** Ports below those that the system hands out by itself, so that no outgoing connection takes one meanwhile. */
export async function freePorts(): Promise<Ports> {
  const found = new Set<number>();
  while (found.size < 8) {
    const port = 21_000 + Math.floor(Math.random() * 11_000);
    const free = await new Promise<boolean>((resolve) => {
      const server = net.createServer().once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) found.add(port);
  }
  const [etcd, etcdPeer, apiServer, controllerManager, scheduler, kubelet, metrics, kwok] = [...found] as number[];
  return { etcd, etcdPeer, apiServer, controllerManager, scheduler, kubelet, metrics, kwok } as Ports;
}
