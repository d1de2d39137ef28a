/** What the docs say of the window is there: commands, features, pages that they lead to. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { manifestTexts } from '../../l10n/manifest.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { contributes } = JSON.parse(read('package.json')) as { contributes: { commands: { title: string }[] } };
const titles = (language: 'en' | 'zh'): string[] =>
  contributes.commands.map(
    ({ title }) => manifestTexts[`manifest.${title.replaceAll('%', '')}` as keyof typeof manifestTexts][language],
  );
const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md', { cwd: root })];
/** What a page calls a command: after the category, or with the dots that say that something is asked. */
const namesIn = (text: string) => [
  ...[...text.matchAll(/[*“]gpuctl: ([^*”\n]+)[*”]/g)].map(([, name = '']) => name),
  ...[...text.matchAll(/(?<!\*)\*([^*\n:]*[^*\s]…)\*(?!\*)/g)].map(([, name = '']) => name),
  ...[...text.matchAll(/“([^”\n:]*[^”\s]…)”/g)].map(([, name = '']) => name),
];

describe('the docs', () => {
  test('name commands as they are called', () => {
    const wrong = pages.flatMap((page) => {
      const known = titles(page.endsWith('.zh-cn.md') ? 'zh' : 'en');
      return namesIn(read(page)).flatMap((name) => (known.includes(name) ? [] : [`${page}: ${name}`]));
    });
    assert.deepEqual(wrong, []);
  });

  test('list every feature of the client', () => {
    const row = /^\| `client\/src\/features` \| one folder each: (.+) \|$/m.exec(read('docs/architecture.md'))?.[1];
    assert.deepEqual(row?.split(', ').sort(), readdirSync(path.join(root, 'client/src/features')).sort());
  });

  test('lead to pages that exist', () => {
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([\w./-]+\.md)(?:#[^)]*)?\)/g)].map(([, to = '']) =>
        path.join(path.dirname(page), to),
      ),
    );
    assert.ok(links.length > 50);
    assert.deepEqual(
      links.filter((to) => !existsSync(path.join(root, to))),
      [],
    );
  });
});
