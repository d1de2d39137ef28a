/** Files both ways between a folder here and a job: the real server, the real shell and tar; only the connection to the cluster is played. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { chmod, lstat, mkdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import {
  type FailureDto,
  type FilesChoices,
  type FilesCompareParams,
  type FilesDoneDto,
  type FilesPlanDto,
  type FilesProgressDto,
  Requests,
  ServerNotifications,
} from '../../server/src/protocol.ts';
import { createRandom } from '../unit/random.ts';
import { type Pair, startPair } from './pair.ts';
import { Agreed, bare, editAtRandom, nothingIsLost, readTree, type Trees } from './randomFolder.ts';
import { ShellClusters } from './shellCluster.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-files-'));
process.env.GPUCTL_STATE = path.join(root, 'state');
const pairs: Pair[] = [];
after(async () => {
  for (const pair of pairs) await pair.stop();
  await rm(root, { recursive: true, force: true });
});

const SKIP: FilesChoices = { conflicts: 'skip', deletions: 'skip' };
const BOTH: FilesChoices = { conflicts: 'both', deletions: 'delete' };
let last = 0;

/** A folder here, one of a job, and a server that knows both. */
async function desk() {
  const [here, there] = [path.join(root, `here-${++last}`), path.join(root, `there-${last}`)];
  await Promise.all([mkdir(here), mkdir(there)]);
  const clusters = new ShellClusters(there);
  const pair = await startPair({ clusters });
  pairs.push(pair);
  const place = { job: { namespace: 'demo', name: 'box' }, context: 'prod' };
  const compare = (more: Partial<FilesCompareParams> = {}) =>
    pair.ask(Requests.compareFiles, {
      ...{ ...place, direction: 'both', here, there, exclude: ['.git', '__pycache__/'], progress: 'p' },
      ...more,
    } as FilesCompareParams);
  const run = async (
    choices: FilesChoices = SKIP,
    more: Partial<FilesCompareParams> = {},
  ): Promise<FilesDoneDto & { plan: FilesPlanDto }> => {
    const plan = await compare(more);
    return { ...(await pair.ask(Requests.transferFiles, { plan: plan.plan, choices, progress: 'p' })), plan };
  };
  const write = async (side: string, files: Record<string, string | Buffer>) => {
    for (const [name, bytes] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(side, name)), { recursive: true });
      await writeFile(path.join(side, name), bytes);
    }
  };
  return { here, there, clusters, pair, place, compare, run, write };
}

async function failureOf(promise: Promise<unknown>): Promise<FailureDto> {
  const error = await promise.then(
    () => undefined,
    (thrown) => thrown,
  );
  assert.ok(error?.data, String(error));
  return error.data;
}

test('a container that was started again since the comparison is not touched: it may have lost its files', async () => {
  const { here, there, clusters, pair, compare, run, write } = await desk();
  await write(here, { a: '1', b: '2' });
  await run();
  const { plan } = await compare();
  clusters.restart('box');
  await rm(there, { recursive: true });
  await mkdir(there);
  const failure = await failureOf(pair.ask(Requests.transferFiles, { plan, choices: BOTH, progress: 'p' }));
  assert.equal(failure.code, 'files.no-plan');
  assert.deepEqual(readdirSync(there), []);
  const again = await compare();
  assert.deepEqual([again.met, again.deletedHere.length, again.uploads.count], [false, 0, 2]);
});

test('nothing is put or deleted behind a link that has the name of our folder', async () => {
  const { here, there, run, write } = await desk();
  const behind = path.join(root, `behind-${last}`);
  await mkdir(behind);
  await write(behind, { precious: '1' });
  execFileSync('touch', ['-d', '2020-01-01', path.join(behind, 'precious')]);
  await symlink(behind, path.join(here, '.gpuctl-sync'));
  await write(there, { 'from-job': '1' });
  assert.equal((await failureOf(run())).code, 'files.stage');
  assert.deepEqual(readdirSync(behind), ['precious']);
});

