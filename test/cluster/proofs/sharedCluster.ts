// One cluster for the proofs about pods: starting it takes longer than most of them.
import { startCluster } from '../cluster.ts';
import { twoNodes } from './support.ts';

export const cluster = await startCluster({ nodes: twoNodes });
export const api = cluster.api();
