/** What is said of jobs and pods: who ended them, why they cannot start, and whose pods they are. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Language, toText } from '../../l10n/index.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { describeJob } from '../../server/src/operations/describeJob.ts';
import { describePod } from '../../server/src/operations/describePod.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
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
const waiting = (reason: string, text: string, lastState?: object) => [
  { state: { waiting: { reason, message: text } }, lastState, restartCount: 3 },
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
    [{ ...killed, reason: 'Evicted' }, 'evicted from its node', '被节点驱逐'],
    [
      { ...killed, reason: 'Evicted', message: 'The node was low on resource: memory. Threshold quantity: 100Mi' },
      'evicted: its node ran low on memory',
      '被驱逐：节点内存不足',
    ],
    [
      {
        ...killed,
        reason: 'Evicted',
        message: 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi.',
      },
      'evicted: too little disk space',
      '被驱逐：磁盘空间不足',
    ],
    [disrupted('EvictionByEvictionAPI'), 'evicted: its node is being emptied', '被驱逐：节点正在腾空'],
    [{ ...killed, reason: 'Terminated' }, 'stopped: its node was shut down', '已停止：所在节点关机'],
    [{ ...killed, reason: 'NodeShutdown' }, 'stopped: its node was shut down', '已停止：所在节点关机'],
    [
      disrupted('TerminationByKubelet', 'Pod was terminated in response to imminent node shutdown.'),
      'stopped: its node was shut down',
      '已停止：所在节点关机',
    ],
    [disrupted('DeletionByTaintManager'), 'stopped: its node failed', '已停止：所在节点故障'],
    [{ ...killed, reason: 'DeadlineExceeded' }, 'stopped: its time limit is over', '已停止：超过时限'],
    [{ phase: 'Failed', reason: 'UnexpectedAdmissionError' }, 'refused by its node', '被所在节点拒绝'],
    [{ phase: 'Failed', reason: 'OutOfnvidia.com/gpu' }, 'refused by its node', '被所在节点拒绝'],
    // nobody from outside
    [killed, 'ended with exit code 137', '以退出码 137 结束'],
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

describe('a container that cannot start', () => {
  const runc =
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "torchrun": executable file not found in $PATH: unknown';
  const table: [object, string][] = [
    [
      { phase: 'Failed', containerStatuses: exited(128, 'StartError', runc) },
      'cannot start: its image has no program “torchrun”',
    ],
    [
      {
        phase: 'Pending',
        containerStatuses: waiting(
          'RunContainerError',
          'exec: "/app/run.sh": stat /app/run.sh: no such file or directory',
        ),
      },
      'cannot start: its image has no program “/app/run.sh”',
    ],
    [
      {
        phase: 'Pending',
        containerStatuses: waiting('CreateContainerError', 'executable file `vllm` not found in $PATH'),
      },
      'cannot start: its image has no program “vllm”',
    ],
    [
      {
        phase: 'Running',
        containerStatuses: waiting('CrashLoopBackOff', 'back-off 40s restarting failed container', {
          terminated: { exitCode: 127, reason: 'StartError', message: runc },
        }),
      },
      'cannot start: its image has no program “torchrun”',
    ],
    [
      { phase: 'Pending', containerStatuses: waiting('CreateContainerConfigError', 'secret "hf-token" not found') },
      'cannot start: the Secret “hf-token” is missing',
    ],
    [
      { phase: 'Pending', containerStatuses: waiting('CreateContainerConfigError', 'configmap "data" not found') },
      'cannot start: the ConfigMap “data” is missing',
    ],
    [
      {
        phase: 'Pending',
        containerStatuses: waiting(
          'CreateContainerConfigError',
          "couldn't find key HF_TOKEN in Secret ml-team/hf-token",
        ),
      },
      'cannot start: the Secret “hf-token” has no key “HF_TOKEN”',
    ],
    [
      {
        phase: 'Pending',
        containerStatuses: waiting(
          'RunContainerError',
          'error running hook #0: exec: "nvidia-container-cli": executable file not found: unknown',
        ),
      },
      'its container cannot be started',
    ],
    [
      {
        phase: 'Pending',
        containerStatuses: waiting('CreateContainerError', 'rpc error: code = Unknown desc = 0xdead'),
      },
      'its container cannot be started',
    ],
  ];
  for (const [status, sentence] of table) {
    test(`→ ${sentence}`, () => assert.equal(said(status), sentence));
  }
});

describe('pods of a job that was deleted', () => {
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
