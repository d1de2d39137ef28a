import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withLiveFindings } from '../../server/src/capacity/liveRules.ts';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { type Level, type Levels, NO_LEVELS } from '../../server/src/kinds/levels.ts';
import { fourteenFree, outlookOn } from './nodesAndPods.ts';

const LATEST = `kind: training
job:
  name: sft
environment:
  image: trainer:latest
`;
const found = (text: string, levels: Levels = NO_LEVELS) =>
  (readDocument(text, 'gpuctl', levels)?.findings ?? []).map(({ severity, code }) => `${severity} ${code}`);
const runs = (text: string, levels?: Levels) => readDocument(text, 'gpuctl', levels)?.model !== undefined;

describe('levels', () => {
  test('give a code another severity, or none', () => {
    assert.deepEqual(found(LATEST), ['information image.latest']);
    for (const level of ['error', 'information', 'hint'] as const)
      assert.deepEqual(found(LATEST, { 'image.latest': level }), [`${level} image.latest`]);
    assert.deepEqual(found(LATEST, { 'image.latest': 'off' }), []);
  });

  test('may name a group, by the first word or by the chapter; the narrower wins', () => {
    for (const group of ['image', 'image.*', 'safety']) assert.deepEqual(found(LATEST, { [group]: 'off' }), [], group);
    assert.deepEqual(found(LATEST, { safety: 'off', image: 'hint' }), ['hint image.latest']);
    assert.deepEqual(found(LATEST, { image: 'off', 'image.latest': 'hint' }), ['hint image.latest']);
    assert.deepEqual(found(LATEST, { imag: 'off', storage: 'off' }), ['information image.latest']);
  });

  test('that are no levels change nothing', () => {
    const levels = { 'image.latest': 'loud', image: null, toString: 'off' } as unknown as Record<string, Level>;
    assert.deepEqual(found(LATEST, levels), ['information image.latest']);
  });

  test('hold for what the schema finds, unless the document could not run with it', () => {
    const text = `${LATEST.replace(':latest', ':1')}colour: blue\n`;
    assert.deepEqual(found(text, { 'key.unknown': 'off' }), []);
    assert.deepEqual(found(text, { key: 'error' }), ['error key.unknown']);
    const broken = `${text}retries: many\n`;
    assert.deepEqual(found(broken, { value: 'off', key: 'off' }), ['error value.wrong-type']);
    assert.equal(runs(broken, { value: 'off' }), false);
    const uneven = `${LATEST}resources: {pool: p, gpu: 3, nodeCount: 2, cpu: 1, memory: 1Gi}\n`;
    assert.deepEqual(found(uneven, { gpu: 'hint', image: 'off' }), ['error gpu.not-divisible']);
  });

  test('decide whether a document can be submitted', () => {
    assert.equal(runs(LATEST), true);
    assert.equal(runs(LATEST, { 'image.latest': 'error' }), false);
    assert.equal(runs(`${LATEST}colour: blue\n`, { 'key.unknown': 'error' }), false);
    const overSsh = `${LATEST.replace(':latest', ':1\n  command: [deepspeed, train.py]')}resources: {nodeCount: 2}\n`;
    assert.deepEqual(found(overSsh), ['error deepspeed.launcher-nodes']);
    assert.equal(runs(overSsh), false);
    assert.equal(runs(overSsh, { 'deepspeed.launcher-nodes': 'warning' }), true);
    assert.equal(runs(overSsh.replace('train.py]', 'train.py] # gpuctl-ignore: deepspeed.launcher-nodes')), true);
  });
});

