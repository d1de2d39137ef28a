/** Completion over the real protocol, without a cluster and beside an API server that notes what it is asked. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver/node';
import { Names } from '../../server/src/operations/names.ts';
import { Session } from '../../server/src/operations/session.ts';
import { Requests } from '../../server/src/protocol.ts';
import { FakeClusters, FakeServer, until } from './fakeCluster.ts';
import { type Pair, startPair } from './pair.ts';

const URI = 'file:///work/qwen-sft.gpuctl.yaml';
const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-completion-'));
const NO_CLUSTER = { connection: { kubeconfig: path.join(folder, 'none') } };
const closing: (() => unknown)[] = [];
after(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true });
});

async function start(options: Parameters<typeof startPair>[0]): Promise<Pair> {
  const pair = await startPair(options);
  closing.unshift(() => pair.stop());
  return pair;
}

/** Opens (or replaces) a text with `¦` for the cursor and asks what may stand there. */
async function ask(pair: Pair, marked: string, uri = URI, languageId = 'gpuctl'): Promise<CompletionList> {
  const text = marked.replace('¦', '');
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  await pair.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await pair.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return pair.client.sendRequest('textDocument/completion', { textDocument: { uri }, position });
}
const labels = ({ items }: CompletionList): string[] => items.map(({ label }) => label);
const editOf = (item: CompletionItem | undefined) => item?.textEdit as TextEdit;

describe('completion without a cluster', () => {
  test('gives keys with a range in the file, a place in the order, and a next list', async () => {
    const pair = await start(NO_CLUSTER);
    const { items, isIncomplete } = await ask(
      pair,
      'apiVersion: v1\nkind: Pod\n---\n# 你好 🙂\nkind: training\nresources:\n  po¦\n',
    );
    assert.equal(isIncomplete, false);
    const [first] = items;
    assert.equal(first?.label, 'pool');
    assert.deepEqual(editOf(first), {
      range: { start: { line: 6, character: 2 }, end: { line: 6, character: 4 } },
      newText: 'pool: $1',
    });
    assert.equal(first?.insertTextFormat, 2);
    assert.equal(first?.command?.command, 'editor.action.triggerSuggest');
    assert.deepEqual(
      items.map(({ sortText }) => sortText),
      items.map(({ sortText }) => sortText).toSorted(),
    );
    assert.match(JSON.stringify(first?.documentation), /markdown.*Default: `default`/);
  });

  test('is the same behind CRLF and a BOM', async () => {
    const pair = await start(NO_CLUSTER);
    const { items } = await ask(pair, '\uFEFFkind: training\r\njob:\r\n  priority: l¦\r\n');
    assert.deepEqual(labels({ items, isIncomplete: false }), ['high', 'medium', 'low']);
    assert.deepEqual(editOf(items[2]).range, { start: { line: 2, character: 12 }, end: { line: 2, character: 13 } });
  });

  test('proposes the name of the file for a job, and speaks Chinese', async () => {
    const pair = await start({ ...NO_CLUSTER, language: 'zh-cn' });
    const [name] = (await ask(pair, 'kind: training\njob:\n  name: ¦')).items;
    assert.equal(name?.label, 'qwen-sft');
    assert.equal(name?.detail, '取自文件名');
  });

  test('leaves foreign documents alone', async () => {
    const pair = await start(NO_CLUSTER);
    assert.deepEqual(labels(await ask(pair, 'apiVersion: v1\nkind: Pod\nme¦')), []);
    assert.deepEqual(labels(await ask(pair, 'services:\n  ¦', 'file:///work/compose.yaml', 'yaml')), []);
    const mixed = 'kind: training\njob:\n  name: a\n---\napiVersion: v1\n¦\n';
    assert.deepEqual(labels(await ask(pair, mixed, 'file:///work/mixed.yaml', 'yaml')), []);
  });

  test('has documents to begin with in an empty file, once each', async () => {
    const pair = await start(NO_CLUSTER);
    const found = labels(await ask(pair, '¦'));
    assert.ok(found.includes('Inference with vLLM'));
    assert.deepEqual(found, [...new Set(found)]);
    const yaml = await ask(pair, 'kind: ¦', 'file:///work/new.yaml', 'yaml');
    assert.ok(labels(yaml).includes('Notebook'));
  });

  test('gives other editors no commands of VS Code', async () => {
    const pair = await start({ ours: false });
    const { items } = await ask(pair, 'kind: training\nresources:\n  ¦\n');
    assert.ok(items.length > 0 && items.every(({ command }) => command === undefined));
  });

  test('answers at once in a file of 1000 documents', async () => {
    const pair = await start(NO_CLUSTER);
    const one = 'kind: training\njob:\n  name: job-of-many\nenvironment:\n  image: team/train:1.0\n';
    await ask(pair, `${Array.from({ length: 1000 }, () => one).join('---\n')}resources:\n  ¦\n`);
    const position = { line: 1000 * 6 - 1 + 1, character: 2 };
    const begin = performance.now();
    for (let count = 0; count < 20; count++)
      await pair.client.sendRequest('textDocument/completion', { textDocument: { uri: URI }, position });
    assert.ok((performance.now() - begin) / 20 < 50, `${(performance.now() - begin) / 20} ms`);
  });

  test('makes a new document from answers', async () => {
    const pair = await start({ ...NO_CLUSTER, trusted: false });
    const recipes = await pair.ask(Requests.recipes);
    assert.deepEqual(
      recipes.filter(({ resources }) => !resources).map(({ id }) => id),
      ['pool', 'quota'],
    );
    assert.deepEqual(recipes.find(({ id }) => id === 'qwen2-72b')?.resources, { gpus: 16, nodes: 2 });
    const { snippet } = await pair.ask(Requests.newDocument, { recipe: 'vllm', name: 'chat', pool: 'p', gpus: 2 });
    assert.match(snippet, /^kind: inference\njob:\n {2}name: chat\n/);
  });
});

