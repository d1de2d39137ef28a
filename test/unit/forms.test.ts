/** One document in every form that YAML allows: what it means stays the same, and foreign documents beside it are never touched. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { readDocument } from '../../server/src/kinds/document.ts';

const PLAIN = `kind: training
version: v0.1
job:
  name: qwen-sft
  description: 微调 🚀
  epochs: 3
environment:
  image: registry.example.com/team/trainer:1.0
  command: [python, -c, "print('a: b # c')"]
  env:
    - name: LEARNING_RATE
      value: 1e-5
    - name: NOTE
      value: two words
    - name: AGAIN
      value: two words
resources:
  pool: training-pool
  gpu: 8
  nodeCount: 2
  cpu: 32
  memory: 400Gi
storage:
  workdirs:
    - path: /data
      claim: data
output:
  dir: /data/out
`;

/** The text with one place after the other written differently. */
function edit(...changes: (string | RegExp)[]): string {
  let text = PLAIN;
  for (let index = 0; index < changes.length; index += 2) {
    const changed = text.replace(changes[index] as string, changes[index + 1] as string);
    assert.notEqual(changed, text, String(changes[index]));
    text = changed;
  }
  return text;
}

const FORMS: Record<string, string> = {
  'CRLF line ends': PLAIN.replaceAll('\n', '\r\n'),
  'byte order mark': `\uFEFF${PLAIN}`,
  'a mark and CRLF': `\uFEFF---\r\n${PLAIN.replaceAll('\n', '\r\n')}...\r\n`,
  '---': `---\n${PLAIN}`,
  '--- with a comment': `--- # first\n${PLAIN}`,
  '...': `${PLAIN}...\n`,
  directives: `%YAML 1.2\n%TAG !e! tag:example.com,2026:\n---\n${PLAIN}`,
  'no line end': PLAIN.trimEnd(),
  'blank lines': `\n\n${PLAIN.replaceAll('\n', '\n\n')}\n\n`,
  comments: `# first\n${PLAIN.replaceAll(/\n/g, ' # note: {a: b}\n')}# last\n`,
  'comment lines': PLAIN.replaceAll(/\n(?=.)/g, '\n# kind: inference\n'),
  'spaces at line ends': PLAIN.replaceAll('\n', '  \n'),
  'tabs between words': edit('name: qwen', 'name:\tqwen').replace('gpu: 8', 'gpu: 8\t# all'),
  'four spaces': PLAIN.replaceAll(/^ +/gm, (blanks) => blanks.repeat(2)).replaceAll(/^( +)- /gm, '$1-   '),
  'lists below their key': PLAIN.replaceAll(/^ {4}(?=- | {2}\w)/gm, '  '),
  'flow style': edit(
    /resources:\n( {2}.*\n)+/,
    'resources: {pool: training-pool, gpu: 8, nodeCount: 2, cpu: 32, memory: 400Gi}\n',
  ),
  'flow style over lines': edit(
    /resources:\n( {2}.*\n)+/,
    'resources: {\n  pool: training-pool, # of many\n  gpu: 8,\n\n  nodeCount: 2, cpu: 32,\n  memory: 400Gi,\n  }\n',
  ),
  'all in flow style': `{kind: training, version: v0.1, job: {name: qwen-sft, description: 微调 🚀, epochs: 3},
  environment: {image: "registry.example.com/team/trainer:1.0", command: [python, -c, "print('a: b # c')"],
  env: [{name: LEARNING_RATE, value: 1e-5}, {name: NOTE, value: two words}, {name: AGAIN, value: two words}]},
  resources: {pool: training-pool, gpu: 8, nodeCount: 2, cpu: 32, memory: 400Gi},
  storage: {workdirs: [{path: /data, claim: data}]}, output: {dir: /data/out}}\n`,
  JSON: `${JSON.stringify({
    kind: 'training',
    version: 'v0.1',
    job: { name: 'qwen-sft', description: '微调 🚀', epochs: 3 },
    environment: {
      image: 'registry.example.com/team/trainer:1.0',
      command: ['python', '-c', "print('a: b # c')"],
      env: [
        { name: 'LEARNING_RATE', value: '1e-5' },
        { name: 'NOTE', value: 'two words' },
        { name: 'AGAIN', value: 'two words' },
      ],
    },
    resources: { pool: 'training-pool', gpu: 8, nodeCount: 2, cpu: 32, memory: '400Gi' },
    storage: { workdirs: [{ path: '/data', claim: 'data' }] },
    output: { dir: '/data/out' },
  })}\n`,
  'quoted keys and values': edit('kind: training', '"kind": \'training\'', 'name: qwen-sft', '\'name\': "qwen-sft"'),
  escapes: edit('微调 🚀', String.raw`"\u5fae\u8c03 \U0001F680"`),
  'block scalars': edit('value: two words', 'value: >-\n        two\n        words', '1e-5', '|-\n        1e-5'),
  'plain text over lines': edit('value: two words', 'value: two\n        words'),
  'quoted text over lines': edit('value: two words', 'value: "two\n        words"'),
  'explicit keys': edit('  gpu: 8', '  ? gpu\n  : 8'),
  tags: edit('gpu: 8', 'gpu: !!int 8', 'name: qwen-sft', 'name: !!str qwen-sft'),
  'an alias': edit('value: two words', 'value: &words two words', 'value: two words', 'value: *words'),
  'an anchor of a section': edit('    - path: /data\n      claim: data\n', '    - &dir {path: /data, claim: data}\n'),
  'a merge key': edit('  cpu: 32\n  memory: 400Gi\n', '  <<: {cpu: 32, memory: 400Gi}\n'),
  'merge keys, the own key wins': edit('  cpu: 32\n', '  <<: [{cpu: 32}, {cpu: 1, gpu: 1}]\n'),
  'a number in hexadecimal': edit('gpu: 8', 'gpu: 0x8', 'epochs: 3', 'epochs: 0o3'),
  'empty optional keys': edit('  epochs: 3\n', '  epochs: 3\n  priority:\n  namespace: ~\n'),
  'variables as a mapping': edit(
    /env:\n( {4}.*\n)+/,
    'env:\n    LEARNING_RATE: 1e-5\n    NOTE: two words\n    AGAIN: two words\n',
  ),
  'kebab-case': edit('nodeCount', 'node-count'),
  snake_case: edit('nodeCount', 'node_count'),
  'other order': `${PLAIN.slice(PLAIN.indexOf('environment:'))}${PLAIN.slice(0, PLAIN.indexOf('environment:'))}`,
};

