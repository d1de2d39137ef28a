/** The pure parts of transfers of files: what is done with two folders, archives, patterns, listings, addresses, sentences. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { toAuthority, toPlace } from '../../client/src/features/files/jobUri.ts';
import { commonFolder, isAsked, toDeletions, toDone } from '../../client/src/features/files/words.ts';
import { toSize } from '../../client/src/infrastructure/size.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import { copyNameOf } from '../../server/src/operations/files/compare.ts';
import { Excludes } from '../../server/src/operations/files/excludes.ts';
import { unfitFor } from '../../server/src/operations/files/fitting.ts';
import { type Choices, decide, planSteps, type Step } from '../../server/src/operations/files/plan.ts';
import { type Packed, pack, unpack } from '../../server/src/operations/files/tar.ts';
import { parseHashes, parseListing } from '../../server/src/operations/files/thereTree.ts';
import { type Content, type Entry, parentsOf } from '../../server/src/operations/files/tree.ts';
import { createRandom } from './random.ts';

type Side = Map<string, Content>;

describe('a plan for two folders', () => {
  const plan = (base: object, here: object, there: object) =>
    planSteps('both', {
      base: new Map(Object.entries(base)),
      here: new Map(Object.entries(here)),
      there: new Map(Object.entries(there)),
    }).map((step) => `${step.do} ${step.path}`);

  test('follows who changed what', () => {
    const base = { a: '1', b: '1', c: '1', d: '1', e: '1', f: '1', g: '1' };
    const here = { a: '2', b: '1', d: '1', e: '2', f: '2', g: '1', new: 'x' };
    const there = { a: '1', b: '2', c: '1', e: '3', g: '1' };
    assert.deepEqual(plan(base, here, there), [
      ...['upload a', 'download b', 'delete-there c', 'delete-here d'],
      ...['conflict e', 'upload f', 'same g', 'upload new'],
    ]);
  });

  test('deletes a folder only with all that is in it', () => {
    assert.deepEqual(plan({ d: 'd', 'd/a': '1' }, {}, { d: 'd', 'd/a': '1', 'd/new': '2' }), [
      'delete-there d/a',
      'download d/new',
    ]);
    assert.deepEqual(plan({ d: 'd', 'd/a': '1' }, {}, { d: 'd', 'd/a': '1' }), ['delete-there d', 'delete-there d/a']);
  });

  test('touches nothing where a folder stands beside a file', () => {
    assert.deepEqual(plan({}, { d: 'd', 'd/a': '1' }, { d: 'file' }), ['clash d']);
  });

  test('does nothing where it is not known what is there', () => {
    const known = { base: new Map([['d/a', '1']]), here: new Map([['d/a', '1']]), there: new Map([['d/b', '2']]) };
    const isUnknown = { here: () => false, there: (at: string) => at.startsWith('d/') };
    // What is seen there comes all the same: here it is known to be missing.
    assert.deepEqual(planSteps('both', { ...known, isUnknown }), [{ do: 'download', path: 'd/b' }]);
  });

  test('of random folders makes both the same, and loses nothing that somebody made', () => {
    for (let seed = 1; seed <= 3_000; seed++) {
      const random = createRandom(seed);
      const base = randomSide(random, new Map(), `base ${seed}`, 12);
      const [here, there] = [randomSide(random, base, 'here', 8), randomSide(random, base, 'there', 8)];
      const steps = planSteps('both', { base, here, there });
      const choices: Choices = { conflicts: 'both', deletions: random() < 0.5 ? 'delete' : 'restore' };
      const [mine, theirs] = carryOut(steps, choices, here, there);
      const clashes = steps.flatMap((step) => (step.do === 'clash' ? [step.path] : []));
      const isOut = (at: string) => [at, ...parentsOf(at)].some((one) => clashes.includes(one));
      const plain = (side: Side) => Object.fromEntries([...side].filter(([at]) => !isOut(at)).sort());
      assert.deepEqual(plain(mine), plain(theirs), `seed ${seed}`);
      const now = new Set([...mine.values(), ...theirs.values()]);
      for (const [at, content] of [...here, ...there])
        if (content !== base.get(at)) assert.ok(now.has(content), `seed ${seed}: ${at} ${content}`);
      const again = planSteps('both', { base: mine, here: mine, there: theirs }).filter((step) => !isOut(step.path));
      assert.ok(
        again.every((step) => step.do === 'same'),
        `seed ${seed}`,
      );
      for (const side of [mine, theirs])
        for (const at of side.keys())
          for (const parent of parentsOf(at))
            assert.equal(side.get(parent), 'd', `seed ${seed}: ${at} is in no folder`);
    }
  });

  test('in one direction deletes nothing and asks before it replaces', () => {
    const sides = {
      here: new Map([
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ]),
      there: new Map([
        ['b', 'x'],
        ['c', '3'],
        ['d', '4'],
      ]),
    };
    assert.deepEqual(
      planSteps('up', sides).map((step) => `${step.do} ${step.path}`),
      ['upload a', 'conflict b', 'same c'],
    );
    assert.deepEqual(
      planSteps('down', sides).map((step) => `${step.do} ${step.path}`),
      ['conflict b', 'same c', 'download d'],
    );
  });
});

/** Files and folders after some random edits; every text is new. */
function randomSide(random: () => number, from: Side, mark: string, edits: number): Side {
  const side = new Map(from);
  const names = ['a', 'b', 'c'];
  for (let n = 0; n < edits; n++) {
    const folders = ['', ...[...side].flatMap(([at, content]) => (content === 'd' ? [`${at}/`] : []))];
    const at = folders[Math.floor(random() * folders.length)] + (names[Math.floor(random() * 3)] as string);
    const what = random();
    const inside = [...side.keys()].filter((one) => one.startsWith(`${at}/`));
    if (what < 0.5) {
      if (side.get(at) !== 'd') side.set(at, `${mark} ${n}`);
    } else if (what < 0.7) {
      if (!side.has(at) && at.length < 6) side.set(at, 'd');
    } else for (const one of [at, ...inside]) side.delete(one);
  }
  return side;
}