/** An API server with one node and some names; it notes every request. */
async function startApi(mayList: (resource: string, namespace: string | undefined) => boolean) {
  const requests: { path: string; accept: string | undefined }[] = [];
  const json = (response: ServerResponse, value: unknown, code = 200) =>
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const node = {
    metadata: { name: 'n1', uid: 'n1', labels: { 'gpuctl/pool': 'training-pool', 'gpuctl/gpu-type': 'A100-80G' } },
    status: { allocatable: { 'nvidia.com/gpu': '8' }, conditions: [{ type: 'Ready', status: 'True' }] },
  };
  const names: Record<string, string[]> = {
    namespaces: ['team-a', 'team-b'],
    persistentvolumeclaims: ['datasets'],
    secrets: ['prod-login'],
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (searchParams.has('watch'))
        return response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      requests.push({ path: pathname, accept: request.headers.accept });
      if (pathname.endsWith('selfsubjectaccessreviews')) {
        const { resource, namespace } = JSON.parse(body).spec.resourceAttributes;
        return void json(response, { status: { allowed: mayList(resource, namespace) } }, 201);
      }
      const resource = pathname.split('/').at(-1) ?? '';
      const found = names[resource]?.map((name) => ({ metadata: { name } }));
      const items = resource === 'nodes' ? [node] : (found ?? []);
      json(response, { metadata: { resourceVersion: '1' }, items });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const kubeconfig = path.join(folder, `config-${closing.length}`);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      'current-context': 'c',
      clusters: [{ name: 'demo', cluster: { server: address } }],
      users: [{ name: 'u', user: { token: 't' } }],
      contexts: [{ name: 'c', context: { cluster: 'demo', user: 'u', namespace: 'team-a' } }],
    }),
  );
  const listed = (resource: string) => requests.filter(({ path: asked }) => asked.endsWith(`/${resource}`));
  return { connection: { kubeconfig }, requests, listed };
}

const CLAIM = 'kind: training\nstorage:\n  workdirs:\n    - path: /data\n      claim: ¦\n';
const connected = (pair: Pair) => pair.until('a connection', () => pair.connection?.phase === 'connected');

