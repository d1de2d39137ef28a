import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, findServers, show } from './window.ts';

const BROKEN = 'kind: training\njob:\n  name: Not A Name\nenvironment:\n  image: x\nresources:\n  gpu: many\n';
const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: foreign\n';

const findingsOf = ({ uri }: vscode.TextDocument) => vscode.languages.getDiagnostics(uri).map(({ message }) => message);
const setLanguage = (language: string | undefined) =>
  vscode.workspace.getConfiguration('gpuctl').update('language', language, vscode.ConfigurationTarget.Global);

describe('the client', function () {
  this.timeout(60_000);

  it('registers every command of the manifest', async () => {
    const extension = vscode.extensions.getExtension('gpuctl.gpuctl') ?? assert.fail('not installed');
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const { commands } = extension.packageJSON.contributes as { commands: { command: string }[] };
    assert.deepEqual(
      commands.filter(({ command }) => !registered.has(command)),
      [],
    );
  });

  it('gives findings of a gpuctl document in a plain YAML file, and none of a foreign one', async () => {
    const foreign = await show('foreign.yaml', MANIFEST);
    const ours = await show('ours.yaml', BROKEN);
    await eventually('findings', () => findingsOf(ours).length > 0);
    assert.deepEqual(findingsOf(foreign), []);
    assert.equal(findServers().length, 1);
  });

  it('gives findings of a document that was never saved, and starts with its `kind` in plain YAML', async () => {
    const untitled = await vscode.workspace.openTextDocument({ language: 'gpuctl', content: BROKEN });
    await eventually('findings of the untitled', () => findingsOf(untitled).length > 0);
    const grown = await vscode.workspace.openTextDocument({ language: 'yaml', content: '# nothing yet\n' });
    const edit = new vscode.WorkspaceEdit();
    edit.insert(grown.uri, new vscode.Position(1, 0), BROKEN);
    await vscode.workspace.applyEdit(edit);
    await eventually('findings of what was typed', () => findingsOf(grown).length > 0);
  });

  it('says nothing in texts that nobody edits, such as an old version of a file', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('old-version', {
      provideTextDocumentContent: () => BROKEN,
    });
    try {
      const uri = vscode.Uri.parse('old-version:/broken.gpuctl.yaml');
      const old = await vscode.workspace.openTextDocument(uri);
      assert.equal(old.languageId, 'gpuctl');
      await vscode.window.showTextDocument(old);
      const now = await show('now.gpuctl.yaml', BROKEN);
      await eventually('findings of the file', () => findingsOf(now).length > 0);
      assert.deepEqual(findingsOf(old), []);
      assert.deepEqual(await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri), []);
    } finally {
      provider.dispose();
    }
  });

  it('ends a submit of a broken file with its findings in sight, and without an exception', async () => {
    const document = await show('broken.gpuctl.yaml', BROKEN);
    await vscode.commands.executeCommand('gpuctl.job.submit', { uri: document.uri.toString(), document: 0 });
    assert.ok(findingsOf(document).length > 0);
  });

  it('speaks the language of the setting at once', async () => {
    const document = await show('language.gpuctl.yaml', BROKEN);
    const chinese = () => findingsOf(document).some((message) => /\p{Script=Han}/u.test(message));
    await setLanguage('zh-cn');
    try {
      await eventually('findings in Chinese', chinese);
    } finally {
      await setLanguage(undefined);
    }
    await eventually('findings in English', () => findingsOf(document).length > 0 && !chinese());
  });

  it('starts the server again when it is killed', async () => {
    const document = await show('killed.gpuctl.yaml', 'kind: training\n');
    const [first = 0] = await eventually('a server', () => findServers().length === 1 && findServers());
    process.kill(first, 'SIGKILL');
    const second = await eventually('another server', () => findServers().find((pid) => pid !== first));
    assert.notEqual(second, first);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 0), 'job:\n  name: Not A Name\n');
    await vscode.workspace.applyEdit(edit);
    await eventually('findings of the second server', () => findingsOf(document).some((message) => message.length > 0));
    await document.save();
  });
});
