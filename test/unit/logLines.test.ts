/** Lines of a log: cut out of chunks, cleaned, counted, put in order. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineStream, WHOLE } from '../../server/src/operations/logs/lineStream.ts';
import { LineReader, toShownLine } from '../../server/src/operations/logs/logLine.ts';
import type { LogPlaces } from '../../server/src/protocol.ts';

const refused = (error: unknown): void => assert.fail(String(error));

/** A time so many microseconds after a second of the year. */
const at = (second: number, micros = 0): string =>
  `${new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString().slice(0, 19)}.${String(micros).padStart(6, '0')}000Z`;

test('of a line without an end that began with a return so much is held, and no more', () => {
  const reader = new LineReader();
  const chunk = 'x'.repeat(65_536);
  reader.read(`${at(1)} \r`);
  const began = Date.now();
  for (let count = 0; count < 400; count++) reader.read(chunk);
  assert.ok(Date.now() - began < 2_000, `${Date.now() - began} ms`);
  const [line] = reader.end();
  assert.ok((line?.text.length ?? 0) < 200_000, `${line?.text.length}`);
});

describe('a line as it is shown', () => {
  test('has no colours, titles, links and other orders to a terminal', () => {
    for (const [raw, shown] of [
      ['\u001b[1;31mERROR\u001b[0m it broke', 'ERROR it broke'],
      ['\u001b]0;title\u0007text', 'text'],
      ['\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\ after', 'link after'],
      ['\u001b[?25l\u001b[2K\u001b(Bx\u001b[38;2;1;2;3my\u001bM', 'xy'],
      ['a\u0008\u0000\u0007b\tc', 'ab\tc'],
      ['plain 漢字 🙂', 'plain 漢字 🙂'],
    ] as const)
      assert.equal(toShownLine(raw), shown);
  });

  test('is of a progress bar the last state', () => {
    assert.equal(toShownLine('\r  1%|  | 1/9\r 50%|▌ | 5/9\r100%|█| 9/9'), '100%|█| 9/9');
    assert.equal(toShownLine('windows\r'), 'windows');
    assert.equal(toShownLine('done\r          \r'), 'done');
    assert.equal(toShownLine('\u001b[A\r 3%\u001b[K\r\u001b[32m 7%\u001b[0m'), ' 7%');
  });

  test('is of an endless one the beginning', () => {
    const shown = toShownLine('x'.repeat(100_000));
    assert.ok(shown.length < 17_000 && shown.endsWith(' …'));
  });
});

describe('lines out of chunks', () => {
  test('are the same wherever the chunks are cut, also within a colour', () => {
    const texts = ['one', '\u001b[1;31mtwo\u001b[0m', '', '\r 1%\r 2%', 'four 漢字', '2026-01-01 no time of ours'];
    const raw = texts.map((text, index) => `${at(index)} ${text}\n`).join('');
    const expected = ['one', 'two', '', ' 2%', 'four 漢字', '2026-01-01 no time of ours'];
    for (let size = 1; size < 50; size++) {
      const reader = new LineReader();
      const lines = [];
      for (let from = 0; from < raw.length; from += size) lines.push(...reader.read(raw.slice(from, from + size)));
      assert.deepEqual(
        lines.map(({ text }) => toShownLine(text)),
        expected,
        `${size}`,
      );
      assert.deepEqual(
        lines.map(({ time }) => time),
        texts.map((_, index) => at(index)),
      );
    }
  });

  test('have their times in UTC with nine digits, however the runtime writes them', () => {
    const reader = new LineReader();
    const lines = reader.read(
      '2026-01-01T08:00:00.5+08:00 a\n2026-01-01T00:00:01Z b\n2026-01-01T00:00:02.123456789Z c\nfailed to read\n',
    );
    assert.deepEqual(lines, [
      { time: '2026-01-01T00:00:00.500000000Z', text: 'a' },
      { time: '2026-01-01T00:00:01.000000000Z', text: 'b' },
      { time: '2026-01-01T00:00:02.123456789Z', text: 'c' },
      { time: '2026-01-01T00:00:02.123456789Z', text: 'failed to read' },
    ]);
  });

  test('that never end are held in part; a progress bar without an end is shown now and then', () => {
    const reader = new LineReader();
    let shown = reader.read(`${at(1)} `).length;
    for (let step = 0; step < 20_000; step++) shown += reader.read(`\r${step} of 20000 ${'.'.repeat(40)}`).length;
    assert.ok(shown > 50 && shown < 500, `${shown}`);
    assert.match(reader.end().at(-1)?.text ?? '', /19999 of 20000/);
    for (let piece = 0; piece < 1_000; piece++) reader.read('y'.repeat(64_000));
    assert.ok((reader.end()[0]?.text.length ?? 0) < 200_000);
  });
});

/** A log as the API server gives it: from a whole second on, or the last lines. */
const lines = (count: number, perSecond: number, name = '') =>
  Array.from({ length: count }, (_, index) => {
    const micros = Math.floor((index % perSecond) * (1e6 / perSecond) * 0.5); // two lines of a time, and of a text
    return `${at(Math.floor(index / perSecond), micros - (micros % 7))} ${name}${Math.floor(index / 3)}\n`;
  });
const since = (log: string[], from: string | undefined, tail: number) =>
  from === undefined ? log.slice(-tail) : log.filter((line) => line.slice(0, 19) >= from.slice(0, 19));

