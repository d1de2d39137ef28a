/** Pages of a list, cut into their elements: whatever is in them, and wherever the bytes are cut, it is what `JSON.parse` says. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createItemSplitter } from '../../server/src/cluster/jsonItems.ts';
import { toPod, UNREAD_IN_PODS } from '../../server/src/state/project.ts';
import { recordedPod } from '../bench/recordedCluster.ts';
import { createRandom } from './random.ts';

const random = createRandom(7);
const upTo = (count: number) => Math.floor(random() * count);
const pick = <T>(from: readonly T[]): T => from[upTo(from.length)] as T;
const TEXTS = [
  '',
  'items',
  '"items":[',
  '],"items":[{',
  '\\',
  '\\"',
  '漢字🙂',
  '\u2028',
  '\n\t',
  'a,b',
  '}]',
  '{[',
  'é"',
  '\\\\',
];

/** V8 13.6 takes a key of two backslashes for one of a backslash and a quote, where an object before had that: not ours to test. */
const KEYS = TEXTS.filter((text) => text !== '\\\\');

function randomValue(depth: number): unknown {
  const kind = upTo(depth > 3 ? 4 : 6);
  if (kind === 0) return pick(TEXTS) + pick(TEXTS);
  if (kind === 1) return pick([0, -1.5e300, 12345678901, true, false, null]);
  if (kind === 2) return [];
  if (kind === 3) return {};
  if (kind === 4) return Array.from({ length: upTo(4) }, () => randomValue(depth + 1));
  return Object.fromEntries(Array.from({ length: upTo(4) }, () => [pick(KEYS), randomValue(depth + 1)]));
}

/** A page with `items` at any place, or with none; what is beside them may be anything. */
function randomPage(): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const name of ['kind', 'metadata', 'x"items', '"items"', 'Items'])
    if (random() < 0.6) entries.push([name, random() < 0.2 ? 'items' : randomValue(0)]);
  const items = Array.from({ length: upTo(5) }, () => randomValue(0));
  if (random() < 0.9) entries.splice(upTo(entries.length + 1), 0, ['items', random() < 0.1 ? null : items]);
  return Object.fromEntries(entries);
}

/** JSON as others write it: with spaces anywhere, characters as they are or escaped. */
function write(value: unknown): string {
  const text = JSON.stringify(value, null, pick([0, 0, 1, '\t']));
  return random() < 0.3
    ? text.replace(/[\u0080-\uffff]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text;
}

/** The page as its pieces say it. */
function joined(chunks: Buffer[]): unknown {
  const splitter = createItemSplitter();
  const items = chunks.flatMap((chunk) => splitter.push(chunk)).map((text) => JSON.parse(text) as unknown);
  const rest = JSON.parse(splitter.rest()) as Record<string, unknown>;
  return Array.isArray(rest.items) ? { ...rest, items: [...items, ...rest.items] } : rest;
}
const cut = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));

describe('elements of a page', () => {
  it('are what JSON.parse gives, cut at every byte', () => {
    let elements = 0;
    for (let round = 0; round < 300; round++) {
      const text = write(randomPage());
      const bytes = Buffer.from(text);
      const expected = JSON.parse(text) as { items?: unknown[] };
      elements += expected.items?.length ?? 0;
      for (let at = 0; at <= bytes.length; at++)
        assert.deepEqual(joined([bytes.subarray(0, at), bytes.subarray(at)]), expected, text);
      for (const size of [1, 2, 3, 7]) assert.deepEqual(joined(cut(bytes, size)), expected, text);
    }
    assert.ok(elements > 300, `${elements} elements`);
  });

  it('come out of the text: none of it stays', () => {
    const splitter = createItemSplitter();
    const given = splitter.push(Buffer.from('{"kind":"PodList","items":[ {"a":[1,2]} , 7 ],"metadata":{"items":[1]}}'));
    assert.deepEqual(
      given.map((text) => text.trim()),
      ['{"a":[1,2]}', '7'],
    );
    assert.equal(splitter.rest(), '{"kind":"PodList","items":[],"metadata":{"items":[1]}}');
  });

  it('are never half ones: a page that is cut off, or harmed, is no JSON', () => {
    const bytes = Buffer.from(
      JSON.stringify({ kind: 'x', items: [{ a: '\\"' }, { b: [1, '漢'] }], metadata: { c: 1 } }),
    );
    for (let at = 0; at < bytes.length; at++)
      assert.throws(() => joined([bytes.subarray(0, at)]), SyntaxError, `${at}`);
    for (const wrong of [
      '{"items":[1,]}',
      '{"items":[,1]}',
      '{"items":[1}}',
      '{"items":[{]}}',
      '{"items":[1]]',
      '<html>',
      '{"items":[{"a":1}{"b":2}]}',
    ])
      assert.throws(() => joined([Buffer.from(wrong)]), SyntaxError, wrong);
  });

  it('can be had without some lists of theirs, whatever else is in them', () => {
    for (let round = 0; round < 500; round++) {
      const list = () => Array.from({ length: upTo(3) }, () => randomValue(0));
      const value = (env: unknown[], managedFields: unknown[], nested: unknown[]) => ({
        a: pick(TEXTS.slice(0, 1)),
        '"env":[': '"env":[1]',
        env,
        environment: [1],
        metadata: { managedFields, b: [{ env: nested }, 'env'], env: { name: 'env' } },
      });
      const items = Array.from({ length: 3 }, () => [list(), list(), list()] as const);
      const text = Buffer.from(JSON.stringify({ items: items.map((lists) => value(...lists)) }));
      const read = (chunks: Buffer[]) => {
        const splitter = createItemSplitter(['env', 'managedFields']);
        return chunks.flatMap((chunk) => splitter.push(chunk)).map((item) => JSON.parse(item));
      };
      assert.deepEqual(
        read([text]),
        items.map(() => value([], [], [])),
      );
      // Where a key is cut through, its list comes.
      const [from, to] = [upTo(text.length), upTo(text.length)].sort((a, b) => a - b) as [number, number];
      const cut = read([text.subarray(0, from), text.subarray(from, to), text.subarray(to)]);
      for (const [index, item] of cut.entries()) {
        const given = items[index] as (typeof items)[number];
        const lists = [item.env, item.metadata.managedFields, item.metadata.b[0].env];
        for (const [at, one] of lists.entries()) assert.ok([0, given[at]?.length].includes(one.length));
        assert.deepEqual(item, value(lists[0], lists[1], lists[2]));
        for (const [at, one] of lists.entries()) if (one.length) assert.deepEqual(one, given[at]);
      }
    }
  });

  it('make the same of a pod without what nobody reads of it', () => {
    for (let index = 0; index < 50; index++) {
      const pod = recordedPod(index);
      const splitter = createItemSplitter(['managedFields', ...UNREAD_IN_PODS]);
      const [text = ''] = splitter.push(Buffer.from(JSON.stringify({ items: [pod] })));
      assert.ok(text.length < 0.6 * JSON.stringify(pod).length, `${text.length} characters`);
      assert.deepEqual(toPod(JSON.parse(text)), toPod(pod));
    }
  });

  it('have a greatest length', () => {
    const splitter = createItemSplitter();
    splitter.push(Buffer.from('{"items":["'));
    const chunk = Buffer.alloc(1 << 20, 'x');
    assert.throws(() => {
      for (let count = 0; count < 20; count++) splitter.push(chunk);
    }, /more than 16777216 bytes/);
  });
});
