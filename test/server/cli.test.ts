/** The command line on a cluster in memory that does not answer, or is left in the middle. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { message, toText } from '../../l10n/index.ts';
import { Cli } from '../../server/src/cli/cli.ts';
import { EXIT } from '../../server/src/cli/exit.ts';
import { holdState, withSession } from '../../server/src/cli/liveSession.ts';
import { run } from '../../server/src/cli/run.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import type { WatchOptions } from '../../server/src/operations/ports.ts';
import { FakeClusters, FakeServer, forbidden } from './fakeCluster.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-cli-'));
after(() => rmSync(folder, { recursive: true }));

/** What the command line runs in, and what it says. */
function stage(clusters: FakeClusters) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const controller = new AbortController();
  const env = { LANG: 'en_US.UTF-8' };
  const ports = { version: '1.2.3', clusters, env, stdin, stdout, stderr, signal: controller.signal };
  const said = (stream: PassThrough) => {
    stream.end();
    return text(stream);
  };
  return { ports, out: () => said(stdout), err: () => said(stderr), interrupt: () => controller.abort() };
}

test('a part of the state that does not come is told at once, and not waited for for ever', {
  timeout: 10_000,
}, async () => {
  const server = new FakeServer();
  const watch = server.watch.bind(server);
  const error = new GpuctlError('connection.timeout', message('settings.where.node', { name: 'does not answer' }));
  server.watch = <T>(options: WatchOptions<T>) => {
    if (options.collection.kind !== 'Pod') return watch(options);
    setTimeout(() => options.onStatus({ phase: 'retrying', error, at: Date.now() }), 100);
    return { dispose() {} };
  };
  const { ports, err } = stage(new FakeClusters({ prod: server }));
  const cli = new Cli(ports, 'en', {});
  const begin = Date.now();
  await assert.rejects(
    withSession(cli, (session) => holdState(cli, session, 1_000)),
    (failure) => {
      assert.ok(failure instanceof GpuctlError);
      assert.equal(failure.code, 'connection.incomplete');
      const said = 'The cluster prod has not told everything in 1 second. Missing: pods.';
      assert.equal(toText(failure.say, 'en'), said);
      return true;
    },
  );
  assert.ok(Date.now() - begin < 3_000);
  assert.equal(await err(), 'Node does not answer\n', 'once');
});

test('Ctrl-C in `create -o json` prints what was done by then', { timeout: 10_000 }, async () => {
  const clusters = new FakeClusters({ prod: new FakeServer() });
  const { ports, out, interrupt } = stage(clusters);
  const connect = clusters.connect.bind(clusters);
  let documents = 0;
  clusters.connect = async (options) =>
    Object.assign(await connect(options), {
      whoAmI: async () => {
        if (++documents < 2) return 'me';
        interrupt();
        throw new GpuctlError('cancelled', message('connection.cancelled'));
      },
      mayI: async () => {
        if (documents < 2) return true;
        throw new GpuctlError('cancelled', message('connection.cancelled'));
      },
    });
  const file = path.join(folder, 'two.gpuctl.yaml');
  const quota = (name: string) => `kind: quota\nquota: {name: ${name}}\nnamespace: {${name}: {gpu: 1}}\n`;
  writeFileSync(file, `${quota('one')}---\n${quota('two')}`);
  assert.equal(await run(['create', '-f', file, '-o', 'json', '-y'], ports), EXIT.interrupted);
  const { items } = JSON.parse(await out());
  assert.deepEqual(
    items.map(({ name, result }: { name: string; result: string }) => [name, result]),
    [['one', 'created']],
  );
});

test('`describe job` tells what it may where the pods may not be listed', { timeout: 10_000 }, async () => {
  const server = new FakeServer();
  server.may = ({ kind }) => kind !== 'Pod';
  server.put({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'j', namespace: 'default', uid: 'j', labels: { 'gpuctl/job-type': 'training' } },
    spec: { parallelism: 1 },
    status: { conditions: [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }] },
  });
  const { ports, out, err } = stage(new FakeClusters({ prod: server }));
  assert.equal(await run(['describe', 'job', 'j'], ports), EXIT.ok);
  assert.match(await out(), /^STATE +failed: its timeout is over$/m);
  assert.equal(await err(), `${toText(forbidden().say, 'en')}\n`);
});
