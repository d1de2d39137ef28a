// A program that starts a cluster and does not stop it: lifecycle.test.ts kills it.
import { startCluster } from '../cluster.ts';
import { pod, sh, startPod, twoNodes } from './support.ts';

const cluster = await startCluster({ nodes: twoNodes });
const api = cluster.api();
await startPod(api, pod('marked', sh(`sleep ${process.argv[2]} & sleep ${process.argv[2]}`)));
api.close();
console.log(JSON.stringify({ dir: cluster.dir, server: cluster.server }));
setInterval(() => {}, 1000);
