import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CORE_SCHEMA, load } from 'js-yaml';
import type { Value } from '../../server/src/model/canonical.ts';
import { toTextChanges } from '../../server/src/model/edits.ts';
import type { Change, Path } from '../../server/src/model/finding.ts';
import { SchemaSet } from '../../server/src/model/schema.ts';
import { YamlTree } from '../../server/src/model/yamlTree.ts';
import { createRandom } from './random.ts';

type Mapping = Record<string, Value>;
const ROUNDS = 4000;
const WORDS = [
  'a',
  'b c',
  'x: y',
  '# no',
  '8',
  'true',
  "it's",
  'say "x"',
  '',
  '-',
  'ü 火',
  '[',
  '{a}',
  'a,b',
  '- x',
  'null',
  '~',
  '*a',
  '&b',
  '@',
  '%',
  '|',
  'a #b',
  'a:',
  ' led',
];

/** Writes random YAML: block and flow, quotes, comments with numbers, blank lines, both line breaks. */
class Writer {
  readonly random: () => number;
  comments = 0;
  readonly withComments: boolean;
  constructor(seed: number) {
    this.random = createRandom(seed);
    this.withComments = seed % 2 === 0;
  }

  pick = <T>(from: readonly T[]): T => from[Math.floor(this.random() * from.length)] as T;
  maybe = (chance: number): boolean => this.random() < chance;
  comment = (): string => (this.withComments ? `# c${this.comments++}.` : '');

  scalar(): Value {
    return this.pick<() => Value>([
      () => Math.floor(this.random() * 100),
      () => this.maybe(0.5),
      () => this.pick(WORDS),
      () => 'word',
    ])();
  }

