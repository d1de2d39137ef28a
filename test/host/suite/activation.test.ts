import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { findServers, show } from './window.ts';

/** Also set by run.ts's caller where another extension stands in. */
const ID = process.env.GPUCTL_SUITE_EXTENSION ?? 'gpuctl.gpuctl';

describe('activation', () => {
  it('VS Code finds the extension', () => {
    assert.ok(vscode.extensions.getExtension(ID), `${ID} is not among ${vscode.extensions.all.map((one) => one.id)}`);
  });

  it('activates without an error', async () => {
    const extension = vscode.extensions.getExtension(ID);
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it('measures itself', () => {
    const [load, activate] = ['load', 'activate'].map(
      (what) => performance.getEntriesByName(`gpuctl/${what}`, 'measure')[0],
    );
    assert.ok(load && activate);
    console.log(`activation: load ${load.duration.toFixed(1)} ms, activate() ${activate.duration.toFixed(1)} ms`);
  });

  it('starts no server for foreign YAML', async () => {
    await show('foreign.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: foreign\n');
    await sleep(1000);
    assert.deepEqual(findServers(), []);
  });

  it('gives *.gpuctl.yaml the language gpuctl', async () => {
    const uri = vscode.Uri.joinPath(
      vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/'),
      'new.gpuctl.yaml',
    );
    await vscode.workspace.fs.writeFile(uri, Buffer.from('kind: training\n'));
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'gpuctl');
  });
});