describe('completion beside a cluster', () => {
  test('shows pools with their free GPUs', async () => {
    const api = await startApi(() => true);
    const pair = await start({ connection: api.connection });
    await ask(pair, 'kind: training\n¦');
    await connected(pair);
    const { items } = await ask(pair, 'kind: training\nresources:\n  pool: ¦\n');
    assert.deepEqual(
      items.map(({ label, detail }) => [label, detail]),
      [
        ['training-pool', '8 of 8 A100-80G free'],
        ['default', 'nodes that belong to no pool'],
      ],
    );
    const recipe = (await ask(pair, '¦')).items.find(({ label }) => label === 'Notebook');
    assert.match(editOf(recipe).newText, /pool: \$\{3\|training-pool,default\|\}/);
  });

  test('asks for names when they are first wanted, for their metadata only, and once', async () => {
    const api = await startApi(() => true);
    const pair = await start({ connection: api.connection });
    await ask(pair, 'kind: training\n¦');
    await connected(pair);
    assert.equal(api.listed('persistentvolumeclaims').length, 0, 'nothing before it is wanted');
    const first = await ask(pair, CLAIM);
    assert.equal(first.isIncomplete, true);
    const second = await pair.until('the claims', async () => {
      const found = await ask(pair, CLAIM);
      return !found.isIncomplete && found;
    });
    assert.deepEqual(labels(second), ['datasets']);
    const [asked, ...more] = api.listed('persistentvolumeclaims');
    assert.deepEqual(more, []);
    assert.equal(asked?.path, '/api/v1/namespaces/team-a/persistentvolumeclaims');
    assert.match(asked?.accept ?? '', /as=PartialObjectMetadataList/);
  });

  test('asks in the namespace of the document', async () => {
    const api = await startApi(() => true);
    const pair = await start({ connection: api.connection });
    const text = 'kind: training\njob:\n  namespace: team-b\nenvironment:\n  imagePullSecret: ¦\n';
    await ask(pair, text);
    await connected(pair);
    await pair.until('the secrets', async () => labels(await ask(pair, text)).includes('prod-login'));
    assert.deepEqual(
      api.listed('secrets').map(({ path: asked, accept }) => [asked, accept?.includes('PartialObjectMetadataList')]),
      [['/api/v1/namespaces/team-b/secrets', true]],
    );
  });

  test('does not ask without the right, and has no names then', async () => {
    const api = await startApi((resource) => resource !== 'secrets');
    const pair = await start({ connection: api.connection });
    const text = 'kind: training\nenvironment:\n  imagePullSecret: ¦\n';
    await ask(pair, text);
    await connected(pair);
    const found = await pair.until('the answer', async () => {
      const now = await ask(pair, text);
      return !now.isIncomplete && api.listed('selfsubjectaccessreviews').length > 0 && now;
    });
    assert.ok(!labels(found).includes('prod-login'));
    assert.deepEqual(api.listed('secrets'), []);
  });

  test('asks nothing of a cluster in a workspace that is not trusted', async () => {
    const api = await startApi(() => true);
    const pair = await start({ connection: api.connection, trusted: false });
    const found = await ask(pair, CLAIM);
    assert.equal(found.isIncomplete, false);
    assert.deepEqual(api.requests, []);
  });
});

describe('names of a cluster', () => {
  const claim = (name: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default' },
  });

  test('hold for a minute; then the old ones stand until the new are there', async () => {
    const server = new FakeServer();
    server.mayI = () => true;
    server.put(claim('old'));
    const session = new Session(new FakeClusters({ c: server }), { onStatus: () => {}, onState: () => {} });
    closing.unshift(() => session.dispose());
    let now = 0;
    const names = new Names(session, () => now);
    assert.deepEqual(names.get('claims'), { names: [], complete: true });
    assert.equal(server.connections.length, 0, 'it does not connect by itself');
    session.configure({ context: 'c' }, true);
    session.setInterest(true);
    await until('connected', () => session.status.phase === 'connected');
    assert.equal(names.get('claims').complete, false);
    await until('names', () => names.get('claims').complete);
    server.put(claim('new'));
    now = 59_000;
    assert.deepEqual(names.get('claims'), { names: ['old'], complete: true });
    now = 61_000;
    assert.deepEqual(names.get('claims'), { names: ['old'], complete: false });
    await until('the new ones', () => names.get('claims').complete);
    assert.deepEqual(names.get('claims').names, ['new', 'old']);
  });

  test('that cannot be had are none, without an error', async () => {
    const server = new FakeServer();
    server.mayI = () => true;
    server.may = ({ kind }) => kind !== 'Secret';
    const session = new Session(new FakeClusters({ c: server }), { onStatus: () => {}, onState: () => {} });
    closing.unshift(() => session.dispose());
    session.configure({ context: 'c' }, true);
    session.setInterest(true);
    await until('connected', () => session.status.phase === 'connected');
    const names = new Names(session);
    names.get('secrets');
    await until('an answer', () => names.get('secrets').complete);
    assert.deepEqual(names.get('secrets').names, []);
  });
});
