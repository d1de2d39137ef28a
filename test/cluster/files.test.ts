/** Files both ways between a folder here and a container: real API server, kubelet's streams, the shell and tar of the container. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { mkdir, open, readdir, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import { CancellationTokenSource } from 'vscode-languageserver';
import {
  type FilesChoices,
  type FilesCompareParams,
  type FilesDoneDto,
  Requests,
  ServerNotifications,
} from '../../server/src/protocol.ts';
import type { Pair } from '../server/pair.ts';
import { Agreed, bare, editAtRandom, nothingIsLost, readTree } from '../server/randomFolder.ts';
import { createRandom } from '../unit/random.ts';
import { until } from './apiClient.ts';
import { kubeconfigThrough } from './execStage.ts';
import { failureOf, ProductStage, submitText } from './productStage.ts';

const isFull = process.env.GPUCTL_TEST_SIZE === 'full';
const stage = new ProductStage();
const SKIP: FilesChoices = { conflicts: 'skip', deletions: 'skip' };
const BOTH: FilesChoices = { conflicts: 'both', deletions: 'delete' };
const MEGABYTE = 2 ** 20;
/** Where the folder of the container lies on this machine. */
let volume = '';
let last = 0;

let boxStarts: Promise<void> | undefined;

async function startBox(): Promise<void> {
  const spec = {
    restartPolicy: 'Never',
    containers: [{ name: 'main', image: 'demo/sleep', volumeMounts: [{ name: 'workdir-0', mountPath: '/work' }] }],
    volumes: [{ name: 'workdir-0', hostPath: { path: '/files-test', type: 'DirectoryOrCreate' } }],
  };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'box' }, spec };
  await stage.admin.call('POST', '/api/v1/namespaces/ml-team/pods', pod);
  await until('box runs', () =>
    stage.admin.get('/api/v1/namespaces/ml-team/pods/box').then(({ status }) => status.phase === 'Running'),
  );
  volume = path.join(stage.cluster.dir, 'hostpath', 'files-test');
}

/** A folder here and one in the container, through a way that can be cut after so many bytes. */
async function desk(way?: Way) {
  boxStarts ??= startBox();
  await boxStarts;
  const name = `case-${++last}`;
  const [here, there] = [path.join(stage.folder, name), path.join(volume, name)];
  await Promise.all([mkdir(here), mkdir(there)]);
  const kubeconfig = way
    ? kubeconfigThrough(stage.cluster.kubeconfig, stage.folder, `https://127.0.0.1:${way.port}`)
    : stage.cluster.kubeconfig;
  const pair = await stage.start({ connection: { kubeconfig, context: 'ml-engineer' } });
  const box = { job: { namespace: 'ml-team', name: 'box' }, pod: 'box', context: 'ml-engineer' };
  const compare = (more: Partial<FilesCompareParams> = {}) => {
    const params = { ...box, direction: 'both', here, there: `/work/${name}`, exclude: [], progress: 'p', ...more };
    return pair.ask(Requests.compareFiles, params as FilesCompareParams);
  };
  const run = async (choices = SKIP, more: Partial<FilesCompareParams> = {}): Promise<FilesDoneDto> =>
    pair.ask(Requests.transferFiles, { plan: (await compare(more)).plan, choices, progress: 'p' });
  return { here, there, pair, box, name, compare, run };
}

interface Way {
  port: number;
  /** Bytes to the cluster and from it after which every connection is cut, once. */
  cutAfter(bytes: number): void;
  close(): void;
}

