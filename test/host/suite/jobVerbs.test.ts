import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateJobs } from '../../../client/src/features/jobs/index.ts';
import { buildJobRows } from '../../../client/src/features/jobs/jobRows.ts';
import { createTexts } from '../../../client/src/infrastructure/texts.ts';
import { type JobDto, Requests } from '../../../server/src/protocol.ts';
import { Messages, StandIn, withWindow } from './standIn.ts';
import { eventually } from './window.ts';

describe('what is done with a job', function () {
  this.timeout(60_000);
  const job = (name: string, own: Partial<JobDto> = {}): JobDto => ({
    ref: { namespace: 'team-a', name },
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
  async function withJobs(own: object, run: (server: StandIn, messages: Messages) => Promise<void>): Promise<void> {
    const server = new StandIn();
    const messages = new Messages();
    await withWindow({ ...messages.window, createTreeView, ...own }, async () => {
      const jobs = activateJobs(server.infrastructure);
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

  it('opens the saved log in an editor, and asks which where there are several', async () => {
    const folder = vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail(), 'logs');
    const picks: string[][] = [];
    const showQuickPick = async (items: string[]) => {
      picks.push(items);
      return items[1];
    };
    await withJobs({ showQuickPick }, async (server, messages) => {
      messages.answer = async (buttons) => buttons.find((title) => title === 'Show the Last Log' || title === 'Resume');
      for (const name of ['a-0.log', 'a-1.log']) {
        await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), Buffer.from(`of ${name}\n`));
        const run = server.run('gpuctl.job.resume', ref('failed'));
        await server.answered(Requests.jobs.method, { jobs: JOBS });
        const resumed = { how: 'next-run', run: 2, warnings: [], log: folder.fsPath };
        await server.answered(Requests.resume.method, resumed);
        await run;
        await eventually(name, () => vscode.window.activeTextEditor?.document.uri.path.endsWith(name));
      }
      assert.deepEqual(picks, [['a-0.log', 'a-1.log']]);
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
    const offered = (own: Partial<JobDto>) => {
      const { context = '' } =
        buildJobRows({ jobs: [job('a', own)] }, { texts: createTexts(() => 'en'), now: 0 })[0]?.children?.[0] ?? {};
      return (menus as { command: string; when: string }[]).flatMap(({ command, when, ...rest }) => {
        const pattern = /viewItem =~ \/(.*?)\/(?: |$)/.exec(when)?.[1] ?? '';
        return 'group' in rest && !/inline/.test(String(rest.group)) && new RegExp(pattern).test(context)
          ? [command.replace('gpuctl.job.', '')]
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
      await allowed;
      assert.equal(messages.shown.at(-1), 'Stop theirs?');
      assert.deepEqual(server.asked, []);
    });
    const [group] = buildJobRows({ jobs: [refused] }, { texts: createTexts(() => 'en'), now: 0 });
    assert.match(group?.children?.[0]?.tooltip ?? '', /You may not stop it\\\..*You may not delete it/s);
  });
});
