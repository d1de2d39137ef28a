import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type ApiClient, until } from '../apiClient.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { exec, forward, isReady, js, pod, podWhen, sh, twoNodes } from './support.ts';

let cluster: Cluster;
let api: ApiClient;

before(async () => {
  cluster = await startCluster({ nodes: { ...twoNodes, isolation: 'none' } });
  api = cluster.api();
});

after(() => cluster?.stop());

test('where there are no namespaces, pods are plain processes with volumes below their working directory', async () => {
  const server = `require('child_process').spawn('sleep', ['60'], { stdio: 'ignore' });
    require('http').createServer((q, s) => s.end('plain')).listen(8000, process.env.POD_IP)`;
  const container = {
    env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
    readinessProbe: { tcpSocket: { port: 8000 }, periodSeconds: 1 },
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  };
  const spec = { volumes: [{ name: 'data', hostPath: { path: '/shared' } }] };
  await api.create(pod('web', js(server), { container, spec }));
  await podWhen(api, 'web', isReady);
  assert.match(await forward(api, 'web', 8000, 'GET / HTTP/1.0\r\n\r\n'), /plain$/);
  const { stdout, code } = await exec(api, 'web', sh('echo mine > data/file; pwd; exit 4'));
  assert.equal(code, 4);
  assert.ok(stdout.toString().startsWith(cluster.dir));
  assert.equal(readFileSync(path.join(cluster.dir, 'hostpath', 'shared', 'file'), 'utf8'), 'mine\n');
});

test('stop works while the API server is away', async () => {
  await cluster.stopApiServer();
  await cluster.stop();
  await until('folder gone', () => !existsSync(cluster.dir));
});
