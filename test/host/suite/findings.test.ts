import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toPage } from '../../../client/src/features/findings/index.ts';
import { eventually, show } from './window.ts';

const MISSPELT = 'kind: training\njob:\n  name: a\nenvironment:\n  image: a:1\nresources:\n  gpuu: 1\n';

const findings = ({ uri }: vscode.TextDocument) => vscode.languages.getDiagnostics(uri);
const codeOf = ({ code }: vscode.Diagnostic) => (typeof code === 'object' ? code.value : code);
const update = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('gpuctl').update(name, value, vscode.ConfigurationTarget.Global);

async function misspelt(name: string): Promise<[vscode.TextDocument, vscode.Diagnostic]> {
  const document = await show(name, MISSPELT);
  const isUnknown = (diagnostic: vscode.Diagnostic) => codeOf(diagnostic) === 'key.unknown';
  return [document, await eventually('the finding', () => findings(document).find(isUnknown))];
}

async function openPage({ code }: vscode.Diagnostic): Promise<string> {
  assert.ok(typeof code === 'object', 'the code is no link');
  await vscode.commands.executeCommand('vscode.open', code.target);
  const tab = await eventually('the page in front', () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputCustom && input.uri.toString() === code.target.toString() && input;
  });
  assert.equal(tab.viewType, 'vscode.markdown.preview.editor');
  const text = (await vscode.workspace.openTextDocument(code.target)).getText();
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return text;
}

describe('the page of a finding', function () {
  this.timeout(60_000);

  it('is its section of the bundled file', () => {
    const all =
      '# Findings\n\n## Keys\n\n### a.one\n\nFirst.\n\n```yaml\n# x\n```\n\n### a.two\n\nSecond.\n\n## Next\n';
    assert.equal(toPage(all, 'a.one'), '# a.one\n\nFirst.\n\n```yaml\n# x\n```');
    assert.equal(toPage(all, 'a.two'), '# a.two\n\nSecond.');
    assert.equal(toPage(all, 'a.three'), all);
  });

  it('opens as a preview from the code of the finding, in either language', async () => {
    const [document, finding] = await misspelt('page.gpuctl.yaml');
    const english = await openPage(finding);
    assert.match(english, /^# key\.unknown\n/);
    assert.doesNotMatch(english, /key\.missing/);
    await vscode.window.showTextDocument(document);
    await update('language', 'zh-cn');
    try {
      const isChinese = ({ message }: vscode.Diagnostic) => /\p{Script=Han}/u.test(message);
      const chinese = await eventually('findings in Chinese', () => findings(document).find(isChinese));
      assert.match(await openPage(chinese), /^# key\.unknown\n.*\p{Script=Han}/su);
    } finally {
      await update('language', undefined);
    }
  });

  it('is of bundled files only', async () => {
    const other = vscode.Uri.parse('gpuctl-finding:/a.md?../package.json');
    await assert.rejects(async () => vscode.workspace.openTextDocument(other));
  });
});

describe('the levels of rules', function () {
  this.timeout(60_000);
  after(() => update('rules', undefined));

  it('are taken from the setting at once, by code and by group, and mistakes in them do no harm', async () => {
    const [document, { severity }] = await misspelt('levels.gpuctl.yaml');
    assert.equal(severity, vscode.DiagnosticSeverity.Warning);
    const found = () => findings(document).find((diagnostic) => codeOf(diagnostic) === 'key.unknown');
    await update('rules', { 'key.unknown': 'information', nonsense: 7 });
    await eventually('the new level', () => found()?.severity === vscode.DiagnosticSeverity.Information);
    await update('rules', { key: 'off' });
    await eventually('silence', () => found() === undefined);
    await update('rules', undefined);
    await eventually('the finding again', () => found()?.severity === vscode.DiagnosticSeverity.Warning);
  });
});
