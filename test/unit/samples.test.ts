import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';

const root = path.join(import.meta.dirname, '../..');

describe('samples', () => {
  for (const file of globSync('test/demo/workspace/**/*.yaml', { cwd: root })) {
    it(`draw no finding: ${path.basename(file)}`, () => {
      const documents = documentsOf(checkFile(readFileSync(path.join(root, file), 'utf8'), 'gpuctl'));
      assert.ok(documents.length > 0);
      assert.deepEqual(
        documents.flatMap(({ document }) => document.findings.map(({ code }) => code)),
        [],
      );
    });
  }

  it('of the read-me draw no error or warning', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const yaml = [...readme.matchAll(/```yaml\n([\s\S]+?)```/g)].map(([, text]) => text as string);
    assert.ok(yaml.length > 0);
    const graver = yaml.flatMap((text) =>
      documentsOf(checkFile(text, 'gpuctl')).flatMap(({ document }) =>
        document.findings.filter(({ severity }) => severity === 'error' || severity === 'warning'),
      ),
    );
    assert.deepEqual(graver, []);
  });
});
