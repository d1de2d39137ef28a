/** What a person sees of a verdict in the file: the line above a document, hints, hovers and proposals. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MarkupContent } from 'vscode-languageserver';
import { type Language, message } from '../../l10n/index.ts';
import type { Outlook } from '../../server/src/capacity/outlook.ts';
import { countByType, poolCapacities } from '../../server/src/capacity/pools.ts';
import type { Verdict } from '../../server/src/capacity/verdict.ts';
import { documentAt, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { complete } from '../../server/src/language/completion/complete.ts';
import { createTrial } from '../../server/src/language/completion/trial.ts';
import { inFewWords } from '../../server/src/language/fewWords.ts';
import { buildHover } from '../../server/src/language/hover.ts';
import { buildInlayHints } from '../../server/src/language/inlayHints.ts';
import { buildLenses, buildVerdict } from '../../server/src/language/lenses.ts';
import type { ClusterState } from '../../server/src/state/clusterState.ts';
import { toPod, toWorkload } from '../../server/src/state/project.ts';
import { toQuota } from '../../server/src/state/projectLimits.ts';
import { fourteenFree, node, outlookOn, POOL, pod, stateOf } from './nodesAndPods.ts';
import { atMark, openText, sayIn } from './openText.ts';

const target = { context: 'c', cluster: 'c', namespace: 'default' };
const UNKNOWN = { unknown: message('session.capacity.no-nodes', { cluster: 'prod-a' }) };
type Known = Outlook | typeof UNKNOWN | undefined;
const liveOf = (known: Known) => ({ pools: () => [], gpuTypes: () => [], outlook: () => known, job: () => undefined });

const NOT_TOGETHER = 'Fits alone, but not beside the jobs above it in this file, which take what it needs.';

interface Wanted {
  gpu?: number;
  nodes?: number;
  pool?: string | undefined;
  more?: string;
  kind?: string;
  priority?: string;
}
const job = ({ gpu = 8, nodes = 1, pool = 'training-pool', more = '', kind = 'training', priority }: Wanted = {}) =>
  `kind: ${kind}\njob:\n  name: a\n${priority ? `  priority: ${priority}\n` : ''}environment:\n  image: app:1\nresources:\n  pool: ${pool}\n  gpu: ${gpu}\n${nodes > 1 ? `  nodeCount: ${nodes}\n` : ''}${more}`;

/** The verdict above the first document, as title, tooltip and command. */
function lens(text: string, known: Known, language: Language = 'en', index = 0) {
  const file = openText(text);
  const given = { target, live: liveOf(known), say: sayIn(language) };
  const told = buildLenses(file, given).some(({ data }) => data?.index === index);
  const command = buildVerdict(file, index, given);
  assert.equal(told, command !== undefined);
  return command && { ...command, title: command.title.replace('\u00a0', ' ') };
}
const title = (text: string, known: Known, language?: Language) => lens(text, known, language)?.title;

const fourteen = () => outlookOn(fourteenFree());
const on = (state: ClusterState) => outlookOn(state);
/** A node, all of whose GPUs are broken. */
const broken = (name: string) => {
  const made = node(name, { ...POOL, gpus: 0 });
  Object.assign(made.status as object, { capacity: { 'nvidia.com/gpu': '8' } });
  return made;
};
const quotaOn = (hard: Record<string, string>, used: Record<string, string> = {}): ClusterState => {
  const state = stateOf([node('n1', POOL)], []);
  const metadata = { name: 'team', namespace: 'default' };
  const item = toQuota({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, status: { hard, used } });
  assert.ok(item);
  state.applyQuotas([{ type: 'set', item }]);
  return state;
};
const LOW = { priority: 100 };
/** A pod of a job that may be pushed out. */
const lowly = (name: string, at: string, gpus: number) => {
  const made = pod(name, at, gpus);
  return { ...made, spec: { ...(made.spec as object), ...LOW } };
};

