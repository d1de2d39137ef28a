/** The line above a document whose job is in the cluster: what the job does, in every state, and what one can do with it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Language } from '../../l10n/index.ts';
import { buildLenses, listCommands } from '../../server/src/language/lenses.ts';
import { Shown } from '../../server/src/language/shown.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { createLiveValues } from '../../server/src/operations/liveValues.ts';
import type { Session } from '../../server/src/operations/session.ts';
import { specHash } from '../../server/src/operations/source.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toPod, toWorkload } from '../../server/src/state/project.ts';
import { openText, sayIn } from './openText.ts';

const TEXT = 'kind: training\njob:\n  name: sft\nenvironment:\n  image: app:1\n  command: [python, train.py]\n';
const NOW = Date.now();
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000 - 1_000).toISOString();

interface Given {
  text?: string;
  /** What was submitted; `undefined` for a job without a hash. */
  submitted?: string | undefined;
  spec?: object;
  status?: object;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  kind?: string;
  jobKind?: string;
  pods?: object[];
  /** Who asks. */
  user?: string;
  refused?: string;
  phase?: string;
  step?: object;
  language?: Language;
}

function lensesOf(given: Given) {
  const { text = TEXT, spec, status, annotations, labels, kind = 'Job', jobKind = 'training', pods = [] } = given;
  const submitted = 'submitted' in given ? given.submitted : text;
  const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1';
  const workload = toWorkload({
    apiVersion,
    kind,
    metadata: {
      name: 'sft',
      namespace: 'team',
      uid: 'u',
      creationTimestamp: ago(90),
      labels: { 'gpuctl/job-type': jobKind, ...labels },
      annotations: { ...(submitted !== undefined && { 'gpuctl/spec-hash': specHash(submitted) }), ...annotations },
    },
    spec: { parallelism: 1, ...spec },
    status: { startTime: ago(72), ...status },
  });
  assert.ok(workload);
  const state = new ClusterState();
  state.applyWorkloads(workload.resource, [{ type: 'reset', items: [workload] }]);
  state.applyPods([{ type: 'reset', items: pods.map((one, index) => toPod(podOf(one, index))) }]);
  const session = {
    state,
    status: { phase: given.phase ?? 'connected', target: {}, podsKnown: false, asOf: NOW, capacityUnknown: undefined },
    user: given.user,
    outlook: undefined,
    steps: { of: () => given.step },
    rights: {
      lacking: ([{ verb }]: [{ verb: string }]) =>
        given.refused && verb === given.refused ? { verb, resource: 'jobs', group: '', namespace: 'team' } : undefined,
    },
  } as unknown as Session;
  const live = createLiveValues(session);
  const target = { context: 'prod', cluster: 'prod-a', namespace: 'team' };
  return listCommands(openText(text), 0, {
    target,
    live: { ...live, outlook: () => undefined },
    say: sayIn(given.language ?? 'en'),
  });
}

const podOf = (status: object, index: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `sft-${index}`,
    namespace: 'team',
    uid: `p${index}`,
    labels: { 'batch.kubernetes.io/job-name': 'sft', 'batch.kubernetes.io/job-completion-index': String(index) },
  },
  spec: { nodeName: 'n1', containers: [{ name: 'main', resources: { limits: { memory: '400Gi' } } }] },
  status,
});
const RUNS = { phase: 'Running', containerStatuses: [{ state: { running: { startedAt: ago(72) } } }] };
const KILLED = {
  phase: 'Failed',
  containerStatuses: [
    { name: 'main', state: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: ago(4) } } },
  ],
};
const FAILED = {
  conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', lastTransitionTime: ago(4) }],
};
const DONE = { conditions: [{ type: 'Complete', status: 'True' }], completionTime: ago(200) };

/** As it is read: titles without their icons' spelling. */
const said = (given: Given): string[] => lensesOf(given).map(({ title }) => title.replaceAll('\u00a0', ' '));
const commands = (given: Given): string[] => lensesOf(given).map(({ command }) => command);

