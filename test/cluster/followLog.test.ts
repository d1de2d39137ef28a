/** Logs of real jobs through the real server: torn and taken up, in the order of time, waited for, of tries before, kept, and ended where they end. */
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ClientRequests,
  type LogBatch,
  type LogPlaces,
  Requests,
  ServerNotifications,
} from '../../server/src/protocol.ts';
import { type Pair, startPair } from '../server/pair.ts';
import { type FaultProxy, startFaultProxy } from './faultProxy.ts';
import { failureOf, findJob, job, ProductStage, ref, remove, submitText } from './productStage.ts';
import { runGpuctl } from './runGpuctl.ts';

const stage = new ProductStage();
const TEARS = 100;

/** A program that writes its count so many times a second, for as long as it may. */
const counter = (perSecond: number, seconds: number): string => {
  const script = `let n = 0; const begun = Date.now(); setInterval(() => { const due = Math.min(Date.now() - begun, ${seconds} * 1000) * ${perSecond} / 1000; let text = ''; while (n < due) text += (n++) + '\\n'; process.stdout.write(text); if (Date.now() - begun > ${seconds} * 1000 + 500) process.exit(0); }, 5);`;
  return `exec ${process.execPath} -e "${script}"`;
};
const PLAIN = 'resources: {gpu: 0}\n';

/** What a pair has of its logs, with the notes between the lines, and how far each was read. */
function listen(pair: Pair): { notes: string[]; places: LogPlaces; ended(log: string): string | undefined } {
  const notes: string[] = [];
  const places: LogPlaces = {};
  pair.client.onRequest(ClientRequests.appendLog.method, (batch: LogBatch) => {
    pair.logs.set(batch.log, (pair.logs.get(batch.log) ?? '') + batch.text);
    Object.assign(places, batch.places);
    if (batch.note) notes.push(batch.note);
    return null;
  });
  const ended = (log: string) =>
    pair.notifications
      .filter(({ method }) => method === ServerNotifications.logEnded.method)
      .map(({ params }) => params as { log: string; message: string })
      .find((one) => one.log === log)?.message;
  return { notes, places, ended };
}

/** Where a text that should count on leaves off doing so; `undefined`: nowhere. */
function firstGap(text: string): string | undefined {
  const lines = text.split('\n').slice(0, -1).map(Number);
  const begins = lines[0] ?? 0;
  const at = lines.findIndex((line, index) => line !== begins + index);
  return at < 0 ? undefined : `line ${at}: ${lines.slice(Math.max(0, at - 2), at + 3).join(', ')}`;
}

