import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { OpenFile } from '../../server/src/language/host.ts';
import { buildSemanticTokens } from '../../server/src/language/semanticTokens.ts';
import { TOKEN_TYPES } from '../../server/src/language/tokenTypes.ts';
import { openText } from './openText.ts';

/** Tokens as `type text`. */
function shown(file: OpenFile): string[] {
  const { data } = buildSemanticTokens(file);
  const lines = file.document.getText().split('\n');
  const found: string[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [step = 0, columns = 0, length = 0, type = 0] = data.slice(i, i + 4);
    line += step;
    character = step ? columns : character + columns;
    found.push(`${TOKEN_TYPES[type]} ${lines[line]?.slice(character, character + length)}`);
  }
  return found;
}

const JOB = `kind: training
job:
  name: a-job
environment: { image: "python:3.12", command: [name, pool] }
resources:
  pool: training-pool # a pool
  gpu: 8
  gpu_type: A100-80G
  cpu: 32
  memory: 400Gi
  gpu-share: 2Gi
storage:
  workdirs:
    - path: /data
      size: 1Ti
`;

describe('semantic tokens', () => {
  test('mark job, pool, image, quantities and GPU type, in any spelling and style', () => {
    assert.deepEqual(shown(openText(JOB)), [
      'gpuctlJob a-job',
      'gpuctlImage "python:3.12"',
      'gpuctlPool training-pool',
      'gpuctlGpuType A100-80G',
      'gpuctlQuantity 32',
      'gpuctlQuantity 400Gi',
      'gpuctlQuantity 2Gi',
      'gpuctlQuantity 1Ti',
    ]);
  });

  test('mark those of pools and quotas', () => {
    const pool = 'kind: pool\npool:\n  name: p\nnodes:\n  n1: { gpuType: L4 }\n  n2:\n';
    const quota =
      'kind: quota\nquota:\n  name: q\ndefault: { cpu: 8 }\nnamespace:\n  team:\n    memory: 1Ti\n    gpu: 8\n';
    assert.deepEqual(shown(openText(`${pool}---\n${quota}`)), [
      'gpuctlPool p',
      'gpuctlGpuType L4',
      'gpuctlQuantity 8',
      'gpuctlQuantity 1Ti',
      'gpuctlQuantity 8',
    ]);
  });

  test('leave foreign documents, aliases and texts over several lines alone', () => {
    const text =
      'kind: training\njob:\n  name: *x\nresources:\n  pool: "a\n    b"\n  memory:\n---\napiVersion: v1\njob:\n  name: a\n';
    assert.deepEqual(shown(openText(text)), []);
  });

  test('an edit costs the document it is in: the others are not looked at again', () => {
    const many = Array.from({ length: 1000 }, (_, i) => JOB.replace('a-job', `job-${i}`)).join('---\n');
    const before = openText(many);
    assert.equal(buildSemanticTokens(before).data.length, 1000 * 8 * 5);
    const after = openText(many.replace('job-500', 'other'), 'gpuctl', before);
    const kept = after.checked.chunks.filter(({ document }, i) => document === before.checked.chunks[i]?.document);
    assert.equal(kept.length, 999);
    assert.ok(shown(after).includes('gpuctlJob other'));
    assert.equal(shown(after).filter((token) => token.startsWith('gpuctlJob job-')).length, 999);
  });

  test('have a description and a colour in the manifest, in both languages of files', () => {
    const root = path.join(import.meta.dirname, '../..');
    const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      contributes: {
        semanticTokenTypes: { id: string; superType: string }[];
        semanticTokenScopes: { language: string; scopes: Record<string, string[]> }[];
      };
    };
    assert.deepEqual(
      contributes.semanticTokenTypes.map(({ id }) => id),
      [...TOKEN_TYPES],
    );
    assert.deepEqual(
      contributes.semanticTokenScopes.map(({ language, scopes }) => [language, Object.keys(scopes)]),
      [
        ['gpuctl', [...TOKEN_TYPES]],
        ['yaml', [...TOKEN_TYPES]],
      ],
    );
  });

  test("the grammar is the editor's own for YAML, in the first line, too", () => {
    const file = path.join(import.meta.dirname, '../../client/syntaxes/gpuctl.tmLanguage.json');
    const { patterns } = JSON.parse(readFileSync(file, 'utf8')) as { patterns: unknown };
    assert.deepEqual(patterns, [{ include: 'source.yaml' }]);
  });
});
