/** The page of a job, in words: what it says of each state, what may be asked by it, and how its grid is walked. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isReady, readAsk, readKept } from '../../client/src/features/jobPage/asks.ts';
import { buildPage } from '../../client/src/features/jobPage/buildPage.ts';
import { buildNote } from '../../client/src/features/jobPage/note.ts';
import type { PageData } from '../../client/src/features/jobPage/pageData.ts';
import type { PageSection } from '../../client/src/features/jobPage/pageView.ts';
import { buildTitles } from '../../client/src/features/jobPage/titles.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import { moveInGrid } from '../../client/webview/jobPage/gridKeys.ts';
import { toKept } from '../../client/webview/jobPage/keep.ts';
import { toText } from '../../l10n/index.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { describeJob } from '../../server/src/operations/describeJob.ts';
import { momentsOf } from '../../server/src/operations/jobPage/jobMoments.ts';
import type { JobDto, JobPageDto, PodDto } from '../../server/src/protocol.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toPod, toWorkload } from '../../server/src/state/project.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const texts = createTexts(() => 'en');
const context = { texts, now, cluster: 'prod', onlyLooks: false } as const;

const rank = (index: number, more: Partial<PodDto> = {}): PodDto => ({
  name: `sft-${index}`,
  rank: index,
  node: `n${index}`,
  phase: 'running',
  state: 'running',
  restarts: 0,
  startedAt: '2026-05-01T11:00:00Z',
  ...more,
});
const pageOf = (job: Partial<JobDto> = {}, more: Partial<JobPageDto> = {}): JobPageDto => ({
  revision: 'r1',
  job: {
    ref: { namespace: 'ml-team', name: 'sft' },
    uid: 'u1',
    kind: 'training',
    phase: 'running',
    state: 'running',
    gpus: 8,
    gpuType: 'A100-80G',
    pool: 'training-pool',
    podsWanted: 2,
    podsRunning: 2,
    restarts: 0,
    createdAt: '2026-05-01T10:58:00Z',
    pods: [rank(0), rank(1)],
    ...job,
  },
  moments: [],
  events: [],
  moreEvents: 0,
  gestures: ['stop', 'delete', 'log'],
  ...more,
});
const build = (data: PageData, more: object = {}) => buildPage(data, { ...context, ...more });
const find = <I extends PageSection['id']>(data: PageData, id: I, more: object = {}) =>
  build(data, more).sections.find((section): section is Extract<PageSection, { id: I }> => section.id === id);

describe('the head of the page', () => {
  test('says what runs where, how far it is, and since when', () => {
    const { facts } = build({ page: pageOf({ step: { at: 10, of: 60 }, run: 2, submittedBy: 'li.wei' }) });
    assert.deepEqual(
      facts.map(({ name, value }) => `${name}: ${value}`),
      [
        'Kind: training',
        'GPU: 8 × A100-80G, 4 on each of 2 nodes',
        'Pool: training-pool',
        'Nodes: n0, n1',
        'Ranks: 2 of 2 running',
        'Step: 10/60',
        'Run: 2',
        'Age: 1h2m',
        'Submitted by: li.wei',
        'Namespace: ml-team',
        'Cluster: prod',
      ],
    );
  });

  test('offers what fits the state, and says what the person may not do', () => {
    const offered = (gestures: JobPageDto['gestures'], job: Partial<JobDto> = {}) =>
      build({ page: pageOf(job, { gestures }) }).gestures.map(({ label, refused }) => label + (refused ? '!' : ''));
    assert.deepEqual(offered(['stop', 'delete', 'log'], { refused: { delete: 'You may not.' } }), [
      'Log',
      'Stop…',
      'Delete…!',
    ]);
    const waits = {
      phase: 'waiting',
      pods: [rank(0, { phase: 'waiting', startedAt: undefined } as Partial<PodDto>)],
    } as const;
    assert.deepEqual(offered(['stop', 'delete', 'log'], { ...waits, pods: [...waits.pods] }), ['Stop…', 'Delete…']);
    assert.deepEqual(offered(['start', 'resume', 'delete', 'log'], { phase: 'stopped' }), ['Log', 'Start', 'Delete…']);
    assert.deepEqual(offered(['resume', 'delete', 'log'], { phase: 'failed' }), ['Log', 'Resume…', 'Delete…']);
    assert.deepEqual(build({ page: pageOf() }, { onlyLooks: true }).gestures, []);
  });

  test('does not say twice what the phase says', () => {
    assert.equal(build({ page: pageOf() }).state, '');
    assert.equal(build({ page: pageOf({ state: 'running 1 of 2' }) }).state, 'running 1 of 2');
    assert.equal(build({ page: pageOf({ phase: 'failed', state: 'failed: exit code 1' }) }).state, 'exit code 1');
  });
});

describe('its sections', () => {
  const failed = pageOf({
    phase: 'failed',
    state: 'failed: rank 1 ran out of memory',
    trouble: { code: 'job.crash.oom' },
  });

  test('say why it failed at once, and more when its log was read', () => {
    const reading = find({ page: failed }, 'cause');
    assert.deepEqual(
      [reading?.text, reading?.note, reading?.lines],
      ['rank 1 ran out of memory', 'Reading its log…', []],
    );
    const why = {
      code: 'x',
      message: 'rank 1 …',
      hint: 'Use less.',
      detail: 'raw',
      pod: 'sft-1',
      rank: 1,
      lines: ['a', 'b'],
    };
    const read = find({ page: failed, why }, 'cause');
    assert.deepEqual(
      [read?.heading, read?.hint, read?.log?.label, read?.lines, read?.raw?.text, read?.note],
      ['Why it failed', 'Use less.', 'Log of rank 1', ['a', 'b'], 'raw', undefined],
    );
  });

  test('say nothing of a cause where one waits for room, but until when', () => {
    const page = pageOf(
      { phase: 'waiting', state: 'needs 8', trouble: { code: 'job.wait.gpus' } },
      { verdict: 'Not enough GPUs.' },
    );
    const ids = build({ page }).sections.map(({ id }) => id);
    assert.deepEqual(ids, ['verdict', 'ranks', 'timeline', 'events']);
  });

  test('count the ranks, and offer a log where there is one and a terminal where it runs', () => {
    const pods = [
      rank(0),
      rank(1, { phase: 'waiting', state: 'no room', startedAt: undefined, node: undefined } as Partial<PodDto>),
    ];
    const ranks = find({ page: pageOf({ pods }) }, 'ranks');
    assert.equal(ranks?.summary, '1 waiting · 1 running');
    assert.deepEqual(
      ranks?.rows.map(({ cells, buttons }) => [...cells, ...buttons.map((button) => button?.spoken)]),
      [
        ['rank 0', 'running', 'n0', '0', 'Log of rank 0', 'Terminal in rank 0'],
        ['rank 1', 'no room', 'no node', '0', undefined, undefined],
      ],
    );
    assert.equal(ranks?.filter, undefined);
    const ended = find({ page: pageOf({ pods: [rank(1, { phase: 'waiting' })] }) }, 'ranks');
    assert.deepEqual(
      ended?.rows[0]?.buttons.map((button) => button?.ask.do),
      ['log', undefined],
    );
    const many = Array.from({ length: 512 }, (_, index) => rank(index));
    assert.equal(find({ page: pageOf({ pods: many }) }, 'ranks')?.filter, 'Only those that do not run');
  });

  test('call the pods of a service replicas, by their names', () => {
    const replicas = [{ ...rank(0), rank: undefined, name: 'chat-7f-x' } as unknown as PodDto];
    const ranks = find({ page: pageOf({ kind: 'inference', pods: replicas }) }, 'ranks');
    assert.deepEqual([ranks?.heading, ranks?.rows[0]?.cells[0]], ['Replicas', 'chat-7f-x']);
  });

  test('tell times, how long it lasted, and what is not known', () => {
    const moments: JobPageDto['moments'] = [
      { what: 'submitted', text: 'Submitted', at: '2026-05-01T10:58:00Z' },
      { what: 'waited', text: 'Waited to run', at: '2026-05-01T10:58:00Z', until: '2026-05-01T10:58:48Z' },
      { what: 'started', text: 'Running', at: '2026-05-01T10:58:48Z', until: null },
      { what: 'stopped', text: 'Stopped' },
    ];
    const timeline = find({ page: pageOf({}, { moments }) }, 'timeline');
    assert.deepEqual(
      timeline?.items.map(({ length, datetime, time }) => [length, datetime ?? time]),
      [
        [undefined, '2026-05-01T10:58:00Z'],
        ['for 48 s', '2026-05-01T10:58:00Z'],
        ['for 1h1m so far', '2026-05-01T10:58:48Z'],
        [undefined, 'time not known'],
      ],
    );
  });

  test('lead to the file where it is there, and say what was not noted down', () => {
    const parts = { resources: [{ kind: 'Job', name: 'sft' }], path: 'a.gpuctl.yaml', commit: '0123456789abcdef' };
    const source = find({ page: pageOf(), parts, file: 'a.gpuctl.yaml' }, 'source');
    assert.deepEqual(
      [source?.from, source?.note, source?.buttons.map(({ label }) => label)],
      [
        'From a.gpuctl.yaml, commit 01234567',
        'Its YAML was not noted down when it was submitted.',
        ['Open as Submitted', 'Open a.gpuctl.yaml', 'Preview Resources'],
      ],
    );
  });
});

describe('what the page may ask', () => {
  const page = pageOf({ refused: { delete: 'You may not.' } });
  const view = build({ page, parts: { resources: [{ kind: 'Job', name: 'sft' }] } });
  const note = { tone: 'error', text: 'x', buttons: [{ ask: { do: 'retry' }, label: 'Try Again' }] } as const;

  test('is what a button carries, word for word', () => {
    for (const ask of [
      { do: 'gesture', gesture: 'stop' },
      { do: 'log', pod: 'sft-1' },
      { do: 'copy', text: 'job/sft' },
      { do: 'resource', kind: 'Job', name: 'sft' },
      { do: 'pool', pool: 'training-pool' },
      { do: 'source' },
    ])
      assert.deepEqual(readAsk({ ask }, view, undefined), ask);
    assert.deepEqual(readAsk({ ask: { do: 'retry' } }, view, { ...note, buttons: [...note.buttons] }), { do: 'retry' });
  });

  test('is nothing else: no other job, text or command, nothing that is refused, nothing before there are buttons', () => {
    for (const ask of [
      { do: 'gesture', gesture: 'delete' },
      { do: 'gesture', gesture: 'start' },
      { do: 'log', pod: 'another' },
      { do: 'copy', text: 'rm -rf /' },
      { do: 'resource', kind: 'Secret', name: 'of-another' },
      { do: 'copy', text: 'job/sft', more: 1 },
      { do: 'retry' },
      { do: 'workbench.action.quit' },
      'stop',
      null,
    ])
      assert.equal(readAsk({ ask }, view, undefined), undefined, JSON.stringify(ask));
    assert.equal(readAsk({ ask: { do: 'gesture', gesture: 'stop' } }, undefined, undefined), undefined);
    for (const message of [undefined, null, 'ask', { asked: 1 }])
      assert.equal(readAsk(message, view, undefined), undefined);
    assert.deepEqual([isReady({ ready: true }), isReady({ ready: 1 }), isReady(null)], [true, false, false]);
  });

  test('what the window kept names a job, or nothing', () => {
    const of = { job: { namespace: 'a', name: 'b' }, context: 'c' };
    assert.deepEqual(readKept({ of, view: {}, scroll: 3 }), { of });
    assert.deepEqual(readKept({ of, at: 5 }), { of, at: 5 });
    assert.deepEqual(readKept({ of, at: 'soon' }), { of });
    for (const kept of [
      undefined,
      null,
      1,
      {},
      { of: {} },
      { of: { ...of, context: '' } },
      { of: { job: { name: 1, namespace: 'a' }, context: 'c' } },
    ])
      assert.equal(readKept(kept), undefined, JSON.stringify(kept));
  });

  test('what the window keeps on disk has no log, no YAML and no raw words in it', () => {
    const failed = pageOf({ phase: 'failed', trouble: { code: 'job.crash.oom' } });
    const page = { ...failed, events: [{ count: 1, about: '', text: 'full', reason: 'Full', raw: 'RAW-EVENT' }] };
    const why = { code: 'x', message: 'm', detail: 'RAW-CAUSE', lines: ['LOG-LINE'] };
    const parts = { resources: [{ kind: 'Job', name: 'sft' }], source: 'YAML-TEXT' };
    const view = build({ page, why, parts });
    assert.match(JSON.stringify(view), /LOG-LINE.*RAW-CAUSE.*RAW-EVENT.*YAML-TEXT/s);
    const kept = toKept(view);
    assert.doesNotMatch(JSON.stringify(kept), /LOG-LINE|RAW-CAUSE|RAW-EVENT|YAML-TEXT/);
    assert.deepEqual(
      kept.sections.map(({ id }) => id),
      view.sections.map(({ id }) => id),
    );
  });

  test('tabs of one name are told apart by what differs', () => {
    const of = (namespace: string, name: string, context = 'a') => ({ job: { namespace, name }, context });
    assert.deepEqual(buildTitles([of('x', 'sft'), of('y', 'chat')]), ['sft', 'chat']);
    assert.deepEqual(buildTitles([of('x', 'sft'), of('y', 'sft')]), ['sft (x)', 'sft (y)']);
    assert.deepEqual(buildTitles([of('x', 'sft'), of('x', 'sft', 'b')]), ['sft (a)', 'sft (b)']);
  });
});

describe('what is said before all else', () => {
  const of = { job: { namespace: 'ml-team', name: 'sft' }, context: 'prod' };
  const well = {
    of,
    connection: { phase: 'connected', capacity: { known: true } },
    trusted: true,
    known: true,
    gone: false,
    elsewhere: false,
    failure: undefined,
  } as const;
  const table: [string, object, string | undefined, string[]][] = [
    ['all is well', {}, undefined, []],
    ['nothing is known yet', { known: false }, 'Loading sft…', []],
    ['it is gone', { gone: true }, 'sft is not there any more. This is what was last known of it.', []],
    ['it never was', { gone: true, known: false }, 'There is no job sft in ml-team.', []],
    [
      'another cluster',
      { elsewhere: true },
      'This page belongs to prod. Choose that cluster again to go on.',
      ['Choose Cluster'],
    ],
    [
      'no trust',
      { trusted: false },
      'In Restricted Mode no cluster is contacted. This is what was last known.',
      ['Manage Workspace Trust'],
    ],
    [
      'offline',
      { connection: { phase: 'offline', message: 'Gone.', capacity: { known: true } } },
      'Gone.',
      ['Connect Again'],
    ],
    [
      'not reached',
      { connection: { phase: 'failed', message: 'Down.', capacity: { known: true } } },
      'Down.',
      ['Connect Again', 'Choose Cluster'],
    ],
    ['on the way', { connection: { phase: 'connecting', capacity: { known: true } } }, 'Connecting to prod…', []],
    [
      'only what the window kept is known',
      {
        known: false,
        keptAt: now - 86_400_000,
        connection: { phase: 'offline', message: 'Gone.', asOf: '2026-05-01T11:59:00Z', capacity: { known: true } },
      },
      `As of ${texts.time('2026-04-30T12:00:00Z', now)}. Gone.`,
      ['Connect Again'],
    ],
    [
      'a refusal',
      { failure: { code: 'x', message: 'You may not.', hint: 'Ask.', actions: [] } },
      'You may not.',
      ['Try Again'],
    ],
  ];
  for (const [name, state, text, buttons] of table)
    test(name, () => {
      const note = buildNote({ ...well, ...state }, texts, now);
      assert.deepEqual([note?.text, note?.buttons.map(({ label }) => label) ?? []], [text, buttons]);
    });
});

describe('the grid of ranks', () => {
  const size = { rows: 512, columns: 6 };
  const go = (row: number, column: number, key: string, ctrlKey = false) => {
    const to = moveInGrid({ row, column }, { key, ctrlKey }, size);
    return to && [to.row, to.column];
  };
  test('is walked by arrows, by pages and to its ends, and not left by them', () => {
    assert.deepEqual(go(0, 0, 'ArrowUp'), [0, 0]);
    assert.deepEqual(go(511, 5, 'ArrowDown'), [511, 5]);
    assert.deepEqual(go(3, 2, 'ArrowRight'), [3, 3]);
    assert.deepEqual(go(3, 0, 'ArrowLeft'), [3, 0]);
    assert.deepEqual(go(3, 2, 'PageDown'), [13, 2]);
    assert.deepEqual(go(3, 2, 'End'), [3, 5]);
    assert.deepEqual(go(3, 2, 'End', true), [511, 5]);
    assert.deepEqual(go(300, 4, 'Home', true), [0, 0]);
    assert.equal(go(3, 2, 'Enter'), undefined);
  });
});

describe('the life of a job', () => {
  const createdAt = '2026-05-01T10:00:00Z';
  const main = (status: object, spec: object = {}): KubeObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'j',
      namespace: 'd',
      uid: 'u',
      creationTimestamp: createdAt,
      labels: { 'gpuctl/job-type': 'training' },
    },
    spec: { parallelism: 2, ...spec },
    status,
  });
  const podOf = (name: string, index: number, status: object): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'd',
      uid: name,
      labels: { 'batch.kubernetes.io/job-name': 'j', 'batch.kubernetes.io/job-completion-index': String(index) },
    },
    spec: { nodeName: 'n1', containers: [{}] },
    status,
  });
  const running = (startedAt: string, restartCount = 0) => ({
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        restartCount,
        state: { running: { startedAt } },
        ...(restartCount && { lastState: { terminated: { exitCode: 1, finishedAt: '2026-05-01T10:30:00Z' } } }),
      },
    ],
  });
  const told = (object: KubeObject, ...pods: KubeObject[]) => {
    const workload = toWorkload(object);
    assert.ok(workload);
    const state = new ClusterState();
    state.applyPods([{ type: 'reset', items: pods.map(toPod) }]);
    return momentsOf(workload, describeJob(state, workload)).map(({ say, at, until }) => [
      toText(say, 'en'),
      at?.slice(11, 16),
      until === undefined || until === null ? until : until.slice(11, 16),
    ]);
  };

  test('of one that waited and runs, and one of whose ranks was started again', () => {
    const pods = [
      podOf('j-0', 0, running('2026-05-01T10:10:00Z')),
      podOf('j-1', 1, running('2026-05-01T10:31:00Z', 2)),
    ];
    assert.deepEqual(told(main({ startTime: createdAt }), ...pods), [
      ['Submitted', '10:00', undefined],
      ['Waited to run', '10:00', '10:10'],
      ['Running', '10:10', null],
      ['Rank 1 was started again, 2 times so far', '10:30', undefined],
    ]);
  });

  test('of one whose only pod was tried again', () => {
    const failed = podOf('j-a', 0, {
      phase: 'Failed',
      containerStatuses: [
        { state: { terminated: { exitCode: 1, startedAt: createdAt, finishedAt: '2026-05-01T10:05:00Z' } } },
      ],
    });
    const again = podOf('j-b', 0, running('2026-05-01T10:06:00Z'));
    for (const { metadata } of [failed, again]) metadata.labels = { 'batch.kubernetes.io/job-name': 'j' };
    assert.deepEqual(told(main({ startTime: createdAt }, { parallelism: 1 }), failed, again).slice(1), [
      ['Running', '10:00', null],
      ['The program failed and was tried again', '10:05', undefined],
    ]);
  });

  test('of one that failed and has no pods any more', () => {
    const conditions = [{ type: 'Failed', status: 'True', reason: 'X', lastTransitionTime: '2026-05-01T10:20:00Z' }];
    assert.deepEqual(told(main({ startTime: createdAt, conditions })), [
      ['Submitted', '10:00', undefined],
      ['Ran', '10:00', '10:20'],
      ['Failed', '10:20', undefined],
    ]);
  });

  test('of one that is held, and one in a queue', () => {
    assert.deepEqual(told(main({}, { suspend: true })).at(-1), ['Held until somebody starts it', '10:00', null]);
    const queued = main({}, { suspend: true });
    queued.metadata.labels = { ...queued.metadata.labels, 'kueue.x-k8s.io/queue-name': 'team' };
    assert.deepEqual(told(queued).at(-1), ['In queue team', '10:00', null]);
  });
});