describe('a comment silences', () => {
  const at = (comment: string) => found(LATEST.replace(':latest', `:latest ${comment}`));

  test('the line that it ends', () => {
    assert.deepEqual(at('# gpuctl-ignore: image.latest'), []);
    assert.deepEqual(at('#gpuctl-ignore:image.latest'), []);
    assert.deepEqual(at('# gpuctl-ignore: image'), []);
    assert.deepEqual(at('# gpuctl-ignore: safety, tools.*'), []);
    assert.deepEqual(at('# gpuctl-ignore: tools.nodes, image.latest # it is ours'), []);
    assert.deepEqual(at('# gpuctl-ignore：image.latest，tools.nodes # 我们的镜像'), []);
    assert.deepEqual(at('# gpuctl-ignore: tools.nodes'), ['information image.latest']);
    assert.deepEqual(at('# see gpuctl-ignore: image.latest'), ['information image.latest']);
  });

  test('the line below it, also through other comments', () => {
    const above = (comments: string) => found(LATEST.replace('  image', `${comments}\n  image`));
    assert.deepEqual(above('  # gpuctl-ignore: image.latest'), []);
    assert.deepEqual(above('# gpuctl-ignore: image.latest\n# 为什么：镜像固定\n  # gpuctl-ignore: tools.nodes'), []);
    assert.deepEqual(above('  # gpuctl-ignore: image.latest\n  command: [a]'), ['information image.latest']);
  });

  test('in files of Windows, and among Chinese text', () => {
    const text = LATEST.replace('  image', '  # gpuctl-ignore: image.latest\n  image').replace(
      'name: sft',
      'name: sft # 微调',
    );
    assert.deepEqual(found(text.replaceAll('\n', '\r\n')), []);
    const other = LATEST.replace(':latest', ':latest # gpuctl-ignore: image.latest').replaceAll('\n', '\r\n');
    assert.deepEqual(found(other), []);
  });

  test('nothing from within a text', () => {
    const env = (value: string) => found(LATEST.replace(':latest', `:latest\n  env:\n    A: ${value}`));
    assert.deepEqual(env('"# gpuctl-ignore: image.latest"'), ['information image.latest']);
    assert.deepEqual(env('|\n      # gpuctl-ignore: image.latest\n'), ['information image.latest']);
    const quoted = LATEST.replace(
      'image: ',
      'image: &a "trainer:latest"\n  env: {A: "x # gpuctl-ignore: image.latest"}\n#',
    );
    assert.deepEqual(found(quoted), ['information image.latest']);
  });

  test('nothing that a document could not run with, nor in a broken one', () => {
    assert.deepEqual(found(`${LATEST}retries: many # gpuctl-ignore: value.wrong-type, image\n`), [
      'error value.wrong-type',
    ]);
    assert.deepEqual(found(`${LATEST}retries: [ # gpuctl-ignore: yaml.syntax\n`)[0], 'error yaml.syntax');
    assert.deepEqual(found('kind: nothing # gpuctl-ignore: kind.unknown\n'), ['error kind.unknown']);
  });

  test('what the schema, the file and the cluster find alike', () => {
    assert.deepEqual(found(`${LATEST.replace(':latest', ':1')}colour: blue # gpuctl-ignore: key.unknown\n`), []);
    const twice = `${LATEST}---\n${LATEST.replace('sft', 'sft # gpuctl-ignore: job.twice-in-file')}`;
    const file = checkFile(twice, 'gpuctl');
    assert.deepEqual(
      documentsOf(file).map(({ document }) => file.together.get(document)?.length),
      [1, 0],
    );
    assert.equal(checkFile(twice, 'gpuctl', undefined, { job: 'off' }).together.size, 2);
    const wants = (comment: string, levels: Levels = NO_LEVELS) => {
      const resources = `resources:\n  pool: training-pool\n  gpu: 16 ${comment}\n  nodeCount: 2\n  cpu: 1\n  memory: 1Gi\n`;
      const document = readDocument(LATEST.replace(':latest', ':1') + resources, 'gpuctl', levels);
      assert.ok(document);
      const live = outlookOn(fourteenFree());
      return withLiveFindings(document.findings, document, live, levels).map(
        ({ severity, code }) => `${severity} ${code}`,
      );
    };
    assert.deepEqual(wants(''), ['warning capacity.insufficient-gpus']);
    assert.deepEqual(wants('# gpuctl-ignore: capacity'), []);
    assert.deepEqual(wants('', { capacity: 'information' }), ['information capacity.insufficient-gpus']);
  });

  test('and an edit of one document leaves the findings of the others', () => {
    const text = `${LATEST}---\n${LATEST.replace('sft', 'other')}`;
    const before = checkFile(text, 'gpuctl');
    assert.equal(before.together.size, 0);
    const after = checkFile(text.replace('other', 'sft'), 'gpuctl', before);
    assert.equal(after.together.size, 2);
    assert.equal(after.chunks[0]?.document, before.chunks[0]?.document);
  });
});
