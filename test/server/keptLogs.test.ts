/** Logs of runs that go, where nodes, disks, time and other windows are in the way. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { message, toText } from '../../l10n/index.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { asGpuctlError, GpuctlError } from '../../server/src/operations/error.ts';
import { Logs } from '../../server/src/operations/logs/logs.ts';
import { readLogOf } from '../../server/src/operations/logs/readLog.ts';
import { pruneSavedLogs, savedLogBefore, savedLogFile } from '../../server/src/operations/logs/savedLogs.ts';
import { keepLog, saveWholeLog } from '../../server/src/operations/logs/saveLog.ts';
import type { LogOptions } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import { FakeClusters, FakeConnection, FakeServer, job, pod, RUNNING, sleep } from './fakeCluster.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-kept-'));
const { signal } = new AbortController();
const sessions: Session[] = [];
beforeEach(() => {
  process.env.GPUCTL_STATE = path.join(folder, 'state');
});
afterEach(() => {
  for (const session of sessions.splice(0)) session.dispose();
  rmSync(path.join(folder, 'state'), { recursive: true, force: true });
});
after(() => rmSync(folder, { recursive: true }));

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000000Z`;
const dead = () => new GpuctlError('connection.server-error', message('connection.cancelled'), { status: 502 });
const sessionOf = (server: FakeServer) => {
  const session = new Session(new FakeClusters({ c: server }), { onStatus() {}, onState() {} });
  session.configure({ namespace: 'ml' }, true);
  sessions.push(session);
  return session;
};
const connect = (server: FakeServer) =>
  new FakeConnection({ context: 'c', cluster: 'c', user: 'me', namespace: 'ml', server: 'https://c' }, server);

/** A job of so many ranks, each of which says its name. */
function serverWith(ranks: number, script?: (rank: number, options: LogOptions) => AsyncIterable<string>): FakeServer {
  const server = new FakeServer();
  for (let rank = 0; rank < ranks; rank++) server.put(podOf(rank));
  server.log = async function* (name, options) {
    const rank = Number(name.slice(4));
    if (script) yield* script(rank, options);
    else yield `${at(rank)} hello\n`;
  };
  return server;
}
function podOf(rank: number): KubeObject {
  const made = pod('ml', `sft-${rank}`, 'sft', 'u1', RUNNING);
  made.metadata.annotations = { 'batch.kubernetes.io/job-completion-index': String(rank) };
  return made;
}
const run = (more: Partial<KubeObject> = {}, ranks = 2): KubeObject => {
  const made = job('ml', 'sft', 'u1', { spec: { parallelism: ranks, completions: ranks }, ...more });
  return { ...made, metadata: { ...made.metadata, creationTimestamp: '2026-01-01T00:00:00Z' } };
};
const ended = (time: string): Partial<KubeObject> => ({
  status: { completionTime: time, conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: time }] },
});
const filesIn = (): string[] => {
  const names = readdirSync(path.join(folder, 'state'), { recursive: true }) as string[];
  return names.filter((name) => name.includes('.gpuctl.log')).map((name) => path.basename(name));
};