test('what a person names goes, though it is ignored; what is ignored in it does not', async () => {
  const { here, there, run, write } = await desk();
  await write(here, { '.gitignore': 'data/\n*.pt\n*.log\n', 'data/x': '1', 'data/x.log': '2', 'other/y.pt': '3' });
  await write(there, { 'model.pt': '4' });
  const named = (direction: 'up' | 'down', ...only: string[]) => run(SKIP, { direction, only });
  assert.equal((await named('up', 'data')).uploaded, 2);
  assert.equal((await named('down', 'model.pt')).downloaded, 1);
  assert.deepEqual([...(await readTree(there)).keys()], ['data', 'data/x', 'model.pt']);
  assert.equal(await readFile(path.join(here, 'model.pt'), 'utf8'), '4');
});

test('a pattern for folders leaves a file of that name in, on both sides', async () => {
  const { here, there, run, write } = await desk();
  const exclude = ['build/', 'data', '!src/data'];
  await write(here, { build: 'a file', 'src/data': 'taken in again' });
  await run(BOTH, { exclude });
  await run(BOTH, { exclude });
  for (const side of [here, there]) assert.deepEqual([...(await readTree(side)).keys()], ['build', 'src', 'src/data']);
});

const same = async (here: string, there: string): Promise<Map<string, string>> => {
  const [mine, theirs] = await Promise.all([readTree(here), readTree(there)]);
  assert.deepEqual(mine, theirs);
  return mine;
};

