/** Guards of the catalogue of texts: what the type checker cannot see. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { catalogue, type Text } from '../../l10n/index.ts';

const root = path.join(import.meta.dirname, '../..');
const texts = Object.entries(catalogue) as [string, Text][];
/** The one sentence whose Chinese form is part of the product's design, word for word; the English one gives the total besides. */
const SENTENCE_AS_GIVEN = 'finding.capacity.insufficient-gpus';
const HAN = /\p{Script=Han}/u;

/** Keys whose text does not pass. */
const keysWhere = (wrong: (text: Text, key: string) => boolean) =>
  texts.filter(([key, text]) => wrong(text, key)).map(([key]) => key);

/** What is left of a text without what reads the same in every language: placeholders, code, links, commands. */
const prose = (text: string) =>
  text
    .replace(/\{\w+(?:\|[^|}]*\|[^}]*)?\}/g, ' ')
    .replace(/`[^`]*`/g, ' ')
    .replace(/\]\([^)]*\)/g, '] ')
    .replace(/["“][^"”]*["”]/g, ' ');

describe('catalogue', () => {
  it('has the same placeholders in both languages', () => {
    const names = (text: string, form: RegExp) => [...text.matchAll(form)].map((match) => match[1] as string);
    assert.deepEqual(
      keysWhere(({ en, zh }, key) => {
        if (key === SENTENCE_AS_GIVEN) return false;
        // Chinese has no plural: what only chooses an English word may be missing
        const [all, plain] = [names(en, /\{(\w+)/g), names(en, /\{(\w+)\}/g)];
        const inChinese = names(zh, /\{(\w+)/g);
        return inChinese.some((name) => !all.includes(name)) || plain.some((name) => !inChinese.includes(name));
      }),
      [],
    );
  });

  it('has no braces that are not placeholders', () => {
    const rest = (text: string) => text.replace(/\{\w+(?:\|[^|{}]*\|[^{}]*)?\}/g, '').replace(/`[^`]*`/g, '');
    assert.deepEqual(
      keysWhere(({ en, zh }) => /[{}]/.test(rest(en) + rest(zh))),
      [],
    );
  });

  it('has no text that is empty or begins or ends with a space', () => {
    assert.deepEqual(
      keysWhere(({ en, zh }) => [en, zh].some((text) => text === '' || text !== text.trim())),
      [],
    );
  });

  it('speaks English in English and Chinese in Chinese', () => {
    assert.deepEqual(
      keysWhere(({ en }) => /[\p{Script=Han}，。；：！？（）]/u.test(en)),
      [],
      'Chinese in English texts',
    );
    const words = (text: string) => prose(text).match(/(?<![\p{L}\d.-])[a-z]{2,}(?![\p{L}\d.-])/gu) ?? [];
    assert.deepEqual(
      keysWhere(({ zh }) => !HAN.test(zh) && words(zh).length > 1),
      [],
      'English in Chinese texts',
    );
    assert.deepEqual(
      keysWhere(({ zh }) => words(zh).some((word) => /^(?:the|is|are|of|and|not|with|this|that|for)$/.test(word))),
      [],
      'half translated',
    );
  });

  it('uses Chinese punctuation between Chinese words', () => {
    assert.deepEqual(
      keysWhere(({ zh }) => /\p{Script=Han}[,;!?](?=\s|\p{Script=Han}|$)/u.test(prose(zh))),
      [],
    );
  });

  it('has no text that nothing shows', () => {
    const files = globSync(['{client,server,scripts}/**/*.{ts,mjs}', 'test/demo/**/*.ts'], { cwd: root });
    const source = files.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
    const literals = new Set([...source.matchAll(/'([\w.-]+)'/g)].map((match) => match[1] as string));
    // `job.phase.${phase}` uses every key of that shape
    const shapes = [...source.matchAll(/(?<!code: |<TextKey, )`([\w.-]+\.(?:\$\{[^}]*\}[\w.-]*)+)`/g)].map(
      ([, shape]) => new RegExp(`^${(shape as string).replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.-]+')}$`),
    );
    const unused = texts
      .map(([key]) => key)
      .filter((key) => {
        if (key.startsWith('manifest.')) return false; // guards.test.ts holds these against package.json
        if (literals.has(key) || literals.has(key.replace(/^(?:finding|error)\./, ''))) return false;
        return !shapes.some((shape) => shape.test(key));
      });
    assert.deepEqual(unused, []);
  });
});
