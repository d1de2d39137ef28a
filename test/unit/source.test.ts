import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readDocument } from '../../server/src/kinds/document.ts';
import { SECRET_MARKER, sourceAnnotations, specHash } from '../../server/src/operations/source.ts';

const text = (env: string) => `kind: training\njob: {name: a}\nenvironment:\n  image: b\n  env: ${env}\n`;
const annotate = (source: string) => {
  const document = readDocument(source, 'gpuctl');
  assert.ok(document);
  return sourceAnnotations(document, 'jobs/a.gpuctl.yaml', 'abc');
};

test('values that look like secrets are not kept, in either form of env', () => {
  for (const env of [
    '{HF_TOKEN: "hf_x1", EPOCHS: 3}',
    '\n    - {name: HF_TOKEN, value: hf_x1}\n    - {name: EPOCHS, value: 3}',
  ]) {
    const { source = '' } = annotate(text(env));
    assert.ok(!source.includes('hf_x1'), source);
    assert.ok(source.includes(SECRET_MARKER) && source.includes('EPOCHS'), source);
  }
  const { source = '' } = annotate(text('{URL: ghp_0123456789abcdefghijklmn}'));
  assert.ok(!source.includes('ghp_'), 'by its shape, whatever its name');
});

test('the hash is of the original, whatever the line ends', () => {
  assert.equal(specHash('a: 1\r\nb: 2\r\n'), specHash('---\na: 1\nb: 2'));
  assert.notEqual(annotate(text('{A_TOKEN: x}'))['spec-hash'], annotate(text('{A_TOKEN: y}'))['spec-hash']);
});

test('large documents are packed, very large ones left out', () => {
  const long = (length: number) => annotate(`${text('{}')}# ${'x'.repeat(length)}\n`);
  const { source = '' } = long(10_000);
  assert.ok(source.startsWith('gzip:'));
  assert.ok(
    gunzipSync(Buffer.from(source.slice(5), 'base64'))
      .toString()
      .startsWith('kind: training'),
  );
  assert.equal(long(210_000).source, undefined);
  assert.ok(long(210_000)['spec-hash']);
});
