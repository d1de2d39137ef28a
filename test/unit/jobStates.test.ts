/** What is said of jobs and pods: who ended them, why they cannot start, and whose pods they are. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Language, toText } from '../../l10n/index.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { describeJob } from '../../server/src/operations/describeJob.ts';
import { describePod } from '../../server/src/operations/describePod.ts';
import { roomFor } from '../../server/src/operations/pools/poolRoom.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toEvent } from '../../server/src/state/events.ts';
import { toNode, toPod, toWorkload } from '../../server/src/state/project.ts';

const podWith = (status: object, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'j-0', namespace: 'd', uid: 'p', labels: { 'batch.kubernetes.io/job-name': 'j' }, ...metadata },
  spec: { nodeName: 'n1', containers: [{ resources: { limits: { 'nvidia.com/gpu': '1' } } }] },
  status,
});
const said = (status: object, metadata: object = {}, language: Language = 'en') =>
  toText(describePod(toPod(podWith(status, metadata))).state, language);
const exited = (exitCode: number, reason = 'Error', text?: string) => [
  { state: { terminated: { exitCode, reason, message: text } } },
];

describe('a pod that was ended from outside', () => {
  const killed = { phase: 'Failed', containerStatuses: exited(137) };
  const disrupted = (reason: string, text = '') => ({
    ...killed,
    conditions: [{ type: 'DisruptionTarget', status: 'True', reason, message: text }],
  });
  const table: [object, string, string][] = [
    [{ ...killed, reason: 'Preempting' }, 'stopped by a job of higher priority', '被更高优先级的任务抢占'],
    [disrupted('PreemptionByScheduler'), 'stopped by a job of higher priority', '被更高优先级的任务抢占'],
    // nobody from outside
    [killed, 'was killed (exit code 137)', '被强制终止（退出码 137）'],
    [{ ...killed, containerStatuses: exited(137, 'OOMKilled') }, 'ran out of memory', '内存不足'],
  ];
  for (const [status, en, zh] of table) {
    test(`${JSON.stringify(status).slice(0, 110)} → ${en}`, () => {
      assert.equal(said(status), en);
      assert.equal(said(status, {}, 'zh-cn'), zh);
    });
  }

  test('is said while it still ends', () => {
    const status = { ...disrupted('PreemptionByScheduler'), phase: 'Running' };
    assert.equal(said(status, { deletionTimestamp: '2026-01-01T00:00:00Z' }), 'stopped by a job of higher priority');
  });

  test('is no trouble of its job where it was asked to go, however it ends', () => {
    const state = new ClusterState();
    const labels = { app: 's', 'gpuctl/job-type': 'inference' };
    const gone = { name: 's-old', deletionTimestamp: '2026-01-01T00:00:00Z', labels };
    const pods = [
      podWith({ phase: 'Failed', containerStatuses: exited(143) }, gone),
      podWith({ phase: 'Running' }, { name: 's-new', labels }),
    ];
    state.applyPods([{ type: 'reset', items: pods.map(toPod) }]);
    const service = toWorkload({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 's', namespace: 'd', labels },
      spec: { replicas: 2 },
    });
    assert.ok(service);
    const { phase, podsRunning } = describeJob(state, service);
    assert.deepEqual({ phase, podsRunning }, { phase: 'running', podsRunning: 1 });
  });
});

describe('a job whose only try has failed', () => {
  test('has failed, before the cluster says so of the job', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'gpuctl', 'gpuctl/job-type': 'training' };
    const said = (backoffLimit: number, status: object = { phase: 'Failed', containerStatuses: exited(3) }) => {
      const state = new ClusterState();
      const workload = toWorkload({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'j', namespace: 'd', uid: 'u', labels },
        spec: { parallelism: 1, backoffLimit },
      });
      assert.ok(workload);
      const owner = {
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: 'u', controller: true }],
      };
      const pod = podWith(status, owner);
      state.applyPods([{ type: 'reset', items: [toPod(pod)] }]);
      const { phase, state: line } = describeJob(state, workload);
      return [phase, toText(line, 'en')];
    };
    assert.deepEqual(said(0), ['failed', 'failed: ended with exit code 3']);
    assert.deepEqual(said(1), ['waiting', 'trying again: ended with exit code 3']);
    // Neither is a try: the cluster fetches the image again, and starts again what it threw out.
    const waiting = { state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "a:1"' } } };
    assert.equal(said(0, { phase: 'Pending', containerStatuses: [waiting] })[0], 'waiting');
    const removed = { phase: 'Failed', reason: 'Preempting', containerStatuses: exited(137) };
    assert.deepEqual(said(0, removed), ['waiting', 'trying again: stopped by a job of higher priority']);
  });
});

describe('pods of a job that was deleted', () => {
  test('are no reason to say that it starts or waits: it is being deleted', () => {
    const deleted = toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'a',
        namespace: 'd',
        labels: { 'app.kubernetes.io/managed-by': 'gpuctl', 'gpuctl/job-type': 'training' },
        deletionTimestamp: '2026-01-01T00:00:00Z',
      },
      spec: { parallelism: 1 },
    });
    assert.ok(deleted);
    const { phase, state } = describeJob(new ClusterState(), deleted);
    assert.deepEqual([phase, toText(state, 'en')], ['stopped', 'being deleted']);
  });

  const jobOf = (uid: string) =>
    toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'j', namespace: 'd', uid, labels: { 'gpuctl/job-type': 'training' } },
      spec: { parallelism: 1 },
    });
  const old = podWith(
    { phase: 'Failed', containerStatuses: exited(143) },
    { labels: { 'batch.kubernetes.io/job-name': 'j', 'batch.kubernetes.io/controller-uid': 'OLD' } },
  );
  const byReference = podWith(
    { phase: 'Running' },
    {
      name: 'j-1',
      ownerReferences: [{ uid: 'OLD', controller: true, kind: 'Job', name: 'j', apiVersion: 'batch/v1' }],
    },
  );

  test('do not count as those of the new one of that name', () => {
    const state = new ClusterState();
    const workload = jobOf('NEW');
    assert.ok(workload);
    state.applyPods([{ type: 'reset', items: [old, byReference].map(toPod) }]);
    state.applyWorkloads('Job', [{ type: 'reset', items: [workload] }]);
    const { pods, state: line, podsRunning } = describeJob(state, workload);
    assert.deepEqual([pods.length, podsRunning, toText(line, 'en')], [0, 0, 'starting']);
    assert.equal(state.podsOf('d', 'j').length, 0);
    assert.equal([...state.podsOn('n1')].length, 1, 'what it holds of the node is held still');
    const before = jobOf('OLD');
    assert.ok(before);
    assert.equal(describeJob(state, before).pods.length, 2);
  });

  test('a job that was stopped says so, also when the cluster has forgotten that it was started', () => {
    const stateOf = (annotations: Record<string, string>, more: Record<string, string> = {}) => {
      const metadata = { name: 'j', namespace: 'd', labels: { 'gpuctl/job-type': 'training', ...more }, annotations };
      const workload = toWorkload({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata,
        spec: { suspend: true },
        status: {},
      });
      assert.ok(workload);
      const { phase, state } = describeJob(new ClusterState(), workload);
      return [phase, toText(state, 'en')];
    };
    assert.deepEqual(stateOf({ 'gpuctl/stopped': '1' }), ['stopped', 'stopped']);
    assert.deepEqual(stateOf({}), ['waiting', 'held, not started yet']);
    const queue = { 'kueue.x-k8s.io/queue-name': 'ml-team' };
    assert.deepEqual(stateOf({}, queue), ['waiting', 'waiting in queue ml-team']);
    assert.deepEqual(stateOf({ 'gpuctl/stopped': '1' }, queue), ['stopped', 'stopped']);
  });

  test('a job whose type is not said has that of its node', () => {
    const state = new ClusterState();
    const workload = jobOf('OLD');
    assert.ok(workload);
    const metadata = { name: 'n1', labels: { 'gpuctl/gpu-type': 'A100-80G' } };
    const status = { allocatable: { 'nvidia.com/gpu': '8' } };
    state.applyNodes([{ type: 'reset', items: [toNode({ apiVersion: 'v1', kind: 'Node', metadata, status })] }]);
    state.applyPods([{ type: 'reset', items: [toPod(byReference)] }]);
    assert.equal(describeJob(state, workload).gpuType, 'A100-80G');
  });
});

test('a container that could not be started has no start', () => {
  const pod = (startedAt: string) =>
    toPod({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'n' },
      status: { containerStatuses: [{ state: { terminated: { reason: 'StartError', exitCode: 128, startedAt } } }] },
    }).startedAt;
  assert.equal(pod('1970-01-01T00:00:00Z'), undefined);
  assert.equal(pod('2026-11-23T00:00:00Z'), '2026-11-23T00:00:00Z');
});

test('what a pod says of its end tells nothing that it was given in secret', () => {
  const message = 'ValueError: cannot log in with hunter2hunter2';
  const env = [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }];
  for (const terminated of [
    { state: { terminated: { reason: 'Error', exitCode: 1, message } } },
    { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 1, message } } },
  ]) {
    const object = podWith({ phase: 'Failed', containerStatuses: [terminated] });
    const pod = toPod({ ...object, spec: { nodeName: 'n1', containers: [{ env }] } });
    const { state, trouble } = describePod(pod);
    assert.match(toText(state, 'en'), /ValueError: cannot log in with <secret>/);
    assert.doesNotMatch(JSON.stringify([pod, state, trouble]), /hunter2/);
  }
});

describe('a job of several ranks or replicas', () => {
  const ROLLING = { name: 's', namespace: 'd', uid: 's', labels: { app: 's', 'gpuctl/job-type': 'inference' } };
  const jobOf = (status: object = {}) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'j', namespace: 'd', uid: 'j', labels: { 'gpuctl/job-type': 'training' } },
    spec: { parallelism: 2 },
    status,
  });
  const serviceOf = (status: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: ROLLING,
    spec: { replicas: 2 },
    status,
  });
  const rank = (index: number, status: object, name = `j-${index}`) =>
    podWith(status, {
      name,
      labels: { 'batch.kubernetes.io/job-name': 'j', 'batch.kubernetes.io/job-completion-index': String(index) },
    });
  const replica = (name: string, status: object) => podWith(status, { name, labels: ROLLING.labels });
  const ended = (exitCode: number, finishedAt: string, reason = 'Error', message?: string) => ({
    phase: 'Failed',
    containerStatuses: [{ state: { terminated: { exitCode, reason, finishedAt, message } } }],
  });
  const RUNS = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
  const WAITS = {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0/2 nodes are available: 2 Insufficient nvidia.com/gpu.',
      },
    ],
  };
  const unplaced = (object: KubeObject): KubeObject => ({
    ...object,
    spec: { ...(object.spec as object), nodeName: undefined },
  });
  const event = (about: object, reason: string, message: string) =>
    toEvent({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `e-${reason}`, namespace: 'd' },
      involvedObject: { namespace: 'd', ...about },
      reason,
      message,
    } as KubeObject);

  function describeIt(
    main: object,
    pods: KubeObject[],
    { events = [] as ReturnType<typeof event>[], nodes = [] as KubeObject[] } = {},
  ) {
    const state = new ClusterState();
    const workload = toWorkload(main as KubeObject);
    assert.ok(workload);
    state.applyNodes([{ type: 'reset', items: nodes.map(toNode) }]);
    state.applyWorkloads(workload.resource, [{ type: 'reset', items: [workload] }]);
    state.applyPods([{ type: 'reset', items: pods.map(toPod) }]);
    state.applyEvents([{ type: 'reset', items: events.filter((one) => one !== undefined) }]);
    const { phase, state: line, trouble } = describeJob(state, workload, true);
    assert.doesNotMatch(toText(line, 'zh-cn'), /undefined|\{/);
    return { phase, line: toText(line, 'en'), code: trouble?.code };
  }
  const failed = { conditions: [{ type: 'Failed', status: 'True', reason: 'FailedIndexes' }] };

  test('the first that failed is told, by time, with its limit', () => {
    const pods = [
      rank(
        0,
        ended(
          1,
          '2026-07-31T10:00:09Z',
          'Error',
          'torch.distributed.DistBackendError: NCCL error in: x.cpp:1, remote process exited',
        ),
      ),
      rank(1, ended(137, '2026-07-31T10:00:05Z', 'OOMKilled')),
    ];
    const spec = { containers: [{ resources: { limits: { memory: '400Gi' } } }] };
    assert.deepEqual(
      describeIt(
        jobOf(failed),
        pods.map((pod) => ({ ...pod, spec })),
      ),
      {
        phase: 'failed',
        line: 'failed: rank 1 ran out of memory (limit 400 GiB)',
        code: 'job.crash.out-of-memory',
      },
    );
  });

  test('of two that failed in the same second, not the one that only lost the other or was told to stop', () => {
    const at = '2026-07-31T10:00:05Z';
    for (const consequence of [
      ended(143, at),
      ended(1, at, 'Error', 'DistStoreError: Timed out after 61 seconds waiting for clients. 1/2 clients joined.'),
    ]) {
      const pods = [rank(0, consequence), rank(1, ended(1, at, 'Error', "ModuleNotFoundError: No module named 'x'"))];
      assert.equal(describeIt(jobOf(failed), pods).line, 'failed: rank 1 lacks the Python module “x” in its image');
    }
  });

  test('one that was pushed out says what it waits for now', () => {
    const before = {
      ...ended(137, '2026-07-31T10:00:05Z'),
      conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' }],
    };
    assert.deepEqual(describeIt(jobOf(), [rank(0, before, 'j-0-a'), unplaced(rank(0, WAITS, 'j-0-b'))]), {
      phase: 'waiting',
      line: 'trying again: stopped by a job of higher priority; now waiting for 1 free GPU on one node',
      code: 'job.wait.gpus',
    });
  });

  test('one that failed and runs again is no trouble', () => {
    const pods = [rank(0, ended(1, '2026-07-31T10:00:05Z'), 'j-0-a'), rank(0, RUNS, 'j-0-b'), unplaced(rank(1, WAITS))];
    assert.equal(describeIt(jobOf(), pods).line, 'running 1 of 2, waiting for 1 free GPU on one node');
  });

  test('of the tries of a rank, the last one says why', () => {
    const tries = [
      rank(0, ended(1, '2026-07-31T10:00:05Z', 'Error', 'KeyError: 1'), 'j-0-a'),
      rank(0, ended(1, '2026-07-31T10:10:05Z', 'Error', "ModuleNotFoundError: No module named 'x'"), 'j-0-b'),
    ];
    assert.equal(describeIt(jobOf(failed), tries).line, 'failed: rank 0 lacks the Python module “x” in its image');
  });

  test('what a pool has is counted once for all that wait for it, until the cluster changes', () => {
    const state = new ClusterState();
    const job = toWorkload(jobOf() as KubeObject);
    assert.ok(job);
    const nodeOf = (name: string) =>
      toNode({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name, labels: { 'gpuctl/gpu-type': 'A' } },
        status: { allocatable: { 'nvidia.com/gpu': '8' }, conditions: [{ type: 'Ready', status: 'True' }] },
      });
    state.applyNodes([{ type: 'set', item: nodeOf('n1') }]);
    const room = roomFor(state, job);
    assert.equal(roomFor(state, { ...job, name: 'other' }), room);
    assert.equal(roomFor(state, { ...job, gpuType: 'B' })?.total, 0);
    state.applyNodes([{ type: 'set', item: nodeOf('n2') }]);
    assert.deepEqual([room?.total, roomFor(state, job)?.total], [8, 16]);
  });

  test('what it waits for is joined with what its pool has', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1', labels: { 'gpuctl/pool': 'training-pool', 'gpuctl/gpu-type': 'A100-80G' } },
      status: { allocatable: { 'nvidia.com/gpu': '1' }, conditions: [{ type: 'Ready', status: 'True' }] },
    };
    const main = jobOf();
    const labels = { ...main.metadata.labels, 'gpuctl/pool': 'training-pool' };
    const pods = [rank(0, RUNS), unplaced(rank(1, WAITS))];
    const told = describeIt({ ...main, metadata: { ...main.metadata, labels } }, pods, { nodes: [node] });
    assert.equal(told.line, 'running 1 of 2, needs 1 GPU on one node, training-pool has none free of 1');
  });

  test('a service of which a part fails runs in part; one whose newest version fails runs, and says so', () => {
    const crash = {
      phase: 'Running',
      containerStatuses: [
        {
          restartCount: 2,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { reason: 'Error', exitCode: 2 } },
        },
      ],
    };
    assert.deepEqual(describeIt(serviceOf(), [replica('a', RUNS), replica('b', crash)]), {
      phase: 'running',
      line: 'running 1 of 2, ended with exit code 2, restarted 2 times',
      code: 'job.crash.exit',
    });
    assert.equal(
      describeIt(serviceOf(), [replica('a', RUNS), replica('b', RUNS), replica('c', crash)]).line,
      'running, but its newest version fails: ended with exit code 2, restarted 2 times',
    );
    const late = {
      conditions: [
        {
          type: 'Progressing',
          status: 'False',
          reason: 'ProgressDeadlineExceeded',
          message: 'ReplicaSet "s-5" has timed out progressing.',
        },
      ],
    };
    assert.deepEqual(describeIt(serviceOf(late), [replica('a', RUNS), replica('b', RUNS)]), {
      phase: 'running',
      line: 'running, but its newest version fails: does not get further: not all replicas became ready in time',
      code: 'job.rollout.stuck',
    });
  });

  const quota =
    'pods "x" is forbidden: exceeded quota: team, requested: requests.nvidia.com/gpu=4, used: requests.nvidia.com/gpu=6, limited: requests.nvidia.com/gpu=8';
  const full = 'waiting: The quota “team” does not leave enough. GPUs: 4 asked for, 6 of 8 in use.';
  const refusals: [string, string, string][] = [
    [`Error creating: ${quota}`, 'job.refused.quota', full],
    [
      'Error creating: pods "x" is forbidden: failed quota: team: must specify limits.cpu for: main',
      'job.refused.quota-unspecified',
      'waiting: The quota “team” demands that these are given: limits.cpu for: main.',
    ],
    [
      'Error creating: pods "x" is forbidden: maximum memory usage per Container is 16Gi, but limit is 400Gi',
      'job.refused.limit',
      'waiting: At most 16Gi of memory are allowed per container here; 400Gi was asked for.',
    ],
    [
      'Error creating: pods "x" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), privileged (container "main" must not set securityContext.privileged=true)',
      'job.refused.pod-security',
      'waiting: The security level “baseline” of the namespace does not allow: host namespaces (hostNetwork=true), privileged (container "main" must not set securityContext.privileged=true).',
    ],
    [
      'Error creating: pods "x" is forbidden: error looking up service account d/x: serviceaccount "x" not found',
      'job.refused.missing-part',
      'waiting: “x” (serviceaccounts) does not exist.',
    ],
    [
      'Error creating: pods "x" is forbidden: no PriorityClass with name gold was found',
      'job.refused.missing-part',
      'waiting: “gold” (priorityclasses) does not exist.',
    ],
    [
      'Error creating: admission webhook "gpu.example.com" denied the request: no team label',
      'job.refused.policy',
      'waiting: The rule “gpu.example.com” of the cluster refused it: no team label',
    ],
  ];
  for (const [message, code, line] of refusals)
    test(`that may not be made: ${message.slice(0, 90)}`, () => {
      const events = [event({ uid: 'j', kind: 'Job', name: 'j' }, 'FailedCreate', message)];
      assert.deepEqual(describeIt(jobOf(), [], { events }), { phase: 'waiting', line, code });
    });

  test('that may not be made, by a Deployment: its condition or the event of its version; by a StatefulSet: its event', () => {
    const condition = {
      conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: quota }],
    };
    assert.equal(describeIt(serviceOf(condition), []).line, full);
    const version = [
      event({ uid: 'rs', kind: 'ReplicaSet', name: 's-6f7d' }, 'FailedCreate', `Error creating: ${quota}`),
    ];
    assert.equal(describeIt(serviceOf(), [], { events: version }).line, full);
    const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: ROLLING, spec: { replicas: 1 } };
    const own = [
      event(
        { uid: 's', kind: 'StatefulSet', name: 's' },
        'FailedCreate',
        `create Pod s-0 in StatefulSet s failed error: ${quota}`,
      ),
    ];
    assert.equal(describeIt(set, [], { events: own }).line, full);
  });

  test('an event of somebody else’s object changes nothing that is shown', () => {
    const state = new ClusterState();
    const set = (name: string) => event({ uid: name, kind: 'Pod', name }, 'FailedMount', 'm');
    const mine = toPod(rank(0, RUNS));
    state.applyPods([{ type: 'reset', items: [mine] }]);
    const apply = (name: string) =>
      state.applyEvents([{ type: 'set', item: set(name) as NonNullable<ReturnType<typeof set>> }]);
    assert.deepEqual([apply('other'), apply('j-0')], [false, true]);
  });
});