describe('the line above a document', () => {
  const cases: [string, string, () => Known, string | undefined, string | undefined][] = [
    [
      'fits',
      job({ nodes: 2 }),
      fourteen,
      '$(pass) fits now: n2, n4 · 8 of 14 free A100-80G (25 % of training-pool)',
      '$(pass) 现在可运行：n2、n4 · 空闲 14 张 A100-80G GPU，用 8 张（占 training-pool 的 25 %）',
    ],
    [
      'pushes others out',
      job(),
      () => on(stateOf([node('n1', POOL)], [lowly('small', 'n1', 4)])),
      '$(warning) fits by pushing out small',
      '$(warning) 挤出 small 后可运行',
    ],
    [
      'pushes several out',
      job(),
      () => on(stateOf([node('n1', POOL)], [lowly('small', 'n1', 4), lowly('other', 'n1', 4)])),
      '$(warning) fits by pushing out 2 jobs',
      '$(warning) 挤出 2 个任务后可运行',
    ],
    [
      'is busy',
      job({ gpu: 16, nodes: 2 }),
      fourteen,
      '$(watch) busy: needs 16, 14 of 32 A100-80G free',
      '$(watch) 资源不足：需 16 张，A100-80G GPU 空闲 14/32',
    ],
    [
      'is fragmented',
      job(),
      fourteen,
      '$(split-horizontal) fragmented: needs 8 on one node, 14 A100-80G free, at most 7 together',
      '$(split-horizontal) 资源碎片化：单节点需 8 张，A100-80G GPU 共空闲 14 张，单节点最多 7 张',
    ],
    [
      'is fragmented over nodes',
      job({ gpu: 12, nodes: 2 }),
      fourteen,
      '$(split-horizontal) fragmented: 1 of 2 nodes has 6 A100-80G free',
      '$(split-horizontal) 资源碎片化：需 2 个空闲 6 张 A100-80G GPU 的节点，只有 1 个',
    ],
    [
      'waits in a queue',
      job({ gpu: 16, nodes: 2, more: '  queue: team-a\n' }),
      fourteen,
      '$(list-ordered) waits in queue team-a',
      '$(list-ordered) 在队列 team-a 中等待',
    ],
    [
      'has room, and a queue decides',
      job({ nodes: 2, more: '  queue: team-a\n' }),
      fourteen,
      '$(list-ordered) queue team-a decides, there is room now',
      '$(list-ordered) 由队列 team-a 决定，目前有空位',
    ],
    [
      'is more than there is',
      job({ gpu: 64, nodes: 8 }),
      fourteen,
      '$(error) impossible here: training-pool has 48 A100-80G',
      '$(error) 无法满足：training-pool 共有 48 张 A100-80G GPU',
    ],
    [
      'is more than a node has',
      job({ gpu: 16 }),
      fourteen,
      '$(error) impossible here: no node has 16 A100-80G',
      '$(error) 无法满足：没有节点有 16 张 A100-80G GPU',
    ],
    [
      'asks for a type that is not there',
      job({ more: '  gpuType: H100\n' }),
      fourteen,
      '$(error) impossible here: training-pool has no H100',
      '$(error) 无法满足：training-pool 没有 H100',
    ],
    [
      'asks for a pool that is not there',
      job({ pool: 'nowhere' }),
      fourteen,
      '$(error) impossible here: there is no pool nowhere',
      '$(error) 无法满足：没有资源池 nowhere',
    ],
    [
      'asks for more memory than there is',
      job({ gpu: 1, more: '  memory: 2Ti\n' }),
      fourteen,
      '$(error) impossible here: no node has so much memory',
      '$(error) 无法满足：没有节点有这么多内存',
    ],
    [
      'needs nodes that are away',
      job({ gpu: 40, nodes: 5 }),
      fourteen,
      '$(watch) waits for nodes that take no jobs at the moment',
      '$(watch) 等待目前不接收任务的节点恢复',
    ],
    ['is not known', job(), () => UNKNOWN, '$(question) unknown whether it fits', '$(question) 无法判断是否放得下'],
    ['has no cluster', job(), () => undefined, undefined, undefined],
    ['has no GPUs, and nothing is known', job({ gpu: 0 }), () => UNKNOWN, undefined, undefined],
    ['is a pool', 'kind: pool\npool: {name: p}\nnodes: {n1: {}}\n', fourteen, undefined, undefined],
  ];
  for (const [what, text, known, en, zh] of cases) {
    test(what, () => {
      assert.equal(title(text, known()), en);
      assert.equal(title(text, known(), 'zh-cn'), zh);
    });
  }

  test('is told of the job, and only where it has no errors', () => {
    assert.equal(title(job({ gpu: 7, nodes: 2 }), fourteen()), undefined);
    const two = `${job({ nodes: 2 })}---\n${job({ gpu: 14, nodes: 2 }).replace('name: a', 'name: b')}`;
    assert.equal(
      lens(two, fourteen(), 'en', 1)?.title,
      '$(split-horizontal) fragmented: 1 of 2 nodes has 7 A100-80G free',
    );
  });

  test('of a job that fits alone and not beside those above it says so, and promises no other shape', () => {
    const text = `${job({ nodes: 2 })}---\n${job({ nodes: 2 }).replace('name: a', 'name: b')}`;
    assert.match(lens(text, fourteen())?.title ?? '', /fits now/);
    const second = lens(text, fourteen(), 'en', 1);
    assert.equal(second?.title, '$(warning) fits alone, not beside the jobs above');
    assert.equal(second?.command, 'workbench.actions.view.problems');
    assert.equal(second?.tooltip, `${NOT_TOGETHER}\nClick to see all problems.`);
  });

  test('counts the share of all that jobs may use of the pool', () => {
    const mixed = [
      node('a1', POOL),
      ...['h1', 'h2', 'h3'].map((name) => node(name, { ...POOL, type: 'H100-80G' })),
      node('h4', { ...POOL, type: 'H100-80G', cordoned: true }),
    ];
    const known = on(stateOf(mixed, []));
    const text = job({ more: '  gpuType: A100-80G\n' });
    assert.equal(title(text, known), '$(pass) fits now: a1 · 8 of 8 free A100-80G (25 % of training-pool)');
    assert.match(lens(text, known)?.tooltip ?? '', /8 of the 8 free A100-80G, 25 % of training-pool\./);
  });

  test('says of broken GPUs that they are, and of the default pool that it is one', () => {
    assert.equal(
      title(job(), on(stateOf([broken('n1')], []))),
      '$(error) impossible here: the GPUs of training-pool are broken',
    );
    const none = on(stateOf([node('n1', { gpus: 0 })], []));
    assert.equal(title(job({ pool: 'default' }), none), '$(error) impossible here: the default pool has no GPUs');
  });

  test('says that a pool has no nodes', () => {
    const known = on(stateOf([node('n1', POOL)], []));
    const text = job({ pool: 'default', gpu: 0, more: '  cpu: 4\n' });
    assert.equal(title(text, known), '$(error) impossible here: the default pool has no nodes');
    assert.equal(title(text, known, 'zh-cn'), '$(error) 无法满足：资源池 default 没有节点');
  });

  test('says what a quota is of', () => {
    for (const [hard, more, en] of [
      [{ 'requests.nvidia.com/gpu': '4' }, '', 'over quota: 8 GPUs asked, 4 allowed'],
      [{ 'requests.cpu': '4' }, '  cpu: 6\n', 'over quota: 6 cores asked, 4 allowed'],
      [{ 'requests.memory': '1Gi' }, '  memory: 2Gi\n', 'over quota: 2 GiB of memory asked, 1 GiB allowed'],
    ] as const)
      assert.equal(title(job({ more }), on(quotaOn(hard))), `$(law) ${en}`);
    assert.equal(
      title(job(), on(quotaOn({ pods: '3' }, { pods: '3' }))),
      '$(law) over quota: 1 job asked, 3 of 3 in use',
    );
  });

  test('leads to the pool where it fits, to what would fit where not, to the check where nothing is known', () => {
    const fits = lens(job({ nodes: 2 }), fourteen());
    assert.deepEqual([fits?.command, fits?.arguments], ['gpuctl.pool.reveal', ['training-pool']]);
    assert.match(fits?.tooltip ?? '', /^Fits now on n2, n4: 8 of the 14 free A100-80G, 25 % of training-pool\.\nClick/);
    const busy = lens(job({ gpu: 16, nodes: 2 }), fourteen());
    assert.deepEqual([busy?.command, busy?.arguments?.slice(1)], ['gpuctl.finding.fix', [7, 7]]);
    assert.match(busy?.tooltip ?? '', /^Not enough GPUs: training-pool has 14 of 32 .*\nClick for what would fit\.$/);
    const unknown = lens(job(), UNKNOWN);
    assert.equal(unknown?.command, 'gpuctl.cluster.check');
    assert.match(unknown?.tooltip ?? '', /prod-a/);
  });

  test('where nothing in the document would help, tells why and leads to the problems', () => {
    const state = fourteenFree();
    const metadata = { name: 'team', namespace: 'default' };
    const status = { hard: { 'requests.nvidia.com/gpu': '4' } };
    const quota = toQuota({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, status });
    assert.ok(quota);
    state.applyQuotas([{ type: 'set', item: quota }]);
    for (const more of ['', '  queue: team-a\n']) {
      const told = lens(job({ nodes: 2, more }), on(state));
      assert.equal(told?.command, 'workbench.actions.view.problems', more);
      assert.match(told?.tooltip ?? '', /^Over the quota of namespace default: .*\nClick to see all problems\.$/);
    }
  });

  test('tells until when, where time limits tell', () => {
    const state = stateOf([node('n1', POOL)], []);
    const held = pod('x-0', 'n1', 8, 'Running', { labels: { 'batch.kubernetes.io/job-name': 'x' } });
    state.applyPods([{ type: 'set', item: toPod(held) }]);
    const startTime = new Date(2030, 0, 2, 12, 0).toISOString();
    const x = toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'x', namespace: 'others', uid: 'x', labels: { 'gpuctl/job-type': 'training' } },
      spec: { activeDeadlineSeconds: 5 * 3600 + 40 * 60 },
      status: { startTime },
    });
    assert.ok(x);
    state.applyWorkloads('Job', [{ type: 'set', item: x }]);
    const said = 'busy: needs 8, 0 of 8 A100-80G free';
    assert.equal(title(job(), on(state)), `$(watch) ${said} · likely after 2030-01-02 17:40`);
    assert.match(title(job(), on(state), 'zh-cn') ?? '', /空闲 0\/8 · 预计 2030-01-02 17:40 后$/);
  });

  test('says nothing of a job that runs as its document asks: it has its GPUs', () => {
    const state = fourteenFree();
    const own = toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'a',
        namespace: 'default',
        uid: 'a',
        labels: { 'gpuctl/job-type': 'training', 'gpuctl/pool': 'training-pool' },
      },
      spec: {
        parallelism: 2,
        template: { spec: { containers: [{ resources: { limits: { 'nvidia.com/gpu': '4' } } }] } },
      },
      status: {},
    });
    assert.ok(own);
    state.applyWorkloads('Job', [{ type: 'set', item: own }]);
    assert.match(title(job({ nodes: 2 }), on(state)) ?? '', /fits now/, 'while it waits');
    const labels = { 'batch.kubernetes.io/job-name': 'a' };
    for (const on of ['n2', 'n4']) {
      const one = pod(`a-${on}`, on, 4, 'Running', { namespace: 'default', labels });
      state.applyPods([{ type: 'set', item: toPod(one) }]);
    }
    assert.equal(title(job({ nodes: 2 }), on(state)), undefined);
    assert.match(title(job({ gpu: 16, nodes: 2 }), on(state)) ?? '', /busy/);
  });

  test('stays short with long names and many nodes', () => {
    const pool = `pool-${'x'.repeat(58)}`;
    const many = Array.from({ length: 40 }, (_, index) => node(`gke-production-a100-pool-${index}-5f3a2b1c`, { pool }));
    const found = title(job({ gpu: 16, nodes: 2, pool }), on(stateOf(many, []))) ?? '';
    assert.match(
      found,
      /fits now: gke-production-a100-pool-0-… and 39 more · 16 of 320 free A100-80G \(5 % of pool-x+…\)/,
    );
    assert.ok(found.length < 120, found);
    const outlook = fourteen();
    const ask = outlook.ask(modelOf(job({ pool })));
    const words = inFewWords({ is: 'no-such-pool', known: [] } as Verdict, ask, outlook.state);
    assert.ok(sayIn('en')(words.title).length < 70);
  });
});

