import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What stands in an untitled gpuctl document after a text was typed behind another; Enter is `\n`. */
async function type(before: string, typed: string): Promise<string> {
  const document = await vscode.workspace.openTextDocument({ language: 'gpuctl', content: before });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.positionAt(before.length);
  editor.selection = new vscode.Selection(end, end);
  for (const text of typed.split(/(\n)/).filter(Boolean)) await vscode.commands.executeCommand('type', { text });
  const text = document.getText();
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return text;
}

describe('Enter in a gpuctl file', () => {
  it('goes one step in behind the key of a section and of a block of text', async () => {
    assert.equal(await type('resources:', '\npool'), 'resources:\n  pool');
    assert.equal(await type('a: 1\njob:  # mine', '\nname'), 'a: 1\njob:  # mine\n  name');
    assert.equal(await type('  script: |-', '\necho'), '  script: |-\n    echo');
  });

  it('stays at the column behind a value', async () => {
    assert.equal(await type('job:\n  name: a', '\nnamespace'), 'job:\n  name: a\n  namespace');
  });

  it('stands below the dash behind a word of a list, and below the first key behind an item with keys', async () => {
    assert.equal(await type('command:\n  - sh', '\n- -c'), 'command:\n  - sh\n  - -c');
    assert.equal(await type('env:\n  - name: A', '\nvalue: 1'), 'env:\n  - name: A\n    value: 1');
    assert.equal(await type('a:\n  - nfs:', '\nserver'), 'a:\n  - nfs:\n      server');
    assert.equal(await type('command:\n  - |', '\necho'), 'command:\n  - |\n    echo');
  });
});
