/** What the view of jobs says: its rows, groups, filter and notes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  buildJobGroups,
  EVERYTHING,
  type JobChoice,
  toJobsDescription,
  toJobsNote,
} from '../../client/src/features/jobs/jobGroups.ts';
import type { Row } from '../../client/src/infrastructure/row.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import type { JobDto, JobsDto } from '../../server/src/protocol.ts';

const NOW = new Date(2026, 10, 23, 20, 0).getTime();
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const english = createTexts(() => 'en');
const chinese = createTexts(() => 'zh-cn');

const job = (name: string, own: Partial<JobDto> = {}): JobDto => ({
  ref: { namespace: 'team-a', name },
  uid: `uid-${name}`,
  kind: 'training',
  phase: 'running',
  state: 'running',
  gpus: 8,
  gpuType: 'A100-80G',
  podsWanted: 2,
  podsRunning: 2,
  restarts: 0,
  createdAt: ago(80),
  startedAt: ago(72),
  pods: [],
  ...own,
});
const context = { texts: english, now: NOW, namespace: 'team-a' };
const toGroups = (jobs: JobDto[], own: Partial<JobChoice> = {}, texts = english, more: Partial<JobsDto> = {}) =>
  buildJobGroups({ jobs, ...more }, { ...EVERYTHING, ...own }, { ...context, texts });
const toLines = (groups: Row[]) =>
  groups.map(({ label, description, children = [] }) => [label, description, children.map((row) => row.label)]);
const rowOf = (own: Partial<JobDto>, choice: Partial<JobChoice> = {}, texts = english) =>
  toGroups([job('a', own)], choice, texts)[0]?.children?.[0];
const describeOf = (own: Partial<JobDto>, choice: Partial<JobChoice> = {}, texts = english) =>
  rowOf(own, choice, texts)?.description;
const HUNGRY = {
  phase: 'waiting',
  gpus: 4,
  createdAt: ago(6),
  state: 'needs 4 GPUs on one node, training-pool has 5 free (largest block 2)',
  brief: 'needs 4, 2 together',
  trouble: { code: 'job.wait.gpus', hint: 'Ask for fewer GPUs.' },
} as const;
const BROKEN = {
  phase: 'failed',
  endedAt: ago(4),
  state: 'failed: rank 1 ran out of memory (limit 400 GiB)',
  brief: 'rank 1: out of memory (400 GiB)',
  trouble: { code: 'job.crash.out-of-memory', hint: 'Raise memory.' },
} as const;

describe('rows of jobs', () => {
  it('say GPUs, age, how many run, how far it is and how often it began again', () => {
    assert.equal(describeOf({}), '8×A100-80G · 1h12m · 2/2');
    assert.equal(describeOf({}, {}, chinese), '8×A100-80G · 1小时12分 · 2/2');
    const far = { step: { at: 1840, of: 12000 }, restarts: 3 };
    assert.equal(describeOf(far), '8×A100-80G · 1h12m · 2/2 · step 1,840/12,000 · 3 restarts');
    assert.equal(describeOf({ step: { at: 7 } }, {}, chinese), '8×A100-80G · 1小时12分 · 2/2 · 第 7 步');
  });

  it('begin with why a job waits or failed, in so few words that a narrow side bar shows them', () => {
    assert.equal(describeOf(HUNGRY), 'needs 4, 2 together · 4×A100-80G · 6m');
    assert.equal(describeOf(BROKEN), 'rank 1: out of memory (400 GiB) · failed · 4m ago · 8×A100-80G');
    assert.equal(describeOf({ phase: 'failed', endedAt: ago(4), state: 'failed' }), 'failed · 4m ago · 8×A100-80G');
    assert.equal(
      describeOf({ phase: 'succeeded', endedAt: ago(4), state: 'completed' }),
      'completed · 4m ago · 8×A100-80G',
    );
  });

  it('say the state by colour, sign and word, whatever they are grouped by', () => {
    const signs = (['running', 'waiting', 'failed', 'succeeded', 'stopped'] as const).map((phase) => {
      const row = rowOf({ phase, state: phase }, { grouping: 'pool' });
      assert.match(row?.description ?? '', new RegExp(`^${phase}\\b`));
      assert.match(row?.spoken ?? '', new RegExp(`^a, ${phase === 'succeeded' ? 'completed' : phase}, training`));
      return [row?.icon?.color, row?.badge?.sign];
    });
    assert.equal(new Set(signs.map(([color]) => color)).size, 5);
    assert.equal(new Set(signs.map(([, sign]) => sign)).size, 5);
    assert.notEqual(rowOf({})?.icon?.name, rowOf({ kind: 'notebook' })?.icon?.name);
  });

  it('open the page of the job; the whole reason stands below it, and opens the explanation', () => {
    for (const own of [HUNGRY, BROKEN]) {
      const row = rowOf(own);
      assert.equal(row?.command, 'gpuctl.job.details');
      const [reason] = row?.children ?? [];
      assert.deepEqual([reason?.label, reason?.command, reason?.context], [own.state, 'gpuctl.job.why', 'reason']);
    }
    assert.deepEqual(rowOf({})?.children, []);
    assert.deepEqual(
      rowOf(BROKEN)?.links?.map(({ label }) => label),
      ['Details', 'Why', 'Log'],
    );
    assert.deepEqual(
      rowOf({ refused: { log: 'no' } })?.links?.map(({ label }) => label),
      ['Details'],
    );
  });

  it('tell on a look what to do, and what was said itself', () => {
    const trouble = { code: 'job.image.not-found', hint: 'Correct the tag.', detail: `not\nfound ${'x'.repeat(900)}` };
    const pods = [{ name: 'a-0', phase: 'failed', state: 'cannot fetch its image', restarts: 0, trouble } as const];
    const row = rowOf({ trouble, pods: [...pods] });
    for (const tooltip of [row?.tooltip, row?.children?.[0]?.tooltip, row?.children?.[1]?.tooltip]) {
      assert.match(tooltip ?? '', /\n(?:.*\n)?Correct the tag/);
      assert.match(tooltip ?? '', /Details: not found x{500,700} …$/);
    }
  });

  it('mark a job that runs in part for too long, with what holds the rest', () => {
    const part = job('a', { podsRunning: 1, startedAt: ago(11), state: 'running 1 of 2, waiting for 6 free GPUs' });
    const late = (startTimeout: number) =>
      buildJobGroups({ jobs: [part] }, EVERYTHING, { ...context, startTimeout })[0]?.children?.[0];
    assert.equal(late(10)?.description, 'running 1 of 2, waiting for 6 free GPUs · 8×A100-80G · 11m');
    assert.equal(late(10)?.badge?.sign, '!');
    for (const patient of [0, 12]) {
      assert.equal(late(patient)?.description, '8×A100-80G · 11m · 1/2');
      assert.equal(late(patient)?.badge?.sign, '●');
    }
  });

  it('do not mark what is down for a while: a replica of a service, a rank that ran before', () => {
    const ran = {
      name: 'a-0',
      rank: 0,
      phase: 'running',
      state: 'running',
      restarts: 0,
      startedAt: ago(3000),
    } as const;
    const down = { ...ran, name: 'a-1', rank: 1, phase: 'waiting', state: 'starting again' } as const;
    const signOf = (own: Partial<JobDto>) => {
      const part = job('a', { podsRunning: 1, startedAt: ago(3000), pods: [ran], ...own });
      return buildJobGroups({ jobs: [part] }, EVERYTHING, { ...context, startTimeout: 10 })[0]?.children?.[0]?.badge
        ?.sign;
    };
    assert.equal(signOf({}), '!');
    assert.equal(signOf({ kind: 'inference' }), '●');
    assert.equal(signOf({ pods: [ran, down] }), '●');
    const { startedAt: _, ...never } = down;
    assert.equal(signOf({ pods: [ran, never] }), '!');
  });

  it('say the kind of a job without GPUs, and the namespace of one elsewhere', () => {
    assert.equal(describeOf({ gpus: 0, kind: 'notebook', podsWanted: 1, podsRunning: 1 }), 'notebook · 1h12m');
    assert.match(describeOf({ ref: { namespace: 'team-b', name: 'a' } }) ?? '', / · team-b$/);
  });

  it('have their ranks below them, in order', () => {
    const pod = (rank: number) =>
      ({ name: `p${rank}`, rank, node: `n${rank}`, phase: 'running', state: 'running', restarts: 0 }) as const;
    assert.deepEqual(
      rowOf({ pods: [pod(1), pod(0)] })?.children?.map(({ label, description }) => `${label} ${description}`),
      ['rank 0 n0 · running', 'rank 1 n1 · running'],
    );
  });

  it('show names from outside as they are', () => {
    const row = rowOf({ submittedBy: '[x](command:evil)' });
    assert.ok(!row?.tooltip?.includes('[x](command:evil)'), row?.tooltip);
  });
});

describe('groups of jobs', () => {
  it('are states, the newest first; what ended on another day is there when it is opened', () => {
    const jobs = [
      job('old'),
      job('new', { createdAt: ago(1) }),
      job('wait', { phase: 'waiting' }),
      job('off', { phase: 'stopped' }),
      job('bad', { phase: 'failed', endedAt: ago(5) }),
      job('good', { phase: 'succeeded', endedAt: ago(60 * 19) }),
      job('yesterday', { phase: 'succeeded', endedAt: ago(60 * 21) }),
    ];
    const groups = toGroups(jobs);
    assert.deepEqual(toLines(groups), [
      ['Running', '2', ['new', 'old']],
      ['Waiting', '1', ['wait']],
      ['Stopped', '1', ['off']],
      ['Ended today', '2', ['bad', 'good']],
      ['Ended earlier', '1', ['yesterday']],
    ]);
    assert.deepEqual(
      groups.map(({ expanded }) => expanded),
      [true, true, true, true, false],
    );
  });

  it('are what the person wants, and inside them only another state moves a row', () => {
    const jobs = [
      job('a', { pool: 'big', submittedBy: 'zoe', phase: 'failed', endedAt: ago(1) }),
      job('b', { kind: 'notebook', submittedBy: 'me', mine: true, createdAt: ago(100) }),
      job('c', { pool: 'big', submittedBy: 'me', mine: true, ref: { namespace: 'team-b', name: 'c' } }),
      job('d', { kind: 'strange', createdAt: ago(90) }),
    ];
    const by = (grouping: JobChoice['grouping']) => toLines(toGroups(jobs, { grouping }, english, { me: 'me' }));
    assert.deepEqual(by('kind'), [
      ['training', '2', ['c', 'a']],
      ['notebook', '1', ['b']],
      ['strange', '1', ['d']],
    ]);
    assert.deepEqual(by('pool'), [
      ['big', '2', ['c', 'a']],
      ['no pool', '2', ['d', 'b']],
    ]);
    assert.deepEqual(by('namespace'), [
      ['team-a', '3', ['d', 'b', 'a']],
      ['team-b', '1', ['c']],
    ]);
    assert.deepEqual(by('owner'), [
      ['me (you)', '2', ['c', 'b']],
      ['zoe', '1', ['a']],
      ['owner not known', '1', ['d']],
    ]);
  });

  it('hold what has every word of the filter, wherever it stands; else it is said, with the way back', () => {
    const jobs = [
      job('qwen-sft', { pool: 'big' }),
      job('llama-sft', { pool: 'small', submittedBy: '张伟' }),
      job('stuck', HUNGRY),
    ];
    const found = (filter: string, texts = english) =>
      toGroups(jobs, { filter }, texts).flatMap(({ children = [] }) => children.map(({ label }) => label));
    assert.deepEqual(found('SFT'), ['llama-sft', 'qwen-sft']);
    assert.deepEqual(found(' sft  big '), ['qwen-sft']);
    assert.deepEqual(found('张'), ['llama-sft']);
    assert.deepEqual(found('largest block'), ['stuck']);
    assert.deepEqual(found('排队', chinese), ['stuck']);
    const [way] = toGroups(jobs, { filter: 'none' });
    assert.equal(way?.command, 'gpuctl.jobs.clearFilter');
    const choice = { ...EVERYTHING, filter: 'none' };
    assert.equal(toJobsNote({ jobs }, choice, english), 'None of the jobs here (3) has “none”.');
    assert.equal(toJobsDescription({ ...choice, mine: true }, english), 'only yours · “none”');
    assert.equal(toJobsDescription(EVERYTHING, english), '');
  });

  it('hold only my jobs where it is known who I am, and else all of them, and say so', () => {
    const jobs = [job('mine', { mine: true }), job('theirs')];
    const choice = { ...EVERYTHING, mine: true };
    const names = (me: Partial<JobsDto>) =>
      buildJobGroups({ jobs, ...me }, choice, context).flatMap(({ children = [] }) => children.map((row) => row.label));
    assert.deepEqual(names({ me: 'me' }), ['mine']);
    assert.equal(toJobsNote({ jobs, me: 'me' }, choice, english), undefined);
    assert.deepEqual(names({}), ['mine', 'theirs']);
    assert.match(toJobsNote({ jobs }, choice, english) ?? '', /does not say who you are/);
    const others = { jobs: [job('theirs')], me: 'me' };
    assert.equal(toJobsNote(others, choice, english), 'None of the jobs here (1) was submitted by me.');
    assert.equal(buildJobGroups(others, choice, context)[0]?.command, 'gpuctl.jobs.showAll');
  });

  it('say what cannot be seen also where there is none, and then offer what the welcome would, and what helps', () => {
    const empty = { jobs: [], namespaces: ['team-a'], incomplete: 'Jobs of team-a only.' };
    assert.equal(toJobsNote(empty, EVERYTHING, english), 'No jobs. Jobs of team-a only.');
    assert.equal(toJobsNote({ ...empty, jobs: [job('a')] }, EVERYTHING, english), 'Jobs of team-a only.');
    assert.equal(toJobsNote({ jobs: [] }, EVERYTHING, english), undefined);
    assert.deepEqual(
      toGroups([], {}, english, empty).map(({ command }) => command),
      ['gpuctl.job.newFile', 'gpuctl.target.select', 'gpuctl.cluster.check'],
    );
    assert.deepEqual(toGroups([]), []);
  });
});
