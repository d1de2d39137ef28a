import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { WriteStream } from 'node:tty';
import { ageOf } from '../../server/src/cli/age.ts';
import { Cli } from '../../server/src/cli/cli.ts';
import { UsageError } from '../../server/src/cli/exit.ts';
import { Output } from '../../server/src/cli/output.ts';
import { Table, widthOf } from '../../server/src/cli/table.ts';
import { toTargets } from '../../server/src/cli/targets.ts';
import { unifiedDiff } from '../../server/src/cli/unifiedDiff.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import { createRandom } from './random.ts';

/** An output and what was written to it; a terminal that knows colours if it `isTTY`. */
function output(isTTY: boolean): { out: Output; text(): string } {
  const stdout = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY,
    getColorDepth: WriteStream.prototype.getColorDepth,
  });
  const out = new Output({ stdout, stderr: new PassThrough() });
  return { out, text: () => (stdout.read() as string | null) ?? '' };
}

describe('a table', () => {
  it('is straight with Chinese, and stays so when it goes on', async () => {
    const { out, text } = output(false);
    const table = new Table(out, ['名称', '状态']);
    await table.print([['训练任务', '运行中']]);
    await table.print([['x', '失败']]);
    const lines = text().trimEnd().split('\n');
    assert.deepEqual(lines, ['名称       状态', '训练任务   运行中', 'x          失败']);
    assert.deepEqual(
      lines.map((line) => widthOf(line.slice(0, line.search(/(?<= {3})\S/)))),
      [11, 11, 11],
    );
  });

  it('has colours on a terminal only, and none with `--no-color`', async () => {
    const printed = async (isTTY: boolean, colours: boolean) => {
      const { out, text } = output(isTTY);
      out.colours = colours;
      await new Table(out, ['A']).print([[{ text: 'x', style: 'red' }]]);
      return text();
    };
    const before = process.env;
    // Nothing of the machine's own: CI, TMUX and others tell Node what a terminal can do, too.
    process.env = { TERM: 'xterm-256color' };
    try {
      assert.ok((await printed(true, true)).includes('\u001b['));
      assert.equal(await printed(false, true), 'A\nx\n');
      assert.equal(await printed(true, false), 'A\nx\n');
      process.env.NO_COLOR = '1';
      assert.equal(await printed(true, true), 'A\nx\n');
    } finally {
      process.env = before;
    }
  });
});

describe('a unified diff', () => {
  const { out } = output(false);
  /** What `patch` makes of a text. */
  const apply = (text: string, diff: string): string => {
    const old = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    const result: string[] = [];
    let at = 0;
    for (const line of diff.replace(/\n$/, '').split('\n').slice(2)) {
      const head = /^@@ -(\d+),(\d+) /.exec(line);
      if (head) {
        const begin = Number(head[1]) - (head[2] === '0' ? 0 : 1);
        while (at < begin) result.push(old[at++] as string);
      } else if (line.startsWith('+')) result.push(line.slice(1));
      else {
        assert.equal(line.slice(1), old[at], 'what stands there is what is there');
        if (line.startsWith(' ')) result.push(line.slice(1));
        at++;
      }
    }
    return [...result, ...old.slice(at)].map((line) => `${line}\n`).join('');
  };

  it('makes the one side of the other, whatever they are', () => {
    const random = createRandom(7);
    for (let round = 0; round < 300; round++) {
      const text = () =>
        Array.from({ length: Math.floor(random() * 30) }, () => `line ${Math.floor(random() * 8)}\n`).join('');
      const [before, after] = [text(), text()];
      const diff = unifiedDiff({ name: 'a', text: before }, { name: 'b', text: after }, out);
      if (before === after) assert.equal(diff, '');
      else assert.equal(apply(before, diff), after, diff);
    }
  });

  it('shows three lines around a change', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${index}\n`);
    const before = lines.join('');
    const diff = unifiedDiff(
      { name: 'a', text: before },
      { name: 'b', text: before.replace('\n10\n', '\nten\n') },
      out,
    );
    assert.equal(diff, '--- a\n+++ b\n@@ -8,7 +8,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n');
  });
});

describe('names of things', () => {
  it('are jobs unless a type stands before them, as a word or with a slash', () => {
    const all = ['job', 'pool', 'quota'];
    const of = (...words: string[]) => toTargets(words, all).map(({ type, name }) => `${type}:${name}`);
    assert.deepEqual(of('a', 'b'), ['job:a', 'job:b']);
    assert.deepEqual(of('pools', 'a', 'b'), ['pool:a', 'pool:b']);
    assert.deepEqual(of('job/a', 'quota/b'), ['job:a', 'quota:b']);
    assert.deepEqual(of('pool'), ['job:pool'], 'a job may be called so');
    for (const wrong of [[], ['job/'], ['node/n1'], ['deployment/x']]) assert.throws(() => of(...wrong), UsageError);
  });
});

describe('an age', () => {
  it('is as short as it can be', () => {
    const now = Date.parse('2026-01-10T00:00:00Z');
    const ages = ['2026-01-09T23:59:15Z', '2026-01-09T23:48:00Z', '2026-01-09T20:55:00Z', '2026-01-06T00:00:00Z'];
    assert.deepEqual(
      ages.map((at) => ageOf(at, now)),
      ['45s', '12m', '3h05m', '4d'],
    );
    assert.equal(ageOf(undefined, now), '-');
  });
});

describe('a question', () => {
  /** What is made of an answer; `undefined`: the terminal is closed instead. */
  async function asked(answer: string | undefined, isTTY = true, signal = new AbortController().signal) {
    const stdin = Object.assign(new PassThrough(), { isTTY });
    const stderr = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY });
    const ports = {
      version: '1',
      clusters: createClusters({}),
      env: {},
      stdin,
      stdout: new PassThrough(),
      stderr,
      signal,
    };
    const agreed = new Cli(ports, 'en', {}).isAgreed('Delete it?');
    if (answer === undefined) stdin.end();
    else stdin.write(answer);
    return { agreed: await agreed, said: stderr.read() as string };
  }

  it('is agreed to by yes alone', async () => {
    for (const yes of ['y\n', 'Yes\r\n', '是\n']) assert.ok((await asked(yes)).agreed, yes);
    for (const no of ['\n', 'n\n', 'yesterday\n', undefined]) assert.equal((await asked(no)).agreed, false, no);
    assert.equal((await asked('\n')).said, 'Delete it? [y/N] ');
  });

  it('is not asked where nobody sees it, and says how to agree', async () => {
    assert.deepEqual(await asked('y\n', false), {
      agreed: false,
      said: 'Nobody can be asked here; `--yes` agrees in advance.\n',
    });
  });

  it('ends with Ctrl-C', async () => {
    const abort = new AbortController();
    const question = asked('', true, abort.signal);
    abort.abort();
    await assert.rejects(question, { code: 'cancelled' });
  });
});