describe('the log of a run', () => {
  test('is kept without the rank whose node is dead, and says so', async () => {
    const server = serverWith(2, async function* (rank) {
      if (rank === 1) throw dead();
      yield `${at(0)} hello\n`;
    });
    const file = await keepLog(sessionOf(server), connect(server), run(), signal);
    assert.ok(file);
    const text = readFileSync(file, 'utf8');
    assert.match(text, /^\[rank 0\] hello$/m);
    assert.match(text, /^── The rest of the log of rank 1 cannot be read: /m);
  });

  test('is not read again where it was kept after the end, and a shorter one does not replace it', async () => {
    const server = serverWith(2);
    const session = sessionOf(server);
    const over = run(ended(new Date(Date.now() - 60_000).toISOString()));
    const file = await keepLog(session, connect(server), over, signal);
    assert.ok(file);
    const [text, asked] = [readFileSync(file, 'utf8'), server.logs.length];
    server.take(podOf(1));
    assert.equal(await keepLog(session, connect(server), over, signal), file);
    assert.equal(server.logs.length, asked);
    // kept before the end: there may be more by now, but not where less came
    const before = new Date(Date.now() - 3_600_000);
    utimesSync(file, before, before);
    assert.equal(await keepLog(session, connect(server), over, signal), file);
    assert.equal(server.logs.length, asked + 1);
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  test('that a person asked for is a file of its own', async () => {
    const server = serverWith(2);
    server.put(run());
    const session = sessionOf(server);
    const whole = await saveWholeLog(session, { job: { namespace: 'ml', name: 'sft' }, signal, progress() {} });
    const kept = await keepLog(session, connect(server), run(), signal);
    assert.notEqual(whole.file, kept);
    assert.equal(whole.bytes, readFileSync(whole.file).length);
  });

  test('is what came of it where it takes too long, and says so', async () => {
    const server = serverWith(2, async function* (rank) {
      if (rank === 0) yield `${at(0)} hello\n`;
      await new Promise(() => {});
    });
    const began = Date.now();
    const file = await keepLog(sessionOf(server), connect(server), run(), signal, undefined, 300);
    assert.ok(file && Date.now() - began < 3_000);
    assert.match(readFileSync(file, 'utf8'), /^\[rank 0\] hello\n── Not all of this log is saved/);
  });

  test('is written by two at once without harm; one that is called off leaves nothing behind', async () => {
    const slow = async function* () {
      for (let second = 0; second < 20; second++) {
        yield `${at(second)} line ${second}\n`;
        await sleep(15);
      }
    };
    const server = serverWith(1, slow);
    const session = sessionOf(server);
    const off = new AbortController();
    const first = keepLog(session, connect(server), run({}, 1), off.signal);
    const second = keepLog(session, connect(server), run({}, 1), signal);
    const third = keepLog(session, connect(server), run({}, 1), signal);
    setTimeout(() => off.abort(), 100);
    await assert.rejects(first);
    const file = await second;
    assert.ok(file);
    assert.equal(await third, file);
    assert.equal(readFileSync(file, 'utf8').split('\n').length, 21);
    assert.deepEqual(filesIn(), [path.basename(file)]);
  });

  test('that is called off waits for who takes its lines', async () => {
    const server = serverWith(1);
    const off = new AbortController();
    let isBusy = false;
    const append = async () => {
      isBusy = true;
      off.abort();
      await sleep(50);
      isBusy = false;
    };
    const snapshot = { signal: off.signal, append, note: async () => undefined };
    await assert.rejects(readLogOf(connect(server), run({}, 1), snapshot));
    assert.equal(isBusy, false);
  });

  test('is read rank after rank where there are very many', async () => {
    let [open, most] = [0, 0];
    const server = serverWith(40, async function* (rank) {
      most = Math.max(most, ++open);
      yield `${at(rank)} hello\n`;
      await sleep(1);
      open--;
    });
    const file = await keepLog(sessionOf(server), connect(server), run({}, 40), signal);
    assert.ok(file);
    const lines = Array.from({ length: 40 }, (_, rank) => `[rank ${rank}] hello\n`);
    assert.equal(readFileSync(file, 'utf8'), lines.join(''));
    assert.equal(most, 1);
  });

  test('that cannot be written says where and why', async () => {
    const server = serverWith(1);
    server.put(run());
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    process.env.GPUCTL_STATE = file;
    const whole = saveWholeLog(sessionOf(server), { job: { namespace: 'ml', name: 'sft' }, signal, progress() {} });
    const error = asGpuctlError(await whole.catch((failure) => failure));
    assert.equal(error.code, 'log.cannot-write');
    assert.ok(toText(error.say, 'en').includes(file), toText(error.say, 'en'));
    assert.match(toText(error.say, 'en'), /ENOTDIR|EEXIST/);
  });

  test('of the run before is never that of one rank, and a half file goes after a day', async () => {
    const connection = connect(serverWith(1));
    const next = run();
    next.metadata.creationTimestamp = '2026-02-01T00:00:00Z';
    const [alone, stopped, all] = [
      savedLogFile(connection, run(), 'sft-0'),
      savedLogFile(connection, run(), 'stopped-1'),
      savedLogFile(connection, run()),
    ];
    mkdirSync(path.dirname(all), { recursive: true });
    writeFileSync(alone, 'x');
    assert.equal(await savedLogBefore(connection, next), undefined);
    writeFileSync(stopped, 'x');
    assert.equal(await savedLogBefore(connection, next), stopped);
    writeFileSync(all, 'x');
    assert.equal(await savedLogBefore(connection, next), all);
    const [half, fresh] = [`${all}.0123abcd.older`, `${all}.0123abcd.new`];
    for (const one of [half, fresh]) writeFileSync(one, 'x');
    utimesSync(half, 1, 1);
    await pruneSavedLogs(1e9);
    assert.deepEqual(
      filesIn().filter((name) => /older$|new$/.test(name)),
      [path.basename(fresh)],
    );
  });

  test('of the try before says apart that there was none and that it is gone', async () => {
    const server = serverWith(1, async function* () {
      yield* [];
      throw new GpuctlError('log.none', message('connection.cancelled'), { status: 404 });
    });
    const read = async () => {
      const snapshot = { previous: true, signal, append: async () => undefined, note: async () => undefined };
      const error = await readLogOf(connect(server), run({}, 1), snapshot).catch((failure) => failure);
      const { code, say } = asGpuctlError(error);
      assert.equal(code, 'log.no-previous');
      return toText(say, 'en');
    };
    assert.match(await read(), /it was started once only/);
    const again = podOf(0);
    const started = { running: { startedAt: '2026-01-01T00:00:00Z' } };
    server.put({
      ...again,
      status: { ...RUNNING, containerStatuses: [{ name: 'main', restartCount: 1, state: started }] },
    });
    assert.match(await read(), /is no longer there/);
  });

  test('of the try before ends with who asked for it', async () => {
    const server = serverWith(1, async function* () {
      await new Promise(() => {});
      yield '';
    });
    server.put(run({}, 1));
    const again = podOf(0);
    const started = { running: { startedAt: '2026-01-01T00:00:00Z' } };
    server.put({
      ...again,
      status: { ...RUNNING, containerStatuses: [{ name: 'main', restartCount: 1, state: started }] },
    });
    const logs = new Logs(sessionOf(server), {
      append: async () => {},
      note: async () => {},
      ended() {},
      changed() {},
    });
    const off = new AbortController();
    const opened = logs.openPrevious({ job: { namespace: 'ml', name: 'sft' } }, off.signal);
    setTimeout(() => off.abort(), 50);
    await assert.rejects(opened);
    assert.equal(logs.count, 0);
  });
});
