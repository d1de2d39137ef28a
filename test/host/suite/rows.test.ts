import assert from 'node:assert/strict';
import { buildJobRows, toJobsNote } from '../../../client/src/features/jobs/jobRows.ts';
import { buildPoolRows, toBar } from '../../../client/src/features/pools/poolRows.ts';
import { toStatus } from '../../../client/src/features/status/index.ts';
import { toShown } from '../../../client/src/infrastructure/liveView.ts';
import type { Row } from '../../../client/src/infrastructure/row.ts';
import { type RowElement, RowTree } from '../../../client/src/infrastructure/rowTree.ts';
import { createTexts } from '../../../client/src/infrastructure/texts.ts';
import type { ConnectionDto, GpuCountDto, JobDto, NodeDto } from '../../../server/src/protocol.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const english = createTexts(() => 'en');
const chinese = createTexts(() => 'zh-cn');

const job = (name: string, own: Partial<JobDto> = {}): JobDto => ({
  ref: { namespace: 'team-a', name },
  kind: 'training',
  phase: 'running',
  state: 'running',
  gpus: 8,
  gpuType: 'A100-80G',
  podsWanted: 2,
  podsRunning: 2,
  createdAt: ago(80),
  startedAt: ago(72),
  pods: [],
  ...own,
});
const toJobRows = (jobs: JobDto[], texts = english) => buildJobRows({ jobs }, { texts, now: NOW, namespace: 'team-a' });
const describeOf = (own: Partial<JobDto>, texts = english) =>
  toJobRows([job('a', own)], texts)[0]?.children?.[0]?.description;