async function openLogs(): Promise<number> {
  const { text } = await stage.admin.request('GET', '/metrics');
  const open = text.matchAll(/^apiserver_longrunning_requests\{.*subresource="log".*\} (\d+)$/gm);
  return [...open].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** A connected pair whose way to the API server is a proxy. */
async function connectBy(proxy: FaultProxy): Promise<Pair> {
  const config = JSON.parse(readFileSync(stage.cluster.kubeconfig, 'utf8'));
  for (const { cluster } of config.clusters) cluster.server = `https://127.0.0.1:${proxy.port}`;
  const kubeconfig = path.join(stage.folder, 'by-proxy');
  writeFileSync(kubeconfig, JSON.stringify(config), { mode: 0o600 });
  return startPair({ connection: { kubeconfig, context: 'ml-engineer' } });
}

describe('a log that is followed', () => {
  test(`neither loses nor doubles a line of 10,000 a second, torn ${TEARS} times; nor does the server's successor`, async (t) => {
    const proxy = await startFaultProxy(stage.cluster);
    t.after(() => proxy.close());
    const pair = await connectBy(proxy);
    const { places } = listen(pair);
    await submitText(pair, job('counts', counter(10_000, 120), PLAIN));
    const { log } = await pair.ask(Requests.openLog, { job: ref('counts') });
    const text = () => pair.logs.get(log) ?? '';
    await pair.until('lines', () => text().length > 10_000);
    const begun = performance.now();
    let tears = 0;
    for (let length = 0; tears < TEARS; await sleep(20)) {
      if (text().length === length) continue;
      length = text().length;
      await sleep(60);
      if (proxy.tearLogs()) tears++;
    }
    const length = text().length;
    await pair.until('lines after the last tear', () => text().length > length + 100_000);
    const seconds = (performance.now() - begun) / 1000;
    const lines = text().split('\n').length - 1;
    t.diagnostic(`${tears} tears in ${seconds.toFixed(1)} s, ${lines} lines`);
    assert.equal(firstGap(text()), undefined);

    // The server goes, in the middle of it; the client tells the next one what it has.
    const before = text();
    const from = structuredClone(places);
    const next = await connectBy(proxy);
    const heard = listen(next);
    await pair.stop();
    const again = await next.ask(Requests.openLog, { job: ref('counts'), from });
    await next.until('lines', () => (next.logs.get(again.log)?.length ?? 0) > 50_000);
    assert.equal(firstGap(before + next.logs.get(again.log)), undefined);
    assert.deepEqual(heard.notes, []);
    assert.equal(await openLogs(), 1);
    await next.ask(Requests.closeLog, { log: again.log });
    await next.until('ended at the server, too', async () => (await openLogs()) === 0, 5_000);
    await remove(next, ref('counts'));
    await next.stop();
  });

  test('has the lines of all ranks in the order of time, those of the past and those that come', async (t) => {
    const pair = await stage.connect('ml-engineer');
    const { notes, ended } = listen(pair);
    const script = 'for i in $(seq 1 400); do date +%s%N; sleep 0.01; done';
    await submitText(pair, job('ranks', script, 'resources: {pool: training-pool, gpu: 2, nodeCount: 2}\n'));
    await pair.until('half of it', async () => (await findJob(pair, ref('ranks')))?.podsRunning === 2);
    await sleep(1_500);
    const { log } = await pair.ask(Requests.openLog, { job: ref('ranks') });
    await pair.until('the end', () => ended(log));
    const lines = (pair.logs.get(log) ?? '').split('\n').slice(0, -1);
    assert.equal(lines.length, 800);
    assert.deepEqual([...new Set(lines.map((line) => line.slice(0, 9)))].sort(), ['[rank 0] ', '[rank 1] ']);
    const times = lines.map((line) => Number(BigInt(line.slice(9)) / 1_000n));
    const back = times.filter((time, index) => index && time < (times[index - 1] ?? 0) - 250_000).length;
    t.diagnostic(
      `${times.filter((time, index) => time < (times[index - 1] ?? 0)).length} of 800 before their predecessor`,
    );
    assert.equal(back, 0, 'by more than a shell takes to write what it has read');
    assert.deepEqual(notes, []);
    await remove(pair, ref('ranks'));
  });

  test('says why nothing has started, goes on by itself, and stands apart by tries', async () => {
    const pair = await stage.connect('ml-engineer');
    const { notes, ended } = listen(pair);
    const script = 'echo here; [ -e /tmp/again-$PPID ] || true; sleep 1; exit 3';
    const text = job('tries', script, 'retries: 1\n').replace('alpine:3.22', 'slow/alpine:3.22');
    await submitText(pair, text);
    const { log } = await pair.ask(Requests.openLog, { job: ref('tries') });
    await pair.until('why', () => notes.length);
    assert.match(notes[0] ?? '', /^Nothing of it has started yet: .+ The log begins here by itself\.$/);
    await pair.until('the end', () => ended(log), 60_000);
    assert.equal(pair.logs.get(log), 'here\nhere\n');
    assert.match(notes.at(-1) ?? '', /^Started again, on /);
    assert.match(ended(log) ?? '', /^The job has ended: failed/);

    const before = await pair.ask(Requests.openPreviousLog, { job: ref('tries') });
    assert.ok('log' in before);
    await pair.until('the try before', () => ended(before.log));
    assert.equal(pair.logs.get(before.log), 'here\n');

    // As a file, and kept when the job goes.
    const whole = await pair.ask(Requests.saveLog, { job: ref('tries'), progress: '1' });
    const both = /^here\n── Started again, on .+\nhere\n$/;
    assert.match(readFileSync(whole.file, 'utf8'), both);
    assert.equal(statSync(whole.file).mode & 0o777, 0o600);
    await pair.ask(Requests.deleteSavedLogs, {});
    await remove(pair, ref('tries'));
    const { logs } = await pair.ask(Requests.savedLogs);
    const file = logs.find(({ name }) => name === 'tries')?.file ?? '';
    assert.deepEqual(
      logs.filter(({ name }) => name === 'tries').map(({ name, namespace, run }) => [name, namespace, run]),
      [['tries', 'ml-team', 1]],
    );
    assert.match(readFileSync(file, 'utf8'), both);

    await submitText(pair, job('tries', 'echo anew; sleep 30'));
    await pair.until('running', async () => (await findJob(pair, ref('tries')))?.podsRunning === 1);
    assert.deepEqual(await pair.ask(Requests.openPreviousLog, { job: ref('tries') }), { file });
    await pair.ask(Requests.deleteSavedLogs, {});
    const none = await failureOf(pair.ask(Requests.openPreviousLog, { job: ref('tries') }));
    assert.equal(none.code, 'log.no-previous');
    await pair.ask(Requests.stop, { job: ref('tries') });
    const stopped = (await pair.ask(Requests.savedLogs)).logs.find(({ name }) => name === 'tries');
    assert.match(stopped?.file ?? '', /~stopped-\d{8}T\d{6}\.gpuctl\.log$/);
    assert.equal(readFileSync(stopped?.file ?? '', 'utf8'), 'anew\n');
    await remove(pair, ref('tries'));
  });

  test('is read in a terminal by rank, and of the try before', async () => {
    const pair = await stage.connect('ml-engineer');
    const script = 'echo node $NODE_RANK; if [ $NODE_RANK = 1 ]; then sleep 1; exit 3; fi; sleep 60';
    const two = 'resources: {pool: training-pool, gpu: 2, nodeCount: 2}\nretries: 3\n';
    await submitText(pair, job('by-rank', script, two));
    await pair.until('tried again', async () => {
      const found = await findJob(pair, ref('by-rank'));
      return (found?.pods.filter(({ rank, startedAt }) => rank === 1 && startedAt).length ?? 0) > 1;
    });
    const gpuctl = (...args: string[]) =>
      runGpuctl(
        ['-n', 'ml-team', '--context', 'ml-engineer', 'logs', 'by-rank', ...args],
        stage.cluster.kubeconfig,
        stage.folder,
      );
    assert.equal((await gpuctl('--rank', '0')).out, 'node 0\n');
    assert.equal((await gpuctl('-p')).out, '[rank 1] node 1\n');
    assert.match((await gpuctl()).out, /^\[rank 0\] node 0$/m);
    assert.equal((await gpuctl('-f', '-p')).code, 2);
    await remove(pair, ref('by-rank'));
  });

  test('that nobody follows tells the step of a job all the same, while the jobs are looked at; its end is kept', async () => {
    const pair = await stage.connect('ml-engineer');
    const kept = async () => (await pair.ask(Requests.savedLogs)).logs.find(({ name }) => name === 'steps');
    await pair.client.sendNotification('gpuctl/interests', { views: ['gpuctl.jobs'] });
    await submitText(pair, job('steps', 'for i in $(seq 1 12); do echo "step $i/12"; sleep 1; done'));
    const seen = await pair.until('a step', async () => (await findJob(pair, ref('steps')))?.step);
    assert.ok(seen.at >= 1 && seen.of === 12);
    await pair.until('kept', async () => kept(), 30_000);
    assert.match(readFileSync((await kept())?.file ?? '', 'utf8'), /step 12\/12\n$/);
    await remove(pair, ref('steps'));
  });
});
