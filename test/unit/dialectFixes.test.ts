/** The ways out that findings of keys and values offer, and what is never changed without a look. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { Change } from '../../server/src/model/finding.ts';
import { about, fixesOf, training } from './dialectText.ts';

describe('keys', () => {
  const fixed = (text: string, code: string) => fixesOf(training(text), code);

  test('a key of the root is moved there; words that every section may have are not sent elsewhere', () => {
    const text = training().replace('name: a', 'name: a\n  retries: 2');
    assert.deepEqual(about(text, 'key.', 'text'), [
      '`retries` has no effect here. It belongs in the first level of the document.',
    ]);
    assert.deepEqual(fixed('storage: {cache: /c}\noutput: {version: 1}\n', 'key.').length, 2, 'removals only');
    assert.doesNotMatch(about(training('output: {path: /o}\n'), 'key.', 'text').join(), /deepspeed/);
  });

  test('below the names of nodes there is no place to be named', () => {
    const text = 'kind: pool\npool: {name: p, gpuType: A100}\n';
    assert.deepEqual(about(text, 'key.', 'text'), [
      '`gpuType` is not known here and has no effect. Known: name, description, site.',
    ]);
  });

  test('words of other tools are known, and are not changed by themselves', () => {
    for (const [text, word] of [
      ['resources: {gpu_count: 8}\n', 'gpu'],
      ['resources: {nnodes: 2}\n', 'nodeCount'],
      ['resources: {num_nodes: 2}\n', 'node_count'],
      ['resources: {mem: 1Gi}\n', 'memory'],
      ['output: {path: /o}\n', 'dir'],
      ['deepspeed: {zero: 3}\n', 'stage'],
    ] as const) {
      const [finding] =
        readDocument(training(text), 'gpuctl')?.findings.filter(({ code }) => code === 'key.unknown') ?? [];
      assert.deepEqual(
        finding?.fixes?.map(({ edits, preferred }) => [edits?.[0]?.text, preferred]),
        [[word, undefined]],
      );
    }
    assert.equal(fixed('resources: {mem: {a: 1}}\n', 'key.unknown').length, 1);
    assert.doesNotMatch(about(training('resources: {mem: {a: 1}}\n'), 'key.', 'text').join(), /Did you mean/);
  });

  test('no guess where the word stands already, nor from CPU to GPU', () => {
    for (const text of [training('resources: {gpu: 1, gpus: 2}\n'), training('deepspeed: {stage: 2, Stage: 3}\n')]) {
      assert.doesNotMatch(about(text, 'key.unknown', 'text').join(), /Did you mean/);
      assert.deepEqual(
        fixesOf(text, 'key.unknown').map((one) => (one as Change).do),
        ['remove'],
      );
    }
    const autoscaling =
      'kind: inference\njob: {name: a}\nenvironment: {image: a:1}\nautoscaling: {targetCPUUtilization: 5}\n';
    assert.doesNotMatch(about(autoscaling, 'key.unknown', 'text').join(), /Did you mean/);
  });

  test('a word of Kubernetes is named by the key that stands for it here; status and data are such words at the root only', () => {
    const text = 'storage: {workdirs: [{path: /d, pvc: data}]}\n';
    assert.match(about(training(text), 'key.kubernetes', 'text').join(), /Here it is `claim`/);
    assert.equal(fixed(text, 'key.kubernetes')[0], 'claim');
    assert.deepEqual(about(training('deepspeed: {template: a}\nspec: {}\n'), 'key.kubernetes'), ['warning «spec»']);
  });
});

describe('values', () => {
  const env = (env: string) => training().replace('image: a:1', `image: a:1\n  env: ${env}`);
  const command = (line: string) =>
    fixesOf(training().replace('image: a:1', `image: a:1\n  command: ${line}`), 'value.');

  test('of a list, the item that is wrong', () => {
    const text = training('storage: {workdirs: [/data]}\n');
    assert.match(about(text, 'value.', 'text').join(), /^Each item of `workdirs` has to be an entry with `path`/);
  });

  test('a pair in a list of variables becomes an entry', () => {
    assert.deepEqual(about(env('[{A: 1}]'), ''), ['error «{A: 1}»']);
    const [change] = fixesOf(env('[{A: 1}]'), 'value.');
    assert.deepEqual(change, { do: 'set', path: ['environment', 'env', 0], value: { name: 'A', value: '1' } });
    assert.equal(about(env('[{Name: A}]'), 'key.missing').length, 1);
  });

  test('a command line becomes words, and a script a line for the shell', () => {
    const value = (line: string) => (command(line)[0] as { value: unknown }).value;
    assert.deepEqual(value('python t.py --a $(B)'), ['python', 't.py', '--a', '$(B)']);
    for (const script of ['cd /a && python t.py', 'python t.py --lr $LR', 'A=1 python t.py', 'python t.py > log'])
      assert.deepEqual(value(JSON.stringify(script)), ['bash', '-c', script]);
    assert.deepEqual(value('|\n    set -e\n    python t.py\n'), ['bash', '-c', 'set -e\npython t.py\n']);
  });

  test('a list of nodes becomes a section', () => {
    const value = (nodes: string) =>
      (fixesOf(`kind: pool\npool: {name: p}\nnodes: ${nodes}\n`, 'value.')[0] as { value: unknown }).value;
    assert.deepEqual(value('[n1, n2]'), { n1: {}, n2: {} });
    assert.deepEqual(value('[{name: n1, gpu_type: A100}]'), { n1: { gpuType: 'A100' } });
    assert.deepEqual(value('{n1: A100}'), { gpuType: 'A100' });
  });

  test('a mount as containers are given it becomes an entry', () => {
    const value = (item: string) =>
      (fixesOf(training(`storage: {workdirs: ["${item}"]}\n`), 'value.')[0] as { value: unknown }).value;
    assert.deepEqual(value('/mnt/data:/data'), { path: '/data', hostPath: '/mnt/data' });
    assert.deepEqual(value('/mnt/data:/data:ro'), { path: '/data', hostPath: '/mnt/data', readOnly: true });
  });

  test('names that something else bears are not changed by themselves', () => {
    const preferred = (text: string) =>
      readDocument(text, 'gpuctl')?.findings.flatMap(({ fixes = [] }) => fixes.map((fix) => fix.preferred ?? false));
    assert.deepEqual(preferred(training('resources: {memory: 64GB}\n')), [true]);
    assert.deepEqual(preferred(training().replace('name: a', 'name: My_Job')), [true]);
    assert.deepEqual(preferred(training().replace('name: a', 'name: a\n  namespace: Team_A')), [false]);
    assert.deepEqual(preferred(training('storage: {workdirs: [{path: /d, claim: My_Data}]}\n')), [false]);
  });

  test('no health check is no path, a percentage a number', () => {
    const inference = (more: string) => `kind: inference\njob: {name: a}\nenvironment: {image: a:1}\n${more}`;
    assert.deepEqual(fixesOf(inference('service: {healthCheck: false}\n'), 'value.'), []);
    assert.deepEqual(fixesOf(inference('autoscaling: {targetGPUUtilization: 80%}\n'), 'value.'), ['80']);
  });

  test('a path where something is mounted has no colon, and none goes back', () => {
    for (const path of ['/data:ro', '/a/../b', '/..']) {
      const text = training(`storage: {workdirs: [{path: "${path}"}]}\n`);
      assert.equal(about(text, 'value.malformed').length, 1, path);
    }
    assert.deepEqual(about(training('storage: {workdirs: [{path: /a..b/..c, hostPath: "/m:1"}]}\n'), ''), []);
  });
});
