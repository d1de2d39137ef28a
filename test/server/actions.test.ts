import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  CodeActionTriggerKind,
  type Diagnostic,
  type Position,
} from 'vscode-languageserver';
import { type Pair, type PairOptions, startPair } from './pair.ts';
import { afterEdit } from './workspaceFolder.ts';

const env = { ...process.env, KUBECONFIG: '/nonexistent', HOME: '/nonexistent' };
const URI = 'untitled:Untitled-1';
const TEXT = `kind: training
job:
  name: a
environment:
  image: x:1
resources:
  gpu: 8
  node_count: 3
resuorces2: 1
`;
const RESOLVES: ClientCapabilities = {
  workspace: { workspaceEdit: { documentChanges: true } },
  textDocument: { codeAction: { resolveSupport: { properties: ['edit'] } } },
};

let pair: Pair;
afterEach(() => pair.stop());

const begin = async (text: string, options: PairOptions = {}): Promise<Diagnostic[]> => {
  pair = await startPair({ env, ...options });
  return pair.open(URI, text);
};
const ask = (start: Position, context: Partial<CodeActionContext> = {}, end = start): Promise<CodeAction[]> =>
  pair.client.sendRequest('textDocument/codeAction', {
    textDocument: { uri: URI },
    range: { start, end },
    context: { diagnostics: [], ...context },
  });
/** Asks for some kinds of actions alone. */
const of = (kinds: string[]): Partial<CodeActionContext> => Object.fromEntries([['only', kinds]]);
const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);
const after = ({ edit }: CodeAction, text = TEXT) => afterEdit(edit, { [URI]: text })[URI];

test('a fix is tied to its finding, preferred where it is the one right way, and made for a version', async () => {
  const found = await begin('kind: trainng\njob:\n  name: a\nenvironment:\n  image: x:1\n', { capabilities: RESOLVES });
  const [fix] = await ask({ line: 0, character: 8 }, { diagnostics: found });
  assert.equal(fix?.isPreferred, true);
  assert.equal(fix?.kind, 'quickfix');
  assert.deepEqual(
    fix?.diagnostics?.map(({ code }) => code),
    ['kind.unknown'],
  );
  const [change] = fix?.edit?.documentChanges ?? [];
  assert.ok(change && 'textDocument' in change);
  assert.deepEqual(change.textDocument, { uri: URI, version: 1 });
  assert.equal(fix?.edit?.changes, undefined);
});

test('of several findings only those that the editor asks about are fixed', async () => {
  const found = await begin('kind: training\njob:\n  naem: a\nenvironment:\n  imgae: x:1\n');
  const whole = { line: 5, character: 0 };
  const all = await ask({ line: 0, character: 0 }, of(['quickfix']), whole);
  const image = found.filter(({ code, range }) => code === 'key.unknown' && range.start.line === 4);
  const one = await ask({ line: 0, character: 0 }, { ...of(['quickfix']), diagnostics: image }, whole);
  assert.ok(titles(all).some((title) => /name/.test(title)));
  assert.deepEqual(titles(one), [
    'Change to `image`',
    'Fix all 2 problems of this file that have one right fix',
    'Ignore `key.unknown` here',
  ]);
});

test('what is asked for is what comes: kinds, and less where nobody asked', async () => {
  await begin(TEXT);
  const gpu = { line: 6, character: 8 };
  const kinds = async (context: Partial<CodeActionContext>, at = gpu) =>
    new Set((await ask(at, context)).map(({ kind }) => kind));
  assert.deepEqual(await kinds(of(['refactor'])), new Set(['refactor.rewrite']));
  assert.deepEqual(await kinds(of(['source'])), new Set(['source.fixAll.gpuctl']));
  assert.deepEqual(await kinds(of(['source.fixAll.gpuctl'])), new Set(['source.fixAll.gpuctl']));
  assert.deepEqual(await kinds(of(['source.organizeImports'])), new Set());
  assert.deepEqual(await kinds(of(['refactor.extract'])), new Set());
  const automatic = titles(await ask(gpu, { triggerKind: CodeActionTriggerKind.Automatic }));
  const invoked = titles(await ask(gpu, { triggerKind: CodeActionTriggerKind.Invoked }));
  assert.ok(automatic.some((title) => /Split the 8 GPUs over 2 nodes/.test(title)));
  assert.ok(!automatic.some((title) => /kebab-case/.test(title)));
  assert.ok(!invoked.some((title) => /kebab-case/.test(title)), 'the whole document is for the menu of refactorings');
  assert.ok(titles(await ask(gpu, of(['refactor']))).some((title) => /kebab-case/.test(title)));
  const root = titles(await ask({ line: 5, character: 0 }, { triggerKind: CodeActionTriggerKind.Invoked }));
  assert.ok(root.includes('Add `storage`'), root.join('\n'));
});

test('a split mends its finding, in the spelling of the document', async () => {
  await begin(TEXT);
  const actions = await ask({ line: 7, character: 4 }, of(['refactor']));
  const split = actions.find(({ title }) => /over 4 nodes/.test(title));
  assert.equal(split && after(split), TEXT.replace('node_count: 3', 'node_count: 4'));
});

test('work on the whole file is done when it is chosen, and not on another version', async () => {
  const text = `${TEXT}---\n${TEXT}`;
  await begin(text, { capabilities: RESOLVES });
  const actions = await ask({ line: 0, character: 0 }, of(['refactor']));
  const whole = actions.find(({ title }) => title === 'Write the keys of this file in kebab-case');
  assert.ok(whole && !whole.edit);
  const resolved = await pair.client.sendRequest<CodeAction>('codeAction/resolve', whole);
  assert.equal(after(resolved, text), text.replaceAll('node_count', 'node-count'));
  await pair.change(URI, `# new\n${text}`);
  assert.equal((await pair.client.sendRequest<CodeAction>('codeAction/resolve', whole)).edit, undefined);
});

test('an editor that does not resolve gets all edits at once, by file', async () => {
  const text = 'kind: training\njob:\n  name: a\nenvironmnt:\n  imgae: x:1\n';
  await begin(text, { ours: false });
  const [all] = await ask({ line: 0, character: 0 }, of(['source.fixAll']));
  assert.equal(all && after(all, text), text.replace('environmnt', 'environment').replace('imgae', 'image'));
});

test('titles are in the person’s language', async () => {
  await begin(TEXT, { language: 'zh-cn' });
  for (const title of titles(await ask({ line: 6, character: 8 }))) assert.match(title, /\p{Script=Han}/u);
});

test('broken, foreign, closed and empty documents get no action and do no harm', async () => {
  await begin('kind: training\njob: [a\n  name: {\n');
  for (let line = 0; line < 4; line++) {
    for (const action of await ask({ line, character: 5 })) assert.match(action.title, /Ignore|Change|Add|Write/);
  }
  await pair.change(URI, '');
  assert.deepEqual(await ask({ line: 0, character: 0 }), []);
  await pair.change(URI, 'apiVersion: v1\nkind: Pod\n');
  assert.deepEqual(await ask({ line: 0, character: 0 }), []);
  await pair.client.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
  assert.deepEqual(await ask({ line: 0, character: 0 }), []);
});