function modelOf(text: string) {
  const model = openText(text).checked.chunks[0]?.document?.model;
  assert.ok(model && 'demand' in model);
  return model as Parameters<Outlook['verdict']>[0];
}

describe('hints', () => {
  const ALL = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
  const hints = (text: string, known: Known, language: Language = 'en') => {
    const lines = text.split('\n');
    return buildInlayHints(openText(text), ALL, { say: sayIn(language), live: liveOf(known) }).map(
      ({ position, label }) => `${(lines[position.line] ?? '').trim()} ${label}`,
    );
  };

  test('tell what is free, and where the job would go', () => {
    assert.deepEqual(hints(job({ nodes: 2 }), fourteen()), [
      'gpu: 8 ‹4 per node × 2›',
      'gpu: 8 ‹14 of 32 free: n2, n4›',
      'pool: training-pool ‹14 of 32 GPUs free›',
    ]);
    assert.deepEqual(hints(job({ nodes: 2 }), fourteen(), 'zh-cn'), [
      'gpu: 8 ‹每节点 4 × 2›',
      'gpu: 8 ‹空闲 14/32：n2、n4›',
      'pool: training-pool ‹GPU 空闲 14/32›',
    ]);
  });

  test('leave the editor nothing to cut: it shows 43 characters of a line of hints', () => {
    const low = on(stateOf([node('n1', POOL), node('n2', POOL)], [lowly('small', 'n1', 4)]));
    for (const [text, known] of [
      [job({ nodes: 2 }), fourteen()],
      [job({ gpu: 1 }), fourteen()],
      [job(), fourteen()],
      [job({ gpu: 12, nodes: 2 }), fourteen()],
      [job({ gpu: 8 }), on(stateOf([node('n1', POOL)], [lowly('small', 'n1', 4)]))],
      [job({ gpu: 16, nodes: 2 }), low],
    ] as const) {
      const line = hints(text, known).filter((hint) => hint.startsWith('gpu'));
      const drawn = line.map((hint) => hint.slice(hint.indexOf('‹'))).join('');
      assert.ok(drawn.length <= 43, drawn);
    }
  });

  test('tell the numbers where it does not fit', () => {
    assert.deepEqual(hints(job({ gpu: 40, nodes: 4 }), fourteen())[1], 'gpu: 40 ‹14 of 32 free›');
    assert.deepEqual(hints(job(), fourteen())[0], 'gpu: 8 ‹14 of 32 free, at most 7 on one node›');
    const full = on(stateOf([node('n1', POOL)], [pod('a', 'n1', 8)]));
    assert.deepEqual(hints(job(), full), ['gpu: 8 ‹0 of 8 free›', 'pool: training-pool ‹0 of 8 GPUs free›']);
  });

  test('stand behind acceleratorCount, too', () => {
    const text = job({ gpu: 4 }).replace('gpu: 4', 'acceleratorCount: 4');
    assert.deepEqual(hints(text, fourteen())[0], 'acceleratorCount: 4 ‹14 of 32 free, fits on n2, n4›');
  });

  test('count one type behind gpu and all behind pool', () => {
    const mixed = on(stateOf([node('n1', POOL), node('n2', { ...POOL, gpus: 4, type: 'L40S' })], []));
    assert.deepEqual(hints(job({ gpu: 2, more: '  gpuType: L40S\n' }), mixed), [
      'gpu: 2 ‹4 of 4 free, fits on n2›',
      'pool: training-pool ‹12 of 12 GPUs free›',
    ]);
  });

  test('say nothing where nothing is known, and no 0 of 0', () => {
    for (const known of [UNKNOWN, undefined]) assert.deepEqual(hints(job(), known), []);
    assert.deepEqual(hints(job({ pool: 'nowhere' }), fourteen()), []);
    assert.deepEqual(hints(job({ gpu: 0 }), fourteen()), []);
    const away = on(stateOf([node('n1', { ...POOL, cordoned: true })], []));
    assert.deepEqual(hints(job(), away), ['pool: training-pool ‹none of its 8 GPUs takes jobs now›']);
    assert.deepEqual(hints(job(), on(stateOf([broken('n1')], []))), ['pool: training-pool ‹8 GPUs broken›']);
  });

  test('and the line above agree on which taints keep a job off', () => {
    for (const [key, effect, more, said, hint] of [
      ['amd.com/gpu', 'NoSchedule', { 'amd.com/gpu': '8' }, 'fits now', '8 of 8 GPUs free'],
      ['nvidia.com/gpu', 'NoSchedule', {}, 'fits now', '8 of 8 GPUs free'],
      ['nvidia.com/gpu', 'NoExecute', {}, 'waits for nodes', 'none of its 8 GPUs takes jobs now'],
      ['amd.com/gpu', 'NoSchedule', {}, 'waits for nodes', 'none of its 8 GPUs takes jobs now'],
    ] as const) {
      const isAmd = Object.keys(more).length > 0;
      const one = node('n1', { ...POOL, gpus: isAmd ? 0 : 8, more });
      one.spec = { taints: [{ key, effect }] };
      const known = on(stateOf([one], []));
      assert.ok(title(job(), known)?.includes(said), `${key}:${effect}`);
      assert.ok(hints(job(), known).at(-1)?.includes(hint), `${key}:${effect}`);
    }
  });

  test('and lines say nothing of 0 replicas', () => {
    const text = `${job({ kind: 'inference', more: 'service:\n  replicas: 0\n' })}`;
    for (const gpu of [8, 0]) {
      const none = text.replace('gpu: 8', `gpu: ${gpu}`);
      assert.equal(modelOf(none).demand.pods, 0);
      assert.deepEqual(
        [
          hints(none, fourteen()).filter((one) => !one.startsWith('service:')),
          title(none, fourteen()),
          title(none, UNKNOWN),
        ],
        [[], undefined, undefined],
      );
    }
  });
});