describe('sync', () => {
  test('brings what is new to the other side, whatever it is called', async () => {
    const { here, there, run, write } = await desk();
    const odd = {
      'Größe/数据.txt': 'ü',
      "it's $HOME/-rf": '1',
      'a\\b': '2',
      'line\nbreak': '3',
      [`${'long/'.repeat(40)}x`]: '4',
      empty: '',
    };
    await write(here, { ...odd, 'run.sh': '#!/bin/sh' });
    await write(there, { 'from/job.bin': randomBytes(300_000), '😀': 'x', 'n\nl\\': '5' });
    await chmod(path.join(here, 'run.sh'), 0o755);
    await mkdir(path.join(there, 'empty folder'));
    await symlink('run.sh', path.join(here, 'link'));
    await symlink('nowhere/at all', path.join(there, 'dangling'));
    const done = await run();
    assert.deepEqual(done.left, []);
    const tree = await same(here, there);
    assert.equal(tree.get('link'), 'l:run.sh');
    assert.ok(tree.get('run.sh')?.startsWith('x:'));
    assert.ok(tree.has('empty folder') && tree.has('line\nbreak') && tree.has('n\nl\\'));
    const again = await run();
    assert.deepEqual([again.plan.met, again.plan.uploads.count, again.plan.downloads.count], [true, 0, 0]);
    assert.deepEqual(
      readdirSync(here).filter((name) => name.startsWith('.gpuctl')),
      [],
    );
  });

  test('takes over edits and never deletes unasked', async () => {
    const { here, there, run, write } = await desk();
    await write(here, { 'a.py': '1', 'b.py': '1', 'c/d.py': '1', 'e.py': '1' });
    await run();
    await write(here, { 'a.py': '2' });
    await write(there, { 'b.py': '2' });
    await rm(path.join(here, 'c'), { recursive: true });
    await rm(path.join(there, 'e.py'));
    const first = await run();
    assert.deepEqual(first.plan.deletedThere, ['c', 'c/d.py']);
    assert.deepEqual(first.plan.deletedHere, ['e.py']);
    assert.ok(existsSync(path.join(there, 'c/d.py')) && existsSync(path.join(here, 'e.py')));
    assert.equal(await readFile(path.join(there, 'a.py'), 'utf8'), '2');
    assert.equal(await readFile(path.join(here, 'b.py'), 'utf8'), '2');
    const second = await run({ conflicts: 'skip', deletions: 'delete' });
    assert.deepEqual([second.deletedThere, second.deletedHere], [2, 1]);
    assert.deepEqual([...(await same(here, there)).keys()], ['a.py', 'b.py']);
  });

  test('can bring back what was deleted, and keeps what was changed on the other side', async () => {
    const { here, there, run, write } = await desk();
    await write(here, { 'a.py': '1', 'b.py': '1' });
    await run();
    await rm(path.join(here, 'a.py'));
    await rm(path.join(here, 'b.py'));
    await write(there, { 'b.py': 'changed' });
    const done = await run({ conflicts: 'skip', deletions: 'restore' });
    assert.deepEqual(done.plan.deletedThere, ['a.py']);
    assert.equal(done.downloaded, 2);
    assert.deepEqual([...(await same(here, there)).keys()], ['a.py', 'b.py']);
  });

  for (const [conflicts, mine, theirs] of [
    ['mine', 'mine', 'mine'],
    ['theirs', 'theirs', 'theirs'],
    ['skip', 'mine', 'theirs'],
  ] as const)
    test(`asks where both sides were changed: ${conflicts}`, async () => {
      const { here, there, run, write } = await desk();
      await write(here, { 'a.py': 'base' });
      await run();
      await write(here, { 'a.py': 'mine' });
      await write(there, { 'a.py': 'theirs' });
      const done = await run({ conflicts, deletions: 'skip' });
      assert.deepEqual(done.plan.conflicts, ['a.py']);
      assert.equal(await readFile(path.join(here, 'a.py'), 'utf8'), mine);
      assert.equal(await readFile(path.join(there, 'a.py'), 'utf8'), theirs);
    });

  test('keeps both under two names, on both sides', async () => {
    const { here, there, run, write } = await desk();
    await write(here, { 'src/a.py': 'mine!' });
    await write(there, { 'src/a.py': 'theirs' });
    await run(BOTH);
    const tree = await same(here, there);
    const names = [...tree.keys()];
    assert.deepEqual(names.slice(0, 1), ['src']);
    assert.match(names[1] ?? '', /^src\/a\.from-job-[0-9a-f]{8}\.py$/);
    assert.equal(await readFile(path.join(there, names[1] as string), 'utf8'), 'theirs');
    assert.equal(await readFile(path.join(there, 'src/a.py'), 'utf8'), 'mine!');
  });

  test('leaves out what .gitignore and the setting name, on both sides', async () => {
    const { here, there, run, write } = await desk();
    await write(here, {
      ...{ '.gitignore': '*.ckpt\n/data/\n', 'sub/.gitignore': '!keep.ckpt\nout\n' },
      ...{ 'a.ckpt': 'x', 'data/x': 'x', 'sub/data/y': 'y', 'sub/keep.ckpt': 'k', 'sub/out': 'o', '.git/HEAD': 'h' },
    });
    await write(there, { 'b.ckpt': 'x', 'data/z': 'z', '__pycache__/c.pyc': 'c', 'sub/out': 'other' });
    await run(BOTH);
    const [mine, theirs] = [await readTree(here), await readTree(there)];
    assert.deepEqual(
      [...theirs.keys()].filter((name) => !/ckpt|data|pycache|out/.test(name)),
      ['.gitignore', 'sub', 'sub/.gitignore'],
    );
    assert.ok(theirs.has('sub/data/y') && theirs.has('sub/keep.ckpt') && !theirs.has('a.ckpt') && !theirs.has('.git'));
    assert.ok(!mine.has('b.ckpt') && !mine.has('data/z') && !mine.has('__pycache__'));
    assert.equal(await readFile(path.join(there, 'sub/out'), 'utf8'), 'other');
  });

  test('a new folder in the place of the old one loses nothing', async () => {
    const { here, there, run, write } = await desk();
    await write(here, { 'a.py': '1', 'b.py': '2' });
    await run();
    await rm(there, { recursive: true });
    await mkdir(there);
    const done = await run({ conflicts: 'skip', deletions: 'delete' });
    assert.deepEqual([done.plan.met, done.plan.deletedHere, done.uploaded], [false, [], 2]);
    await same(here, there);
  });

  test('leaves alone links that lead out, what is no file, and a folder beside a file', async () => {
    const { here, there, run, write } = await desk();
    await write(here, { 'clash/x': '1' });
    await write(there, { clash: 'file', fine: '1' });
    await symlink('/etc/passwd', path.join(there, 'passwd'));
    await symlink('../../up', path.join(there, 'up'));
    execFileSync('mkfifo', [path.join(there, 'pipe')]);
    const done = await run(BOTH);
    assert.deepEqual(done.left.map((one) => one.path).sort(), ['clash', 'passwd', 'pipe', 'up']);
    assert.deepEqual(readdirSync(here).sort(), ['clash', 'fine']);
    assert.equal(await readFile(path.join(there, 'clash'), 'utf8'), 'file');
    assert.match(done.left.find((one) => one.path === 'up')?.why ?? '', /leads out/);
  });

  test('what changes after the comparison is left, and is nobody’s loss', async () => {
    const { here, there, compare, pair, write } = await desk();
    await write(here, { 'a.py': 'new here', 'b.py': 'old' });
    await write(there, { 'b.py': 'new there' });
    const plan = await compare();
    await write(there, { 'a.py': 'written meanwhile' });
    await write(here, { 'b.py': 'changed meanwhile' });
    const done = await pair.ask(Requests.transferFiles, {
      ...{ plan: plan.plan, progress: 'p' },
      choices: { conflicts: 'theirs', deletions: 'delete' },
    });
    assert.deepEqual(done.left.map((one) => one.path).sort(), ['a.py', 'b.py']);
    assert.equal(await readFile(path.join(there, 'a.py'), 'utf8'), 'written meanwhile');
    assert.equal(await readFile(path.join(here, 'b.py'), 'utf8'), 'changed meanwhile');
    const failure = await failureOf(
      pair.ask(Requests.transferFiles, { plan: plan.plan, choices: SKIP, progress: 'p' }),
    );
    assert.equal(failure.code, 'files.no-plan');
  });

  test('a job without tar says so; one that is elsewhere, not running or not allowed, too', async () => {
    const { clusters, compare, place, pair } = await desk();
    const bin = path.join(root, 'bin');
    await mkdir(bin);
    for (const tool of ['sh', 'find', 'stat', 'mv', 'mkdir', 'rm', 'sha256sum', 'date'])
      await symlink(execFileSync('which', [tool]).toString().trim(), path.join(bin, tool));
    const { path: before } = clusters;
    clusters.path = bin;
    const failure = await failureOf(compare());
    assert.match(failure.message, /no program “tar”/);
    clusters.path = before;
    assert.equal((await failureOf(compare({ context: 'other' }))).code, 'job.other-cluster');
    const elsewhere = await failureOf(compare({ cluster: '00000000' }));
    assert.match(elsewhere.message, /in another cluster than prod/);
    assert.equal((await failureOf(compare({ job: { ...place.job, name: 'nobody' } }))).code, 'job.gone');
    assert.equal((await failureOf(compare({ pod: 'box-7' }))).code, 'files.not-running');
    assert.equal((await failureOf(compare({ there: '/work/../etc' }))).code, 'files.no-folder');
    assert.equal(
      (
        await failureOf(
          pair.ask(Requests.compareFiles, {
            ...place,
            direction: 'down',
            here: '/tmp',
            there: `${root}/none`,
            exclude: [],
            progress: '',
          }),
        )
      ).code,
      'files.no-folder',
    );
  });
});

