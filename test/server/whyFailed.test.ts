/** Which rank is to blame, and which log is read: what a real cluster does not do on demand. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import type { KubeObject, LogOptions } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import { whyFailed } from '../../server/src/operations/whyFailed.ts';
import { FakeClusters, FakeServer } from './fakeCluster.ts';

const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.dispose();
});

const main = (status: object, env: object[] = []): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'j', namespace: 'd', uid: 'j', labels: { 'gpuctl/job-type': 'training' } },
  spec: { parallelism: 2, template: { spec: { containers: [{ name: 'main', env }] } } },
  status,
});
const FAILED = { conditions: [{ type: 'Failed', status: 'True', reason: 'FailedIndexes' }] };
const startedAt = '2026-07-31T09:00:00Z';
const rank = (index: number, containerStatus: object, phase = 'Failed'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `j-${index}`,
    namespace: 'd',
    uid: `p${index}`,
    labels: { 'batch.kubernetes.io/job-name': 'j', 'batch.kubernetes.io/job-completion-index': String(index) },
  },
  spec: { nodeName: 'n1', containers: [{ name: 'main' }] },
  status: { phase, containerStatuses: [containerStatus] },
});
const ended = (exitCode: number, finishedAt: string) => ({
  state: { terminated: { exitCode, reason: 'Error', startedAt, finishedAt } },
});

async function ask(
  objects: KubeObject[],
  log: (pod: string, options: LogOptions) => string | Error | undefined,
  patience?: number,
) {
  const server = new FakeServer();
  server.put(...objects);
  server.log = async function* (pod, options) {
    const text = log(pod, options);
    if (text instanceof Error) throw text;
    if (text === undefined) await new Promise(() => undefined);
    else yield text;
  };
  const session = new Session(new FakeClusters({ a: server }), { onStatus: () => {}, onState: () => {} });
  sessions.push(session);
  session.configure({}, true);
  const why = await whyFailed(session, { namespace: 'd', name: 'j' }, new AbortController().signal, patience);
  return why && { ...why, said: toText(why.say, 'en'), code: why.trouble.code };
}

const NCCL =
  'torch.distributed.DistBackendError: NCCL error in: x.cpp:1, remote process exited or there was a network error\n';
const MISSING =
  'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nModuleNotFoundError: No module named \'x\'\n';

describe('why a job failed', () => {
  test('is what the first rank says, not what the last one does', async () => {
    const pods = [rank(0, ended(1, '2026-07-31T10:00:09Z')), rank(1, ended(1, '2026-07-31T10:00:05Z'))];
    const why = await ask([main(FAILED), ...pods], (pod) => (pod === 'j-1' ? MISSING : NCCL));
    assert.equal(why?.said, 'failed: rank 1 lacks the Python module “x” in its image');
    assert.equal(why.lines.length, 3);
  });

  test('in the same second: who did not only lose the other, which its log tells', async () => {
    const at = '2026-07-31T10:00:05Z';
    const why = await ask([main(FAILED), rank(0, ended(1, at)), rank(1, ended(1, at))], (pod) =>
      pod === 'j-1' ? MISSING : NCCL,
    );
    assert.deepEqual([why?.pod?.rank, why?.code], [1, 'job.crash.no-module']);
  });

  test('of a program that is started again and again, is in the log of the run before', async () => {
    const crashing = {
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-07-31T10:00:05Z' } },
    };
    const why = await ask([main({}), rank(0, crashing, 'Running')], (_, { previous }) =>
      previous ? MISSING : 'starting\n',
    );
    assert.equal(why?.code, 'job.crash.no-module');
  });

  test('is told without the log where that does not come in time', async () => {
    const why = await ask([main(FAILED), rank(0, ended(7, '2026-07-31T10:00:05Z'))], () => undefined, 50);
    assert.equal(why?.said, 'failed: rank 0 ended with exit code 7');
    assert.deepEqual([why.lines, why.unread && toText(why.unread, 'en')], [[], 'The log did not come in time.']);
  });

  test('is told with the last lines where nothing in them is known, without the secrets of the job', async () => {
    const env = [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }];
    const lines = Array.from({ length: 40 }, (_, n) => `line ${n} with hunter2hunter2`);
    const why = await ask(
      [main(FAILED, env), rank(0, ended(7, '2026-07-31T10:00:05Z'))],
      () => `${lines.join('\n')}\n\n`,
    );
    assert.deepEqual([why?.lines.length, why?.lines.at(-1)], [15, 'line 39 with <secret>']);
    assert.doesNotMatch(JSON.stringify(why), /hunter2/);
  });

  test('is not what a try said that was replaced', async () => {
    const retried = (name: string, status: object, phase?: string) => {
      const pod = rank(0, status, phase);
      return { ...pod, metadata: { ...pod.metadata, name, uid: name } };
    };
    const first = retried('j-0-a', ended(1, '2026-07-31T10:00:05Z'));
    const runs = retried('j-0-b', { state: { running: { startedAt } } }, 'Running');
    assert.equal(await ask([main({}), first, runs], () => MISSING), undefined);
    const again = retried('j-0-c', ended(7, '2026-07-31T10:10:05Z'));
    const why = await ask([main(FAILED), first, again], (pod) => (pod === 'j-0-a' ? MISSING : 'x\n'));
    assert.equal(why?.said, 'failed: rank 0 ended with exit code 7');
  });

  test('is its limit of time, whatever its ranks said as they were stopped', async () => {
    const late = { conditions: [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }] };
    const why = await ask([main(late), rank(0, ended(1, '2026-07-31T10:00:05Z'))], () => MISSING);
    assert.deepEqual([why?.code, why?.lines], ['job.node.timed-out', []]);
  });

  test('is nothing where nothing is wrong; a job that is gone is said to be', async () => {
    const runs = rank(0, { state: { running: { startedAt } } }, 'Running');
    assert.equal(await ask([main({}), runs], () => ''), undefined);
    await assert.rejects(
      ask([], () => ''),
      { code: 'job.gone' },
    );
  });
});
