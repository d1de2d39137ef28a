import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BuiltJob, Site } from '../../server/src/frameworks/framework.ts';
import { native } from '../../server/src/frameworks/native/index.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { isJob } from '../../server/src/kinds/kind.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { toNode } from '../../server/src/state/project.ts';

function build(text: string, site: Partial<Site> = {}): BuiltJob {
  const model = readDocument(text, 'gpuctl')?.model;
  assert.ok(isJob(model), JSON.stringify(readDocument(text, 'gpuctl')?.findings));
  return native.build(model, {
    namespace: 'team',
    prefix: 'gpuctl',
    pool: {},
    poolNodes: [],
    priorityClass: true,
    annotations: {},
    ...site,
  });
}
// biome-ignore lint/suspicious/noExplicitAny: manifests are looked at here, not handled
const specOf = (object: KubeObject): any => object.spec;
// biome-ignore lint/suspicious/noExplicitAny: as above
const podOf = (built: BuiltJob): any => specOf(built.main).template.spec;
const envOf = (built: BuiltJob): Record<string, string> =>
  Object.fromEntries(
    podOf(built).containers[0].env.map((one: { name: string; value?: string; valueFrom?: unknown }) => [
      one.name,
      one.value ?? JSON.stringify(one.valueFrom),
    ]),
  );

const SMALL = `kind: training
job: {name: small}
environment: {image: alpine, command: [echo, 1e-5]}
`;
const QWEN = `kind: training
job: {name: qwen, priority: high, epochs: 3}
environment:
  image: llama-factory
  env: {NCCL_DEBUG: INFO, WANDB_MODE: offline}
resources: {pool: training-pool, gpu: 8, gpuType: a100-80g, nodeCount: 2, cpu: 32, memory: 400Gi}
deepspeed: {stage: 3, config: {zero_optimization: {overlap_comm: false}, steps_per_print: 5}}
storage:
  workdirs:
    - {path: /data, claim: datasets, readOnly: true}
    - {path: /output, size: 100Gi}
timeout: 12h
`;

describe('a training on one node', () => {
  test('becomes a Job that cannot start yet', () => {
    const built = build(SMALL);
    assert.equal(built.main.kind, 'Job');
    assert.deepEqual(
      {
        suspend: specOf(built.main).suspend,
        parallelism: specOf(built.main).parallelism,
        mode: specOf(built.main).completionMode,
        backoff: specOf(built.main).backoffLimit,
      },
      { suspend: true, parallelism: 1, mode: 'NonIndexed', backoff: 3 },
    );
    assert.deepEqual(built.start, { spec: { suspend: false } });
    assert.deepEqual(built.owned, []);
    assert.deepEqual(podOf(built).containers[0].command, ['echo', '1e-5']);
    assert.deepEqual(built.main.metadata.labels, {
      'gpuctl/job-type': 'training',
      'gpuctl/priority': 'medium',
      'gpuctl/pool': 'default',
      'gpuctl/namespace': 'team',
      'app.kubernetes.io/managed-by': 'gpuctl',
    });
  });

  test('without a pool runs on nodes that belong to none', () => {
    const [term] = podOf(build(SMALL)).affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution
      .nodeSelectorTerms;
    assert.deepEqual(term.matchExpressions, [
      { key: 'gpuctl/pool', operator: 'DoesNotExist' },
      { key: 'runwhere.ai/pool', operator: 'DoesNotExist' },
    ]);
  });

  test('sets what the dialect says, and never NVIDIA_VISIBLE_DEVICES', () => {
    assert.deepEqual(Object.keys(envOf(build(SMALL))), [
      'POD_IP',
      'POD_NAME',
      'POD_NAMESPACE',
      'NODE_NAME',
      'GPUCTL_JOB_NAME',
    ]);
  });

  test('with GPUs gets shared memory and tolerates the taint of GPU nodes', () => {
    const pod = podOf(build(`${SMALL}resources: {pool: p, gpu: 2, memory: 32Gi}\n`));
    assert.deepEqual(pod.containers[0].resources, { limits: { memory: '32Gi', 'nvidia.com/gpu': 2 } });
    assert.deepEqual(pod.volumes, [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '16384Mi' } }]);
    assert.equal(pod.tolerations[0].key, 'nvidia.com/gpu');
    assert.deepEqual(pod.nodeSelector, { 'gpuctl/pool': 'p' });
  });
});

