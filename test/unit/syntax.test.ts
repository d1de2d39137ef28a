import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { Finding, TextChange } from '../../server/src/model/finding.ts';

const folder = path.join(import.meta.dirname, '../fixtures/syntax');
const MARK = /^(#?[ \t]*)(\^+) (error|warning|information|hint) ([\w.-]+) ?(.*)$/;

interface Expected {
  /** Of the text without marks. */
  start: number;
  end: number;
  severity: string;
  code: string;
  words: string;
}

/** The text of a fixture without its marks, and what these say. */
function readFixture(file: string): { text: string; expected: Expected[] } {
  const expected: Expected[] = [];
  let text = '';
  let lineStart = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, before, carets, severity = '', code = '', words = ''] = MARK.exec(line) ?? [];
    if (before === undefined || carets === undefined) {
      lineStart = text.length;
      text += `${line}\n`;
    } else {
      const start = lineStart + before.length;
      expected.push({ start, end: start + carets.length, severity, code, words });
    }
  }
  return { text, expected };
}

interface Told extends Finding {
  at: number;
}
const findingsOf = (text: string): Told[] =>
  documentsOf(checkFile(text, 'gpuctl')).flatMap(({ offset, document }) =>
    document.findings.map((finding) => ({ ...finding, at: offset })),
  );

/** A finding as people would point at it. */
function show(text: string, start: number, end: number, severity: string, code: string): string {
  const line = text.slice(0, start).split('\n').length;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return `${text.split('\n')[line - 1]}\n${' '.repeat(start - lineStart)}${'^'.repeat(end - start)} ${severity} ${code}`;
}

function apply(text: string, edits: readonly TextChange[], at: number): string {
  let result = text;
  for (const { range, text: by } of [...edits].sort((a, b) => b.range.start - a.range.start))
    result = result.slice(0, at + range.start) + by + result.slice(at + range.end);
  return result;
}

const important = ({ severity, code }: Finding) =>
  severity !== 'information' && severity !== 'hint' && code !== 'image.latest';

describe('one finding for one mistake, on its line', () => {
  for (const file of globSync('*.yaml', { cwd: folder }).sort()) {
    const { text, expected } = readFixture(path.join(folder, file));

    test(file, () => {
      const told = findingsOf(text)
        .filter(important)
        .sort((a, b) => a.at + a.range.start - b.at - b.range.start);
      assert.deepEqual(
        told.map(({ range, severity, code, at }) => show(text, at + range.start, at + range.end, severity, code)),
        expected.map(({ start, end, severity, code }) => show(text, start, end, severity, code)),
      );
      told.forEach(({ message }, index) => {
        const said = toText(message, 'en');
        assert.ok(said.includes(expected[index]?.words ?? ''), `“${said}” does not say “${expected[index]?.words}”`);
      });
    });

    if (text.startsWith('# mendable')) {
      test(`${file}: the fixes mend it`, () => {
        let mended = text;
        for (let round = 0; round <= expected.length; round++) {
          const [first] = findingsOf(mended).filter(({ code }) => ['yaml.syntax', 'value.wrong-type'].includes(code));
          if (!first) return;
          const [fix] = first.fixes ?? [];
          assert.ok(fix?.edits?.length, `no fix for ${toText(first.message, 'en')}`);
          mended = apply(mended, fix.edits, first.at);
        }
        assert.fail(`still broken:\n${mended}`);
      });
    }
  }
});

describe('broken texts', () => {
  const VALID = 'kind: training\njob:\n  name: hello\nenvironment:\n  image: python:3.12\n';
  const syntax = (text: string) =>
    (readDocument(text, 'gpuctl')?.findings ?? [])
      .filter(({ code }) => code === 'yaml.syntax')
      .map(({ range, message }) => `«${text.slice(range.start, range.end)}» ${toText(message, 'en')}`);

  test('characters that YAML forbids are named', () => {
    for (const [char, code] of [
      ['\0', '0000'],
      ['\x07', '0007'],
      ['\x7F', '007F'],
      ['\uD800', 'D800'],
      ['\uFFFE', 'FFFE'],
    ] as const)
      for (const text of [VALID.replace('hello', `hello${char}`), `${VALID}# ${char}\n`])
        assert.deepEqual(syntax(text), [`«${char}» The character U+${code} cannot stand in YAML. Remove it.`]);
    assert.deepEqual(syntax(VALID.replace('hello', 'hello # 你好 🚀 \u0085')), []);
  });

  test('line ends and a byte order mark shift nothing', () => {
    const broken = VALID.replace('  name', '\tname');
    for (const text of [
      broken,
      `\uFEFF${broken}`,
      broken.replaceAll('\n', '\r\n'),
      `---\n${broken}`,
      `%YAML 1.2\n---\n${broken}`,
    ])
      assert.deepEqual(syntax(text), ['«\t» A tab cannot indent a line in YAML. Use spaces.'], JSON.stringify(text));
  });

  test('a bracket is not closed at the end of a long document', () => {
    const env = Array.from({ length: 500 }, (_, index) => `    - { name: A${index}, value: "${index}" }\n`).join('');
    const text = `${VALID}  env:\n${env}resources: {gpu: 1, cpu: 4\n`;
    assert.deepEqual(syntax(text), ['«{» This `{` is not closed. Put a `}` where it ends.']);
  });

  test('what is missing behind a break is not told', () => {
    const codes = (text: string) => readDocument(text, 'gpuctl')?.findings.map(({ code }) => code);
    assert.deepEqual(codes('kind: training\njob:\n  name: "hello\nenvironment:\n  image: python:3.12\n'), [
      'yaml.syntax',
    ]);
    assert.deepEqual(codes('kind: training\n job:\n  name: hello\nenvironment:\n  image: python:3.12\n'), [
      'yaml.syntax',
    ]);
  });

  test('never more than a handful is told', () => {
    const text = `${VALID}${'\tx: 1\n'.repeat(200)}`;
    assert.ok(syntax(text).length <= 10, String(syntax(text).length));
  });
});