/** What a document means, less how its sections were written. */
function meaning(text: string, mode: 'gpuctl' | 'yaml'): unknown {
  const { model } = readDocument(text, mode) ?? {};
  const { sections: _, ...rest } = (model ?? {}) as { sections?: unknown };
  return JSON.parse(JSON.stringify(rest));
}

const FOREIGN: Record<string, string> = {
  manifest:
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  job: |\n    kind: training\n    job: {name: b}\n',
  'manifest of a like kind': 'kind: Training\nmetadata:\n  name: a\njob: {}\napiVersion: example.com/v1\n',
  compose: 'services:\n  job:\n    image: a\n',
  'other’s kind': 'kind: resource\nname: a\n',
  text: 'just a text\n',
  list: '- kind: training\n- job: {name: a}\n',
  broken: 'a: [b\nc: "d\n\te: f\n',
  anchors: 'a: &x {b: c}\nd: *x\ne: *nowhere\n',
  empty: '# nothing\n',
};

describe('a document means the same', () => {
  for (const [form, text] of Object.entries(FORMS)) {
    test(form, () => {
      for (const mode of ['gpuctl', 'yaml'] as const) {
        assert.deepEqual(readDocument(text, mode)?.findings, [], mode);
        assert.deepEqual(meaning(text, mode), meaning(PLAIN, mode));
      }
    });
  }
});

describe('foreign documents are not touched', () => {
  for (const [name, foreign] of Object.entries(FOREIGN)) {
    test(name, () => {
      const text = `${foreign}---\n${PLAIN}---\n${foreign}...\n---\n${foreign}---\n${PLAIN.replace('qwen-sft', 'second')}`;
      for (const file of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`]) {
        const checked = checkFile(file, 'yaml');
        const ours = documentsOf(checked);
        assert.deepEqual(
          ours.map(({ document }) => [document.name, document.findings]),
          [
            ['qwen-sft', []],
            ['second', []],
          ],
        );
        for (const { offset, document } of ours)
          assert.equal(file.slice(offset, offset + document.text.length), document.text);
      }
    });
  }
});