describe('a stream that is torn', () => {
  for (const [what, cut] of [
    ['keeps what it knows', false],
    ['begins anew from what its reader knows', true],
  ] as const)
    test(`neither loses nor doubles a line when it ${what}`, async () => {
      const log = lines(4_000, 400);
      let seed = 7;
      const random = (below: number) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return seed % below;
      };
      let text = '';
      let places: LogPlaces = {};
      const taker = {
        append: async (batch: string, more: LogPlaces) => {
          text += batch;
          places = { ...places, ...JSON.parse(JSON.stringify(more)) };
        },
        note: async () => {},
      };
      const open = () => {
        const stream = new LineStream(taker, refused);
        return { stream, source: stream.source('pod', '', places.pod) };
      };
      let { stream, source } = open();
      let written = 100;
      for (let tear = 0; tear < 200; tear++) {
        written = Math.min(log.length, written + random(40));
        const raw = since(log.slice(0, written), source.resume(), 10_000).join('');
        await source.write(raw.slice(0, random(2) ? raw.length : random(raw.length + 1)));
        await stream.flush();
        if (cut) ({ stream, source } = open());
      }
      await source.write(since(log, source.resume(), 10_000).join(''));
      await stream.flush();
      const expected = log.map((line) => line.slice(31)).join('');
      assert.ok(text === expected, `${text.length} characters, ${expected.length} expected`);
    });

  test('shows no state of a progress bar twice after a tear', async () => {
    const got: string[] = [];
    const stream = new LineStream({ append: async (text) => void got.push(text), note: async () => {} }, refused);
    const source = stream.source('pod', '');
    const bar = (from: number) =>
      Array.from({ length: 400 }, (_, index) => `\r ${from + index} of the epoch ------------`).join('');
    const begin = `${at(1)} begin\n${at(2)} `;
    await source.write(begin + bar(0));
    await source.write(bar(400));
    await stream.flush();
    const before = got.join('');
    assert.equal(before.split('\n').length, 4);
    for (let tear = 0; tear < 3; tear++) {
      source.resume();
      await source.write(begin + bar(0));
      if (tear) await source.write(bar(400));
      await stream.flush();
      assert.equal(got.join(''), before);
    }
    await source.write(bar(800));
    await stream.flush();
    assert.equal(got.join(''), `${before} 1198 of the epoch ------------\n`);
    await source.write(`\r done\n`);
    await stream.flush();
    assert.ok(got.join('').endsWith('------------\ndone\n') || got.join('').endsWith('------------\n done\n'));
  });

  test('goes on by times where the file was rotated meanwhile', async () => {
    const log = lines(100, 10);
    let text = '';
    const stream = new LineStream(
      {
        append: async (batch) => {
          text += batch;
        },
        note: async () => {},
      },
      refused,
    );
    const source = stream.source('pod', '');
    source.resume();
    await source.write(log.slice(0, 55).join(''));
    assert.equal(source.resume(), '2026-01-01T00:00:04Z');
    await source.write(log.slice(52).join('')); // the file begins here by now
    await stream.flush();
    assert.equal(text, log.map((line) => line.slice(31)).join(''));
  });
});

describe('several sources', () => {
  const merged = async (patience?: typeof WHOLE) => {
    const got: string[] = [];
    const notes: string[] = [];
    const taker = {
      append: async (text: string) => void got.push(...text.split('\n').slice(0, -1)),
      note: async ({ key }: { key: string }) => void notes.push(`${key} after ${got.length}`),
    };
    return { got, notes, stream: new LineStream(taker, refused, patience) };
  };

  test('are joined in the order of time, whatever comes first', async () => {
    const { got, stream } = await merged(WHOLE);
    const sources = [0, 1, 2].map((rank) => stream.source(`${rank}`, `[rank ${rank}] `));
    const expected: string[] = [];
    await Promise.all(
      sources.map(async (source, rank) => {
        for (let index = 0; index < 300; index++) {
          if (index % 50 === 0) await sleep(rank * 3);
          await source.write(`${at(index, rank)} ${index}\n`);
        }
        source.end();
      }),
    );
    for (let index = 0; index < 300; index++) for (const rank of [0, 1, 2]) expected.push(`[rank ${rank}] ${index}`);
    await stream.flush();
    assert.deepEqual(got, expected);
  });

  test('wait a little for one another, and no longer', async () => {
    const { got, stream } = await merged({ opening: 400, quiet: 60 });
    const [a, b] = [stream.source('a', 'a '), stream.source('b', 'b ')];
    await a.write(`${at(2)} second\n`);
    await sleep(100);
    assert.deepEqual(got, [], 'b is being opened');
    await b.write(`${at(1)} first\n`);
    await sleep(100);
    assert.deepEqual(got, ['b first', 'a second']);
    await a.write(`${at(4)} fourth\n`);
    await b.write(`${at(3)} third\n`);
    await sleep(100);
    assert.deepEqual(got.slice(2), ['b third', 'a fourth']);
    const began = Date.now();
    await a.write(`${at(5)} alone\n`);
    while (got.length < 5) await sleep(2);
    assert.ok(Date.now() - began < 200, 'a quiet one holds nobody up');
  });

  test('hold so much and no more while one says nothing, and hand on a word of ours in its place', async () => {
    const { got, notes, stream } = await merged({ opening: 60_000, quiet: 60_000 });
    const [a] = [stream.source('a', ''), stream.source('b', '')];
    a.note({ key: 'log.gone' } as never);
    const began = Date.now();
    for (let index = 0; index < 5_000; index++) await a.write(`${at(index)} ${'x'.repeat(100)}\n`);
    assert.ok(Date.now() - began < 5_000);
    assert.ok(got.length > 2_000);
    assert.deepEqual(notes, ['log.gone after 0']);
    await stream.flush();
    assert.equal(got.length, 5_000);
  });
});
