/** What operations leave on this machine, and which object of a name they take for the job. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import type { BuiltJob } from '../../server/src/kinds/manifests/built.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { deleteJob, planDelete } from '../../server/src/operations/deleteJob.ts';
import { deleteSavedLogs, listSavedLogs, savedLogBefore } from '../../server/src/operations/logs/savedLogs.ts';
import { keepLog } from '../../server/src/operations/logs/saveLog.ts';
import { findMain } from '../../server/src/operations/mainResource.ts';
import { Session } from '../../server/src/operations/session.ts';
import { noteNextRun, readNextRun } from '../../server/src/operations/submit/journal.ts';
import { FakeClusters, FakeConnection, FakeServer, job, pod, RUNNING } from './fakeCluster.ts';

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
    const elsewhere = planDelete(session, { ...REF, context: 'left' }, signal);
    await assert.rejects(elsewhere, { code: 'job.other-cluster' }, 'what was seen elsewhere is not looked up here');
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

describe('the log of a run that goes', () => {
  const connect = (server: FakeServer, cluster: string, address: string) =>
    new FakeConnection({ context: 'c', cluster, user: 'me', namespace: 'ml', server: address }, server);
  const withLog = (...lines: string[]) => {
    const server = new FakeServer();
    for (const [rank] of lines.entries()) {
      const made = pod('ml', `sft-${rank}`, 'sft', 'u1', RUNNING);
      made.metadata.annotations = { 'batch.kubernetes.io/job-completion-index': String(rank) };
      server.put(made);
    }
    server.log = async function* (name) {
      yield `${lines[Number(name.slice(4))]}\n`;
    };
    return server;
  };
  const keeping = (megabytes = 500) => {
    const session = new Session(new FakeClusters({ c: new FakeServer() }), { onStatus() {}, onState() {} });
    session.keepLogs = megabytes;
    return session;
  };
  const run = (created = '2026-01-02T03:04:05Z', more: Partial<KubeObject> = {}): KubeObject => {
    const { metadata, ...rest } = job('ml', 'sft', 'u1', { spec: { parallelism: 2 }, ...more });
    return { ...rest, metadata: { ...metadata, creationTimestamp: created, annotations: { 'gpuctl/run': '2' } } };
  };

  test('lies in one file that every file system takes and only its owner reads, all ranks by time, not with another cluster of that name', async () => {
    const logs = withLog('2026-01-02T03:04:07.000000000Z b', '2026-01-02T03:04:06.000000000Z a');
    const one = await keepLog(keeping(), connect(logs, 'arn:aws:eks/生产', 'https://a'), run(), signal);
    const other = await keepLog(keeping(), connect(withLog('x'), 'arn:aws:eks/生产', 'https://b'), run(), signal);
    assert.ok(one && other);
    assert.notEqual(one, other);
    assert.equal(readFileSync(one, 'utf8'), '[rank 1] a\n[rank 0] b\n');
    assert.equal(statSync(one).mode & 0o777, 0o600);
    assert.equal(path.basename(one), 'sft~2~20260102T030405Z.gpuctl.log');
    const names = readdirSync(path.join(folder, 'state/logs'));
    assert.deepEqual(
      names.map((name) => /^arn_aws_eks_生产-[0-9a-f]{8}$/.test(name)),
      [true, true],
      names.join(),
    );
    const listed = await listSavedLogs();
    assert.deepEqual(
      listed.map(({ cluster, namespace, name, run, createdAt }) => [cluster, namespace, name, run, createdAt]),
      [1, 2].map(() => ['arn_aws_eks_生产', 'ml', 'sft', 2, '2026-01-02T03:04:05Z']),
    );
  });

  test('is found again as that of the run before', async () => {
    const connection = connect(withLog('x'), 'c', 'https://before');
    const kept = await keepLog(keeping(), connection, run(), signal);
    assert.equal(await savedLogBefore(connection, run('2026-02-02T03:04:05Z')), kept);
    assert.equal(await savedLogBefore(connection, run()), undefined);
    assert.equal(
      await savedLogBefore(connect(withLog(), 'c', 'https://elsewhere'), run('2026-02-02T03:04:05Z')),
      undefined,
    );
  });

  test('is its end where it is very long; the oldest go where there is no room, and what is not ours stays', async () => {
    const server = withLog('');
    const lines = Array.from({ length: 120_000 }, (_, index) => `line ${index} ${'x'.repeat(10)}`);
    server.log = async function* () {
      for (let from = 0; from < lines.length; from += 5_000) yield `${lines.slice(from, from + 5_000).join('\n')}\n`;
    };
    await deleteSavedLogs();
    writeFileSync(path.join(folder, 'state/logs/mine.txt'), 'mine');
    const session = keeping(1);
    const connection = connect(server, 'c', 'https://long');
    const first = await keepLog(session, connection, run('2026-01-01T00:00:00Z'), signal);
    assert.ok(first);
    const text = readFileSync(first, 'utf8');
    assert.ok(text.length <= 1.1e6 && text.length > 4e5, `${text.length}`);
    assert.ok(text.endsWith(`${lines.at(-1)}\n`));
    const second = await keepLog(session, connection, run('2026-01-02T00:00:00Z'), signal);
    assert.deepEqual(
      (await listSavedLogs()).map(({ file }) => file),
      [second],
    );
    assert.equal(await deleteSavedLogs(), 1);
    assert.equal(readFileSync(path.join(folder, 'state/logs/mine.txt'), 'utf8'), 'mine');
  });

  test('is not saved, without a failure, where nothing may be written or read, or none is wanted', async () => {
    const server = withLog('x');
    assert.equal(await keepLog(keeping(0), connect(server, 'c', 'x'), run(), signal), undefined);
    server.log = () => {
      throw new Error('forbidden');
    };
    assert.equal(await keepLog(keeping(), connect(server, 'c', 'x'), run(), signal), undefined);
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    process.env.GPUCTL_STATE = file;
    assert.equal(await keepLog(keeping(), connect(withLog('x'), 'c', 'x'), run(), signal), undefined);
  });
});
