import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { native } from '../../server/src/frameworks/native/index.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { isJob } from '../../server/src/kinds/kind.ts';
import type { BuiltJob } from '../../server/src/kinds/manifests/built.ts';
import { OFFLINE, type Site } from '../../server/src/kinds/manifests/site.ts';
import { RESUME_SCRIPT } from '../../server/src/kinds/training/resume.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { toNode } from '../../server/src/state/project.ts';

function build(text: string, site: Partial<Site> = {}): BuiltJob {
  const model = readDocument(text, 'gpuctl')?.model;
  assert.ok(isJob(model), JSON.stringify(readDocument(text, 'gpuctl')?.findings));
  return native.build(model, {
    ...OFFLINE,
    namespace: 'team',
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
    const nodes = [
      toNode({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'n', labels: { 'runwhere.ai/pool': 'training-pool', 'runwhere.ai/gpuType': 'A100-80G' } },
        status: { allocatable: { 'nvidia.com/gpu': '8' } },
      }),
    ];
    const pod = podOf(build(QWEN, { nodes, prefix: 'gpuctl' }));
    assert.deepEqual(pod.nodeSelector, { 'runwhere.ai/pool': 'training-pool' });
    assert.deepEqual(pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms, [
      { matchExpressions: [{ key: 'runwhere.ai/gpuType', operator: 'In', values: ['A100-80G'] }] },
    ]);
  });
});

const configOf = (built: BuiltJob) => {
  const map = built.owned.find(({ metadata }) => metadata.name.endsWith('-deepspeed'));
  return JSON.parse((map?.data as Record<string, string> | undefined)?.['ds_config.json'] ?? '');
};

describe('generated DeepSpeed settings', () => {
  const withSettings = (settings: string) => build(`${SMALL}deepspeed: ${settings}\n`);

  test('split what the stage says, and offload what it can', () => {
    const zeroOf = (settings: string) => configOf(withSettings(settings)).zero_optimization;
    assert.deepEqual(
      ['{stage: 0}', '{stage: 1}', '{stage: 2}', '{stage: 3}', '{offload: none}', '{offload: cpu}'].map(
        (one) => zeroOf(one).stage,
      ),
      [0, 1, 2, 3, 2, 3],
    );
    assert.equal(zeroOf('{stage: 2, offload: cpu}').offload_param, undefined);
    assert.equal(zeroOf('{stage: 2, offload: cpu}').offload_optimizer.device, 'cpu');
    assert.equal(zeroOf('{stage: 3, offload: cpu}').offload_param.device, 'cpu');
    assert.equal(zeroOf('{stage: 0, offload: cpu}').offload_optimizer, undefined);
  });

  test('leave to the trainer what it decides', () => {
    const config = configOf(withSettings('{stage: 2}'));
    const left = [
      'train_batch_size',
      'train_micro_batch_size_per_gpu',
      'gradient_accumulation_steps',
      'gradient_clipping',
    ];
    assert.deepEqual(
      left.filter((key) => config[key] !== 'auto'),
      [],
    );
    assert.deepEqual([config.bf16.enabled, config.fp16.enabled, config.optimizer], ['auto', 'auto', undefined]);
  });

  test('give NVMe a directory on the disks of the node, and forget it where the user takes another device', () => {
    const built = withSettings(
      '{stage: 3, offload: nvme, config: {zero_optimization: {offload_param: {device: cpu}}}}',
    );
    const { offload_optimizer, offload_param } = configOf(built).zero_optimization;
    assert.equal(offload_optimizer.nvme_path, '/local_nvme');
    assert.deepEqual(offload_param, { device: 'cpu' });
    const mounts = podOf(built).containers[0].volumeMounts.map((one: { mountPath: string }) => one.mountPath);
    assert.ok(mounts.includes('/local_nvme'));
    const own = withSettings('{stage: 3, offload: cpu}');
    assert.ok(!JSON.stringify(podOf(own)).includes('local_nvme'));
  });
});