describe('hovers', () => {
  const hover = (marked: string, known: Known, language: Language = 'en') => {
    const { text, at } = atMark(marked);
    const file = openText(text);
    const placed = documentAt(file.checked, at);
    const found = placed && buildHover(placed, at, file.document, { say: sayIn(language), live: liveOf(known) });
    return (found?.contents as MarkupContent | undefined)?.value ?? '';
  };
  const tableOf = (text: string) => text.split('\n').filter((line) => line.startsWith('|'));

  test('on what decides where it goes have the sentence and the nodes, those with room first', () => {
    const text = job({ nodes: 2, more: '  gpuType: A100-80G\n' });
    for (const [key, marked] of [
      ['gpu', text.replace('gpu: 8', 'gp|u: 8')],
      ['pool', text.replace('pool: tr', 'pool: t|r')],
      ['gpuType', text.replace('gpuType', 'gpu|Type')],
      ['nodeCount', text.replace('nodeCount', 'node|Count')],
    ] as const) {
      const found = hover(marked, fourteen());
      assert.match(found, /Fits now on n2, n4: 8 of the 14 free/, key);
      assert.deepEqual(
        tableOf(found),
        [
          '| Node | Type | Free | Held by |',
          '| :-- | :-- | :-- | :-- |',
          '| ✓ n4 | A100-80G&nbsp;&nbsp; | 7 of 8 | d (1) |',
          '| ✓ n2 | A100-80G&nbsp;&nbsp; | 4 of 8 | b (4) |',
          '| n3 | A100-80G&nbsp;&nbsp; | 3 of 8 | c (5) |',
          '| n1 | A100-80G&nbsp;&nbsp; | 0 of 8 | a (8) |',
          '| n5 | A100-80G&nbsp;&nbsp; | takes no jobs |  |',
          '| n6 | A100-80G&nbsp;&nbsp; | takes no jobs |  |',
        ],
        key,
      );
    }
    assert.deepEqual(tableOf(hover(text.replace('image', 'im|age'), fourteen())), []);
  });

  test('say why it does not fit and who would have to end', () => {
    const found = hover(job({ gpu: 16, nodes: 2 }).replace('gpu', 'gp|u'), fourteen());
    assert.match(found, /Not enough GPUs: training-pool has 14 of 32 .* It fits once /);
    const chinese = hover(job().replace('gpu', 'gp|u'), fourteen(), 'zh-cn');
    assert.match(chinese, /资源碎片化：.*\n\n\| 节点 \| 型号 \| 空闲 \| 占用者 \|/);
  });

  test('name eight nodes and count the rest', () => {
    const many = Array.from({ length: 30 }, (_, index) => node(`n${index + 1}`, POOL));
    const found = hover(job().replace('gpu', 'gp|u'), on(stateOf(many, [])));
    assert.equal(tableOf(found).length, 10);
    assert.match(found, /… and 22 more nodes/);
  });

  test('of a node that many share name the two largest holders and count the rest', () => {
    const sharers = [3, 2, 1, 1].map((gpus, index) => pod(`p${index}`, 'n1', gpus));
    const state = on(stateOf([node('n1', POOL)], sharers));
    const [, , row] = tableOf(hover(job({ gpu: 1 }).replace('gpu', 'gp|u'), state));
    assert.match(row ?? '', /\| 1 of 8 \| p0 \(3\), p1 \(2\) and 2 more \|$/);
    const [, , chinese] = tableOf(hover(job({ gpu: 1 }).replace('gpu', 'gp|u'), state, 'zh-cn'));
    assert.match(chinese ?? '', /\| p0（3 张）、p1（2 张） 及另外 2 个 \|$/);
  });

  test('names of the cluster cannot become Markdown', () => {
    const state = stateOf([node('n1', POOL)], [pod('x|y](command:z) `a`', 'n1', 4)]);
    const found = hover(job({ gpu: 2 }).replace('gpu', 'gp|u'), on(state));
    assert.match(found, /x\\\|y\\\]\(command:z\) \\`a\\` \(4\)/);
  });

  test('say that it is not known, and nothing without a cluster', () => {
    assert.match(hover(job().replace('gpu', 'gp|u'), UNKNOWN), /Unknown whether this fits: .*prod-a/);
    assert.doesNotMatch(hover(job().replace('gpu', 'gp|u'), undefined), /fits|\|/);
  });
});