/** What a plan does, in memory. */
function carryOut(steps: Step[], choices: Choices, here: Side, there: Side): [Side, Side] {
  const [mine, theirs] = [new Map(here), new Map(there)];
  const { uploads, downloads, deleteHere, deleteThere } = decide(steps, choices, (at) => `${at}.from-job`);
  const set = (side: Side, at: string, content: Content | undefined) => {
    for (const parent of parentsOf(at)) if (!side.has(parent)) side.set(parent, 'd');
    if (content !== undefined) side.set(at, content);
  };
  for (const { path: at, as } of downloads) set(mine, as ?? at, there.get(at));
  for (const { path: at, keepAs } of uploads) {
    if (keepAs !== undefined) set(theirs, keepAs, there.get(at));
    set(theirs, at, here.get(at));
  }
  for (const at of deleteThere) theirs.delete(at);
  for (const at of deleteHere) mine.delete(at);
  return [mine, theirs];
}

describe('an archive', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-tar-'));
  const names = ['a', 'Größe/数据', `${'long name '.repeat(20)}x`, 'new\nline', "it's", 'empty', '😀'.repeat(60)];
  const file = (name: string, bytes: Buffer, size = bytes.length): Packed => ({
    ...{ path: name, mode: 0o755, mtime: 1_700_000_000, size },
    read: async function* () {
      for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
    },
  });

  test('is read by tar as it was made, and has the hashes of what it holds', async () => {
    const bytes = new Map(names.map((name) => [name, name === 'empty' ? Buffer.alloc(0) : randomBytes(70_001)]));
    const entries = [
      ...[...bytes].map(([name, content]) => file(name, content)),
      { path: 'link', mode: 0o777, mtime: 1, size: 0, target: `数据/${'far '.repeat(40)}` },
    ];
    const hashes = new Map<string, string>();
    const parts: Buffer[] = [];
    for await (const part of pack(entries, (entry, hash) => hashes.set(entry.path, hash))) parts.push(part);
    const archive = Buffer.concat(parts);
    assert.equal(archive.length % 10_240, 0, 'tar reads records of 10 KiB');
    execFileSync('tar', ['xf', '-', '-C', folder], { input: archive });
    for (const [name, content] of bytes) {
      assert.ok(readFileSync(path.join(folder, name)).equals(content), name);
      assert.equal(hashes.get(name), createHash('sha256').update(content).digest('hex'));
    }
    assert.equal(lstatSync(path.join(folder, 'a')).mtimeMs, 1_700_000_000_000);
    assert.equal(readlinkSync(path.join(folder, 'link')), `数据/${'far '.repeat(40)}`);
  });

  test('keeps its form where a file is longer or shorter than was said', async () => {
    const parts: Buffer[] = [];
    const lengths: number[] = [];
    const entries = [
      file('short', Buffer.from('abc'), 600),
      file('grown', Buffer.alloc(5_000, 'x'), 10),
      file('next', Buffer.from('n')),
    ];
    for await (const part of pack(entries, (_, __, length) => lengths.push(length))) parts.push(part);
    assert.deepEqual(lengths, [3, 5_000, 1]);
    assert.equal(execFileSync('tar', ['xfO', '-', 'next'], { input: Buffer.concat(parts) }).toString(), 'n');
  });

  test('of tar is read, one after another; a torn one is told', async () => {
    writeFileSync(path.join(folder, 'one'), 'first');
    const archives = ['one', 'Größe/数据'].map((name) => execFileSync('tar', ['cf', '-', '-C', folder, `./${name}`]));
    const read = async (bytes: Buffer) => {
      const found = new Map<string, number>();
      const feed = async function* () {
        for (let at = 0; at < bytes.length; at += 7_777) yield bytes.subarray(at, at + 7_777);
      };
      await unpack(feed(), async ({ path: at, bytes: content }) => {
        let length = 0;
        for await (const chunk of content) length += chunk.length;
        found.set(at, length);
      });
      return found;
    };
    const whole = Buffer.concat(archives);
    assert.deepEqual(
      [...(await read(whole))],
      [
        ['one', 5],
        ['Größe/数据', 70_001],
      ],
    );
    await assert.rejects(read(whole.subarray(0, 30_000)));
    rmSync(folder, { recursive: true });
  });
});

