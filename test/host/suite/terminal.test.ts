import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually, show } from './window.ts';

describe('the command line in the terminal', function () {
  this.timeout(60_000);

  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gpuctl-terminal-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is found by its name, with the cluster of the window, and does not stand before others', async () => {
    await show('terminal.gpuctl.yaml', 'kind: training\njob:\n  name: in-terminal\nenvironment:\n  image: x:1\n');
    const out = path.join(folder, 'out');
    const terminal = vscode.window.createTerminal({ name: 'gpuctl', shellPath: '/bin/sh' });
    try {
      terminal.sendText(
        `{ gpuctl --version; gpuctl validate -f terminal.gpuctl.yaml; echo "code $?"; echo "$PATH"; } >${out} 2>&1; mv ${out} ${out}.done`,
      );
      const text = await eventually('what the terminal wrote', () => read(`${out}.done`));
      assert.match(text, /^\d+\.\d+\.\d+$/m);
      assert.match(text, /^code 0$/m);
      const places = text.trim().split('\n').at(-1)?.split(path.delimiter) ?? [];
      assert.match(places.at(-1) ?? '', /gpuctl\.gpuctl.bin$/, 'after all others');
    } finally {
      terminal.dispose();
    }
  });
});

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