describe('the line above a document whose job is there', () => {
  test('that runs tells how many ranks, since when and how far, and leads to log, page and stop', () => {
    const given = { spec: { parallelism: 2 }, pods: [RUNS, RUNS], step: { at: 1840, of: 12000 } };
    assert.deepEqual(said(given), [
      '$(circle-filled) Running 2/2 · 1 h 12 m · step 1,840/12,000',
      '$(output) Log',
      '$(info) Details',
      '$(debug-stop) Stop',
      '$(open-preview) Preview',
    ]);
    assert.deepEqual(said({ ...given, language: 'zh-cn' }), [
      '$(circle-filled) 运行中 2/2 · 1 小时 12 分 · 第 1,840/12,000 步',
      '$(output) 日志',
      '$(info) 详情',
      '$(debug-stop) 停止',
      '$(open-preview) 预览',
    ]);
    assert.deepEqual(commands(given), [
      'gpuctl.job.show',
      'gpuctl.job.log',
      'gpuctl.job.details',
      'gpuctl.job.stop',
      'gpuctl.document.preview',
    ]);
    assert.deepEqual(lensesOf(given)[3]?.arguments, [{ job: { namespace: 'team', name: 'sft' }, context: 'prod' }]);
  });

  test('that runs in part says what holds the rest', () => {
    const [line] = said({ spec: { parallelism: 2 }, pods: [RUNS, { phase: 'Pending' }] });
    assert.equal(line, '$(circle-filled) Running 1/2 · 1 h 12 m');
  });

  test('and whose document differs offers to submit the changes, which names the document', () => {
    const given = { submitted: TEXT.replace('app:1', 'app:0'), pods: [RUNS] };
    assert.deepEqual(said(given).slice(-2), ['$(diff) Submit Changes', '$(open-preview) Preview']);
    const last = lensesOf(given).at(-2);
    assert.equal(last?.command, 'gpuctl.job.submitChanges');
    assert.deepEqual(last?.arguments?.[0], {
      uri: 'file:///work/a.gpuctl.yaml',
      document: 0,
      meant: { kind: 'training', name: 'sft' },
      context: 'prod',
    });
    assert.match(last?.tooltip ?? '', /prod-a, namespace team/);
    assert.equal(said({ ...given, language: 'zh-cn' }).at(-2), '$(diff) 提交更改');
  });

  test('and line ends or blank lines around it are no difference', () => {
    assert.ok(
      !said({ submitted: `\n${TEXT.replaceAll('\n', '\r\n')}\n`, pods: [RUNS] })
        .join()
        .includes('Changes'),
    );
  });

  test('that failed says when and why, and leads on', () => {
    const given = { spec: { parallelism: 2 }, status: FAILED, pods: [RUNS, KILLED] };
    const [line, ...rest] = said(given);
    assert.match(line ?? '', /^\$\(error\) Failed 4 m ago: rank 1 .*out of memory.*400/i);
    assert.deepEqual(rest, ['$(debug-restart) Resume', '$(output) Log', '$(question) Why', '$(open-preview) Preview']);
    assert.match(said({ ...given, language: 'zh-cn' })[0] ?? '', /^\$\(error\) 4 分钟前失败：rank 1 .*内存/);
  });

  test('whose time was over says so', () => {
    const status = { conditions: [{ ...FAILED.conditions[0], reason: 'DeadlineExceeded' }] };
    assert.equal(said({ status })[0], '$(error) Failed 4 m ago: its timeout is over');
    assert.equal(said({ status, language: 'zh-cn' })[0], '$(error) 4 分钟前失败：超过了 timeout 时限');
  });

  test('that completed can be run again', () => {
    assert.deepEqual(said({ status: DONE }), [
      '$(pass) Completed 3 h 20 m ago',
      '$(output) Log',
      '$(info) Details',
      '$(debug-restart) Run Again',
      '$(open-preview) Preview',
    ]);
    assert.equal(commands({ status: DONE }).at(-2), 'gpuctl.job.submit');
    assert.equal(said({ status: DONE, language: 'zh-cn' })[0], '$(pass) 3 小时 20 分前完成');
  });

  test('that waits says since when and why', () => {
    const status = { startTime: undefined };
    assert.equal(said({ status })[0], '$(clockface) Waiting · 1 h 30 m: starting');
    const queued = said({ status, spec: { suspend: true }, labels: { 'kueue.x-k8s.io/queue-name': 'team-q' } });
    assert.match(queued[0] ?? '', /^\$\(clockface\) Waiting · 1 h 30 m: .*team-q/);
    assert.deepEqual(queued.slice(1, -1), ['$(output) Log', '$(info) Details', '$(debug-stop) Stop']);
    assert.match(said({ status, language: 'zh-cn' })[0] ?? '', /^\$\(clockface\) 排队中 · 1 小时 30 分：正在启动/);
  });

  test('that is held can be let go; one that was stopped can be started', () => {
    const held = { spec: { suspend: true }, status: { startTime: undefined } };
    assert.deepEqual(said(held).slice(0, -1), ['$(clockface) Held, not started', '$(play) Release', '$(info) Details']);
    assert.equal(commands(held)[1], 'gpuctl.job.start');
    const stopped = { spec: { suspend: true }, annotations: { 'gpuctl/stopped': '1' } };
    assert.deepEqual(said(stopped).slice(0, -1), ['$(circle-slash) Stopped', '$(play) Start', '$(info) Details']);
    assert.deepEqual(said({ ...held, language: 'zh-cn' }).slice(0, 2), [
      '$(clockface) 已挂起，尚未启动',
      '$(play) 放行',
    ]);
    assert.deepEqual(said({ ...stopped, language: 'zh-cn' }).slice(0, 2), ['$(circle-slash) 已停止', '$(play) 启动']);
  });

  test('offers nothing that one may not do, and says why', () => {
    const given = { pods: [RUNS], refused: 'patch' };
    assert.ok(!said(given).join().includes('Stop'), said(given).join());
    assert.match(lensesOf(given)[0]?.tooltip ?? '', /may not/);
  });

  test('tells how old it is where the cluster does not answer', () => {
    assert.match(said({ pods: [RUNS], phase: 'offline' })[0] ?? '', / · as of \d\d:\d\d$/);
    assert.match(said({ pods: [RUNS], phase: 'offline', language: 'zh-cn' })[0] ?? '', / · 截至 \d\d:\d\d$/);
  });

  test('stays while the document has an error, which comes before a submit', () => {
    const text = TEXT.replace('image: app:1', 'image: ""');
    const lines = said({ text, submitted: TEXT, pods: [RUNS] });
    assert.match(lines[0] ?? '', /Running 1\/1/);
    assert.match(lines.at(-1) ?? '', /1 error to mend first/);
  });
});

