/**
 * Random edits of fixtures, one after the other: no crash, no hang, every range inside the text, and what is found after an edit is
 * what a fresh look finds. A failure prints the seed and the text.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type CheckedFile, checkFile } from '../../server/src/kinds/checkedFile.ts';
import { EveryFeature } from './everyFeature.ts';
import { createRandom } from './random.ts';

const EDITS = process.env.GPUCTL_TEST_SIZE === 'full' ? 1_000_000 : 20_000;
/** Edits of one text; it is hardly YAML any more then. */
const EDITS_OF_A_TEXT = 25;
/** Milliseconds of one edit, with all that is asked of it. */
const BOUND = 2000;

const fixtures = path.join(import.meta.dirname, '../fixtures');
const texts = globSync('{rules,syntax}/*.yaml', { cwd: fixtures })
  .sort()
  .map((file) => readFileSync(path.join(fixtures, file), 'utf8'));
const FOREIGN =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  job: |\n    kind: training\n---\nkind: training\nname: not-ours\n';

const TOKENS = [
  ...[
    '---\n',
    '...\n',
    '\n',
    '\r\n',
    ' ',
    '  ',
    '\t',
    ': ',
    ':',
    '- ',
    '-',
    '? ',
    '#',
    ' # x',
    ',',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
  ],
  ...[
    '|',
    '>-',
    '&a ',
    '*a',
    '<<: *a',
    '!!str ',
    '!x ',
    '%YAML 1.2\n',
    '@',
    '`',
    '\\',
    '\0',
    '\uFEFF',
    '\uD83D',
    '🚀',
    '你',
    '\u2028',
  ],
  ...[
    'kind: training\n',
    'job:\n',
    '  name: x\n',
    'apiVersion: v1\n',
    'null',
    '~',
    '0x1F',
    '1e5',
    '.inf',
    'true',
    'gpu: 8',
    'env: {A: b}',
  ],
];

test(`${EDITS} random edits`, { timeout: EDITS * 50 }, async () => {
  const seed = 20261123;
  const random = createRandom(seed);
  const upTo = (count: number) => Math.floor(random() * count);
  const pick = <T>(of: readonly T[]): T => of[upTo(of.length)] as T;
  const every = new EveryFeature();
  let text = '';
  let before: CheckedFile | undefined;
  let mode: 'gpuctl' | 'yaml' = 'gpuctl';
  let most = 0;

  const piece = () => {
    const start = upTo(text.length + 1);
    return [start, Math.min(text.length, start + upTo(random() < 0.7 ? 8 : 200))] as const;
  };
  const replace = (from: number, to: number, by: string) => text.slice(0, from) + by + text.slice(to);
  function edited(): string {
    const [from, to] = piece();
    switch (upTo(8)) {
      case 0:
        return replace(from, to, ''); // delete
      case 1:
        return replace(to, to, text.slice(from, to)); // duplicate
      case 2: {
        const [start, end] = piece().map((at) => Math.max(at, to)) as [number, number]; // swap
        return (
          text.slice(0, from) + text.slice(start, end) + text.slice(to, start) + text.slice(from, to) + text.slice(end)
        );
      }
      case 3:
        return random() < 0.2 ? text.slice(0, from) : replace(from, to, text.slice(from, to).toUpperCase()); // truncate
      case 4:
        return replace(from, from, String.fromCharCode(upTo(random() < 0.8 ? 256 : 65_536))); // insert a byte
      case 5: {
        const lines = text.split('\n');
        lines.splice(upTo(lines.length), 1, ...(random() < 0.5 ? [] : [`${' '.repeat(upTo(7))}${pick(lines).trim()}`]));
        return lines.join('\n'); // delete or indent a line
      }
      default:
        return replace(from, random() < 0.7 ? from : to, pick(TOKENS));
    }
  }

  for (let count = 0; count < EDITS; count++) {
    if (count % EDITS_OF_A_TEXT === 0) {
      const parts = [pick(texts), ...(random() < 0.3 ? [FOREIGN, pick(texts)] : [])];
      most = random() < 0.1 ? 4000 : 800;
      text = parts.join('---\n').slice(0, most);
      before = undefined;
      mode = random() < 0.7 ? 'gpuctl' : 'yaml';
    } else text = edited().slice(0, most);
    const began = worked();
    try {
      before = every.show(text, mode, before);
      assert.deepEqual(told(before), told(checkFile(text, mode)), 'a fresh look finds something else');
      await every.ask(upTo(text.length + 1), every.names[count % every.names.length] as string);
      if (count % 10 === 0) await every.ask(upTo(text.length + 1), 'onCompletion');
    } catch (error) {
      throw new Error(`seed ${seed}, edit ${count}, ${mode}:\n${JSON.stringify(text)}`, { cause: error });
    }
    const took = worked() - began;
    assert.ok(took < BOUND, `seed ${seed}, edit ${count} took ${took} ms:\n${JSON.stringify(text)}`);
  }
});

/** Milliseconds that this thread has worked so far: what else the machine does is not counted. */
const worked = (): number => process.threadCpuUsage().user / 1000;

/** What a check says of a file, document by document. */
const told = ({ chunks, together }: CheckedFile): string[] =>
  chunks.map(({ offset, text, document }) =>
    JSON.stringify([
      offset,
      text,
      document && [document.kindName, document.name, document.findings, document.model, together.get(document) ?? []],
    ]),
  );