describe('a copy in one direction', () => {
  test('deletes nothing, and replaces only what it may', async () => {
    const { here, there, run, write } = await desk();
    await write(here, { 'a/x.py': 'here', 'a/new.py': '1', 'other.py': '1' });
    await write(there, { 'a/x.py': 'there', 'a/only.py': '1' });
    const only = ['a'];
    const up: Partial<FilesCompareParams> = { direction: 'up', only };
    const first = await run(SKIP, up);
    assert.deepEqual(first.plan.conflicts, ['a/x.py']);
    assert.equal(await readFile(path.join(there, 'a/x.py'), 'utf8'), 'there');
    assert.ok(existsSync(path.join(there, 'a/new.py')) && !existsSync(path.join(there, 'other.py')));
    await run({ conflicts: 'mine', deletions: 'skip' }, up);
    assert.equal(await readFile(path.join(there, 'a/x.py'), 'utf8'), 'here');
    only[0] = 'a/only.py';
    await run(SKIP, { direction: 'down', only });
    assert.deepEqual(readdirSync(path.join(here, 'a')).sort(), ['new.py', 'only.py', 'x.py']);
    await run({ conflicts: 'mine', deletions: 'skip' }, { direction: 'up', there: path.join(there, 'made/for it') });
    assert.ok(existsSync(path.join(there, 'made/for it/other.py')));
    assert.ok(!existsSync(path.join(there, '.gpuctl-sync')), 'a copy leaves no mark');
  });

  test('does not follow links, and knows two names of a file', async () => {
    const { here, there, run, write } = await desk();
    const outside = path.join(root, `outside-${last}`);
    await mkdir(outside);
    await write(there, { 'd/x': 'job', one: 'same bytes' });
    execFileSync('ln', [path.join(there, 'one'), path.join(there, 'two')]);
    await symlink(outside, path.join(here, 'd'));
    const done = await run(BOTH, { direction: 'down' });
    assert.deepEqual(readdirSync(outside), []);
    assert.ok(
      done.left.some((one) => one.path === 'd'),
      JSON.stringify(done.left),
    );
    assert.equal(await readFile(path.join(here, 'two'), 'utf8'), 'same bytes');
    assert.equal(await readlink(path.join(here, 'd')), outside);
  });

  test('tells how far it is, and can be called off: no half file is left', async () => {
    const { here, there, clusters, compare, pair, write } = await desk();
    clusters.stall = 4 << 20;
    await write(here, { 'big.bin': randomBytes(40 << 20), small: '1' });
    const plan = await compare({ direction: 'up' });
    const { CancellationTokenSource } = await import('vscode-languageserver');
    const source = new CancellationTokenSource();
    pair.client.onNotification(ServerNotifications.filesProgress.method, ({ of }: FilesProgressDto) => {
      if (of) source.cancel();
    });
    const params = { plan: plan.plan, choices: SKIP, progress: 'p' };
    const error = await pair.client.sendRequest(Requests.transferFiles.method, params, source.token).then(
      () => undefined,
      (thrown) => thrown,
    );
    assert.equal(error?.code, -32800);
    assert.deepEqual([...(await readTree(there)).keys()], []);
    await pair.until('nothing is left', () => readdirSync(there).length === 0);
  });
});