  value(depth: number): Value {
    if (depth > 2 || this.maybe(0.4)) return this.scalar();
    const size = Math.floor(this.random() * 4);
    if (this.maybe(0.4)) return Array.from({ length: size }, () => this.value(depth + 1));
    return Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, this.value(depth + 1)]));
  }

  document(): { text: string; value: Mapping } {
    const value: Mapping = { kind: 'x' };
    for (let index = 0; index < 3; index++) value[`s${index}`] = this.value(0);
    let text = `${this.block(value, 0).replace(/^\n/, '')}\n`;
    if (this.maybe(0.3)) text = `--- ${this.comment()}\n${text}`;
    if (this.maybe(0.3)) text = text.trimEnd();
    return { text: this.maybe(0.3) ? text.replaceAll('\n', '\r\n') : text, value };
  }

  /** What stands behind `key:` or `-`: ` scalar`, or lines. */
  block(value: Value, indent: number): string {
    const pad = ' '.repeat(indent);
    if (typeof value !== 'object' || value === null || !Object.keys(value).length || this.maybe(0.25)) {
      if (typeof value === 'string' && /^\w[\w ]*$/.test(value) && this.maybe(0.1)) {
        return ` |-${this.maybe(0.5) ? ` ${this.comment()}` : ''}\n${' '.repeat(indent + 2)}${value}`;
      }
      return ` ${this.flow(value)}${this.tail()}`;
    }
    const step = indent + this.pick([2, 2, 4]);
    if (Array.isArray(value))
      return value.map((item) => `${this.gap(pad)}\n${pad}-${this.item(item, indent)}`).join('');
    return Object.entries(value)
      .map(([key, child]) => {
        const deeper = Array.isArray(child) && indent > 0 ? this.pick([indent, step]) : step;
        return `${this.gap(pad)}\n${pad}${key}:${this.block(child, deeper)}`;
      })
      .join('');
  }

  item(item: Value, indent: number): string {
    const inner = this.block(item, indent + 2);
    return inner.startsWith(`\n${' '.repeat(indent + 2)}k`) ? ` ${inner.trimStart()}` : inner;
  }

  flow(value: Value): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.flow(item)).join(this.pick([', ', ',']))}]`;
    if (typeof value === 'object' && value !== null) {
      const pairs = Object.entries(value).map(([key, child]) => `${key}: ${this.flow(child)}`);
      return this.maybe(0.5) ? `{ ${pairs.join(', ')} }` : `{${pairs.join(', ')}}`;
    }
    if (typeof value !== 'string') return String(value);
    if (/^[a-z]+$/.test(value) && !['true', 'null'].includes(value) && this.maybe(0.6)) return value;
    return this.maybe(0.5) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
  }

  tail = (): string => (this.maybe(0.3) ? ` ${this.comment()}` : '');
  gap = (pad: string): string => (this.maybe(0.15) ? `\n${pad}${this.comment()}` : this.maybe(0.1) ? '\n' : '');
}

/** All paths below the root. */
function paths(value: Value, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return keys.flatMap((key) => [[...path, key], ...paths((value as Mapping)[key] as Value, [...path, key])]);
}

const at = (value: Value, path: Path): Value => path.reduce((one, part) => (one as Mapping)[part] as Value, value);

function change(value: Value, writer: Writer): { change: Change; expected: Value; removes: boolean } {
  const expected = structuredClone(value);
  const all = paths(expected);
  const path = writer.pick(all);
  const [holder, last] = [at(expected, path.slice(0, -1)) as Mapping, path.at(-1) as string];
  const target = at(expected, path);
  const fresh = `fresh${writer.comments++}`;
  const kind = writer.pick(['set', 'set', 'add', 'append', 'remove', 'rename']);
  if (kind === 'append' && Array.isArray(target)) {
    const item = writer.value(1);
    target.push(item);
    return { change: { do: 'append', path, value: item }, expected, removes: false };
  }
  if (kind === 'add' && typeof target === 'object' && !Array.isArray(target)) {
    const item = writer.value(1);
    (target as Mapping)[fresh] = { deep: item };
    return { change: { do: 'set', path: [...path, fresh, 'deep'], value: item }, expected, removes: false };
  }
  if (kind === 'remove') {
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
    return { change: { do: 'remove', path }, expected, removes: true };
  }
  if (kind === 'rename' && !Array.isArray(holder)) {
    holder[fresh] = target as Value;
    delete holder[last];
    return { change: { do: 'rename', path, to: fresh }, expected, removes: false };
  }
  const isCollection = typeof target === 'object' && paths(target).length > 0;
  const next = !isCollection ? writer.value(1) : Array.isArray(target) ? [writer.scalar(), 'z'] : { k0: 'y', z: 1 };
  holder[last] = next;
  return { change: { do: 'set', path, value: next }, expected, removes: isCollection };
}

test('random changes of random documents: the value is the expected one and no comment is lost', () => {
  const refused: string[] = [];
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const writer = new Writer(seed);
    const { text, value } = writer.document();
    assert.deepEqual(load(text, { schema: CORE_SCHEMA }), value, `seed ${seed}: the test's own document\n${text}`);
    let expected: Value = value;
    const changes: Change[] = [];
    let touched = false;
    for (let count = writer.pick([1, 1, 2, 3]); count > 0; count--) {
      const next = change(expected, writer);
      changes.push(next.change);
      touched ||= next.removes;
      expected = next.expected;
      if (!paths(expected).length) break;
    }
    const tree = new YamlTree(text, undefined, new SchemaSet());
    const made = toTextChanges(changes, tree);
    const about = `seed ${seed}: ${JSON.stringify(changes)}\n${text}`;
    if (!made) {
      // A collection with comments in it is not replaced by something of another kind.
      assert.ok(writer.withComments, `refused: ${about}`);
      refused.push(about);
      continue;
    }
    let result = text;
    let end = Number.POSITIVE_INFINITY;
    for (const { range, text: added } of made.toReversed()) {
      assert.ok(range.start <= range.end && range.end < end, `${about}\noverlaps: ${JSON.stringify(made)}`);
      end = range.start;
      result = result.slice(0, range.start) + added + result.slice(range.end);
    }
    assert.deepEqual(load(result, { schema: CORE_SCHEMA }), expected, `${about}\n=>\n${result}`);
    if (text.includes('\r\n')) assert.ok(!/(?<!\r)\n/.test(result), `${about}\nline breaks\n=>\n${result}`);
    if (!touched) {
      for (const [comment] of text.matchAll(/# c\d+\./g))
        assert.ok(result.includes(comment), `${about}\n=>\n${result}`);
    }
  }
  assert.ok(refused.length < ROUNDS / 50, `${refused.length} refused\n${refused.slice(0, 5).join('\n')}`);
});
