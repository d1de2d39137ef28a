/**
 * Documents as people write them, the older command-line tool's among them: `test/fixtures/real`. Each draws nothing but what its
 * comment `# draws: code, code` says, and the published schema takes it, too.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { parseDocument } from 'yaml';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = path.join(root, 'test/fixtures/real');
const schema = JSON.parse(readFileSync(path.join(root, 'schemas/published/gpuctl.schema.json'), 'utf8'));
const takes = new Ajv({ strict: false }).compile(schema);

describe('documents as people write them', () => {
  for (const file of readdirSync(folder)) {
    const checked = checkFile(readFileSync(path.join(folder, file), 'utf8'), 'gpuctl');
    for (const { document } of documentsOf(checked)) {
      test(`${file}: ${document.name}`, () => {
        const expected = /^# draws: (.*)$/m.exec(document.text)?.[1]?.split(', ') ?? [];
        const found = [...document.findings, ...(checked.together.get(document) ?? [])];
        assert.deepEqual(found.map(({ code }) => code).sort(), expected.sort());
        assert.ok(document.model, 'it has a meaning');
        const value = parseDocument(document.text, { merge: true }).toJS();
        assert.ok(takes(value), JSON.stringify(takes.errors));
      });
    }
  }
});
