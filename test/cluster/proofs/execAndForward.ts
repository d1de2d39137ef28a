import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { until } from '../apiClient.ts';
import { api } from './sharedCluster.ts';
import { exec, forward, js, pod, podsPath, sh, startPod } from './support.ts';

const podIp = { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };

const volume = { volumeMounts: [{ name: 'work', mountPath: '/workspace' }], env: [podIp] };
const spec = { hostname: 'boxhost', volumes: [{ name: 'work', emptyDir: {} }] };
await startPod(api, pod('box', undefined, { container: { image: 'demo/sleep', ...volume }, spec }));

test('exec gives output, errors and the exit code', async () => {
  const result = await exec(api, 'box', sh('echo out; echo err >&2; exit 42'));
  assert.deepEqual([result.stdout.toString(), result.stderr, result.code], ['out\n', 'err\n', 42]);
  assert.equal((await exec(api, 'box', sh('kill -9 $$'))).code, 137);
  const missing = await exec(api, 'box', ['not-there']);
  assert.match(missing.message, /exec: "not-there": executable file not found in \$PATH/);
});

test('exec ends when the input does', async () => {
  const { stdout, code } = await exec(api, 'box', ['cat'], Buffer.from('half-closed'));
  assert.deepEqual([stdout.toString(), code], ['half-closed', 0]);
});

test('files copied in by tar come out the same', async () => {
  const bytes = randomBytes(3_000_000);
  await exec(api, 'box', sh('mkdir -p /workspace/in && cat > /workspace/in/data.bin'), bytes);
  const packed = await exec(api, 'box', sh('tar cf - -C /workspace in'));
  const unpacked = await exec(
    api,
    'box',
    sh('mkdir /tmp/out && tar xf - -C /tmp/out && cat /tmp/out/in/data.bin'),
    packed.stdout,
  );
  assert.equal(unpacked.code, 0, unpacked.stderr);
  assert.ok(unpacked.stdout.equals(bytes));
});

test('a container has its own files, processes and name, and leaves no trace on this machine', async () => {
  const script = 'touch /isolated-file && hostname && echo $$ && grep -c boxhost /etc/hosts';
  const { stdout, code } = await exec(api, 'box', sh(script));
  assert.equal(code, 0);
  const [hostname, pid, hosts] = stdout.toString().split('\n');
  assert.deepEqual([hostname, hosts], ['boxhost', '1']);
  assert.ok(Number(pid) < 1000, 'a PID namespace of its own');
  assert.ok(!existsSync('/isolated-file'));
});

test('port-forward reaches the server of that pod, though another one has the same port', async () => {
  const serve = (word: string) =>
    js(`require('http').createServer((q, s) => s.end('${word}')).listen(8000, process.env.POD_IP)`);
  const container = { env: [podIp], readinessProbe: { tcpSocket: { port: 8000 }, periodSeconds: 1 } };
  await Promise.all(['one', 'two'].map((word) => startPod(api, pod(word, serve(word), { container }))));
  for (const word of ['one', 'two']) {
    await until(`${word} Ready`, async () => {
      const { status } = await api.get(`${podsPath()}/${word}`);
      return status.containerStatuses[0].ready;
    });
    const answer = await forward(api, word, 8000, 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    assert.ok(answer.endsWith(`${word}\r\n0\r\n\r\n`) || answer.endsWith(word), answer);
  }
  await assert.rejects(forward(api, 'box', 9, 'x'), /connection refused/);
});
