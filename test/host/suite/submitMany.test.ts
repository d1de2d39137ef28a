import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { activateSubmit } from '../../../client/src/features/submit/index.ts';
import {
  type FileToSubmit,
  type LookDto,
  Requests,
  type SubmitLook,
  type SubmitParams,
} from '../../../server/src/protocol.ts';
import { Messages, StandIn, withWindow } from './standIn.ts';
import { eventually } from './window.ts';

const training = (name: string) => `kind: training\njob: {name: ${name}}\nenvironment: {image: x:1}\n`;

describe('several files submitted at once', function () {
  this.timeout(60_000);
  const folder = () =>
    vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open'), 'several');
  const write = async (name: string, text: string) => {
    const uri = vscode.Uri.joinPath(folder(), name);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    return uri;
  };
  after(() => vscode.workspace.fs.delete(folder(), { recursive: true }));

  const look = (files: readonly FileToSubmit[], more: Partial<LookDto> = {}): SubmitLook => ({
    context: 'prod',
    cluster: 'prod-a',
    documents: files.flatMap(({ uri, text = '' }) =>
      text.split('---\n').map((part, document) => {
        const name = /name: (\w+)/.exec(part)?.[1] ?? '';
        const errors = name === 'broken' ? { count: 1, message: 'No.', line: 0, character: 0 } : undefined;
        return { uri, document, kind: 'training', name, namespace: 'team', ...more, ...(errors && { errors }) };
      }),
    ),
  });

  it('all go to the pool on which they were dropped', async () => {
    const files = [await write('b.gpuctl.yaml', training('b1')), await write('c.gpuctl.yaml', training('c1'))];
    const server = new StandIn();
    const submit = activateSubmit(server.infrastructure);
    const done = server.run('gpuctl.job.submit', { uri: String(files[0]), pool: 'eval' }, files);
    const asked = await eventually('a look', () =>
      server.asked.find((one) => one.method === Requests.lookAtSubmit.method),
    );
    const looked = (asked.params as { files: FileToSubmit[] }).files;
    assert.deepEqual(
      looked.map(({ pool }) => pool),
      ['eval', 'eval'],
    );
    await server.answered(Requests.lookAtSubmit.method, look(looked));
    await server.answered(Requests.lookAtSubmit.method, look(looked));
    await sleep(300);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    const { params } = await eventually('a submit', () =>
      server.asked.find((one) => one.method === Requests.submit.method),
    );
    assert.deepEqual(
      (params as SubmitParams).files.map(({ pool }) => pool),
      ['eval', 'eval'],
    );
    await server.answered(Requests.submit.method, { cluster: 'prod-a', documents: [], cancelled: 2 });
    await done;
    submit.dispose();
    await Promise.all(files.map((file) => vscode.workspace.fs.delete(file)));
  });

  it('are one list; what has errors is not chosen, and what failed is offered again', async () => {
    await write('a.gpuctl.yaml', `${training('a1')}---\n${training('a2')}`);
    await write('inside/plain.yaml', training('plain'));
    await write('inside/foreign.yaml', 'apiVersion: v1\nkind: Secret\n');
    const single = await write('z.gpuctl.yaml', training('broken'));
    const server = new StandIn();
    const messages = new Messages();
    messages.answer = async (buttons) => buttons[0];
    let submit: vscode.Disposable | undefined;
    await withWindow(messages.window, async () => {
      submit = activateSubmit(server.infrastructure);
      const done = server.run('gpuctl.job.submit', folder(), [folder(), single]);
      const asked = await eventually('a look', () =>
        server.asked.find((one) => one.method === Requests.lookAtSubmit.method),
      );
      const { files } = asked.params as { files: FileToSubmit[] };
      assert.deepEqual(
        files.map(({ path }) => path),
        ['several/a.gpuctl.yaml', 'several/inside/plain.yaml', 'several/z.gpuctl.yaml'],
      );
      await server.answered(Requests.lookAtSubmit.method, look(files));
      const verdict = { icon: 'pass', text: 'fits', sentence: '' };
      const again = (await server.answered(Requests.lookAtSubmit.method, look(files, { verdict }))) as {
        files: FileToSubmit[];
      };
      assert.deepEqual(
        again.files.map(({ chosen }) => chosen?.map(({ name }) => name)),
        [['a1', 'a2'], ['plain']],
      );
      await sleep(300);
      // What was deleted meanwhile fails by itself.
      const plain = vscode.Uri.joinPath(folder(), 'inside/plain.yaml');
      await vscode.workspace.fs.delete(plain);
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const wanted = (
        await eventually('a submit', () => server.asked.find((one) => one.method === Requests.submit.method))
      ).params as SubmitParams;
      assert.equal(wanted.context, 'prod');
      assert.deepEqual(
        wanted.files.map(({ chosen }) => chosen?.map(({ document, name }) => `${document} ${name}`)),
        [['0 a1', '1 a2'], ['0 plain']],
      );
      assert.deepEqual(
        wanted.files.map(({ text }) => text !== undefined),
        [true, false],
      );
      await write('inside/plain.yaml', training('plain'));
      const [first, second] = wanted.files;
      const made = (uri = '', document: number, name: string) => ({
        ...{ uri, document, kind: 'training', name, result: 'created', job: { namespace: 'team', name }, warnings: [] },
      });
      const failure = { code: 'x', message: 'The quota is full.', actions: [] };
      const failed = {
        uri: second?.uri ?? '',
        document: 0,
        kind: 'training',
        name: 'plain',
        result: 'failed',
        failure,
      };
      await server.answered(Requests.submit.method, {
        cluster: 'prod-a',
        documents: [made(first?.uri, 0, 'a1'), made(first?.uri, 1, 'a2'), failed],
      });
      await done;
      assert.deepEqual(messages.shown, ['1 of 3 documents was not submitted to prod-a.']);
      const page = await eventually('the page', () =>
        vscode.workspace.textDocuments.find(
          (document) => document.uri.scheme === 'gpuctl-submit' && document.getText().includes('**plain**'),
        ),
      );
      assert.match(page.getText(), /## Not Submitted\n\n- \*\*plain\*\*.*\n {2}The quota is full/);
      // Of the list that is gone, one may be on its way yet.
      const retried = await eventually('a look at what failed', () =>
        server.asked
          .filter((one) => one.method === Requests.lookAtSubmit.method)
          .map(({ params }) => (params as { files: FileToSubmit[] }).files.map(({ path }) => path))
          .find((paths) => paths.length === 1),
      );
      assert.deepEqual(retried, ['several/inside/plain.yaml']);
    });
    submit?.dispose();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