describe('a sync that is interrupted anywhere', { timeout: 600_000 }, () => {
  const seeds = Number(process.env.GPUCTL_SEEDS ?? 12);
  for (let seed = 1; seed <= seeds; seed++)
    test(`ends equal and loses nothing (${seed})`, async () => {
      const random = createRandom(seed * 7919);
      const { here, there, clusters, run } = await desk();
      const edit = async (count: number, mark: string) => {
        for (let n = 0; n < count; n++) await editAtRandom(random() < 0.5 ? here : there, random, `${mark}.${n}`);
      };
      const agreed = new Agreed(here, there);
      await edit(40, 'first');
      for (let round = 0; round < 5; round++) {
        const before = await agreed.look();
        const edits = agreed.edits(before);
        clusters.programs = 0;
        clusters.cut = { program: 1 + Math.floor(random() * 7), bytes: Math.floor(random() ** 3 * 400_000) };
        await run(BOTH).catch((error) => assert.equal(error.data?.code, 'exec.torn', error.stack));
        clusters.cut = undefined;
        const half = await agreed.look();
        nothingIsTorn(before, half);
        nothingIsLost(edits, half);
        if (random() < 0.5) {
          await ends(run, here, there);
          nothingIsLost(edits, await agreed.look());
        }
        await edit(6, `round ${round}`);
      }
      const edits = agreed.edits(await agreed.look());
      await ends(run, here, there);
      nothingIsLost(edits, await agreed.look());
    });
});

/** The second of two syncs in a row finds nothing to do. */
async function ends(run: (choices: FilesChoices) => Promise<FilesDoneDto>, here: string, there: string): Promise<void> {
  const before = await run(BOTH);
  const { left, ...counts } = await run(BOTH);
  assert.deepEqual(Object.values(counts).filter(Number), [], JSON.stringify([before, counts]));
  const without = (tree: Map<string, string>) =>
    new Map([...tree].filter(([at]) => !left.some(({ path: one }) => at === one || at.startsWith(`${one}/`))));
  assert.deepEqual(without(await readTree(here)), without(await readTree(there)));
}

/** What lies on a side after an interruption lay on one of them before, wholly. */
function nothingIsTorn(before: Trees, half: Trees): void {
  const known = new Set([...before.here.values(), ...before.there.values()].map(bare));
  for (const side of [half.here, half.there])
    for (const [at, content] of side) assert.ok(known.has(bare(content)), `${at} is ${content}, which was nowhere`);
}

