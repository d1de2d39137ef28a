import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ErrorBoundary } from '../../../client/src/infrastructure/errorBoundary.ts';
import { RestartPolicy } from '../../../client/src/infrastructure/restartPolicy.ts';
import { ServerAwayError } from '../../../client/src/infrastructure/server.ts';
import { createTexts } from '../../../client/src/infrastructure/texts.ts';

describe('the error boundary', () => {
  const output = vscode.window.createOutputChannel('gpuctl test', { log: true });
  const boundary = new ErrorBoundary(
    output,
    createTexts(() => 'en'),
  );
  after(() => output.dispose());

  it('hands on what the server says of a failure', () => {
    const data = { code: 'x', message: 'A sentence.', actions: [] };
    assert.equal(boundary.toFailure(Object.assign(new Error('raw'), { data })), data);
  });

  it('shows no stack trace, and keeps it for the one who asks', () => {
    const { message, detail } = boundary.toFailure(new TypeError('x is not a function'));
    assert.doesNotMatch(message, /x is not|\n/);
    assert.match(detail ?? '', /x is not a function/);
  });

  it('offers to try again what a dead server did not answer', () => {
    assert.deepEqual(boundary.toFailure(new ServerAwayError()).actions, [{ do: 'retry' }]);
  });

  it('never rejects, and ends before anybody has read the message', async () => {
    await boundary.run(async () => {
      throw new vscode.CancellationError();
    });
    await boundary.runQuietly(async () => {
      throw Object.assign(new Error('cancelled'), { code: -32800 });
    });
  });
});

describe('the restart of a server that dies', () => {
  it('waits longer each time, and has an end', () => {
    const policy = new RestartPolicy();
    const delays = Array.from({ length: 6 }, (_, i) => policy.next(i * 1000));
    assert.deepEqual(delays, [200, 1_000, 3_000, 8_000, 15_000, undefined]);
  });

  it('forgets what was long ago', () => {
    const policy = new RestartPolicy();
    for (let i = 0; i < 6; i++) policy.next(i);
    assert.equal(policy.next(10 * 60_000), 200);
  });
});
