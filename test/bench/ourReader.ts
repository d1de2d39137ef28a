/** Our side of the large cluster: the connection of a window by the product's own door. Bundled and started as the server is. */
import { createClusters } from '../../server/src/cluster/index.ts';
import { Session } from '../../server/src/operations/session.ts';
import { measureReading } from './readerFigures.ts';

const [kubeconfig = ''] = process.argv.slice(2);
const clusters = createClusters();
const began = performance.now();
(await clusters.connect({ kubeconfig })).close(); // what speaks to Kubernetes is loaded with the first connection
const figures = measureReading(performance.now() - began);
let read = false;
const session = new Session(clusters, {
  onStatus() {
    if (read || session.status.phase !== 'connected') return;
    read = true;
    const { state } = session;
    const nodes = [...state.nodes];
    figures.tell({
      nodes: nodes.length,
      pods: nodes.reduce((sum, { name }) => sum + [...state.podsOn(name)].length, 0),
    });
  },
  onState() {},
});
session.configure({ kubeconfig }, true);
session.setInterest(true);