describe('rows of jobs', () => {
  it('say GPUs, age and how many run', () => {
    assert.equal(describeOf({}), '8×A100-80G · 1h12m · 2/2');
    assert.equal(describeOf({}, chinese), '8×A100-80G · 1小时12分 · 2/2');
  });

  it('say why a job waits, and how and when one ended', () => {
    const waiting = { phase: 'waiting', gpus: 4, createdAt: ago(6), state: 'needs 4, 2 free' } as const;
    assert.equal(describeOf(waiting), '4×A100-80G · 6m · needs 4, 2 free');
    const failed = { phase: 'failed', endedAt: ago(4), state: 'rank 1 ran out of memory' } as const;
    assert.equal(describeOf(failed), 'rank 1 ran out of memory · 4m ago · 8×A100-80G');
  });

  it('tell on a look what to do, and what was said itself', () => {
    const trouble = { code: 'job.image.not-found', hint: 'Correct the tag.', detail: `not\nfound ${'x'.repeat(900)}` };
    const pods = [{ name: 'a-0', phase: 'failed', state: 'cannot fetch its image', restarts: 0, trouble } as const];
    const row = toJobRows([job('a', { trouble, pods: [...pods] })])[0]?.children?.[0];
    for (const tooltip of [row?.tooltip, row?.children?.[0]?.tooltip]) {
      assert.match(tooltip ?? '', /\n(?:.*\n)?Correct the tag/);
      assert.match(tooltip ?? '', /Details: not found x{500,700} …$/);
    }
  });

  it('mark a job that runs in part for too long, with what holds the rest', () => {
    const part = job('a', { podsRunning: 1, startedAt: ago(11), state: 'running 1 of 2, waiting for 6 free GPUs' });
    const rowOf = (startTimeout: number) =>
      buildJobRows({ jobs: [part] }, { texts: english, now: NOW, namespace: 'team-a', startTimeout })[0]?.children?.[0];
    assert.equal(rowOf(10)?.description, '8×A100-80G · 11m · running 1 of 2, waiting for 6 free GPUs');
    assert.equal(rowOf(10)?.icon?.name, 'warning');
    for (const patient of [0, 12]) {
      assert.equal(rowOf(patient)?.description, '8×A100-80G · 11m · 1/2');
      assert.equal(rowOf(patient)?.icon?.name, 'circle-filled');
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
    const iconOf = (own: Partial<JobDto>) => {
      const part = job('a', { podsRunning: 1, startedAt: ago(3000), pods: [ran], ...own });
      const context = { texts: english, now: NOW, namespace: 'team-a', startTimeout: 10 };
      return buildJobRows({ jobs: [part] }, context)[0]?.children?.[0]?.icon?.name;
    };
    assert.equal(iconOf({}), 'warning');
    assert.equal(iconOf({ kind: 'inference' }), 'circle-filled');
    assert.equal(iconOf({ pods: [ran, down] }), 'circle-filled');
    const { startedAt: _, ...never } = down;
    assert.equal(iconOf({ pods: [ran, never] }), 'warning');
  });

  it('say the kind of a job without GPUs, and the namespace of one elsewhere', () => {
    assert.equal(describeOf({ gpus: 0, kind: 'notebook', podsWanted: 1, podsRunning: 1 }), 'notebook · 1h12m');
    assert.match(describeOf({ ref: { namespace: 'team-b', name: 'a' } }) ?? '', / · team-b$/);
  });

  it('stand in groups by state, the newest first', () => {
    const jobs = [job('old'), job('new', { createdAt: ago(1) }), job('wait', { phase: 'waiting' })];
    const groups = toJobRows(jobs).map(({ label, description, children = [] }) => [
      label,
      description,
      children.map((row) => row.label),
    ]);
    assert.deepEqual(groups, [
      ['Running', '2', ['new', 'old']],
      ['Waiting', '1', ['wait']],
    ]);
  });

  it('have their ranks below them, in order', () => {
    const pod = (rank: number) =>
      ({ name: `p${rank}`, rank, node: `n${rank}`, phase: 'running', state: 'running', restarts: 0 }) as const;
    const [row] = toJobRows([job('a', { pods: [pod(1), pod(0)] })])[0]?.children ?? [];
    assert.deepEqual(
      row?.children?.map(({ label, description }) => `${label} ${description}`),
      ['rank 0 n0 · running', 'rank 1 n1 · running'],
    );
  });

  it('say what cannot be seen also where there is none, and then offer what the welcome would', () => {
    const empty = { jobs: [], namespaces: ['team-a'], incomplete: 'Jobs of team-a only.' };
    assert.equal(toJobsNote(empty, english), 'No jobs. Jobs of team-a only.');
    assert.equal(toJobsNote({ ...empty, jobs: [job('a')] }, english), 'Jobs of team-a only.');
    assert.equal(toJobsNote({ jobs: [] }, english), undefined);
    const rows = buildJobRows(empty, { texts: english, now: NOW });
    assert.deepEqual(
      rows.map(({ label, command }) => [label, command]),
      [['New gpuctl File…', 'gpuctl.job.newFile']],
    );
    assert.deepEqual(buildJobRows({ jobs: [] }, { texts: english, now: NOW }), []);
  });

  it('show names from outside as they are', () => {
    const [row] = toJobRows([job('a', { submittedBy: '[x](command:evil)' })])[0]?.children ?? [];
    assert.ok(!row?.tooltip?.includes('[x](command:evil)'), row?.tooltip);
  });
});

const gpus = (total: number, used: number, unavailable = 0): GpuCountDto => ({
  type: 'A100-80G',
  total,
  used,
  free: total - used - unavailable,
  unavailable,
  largestBlock: 4,
});
const node = (name: string, own: Partial<NodeDto> = {}): NodeDto => ({
  name,
  ready: true,
  cordoned: false,
  gpus: [gpus(8, 4)],
  holders: [],
  ...own,
});

describe('rows of pools', () => {
  it('say what is free, and mark nodes that take no jobs by icon and word', () => {
    const nodes = [
      node('n1', { holders: [{ job: 'a', namespace: 'x', gpus: 4 }] }),
      node('n2', { cordoned: true }),
      node('n3', { ready: false, gpus: [{ ...gpus(0, 0), unavailable: 8 }] }),
    ];
    const [pool] = buildPoolRows({ pools: [{ name: 'training-pool', gpus: [gpus(32, 18)], nodes }] }, english);
    assert.equal(pool?.description, 'free 14 of 32 A100-80G  ▓▓▓░░');
    assert.deepEqual(
      pool?.children?.map(({ icon, description }) => [icon?.name, description]),
      [
        ['server', '▓▓▓▓░░░░ 4/8  a'],
        ['warning', 'cordoned  ▓▓▓▓░░░░ 4/8'],
        ['error', 'not ready  8×A100-80G'],
      ],
    );
  });

  it('say the total where the use is not known, and nowhere that nothing is used', () => {
    const unknown: GpuCountDto = { type: 'A100-80G', total: 8, unavailable: 0 };
    const pools = [{ name: 'p', gpus: [unknown], nodes: [node('n1', { gpus: [unknown] })] }];
    const [pool] = buildPoolRows({ pools }, english);
    assert.equal(pool?.description, '8×A100-80G · use unknown');
    assert.equal(pool?.spoken, 'p, A100-80G: 8 in all, use unknown, 1 node');
    assert.equal(pool?.children?.[0]?.description, '8×A100-80G · use unknown');
    assert.equal(buildPoolRows({ pools }, chinese)[0]?.description, '8×A100-80G · 使用情况未知');
    const all = JSON.stringify(pool);
    assert.doesNotMatch(all, /▓|░|\b0\b|undefined/);
  });

  it('tell the types of a pool and a node that have several apart, without a picture of them together', () => {
    const slices = { ...gpus(7, 3), type: 'mig-3g.20gb' };
    const mixed = [gpus(1, 1), slices];
    const [pool] = buildPoolRows(
      { pools: [{ name: 'p', gpus: mixed, nodes: [node('n1', { gpus: mixed })] }] },
      english,
    );
    assert.equal(pool?.description, 'free 0 of 1 A100-80G, free 4 of 7 mig-3g.20gb');
    assert.equal(pool?.children?.[0]?.description, '1/1 A100-80G, 3/7 mig-3g.20gb');
  });

  it('say how many GPUs are broken', () => {
    const broken = { ...gpus(6, 2), unhealthy: 2 };
    const [pool] = buildPoolRows({ pools: [{ name: 'p', gpus: [broken], nodes: [] }] }, english);
    assert.match(pool?.tooltip ?? '', /2 of 6 in use, 4 free.*, 2 broken/);
    const all = { ...gpus(0, 0), unhealthy: 8 };
    assert.equal(
      buildPoolRows({ pools: [{ name: 'p', gpus: [all], nodes: [] }] }, english)[0]?.description,
      '8×A100-80G · none usable now',
    );
    const spokenOf = (own: GpuCountDto, texts = english) =>
      buildPoolRows({ pools: [{ name: 'p', gpus: [own], nodes: [node('n1', { gpus: [own] })] }] }, texts).flatMap(
        ({ spoken, children: [child] = [] }) => [spoken, child?.spoken],
      );
    assert.deepEqual(spokenOf(all), [
      'p, A100-80G: 8, all of them broken, 1 node',
      'n1, ready, A100-80G: 8, all of them broken',
    ]);
    assert.match(spokenOf(all, chinese)[1] ?? '', /A100-80G: 8 张，均已故障$/);
    assert.match(spokenOf({ ...all, unavailable: 4 })[1] ?? '', /4, of which none can be used now, 8 broken$/);
  });

  it('say so of a pool whose nodes take no jobs', () => {
    const [pool] = buildPoolRows({ pools: [{ name: 'p', gpus: [gpus(0, 0, 16)], nodes: [] }] }, english);
    assert.equal(pool?.description, '16×A100-80G · none usable now');
  });

  it('tell nodes outside of every pool', () => {
    const [pool] = buildPoolRows({ pools: [{ name: '', gpus: [], nodes: [node('cpu-1', { gpus: [] })] }] }, english);
    assert.equal(`${pool?.label}, ${pool?.description}`, 'no pool, 1 node · no GPU');
  });

  it('draw a bar in which one used and one free GPU can be seen', () => {
    const bars = [gpus(32, 0), gpus(32, 1), gpus(32, 31), gpus(32, 32), gpus(0, 0)].map((count) => toBar(count, 8));
    assert.deepEqual(bars, ['░░░░░░░░', '▓░░░░░░░', '▓▓▓▓▓▓▓░', '▓▓▓▓▓▓▓▓', '']);
  });
});

describe('what a view shows', () => {
  const options = { toRows: (): Row[] => [{ id: 'a', label: 'a' }], toNote: () => undefined, guides: true };
  const connection = (own: Partial<ConnectionDto>): ConnectionDto => ({
    phase: 'connected',
    context: 'prod',
    capacity: { known: true },
    ...own,
  });
  const shown = (own: Partial<ConnectionDto>, { trusted = true } = {}) => {
    const { rows, message } = toShown(options, 'some', connection(own), trusted, english, NOW);
    return [rows.map((row) => row.id).join(' '), message];
  };

  it('is the welcome of the manifest without trust', () => {
    assert.deepEqual(shown({}, { trusted: false }), ['', undefined]);
  });

  it('is one line until the first list is there', () => {
    assert.deepEqual(shown({ phase: 'connecting' }), ['a', 'Connecting…']);
    const none = toShown(options, undefined, connection({ phase: 'connecting' }), true, english, NOW);
    assert.deepEqual(none, { rows: [], message: 'Connecting to prod…' });
  });

  it('is the reason and what helps, where there never was a connection', () => {
    assert.deepEqual(shown({ phase: 'failed', message: 'No answer.' }), [
      'gpuctl.connection.reconnect gpuctl.target.select gpuctl.kubeconfig.open',
      'No answer.',
    ]);
    assert.deepEqual(shown({ phase: 'none', message: 'No kubeconfig.' }), [
      'gpuctl.kubeconfig.open gpuctl.target.select',
      'No kubeconfig.',
    ]);
  });

  it('is what is known with its age, where the connection was lost', () => {
    const offline = {
      phase: 'offline',
      asOf: new Date(2026, 10, 23, 9, 5).toISOString(),
      message: 'No answer.',
    } as const;
    const now = new Date(2026, 10, 23, 9, 30).getTime();
    const { rows, message } = toShown(options, 'some', connection(offline), true, english, now);
    assert.deepEqual([rows.length, message], [1, 'As of 09:05. No answer.']);
    assert.equal(toShown(options, 'some', connection(offline), true, chinese, now).message, '截至 09:05。No answer.');
  });

  it('says the same in the status bar', () => {
    const label = (own: Partial<ConnectionDto>) => toStatus(connection(own), english, NOW).label;
    assert.equal(label({ namespace: 'team-a' }), 'prod · team-a');
    const unknown = { known: false, reason: 'You may not list nodes.' } as const;
    assert.equal(label({ capacity: unknown }), 'prod · capacity unknown');
    assert.equal(label({ phase: 'offline' }), 'prod · offline');
    assert.equal(label({ phase: 'none', context: undefined as never }), 'GPU: no cluster');
  });
});

describe('the tree', () => {
  const tree = new RowTree();
  const told: (string[] | undefined)[] = [];
  tree.onDidChangeTreeData((elements: RowElement[] | undefined) => told.push(elements?.map(({ row }) => row.id)));
  const row = (id: string, description = '', children: Row[] = []): Row => ({ id, label: id, description, children });
  const set = (...rows: Row[]) => {
    told.length = 0;
    tree.set(rows);
    return told;
  };

  it('tells VS Code of what changed, and of nothing else', () => {
    set(row('g', '', [row('a'), row('b')]));
    assert.deepEqual(set(row('g', '', [row('a'), row('b')])), []);
    assert.deepEqual(set(row('g', '', [row('a', 'new'), row('b')])), [['a']]);
    assert.deepEqual(set(row('g', '', [row('a', 'new'), row('b'), row('c')])), [['g']]);
  });

  it('keeps the objects of its rows', () => {
    const before = tree.find(({ id }) => id === 'b');
    set(row('g', '', [row('b', 'other')]));
    assert.equal(
      tree.find(({ id }) => id === 'b'),
      before,
    );
  });

  it('is told anew as a whole when a row goes to another parent', () => {
    set(row('g', '', [row('a')]), row('h', '', [row('b')]));
    assert.deepEqual(set(row('g', '', []), row('h', '', [row('a'), row('b')])), [undefined]);
  });
});
