/** The other side of the large cluster: client-node, as its documentation shows it; nodes and pods, as ours. Bundled as ours is. */
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { measureReading } from './readerFigures.ts';

const [kubeconfig = '', way] = process.argv.slice(2);
const began = performance.now();
const { CoreV1Api, KubeConfig, makeInformer } = await import('@kubernetes/client-node');
const config = new KubeConfig();
config.loadFromFile(kubeconfig);
const api = config.makeApiClient(CoreV1Api);
const figures = measureReading(performance.now() - began);
const keep: unknown[] = [];
if (way === 'informer') {
  const informers = {
    nodes: makeInformer<V1Node>(config, '/api/v1/nodes', () => api.listNode()),
    pods: makeInformer<V1Pod>(config, '/api/v1/pods', () => api.listPodForAllNamespaces()),
  };
  keep.push(informers);
  for (const informer of Object.values(informers)) informer.on('error', (error) => console.error(error));
  await Promise.all(Object.values(informers).map((informer) => informer.start()));
  figures.tell({ nodes: informers.nodes.list().length, pods: informers.pods.list().length });
} else {
  const [nodes, pods] = await Promise.all([api.listNode(), api.listPodForAllNamespaces()]);
  keep.push(nodes, pods);
  figures.tell({ nodes: nodes.items.length, pods: pods.items.length });
}
setInterval(() => keep.length, 60_000);
