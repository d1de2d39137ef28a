// What pods do on process nodes; see the three files.
import { after } from 'node:test';
import { api, cluster } from './sharedCluster.ts';
import './logsAndStatus.ts';
import './execAndForward.ts';
import './volumesAndNames.ts';

after(async () => {
  api.close();
  await cluster.stop();
});
