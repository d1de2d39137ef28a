import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readDocument } from '../../server/src/kinds/document.ts';
import { SECRET_MARKER } from '../../server/src/model/secrets.ts';
import { sourceAnnotations, specHash } from '../../server/src/operations/source.ts';

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

test('secrets are found in commands, comments and behind anchors, too', () => {
  const secret = 'abcDEF123456789';
  for (const place of [
    `  command: [train, --hub_token, ${secret}]`,
    `  command: [sh, -c, "WANDB_API_KEY=${secret} python train.py"]`,
    `  command: [train, "--password=${secret}"]`,
    `  command:\n    - train\n    - --api-key\n    - ${secret}`,
    `  # HF_TOKEN: ${secret}`,
    `  env: {PGPASSWORD: ${secret}, wandbApiKey: ${secret}}`,
    `  args: ["postgres://u:${secret}@db/x"]`,
    `  command: &t [${secret}]\n  env: {A_TOKEN: ${secret}}`,
  ]) {
    const { source = '' } = annotate(`kind: training\njob: {name: a}\nenvironment:\n  image: b\n${place}\n`);
    assert.ok(!source.includes(secret), source);
    assert.ok(source.includes('image: b'), source);
  }
  const { source = '' } = annotate(
    text('{MAX_TOKENS: 4096, TOKENIZERS_PARALLELISM: false, HF_TOKEN: $(TOKEN_FROM_SECRET)}'),
  );
  assert.ok(source.includes('4096') && source.includes('false'), source);
  const references = text('[{name: T, secret: my-secret, key: token}]\n  imagePullSecret: my-registry');
  assert.equal(annotate(references).source, references, 'names of secrets are none');
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
  const begin = performance.now();
  assert.equal(long(210_000).source, undefined);
  assert.ok(performance.now() - begin < 2000, 'in linear time');
  assert.ok(long(210_000)['spec-hash']);
});