async function openWay(): Promise<Way> {
  const upstream = new URL(stage.cluster.server);
  const sockets = new Set<net.Socket>();
  let left = Number.POSITIVE_INFINITY;
  const count = (bytes: Buffer) => {
    left -= bytes.length;
    if (left > 0) return;
    left = Number.POSITIVE_INFINITY;
    for (const socket of sockets) socket.destroy();
  };
  const server = net.createServer((client) => {
    const there = net.connect(Number(upstream.port), upstream.hostname);
    for (const socket of [client, there]) {
      sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
      socket.on('data', count);
    }
    client.pipe(there).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    cutAfter: (bytes) => {
      left = bytes;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function same(here: string, there: string): Promise<Map<string, string>> {
  const [mine, theirs] = await Promise.all([readTree(here), readTree(there)]);
  assert.deepEqual(mine, theirs);
  return mine;
}

/** Whether a process of a transfer runs in a container: they are processes of this machine. */
const runsTransfer = (): boolean =>
  readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`).includes('GPUCTL_TRANSFER=');
    } catch {
      return false; // it has ended
    }
  });

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

describe('files of a container', { timeout: 600_000 }, () => {
  test('go both ways, whatever they are called, with links and programs', async () => {
    const { here, there, run, pair, box, name } = await desk();
    await mkdir(path.join(here, 'Größe/数据'), { recursive: true });
    await writeFile(path.join(here, 'Größe/数据/任务 1.py'), 'print("你好")');
    await writeFile(path.join(here, "it's -n $HOME"), '1', { mode: 0o755 });
    await writeFile(path.join(there, 'line\nbreak \\ "q"'), '2');
    await writeFile(path.join(there, '😀'.repeat(40)), '3');
    await symlink('Größe/数据', path.join(here, 'link'));
    assert.deepEqual((await run()).left, []);
    assert.equal((await same(here, there)).get('link'), 'l:Größe/数据');
    assert.deepEqual((await pair.ask(Requests.jobFolders, box)).folders, ['/work']);
    const listed = await pair.ask(Requests.listFolder, { ...box, path: `/work/${name}` });
    assert.deepEqual(
      listed.map((one) => [one.name, one.kind, one.isLink]).find(([one]) => one === 'link'),
      ['link', 'folder', true],
    );
  });

  test('10,000 small ones go there and come back', async (context) => {
    const { here, there, run } = await desk();
    for (let folder = 0; folder < 100; folder++) {
      await mkdir(path.join(here, `d${folder}`));
      await Promise.all(
        Array.from({ length: 100 }, (_, n) => writeFile(path.join(here, `d${folder}/${n}.txt`), `${folder} ${n}`)),
      );
    }
    const began = Date.now();
    const up = await run();
    const went = Date.now();
    assert.deepEqual([up.uploaded, up.left.length], [10_100, 0]);
    const unchanged = await run();
    assert.equal(unchanged.uploaded + unchanged.downloaded, 0);
    const looked = Date.now();
    const copy = `${here}-copy`;
    const down = await run(SKIP, { direction: 'down', here: copy });
    assert.deepEqual([down.downloaded, down.left.length], [10_100, 0]);
    await same(copy, there);
    context.diagnostic(`up ${went - began} ms, nothing to do ${looked - went} ms, down ${Date.now() - looked} ms`);
  });

  test('a large one goes there and comes back in bounded memory', async (context) => {
    const size = isFull ? 2048 : 64;
    const { here, there, run } = await desk();
    const file = await open(path.join(here, 'large.bin'), 'w');
    const chunk = randomBytes(MEGABYTE);
    for (let n = 0; n < size; n++) {
      chunk.writeUInt32LE(n);
      await file.write(chunk);
    }
    await file.close();
    const before_ = process.memoryUsage();
    let most = 0;
    const watch = setInterval(() => {
      const { rss } = process.memoryUsage();
      most = Math.max(most, rss - before_.rss);
    }, 20);
    const began = Date.now();
    assert.equal((await run(SKIP, { direction: 'up' })).uploaded, 1);
    const went = Date.now();
    const copy = `${here}-copy`;
    assert.equal((await run(SKIP, { direction: 'down', here: copy })).downloaded, 1);
    clearInterval(watch);
    const rate = (from: number, to: number) => `${Math.round(size / ((to - from) / 1000))} MB/s`;
    context.diagnostic(
      `${size} MB: up ${rate(began, went)}, down ${rate(went, Date.now())}, ${Math.round(most / MEGABYTE)} MB more memory`,
    );
    const hash = await hashOf(path.join(here, 'large.bin'));
    assert.equal(await hashOf(path.join(there, 'large.bin')), hash);
    assert.equal(await hashOf(path.join(copy, 'large.bin')), hash);
    assert.ok(most < 300 * MEGABYTE, `${Math.round(most / MEGABYTE)} MB more`);
  });

  for (const direction of ['up', 'down'] as const)
    test(`called off midway leave no half file, and no process: ${direction}`, async () => {
      const { here, there, pair, compare, run } = await desk();
      const [from, to] = direction === 'up' ? [here, there] : [there, here];
      await writeFile(path.join(from, 'large.bin'), randomBytes(64 * MEGABYTE));
      await writeFile(path.join(to, 'other'), 'stays');
      const { plan } = await compare({ direction });
      const source = new CancellationTokenSource();
      pair.client.onNotification(ServerNotifications.filesProgress.method, ({ of }: { of: number }) => {
        if (of) source.cancel();
      });
      const params = { plan, choices: SKIP, progress: 'p' };
      const code = await pair.client.sendRequest(Requests.transferFiles.method, params, source.token).then(
        () => 'done',
        (error) => error.code,
      );
      assert.equal(code, -32800);
      await until('nothing is left beside', async () => (await readdir(to)).join() === 'other');
      await until('nothing of it runs', async () => !runsTransfer());
      assert.equal((await run(SKIP, { direction })).left.length, 0);
      assert.equal(await hashOf(path.join(here, 'large.bin')), await hashOf(path.join(there, 'large.bin')));
    });

  test('of a user who may not are refused in a sentence', async () => {
    const { box } = await desk();
    const pair = await stage.start({ connection: { kubeconfig: stage.cluster.kubeconfig, context: 'restricted' } });
    const failure = await failureOf(pair.ask(Requests.listFolder, { ...box, context: 'restricted', path: '/' }));
    assert.equal(failure.code, 'connection.forbidden');
  });

  test('of a job are found by its name, in the folder that its document calls its own', async () => {
    const pair = await stage.connect('ml-engineer');
    const text = `kind: notebook
job: {name: lab}
environment: {image: demo/jupyter, command: [sh, -c, sleep 600]}
resources: {pool: training-pool, gpu: 1}
storage: {workdirs: [{path: /files-lab}]}
`;
    await submitText(pair, text, 'yes');
    const job = { namespace: 'ml-team', name: 'lab' };
    const found = await pair.until(
      'it runs',
      () => pair.ask(Requests.jobFolders, { job }).catch(() => undefined),
      60_000,
    );
    assert.deepEqual([found.folders, found.pod], [['/files-lab'], 'lab-0']);
    const at = { job, path: '/files-lab/数据.py' };
    const base64 = Buffer.from('x = 1\n').toString('base64');
    await pair.ask(Requests.writeJobFile, { ...at, base64, create: true, overwrite: false });
    assert.deepEqual(await pair.ask(Requests.readJobFile, at), { base64 });
    await stage.admin.request('DELETE', '/api/v1/namespaces/ml-team/pods/lab-0');
    await pair.until(
      'the next one has it',
      () =>
        pair.ask(Requests.readJobFile, at).then(
          (read) => read.base64 === base64,
          () => false,
        ),
      60_000,
    );
  });
});

describe('a sync over a connection that is cut anywhere', { timeout: 600_000 }, () => {
  for (let seed = 1; seed <= (isFull ? 30 : 4); seed++)
    test(`ends equal, tears nothing and loses nothing (${seed})`, async () => {
      const random = createRandom(seed * 104_729);
      const way = await openWay();
      try {
        const { here, there, run, pair } = await desk(way);
        const edit = async (count: number, mark: string) => {
          for (let n = 0; n < count; n++) await editAtRandom(random() < 0.5 ? here : there, random, `${mark}.${n}`);
        };
        const agreed = new Agreed(here, there);
        await edit(40, 'first');
        for (let round = 0; round < 4; round++) {
          const before_ = await agreed.look();
          const edits = agreed.edits(before_);
          const known = [...before_.here.values(), ...before_.there.values()].map(bare);
          way.cutAfter(20_000 + Math.floor(random() ** 2 * 600_000));
          await run(BOTH).catch((error) =>
            assert.match(error.data?.code ?? String(error), /^(exec\.torn|connection\.)/),
          );
          way.cutAfter(Number.POSITIVE_INFINITY);
          const half = await agreed.look();
          const torn = [...half.here.values(), ...half.there.values()].map(bare).filter((one) => !known.includes(one));
          assert.deepEqual(torn, []);
          nothingIsLost(edits, half);
          const done = await afterTrouble(pair, () => run(BOTH));
          const { left, ...counts } = await run(BOTH);
          assert.deepEqual(Object.values(counts).filter(Boolean), [], JSON.stringify([done, counts]));
          // A folder that holds something that is left stays on its side, too.
          const isLeft = ([at]: [string, string]) =>
            left.some((one) => `${at}/`.startsWith(`${one.path}/`) || one.path.startsWith(`${at}/`));
          assert.deepEqual(
            [...(await readTree(here))].filter((one) => !isLeft(one)),
            [...(await readTree(there))].filter((one) => !isLeft(one)),
          );
          nothingIsLost(edits, await agreed.look());
          await edit(8, `round ${round}`);
        }
      } finally {
        way.close();
      }
    });
});

/** The server finds out by itself that its connections are gone. */
async function afterTrouble<T>(pair: Pair, run: () => Promise<T>): Promise<T> {
  return pair.until('it is connected again', () => run().catch(() => undefined), 60_000) as Promise<T>;
}

test('nothing of ours is left beside the folders', () => {
  for (const name of readdirSync(volume))
    assert.deepEqual(
      readdirSync(path.join(volume, name)).filter((one) => /^\.gpuctl-(?!sync$)/.test(one)),
      [],
    );
});