test('a listing is read whatever names hold; one that is torn is not', () => {
  const token = 'f00';
  const line = (mode: string, name: string, device = 9) => `${token}|${mode}|3|${device}|100|y|z|${name}\n`;
  const text = `${token}.|9\n${token}@1000\n${line('81ed', './a|b\nc')}${line('41ed', './other', 8)}${line('81ed', '../../out')}${line('81ed', './a/../../b')}${line('81ed', '/etc/c')}${line('a1ff', './l')}${line('1180', './pipe')}${token}>./l${token}=to\nwhere\n${token}~0\n`;
  const { entries, left, isUnknown } = parseListing(Buffer.from(text), token);
  assert.deepEqual(
    [...entries].map(([at, { kind, mode, target }]) => [at, kind, mode, target]),
    [
      ['a|b\nc', 'file', 0o755, undefined],
      ['l', 'link', 0o777, 'to\nwhere'],
      ['pipe', 'other', 0o600, undefined],
    ],
  );
  assert.deepEqual(
    left.map((one) => one.path),
    ['other', 'pipe'],
  );
  assert.deepEqual([isUnknown('other/x'), isUnknown('x')], [true, false]);
  assert.throws(() => parseListing(Buffer.from(text.slice(0, -6)), token));

  const failed = Buffer.from(text.replace(/~0\n$/, '~1\n'));
  const complaints = [
    "find: './locked': Permission denied",
    'find: ./a b/locked: Permission denied',
    "stat: cannot statx './gone': No such file or directory",
    "stat: can't stat './gone too': No such file or directory",
  ];
  const partly = parseListing(failed, token, `${complaints.join('\n')}\n`);
  assert.deepEqual(
    partly.left.map((one) => one.path),
    ['other', 'pipe', 'locked', 'a b/locked'],
  );
  for (const at of ['locked/x', 'a b/locked/y', 'gone', 'gone too']) assert.ok(partly.isUnknown(at), at);
  assert.ok(!partly.isUnknown('a b/x'));
  for (const said of ['', 'find: what it does not say\n']) {
    const hardly = parseListing(failed, token, said);
    assert.ok(hardly.isUnknown('x'));
    assert.equal(hardly.left.at(-1)?.path, '.');
  }
  assert.deepEqual(
    [...parseHashes(`${'a'.repeat(64)}  ./x y\n${'b'.repeat(64)}  %n%0Al\nsha256sum: ./z: gone\n`)],
    [
      ['x y', 'a'.repeat(64)],
      ['n\nl', 'b'.repeat(64)],
    ],
  );
});

test('what is excluded follows the nearest .gitignore, and the setting above all', () => {
  const excludes = new Excludes(['.git', 'build/', '*.pt']);
  excludes.add('', '*.log\n/data\n!keep.pt\n');
  excludes.add('sub', '!loud.log\ndata\n');
  const has = (at: string, isFolder = false) => excludes.has(at, isFolder);
  for (const at of ['.git/HEAD', 'a.log', 'data/x', 'sub/data/x', 'x/build/y', 'keep.pt', '.gpuctl-sync/x'])
    assert.ok(has(at), at);
  for (const at of ['sub/loud.log', 'x/data', 'build', '.gitignore']) assert.ok(!has(at), at);
  assert.ok(has('build', true));
  for (const at of ['\\x', '..\\x', 'c:/x']) assert.ok(!has(at), at);

  const named = new Excludes(['*.pt'], ['data', 'model.pt']);
  named.add('', '/data\n*.log\n');
  for (const at of ['data', 'data/x', 'model.pt']) assert.ok(!named.has(at, at === 'data'), at);
  for (const at of ['data/x.log', 'data/y.pt', 'other.pt']) assert.ok(named.has(at, false), at);
  const taken = new Excludes([], ['deep/data']);
  taken.add('', '/*\n!/src\n');
  taken.add('deep/data', '*.tmp\n');
  assert.deepEqual([taken.has('deep/data/x', false), taken.has('deep/data/x.tmp', false)], [false, true]);
});

