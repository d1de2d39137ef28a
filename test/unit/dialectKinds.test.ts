/** What each kind's document means, defaults filled in. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ComputeModel } from '../../server/src/kinds/compute/model.ts';
import type { InferenceModel } from '../../server/src/kinds/inference/model.ts';
import type { JobModel } from '../../server/src/kinds/kind.ts';
import type { NotebookModel } from '../../server/src/kinds/notebook/model.ts';
import type { PoolModel } from '../../server/src/kinds/pool/model.ts';
import type { TrainingModel } from '../../server/src/kinds/training/model.ts';
import { about, modelOf, training } from './dialectText.ts';

const inference = (more = '', image = 'vllm/vllm-openai:v0.11.0', environment = '') =>
  modelOf(
    `kind: inference\njob: {name: a}\nenvironment:\n  image: ${image}\n${environment}resources: {gpu: 2, nodeCount: 4}\n${more}`,
  ) as InferenceModel;

describe('every job', () => {
  test('has the defaults of the dialect', () => {
    const { job, ...model } = { job: 0, ...(modelOf(training()) as JobModel) };
    assert.deepEqual(
      [model.priority, model.framework, model.namespace, model.description, model.demand.gpusPerPod, model.demand.pods],
      ['medium', 'native', undefined, undefined, 0, 1],
    );
  });

  test('counts GPUs over all nodes', () => {
    const { demand } = modelOf(
      training('resources: {gpu: 8, nodeCount: 2, gpuType: A100-80G, cpu: 4, memory: 1Gi}\n'),
    ) as JobModel;
    assert.deepEqual(
      [demand.pods, demand.gpusPerPod, demand.onePodPerNode, demand.gpuType, demand.cpuMillis, demand.memoryBytes],
      [2, 4, true, 'A100-80G', 4000, 2 ** 30],
    );
    assert.equal((modelOf(training('resources: {gpu: 1, gpuType: ""}\n')) as JobModel).demand.gpuType, undefined);
  });
});

describe('training', () => {
  test('has every key of the dialect', () => {
    const text = training(
      'framework: native\ndeepspeed: {stage: 3, offload: nvme, config: {a: 1}}\ndistributed: {network: host, ncclSocketIfname: eth0, rdma: true, sameRack: preferred}\noutput: {dir: /o, resumeFromCheckpoint: true}\nretries: 1\ntimeout: 12h\nresources: {gpu: 2, nodeCount: 2}\n',
    );
    assert.deepEqual(about(text, 'key.'), []);
    assert.deepEqual(about(text, 'value.'), []);
    const model = modelOf(text) as TrainingModel;
    assert.deepEqual(
      [model.distributed, model.output, model.retries, model.timeoutSeconds, model.demand.sameRack],
      [
        { network: 'host', ncclSocketIfname: 'eth0', rdma: true },
        { dir: '/o', resumeFromCheckpoint: true },
        1,
        43_200,
        'preferred',
      ],
    );
  });
});

describe('inference', () => {
  test('runs as many replicas as the service says, each with all its GPUs on one node', () => {
    const { demand } = inference('service: {replicas: 3}\n');
    assert.deepEqual([demand.pods, demand.gpusPerPod, demand.onePodPerNode], [3, 2, false]);
    assert.equal(inference().demand.pods, 1);
  });

  test('knows the engine from image and command, unless it is written', () => {
    assert.equal(inference().engine, 'vllm');
    assert.equal(inference('', 'lmsysorg/sglang:v0.5').engine, 'sglang');
    assert.equal(inference('', 'registry.example.com/nvidia/tritonserver:25.01-py3').engine, 'triton');
    assert.equal(inference('', 'mine:1', '  command: [vllm, serve, m]\n').engine, 'vllm');
    assert.equal(inference('', 'mine:1').engine, 'custom');
    assert.equal(inference('engine: sglang\n').engine, 'sglang');
  });

  test('takes the health check from the engine, and port 8000, where none are written', () => {
    const of = (...args: Parameters<typeof inference>) => {
      const { port, healthCheck } = inference(...args).service;
      return [port, healthCheck];
    };
    assert.deepEqual(of(), [8000, '/health']);
    assert.deepEqual(of('', 'registry.example.com/nvidia/tritonserver:25.01-py3'), [8000, '/v2/health/ready']);
    assert.deepEqual(of('engine: triton\n', 'mine:1'), [8000, '/v2/health/ready']);
    assert.deepEqual(of('', 'mine:1'), [8000, undefined]);
    assert.deepEqual(of('', 'mine:1', '  command: [vllm, serve, m, --port, "9000"]\n'), [8000, '/health']);
    assert.deepEqual(of('service: {port: 8001, healthCheck: /ok}\n'), [8001, '/ok']);
    assert.deepEqual(of('engine: custom\n'), [8000, undefined]);
  });

  test('adds the tensor-parallel size that a command leaves out', () => {
    const command = (line: string) => inference('', 'mine:1', `  command: [${line}]\n`).addedArgs;
    assert.deepEqual(command('vllm, serve, m'), ['--tensor-parallel-size', '2']);
    assert.deepEqual(command('vllm, serve, m, -tp, "2"'), []);
  });

  test('follows the load as far as autoscaling says', () => {
    const { autoscaling } = inference(
      'autoscaling: {minReplicas: 0, maxReplicas: 4, targetGPUUtilization: 80, targetGPUMemoryUtilization: 70, targetQPS: 0.5, targetQueueLength: 8}\n',
    );
    assert.deepEqual(autoscaling, {
      minReplicas: 0,
      maxReplicas: 4,
      targets: [
        { metric: 'gpuUtilization', value: 80 },
        { metric: 'gpuMemoryUtilization', value: 70 },
        { metric: 'qps', value: 0.5 },
        { metric: 'queueLength', value: 8 },
      ],
    });
    assert.equal(inference().autoscaling, undefined);
  });

  test('carries what it serves as text', () => {
    const { served } = inference(
      'model: {source: Qwen/Qwen2, name: q, version: 1.10, format: safetensors, cache: /c}\n',
    );
    assert.deepEqual(served, { source: 'Qwen/Qwen2', name: 'q', version: '1.10', format: 'safetensors', cache: '/c' });
  });
});

test('notebook: port 8888, reached from within the cluster', () => {
  const text = 'kind: notebook\njob: {name: nb}\nenvironment: {image: "a:1"}\nresources: {gpu: 1, nodeCount: 1}\n';
  const model = modelOf(text) as NotebookModel;
  assert.deepEqual(model.service, { port: 8888, expose: 'cluster' });
  assert.deepEqual([model.demand.pods, model.demand.gpusPerPod], [1, 1]);
  assert.deepEqual((modelOf(`${text}service: {port: 9999, expose: nodePort}\n`) as NotebookModel).service, {
    port: 9999,
    expose: 'nodePort',
  });
});

test('compute: a service with replicas', () => {
  const text = 'kind: compute\njob: {name: c}\nenvironment: {image: "a:1"}\n';
  assert.deepEqual((modelOf(text) as ComputeModel).service, {
    replicas: 1,
    port: 8000,
    healthCheck: undefined,
    timeoutSeconds: undefined,
    expose: 'cluster',
  });
  const model = modelOf(
    `${text}service: {replicas: 2, port: 80, healthCheck: /up, timeout: 10m, expose: loadBalancer}\n`,
  ) as ComputeModel;
  assert.deepEqual(model.service, {
    replicas: 2,
    port: 80,
    healthCheck: '/up',
    timeoutSeconds: 600,
    expose: 'loadBalancer',
  });
  assert.equal(model.demand.pods, 2);
});

test('pool: what jobs need to know of the site', () => {
  const text =
    'kind: pool\npool:\n  name: p\n  description: A100\n  site: {rackLabel: topology.example.com/rack, network: host, nccl-socket-ifname: eth0, rdmaResource: rdma/hca, storageClass: fast, queue: q, prometheus: "http://p:9090", restricted: true}\n';
  assert.deepEqual(about(text, ''), []);
  const model = modelOf(text) as PoolModel;
  assert.deepEqual(JSON.parse(JSON.stringify(model.site)), {
    rackLabel: 'topology.example.com/rack',
    network: 'host',
    rdmaResource: 'rdma/hca',
    storageClass: 'fast',
    queue: 'q',
    restricted: true,
    ncclSocketIfname: 'eth0',
    prometheus: 'http://p:9090',
  });
  assert.deepEqual([model.name, model.description, model.nodes], ['p', 'A100', []]);
  assert.deepEqual(about('kind: pool\npool: {name: p, site: {network: auto}}\n', 'value.'), ['error «auto»']);
});