describe('going on from a checkpoint', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-resume-'));
  after(() => rmSync(folder, { recursive: true }));
  const script = path.join(folder, 'resume.sh');
  writeFileSync(script, RESUME_SCRIPT);
  /** An output with checkpoints; `null` is one that was cut off before its state was written. */
  const output = (name: string, checkpoints: Record<string, string | null>): string => {
    const at = path.join(folder, name);
    mkdirSync(at, { recursive: true });
    for (const [checkpoint, state] of Object.entries(checkpoints)) {
      mkdirSync(path.join(at, checkpoint));
      writeFileSync(path.join(at, checkpoint, 'model.safetensors'), 'weights');
      if (state !== null) writeFileSync(path.join(at, checkpoint, 'trainer_state.json'), state);
    }
    return at;
  };
  /** The words that the program is started with. */
  const started = (at: string, ...words: string[]): string[] =>
    execFileSync('sh', [script, at, 'printf', '%s\\n', ...words], { encoding: 'utf8' })
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('gpuctl: '));
  const STATE = `${JSON.stringify({ global_step: 1200, log_history: [{ loss: 1 }] }, null, 2)}\n`;

  test('a first run begins at the beginning: nothing there, an empty directory, other files', () => {
    assert.deepEqual(started(path.join(folder, 'absent'), 'train.py', 'a b', ''), ['train.py', 'a b']);
    assert.deepEqual(started(output('empty', {}), 'train.py'), ['train.py']);
    assert.deepEqual(started(output('others', { runs: STATE, 'checkpoint-best': STATE }), 'train.py'), ['train.py']);
  });

  test('a checkpoint that was cut off is none', () => {
    const cut = { 'checkpoint-100': null, 'checkpoint-200': '', 'checkpoint-300': STATE.slice(0, -20) };
    assert.deepEqual(started(output('cut', cut), 'train.py'), ['train.py']);
  });

  test('the newest complete one is taken, by its number', () => {
    const at = output('several', {
      'checkpoint-900': STATE,
      'checkpoint-1200': STATE,
      'checkpoint-1300': null,
      'checkpoint-1400': STATE.slice(0, 10),
    });
    const wanted = ['train.py', '--bf16', 'a b', '--resume_from_checkpoint', `${at}/checkpoint-1200`];
    assert.deepEqual(started(at, 'train.py', '--bf16', 'a b'), wanted);
    assert.deepEqual(started(`${at}/`, 'train.py', '--bf16', 'a b'), wanted);
  });

  test('works in a directory with blanks, and passes on the exit code', () => {
    const at = output('with a blank', { 'checkpoint-7': STATE });
    assert.deepEqual(started(at, 'x'), ['x', '--resume_from_checkpoint', `${at}/checkpoint-7`]);
    assert.throws(() => execFileSync('sh', [script, at, 'sh', '-c', 'exit 7']), { status: 7 });
  });

  const asks = (command: string, more = '') =>
    build(
      `kind: training\njob: {name: r}\nenvironment: {image: "x:1", command: ${command}}\n` +
        `output: {dir: /out, resumeFromCheckpoint: true}\n${more}`,
    );
  const hasPrelude = (built: BuiltJob) => built.owned.some(({ metadata }) => metadata.name === 'r-resume');

  test('is helped only where the program is the Hugging Face Trainer', () => {
    const trainer = '[accelerate, launch, train.py, --per_device_train_batch_size, "4"]';
    assert.ok(hasPrelude(asks(trainer)));
    assert.deepEqual(asks(trainer).leftOut, []);
    for (const own of [
      '[llamafactory-cli, train, sft.yaml]',
      '[python, -m, verl.trainer.main_ppo]',
      '[torchrun, train.py, --save_strategy, steps, --resume_from_checkpoint, "True"]',
    ]) {
      assert.ok(!hasPrelude(asks(own)), own);
      assert.deepEqual(asks(own).leftOut, [], own);
    }
  });

  test('an option that says where to go on is known from a name in which such a word stands', () => {
    const trainer = (...more: string[]) => `[torchrun, train.py, --save_strategy, steps, ${more.join(', ')}]`;
    const none = [
      ['--output_dir', '/out/resumed'],
      ['--train_file', 'resumes.json'],
      ['--load_best_model_at_end', '"true"'],
    ];
    for (const words of none) assert.ok(hasPrelude(asks(trainer(...words))), words.join(' '));
    for (const word of ['--resume=x', 'trainer.resume_mode=auto', 'resume', '--load', '--ckpt_path=x', '"-resume"'])
      assert.ok(!hasPrelude(asks(trainer(word))), word);
  });

  test('says so where it cannot help', () => {
    const keys = (built: BuiltJob) => built.leftOut.map(({ key }) => key);
    assert.deepEqual(keys(asks('[python, train.py]')), ['left-out.resume']);
    assert.deepEqual(keys(asks('[torchrun, pretrain_gpt.py, --bf16, --micro-batch-size, "1"]')), ['left-out.resume']);
    assert.deepEqual(keys(asks('[sh, -c, "python train.py --save_strategy steps"]')), ['left-out.resume.shell']);
    const notAsked = build(`${SMALL}output: {dir: /out}\n`);
    assert.deepEqual([notAsked.leftOut, notAsked.owned], [[], []]);
  });
});
