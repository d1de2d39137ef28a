import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../server/src/kinds/document.ts';
import { kindNamed, SCHEMAS } from '../../server/src/kinds/index.ts';
import { YamlTree } from '../../server/src/model/yamlTree.ts';
import { createRandom } from './random.ts';

const LINES = [
  'kind: training',
  'version: 1.10',
  'job:',
  '  name: a-job',
  '  description: "quoted: text" # comment',
  '  description: 1e-5',
  '  batchSize: 0x10',
  '  batch-size: "4"',
  'environment:',
  '  image: python:3.12',
  '  command: [python, -c, "print(1)"]',
  '  command:\n    - sh\n    - -c\n    - |\n      echo hi\n      # not a comment',
  '  args: [1.0, yes, null, ~]',
  '  env: {A: 1, B: "2", C: 1e3}',
  '  env:\n    - {name: A, value: 012}\n    - name: B\n      secret: s\n      key: k',
  'resources:',
  '  pool: training-pool',
  '  gpu: 8',
  '  gpu: 08',
  '  gpu: +8',
  '  node_count: 2',
  '  memory: 1_000',
  '  memory: >-\n    400Gi',
  '  gpuType: A100',
  '  gpuType: 4090',
  '  cpu: .5',
  'timeout: 1h30m',
  'timeout: 12:30',
  'deepspeed: {stage: 3, config: {a: .inf, b: [1, {c: null}], "d e": 2020-01-01}}',
  'deepspeed:\n  stage: 2\n  config:\n    train_batch_size: auto\n    0: zero',
  'output: {dir: /out, resumeFromCheckpoint: true}',
  "retries: '3'",
  '? complex\n: key',
  '"kind": training',
  'x: &a 1',
  'y: *a',
  '<<: {retries: 1}',
  "storage:\n  workdirs:\n  - path: '/data'\n    readOnly: false",
  '',
  '# comment',
  '...',
];

test('the first look and the close look agree on documents of all sorts', () => {
  const random = createRandom(20261122);
  const kind = kindNamed('training');
  assert.ok(kind);
  let quick = 0;
  for (let round = 0; round < 1500; round++) {
    const lines = LINES.filter((line) => /^(kind|job| {2}name|environment| {2}image)/.test(line) || random() < 0.35);
    if (random() < 0.3) lines.splice(Math.floor(random() * lines.length), 1);
    if (random() < 0.2) lines.push(lines[Math.floor(random() * lines.length)] ?? '');
    const text = lines.join(random() < 0.1 ? '\r\n' : '\n');
    const document = readDocument(text, 'gpuctl');
    if (!document?.kind) continue;
    const tree = new YamlTree(text, kind.schema, SCHEMAS);
    const valid = kind.validate(tree.value) && !tree.findings.length;
    if (document.model) {
      quick++;
      assert.ok(
        valid || document.findings.some(({ code }) => code.startsWith('key.')),
        `the close look finds something wrong in:\n${text}`,
      );
      if (valid)
        assert.deepEqual(
          JSON.parse(JSON.stringify(document.model)),
          JSON.parse(JSON.stringify(kind.toModel(tree.value))),
          text,
        );
    } else
      assert.ok(
        document.findings.some(({ severity }) => severity === 'error'),
        `no finding says what is wrong in:\n${text}`,
      );
  }
  assert.ok(quick > 80, `only ${quick} documents had a meaning`);
});
