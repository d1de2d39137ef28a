import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildLinks } from '../../server/src/language/links.ts';
import { openText } from './openText.ts';

const FILES = new Set(['train.py', 'conf/sft.yaml', 'ds.json'].map((name) => `file:///work/${name}`));

async function links(text: string) {
  const asked: string[] = [];
  const file = openText(text);
  const found = await buildLinks(file, async (uri) => {
    asked.push(uri);
    return FILES.has(uri);
  });
  return { asked, found: found.map(({ range, target }) => [file.document.getText(range), target]) };
}
const job = (environment: string, rest = '') =>
  `kind: training\njob:\n  name: a\nenvironment:\n  image: app:1\n${environment}${rest}`;

describe('links', () => {
  test('lead from words of a command to files beside the document', async () => {
    const text = job(
      '  command: [torchrun, "./train.py", --config=conf/sft.yaml]\n  args:\n    - --deepspeed\n    - ds.json\n    - other.json\n',
    );
    assert.deepEqual((await links(text)).found, [
      ['./train.py', 'file:///work/train.py'],
      ['conf/sft.yaml', 'file:///work/conf/sft.yaml'],
      ['ds.json', 'file:///work/ds.json'],
    ]);
  });

  test('are not looked for in the job, outside the folder, in images or in words that are no path', async () => {
    const text = job(
      '  command: [/opt/train.py, ../x.py, a/../../x.py, "python train.py", train, -m, "$(X).py", "https://x/y.py"]\n',
      'output:\n  dir: train.py\n',
    );
    assert.deepEqual(await links(text), { asked: [], found: [] });
  });

  test('fifty names are looked for, each once', async () => {
    const words = Array.from({ length: 60 }, (_, i) => `f${i}.py`).join(', ');
    const { asked } = await links(job(`  command: [train.py, train.py, ${words}]\n`));
    assert.equal(asked.length, 50);
    assert.equal(new Set(asked).size, 50);
    const again = `${job('  command: [train.py]\n')}---\n`.repeat(2);
    assert.equal((await links(again)).found.length, 2);
  });
});
