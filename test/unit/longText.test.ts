import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { OPEN_TEXTS } from '../../server/src/language/longText.ts';
import { createRandom } from './random.ts';

const PARTS = [
  'a line of a text\n',
  '\n',
  '\r\n',
  '\r',
  'b',
  '你好 🚀',
  `${'x'.repeat(3000)}\n`,
  '\n\r',
  '\r\r\n',
  ' ',
];

test('a long text has the positions, and takes the edits, of any other', () => {
  const random = createRandom(20261123);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const write = (length: number) => {
    const parts: string[] = [];
    for (let sum = 0; sum < length; sum += (parts.at(-1) as string).length) parts.push(pick(PARTS));
    return parts.join('');
  };
  for (let round = 0; round < 2; round++) {
    const text = write(1_100_000);
    const long = OPEN_TEXTS.create('file:///a', 'yaml', 1, text);
    const usual = TextDocument.create('file:///a', 'yaml', 1, text);
    assert.notEqual(long.constructor, usual.constructor, 'it is held the other way');
    for (let version = 2; version < 40; version++) {
      const length = usual.getText().length;
      for (let look = 0; look < 20; look++) {
        const offset = Math.floor(random() * (length + 10)) - 5;
        const position = usual.positionAt(offset);
        assert.deepEqual(long.positionAt(offset), position);
        assert.equal(long.offsetAt(position), usual.offsetAt(position));
        assert.deepEqual(long.getLineRange(position.line), usual.getLineRange(position.line));
        assert.equal(long.getEOLCharacters(position.line), usual.getEOLCharacters(position.line));
        const odd = { line: position.line + Math.floor(random() * 3) - 1, character: Math.floor(random() * 4000) };
        assert.equal(long.offsetAt(odd), usual.offsetAt(odd), JSON.stringify(odd));
      }
      const from = Math.floor(random() * length);
      const range = { start: usual.positionAt(from), end: usual.positionAt(from + Math.floor(random() * 5000)) };
      assert.equal(long.getText(range), usual.getText(range));
      const changes = [
        { range, text: write(random() * 100) },
        ...(random() < 0.02 ? [{ text: write(1_200_000) }] : []),
      ];
      OPEN_TEXTS.update(long, changes, version);
      TextDocument.update(usual, changes, version);
      assert.equal(long.getText(), usual.getText());
      assert.equal(long.version, version);
    }
    assert.equal(long.lineCount, usual.lineCount);
  }
});