describe('proposals', () => {
  /** Label and detail of what is proposed at the `|` of a text. */
  const offered = (marked: string, known: Outlook | undefined, language: Language = 'en') => {
    const { text, at } = atMark(marked);
    const [found] = documentsOf(openText(text).checked);
    const pools = known ? poolCapacities(known.state).toReversed() : [];
    const live = {
      pools: () => pools.map(({ pool, gpus }) => ({ name: pool, description: undefined, gpus })),
      gpuTypes: (only?: string) =>
        countByType(pools.filter(({ pool }) => only === undefined || pool === only).flatMap(({ nodes }) => nodes)),
      outlook: () => known,
      job: () => undefined,
      fits: () => false,
      nodes: () => [],
      names: () => ({ names: [], complete: true }),
    };
    const value = found?.document.tree().value as { resources?: Record<string, string> } | undefined;
    const sources = {
      live,
      used: () => [],
      pools: () => [],
      file: '',
      read: ([, key = '']: readonly (string | number)[]) => value?.resources?.[key],
      tryOut: createTrial(found?.document, live),
    };
    const { proposals } = complete({ text, offset: at, kindName: 'training', sources, say: sayIn(language) });
    return proposals.map(({ label, detail }) => `${label}: ${detail}`);
  };
  const two = () =>
    on(
      stateOf(
        [node('n1', POOL), node('n2', POOL), node('d1', { pool: 'dev-pool', gpus: 2, type: 'L40S' })],
        [lowly('small', 'n1', 6)],
      ),
    );

  test('of pools have a tick where this document would fit', () => {
    assert.deepEqual(offered(job({ gpu: 4, pool: '|' }), two()).slice(0, 2), [
      'training-pool: ✓ 10 of 16 A100-80G free',
      'dev-pool: 2 of 2 L40S free',
    ]);
    assert.deepEqual(offered(job({ gpu: 2, pool: '|' }), two(), 'zh-cn').slice(0, 2), [
      'training-pool: ✓ A100-80G 空闲 10/16',
      'dev-pool: ✓ L40S 空闲 2/2',
    ]);
    const half = 'kind: training\nresources:\n  gpu: 2\n  pool: |\n';
    assert.match(offered(half, two())[1] ?? '', /✓/, 'without name and image');
    assert.deepEqual(offered(job({ gpu: 4, pool: '|', more: '  memory: 1Ti\n' }), two()).slice(0, 1), [
      'training-pool: 10 of 16 A100-80G free',
    ]);
  });

  test('of GPU numbers and types tell what would become of it now', () => {
    assert.deepEqual(offered(job({ more: '' }).replace('gpu: 8', 'gpu: |'), fourteen()), [
      '1: fits now',
      '2: fits now',
      '4: fits now',
      '7: fits now, most on one node',
      '8: fits on 2 nodes',
    ]);
    const numbers = offered(job({ nodes: 2 }).replace('gpu: 8', 'gpu: |'), two());
    assert.deepEqual(numbers, [
      '2: fits now',
      '4: fits now',
      '8: fits, pushes out small in others (6 GPUs)',
      '16: fits, pushes out small in others (6 GPUs)',
    ]);
    assert.deepEqual(offered(job({ more: '  gpuType: |\n' }), two()), ['A100-80G: ✓ 10 of 16 free']);
  });

  test('of GPU numbers tell a quota that is used up from one that is too small', () => {
    const text = job({ gpu: 8 }).replace('gpu: 8', 'gpu: |');
    const gpus = 'requests.nvidia.com/gpu';
    const known = on(quotaOn({ [gpus]: '4' }, { [gpus]: '3' }));
    for (const queue of ['', '  queue: team-a\n'])
      assert.deepEqual(
        offered(`${text}${queue}`, known).filter((one) => /^[248]/.test(one)),
        ['2: waits', '4: waits', '8: impossible here'],
        queue,
      );
  });

  test('of pools and types have no 0 of 0', () => {
    const known = on(stateOf([broken('n1')], []));
    assert.equal(offered(job({ pool: '|' }), known)[0], 'training-pool: no GPUs');
  });

  test('of priorities tell what each would do', () => {
    const text = job({ gpu: 16, nodes: 2, priority: '|' });
    assert.deepEqual(offered(text, two()), [
      'high: fits, pushes out small in others (6 GPUs)',
      'medium: default · fits, pushes out small in others (6 GPUs)',
      'low: waits',
    ]);
    assert.deepEqual(offered(text, undefined), ['high: undefined', 'medium: default', 'low: undefined']);
    assert.equal(offered(text, two(), 'zh-cn')[2], 'low: 需等待');
  });
});
