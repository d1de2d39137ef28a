import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { JobModel } from '../../server/src/kinds/kind.ts';
import type { FileMode } from '../../server/src/kinds/recognise.ts';
import { splitDocuments } from '../../server/src/model/splitDocuments.ts';

const VALID = `kind: training
job:
  name: hello
environment:
  image: python:3.12
resources:
  pool: training-pool
  gpu: 8
  nodeCount: 2
`;

/** Good to know, but not what these tests are about. */
const QUIET = { 'resources.no-requests': 'off', 'image.no-tag': 'off' } as const;

/** Findings as `severity code «marked text» English sentence`. */
function findings(text: string, mode: FileMode = 'gpuctl'): string[] {
  return (readDocument(text, mode, QUIET)?.findings ?? []).map(
    ({ severity, code, range, message }) =>
      `${severity} ${code} «${text.slice(range.start, range.end)}» ${toText(message, 'en')}`,
  );
}
const codes = (text: string, mode?: FileMode) =>
  findings(text, mode).map((line) => line.replace(/^(\S+ \S+ «[^»]*»).*$/s, '$1'));
const edit = (from: string | RegExp, to: string) => VALID.replace(from, to);

describe('documents of a file', () => {
  const texts = (text: string) => splitDocuments(text).map((chunk) => chunk.text);

  test('are cut at markers, wherever these stand', () => {
    assert.deepEqual(texts('a: 1\n---\nb: 2\n---\nc: 3\n'), ['a: 1\n', '---\nb: 2\n', '---\nc: 3\n']);
    assert.deepEqual(texts('# head\n---\na: 1\n'), ['# head\n---\na: 1\n']);
    assert.deepEqual(texts('%YAML 1.2\n---\na: 1\n...\n# between\n---\nb: 2'), [
      '%YAML 1.2\n---\na: 1\n...\n',
      '# between\n---\nb: 2',
    ]);
    assert.deepEqual(texts('a: |\n  text\n--- \nb: 2'), ['a: |\n  text\n', '--- \nb: 2']);
    assert.deepEqual(texts('a: 1\r\n---\r\nb: 2\r\n'), ['a: 1\r\n', '---\r\nb: 2\r\n']);
    assert.deepEqual(texts('---not: a marker\n'), ['---not: a marker\n']);
    assert.deepEqual(texts(''), []);
  });

  test('add up to the file again', () => {
    for (const text of ['---\n---\na: 1', 'a\n...\n...\nb', '\uFEFFkind: x\n---\n', '---'])
      assert.equal(texts(text).join(''), text);
  });

  test('that did not change are not read again', () => {
    const text = Array.from({ length: 5 }, (_, i) => edit('hello', `job-${i}`)).join('---\n');
    const before = checkFile(text, 'gpuctl');
    const after = checkFile(text.replace('job-2', 'job-two'), 'gpuctl', before);
    const same = after.chunks.map((chunk, i) => chunk.document === before.chunks[i]?.document);
    assert.deepEqual(same, [true, true, false, true, true]);
    assert.deepEqual(
      documentsOf(after).map(({ document }) => document.name),
      ['job-0', 'job-1', 'job-two', 'job-3', 'job-4'],
    );
    const shorter = checkFile(text.slice(0, text.lastIndexOf('---\n')), 'gpuctl', after);
    assert.deepEqual(
      documentsOf(shorter).map(({ document }) => document.name),
      ['job-0', 'job-1', 'job-2', 'job-3'],
    );
  });
});

describe('which documents are ours', () => {
  test('in a YAML file: a known kind with its section, and no apiVersion', () => {
    assert.equal(readDocument(VALID, 'yaml')?.kindName, 'training');
    assert.equal(readDocument(VALID.replace('job:', 'jobs:'), 'yaml'), undefined);
    assert.equal(readDocument('kind: resource\nname: x\n', 'yaml'), undefined);
    assert.equal(readDocument(`apiVersion: v1\n${VALID}`, 'yaml'), undefined);
    assert.equal(readDocument('{kind: training, job: {name: a}, environment: {image: b}}', 'yaml')?.name, 'a');
    assert.equal(readDocument('kind: Deployment\njob: {}\n', 'yaml'), undefined);
  });

  test('in a gpuctl file: all but those with an apiVersion and empty ones', () => {
    assert.equal(readDocument('apiVersion: v1\nkind: Pod\n', 'gpuctl'), undefined);
    for (const empty of ['', '# nothing\n', '---\n', '---\n# c\n...\n', '\uFEFF'])
      assert.equal(readDocument(empty, 'gpuctl'), undefined, empty);
    assert.deepEqual(codes('job:\n  name: x\n'), ['error kind.missing «job:»']);
    assert.deepEqual(codes('# c\n---\nkind: trainnig\n'), ['error kind.unknown «trainnig»']);
  });
});

