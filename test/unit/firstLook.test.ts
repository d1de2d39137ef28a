import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../server/src/kinds/document.ts';
import { kindNamed, SCHEMAS } from '../../server/src/kinds/index.ts';
import { YamlTree } from '../../server/src/model/yamlTree.ts';
import { createRandom } from './random.ts';

const ODD = ['? complex\n: key', '"kind": training', 'x: &a 1', 'y: *a', '<<: {retries: 1}', '', '# comment', '...'];

/** Sections that all job kinds share. */
const JOB = [
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
  "storage:\n  workdirs:\n  - path: '/data'\n    readOnly: false",
];

const SERVICE = [
  'service:',
  '  replicas: 2',
  '  replicas: "2"',
  '  port: 8080',
  '  health-check: /health',
  '  healthCheck:',
  '  timeout: 90',
  '  expose: nodePort',
];

/** Lines of each kind; the marked ones nearly always stand. */
const LINES: Record<string, string[]> = {
  training: [
    'kind: training',
    ...JOB,
    'timeout: 1h30m',
    'timeout: 12:30',
    'deepspeed: {stage: 3, config: {a: .inf, b: [1, {c: null}], "d e": 2020-01-01}}',
    'deepspeed:\n  stage: 2\n  config:\n    train_batch_size: auto\n    0: zero',
    'output: {dir: /out, resumeFromCheckpoint: true}',
    "retries: '3'",
    ...ODD,
  ],
  inference: [
    'kind: inference',
    ...JOB,
    ...SERVICE,
    'autoscaling: {minReplicas: 1, max_replicas: 4, targetQPS: 5, target-gpu-utilization: 80}',
    'autoscaling: {targetGPUUtilization: 150}',
    'engine: vllm',
    'model:\n  source: Qwen/Qwen2\n  version: 1.0\n  name: ~',
    ...ODD,
  ],
  notebook: ['kind: notebook', ...JOB, 'service: {port: 8889, expose: cluster}', ...ODD],
  compute: ['kind: compute', ...JOB, ...SERVICE, ...ODD],
  pool: [
    'kind: pool',
    'pool:',
    '  name: p1',
    '  name: 12',
    '  description: yes',
    '  site: {network: host, restricted: true, rackLabel: example.com/rack}',
    '  site:\n    nccl-socket-ifname: eth0\n    prometheus:',
    'nodes:',
    '  n1:',
    '  n2: {gpuType: A100-80G}',
    '  n3: {gpu_type: 4090}',
    '  n4: ~',
    '  n5: {gpuType: }',
    '  012: {}',
    '  1.5: {}',
    '  true: {}',
    ...ODD,
  ],
  quota: [
    'kind: quota',
    'quota:',
    '  name: q1',
    '  description: 1e3',
    'default: {cpu: 64, memory: 1Ti, gpu: 8}',
    'default: {cpu: "64", gpu: "8"}',
    'default:',
    'namespace:',
    '  team-a:',
    '  team-b: {gpu: 16, memory: .5Ti}',
    '  team-c:\n    cpu: 1_000',
    '  1: {cpu: 1}',
    '  team-b: {gpu: 1}',
    ...ODD,
  ],
};
const KEPT = /^(kind|job| {2}name: [a-z]|environment| {2}image|pool|nodes|quota|namespace)/;

for (const [name, all] of Object.entries(LINES)) {
  test(`the first look and the close look agree on documents of all sorts: ${name}`, () => {
    const random = createRandom(20261122);
    const kind = kindNamed(name);
    assert.ok(kind);
    let quick = 0;
    for (let round = 0; round < 500; round++) {
      const lines = all.filter((line) => (KEPT.test(line) ? random() < 0.97 : random() < 0.3));
      if (random() < 0.2) lines.push(lines[Math.floor(random() * lines.length)] ?? '');
      const text = lines.join(random() < 0.1 ? '\r\n' : '\n');
      const document = readDocument(text, 'gpuctl');
      if (!document?.kind) continue;
      const tree = new YamlTree(text, kind.schema, SCHEMAS);
      const valid = kind.validate(tree.value) && !tree.findings.length;
      if (document.model) {
        quick++;
        assert.ok(
          valid || document.findings.some(({ code }) => code.startsWith('key.') || code === 'value.quoted-number'),
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
    assert.ok(quick > 30, `only ${quick} documents had a meaning`);
  });
}
