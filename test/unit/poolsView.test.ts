/** The view of pools and the status bar as words: rows, bars, questions. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildNodeItems, nodeNames, toQuestion } from '../../client/src/features/pools/bindWords.ts';
import { buildPoolRows } from '../../client/src/features/pools/poolRows.ts';
import { toProposal } from '../../client/src/features/pools/proposalWords.ts';
import { toStatus } from '../../client/src/features/status/statusWords.ts';
import type { Row } from '../../client/src/infrastructure/row.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import type { GpuCountDto, NodeDto, PoolDto, PoolInUseDto, PoolsDto, ProposalDto } from '../../server/src/protocol.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const english = createTexts(() => 'en');
const chinese = createTexts(() => 'zh-cn');

const gpus = (total: number, used: number, own: Partial<GpuCountDto> = {}): GpuCountDto => ({
  type: 'A100-80G',
  total,
  used,
  free: total - used,
  unavailable: 0,
  largestBlock: total - used,
  ...own,
});
const node = (name: string, own: Partial<NodeDto> = {}): NodeDto => ({
  name,
  ready: true,
  cordoned: false,
  gpus: [gpus(8, 4)],
  holders: [],
  ...own,
});
const pool = (own: Partial<PoolDto> = {}): PoolDto => ({
  name: 'training-pool',
  gpus: [gpus(32, 18, { largestBlock: 7 })],
  nodes: [node('n1')],
  ...own,
});
const rowsOf = (data: PoolsDto, texts = english) => buildPoolRows(data, { texts, now: NOW, namespace: 'team-a' });
const firstOf = (own: Partial<PoolDto>, texts = english) => rowsOf({ pools: [pool(own)] }, texts)[0] as Row;
const nodeRow = (own: Partial<NodeDto>, texts = english) =>
  (firstOf({ nodes: [node('n1', own)] }, texts).children ?? [])[0] as Row;

describe('a pool', () => {
  test('says what is free and taken beside its picture, and where free GPUs lie apart, how many lie together', () => {
    const nodes = [node('n1'), node('n2')];
    assert.equal(firstOf({ nodes }).description, '▓▓▓░░ free 14 · 18/32 A100-80G · at most 7 on one node');
    assert.equal(firstOf({ nodes }, chinese).description, '▓▓▓░░ 空闲 14 · 18/32 A100-80G · 单节点最多 7');
    assert.equal(firstOf({ gpus: [gpus(8, 8)] }).description, '▓▓▓▓▓ free 0 · 8/8 A100-80G');
    assert.equal(firstOf({ gpus: [gpus(8, 0)] }).description, '░░░░░ free 8 · 0/8 A100-80G');
  });

  test('bears an icon that differs in shape: free, full, unusable, unknown', () => {
    const iconOf = (count: GpuCountDto) => firstOf({ gpus: [count] }).icon?.name;
    const { used: _, free: __, ...unknown } = gpus(8, 4);
    assert.deepEqual([gpus(8, 4), gpus(8, 8), gpus(0, 0, { unavailable: 8 }), unknown].map(iconOf), [
      'layers',
      'layers-active',
      'circle-slash',
      'question',
    ]);
  });

  test('of several types has a line for each', () => {
    const row = firstOf({ gpus: [gpus(8, 2), gpus(4, 4, { type: 'A10-24G' })] });
    assert.deepEqual(
      row.children?.slice(0, 2).map(({ label, description }) => [label, description]),
      [
        ['A100-80G', '▓░░░░ free 6 · 2/8'],
        ['A10-24G', '▓▓▓▓▓ free 0 · 4/4'],
      ],
    );
  });

  test('with many nodes, and the nodes of none, are closed at first', () => {
    assert.equal(firstOf({}).expanded, true);
    assert.equal(firstOf({ name: '' }).expanded, false);
    assert.equal(firstOf({ nodes: Array.from({ length: 51 }, (_, at) => node(`n${at}`)) }).expanded, false);
  });

  test('and its nodes offer no moves to those who may not, and say why', () => {
    const row = rowsOf({ pools: [pool()], refused: 'You may not move nodes.' })[0] as Row;
    assert.equal(row.context, 'pool.no-bind');
    assert.equal(row.children?.[0]?.context, 'node.pooled.no-bind');
    assert.match(row.tooltip ?? '', /You may not move nodes/);
    assert.equal(firstOf({}).context, 'pool');
    assert.equal(firstOf({ name: '' }).context, 'pool.none');
    assert.equal(firstOf({ name: '' }).children?.[0]?.context, 'node');
  });
});

describe('a node', () => {
  test('says by icon, colour and word why it takes no jobs', () => {
    const seen = (own: Partial<NodeDto>, texts = english) => {
      const { icon, description } = nodeRow(own, texts);
      return [icon?.name, description];
    };
    assert.deepEqual(seen({}), ['server', '▓▓▓▓░░░░ 4/8']);
    assert.deepEqual(seen({ cordoned: true }), ['warning', 'cordoned  ▓▓▓▓░░░░ 4/8']);
    assert.deepEqual(seen({ ready: false, cordoned: true }), ['error', 'not ready  ▓▓▓▓░░░░ 4/8']);
    assert.deepEqual(seen({ closed: true }), ['lock', 'takes no jobs  ▓▓▓▓░░░░ 4/8']);
    assert.deepEqual(seen({ gpus: [gpus(6, 2, { unhealthy: 2 })] }), ['flame', '2 broken  ▓▓▓░░░░░ 2/6']);
    assert.deepEqual(seen({ gpus: [gpus(6, 2, { unhealthy: 2 })] }, chinese), ['flame', '2 张故障  ▓▓▓░░░░░ 2/6']);
  });

  test('has the jobs that hold it below it, with how much and since when; a click shows one', () => {
    const since = new Date(NOW - 72 * 60_000).toISOString();
    const holders = [
      { job: 'sft', namespace: 'team-a', gpus: 3, since },
      { job: 'by-hand', namespace: 'vision', gpus: 1, other: 'no-job' as const },
    ];
    const [sft, other] = nodeRow({ holders }).children as [Row, Row];
    assert.deepEqual([sft.label, sft.description], ['sft', '3 GPUs · 1h12m']);
    assert.deepEqual([sft.command, sft.job], ['gpuctl.node.showJob', { namespace: 'team-a', name: 'sft' }]);
    assert.deepEqual([other.description, other.command], ['1 GPU · vision', undefined]);
    assert.match(other.tooltip ?? '', /Not a job of gpuctl/);
  });
});

describe('the quota of the namespace', () => {
  const quotas = [
    {
      name: 'team',
      namespace: 'team-a',
      limits: [
        { what: 'GPUs', used: '8', hard: '8', share: 1, gpus: true as const },
        { what: 'memory', used: '64 GiB', hard: '128 GiB', share: 0.5 },
        { what: 'CPU', hard: '32' },
      ],
    },
  ];

  test('stands before the pools, with what is used of what', () => {
    const [row, ...others] = rowsOf({ pools: [pool()], quotas });
    assert.equal(others.length, 1);
    assert.equal(row?.label, 'Quota of team-a');
    assert.equal(row?.description, 'GPUs 8/8 · memory 64 GiB/128 GiB · CPU at most 32, use unknown');
    assert.deepEqual(
      row?.children?.map(({ icon, description }) => [icon?.name, description]),
      [
        ['warning', '▓▓▓▓▓▓▓▓ 8/8 used up'],
        ['dash', '▓▓▓▓░░░░ 64 GiB/128 GiB'],
        ['dash', 'at most 32, use unknown'],
      ],
    );
  });
});

test('who may see no nodes is led to what the cluster lets them do', () => {
  const [row] = rowsOf({ pools: [], unknown: 'You may not list nodes.' });
  assert.equal(row?.command, 'gpuctl.cluster.check');
  assert.deepEqual(rowsOf({ pools: [] }), []);
});

describe('moving nodes', () => {
  test('the choice shows what each holds', () => {
    const holders = [{ job: 'sft', namespace: 'team-a', gpus: 4 }];
    const [used, idle] = buildNodeItems(
      [pool({ nodes: [node('n1', { holders }), node('n2', { cordoned: true })] })],
      english,
    );
    assert.deepEqual([used?.description, used?.detail], ['training-pool · ▓▓▓▓░░░░ 4/8', 'used by sft']);
    assert.deepEqual([idle?.description, idle?.detail], ['training-pool · ▓▓▓▓░░░░ 4/8 · cordoned', 'idle']);
  });

  test('the question names cluster and pool, what it means, and what is done', () => {
    const plan = {
      context: 'c',
      cluster: 'demo',
      sentences: ['It moves.'],
      changes: ['changes Node n1'],
      warnings: [],
      digest: '',
    };
    const asked = toQuestion(plan, { names: 'n1', count: 1, pool: 'eval' }, english);
    assert.deepEqual(asked, {
      question: 'Put node n1 into pool eval of cluster demo?',
      detail: 'It moves.\n\nIn cluster demo:\n• changes Node n1',
      confirm: 'Put into Pool',
    });
    const out = toQuestion(plan, { names: 'n1, n2', count: 2, pool: undefined }, english);
    assert.equal(out.question, 'Take nodes n1, n2 out of their pools in cluster demo?');
    assert.equal(nodeNames(['a', 'b', 'c', 'd', 'e'], english), 'a, b, c and 2 more');
  });
});

describe('a file for a pool', () => {
  const job = { name: 'sft', kind: 'training', namespace: 'ml-team', verdict: 'Fits now.', fits: true, document: 0 };
  const proposal = (own: Partial<ProposalDto>): ProposalDto => ({
    cluster: 'demo',
    jobs: [job],
    whole: true,
    edits: [],
    ...own,
  });
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const asked = (own: Partial<ProposalDto>) =>
    toProposal(proposal(own), { pool: 'eval', file: 'a.yaml', unsaved: false }, english);

  test('shows the change, the verdict there, where it goes, and both ways', () => {
    assert.deepEqual(asked({ jobs: [{ ...job, from: 'training-pool' }], edits: [{ range, text: 'eval' }] }), {
      question: 'Submit sft to eval?',
      detail:
        'Cluster demo, namespace ml-team\n\nIts pool would be eval, not training-pool.\nFits now.\n\n“Submit” leaves the file as it is.',
      answers: [
        { title: 'Submit', does: 'submit' },
        { title: 'Change File and Submit', does: 'change' },
      ],
    });
  });

  test('offers no change where there is none, and nothing where there is no job or all are wrong', () => {
    const same = asked({ jobs: [{ ...job, from: 'eval', same: true }] });
    assert.ok('answers' in same);
    assert.deepEqual(
      same.answers.map(({ does }) => does),
      ['submit'],
    );
    assert.deepEqual(asked({ jobs: [] }), { nothing: 'There is no job in a.yaml.' });
    assert.deepEqual(asked({ jobs: [{ ...job, verdict: '', error: 'sft has errors.' }] }), {
      nothing: 'sft has errors.',
    });
  });

  test('says that a change of the file saves what else was changed in it', () => {
    const edits = [{ range, text: 'eval' }];
    const detailOf = (unsaved: boolean, own: Partial<ProposalDto>) => {
      const told = toProposal(proposal(own), { pool: 'eval', file: 'a.yaml', unsaved }, english);
      return 'detail' in told ? told.detail : '';
    };
    assert.match(detailOf(true, { edits }), /“Change File and Submit” also saves the other changes in it\.$/);
    assert.doesNotMatch(detailOf(false, { edits }), /saves/);
    assert.doesNotMatch(detailOf(true, {}), /saves/);
  });

  test('tells the first jobs of many, and how many more there are', () => {
    const many = asked({ jobs: Array.from({ length: 6 }, (_, index) => ({ ...job, name: `job-${index}` })) });
    assert.match('detail' in many ? many.detail : '', /• job-4: [^•]*\n\n… and 1 more job$/);
  });

  test('of several jobs tells each', () => {
    const several = asked({
      jobs: [job, { ...job, name: 'eval', from: 'a', document: 1 }],
      edits: [{ range, text: '' }],
    });
    assert.ok('detail' in several);
    assert.equal(several.question, 'Submit the 2 jobs of a.yaml to eval?');
    assert.match(several.detail, /• sft: Its pool would be eval; it names none\. Fits now\.\n\n• eval: /);
  });
});

describe('the status bar', () => {
  const connection = {
    phase: 'connected',
    context: 'prod',
    cluster: 'prod',
    namespace: 'team-a',
    capacity: { known: true },
  } as const;
  const inUse = (own: Partial<PoolInUseDto> = {}): PoolInUseDto => ({
    name: 'training-pool',
    why: 'document',
    gpus: [gpus(32, 18)],
    ...own,
  });
  const labelOf = (pool: PoolInUseDto | undefined, texts = english) =>
    toStatus(connection, pool && { context: 'prod', pool }, texts, NOW).label;

  test('does not take what one cluster said for the next one', () => {
    const before = { context: 'staging', pool: inUse() };
    assert.equal(toStatus(connection, before, english, NOW).label, 'prod · team-a');
    assert.doesNotMatch(toStatus(connection, before, english, NOW).tooltip, /training/);
    const other = { context: 'prod', id: 'another kubeconfig', pool: inUse() };
    assert.equal(toStatus(connection, other, english, NOW).label, 'prod · team-a');
  });

  test('says context, namespace and what is free of the pool in use', () => {
    assert.equal(labelOf(inUse()), 'prod · team-a · training-pool: 14 free');
    assert.equal(labelOf(inUse(), chinese), 'prod · team-a · training-pool 空闲 14');
    assert.equal(labelOf(undefined), 'prod · team-a');
    assert.equal(
      labelOf(inUse({ gpus: [gpus(8, 2), gpus(4, 4, { type: 'A10' })] })),
      'prod · team-a · training-pool: 6×A100-80G, 0×A10 free',
    );
    assert.equal(labelOf(inUse({ name: 'p'.repeat(60) })), `prod · team-a · ${'p'.repeat(23)}…: 14 free`);
  });

  test('says what is unknown, gone or not there', () => {
    const { used: _, free: __, ...unknown } = gpus(8, 4);
    assert.equal(labelOf(inUse({ gpus: [unknown] })), 'prod · team-a · training-pool: free unknown');
    assert.equal(labelOf(inUse({ gpus: [], unknown: true })), 'prod · team-a · training-pool: free unknown');
    assert.equal(labelOf(inUse({ gpus: [], absent: true })), 'prod · team-a · training-pool: not there');
    assert.equal(labelOf(inUse({ gpus: [] })), 'prod · team-a · training-pool: no GPU');
    assert.match(
      toStatus(connection, { context: 'prod', pool: inUse() }, english, NOW).tooltip,
      /The pool training\\-pool of the open file: free 14/,
    );
  });
});
