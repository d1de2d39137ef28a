import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { activateCompare } from '../../../client/src/features/preview/compare.ts';
import { activateSubmit } from '../../../client/src/features/submit/index.ts';
import { findCommit } from '../../../client/src/features/submit/submittable.ts';
import type { FailureDto, SubmitParams, SubmitResult } from '../../../server/src/protocol.ts';
import { Requests } from '../../../server/src/protocol.ts';
import { Messages, StandIn, withWindow } from './standIn.ts';
import { eventually, show } from './window.ts';

const TIMED_OUT: FailureDto = { code: 'timeout', message: 'No answer.', actions: [{ do: 'retry' }] };
const TRAINING = 'kind: training\njob:\n  name: a\nenvironment:\n  image: x:1\n';

describe('submit, tried again', function () {
  this.timeout(60_000);

  /** Submits, lets it fail, does something, tries again; gives the file of the second request. */
  async function tryAgain(target: unknown, meanwhile: () => Promise<unknown>) {
    const server = new StandIn();
    const messages = new Messages();
    const looked = Promise.withResolvers<void>();
    messages.answer = async () => {
      await looked.promise;
      return 'Try Again';
    };
    let again: unknown;
    await withWindow(messages.window, async () => {
      activateSubmit(server.infrastructure);
      const submitted = server.run('gpuctl.job.submit', ...(target ? [target] : []));
      await server.failed(Requests.submit.method, TIMED_OUT);
      await submitted;
      await meanwhile();
      looked.resolve();
      again = await server.answered(Requests.submit.method, { documents: [], cluster: 'prod-a' });
    });
    return (again as SubmitParams).files[0];
  }

  it('is of the file that was before the person, not of the one that is now', async () => {
    const first = await show('again-a.gpuctl.yaml', TRAINING);
    const file = await tryAgain(undefined, () => show('again-b.gpuctl.yaml', TRAINING));
    assert.equal(file?.uri, first.uri.toString());
  });

  it('is of the document that the lens named, wherever it stands by then', async () => {
    const { uri } = await show('again-c.gpuctl.yaml', TRAINING);
    const meant = { kind: 'training', name: 'a' };
    const file = await tryAgain({ uri: uri.toString(), document: 0, meant }, async () => {});
    assert.deepEqual([file?.document, file?.meant], [0, meant]);
  });

  it('takes the file behind the output panel, not the text of the log', async () => {
    const { uri } = await show('behind.gpuctl.yaml', TRAINING);
    const channel = vscode.window.createOutputChannel('gpuctl: gestures');
    try {
      channel.append('a log');
      channel.show(false);
      await eventually('the panel', () => vscode.window.activeTextEditor?.document.uri.scheme === 'output');
      const file = await tryAgain(undefined, async () => {});
      assert.equal(file?.uri, uri.toString());
    } finally {
      channel.dispose();
      await vscode.commands.executeCommand('workbench.action.closePanel');
    }
  });
});

describe('what is told of a submit', () => {
  const place = { uri: 'file:///tell.gpuctl.yaml', document: 0 } as const;
  const made = (name: string, warnings: string[] = []): SubmitResult['documents'][number] => ({
    ...place,
    kind: 'training',
    name,
    result: 'created',
    job: { namespace: 'team-a', name },
    warnings,
  });
  async function tell(result: Omit<SubmitResult, 'cluster'>, unsaved = false): Promise<string[]> {
    const server = new StandIn();
    const messages = new Messages();
    const { uri } = unsaved
      ? await vscode.workspace.openTextDocument({ language: 'gpuctl', content: TRAINING })
      : await show('tell.gpuctl.yaml', TRAINING);
    await withWindow(messages.window, async () => {
      activateSubmit(server.infrastructure);
      const submitted = server.run('gpuctl.job.submit', uri);
      await server.answered(Requests.submit.method, { cluster: 'prod-a', ...result });
      await submitted;
      await sleep(0);
    });
    return messages.shown;
  }

  it('has the pool that was declined, and the job that was not submitted for that', async () => {
    const pool = { ...place, kind: 'pool', name: 'p', result: 'not-agreed' } as const;
    const why = 'The pool p was not submitted.';
    const job = { ...place, kind: 'training', name: 'a', result: 'skipped', why } as const;
    const [message] = await tell({ documents: [pool, job] });
    assert.match(message ?? '', /Not submitted, as you chose: p\. a: The pool p was not submitted\./);
  });

  it('is silence where the only question was declined', async () => {
    const declined = { ...place, kind: 'training', name: 'a', result: 'not-agreed' } as const;
    assert.deepEqual(await tell({ documents: [declined] }), []);
  });

  it('has the warnings of what was submitted also where something else failed', async () => {
    const failed = { ...place, kind: 'training', name: 'b', result: 'failed', failure: TIMED_OUT } as const;
    const messages = await tell({ documents: [made('a', ['Its last log is in /logs/a.']), failed] });
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /Submitted a .*No answer\. Its last log is in \/logs\/a\./);
  });

  it('has how many were not submitted where it was cancelled', async () => {
    const [message] = await tell({ documents: [made('a')], cancelled: 2 });
    assert.match(message ?? '', /Submitted a .*Cancelled before 2 more were submitted/);
  });

  it('has that the text is not saved', async () => {
    assert.match((await tell({ documents: [made('a')] }, true))[0] ?? '', /not saved/);
    assert.doesNotMatch((await tell({ documents: [made('a')] }))[0] ?? '', /not saved/);
  });
});

describe('the commit of a file', () => {
  const uri = vscode.Uri.file('/work/a.gpuctl.yaml');
  const repository = (show: () => Promise<string>) => ({ state: { HEAD: { commit: 'c0ffee' } }, show });

  it('is named where it holds the very text, whatever its line ends', async () => {
    const holds = repository(async () => 'kind: training\r\n');
    assert.equal(await findCommit(holds, uri, 'kind: training\n'), 'c0ffee');
  });

  it('is not named for a text that was changed, nor for a file that git does not keep', async () => {
    const holds = repository(async () => 'kind: training\n');
    assert.equal(await findCommit(holds, uri, 'kind: inference\n'), undefined);
    const lacks = repository(() => Promise.reject(new Error('not in HEAD')));
    assert.equal(await findCommit(lacks, uri, 'kind: training\n'), undefined);
    assert.equal(await findCommit(null, uri, 'kind: training\n'), undefined);
  });
});

describe('a comparison', () => {
  it('that finds nothing any more takes the old one away, and the title names the cluster', async () => {
    const server = new StandIn();
    const compared = activateCompare(server.infrastructure);
    const { uri } = await show('compared.gpuctl.yaml', TRAINING);
    const compare = async (same: boolean) => {
      const messages = new Messages();
      await withWindow(messages.window, async () => {
        const opened = compared.open({ uri: uri.toString() });
        await server.answered(Requests.compare.method, {
          cluster: 'prod-a',
          target: { context: 'prod', namespace: 'team-a' },
          same,
          before: 'a: 1\n',
          after: 'a: 2\n',
        });
        await opened;
      });
    };
    const titles = () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .flatMap(({ input, label }) => (input instanceof vscode.TabInputTextDiff ? [label] : []));
    try {
      await compare(false);
      await eventually('the comparison', () => titles().length === 1);
      assert.match(titles()[0] ?? '', /compared\.gpuctl\.yaml.*prod-a/);
      await compare(true);
      await eventually('its end', () => titles().length === 0);
    } finally {
      compared.dispose();
    }
  });
});
