import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Language } from '../../l10n/index.ts';
import { buildInlayHints } from '../../server/src/language/inlayHints.ts';
import { openText, sayIn } from './openText.ts';

const ALL = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

/** Lines with hints, each hint in `‹›` where it stands. */
function hinted(text: string, range = ALL, language: Language = 'en'): string[] {
  const lines = text.split('\n');
  const hints = buildInlayHints(openText(text), range, { say: sayIn(language), live: { outlook: () => undefined } });
  for (const { tooltip } of hints) assert.ok(tooltip);
  return hints.map(({ position: { line, character }, label }) => {
    const written = lines[line] ?? '';
    return `${written.slice(0, character)} ${label}${written.slice(character)}`.trim();
  });
}

const job = (kind: string, rest: string, image = 'app:1') =>
  `kind: ${kind}\njob:\n  name: a\nenvironment:\n  image: ${image}\n${rest}`;

describe('inlay hints', () => {
  test('tell the GPUs of each node', () => {
    assert.deepEqual(hinted(job('training', 'resources:\n  gpu: 8 # c\n  nodeCount: 2\n')), [
      'gpu: 8 ‹4 per node × 2› # c',
    ]);
    assert.deepEqual(hinted(job('training', 'resources: { accelerator-count: 8, node_count: 4 }\n')), [
      'resources: { accelerator-count: 8 ‹2 per node × 4›, node_count: 4 }',
    ]);
    assert.deepEqual(hinted(job('training', 'resources:\n  gpu: 8\n')), []);
  });

  test('tell the GPUs of all replicas, and of as many as there may be', () => {
    const service = 'resources:\n  gpu: 2\nservice:\n  port: 80\n  replicas: 3\n';
    assert.deepEqual(hinted(job('compute', service)), ['replicas: 3 ‹6 GPUs in all›']);
    const scaled = 'resources:\n  gpu: 2\nautoscaling:\n  maxReplicas: 6\n  targetQPS: 50\n';
    assert.deepEqual(hinted(job('inference', scaled)), ['maxReplicas: 6 ‹up to 12 GPUs›']);
    assert.deepEqual(hinted(job('inference', scaled.replace('gpu: 2', 'cpu: 2'))), []);
  });

  test('show the arguments that are added, behind the last word', () => {
    const engine = 'engine: vllm\nresources:\n  gpu: 4\n';
    const image = 'vllm/vllm-openai:v0.11.0';
    assert.deepEqual(hinted(job('inference', `  command: [vllm, serve, m]\n${engine}`, image)), [
      'command: [vllm, serve, m ‹+ --tensor-parallel-size 4›]',
    ]);
    assert.deepEqual(hinted(job('inference', `  args:\n    - --model\n    - m\n${engine}`, image)), [
      '- m ‹+ --tensor-parallel-size 4›',
    ]);
  });

  test('show defaults that follow from elsewhere', () => {
    const vllm = job('inference', '  command: [vllm, serve, m]\nservice:\n  replicas: 1\n', 'vllm/vllm-openai:v0.11.0');
    assert.deepEqual(hinted(vllm), [
      'image: vllm/vllm-openai:v0.11.0 ‹engine: vllm›',
      'service: ‹port: 8000, healthCheck: /health›',
    ]);
    assert.deepEqual(hinted(job('notebook', 'service:\n  expose: nodePort\n')), ['service: ‹port: 8888›']);
    assert.deepEqual(hinted(job('training', 'deepspeed:\n  offload: cpu\n')), ['deepspeed: ‹stage: 3›']);
    assert.deepEqual(hinted(job('training', 'deepspeed:\n  path: my.json\n')), []);
  });

  test('tell sizes that count in powers of 1000', () => {
    assert.deepEqual(hinted(job('training', 'resources:\n  memory: 32G\n')), ['memory: 32G ‹= 29.8 GiB›']);
    assert.deepEqual(hinted(job('training', 'resources:\n  memory: 32Gi\n')), []);
    assert.deepEqual(hinted('kind: quota\nquota:\n  name: q\nnamespace:\n  team:\n    memory: 1T\n'), [
      'memory: 1T ‹= 931.3 GiB›',
    ]);
  });

  test('speak Chinese', () => {
    assert.deepEqual(hinted(job('training', 'resources:\n  gpu: 8\n  nodeCount: 2\n'), ALL, 'zh-cn'), [
      'gpu: 8 ‹每节点 4 × 2›',
    ]);
  });

  test('stand in the range that is asked for, and only where a document has a meaning', () => {
    const text = job('training', 'resources:\n  gpu: 8\n  nodeCount: 2\n');
    const both = `${text}---\n${text.replace('8', '6')}`;
    assert.deepEqual(hinted(both), ['gpu: 8 ‹4 per node × 2›', 'gpu: 6 ‹3 per node × 2›']);
    assert.deepEqual(hinted(both, { ...ALL, start: { line: 8, character: 0 } }), ['gpu: 6 ‹3 per node × 2›']);
    assert.deepEqual(hinted(text.replace('gpu: 8', 'gpu: 7')), []);
    assert.deepEqual(hinted(`apiVersion: v1\n${text}`), []);
  });
});
