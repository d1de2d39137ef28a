import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { until } from '../apiClient.ts';
import { api, cluster } from './sharedCluster.ts';
import { exec, forward, isOver, isReady, js, pod, podsPath, podWhen, sh, startPod } from './support.ts';

const podIp = { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };

test('a hostPath volume lies below the folder of the cluster, not at that path of this machine', async () => {
  const hostFolder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-hostpath-proof-'));
  try {
    const mounted = (type?: string, from = hostFolder) => ({
      container: { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
      spec: { volumes: [{ name: 'data', hostPath: { path: from, type } }] },
    });
    const write = sh('echo mine > /data/file; rm -f /data/../data/other');
    await api.create(pod('writer', write, mounted('DirectoryOrCreate')));
    await podWhen(api, 'writer', isOver);
    assert.deepEqual(readdirSync(hostFolder), [], 'the real folder is untouched');
    assert.equal(readFileSync(path.join(cluster.dir, 'hostpath', hostFolder, 'file'), 'utf8'), 'mine\n');
    await api.create(pod('reader', sh('cat /data/file'), mounted('Directory')));
    await podWhen(api, 'reader', isOver);
    assert.equal((await api.request('GET', `${podsPath()}/reader/log`)).text, 'mine\n');
    await api.create(pod('climber', sh('ls /data'), mounted('', '/')));
    await podWhen(api, 'climber', isOver);
    const seen = (await api.request('GET', `${podsPath()}/climber/log`)).text.trim().split('\n');
    assert.deepEqual(seen, readdirSync(path.join(cluster.dir, 'hostpath')), 'the root of the hosts is that folder');
  } finally {
    rmSync(hostFolder, { recursive: true });
  }
});

test('a notebook-like StatefulSet: claim, probe, port-forward, resize in place, files that outlive the pod', async () => {
  const server = js(`require('http').createServer((q, s) => s.end('hello')).listen(8888, process.env.POD_IP)`);
  const resources = { cpu: '1', memory: '1Gi' };
  const container = {
    env: [podIp],
    resources: { requests: resources, limits: { ...resources, 'nvidia.com/gpu': 1 } },
    readinessProbe: { httpGet: { path: '/', port: 8888 }, periodSeconds: 1 },
    volumeMounts: [{ name: 'home', mountPath: '/home/work' }],
  };
  const template = pod('nb', server, { container, spec: { restartPolicy: 'Always' } });
  await api.create({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'nb' },
    spec: {
      replicas: 1,
      serviceName: 'nb',
      selector: { matchLabels: { app: 'nb' } },
      template: { metadata: { labels: { app: 'nb' } }, spec: template.spec },
      volumeClaimTemplates: [
        {
          metadata: { name: 'home' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
        },
      ],
    },
  });
  await podWhen(api, 'nb-0', isReady);
  const claim = await api.get('/api/v1/namespaces/default/persistentvolumeclaims/home-nb-0');
  assert.equal(claim.status.phase, 'Bound');
  assert.equal(claim.spec.storageClassName, 'standard');
  assert.match(await forward(api, 'nb-0', 8888, 'GET / HTTP/1.0\r\n\r\n'), /hello$/);

  const more = { cpu: '2', memory: '2Gi' };
  const resize = { spec: { containers: [{ name: 'main', resources: { requests: more, limits: more } }] } };
  const contentType = 'application/strategic-merge-patch+json';
  await api.call('PATCH', `${podsPath()}/nb-0/resize`, resize, { contentType });
  const resized = await podWhen(api, 'nb-0', ({ status }) => status.containerStatuses[0].resources.limits.cpu === '2');
  assert.equal(resized.status.containerStatuses[0].restartCount, 0);

  await exec(api, 'nb-0', sh('echo kept > /home/work/file'));
  const scale = (replicas: number) =>
    api.call('PATCH', '/apis/apps/v1/namespaces/default/statefulsets/nb', { spec: { replicas } });
  await scale(0);
  await until('stopped', async () => (await api.request('GET', `${podsPath()}/nb-0`)).status === 404);
  await scale(1);
  await podWhen(api, 'nb-0', isReady);
  assert.equal((await exec(api, 'nb-0', sh('cat /home/work/file'))).stdout.toString(), 'kept\n');
});

test('the ranks of an Indexed Job find each other by name', async () => {
  const indexPath = "metadata.annotations['batch.kubernetes.io/job-completion-index']";
  const rank = { name: 'RANK', valueFrom: { fieldRef: { fieldPath: indexPath } } };
  const program = `
    const net = require('net'), master = 'train-0.train.default.svc.cluster.local';
    if (process.env.RANK === '0') {
      const server = net.createServer((c) => c.on('data', (d) => { console.log('got ' + d); c.end(); server.close(); }));
      server.listen(29500, process.env.POD_IP);
    } else {
      const dial = () => net.connect(29500, master, function () { this.write('rank ' + process.env.RANK); })
        .on('error', () => setTimeout(dial, 100));
      dial();
    }`;
  const container = { env: [rank, podIp], resources: { limits: { 'nvidia.com/gpu': 2 } } };
  const template = pod('train', js(program), { container, spec: { subdomain: 'train' } });
  await api.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'train' },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { 'batch.kubernetes.io/job-name': 'train' },
      ports: [{ port: 29_500 }],
    },
  });
  await api.create({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'train' },
    spec: {
      parallelism: 2,
      completions: 2,
      completionMode: 'Indexed',
      template: { metadata: { labels: { app: 'train' } }, spec: template.spec },
    },
  });
  await until('both ranks done', async () => {
    const { status } = await api.get('/apis/batch/v1/namespaces/default/jobs/train');
    return status.succeeded === 2;
  });
  const { items } = await api.get(`${podsPath()}?labelSelector=batch.kubernetes.io/job-completion-index=0`);
  assert.equal((await api.request('GET', `${podsPath()}/${items[0].metadata.name}/log`)).text, 'got rank 1\n');
});

test('the metrics say which container has which GPU', async () => {
  const limits = { 'nvidia.com/gpu': 2 };
  await startPod(api, pod('busy', sh('while :; do :; done'), { container: { resources: { limits } } }));
  const lines = await until('a busy GPU', async () => {
    const text = await (await fetch(cluster.metrics)).text();
    const found = text
      .split('\n')
      .filter((line) => line.startsWith('DCGM_FI_DEV_GPU_UTIL{') && line.includes('pod="busy"'));
    return found.length === 2 && found.every((line) => Number(line.split(' ').at(-1)) > 10) && found;
  });
  assert.match(
    lines[0] ?? '',
    /modelName="NVIDIA Proof 24GB",Hostname="[ab]",pod="busy",namespace="default",container="main"/,
  );
  await api.call('DELETE', `${podsPath()}/busy?gracePeriodSeconds=0`);
});
