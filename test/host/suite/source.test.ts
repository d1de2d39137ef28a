import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { judgeReplicas } from '../../../client/src/features/jobs/scaleVerdict.ts';
import { activatePreview } from '../../../client/src/features/preview/index.ts';
import { activateSource } from '../../../client/src/features/source/index.ts';
import { Requests } from '../../../server/src/protocol.ts';
import { Messages, StandIn, withWindow } from './standIn.ts';
import { eventually } from './window.ts';

const TEXT = 'kind: training\njob:\n  name: sft\nenvironment:\n  image: app:1\n';

describe('the document behind a job', function () {
  this.timeout(60_000);
  const job = { namespace: 'team-a', name: 'sft' };
  const source = { context: 'prod', cluster: 'prod-a', text: TEXT, rebuilt: false };

  it('opens read-only as a gpuctl document, and as a copy that can be changed', async () => {
    const server = new StandIn();
    const feature = activateSource(server.infrastructure);
    try {
      const opening = server.run('gpuctl.job.source', { job });
      assert.deepEqual(await server.answered(Requests.jobSource.method, source), { job, context: 'prod' });
      await opening;
      const shown = vscode.window.activeTextEditor?.document;
      assert.equal(shown?.uri.scheme, 'gpuctl-source');
      assert.equal(shown?.languageId, 'gpuctl');
      assert.equal(shown?.getText(), TEXT);
      await server.run('gpuctl.source.edit', undefined);
      const copy = vscode.window.activeTextEditor?.document;
      assert.deepEqual([copy?.isUntitled, copy?.languageId, copy?.getText()], [true, 'gpuctl', TEXT]);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    } finally {
      feature.dispose();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });

  it('leads to the file that it came from where that is still the same, and nowhere outside of the workspace', async () => {
    const server = new StandIn();
    const feature = activateSource(server.infrastructure);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('a workspace');
    const file = vscode.Uri.joinPath(folder, 'behind.gpuctl.yaml');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`# mine\n---\n${TEXT}`));
    try {
      for (const [path, found] of [
        ['behind.gpuctl.yaml', true],
        ['../behind.gpuctl.yaml', false],
        ['/etc/hosts', false],
      ] as const) {
        const opening = server.run('gpuctl.job.source', { job });
        await server.answered(Requests.jobSource.method, { ...source, path, hash: 'h' });
        await opening;
        const messages = new Messages();
        await withWindow(messages.window, async () => {
          const editing = server.run('gpuctl.source.edit', undefined);
          if (found) await server.answered(Requests.findDocument.method, { line: 2 });
          await editing;
        });
        const editor = vscode.window.activeTextEditor;
        if (found) {
          assert.equal(editor?.document.uri.toString(), file.toString());
          assert.equal(editor.selection.active.line, 2);
          assert.deepEqual(messages.shown, []);
        } else {
          assert.equal(editor?.document.isUntitled, true);
          assert.match(messages.shown.join(), /copy/);
          await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
        }
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      }
      assert.deepEqual(server.asked, []);
    } finally {
      feature.dispose();
      await vscode.workspace.fs.delete(file);
    }
  });
});

describe('changes of a document', function () {
  this.timeout(60_000);
  const target = { uri: '', document: 0, meant: { kind: 'training', name: 'sft' }, context: 'prod' };

  it('are shown before they are submitted, and only where somebody says so', async () => {
    const server = new StandIn();
    const submitted: unknown[] = [];
    server.infrastructure.commands.execute = async (...given: unknown[]) => void submitted.push(given);
    const feature = activatePreview(server.infrastructure);
    const document = await vscode.workspace.openTextDocument({ language: 'gpuctl', content: TEXT });
    const uri = document.uri.toString();
    try {
      for (const answer of [undefined, 'Submit']) {
        const messages = new Messages();
        messages.answer = async (buttons) => buttons.find((one) => one === answer);
        await withWindow(messages.window, async () => {
          const running = server.run('gpuctl.job.submitChanges', { ...target, uri });
          const asked = await server.answered(Requests.compare.method, {
            cluster: 'prod-a',
            target: { context: 'prod', namespace: 'team-a' },
            namespace: 'team-a',
            same: false,
            before: 'a: 1\n',
            after: 'a: 2\n',
          });
          assert.deepEqual(asked, { uri, text: TEXT, document: 0, meant: target.meant, context: 'prod' });
          await running;
          await eventually('the question', () =>
            messages.shown.find((text) => /sft to prod-a, namespace team-a/.test(text)),
          );
          if (answer) await eventually('the submit', () => submitted[0]);
        });
        const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
        const isOpen = tabs.some(({ input }) => input instanceof vscode.TabInputTextDiff);
        if (!answer) assert.ok(isOpen && !submitted.length);
      }
      assert.deepEqual(submitted, [['gpuctl.job.submit', { ...target, uri, namespace: 'team-a' }]]);
    } finally {
      feature.dispose();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });

  it('that were edited after they were compared are compared and asked for again, and nothing is submitted', async () => {
    const server = new StandIn();
    const submitted: unknown[] = [];
    server.infrastructure.commands.execute = async (...given: unknown[]) => void submitted.push(given);
    const feature = activatePreview(server.infrastructure);
    const document = await vscode.workspace.openTextDocument({ language: 'gpuctl', content: TEXT });
    const uri = document.uri.toString();
    const compared = { cluster: 'prod-a', target: { context: 'prod', namespace: 'team-a' }, same: false };
    const sides = { before: 'a: 1\n', after: 'a: 2\n' };
    const messages = new Messages();
    const answer = Promise.withResolvers<string>();
    messages.answer = () => answer.promise;
    try {
      await withWindow(messages.window, async () => {
        const running = server.run('gpuctl.job.submitChanges', { ...target, uri });
        await server.answered(Requests.compare.method, { ...compared, ...sides });
        await running;
        await eventually('the question', () => messages.shown.length === 1);
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), '# more\n');
        await vscode.workspace.applyEdit(edit);
        messages.answer = async () => undefined;
        answer.resolve('Submit');
        const asked = await server.answered(Requests.compare.method, { ...compared, ...sides });
        assert.equal((asked as { text: string }).text, `# more\n${TEXT}`);
        await eventually('the question again', () => messages.shown.length === 3);
        assert.deepEqual(submitted, []);
      });
    } finally {
      feature.dispose();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });
});

describe('a number of replicas', () => {
  const job = { namespace: 'team-a', name: 'chat' };

  it('is judged while it is typed, and may be taken all the same', async () => {
    const server = new StandIn();
    assert.match(String(await judgeReplicas(server.infrastructure, job, 'many')), /whole number/);
    const judging = judgeReplicas(server.infrastructure, job, '3');
    const asked = await server.answered(Requests.scaleVerdict.method, { severity: 'warning', text: '2 more: busy' });
    assert.deepEqual(asked, { job, replicas: 3 });
    assert.deepEqual(await judging, { message: '2 more: busy', severity: vscode.InputBoxValidationSeverity.Warning });
    const unknown = judgeReplicas(server.infrastructure, job, '3');
    await server.answered(Requests.scaleVerdict.method, null);
    assert.equal(await unknown, undefined);
  });
});