test('names that this machine does not take are left, and those that it takes for the same', () => {
  const tree = (...names: string[]) => new Map(names.map((name) => [name, { kind: 'file' } as Entry]));
  const left = (platform: NodeJS.Platform, ...names: string[]) =>
    unfitFor(platform, tree(...names), tree('Mine')).map((one) => one.path);
  assert.deepEqual(left('linux', 'a:b', 'README', 'readme', 'mine'), []);
  assert.deepEqual(left('darwin', 'a:b', 'README', 'readme', 'mine', 'x/.GIT/y'), ['mine', 'readme', 'x/.GIT/y']);
  assert.deepEqual(left('win32', 'a:b', 'con', 'aux.py', 'dot.', 'fine/x'), ['a:b', 'aux.py', 'con', 'dot.']);
});

test('the job’s file is named by its content where both are kept', () => {
  const content = `f:3:${'ab'.repeat(32)}`;
  assert.equal(copyNameOf('src/train.py', content), 'src/train.from-job-abababab.py');
  assert.equal(copyNameOf('.env', content), '.env.from-job-abababab');
  assert.equal(copyNameOf('a.tar.gz', content), 'a.tar.from-job-abababab.gz');
  assert.equal(copyNameOf('a.b/Makefile', content), 'a.b/Makefile.from-job-abababab');
});

test('an address names a job, its part and its cluster, whatever that is called', () => {
  const job = { namespace: 'ml-team', name: 'lab' };
  const authority = toAuthority({ job, context: 'arn:aws:eks:eu:1:cluster/A b' });
  assert.match(authority, /^lab~ml-team~[0-9a-f]{8}$/);
  const { cluster, ...place } = toPlace(authority) ?? {};
  assert.deepEqual([place, cluster?.length], [{ job }, 8]);
  assert.deepEqual(toPlace('lab~ml-team~12345678~3'), { job, cluster: '12345678', rank: 3 });
  assert.deepEqual(toPlace('lab~ml-team~12345678~lab-x7'), { job, cluster: '12345678', pod: 'lab-x7' });
  for (const other of ['', 'lab', 'lab~ml-team', 'a~b~c~d~e']) assert.equal(toPlace(other), undefined);
});

describe('what a person is told', () => {
  const texts = createTexts(() => 'en');
  const plan = {
    ...{ plan: 'p', met: true, uploads: { count: 0, bytes: 0 }, downloads: { count: 0, bytes: 0 } },
    ...{ deletedThere: [] as string[], deletedHere: [] as string[], conflicts: [], left: [] },
  };

  test('names what would be deleted, where', () => {
    const many = Array.from({ length: 14 }, (_, n) => `f${n}`);
    const lines = toDeletions({ ...plan, deletedThere: many, deletedHere: ['x'] }, texts).split('\n');
    assert.equal(lines[0], 'Gone here, would be deleted in the job:');
    assert.deepEqual(lines.slice(12, 14), ['• f11', 'and 2 more']);
    assert.deepEqual(lines.slice(-2), ['Gone in the job, would be deleted here:', '• x']);
  });

  test('is asked before the first time and before much', () => {
    assert.deepEqual(
      [isAsked(plan, 'both'), isAsked({ ...plan, met: false }, 'both'), isAsked({ ...plan, met: false }, 'up')],
      [false, true, false],
    );
    assert.ok(isAsked({ ...plan, downloads: { count: 1, bytes: 2 ** 30 } }, 'down'));
  });

  test('sums up', () => {
    const done = { uploaded: 3, downloaded: 1, deletedHere: 1, deletedThere: 2, left: [{ path: 'x', why: 'y' }] };
    assert.equal(
      toDone(done, { here: 'src', there: 'lab:/work' }, texts),
      'src and lab:/work: 3 to the job, 1 from the job, 3 deleted, 1 left as it is.',
    );
    assert.deepEqual([toSize(100), toSize(1_300_000), toSize(2 ** 31)], ['1 KB', '1.2 MB', '2 GB']);
  });

  test('is of a folder that all chosen files lie in', () => {
    const found = (...paths: string[]) => Object.values(commonFolder(paths, '/'));
    assert.deepEqual(found('/w/a.py'), ['/w', ['a.py']]);
    assert.deepEqual(found('/w/src/a', '/w/src/a/b', '/w/data'), ['/w', ['src/a', 'data']]);
    assert.deepEqual(found('/a', '/b'), ['/', ['a', 'b']]);
  });
});
