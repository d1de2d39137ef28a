import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DocumentSymbol } from 'vscode-languageserver';
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { type Entry, outlineOf } from '../../server/src/language/outline.ts';
import { buildSelectionRange } from '../../server/src/language/selectionRanges.ts';
import { buildSymbols } from '../../server/src/language/symbols.ts';
import { parseYaml } from '../../server/src/model/parseYaml.ts';
import { atMark, openText } from './openText.ts';
import { randomYaml } from './randomYaml.ts';

const JOB = `kind: training
job:
  name: qwen2-72b-sft # a comment
environment:
  command: [torchrun, train.py]
  env:
    - name: A
      value: "1"
    - { name: B, value: two }
storage:
  workdirs:
  - path: /data
  -
    path: /models
`;

/** Names with details, children indented. */
const drawn = (symbols: readonly DocumentSymbol[], depth = 0): string[] =>
  symbols.flatMap(({ name, detail, children = [] }) => [
    `${'  '.repeat(depth)}${name}${detail === undefined ? '' : ` = ${detail}`}`,
    ...drawn(children, depth + 1),
  ]);

describe('symbols', () => {
  test('are the document with its sections, keys and named items', () => {
    assert.deepEqual(drawn(buildSymbols(openText(JOB))), [
      'qwen2-72b-sft = training',
      '  kind = training',
      '  job',
      '    name = qwen2-72b-sft',
      '  environment',
      '    command',
      '      torchrun',
      '      train.py',
      '    env',
      '      A',
      '        name = A',
      '        value = 1',
      '      B',
      '        name = B',
      '        value = two',
      '  storage',
      '    workdirs',
      '      /data',
      '        path = /data',
      '      /models',
      '        path = /models',
    ]);
  });

  test('leave foreign documents out, in both sorts of files', () => {
    const text = `apiVersion: v1\nkind: Secret\n---\n${JOB}---\nfoo: bar\n`;
    assert.deepEqual(
      buildSymbols(openText(text, 'yaml')).map(({ name }) => name),
      ['qwen2-72b-sft'],
    );
    assert.deepEqual(
      buildSymbols(openText(text)).map(({ name }) => name),
      ['qwen2-72b-sft', 'gpuctl'],
    );
  });

  test('stand at their places, also behind other documents; each is within its parent', () => {
    const text = `# 你好\na: 1\n---\n${JOB}`;
    const file = openText(text, 'yaml');
    const check = (symbols: readonly DocumentSymbol[], parent?: DocumentSymbol) => {
      for (const symbol of symbols) {
        const { range, selectionRange, name, children = [] } = symbol;
        const whole = file.document.getText(range);
        assert.ok(name && whole.includes(file.document.getText(selectionRange)), name);
        if (parent) assert.ok(file.document.getText(parent.range).includes(whole), name);
        check(children, symbol);
      }
    };
    const symbols = buildSymbols(file);
    check(symbols);
    assert.equal(symbols[0]?.range.start.line, 3);
    const env = symbols[0]?.children?.[2]?.children?.[1];
    assert.equal(
      file.document.getText(env?.range),
      'env:\n    - name: A\n      value: "1"\n    - { name: B, value: two }',
    );
    assert.equal(file.document.getText(env?.selectionRange), 'env');
  });

  test('are there in broken documents, too', () => {
    const broken =
      'kind: training\njob:\n  name: "a\n  priority: low\nresources: {gpu: 1,\nstorage:\n\tworkdirs: [\noutput:\n';
    assert.deepEqual(
      buildSymbols(openText(broken))[0]?.children?.map(({ name }) => name),
      ['kind', 'job', 'resources', 'storage', 'output'],
    );
  });

  test('are the documents alone where there are very many', () => {
    const symbols = buildSymbols(openText(`${JOB}---\n`.repeat(101)));
    assert.equal(symbols.length, 101);
    assert.ok(symbols.every(({ name, children }) => name === 'qwen2-72b-sft' && !children?.length));
  });
});

describe('the outline', () => {
  test('finds the keys and values that the parser finds', () => {
    const next = randomYaml(20261124);
    for (let round = 0; round < 800; round++) {
      const text = next();
      same(parseYaml(text)?.contents, outlineOf(text).entries, text);
    }
  });

  test('ends on hostile text', () => {
    const hostile = ['[', '{', '- ', '"', 'a: "\n', ' b: [\n', '&', '? ', '\0', '\uD800', '---\n', 'a:\n '];
    for (const text of hostile) outlineOf(text.repeat(20_000));
    const stairs = Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a: "`).join('\n');
    assert.ok(outlineOf(stairs).entries.length);
  });
});

function same(node: unknown, entries: readonly Entry[], text: string): void {
  if (!isMap(node) && !isSeq(node)) {
    assert.deepEqual(entries, [], text);
    return;
  }
  assert.equal(entries.length, node.items.length, text);
  node.items.forEach((item, index) => {
    const entry = entries[index] as Entry;
    const value = (isMap(node) ? (item as Pair).value : item) as Node | null;
    const written = (from?: number, to?: number) => text.slice(from, to);
    if (isMap(node)) {
      const [from, to] = ((item as Pair).key as Node).range ?? [];
      assert.equal(written(entry.start, entry.keyEnd), written(from, to), text);
    }
    const inOnePiece =
      isAlias(value) || (isScalar(value) && !value.type?.startsWith('BLOCK')) || (value as { flow?: true })?.flow;
    if (inOnePiece && value?.range)
      assert.equal(written(entry.valueStart, entry.valueEnd), written(value.range[0], value.range[1]), text);
    same(value, entry.children, text);
  });
}

describe('selection', () => {
  const growing = (marked: string) => {
    const { text, at } = atMark(marked);
    const file = openText(text);
    const steps: string[] = [];
    let step: ReturnType<typeof buildSelectionRange> | undefined = buildSelectionRange(file, at);
    for (; step; step = step.parent) steps.push(file.document.getText(step.range));
    return steps;
  };

  test('grows from word to value, pair, section, document and file', () => {
    assert.deepEqual(growing('kind: pool\n---\nkind: training\njob:\n  name: my-j|ob\n  priority: low\n'), [
      'job',
      'my-job',
      'name: my-job',
      'name: my-job\n  priority: low',
      'job:\n  name: my-job\n  priority: low',
      'kind: training\njob:\n  name: my-job\n  priority: low',
      'kind: pool\n---\nkind: training\njob:\n  name: my-job\n  priority: low\n',
    ]);
  });

  test('grows within quotes and flow style, and in broken text', () => {
    assert.deepEqual(growing('a: [x, {b: "c |d"}]\n').slice(0, 5), ['d', 'c d', '"c d"', 'b: "c d"', '{b: "c d"}']);
    assert.deepEqual(growing('a: [x, {b|: 1\nc: 2\n').slice(0, 2), ['b', 'b: 1']);
  });

  test('holds the place itself, wherever that is', () => {
    const text = '# a\n\nkind: training\n\njob:\n  - x\n---\n...\n';
    for (let at = 0; at <= text.length; at++) {
      const steps = growing(`${text.slice(0, at)}|${text.slice(at)}`);
      assert.equal(steps.at(-1), text);
    }
  });
});
