/** What operations leave on this machine, and which object of a name they take for the job. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import type { BuiltJob } from '../../server/src/kinds/manifests/built.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { deleteJob, planDelete } from '../../server/src/operations/deleteJob.ts';
import { noteNextRun, readNextRun } from '../../server/src/operations/journal.ts';
import { findMain } from '../../server/src/operations/mainResource.ts';
import { saveLog } from '../../server/src/operations/saveLog.ts';
import { Session } from '../../server/src/operations/session.ts';
import { FakeClusters, FakeConnection, FakeServer, job, pod } from './fakeCluster.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-left-'));
const { signal } = new AbortController();
beforeEach(() => {
  process.env.GPUCTL_STATE = path.join(folder, 'state');
});
after(() => rmSync(folder, { recursive: true }));

describe('deleting a job whose resume was cut off', () => {
  const REF = { namespace: 'ml', name: 'sft' };

  test('forgets the next run, so that no later resume brings it back', async () => {
    const session = new Session(new FakeClusters({ c: new FakeServer() }), { onStatus() {}, onState() {} });
    session.configure({}, true);
    const cluster = await session.cluster();
    const { main, ...built } = { main: job('ml', 'sft', 'u2'), kept: [], owned: [], start: {}, leftOut: [] };
    const next = { replaces: 'u1', prefix: 'gpuctl', built: { ...built, main, pod: main } satisfies BuiltJob };
    await noteNextRun(cluster, REF.namespace, REF.name, next);

    const { removes, context, uid } = await planDelete(session, REF, signal);
    assert.deepEqual(
      removes.map((one) => toText(one, 'en')),
      ['the next run of “sft”, which was not made yet'],
    );
    await assert.rejects(deleteJob(session, { job: REF, context, uid: 'other' }, signal), { code: 'job.gone' });
    assert.ok(await readNextRun(cluster, REF.namespace, REF.name), 'what was not shown is not forgotten');
    await deleteJob(session, { job: REF, context, uid }, signal);
    assert.equal(await readNextRun(cluster, REF.namespace, REF.name), undefined);
    await assert.rejects(planDelete(session, REF, signal), { code: 'job.gone' });
    session.dispose();
  });
});

test('of two main resources of one name the one that gpuctl made is the job', async () => {
  const server = new FakeServer();
  const ours: KubeObject = { ...job('ml', 'q', 'u2'), apiVersion: 'apps/v1', kind: 'Deployment' };
  const { labels: _, ...metadata } = job('ml', 'q', 'u1').metadata;
  server.put({ ...job('ml', 'q', 'u1'), metadata });
  const cluster = new FakeConnection({ context: 'c', cluster: 'c', user: 'me', namespace: 'ml', server: 'x' }, server);
  assert.equal((await findMain(cluster, 'ml', 'q'))?.kind, 'Job', 'what stands in the way is still found');
  server.put(ours);
  assert.equal((await findMain(cluster, 'ml', 'q'))?.kind, 'Deployment');
});

describe('the log of a run that is replaced', () => {
  const connect = (server: FakeServer, cluster: string, address: string) =>
    new FakeConnection({ context: 'c', cluster, user: 'me', namespace: 'ml', server: address }, server);
  const withLog = () => {
    const server = new FakeServer();
    server.put(pod('ml', 'sft-0', 'sft', 'u1', {}));
    server.log = async function* () {
      yield 'step 1\n';
    };
    return server;
  };

  test('lies in a folder that every file system takes, and not with another cluster of that name', async () => {
    const main = job('ml', 'sft', 'u1');
    const one = await saveLog(connect(withLog(), 'arn:aws:eks/生产', 'https://a'), main, 2, signal);
    const other = await saveLog(connect(withLog(), 'arn:aws:eks/生产', 'https://b'), main, 2, signal);
    assert.ok(one && other);
    assert.notEqual(one, other);
    assert.equal(readFileSync(path.join(one, 'sft-0.log'), 'utf8'), 'step 1\n');
    const names = readdirSync(path.join(folder, 'state/logs'));
    assert.deepEqual(
      names.map((name) => /^arn_aws_eks_生产-[0-9a-f]{8}$/.test(name)),
      [true, true],
      names.join(),
    );
  });

  test('is not saved, without a failure, where nothing may be written or read', async () => {
    const main = job('ml', 'sft', 'u1');
    const server = withLog();
    server.log = () => {
      throw new Error('forbidden');
    };
    assert.equal(await saveLog(connect(server, 'c', 'x'), main, 1, signal), undefined);
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    process.env.GPUCTL_STATE = file;
    assert.equal(await saveLog(connect(withLog(), 'c', 'x'), main, 1, signal), undefined);
  });
});
