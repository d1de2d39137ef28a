import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LogChannel } from '../../../client/src/features/logs/logChannel.ts';
import { eventually } from './window.ts';

const LINE = `${'x'.repeat(99)}\n`;
const BATCH = LINE.repeat(1000);

describe('a log', function () {
  this.timeout(60_000);

  it('of any length is shown by its end, with a word on what is missing', async () => {
    const channel = new LogChannel('gpuctl: long', () => '── dropped');
    try {
      channel.show();
      await channel.append('first\n');
      const began = Date.now();
      for (let i = 0; i < 90; i++) await channel.append(BATCH);
      assert.ok(Date.now() - began > 1000, 'is taken no faster than it can be shown');
      channel.appendNote('the end');
      const text = await eventually('the end of the log', () => {
        const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'output');
        const all = shown?.getText();
        // VS Code draws behind: for a moment, what is new may stand before what is cleared
        return all?.endsWith('── the end\n') && all.length < 3_000_000 && all;
      });
      assert.equal(text.slice(0, 20), '── dropped\nxxxxxxxxx');
    } finally {
      channel.dispose();
    }
  });
});
