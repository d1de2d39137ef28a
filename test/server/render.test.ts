import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { type RangeDto, type RenderedDto, Requests } from '../../server/src/protocol.ts';
import { type Pair, type PairOptions, startPair } from './pair.ts';

const env = { ...process.env, KUBECONFIG: '/nonexistent', HOME: '/nonexistent' };
const URI = 'file:///work/%E8%AE%AD%E7%BB%83.gpuctl.yaml';
const training = (name: string, more = '') => `kind: training
job:
  name: ${name}
environment:
  image: x:1 # 镜像
${more}`;
const BROKEN = training('Not A Name');

let pair: Pair;
const start = async (options: PairOptions = {}) => {
  pair = await startPair({ env, ...options });
};
beforeEach(() => start());
afterEach(() => pair.stop());

async function render(uri = URI): Promise<RenderedDto> {
  const rendered = await pair.ask(Requests.render, { textDocument: { uri } });
  assert.ok(rendered);
  return rendered;
}
const textAt = (text: string, { start, end }: RangeDto) => {
  const lines = text.split('\n');
  return start.line === end.line ? lines[start.line]?.slice(start.character, end.character) : '';
};
/** Names of the resources in a rendered text. */
const namesIn = ({ text }: RenderedDto): string[] =>
  parseAllDocuments(text).flatMap((document) => {
    assert.deepEqual(document.errors, []);
    const object = document.toJS() as { kind: string; metadata: { name: string } } | null;
    return object ? [`${object.kind} ${object.metadata.name}`] : [];
  });
/** What the file has where a rendered line comes from. */
function sourcesOf(rendered: RenderedDto, line: string, file: string): (string | undefined)[] {
  const number = rendered.text.split('\n').findIndex((text) => text.includes(line));
  const found = rendered.counterparts.find((one) => one.line === number);
  return (found?.sources ?? []).map((range) => textAt(file, range));
}

test('the resources of a file follow each edit, and every line leads back to what gave it', async () => {
  const before = training('first', 'retries: 2\n');
  await pair.open(URI, before);
  const first = await render();
  assert.match(first.text, /^# What Submit would make of 训练\.gpuctl\.yaml\. Read-only\./);
  assert.deepEqual(namesIn(first), ['Job first']);
  assert.deepEqual(sourcesOf(first, 'backoffLimit: 2', before), ['retries: 2']);
  assert.deepEqual(sourcesOf(first, 'image: x:1', before), ['image: x:1']);
  const after = `# 说明\n\n${training('second')}resources: {gpu: 8, nodeCount: 2}\n`;
  await pair.change(URI, after);
  const second = await render();
  assert.equal(second.version, first.version + 1);
  assert.deepEqual(namesIn(second), ['Job second', 'Service second']);
  assert.deepEqual(sourcesOf(second, 'nvidia.com/gpu: 4', after), ['gpu: 8', 'nodeCount: 2']);
});

test('the answer is of the text as it is now, without waiting for its findings', async () => {
  await pair.open(URI, training('first'));
  for (const [index, name] of ['a', 'ab', 'abc'].entries()) {
    await pair.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: URI, version: index + 2 },
      contentChanges: [{ text: training(name) }],
    });
    const rendered = await render();
    assert.equal(rendered.version, index + 2);
    assert.deepEqual(namesIn(rendered), [`Job ${name}`]);
  }
});

test('a document with errors keeps what was rendered of it last, and says so', async () => {
  await pair.open(URI, training('good'));
  await render();
  await pair.change(URI, BROKEN);
  const stale = await render();
  assert.deepEqual(namesIn(stale), ['Job good']);
  assert.match(stale.text, /# training Not A Name \(line 1\) has 1 error now/);
  assert.deepEqual(stale.counterparts, []);
  await pair.change(URI, training('mended'));
  const mended = await render();
  assert.deepEqual(namesIn(mended), ['Job mended']);
  assert.doesNotMatch(mended.text, /error/);
});

test('one that never was without errors says that; closed and opened again, nothing old is shown', async () => {
  await pair.open(URI, training('good'));
  await render();
  await pair.client.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
  assert.equal(await pair.ask(Requests.render, { textDocument: { uri: URI } }), null);
  await pair.open(URI, BROKEN);
  const rendered = await render();
  assert.deepEqual(namesIn(rendered), []);
  assert.match(rendered.text, /Its resources are shown here once they are mended/);
});

test('of several documents each has its part, the broken one its old part, also when others come before it', async () => {
  const foreign = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: foreign}\n';
  const file = (...all: string[]) => all.join('---\n');
  const broken = (name: string) => training(name, 'retries: many\n');
  const text = file(training('one'), foreign, training('two'), training('three'));
  await pair.open('file:///work/several.yaml', text, 'yaml');
  const all = await render('file:///work/several.yaml');
  assert.deepEqual(namesIn(all), ['Job one', 'Job two', 'Job three']);
  const [, two] = all.documents;
  assert.equal(two?.range.start.line, text.split('\n').indexOf('metadata: {name: foreign}') + 1);
  const firstOfTwo = all.text
    .split('\n')
    .findIndex((line, index) => index >= (two?.line ?? 0) && line === '  name: two');
  assert.ok(firstOfTwo > 0 && firstOfTwo < (all.documents[2]?.line ?? 0));
  await pair.change(
    'file:///work/several.yaml',
    file(training('zero'), training('one'), broken('two'), training('three')),
  );
  const stale = await render('file:///work/several.yaml');
  assert.match(stale.text, /# training two \(line 13\) has 1 error now.*\n---\n.*\n.*\nkind: Job/);
  assert.deepEqual(namesIn(stale), ['Job zero', 'Job one', 'Job two', 'Job three']);
});

test('files are apart; one that was never saved has its preview; one without our documents says so', async () => {
  await pair.open('untitled:Untitled-1', training('unsaved'));
  const foreign = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: foreign}\n';
  await pair.client.sendNotification('textDocument/didOpen', {
    textDocument: { uri: 'file:///work/b.yaml', languageId: 'yaml', version: 1, text: foreign },
  });
  assert.deepEqual(namesIn(await render('untitled:Untitled-1')), ['Job unsaved']);
  assert.match((await render('untitled:Untitled-1')).text, /^# What Submit would make of Untitled-1\./);
  const nothing = await render('file:///work/b.yaml');
  assert.equal(nothing.text, '# There is no gpuctl document in b.yaml.\n');
});

test('of very many documents the first hundred are shown, and that is said', async () => {
  await pair.open(URI, Array.from({ length: 130 }, (_, index) => training(`job-${index}`)).join('---\n'));
  const rendered = await render();
  assert.equal(namesIn(rendered).length, 100);
  assert.match(rendered.text, /has 130 documents; the first 100 are shown/);
});

test('comments are in the language of the person', async () => {
  await pair.stop();
  await start({ language: 'zh-cn' });
  await pair.open(URI, training('demo'));
  const { text } = await render();
  for (const comment of text.split('\n').filter((line) => line.startsWith('#')))
    assert.match(comment, /\p{Script=Han}/u);
});