describe('single files of a job', () => {
  test('are looked at, written whole, moved and deleted', async () => {
    const { there, pair, place, write } = await desk();
    await write(there, { 'a.txt': 'hello', 'folder/数据': 'x' });
    await symlink('folder', path.join(there, 'link'));
    await chmod(path.join(there, 'a.txt'), 0o640);
    const at = (file: string) => ({ ...place, path: path.join(there, file) });
    assert.deepEqual(await pair.ask(Requests.jobFolders, place), { folders: [there], pod: 'box-0' });
    const stat = await pair.ask(Requests.statFile, at('a.txt'));
    assert.deepEqual([stat.kind, stat.isLink, stat.size, stat.writable], ['file', false, 5, true]);
    assert.deepEqual(await pair.ask(Requests.listFolder, at('')), [
      { name: 'a.txt', kind: 'file', isLink: false, size: 5 },
      { name: 'folder', kind: 'folder', isLink: false, size: (await lstat(path.join(there, 'folder'))).size },
      { name: 'link', kind: 'folder', isLink: true, size: (await lstat(path.join(there, 'folder'))).size },
    ]);
    const base64 = Buffer.from('你好\n').toString('base64');
    await pair.ask(Requests.writeJobFile, { ...at('a.txt'), base64, create: false, overwrite: true });
    assert.deepEqual(await pair.ask(Requests.readJobFile, at('a.txt')), { base64 });
    assert.equal((await lstat(path.join(there, 'a.txt'))).mode & 0o777, 0o640);
    await pair.ask(Requests.writeJobFile, { ...at('link/new'), base64: '', create: true, overwrite: false });
    assert.equal((await readFile(path.join(there, 'folder/new'))).length, 0);
    const code = async (promise: Promise<unknown>) => (await failureOf(promise)).code;
    assert.equal(await code(pair.ask(Requests.statFile, at('none'))), 'files.not-found');
    assert.equal(await code(pair.ask(Requests.readJobFile, at('folder'))), 'files.is-folder');
    assert.equal(await code(pair.ask(Requests.listFolder, at('a.txt'))), 'files.no-folder');
    assert.equal(
      await code(pair.ask(Requests.writeJobFile, { ...at('a.txt'), base64, create: true, overwrite: false })),
      'files.exists',
    );
    assert.equal(
      await code(pair.ask(Requests.writeJobFile, { ...at('x/y'), base64, create: true, overwrite: false })),
      'files.not-found',
    );
    assert.equal(
      await code(
        pair.ask(Requests.renameJobFile, { ...at('a.txt'), to: path.join(there, 'folder/new'), overwrite: false }),
      ),
      'files.exists',
    );
    assert.equal(
      await code(pair.ask(Requests.deleteJobFile, { ...at('folder'), recursive: false })),
      'files.not-empty',
    );
    assert.equal(await code(pair.ask(Requests.makeJobFolder, at('folder'))), 'files.exists');
    await pair.ask(Requests.makeJobFolder, at('made'));
    await pair.ask(Requests.renameJobFile, { ...at('a.txt'), to: path.join(there, 'made/b.txt'), overwrite: false });
    await pair.ask(Requests.deleteJobFile, { ...at('link'), recursive: true });
    assert.ok(existsSync(path.join(there, 'folder')), 'a link is deleted, not what it leads to');
    await pair.ask(Requests.deleteJobFile, { ...at('folder'), recursive: true });
    assert.deepEqual([...(await readTree(there)).keys()], ['made', 'made/b.txt']);
  });

  test('are not opened above 20 MB, and never left half written', async () => {
    const { there, pair, place, clusters, write } = await desk();
    await write(there, { large: Buffer.alloc((20 << 20) + 1), kept: 'old' });
    const at = (file: string) => ({ ...place, path: path.join(there, file) });
    assert.equal((await failureOf(pair.ask(Requests.readJobFile, at('large')))).code, 'files.too-large');
    clusters.programs = 0;
    clusters.cut = { program: 0, bytes: 100_000 };
    const base64 = randomBytes(1 << 20).toString('base64');
    const failure = await failureOf(
      pair.ask(Requests.writeJobFile, { ...at('kept'), base64, create: true, overwrite: true }),
    );
    assert.equal(failure.code, 'exec.torn');
    clusters.cut = undefined;
    assert.equal(await readFile(path.join(there, 'kept'), 'utf8'), 'old');
    await pair.until('nothing is left beside', () => readdirSync(there).length === 2);
  });
});
