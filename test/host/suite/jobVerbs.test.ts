import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateJobs } from '../../../client/src/features/jobs/index.ts';
import { buildJobGroups, EVERYTHING } from '../../../client/src/features/jobs/jobGroups.ts';
import { createTexts } from '../../../client/src/infrastructure/texts.ts';
import { type JobDto, Requests, ServerNotifications } from '../../../server/src/protocol.ts';
import { Memory, Messages, StandIn, withWindow } from './standIn.ts';
import { eventually } from './window.ts';

describe('what is done with a job', function () {
  this.timeout(60_000);
  const job = (name: string, own: Partial<JobDto> = {}): JobDto => ({
    ref: { namespace: 'team-a', name },
    uid: `uid-${name}`,
    restarts: 0,
    kind: 'training',
    phase: 'running',
    state: '',
    gpus: 1,
    podsWanted: 1,
    podsRunning: 1,
    pods: [],
    ...own,
  });
  const JOBS = [
    job('runs'),
    job('held', { phase: 'waiting', held: true }),
    job('stopped', { phase: 'stopped' }),
    job('failed', { phase: 'failed' }),
    job('chat', { kind: 'inference', podsWanted: 3 }),
  ];
  const ref = (name: string) => ({ job: { namespace: 'team-a', name } });
  const createTreeView = () => ({ visible: false, onDidChangeVisibility: () => ({}), dispose: () => {} });

  /** Runs with the commands of jobs; what is shown is in `messages`. */
  async function withJobs(
    own: object,
    run: (server: StandIn, messages: Messages) => Promise<void>,
    workspaceState = new Memory(),
  ): Promise<void> {
    const server = new StandIn();
    const messages = new Messages();
    await withWindow({ ...messages.window, createTreeView, ...own }, async () => {
      const jobs = activateJobs(server.infrastructure, { workspaceState });
      try {
        await run(server, messages);
      } finally {
        jobs.dispose();
      }
    });
  }

  it('is offered from the palette for those with which it makes sense', async () => {
    let offered: string[] = [];
    const showQuickPick = async (items: Promise<{ label: string }[]>) => {
      offered = (await items).map(({ label }) => label);
    };
    await withJobs({ showQuickPick }, async (server) => {
      for (const [verb, names] of [
        ['stop', ['runs', 'chat']],
        ['start', ['held', 'stopped']],
        ['resume', ['stopped', 'failed']],
        ['scale', ['chat']],
      ] as const) {
        const run = server.run(`gpuctl.job.${verb}`).catch(() => {});
        await server.answered(Requests.jobs.method, { jobs: JOBS });
        await run;
        assert.deepEqual(offered, names, verb);
      }
    });
  });

  it('is asked once for several, by name and place, and tells what became of each', async () => {
    const asked: unknown[] = [];
    const showWarningMessage = async (
      question: string,
      { detail }: { detail: string },
      ...buttons: { title: string }[]
    ) => {
      asked.push(
        question,
        detail,
        buttons.map(({ title }) => title),
      );
      return buttons[1];
    };
    await withJobs({ showWarningMessage }, async (server, messages) => {
      const executed: unknown[] = [];
      Object.assign(server.infrastructure.commands, {
        execute: async (...all: unknown[]) => executed.push(all),
      });
      const selected = [...['runs', 'held', 'chat'].map(ref), { ...ref('runs'), pod: 'runs-0' }];
      const run = server.run('gpuctl.job.stop', selected[0], selected);
      await server.answered(Requests.jobs.method, { jobs: JOBS });
      const stopped = await server.answered(Requests.stop.method, { done: true });
      assert.deepEqual(stopped, { ...ref('runs'), context: 'prod' });
      await server.failed(Requests.stop.method, { code: 'timeout', message: 'No answer.', actions: [] });
      await run;
      const [question, detail, buttons] = asked;
      assert.deepEqual([question, buttons], ['Stop 2 jobs?', ['Show Jobs', 'Stop 2']]);
      assert.match(String(detail), /In cluster prod-a:\n• team-a: runs, chat\nLeft as they are.*: held\.\n/);
      assert.deepEqual(messages.shown, ['Stopped 1 of 2 jobs. chat: No answer.']);
      // Of the one that was not stopped the end is told as before.
      assert.deepEqual(executed, [['gpuctl.jobs.forget', [ref('runs').job], 'prod']]);
      assert.deepEqual(server.asked, []);
    });
  });

  it('deletes of several those that were confirmed, and says what stays', async () => {
    let detail = '';
    const showWarningMessage = async (_: string, options: { detail: string }, ...buttons: object[]) => {
      detail = options.detail;
      return buttons[1];
    };
    await withJobs({ showWarningMessage }, async (server, messages) => {
      const selected = ['runs', 'failed', 'stopped'].map(ref);
      const run = server.run('gpuctl.job.delete', selected[0], selected);
      await server.answered(Requests.jobs.method, { jobs: JOBS });
      for (const name of ['runs', 'failed']) {
        const plan = { ...ref(name), context: 'prod', uid: `uid-${name}`, cluster: 'prod-a', removes: [] };
        await server.answered(Requests.planDelete.method, { ...plan, keeps: [`storage ${name}`] });
      }
      await server.failed(Requests.planDelete.method, { code: 'job.gone', message: 'Gone.', actions: [] });
      for (const name of ['runs', 'failed']) {
        const deleted = await server.answered(Requests.delete.method, undefined);
        assert.deepEqual(deleted, { ...ref(name), context: 'prod', uid: `uid-${name}` });
      }
      await run;
      assert.match(detail, /team-a: runs, failed\nLeft as they are.*: stopped\.\n/);
      assert.match(detail, /kept:\n• storage runs\n• storage failed\n• logs of it that were saved/);
      assert.deepEqual(messages.shown, ['Deleted 2 of 2 jobs.']);
    });
  });

  it('is told when it ends where it was started here, with the cause and what one wants then; also after a reload', async () => {
    const memory = new Memory();
    const failed = job('sft', {
      phase: 'failed',
      state: 'failed: ran out of memory',
      endedAt: new Date().toISOString(),
    });
    const offered: string[][] = [];
    const inWindow = (run: (server: StandIn, messages: Messages) => Promise<void>) => withJobs({}, run, memory);
    await inWindow(async (server) => {
      await server.run('gpuctl.jobs.await', [ref('sft').job, ref('other').job]);
      const answer = [
        { ...ref('sft'), is: job('sft') },
        { ...ref('other'), is: job('other') },
      ];
      assert.deepEqual(await server.answered(Requests.awaited.method, answer), {
        jobs: [ref('sft').job, ref('other').job],
      });
      await eventually('memory', () => JSON.stringify([...memory.held.values()]).includes('uid-sft'));
    });
    await inWindow(async (server, messages) => {
      messages.answer = async (buttons) => {
        offered.push(buttons);
        return 'Why';
      };
      const executed: unknown[] = [];
      server.infrastructure.commands.execute = async (...args: unknown[]) => void executed.push(args);
      server.changed.fire(server.current);
      await server.answered(Requests.awaited.method, [{ ...ref('sft'), is: failed }]);
      await eventually('the notification', () => executed.length > 0);
      assert.deepEqual(messages.shown, ['sft in team-a failed: ran out of memory.']);
      assert.deepEqual(offered, [['Why', 'Log']]);
      assert.deepEqual(executed, [['gpuctl.job.why', { ...ref('sft'), context: 'prod' }]]);
      server.notify(ServerNotifications.stateChanged.method, { parts: ['jobs'] });
      assert.deepEqual(await server.answered(Requests.awaited.method, []), { jobs: [ref('other').job] });
    });
  });

  it('is told as one where many end at once', async () => {
    await withJobs({}, async (server, messages) => {
      const names = ['a', 'b', 'c', 'd'];
      await server.run(
        'gpuctl.jobs.await',
        names.map((name) => ref(name).job),
      );
      await server.answered(
        Requests.awaited.method,
        names.map((name) => ({ ...ref(name), is: job(name) })),
      );
      const ended = names.map((name) => ({
        ...ref(name),
        is: job(name, { phase: name === 'd' ? 'failed' : 'succeeded' }),
      }));
      server.notify(ServerNotifications.stateChanged.method, { parts: ['jobs'] });
      await server.answered(Requests.awaited.method, ended);
      await eventually('the notification', () => messages.shown.length > 0);
      assert.deepEqual(messages.shown, ['4 jobs have news, 1 of them failed: a, b, c and others.']);
    });
  });

  it('asks before a resume only where a run goes', async () => {
    await withJobs({}, async (server, messages) => {
      const run = server.run('gpuctl.job.resume', ref('stopped'));
      await server.answered(Requests.jobs.method, { jobs: JOBS });
      await server.answered(Requests.start.method, { done: true });
      await run;
      assert.deepEqual(messages.shown, ['stopped goes on.']);
      const other = server.run('gpuctl.job.resume', ref('failed'));
      await server.answered(Requests.jobs.method, { jobs: JOBS });
      await other;
      assert.deepEqual(messages.shown.slice(1), ['Resume failed?']);
      assert.deepEqual(server.asked, []);
    });
  });

  it('opens the saved log in an editor', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail();
    const log = vscode.Uri.joinPath(folder, 'logs', 'failed~1~20260101T000000Z.gpuctl.log');
    await vscode.workspace.fs.writeFile(log, Buffer.from('step 1\n'));
    await withJobs({}, async (server, messages) => {
      messages.answer = async (buttons) => buttons.find((title) => title === 'Show the Last Log' || title === 'Resume');
      const run = server.run('gpuctl.job.resume', ref('failed'));
      await server.answered(Requests.jobs.method, { jobs: JOBS });
      await server.answered(Requests.resume.method, { how: 'next-run', run: 2, warnings: [], log: log.fsPath });
      await run;
      const shown = await eventually(
        'the log',
        () => vscode.window.activeTextEditor?.document.uri.path === log.path && vscode.window.activeTextEditor.document,
      );
      assert.equal(shown.languageId, 'gpuctl-log');
    });
  });

  it('begins a scale with the number of now, and says so where that stays', async () => {
    let begun: string | undefined;
    const showInputBox = async ({ value }: { value?: string }) => {
      begun = value;
      return value;
    };
    await withJobs({ showInputBox }, async (server, messages) => {
      const run = server.run('gpuctl.job.scale', ref('chat'));
      await server.answered(Requests.jobs.method, { jobs: JOBS });
      await server.answered(Requests.scale.method, { done: false });
      await run;
      assert.equal(begun, '3');
      assert.deepEqual(messages.shown, ['chat has 3 replicas already.']);
    });
  });

  it('is in its menu to start where it is held, and not to stop', () => {
    const menus = vscode.extensions.getExtension('gpuctl.gpuctl')?.packageJSON.contributes.menus['view/item/context'];
    const VERBS = ['log', 'stopLog', 'stop', 'start', 'resume', 'scale', 'delete'];
    const offered = (own: Partial<JobDto>) => {
      const { context = '' } =
        buildJobGroups({ jobs: [job('a', own)] }, EVERYTHING, { texts: createTexts(() => 'en'), now: 0 })[0]
          ?.children?.[0] ?? {};
      return (menus as { command: string; when: string }[]).flatMap(({ command, when, ...rest }) => {
        const pattern = /viewItem =~ \/(.*?)\/(?: |$)/.exec(when)?.[1] ?? '';
        const verb = command.replace('gpuctl.job.', '');
        return VERBS.includes(verb) &&
          'group' in rest &&
          !/inline/.test(String(rest.group)) &&
          new RegExp(pattern).test(context)
          ? [verb]
          : [];
      });
    };
    const always = ['log', 'stopLog'];
    assert.deepEqual(offered({}), [...always, 'stop', 'delete']);
    assert.deepEqual(offered({ phase: 'waiting' }), [...always, 'stop', 'delete']);
    assert.deepEqual(offered({ phase: 'waiting', held: true }), [...always, 'start', 'delete']);
    assert.deepEqual(offered({ phase: 'stopped' }), [...always, 'start', 'delete']);
    assert.deepEqual(offered({ kind: 'inference' }), [...always, 'stop', 'scale', 'delete']);
    assert.deepEqual(offered({ refused: { delete: 'no' } }), [...always, 'stop']);
    assert.deepEqual(offered({ kind: 'inference', refused: { stop: 'no', scale: 'no', log: 'no' } }), [
      'stopLog',
      'delete',
    ]);
    assert.deepEqual(offered({ phase: 'stopped', refused: { start: 'no' } }), [...always, 'delete']);
  });

  it('says why, from the palette, where the person still may not, and does nothing; the row says it, too', async () => {
    const refused = job('theirs', { refused: { stop: 'You may not stop it.', delete: 'You may not delete it.' } });
    const showQuickPick = async (items: Promise<{ label: string }[]>) => (await items)[0];
    await withJobs({ showQuickPick }, async (server, messages) => {
      for (const verb of ['stop', 'delete'] as const) {
        const run = server.run(`gpuctl.job.${verb}`).catch((error) => server.infrastructure.boundary.show(error.data));
        await server.answered(Requests.jobs.method, { jobs: [refused] });
        await server.answered(Requests.refusal.method, `You may not ${verb} it.`);
        await run;
        assert.equal(messages.shown.at(-1), `You may not ${verb} it.`);
      }
      const allowed = server.run('gpuctl.job.stop');
      await server.answered(Requests.jobs.method, { jobs: [refused] });
      await server.answered(Requests.refusal.method, null);
      await server.answered(Requests.jobs.method, { jobs: [refused] }); // a notebook loses something else than a job
      await allowed;
      assert.equal(messages.shown.at(-1), 'Stop theirs?');
      assert.deepEqual(server.asked, []);
    });
    const [group] = buildJobGroups({ jobs: [refused] }, EVERYTHING, { texts: createTexts(() => 'en'), now: 0 });
    assert.match(group?.children?.[0]?.tooltip ?? '', /You may not stop it\\\..*You may not delete it/s);
  });
});