describe('another job of that name', () => {
  const given = { pods: [RUNS], annotations: { 'gpuctl/submitted-by': 'li.wei' } };

  test('of somebody else is said, with ways out', () => {
    const lines = lensesOf({ ...given, user: 'sofia' });
    assert.deepEqual(
      lines.map(({ title }) => title.replaceAll('\u00a0', ' ')),
      [
        '$(warning) Another job of that name: Running 1/1 · 1 h 12 m',
        '$(eye) Look at It',
        '$(edit) Change the Name',
        '$(play) Submit',
        '$(open-preview) Preview',
      ],
    );
    assert.match(lines[0]?.tooltip ?? '', /submitted by li\.wei/);
    assert.deepEqual(lines[2]?.arguments, ['file:///work/a.gpuctl.yaml', 2, 8]);
    assert.match(said({ ...given, user: 'sofia', language: 'zh-cn' })[0] ?? '', /已有另一个同名任务：运行中/);
  });

  test('is none where the submitter is the same, or not known', () => {
    for (const user of ['li.wei', undefined])
      assert.match(said({ ...given, ...(user && { user }) })[0] ?? '', /\) Running/);
  });

  test('from another file is said; the same file lies where its path ends', () => {
    const from = (path: string) => said({ pods: [RUNS], annotations: { 'gpuctl/source-path': path } })[0] ?? '';
    assert.match(from('jobs/b.gpuctl.yaml'), /Another job of that name/);
    assert.match(from('a.gpuctl.yaml'), /\) Running/);
    assert.match(from('work/a.gpuctl.yaml'), /\) Running/);
  });

  test('of another kind is said', () => {
    const lines = said({ kind: 'Deployment', jobKind: 'inference', spec: { replicas: 1 } });
    assert.match(lines[0] ?? '', /Another job of that name/);
  });
});

describe('the line above a document without a job', () => {
  test('submits, previews and says where to', () => {
    const target = { context: 'prod', cluster: 'prod-a', namespace: 'team' };
    const live = { outlook: () => undefined, job: () => undefined };
    const lines = buildLenses(openText(TEXT), { target, live, say: sayIn('en') }).map(({ command }) => command?.title);
    assert.deepEqual(
      lines.map((title) => title?.replaceAll('\u00a0', ' ')),
      ['$(play) Submit', '$(open-preview) Preview', '$(server) to prod-a · team'],
    );
  });
});

describe('ages', () => {
  test('have the editor ask again once a minute, and no more once nobody asks', (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    let minutes = 0;
    const told: string[] = [];
    const shown = new Shown((part) => told.push(part));
    const ask = () => shown.note('lenses', 'a', String(minutes), () => String(minutes), true);
    ask();
    const wait = (times: number) => {
      for (let time = 0; time < times; time++) {
        minutes++;
        context.mock.timers.tick(60_000);
      }
    };
    wait(1);
    assert.equal(told.length, 1);
    ask();
    wait(1);
    assert.equal(told.length, 2);
    wait(60); // the editor was told and did not ask: it is not in sight
    assert.equal(told.length, 2);
    ask();
    wait(1);
    assert.equal(told.length, 3);
    shown.dispose();
  });
});
