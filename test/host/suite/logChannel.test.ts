import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { markFirstError } from '../../../client/src/features/logs/firstError.ts';
import { LogChannel } from '../../../client/src/features/logs/logChannel.ts';
import { Logs } from '../../../client/src/features/logs/logs.ts';
import { ClientRequests, type LogBatch, Requests } from '../../../server/src/protocol.ts';
import { StandIn } from './standIn.ts';
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
        const shown = vscode.workspace.textDocuments.find((document) => channel.owns(document));
        const all = shown?.getText();
        // VS Code draws behind: for a moment, what is new may stand before what is cleared
        return all?.endsWith('── the end\n') && all.length < 3_000_000 && all;
      });
      assert.equal(text.slice(0, 20), '── dropped\nxxxxxxxxx');
    } finally {
      channel.dispose();
    }
  });

  it('that is cleared has nothing of what waited to be put in', async () => {
    const channel = new LogChannel('gpuctl: cleared', () => '── dropped');
    try {
      channel.show();
      const old = [1, 2, 3, 4, 5].map(() => channel.append(BATCH));
      channel.clear();
      const last = channel.append('ValueError: new\n');
      await Promise.all([...old, last]);
      assert.equal(channel.error, 0);
      const text = await eventually('the new text', () => {
        const shown = vscode.workspace.textDocuments.find((document) => channel.owns(document))?.getText();
        return shown?.endsWith('new\n') && !shown.includes('xx') && shown;
      });
      assert.equal(text, 'ValueError: new\n');
    } finally {
      channel.dispose();
    }
  });

  it('stays at its first error while more lines come', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors'); // the command goes by the log in front
    const server = new StandIn();
    let append: (batch: LogBatch) => Promise<void> = async () => {};
    server.infrastructure.server.onRequest = ((method: { method: string }, handler: typeof append) => {
      if (method.method === ClientRequests.appendLog.method) append = handler;
    }) as never;
    const logs = new Logs(server.infrastructure);
    const all = vscode.Disposable.from(logs, markFirstError(server.infrastructure, logs));
    try {
      const opened = logs.open({ job: { namespace: 'team-a', name: 'erring' } });
      await server.answered(Requests.openLog.method, { log: '1', title: 'erring' });
      await opened;
      const lines = (count: number) => 'step 1/2\n'.repeat(count);
      await append({ log: '1', text: `${lines(200)}ValueError: no\n${lines(200)}`, places: {} });
      const editor = await eventually('the log', () =>
        vscode.window.visibleTextEditors.find(({ document }) => logs.of(document) && document.lineCount > 400),
      );
      await server.run('gpuctl.log.firstError');
      const isAtError = () => editor.visibleRanges.some(({ start, end }) => start.line <= 200 && end.line >= 200);
      await eventually('the error', isAtError);
      await append({ log: '1', text: lines(300), places: {} });
      await eventually('more lines', () => editor.document.lineCount > 700);
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.ok(isAtError(), JSON.stringify(editor.visibleRanges));
    } finally {
      all.dispose();
    }
  });
});