describe('what is wrong with a training', () => {
  test('nothing, in every accepted spelling', () => {
    for (const spelling of ['nodeCount', 'node-count', 'node_count'])
      assert.deepEqual(findings(edit('nodeCount', spelling)), []);
    assert.deepEqual(findings(edit('image: python:3.12', 'image: python:3.12\n  command: [1e-5, true, 0x10]')), []);
    assert.deepEqual(findings(edit('resources:', 'version:\nresources:')), []);
  });

  test('nothing, in what Kubernetes accepts, too', () => {
    assert.deepEqual(findings(edit('image: python:3.12', 'image: python:v1_\n  env: {DEBUG: , A: null}')), []);
    assert.deepEqual(findings(edit('gpu: 8', 'gpu: 8\n  memory: .5Gi')), []);
    assert.deepEqual(findings(edit('training-pool', 'Train_Pool.1')), []);
    assert.deepEqual(findings(edit('kind: training', 'kind: &k training')), []);
    assert.deepEqual(
      codes('{environment: {image: b, env: {apiVersion: x}}, kind: training, job: {name: a}}', 'yaml'),
      [],
    );
  });

  test('a mistake behind an anchor is told once', () => {
    const text = edit('image: python:3.12', 'image: python:3.12\n  env: &e [{name: A, valeu: x}]').replace(
      'resources:',
      'x: *e\ny: *e\nresources:',
    );
    assert.equal(codes(text).filter((line) => line.includes('valeu')).length, 1);
  });

  test('what this version leaves out is said', () => {
    assert.deepEqual(codes(edit('gpu: 8', 'gpu: 8\n  gpuShare: 2Gi')), ['warning gpu-share.whole-gpus «2Gi»']);
    assert.deepEqual(codes(`${VALID}version: v9\n`), ['warning version.unknown «v9»']);
  });

  test('a typo in a key is marked with the word that was meant', () => {
    assert.deepEqual(findings(edit('gpu: 8', 'gpu: 8\n  gpuTpye: A100')), [
      'warning key.unknown «gpuTpye» `gpuTpye` is not known here and has no effect. Did you mean `gpuType`?',
    ]);
    assert.deepEqual(codes(edit('nodeCount', 'node-cuont')), ['warning key.unknown «node-cuont»']);
    const [finding] = readDocument(edit('nodeCount', 'node-cuont'), 'gpuctl')?.findings ?? [];
    assert.equal(finding?.fixes?.[0]?.edits?.[0]?.text, 'node-count', 'the fix keeps the spelling of the file');
  });

  test('missing keys are marked at their section', () => {
    assert.deepEqual(codes(edit('  name: hello\n', '  description: x\n')), ['error key.missing «job»']);
    assert.deepEqual(codes(edit('  image: python:3.12\n', '')), ['error key.missing «environment»']);
    assert.deepEqual(codes(edit('  name: hello', '  name:')), ['error key.missing «name»']);
    assert.deepEqual(codes('kind: training\n'), ['error key.missing «training»', 'error key.missing «training»']);
  });

  test('wrong types and values are marked at the value, with what was expected', () => {
    assert.deepEqual(findings(edit('gpu: 8', 'gpu: eight')), [
      'error value.wrong-type «eight» `gpu` has to be a whole number, 0 or more; found: eight.',
    ]);
    assert.deepEqual(codes(edit('gpu: 8', 'gpu: [8]')), ['error value.wrong-type «[8]»']);
    assert.deepEqual(codes(edit('gpu: 8', 'gpu: -1')), ['error value.out-of-range «-1»']);
    assert.deepEqual(codes(edit('gpu: 8', 'gpu: 1.5')), ['error value.wrong-type «1.5»']);
    assert.deepEqual(codes(edit('name: hello', 'name: Hello_World')), ['error value.malformed «Hello_World»']);
    assert.deepEqual(codes(edit('pool: training-pool', 'pool: ""')), ['error value.empty «""»']);
    assert.deepEqual(codes(`${VALID}timeout: 0s\n`), ['error value.malformed «0s»']);
    assert.deepEqual(codes(`${VALID}framework: natve\n`), ['error value.not-allowed «natve»']);
    assert.deepEqual(codes(`${VALID}storage: {workdirs: [{path: data}]}\n`), ['error value.malformed «data»']);
    assert.deepEqual(codes(edit('image: python:3.12', 'image: python:3.12\n  env: [{name: 1A, value: x}]')), [
      'error value.bad-env-name «1A»',
    ]);
    assert.deepEqual(codes(edit('image: python:3.12', 'image: python:3.12\n  env: {1A: x}')), [
      'error value.bad-env-name «1A»',
    ]);
    assert.deepEqual(codes(edit('image: python:3.12', 'image: python:3.12\n  command: python')), [
      'error value.wrong-type «python»',
    ]);
  });

  test('one key twice, or in two spellings', () => {
    assert.deepEqual(codes(edit('gpu: 8', 'gpu: 8\n  gpu: 4')), ['error key.duplicate «gpu»']);
    assert.deepEqual(codes(edit('nodeCount: 2', 'nodeCount: 2\n  node_count: 2')), [
      'error key.two-spellings «node_count»',
    ]);
    assert.deepEqual(codes(edit('gpu: 8', 'gpu: 8\n  acceleratorCount: 8')), [
      'error key.two-spellings «acceleratorCount»',
    ]);
  });

  test('rules beyond the schema', () => {
    assert.deepEqual(findings(edit('gpu: 8', 'gpu: 7')), [
      'error gpu.not-divisible «7» 7 GPUs cannot be shared evenly between 2 nodes. 8 would work.',
    ]);
    const long = 'a'.repeat(51);
    assert.deepEqual(codes(edit('hello', long)), [`error name.too-long «${long}»`]);
    assert.deepEqual(codes(edit('hello', long).replace('nodeCount: 2', 'nodeCount: 1')), []);
    assert.deepEqual(codes(edit('hello', '1-job')), ['error name.first-letter «1-job»']);
    assert.deepEqual(codes(`${VALID}output: {resumeFromCheckpoint: true}\n`), ['warning output.missing-dir «true»']);
    assert.deepEqual(codes(`${VALID}service: {port: 80}\n`), ['information key.unused «service»']);
  });

  test('broken YAML is marked, and the rest is still looked at', () => {
    assert.deepEqual(codes(`${VALID}\tfoo: 1\n`)[0], 'error yaml.syntax «\t»');
    assert.ok(codes(edit('image: python:3.12', 'image: "python')).some((line) => line.startsWith('error yaml.syntax')));
    assert.deepEqual(codes(edit('image: python:3.12', 'image: *none')), [
      'error yaml.undefined-alias «*none»',
      'error key.missing «image»',
    ]);
  });

  test('anchors, merge keys, BOM, CRLF and markers change nothing', () => {
    const anchored = VALID.replace('resources:', 'storage: &s {}\nresources:').replace('name: hello', 'name: &n hello');
    assert.deepEqual(findings(anchored), []);
    assert.deepEqual(findings(`\uFEFF${VALID.replaceAll('\n', '\r\n')}`), []);
    assert.deepEqual(findings(`%YAML 1.2\n---\n${VALID}...\n`), []);
    const merged = VALID.replace('  gpu: 8\n  nodeCount: 2\n', '  <<: {gpu: 8, nodeCount: 2}\n');
    const demand = (text: string) => (readDocument(text, 'gpuctl')?.model as JobModel | undefined)?.demand;
    assert.deepEqual(demand(merged), demand(VALID));
  });

  test('hostile documents get one finding and no more', () => {
    const bomb = `kind: training\na: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h']
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`)
      .join('\n')}\n`;
    assert.deepEqual(
      codes(bomb).map((line) => line.split(' ')[1]),
      ['document.too-large'],
    );
    assert.deepEqual(codes(`${VALID}x: ${'['.repeat(5000)}\n`).length > 0, true);
    assert.deepEqual(codes(`${VALID}deepspeed: {config: {__proto__: {a: 1}, constructor: 1}}\n`), []);
    assert.deepEqual(codes(`${VALID}description: ${'x'.repeat(300_000)}\n`), [
      'warning document.too-large «kind: training»',
    ]);
    const merges = Array.from({ length: 1000 }, () => '  <<: *d').join('\n');
    const begin = performance.now();
    codes(`${VALID}deepspeed:\n  config: &d {a: 1}\n  x:\n${merges.replaceAll('  <<', '    <<')}\n`);
    codes(`${VALID}deepspeed: {config: {a: &d 1, b: [${Array(10_000).fill('*d').join(',')}]}}\n`);
    codes(`kind: inference\njob: {x: ${'[1],'.repeat(200_000)}}\n`);
    assert.ok(performance.now() - begin < 3000, `${performance.now() - begin} ms`);
    const loop = `kind: training\njob: &a\n  name: x\n  self: *a\nenvironment: {image: b}\n`;
    assert.ok(codes(loop).length > 0);
  });
});