describe('a training on several nodes', () => {
  test('becomes an Indexed Job with a headless Service and one rank a node', () => {
    const built = build(QWEN, { pool: { rackLabel: 'rack' } });
    const spec = specOf(built.main);
    assert.deepEqual(
      [spec.completionMode, spec.parallelism, spec.completions, spec.backoffLimitPerIndex, spec.maxFailedIndexes],
      ['Indexed', 2, 2, 3, 0],
    );
    assert.equal(spec.activeDeadlineSeconds, 43_200);
    assert.equal(podOf(built).containers[0].resources.limits['nvidia.com/gpu'], 4);
    assert.equal(podOf(built).subdomain, 'qwen');
    assert.ok(podOf(built).affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution);
    assert.equal(
      podOf(built).affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey,
      'rack',
    );
    assert.equal(podOf(built).hostNetwork, undefined);
    const service = built.owned.find(({ kind }) => kind === 'Service');
    assert.deepEqual(
      [
        service?.metadata.name,
        specOf(service as KubeObject).clusterIP,
        specOf(service as KubeObject).publishNotReadyAddresses,
      ],
      ['qwen', 'None', true],
    );
  });

  test('tells ranks where they are, and lets the user win', () => {
    const env = envOf(build(QWEN, { pool: { ncclSocketIfname: 'eth1' } }));
    assert.deepEqual(
      [
        env.NNODES,
        env.NPROC_PER_NODE,
        env.PET_NNODES,
        env.MASTER_ADDR,
        env.PET_MASTER_PORT,
        env.NCCL_SOCKET_IFNAME,
        env.NCCL_DEBUG,
        env.GPUCTL_EPOCHS,
      ],
      ['2', '4', '2', 'qwen-0.qwen', '29500', 'eth1', 'INFO', '3'],
    );
    assert.match(env.NODE_RANK ?? '', /job-completion-index/);
    for (const torchrunsOwn of ['RANK', 'WORLD_SIZE', 'NVIDIA_VISIBLE_DEVICES'])
      assert.equal(env[torchrunsOwn], undefined);
  });

  test('on the network of the nodes each job has a port of its own', () => {
    const one = envOf(build(QWEN, { pool: { network: 'host' } }));
    const other = envOf(build(QWEN.replace('name: qwen', 'name: other'), { pool: { network: 'host' } }));
    assert.match(one.MASTER_PORT ?? '', /^2\d{4}$/);
    assert.notEqual(one.MASTER_PORT, other.MASTER_PORT);
    assert.equal(podOf(build(QWEN, { pool: { network: 'host' } })).dnsPolicy, 'ClusterFirstWithHostNet');
  });

  test('DeepSpeed takes effect by itself, and the user’s settings win', () => {
    const built = build(QWEN);
    const data = built.owned.find(({ kind }) => kind === 'ConfigMap')?.data as Record<string, string> | undefined;
    const config = JSON.parse(data?.['ds_config.json'] ?? '');
    assert.equal(config.zero_optimization.stage, 3);
    assert.equal(config.zero_optimization.overlap_comm, false);
    assert.equal(config.train_batch_size, 'auto');
    assert.equal(config.steps_per_print, 5);
    const env = envOf(built);
    assert.equal(env.ACCELERATE_DEEPSPEED_CONFIG_FILE, '/etc/gpuctl/deepspeed/ds_config.json');
    assert.deepEqual(
      podOf(built).containers[0].volumeMounts.find((one: { name: string }) => one.name === 'deepspeed'),
      {
        name: 'deepspeed',
        mountPath: '/etc/gpuctl/deepspeed/ds_config.json',
        subPath: 'ds_config.json',
        readOnly: true,
      },
    );
    const own = build(SMALL.replace('\nenv', '\ndeepspeed: {path: /data/ds.json}\nenv'));
    assert.deepEqual(own.owned, []);
    assert.equal(envOf(own).DEEPSPEED_CONFIG, '/data/ds.json');
  });

  test('storage: claims are mounted, new ones are shared and kept', () => {
    const built = build(QWEN, { pool: { storageClass: 'shared' } });
    assert.deepEqual(podOf(built).volumes.slice(0, 2), [
      { name: 'workdir-0', persistentVolumeClaim: { claimName: 'datasets', readOnly: true } },
      { name: 'workdir-1', persistentVolumeClaim: { claimName: 'qwen-workdir-1' } },
    ]);
    assert.deepEqual(
      built.kept.map((claim) => [claim.metadata.name, specOf(claim).accessModes, specOf(claim).storageClassName]),
      [['qwen-workdir-1', ['ReadWriteMany'], 'shared']],
    );
  });

  test('selects the GPU type by the labels that its nodes bear', () => {
    const poolNodes = [
      toNode({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'n', labels: { 'runwhere.ai/pool': 'training-pool', 'runwhere.ai/gpuType': 'A100-80G' } },
        status: { allocatable: { 'nvidia.com/gpu': '8' } },
      }),
    ];
    const pod = podOf(build(QWEN, { poolNodes, prefix: 'gpuctl' }));
    assert.deepEqual(pod.nodeSelector, { 'runwhere.ai/pool': 'training-pool' });
    assert.deepEqual(pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms, [
      { matchExpressions: [{ key: 'runwhere.ai/gpuType', operator: 'In', values: ['A100-80G'] }] },
    ]);
  });
});
