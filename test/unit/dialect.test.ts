/** The fine print of the dialect as far as text is concerned, point by point. Building and clusters are tested elsewhere. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { JobModel } from '../../server/src/kinds/kind.ts';
import type { NotebookModel } from '../../server/src/kinds/notebook/model.ts';
import type { QuotaModel } from '../../server/src/kinds/quota/model.ts';
import type { TrainingModel } from '../../server/src/kinds/training/model.ts';
import { about, fixesOf, kindOf, modelOf, training } from './dialectText.ts';

const JOB_KINDS = ['training', 'inference', 'notebook', 'compute'];
const job = (kind: string, more = '') => `kind: ${kind}\njob: {name: a}\nenvironment: {image: "a:1"}\n${more}`;

describe('fine print 1: what is required', () => {
  test('kind, job.name and environment.image for each job kind', () => {
    for (const kind of JOB_KINDS) {
      assert.ok(modelOf(job(kind)), kind);
      assert.deepEqual(about(`kind: ${kind}\n`, 'key.missing'), [`error «${kind}»`, `error «${kind}»`]);
      assert.deepEqual(about(`kind: ${kind}\njob: {}\nenvironment: {}\n`, 'key.missing'), [
        'error «job»',
        'error «environment»',
      ]);
    }
  });

  test('pool.name and quota.name', () => {
    assert.deepEqual(about('kind: pool\npool: {}\n', 'key.missing'), ['error «pool»']);
    assert.deepEqual(about('kind: quota\nquota:\n  name:\n', 'key.missing'), ['error «name»']);
    assert.deepEqual(about('kind: pool\n', 'key.missing'), ['error «pool»']);
  });

  test('an empty pool is an error, an absent one the default', () => {
    for (const empty of ['pool:', 'pool: ""', 'pool: ~', "pool: ''"]) {
      const text = training(`resources:\n  ${empty}\n`);
      assert.equal(about(text, 'value.empty').length, 1, empty);
      assert.equal(modelOf(text), undefined);
      assert.deepEqual(fixesOf(text, 'value.empty'), [{ do: 'remove', path: ['resources', 'pool'] }]);
    }
    assert.equal((modelOf(training('resources: {gpu: 0}\n')) as JobModel).demand.pool, undefined);
    assert.equal((modelOf(training('resources: {pool: default}\n')) as JobModel).demand.pool, undefined);
    assert.equal((modelOf(training('resources: {pool: p}\n')) as JobModel).demand.pool, 'p');
  });
});

describe('fine print 4: documents of a gpuctl file', () => {
  test('one with an apiVersion is foreign, an empty one nothing, any other without a known kind an error', () => {
    assert.equal(readDocument('apiVersion: v1\nkind: training\njob: {name: a}\n', 'gpuctl'), undefined);
    for (const empty of ['', '\n', '  \r\n\n', '\uFEFF# c\n', '# only a comment\n', '---\n', '---\n# c\n', '...\n'])
      assert.equal(readDocument(empty, 'gpuctl'), undefined, JSON.stringify(empty));
    assert.deepEqual(about('job: {name: a}\n', 'kind.missing'), ['error «job: {name: a}»']);
    assert.deepEqual(about('kind: train\n', 'kind.unknown'), ['error «train»']);
    assert.deepEqual(about('- a\n', 'kind.missing'), ['error «- a»']);
  });

  test('in other YAML files a kind needs its section, complete or half-typed', () => {
    for (const kind of JOB_KINDS) {
      assert.equal(kindOf(`kind: ${kind}\njob:\n`, 'yaml'), kind);
      assert.equal(kindOf(`kind: ${kind}\njob\n`, 'yaml'), kind);
      assert.equal(kindOf(`kind: ${kind}\njo`, 'yaml'), kind);
      assert.equal(kindOf(`kind: ${kind}\njobs:\n`, 'yaml'), undefined);
      assert.equal(kindOf(`kind: ${kind}\nname: x\n`, 'yaml'), undefined);
      assert.equal(kindOf(`apiVersion: v1\nkind: ${kind}\njob: {}\n`, 'yaml'), undefined);
    }
    for (const half of ['po', 'poo\r\n', 'pool', 'pool:', 'pool: {name: a}']) {
      assert.equal(kindOf(`kind: pool\n${half}`, 'yaml'), 'pool', half);
      assert.equal(kindOf(`${half}\nkind: resource`, 'yaml'), 'resource', half);
    }
    assert.equal(kindOf('kind: quota\nnamespace: {}\n', 'yaml'), 'quota');
    assert.equal(kindOf('kind: quota\nquo\n', 'yaml'), 'quota');
    assert.equal(kindOf('kind: pool\njob: {}\n', 'yaml'), undefined);
    assert.equal(kindOf('kind: training\npool: {}\n', 'yaml'), undefined);
  });

  test('foreign documents are never ours', () => {
    for (const foreign of [
      'kind: resource\n',
      'kind: resource\nname: x\nproperties: {}\n',
      'kind: Deployment\njob: {}\n',
      'kind: Pool\npool: {}\n',
      'name: ci\njobs: {}\n',
      'kind: training-data\njob: 1\n',
    ])
      assert.equal(kindOf(foreign, 'yaml'), undefined, foreign);
  });
});

describe('fine print 5: spellings', () => {
  test('camelCase, kebab-case and snake_case mean the same, acronyms too', () => {
    const spelt = [
      ['targetGPUUtilization', 'target-gpu-utilization', 'target_gpu_utilization'],
      ['targetGPUMemoryUtilization', 'target-gpu-memory-utilization', 'target_gpu_memory_utilization'],
      ['targetQPS', 'target-qps', 'target_qps'],
      ['targetQueueLength', 'target-queue-length', 'target_queue_length'],
    ];
    for (const spellings of spelt) {
      const models = spellings.map((key) => modelOf(job('inference', `autoscaling: {maxReplicas: 2, ${key}: 5}\n`)));
      assert.ok(models[0], spellings[0]);
      for (const model of models) assert.deepEqual(model, models[0]);
      for (const key of spellings)
        assert.deepEqual(about(job('inference', `autoscaling: {maxReplicas: 2, ${key}: 5}\n`), 'key.'), [], key);
    }
    for (const key of ['ncclSocketIfname', 'nccl-socket-ifname', 'nccl_socket_ifname']) {
      const model = modelOf(training(`distributed: {${key}: eth1}\n`)) as TrainingModel;
      assert.equal(model.distributed.ncclSocketIfname, 'eth1');
    }
    for (const key of ['imagePullSecret', 'image-pull-secret', 'image_pull_secret']) {
      const model = modelOf(training().replace('image: a:1', `image: a:1\n  ${key}: s`)) as JobModel;
      assert.equal(model.environment.imagePullSecret, 's');
    }
  });

  test('two spellings, and acceleratorCount beside gpu, are an error', () => {
    assert.deepEqual(about(training('resources: {nodeCount: 1, node_count: 1}\n'), 'key.two-spellings'), [
      'error «node_count»',
    ]);
    assert.deepEqual(about(training('resources: {gpu: 1, acceleratorCount: 1}\n'), 'key.two-spellings'), [
      'error «acceleratorCount»',
    ]);
    assert.equal((modelOf(training('resources: {accelerator-count: 3}\n')) as JobModel).demand.gpusPerPod, 3);
  });

  test('kind: resource works, with a hint', () => {
    const text = 'kind: resource\npool: {name: p}\nnodes: {n1: }\n';
    assert.equal(modelOf(text)?.kind, 'pool');
    assert.deepEqual(about(text, ''), ['hint «resource»']);
    assert.deepEqual(fixesOf(text, 'kind.old-name'), [{ do: 'set', path: ['kind'], value: 'pool' }]);
    assert.equal(readDocument(text, 'gpuctl')?.findings[0]?.tag, 'deprecated');
  });

  test('only keys of the dialect have spellings: what the person names stays as it is', () => {
    const env = training().replace('image: a:1', 'image: a:1\n  env: {node-count: 1, node_count: 2, nodeCount: 3}');
    assert.deepEqual((modelOf(env) as JobModel).environment.env, [
      { name: 'node-count', value: '1' },
      { name: 'node_count', value: '2' },
      { name: 'nodeCount', value: '3' },
    ]);
    const config = 'deepspeed: {config: {train-batch: 1, train_batch: 2, gpu_type: x}}\n';
    assert.deepEqual(JSON.parse(JSON.stringify((modelOf(training(config)) as TrainingModel).deepspeed?.config)), {
      'train-batch': 1,
      train_batch: 2,
      gpu_type: 'x',
    });
    const quota = modelOf('kind: quota\nquota: {name: q}\nnamespace: {gpu-type: {gpu: 1}, gputype: {gpu: 2}}\n');
    assert.deepEqual(
      (quota as QuotaModel).namespaces.map(({ name, gpu }) => [name, gpu]),
      [
        ['gpu-type', '1'],
        ['gputype', '2'],
      ],
    );
  });
});

describe('fine print 6: keys that do nothing', () => {
  test('sections and keys of other kinds are an information, at any depth and in any spelling', () => {
    assert.deepEqual(about(training('service: {replicas: 2}\n'), 'key.'), ['information «service»']);
    assert.deepEqual(about(job('notebook', 'service: {replicas: 2, health_check: /h, port: 1}\n'), 'key.'), [
      'information «replicas»',
      'information «health_check»',
    ]);
    for (const text of [
      job('compute', 'engine: vllm\n'),
      job('inference', 'framework: native\n'),
      job('compute', 'autoscaling: {}\n'),
      job('notebook', 'distributed: {}\n'),
      training('nodes: {}\n'),
      'kind: pool\npool: {name: a}\njob: {name: b}\n',
      'kind: quota\nquota: {name: a}\nnodes: {}\n',
    ])
      assert.match(about(text, 'key.unused').join(), /^information «\w+»$/, text);
    assert.ok(modelOf(training('service: {replicas: nonsense}\n')), 'what is unused need not be right');
  });

  test('nodeCount is known to every job kind', () => {
    for (const kind of JOB_KINDS) assert.deepEqual(about(job(kind, 'resources: {nodeCount: 1}\n'), 'key.'), []);
  });

  test('a key that no kind knows is a warning with the nearest word, in the spelling of the file', () => {
    assert.deepEqual(fixesOf(training('resources: {nodecuont: 1}\n'), 'key.unknown'), ['nodeCount']);
    assert.deepEqual(fixesOf(training('resources: {node-cuont: 1}\n'), 'key.unknown'), ['node-count']);
    assert.deepEqual(fixesOf(training('resources: {node_cuont: 1}\n'), 'key.unknown'), ['node_count']);
    assert.deepEqual(about(training('banana: 1\n'), ''), ['warning «banana»']);
    assert.ok(modelOf(training('banana: 1\n')), 'such files run');
  });

  test('a key at the wrong place is told where it belongs', () => {
    assert.deepEqual(fixesOf(training('gpuType: A100\n'), 'key.unknown'), [
      { do: 'set', path: ['resources', 'gpuType'], value: 'A100' },
      { do: 'remove', path: ['gpuType'] },
    ]);
    assert.deepEqual(about(job('inference', 'replicas: 2\n'), 'key.'), ['warning «replicas»']);
    assert.deepEqual(fixesOf(training('namespace: team\n'), 'key.unused').slice(0, 1), [
      { do: 'set', path: ['job', 'namespace'], value: 'team' },
    ]);
  });

  test('a Kubernetes field is a warning that names the gpuctl way', () => {
    const ways: Record<string, RegExp> = {
      'metadata: {name: x}': /job\.name/,
      'spec: {}': /resources/,
      'nodeSelector: {a: b}': /resources\.pool/,
      'containers: []': /environment/,
      'volumes: []': /storage\.workdirs/,
      'backoffLimit: 3': /retries/,
      'tolerations: []': /resources\.pool/,
      'imagePullSecrets: []': /environment\.imagePullSecret/,
      'replicas: 2': /resources\.nodeCount/,
    };
    for (const [line, way] of Object.entries(ways)) {
      const document = readDocument(training(`${line}\n`), 'gpuctl');
      const found = document?.findings.filter(({ code }) => code === 'key.kubernetes') ?? [];
      assert.equal(found.length, 1, line);
      assert.equal(found[0]?.severity, 'warning');
      assert.match(about(training(`${line}\n`), 'key.kubernetes', 'text').join(), way);
    }
    assert.equal(about(training('resources: {limits: {}, requests: {}}\n'), 'key.kubernetes').length, 2);
  });
});

describe('fine print 7: what is an error', () => {
  test('outside the range: said as a range', () => {
    const text = job('inference', 'autoscaling: {maxReplicas: 2, targetGPUUtilization: 150}\n');
    assert.deepEqual(about(text, 'value.', 'text'), [
      '`targetGPUUtilization` has to be between 1 and 100; found: 150.',
    ]);
    assert.deepEqual(about(training('resources: {gpu: -1}\n'), 'value.', 'text'), [
      '`gpu` has to be at least 0; found: -1.',
    ]);
    assert.deepEqual(about(job('compute', 'service: {port: 70000}\n'), 'value.out-of-range'), ['error «70000»']);
    for (const [bad, good] of [
      ['targetGPUUtilization: 0', 'targetGPUUtilization: 1'],
      ['targetGPUMemoryUtilization: 101', 'targetGPUMemoryUtilization: 100'],
      ['minReplicas: -1', 'minReplicas: 0'],
      ['maxReplicas: 0', 'maxReplicas: 1'],
    ] as const) {
      assert.deepEqual(about(job('inference', `autoscaling: {${bad}}\n`), 'value.out-of-range').length, 1, bad);
      assert.deepEqual(about(job('inference', `autoscaling: {${good}}\n`), 'value.'), [], good);
    }
  });

  test('outside the enum: with the near word as the fix, else the possible ones', () => {
    assert.deepEqual(fixesOf(training('framework: natve\n'), 'value.not-allowed'), ['native']);
    assert.deepEqual(fixesOf(job('compute', 'service: {expose: nodeport}\n'), 'value.not-allowed'), ['nodePort']);
    const urgent = training().replace('name: a', 'name: a\n  priority: urgent');
    assert.deepEqual(fixesOf(urgent, 'value.not-allowed'), ['high', 'medium', 'low']);
    assert.deepEqual(fixesOf('kind: trainig\njob: {name: a}\n', 'kind.unknown'), ['training']);
  });

  test('wrong types say what is expected, and mend what only has the wrong form', () => {
    const command = training().replace('image: a:1', `image: a:1\n  command: python train.py --name "a b" -c 'x y'`);
    assert.deepEqual(about(command, 'value.wrong-type', 'text'), [
      '`command` has to be a list with one item for each word, such as `[python, train.py]`; found: python train.py --name "a b" -c \'x y\'.',
    ]);
    assert.deepEqual(fixesOf(command, 'value.wrong-type'), [
      {
        do: 'set',
        path: ['environment', 'command'],
        value: ['python', 'train.py', '--name', 'a b', '-c', 'x y'],
      },
    ]);
    assert.deepEqual(fixesOf('kind: training\njob: foo\nenvironment: {image: a}\n', 'value.wrong-type'), [
      { do: 'set', path: ['job'], value: { name: 'foo' } },
    ]);
    assert.deepEqual(about('kind: training\njob: foo\nenvironment: {image: "a:1"}\n', ''), ['error «foo»']);
    assert.deepEqual(fixesOf(training('storage: {workdirs: /data}\n'), 'value.wrong-type'), [
      { do: 'set', path: ['storage', 'workdirs'], value: [{ path: '/data' }] },
    ]);
    assert.deepEqual(fixesOf(training('storage: {workdirs: [/data]}\n'), 'value.wrong-type'), [
      { do: 'set', path: ['storage', 'workdirs', 0], value: { path: '/data' } },
    ]);
    assert.deepEqual(fixesOf(training().replace('image: a:1', 'image: a:1\n  env: [A=1]'), 'value.wrong-type'), [
      { do: 'set', path: ['environment', 'env', 0], value: { name: 'A', value: '1' } },
    ]);
    for (const [yes, fix] of [
      ['yes', 'true'],
      ['"True"', 'true'],
      ['off', 'false'],
      ['0', 'false'],
    ] as const)
      assert.deepEqual(fixesOf(training(`output: {dir: /o, resumeFromCheckpoint: ${yes}}\n`), 'value.wrong-type'), [
        fix,
      ]);
    for (const odd of ['[a]', '{a: b}'])
      assert.deepEqual(about(training(`output: {dir: ${odd}}\n`), 'value.wrong-type'), [`error «${odd}»`]);
  });

  test('a malformed value is offered in its right form', () => {
    const forms: [string, string, string][] = [
      ['resources: {memory: 64GB}', '64GB', '64G'],
      ['resources: {memory: 64gb}', '64gb', '64G'],
      ['resources: {memory: 64 Gi}', '64 Gi', '64Gi'],
      ['resources: {memory: 64GiB}', '64GiB', '64Gi'],
      ['resources: {memory: 512mb}', '512mb', '512M'],
      ['resources: {memory: 100K}', '100K', '100k'],
      ['resources: {cpu: 8 cores}', '8 cores', '8'],
      ['timeout: 12 hours', '12 hours', '12h'],
      ['timeout: 12H', '12H', '12h'],
      ['timeout: 1.5h', '1.5h', '90m'],
      ['resources: {pool: my pool}', 'my pool', 'my-pool'],
    ];
    for (const [line, wrong, right] of forms) {
      assert.deepEqual(about(training(`${line}\n`), 'value.malformed'), [`error «${wrong}»`], line);
      assert.deepEqual(fixesOf(training(`${line}\n`), 'value.malformed'), [right], line);
    }
    assert.deepEqual(fixesOf(training().replace('name: a', 'name: My_Job'), 'value.malformed'), ['my-job']);
    assert.deepEqual(fixesOf(training().replace('a:1', 'docker://Team/Image:V1'), 'value.malformed'), [
      'team/image:V1',
    ]);
    assert.deepEqual(fixesOf(training().replace('image: a:1', 'image: a:1\n  env: {1 A: x}'), 'value.bad-env-name'), [
      '_1_A',
    ]);
    assert.deepEqual(about('kind: pool\npool: {name: p}\nnodes: {GPU_Node: }\n', 'value.malformed'), [
      'error «GPU_Node»',
    ]);
    assert.deepEqual(about('kind: quota\nquota: {name: q}\nnamespace: {Team A: }\n', 'value.malformed'), [
      'error «Team A»',
    ]);
  });

  test('duplicates, undefined aliases and broken YAML', () => {
    assert.deepEqual(about(training('retries: 1\nretries: 2\n'), 'key.duplicate'), ['error «retries»']);
    assert.deepEqual(about(training('timeout: *no\n'), 'yaml.undefined-alias'), ['error «*no»']);
    assert.equal(about(training('output: {dir: "x\n'), 'yaml.syntax').length > 0, true);
  });

  test('image references are read as registries read them', () => {
    const image = (name: string) => about(training().replace('a:1', name), 'value.malformed').length === 0;
    for (const good of [
      'python:3.12',
      'registry.example.com:5000/team/image_a__b/c-d.e:v1_',
      'localhost/a:b',
      'Registry.example.com/a:b',
      `a/b@sha256:${'0'.repeat(64)}`,
      `a:b@sha256:${'0'.repeat(64)}`,
    ])
      assert.ok(image(good), good);
    for (const bad of ['a/B:c', 'a b', ':tag', "'a:'", 'a//b', 'http://a/b', 'a@sha256:12', '$IMAGE:1', '-a:1'])
      assert.ok(!image(bad), bad);
  });
});

describe('fine print 8: scalars', () => {
  test('where text is expected, numbers and booleans are taken as they are written', () => {
    const text = training().replace(
      'image: a:1',
      'image: a:1\n  command: [1e-5, 0x10, 0o17, 1.10, yes, true, ~, 012]\n  env: [{name: A, value: 1e-5}, {name: B, value: True}]',
    );
    const { environment } = modelOf(text.replace(', ~', '')) as JobModel;
    assert.deepEqual(environment.command, ['1e-5', '0x10', '0o17', '1.10', 'yes', 'true', '012']);
    assert.deepEqual(environment.env, [
      { name: 'A', value: '1e-5' },
      { name: 'B', value: 'True' },
    ]);
    assert.equal((modelOf(training('version: 1.10\n').replace('1.10', 'v1')) as JobModel).sections.version, 'v1');
    assert.equal((modelOf(training('version: 0.10\n')) as JobModel | undefined)?.sections.version, '0.10');
  });

  test('YAML 1.2: 0x10 and 0o17 are numbers, yes and 12:30 are words', () => {
    const { demand } = modelOf(training('resources: {gpu: 0x10}\n')) as JobModel;
    assert.equal(demand.gpusPerPod, 16);
    assert.equal((modelOf(training('retries: 0o17\n')) as TrainingModel).retries, 15);
    assert.deepEqual(about(training('timeout: 12:30\n'), 'value.malformed'), ['error «12:30»']);
    assert.deepEqual(about(training('distributed: {rdma: on}\n'), 'value.wrong-type'), ['error «on»']);
  });

  test('an empty text in quotes is nothing, too', () => {
    const text = training(
      'resources: {gpu: "", gpuType: "", cpu: "", memory: ""}\nframework: ""\nretries: ""\ntimeout: ""\noutput: {dir: "", resumeFromCheckpoint: ""}\ndeepspeed: {path: ""}\n',
    ).replace('name: a', 'name: a\n  namespace: ""\n  priority: ""');
    assert.deepEqual(about(text.replace('image: a:1', 'image: a:1\n  imagePullSecret: ""\n  command: ""'), ''), []);
    const model = modelOf(text) as TrainingModel;
    assert.deepEqual(
      [model.namespace, model.priority, model.retries, model.output.dir],
      [undefined, 'medium', 3, undefined],
    );
    assert.deepEqual(model.deepspeed?.path, '/etc/gpuctl/deepspeed/ds_config.json');
    assert.deepEqual(about(training().replace('image: a:1', "image: ''"), 'key.missing'), ['error «image»']);
    assert.deepEqual(about('kind: pool\npool: {name: ""}\n', ''), ['error «name»']);
    assert.equal(about(training('resources: {gpu: "1.5"}\n'), 'value.wrong-type').length, 1, 'no whole number');
  });

  test('a quoted whole number is taken, with an information and a fix', () => {
    for (const quoted of ['"2"', "'2'"]) {
      const text = training(`resources: {gpu: ${quoted}, nodeCount: ${quoted}}\n`);
      assert.deepEqual(about(text, 'value.quoted-number'), [`information «${quoted}»`, `information «${quoted}»`]);
      assert.deepEqual(fixesOf(text, 'value.quoted-number'), ['2', '2']);
      assert.equal((modelOf(text) as JobModel).demand.pods, 2);
      assert.equal((modelOf(text) as JobModel).demand.gpusPerPod, 1);
    }
    assert.equal((modelOf(training('deepspeed: {stage: "3"}\n')) as TrainingModel).deepspeed?.stage, 3);
    assert.deepEqual(about(training('deepspeed: {stage: "4"}\n'), 'value.'), ['error «"4"»']);
    assert.deepEqual(about(training('resources: {nodeCount: "0"}\n'), 'value.'), ['error «"0"»']);
    assert.deepEqual(about(training('retries: two\n'), 'value.'), ['error «two»']);
    assert.deepEqual(
      about(training('resources: {cpu: "8", memory: "64"}\n'), 'value.quoted'),
      [],
      'quantities are text',
    );
  });

  test('cpu and memory are quantities as Kubernetes reads them', () => {
    const of = (line: string) => (modelOf(training(`resources: {${line}}\n`)) as JobModel).demand;
    assert.equal(of('cpu: 0.5').cpuMillis, 500);
    assert.equal(of('cpu: "500m"').cpuMillis, 500);
    assert.equal(of('cpu: 8').cpuMillis, 8000);
    assert.equal(of('cpu: 8000m').cpuMillis, 8000);
    assert.equal(of('memory: 32G').memoryBytes, 32e9);
    assert.equal(of('memory: 32Gi').memoryBytes, 32 * 2 ** 30);
    assert.equal(of('memory: 4194304').memoryBytes, 4194304);
    assert.equal(of('memory: 1e9').memoryBytes, 1e9);
    assert.equal(of('memory: +1.5Gi').memoryBytes, 1.5 * 2 ** 30);
  });

  test('null or nothing is "absent" for an optional key, an error for a required one', () => {
    const text = training(
      'version:\nresources: {gpu: , gpuType: ~, nodeCount: null}\nstorage:\noutput: {dir: }\nretries:\ntimeout: ~\n',
    );
    assert.deepEqual(about(text, 'value.'), []);
    assert.deepEqual(modelOf(text)?.kind, 'training');
    assert.equal((modelOf(text) as TrainingModel).retries, 3);
    for (const nothing of ['', ' ~', ' null'])
      assert.equal(about(training().replace('image: a:1', `image:${nothing}`), 'key.missing').length, 1);
    assert.deepEqual(about('kind: pool\npool: {name: p}\nnodes:\n  n1:\n  n2: ~\n', ''), []);
  });
});

describe('fine print 9: durations', () => {
  test('90, 90s, 15m, 12h, 2d, 1h30m; zero and negative are errors', () => {
    const seconds = (time: string) =>
      (modelOf(training(`timeout: ${time}\n`)) as TrainingModel | undefined)?.timeoutSeconds;
    for (const [time, expected] of Object.entries({
      '90': 90,
      '"90"': 90,
      '90s': 90,
      '15m': 900,
      '12h': 43_200,
      '2d': 172_800,
      '1h30m': 5_400,
    }))
      assert.equal(seconds(time), expected, time);
    for (const bad of ['0', '0s', '-5', '-5m', '5x', '1m1h'])
      assert.equal(about(training(`timeout: ${bad}\n`), 'value.malformed').length, 1, bad);
  });
});

test('fine print 10: retries are further tries, 3 if none are named', () => {
  const retries = (more: string) => (modelOf(training(more)) as TrainingModel).retries;
  assert.deepEqual([retries(''), retries('retries: 0\n'), retries('retries: 5\n')], [3, 0, 5]);
  assert.deepEqual(about(training('retries: -1\n'), 'value.'), ['error «-1»']);
});

test('fine print 11: with a path alone the DeepSpeed file is the person’s own', () => {
  const deepspeed = (more: string) => (modelOf(training(more)) as TrainingModel).deepspeed;
  assert.equal(deepspeed('deepspeed: {path: /data/ds.json}\n')?.generate, false);
  for (const more of ['stage: 2', 'offload: cpu', 'config: {a: 1}'])
    assert.equal(deepspeed(`deepspeed: {path: ds.json, ${more}}\n`)?.generate, true, more);
  const relative = 'storage: {workdirs: [{path: /work}]}\ndeepspeed: {stage: 1, path: conf/ds.json}\n';
  assert.equal(deepspeed(relative)?.path, '/work/conf/ds.json');
  assert.equal(deepspeed('deepspeed: {stage: 1}\n')?.path, '/etc/gpuctl/deepspeed/ds_config.json');
});

describe('fine print 15: the token of a notebook', () => {
  const token = (environment: string) =>
    (modelOf(`kind: notebook\njob: {name: nb}\nenvironment:\n  image: a:1\n  ${environment}\n`) as NotebookModel).token;

  test('gpuctl makes one unless the command or env sets it', () => {
    assert.deepEqual(token('command: [jupyter, lab]'), { from: 'gpuctl' });
    for (const option of ['NotebookApp.token', 'ServerApp.token', 'IdentityProvider.token', 'ServerApp.password'])
      assert.deepEqual(token(`command: [jupyter, lab, --${option}=secret]`), {
        from: 'command',
        index: 2,
        empty: false,
      });
    assert.deepEqual(token('args: ["--PasswordIdentityProvider.hashed_password=x"]'), {
      from: 'args',
      index: 0,
      empty: false,
    });
    assert.deepEqual(token('command: [sh, -c, "jupyter lab --ServerApp.token=abc --ip 0.0.0.0"]'), {
      from: 'command',
      index: 2,
      empty: false,
    });
    assert.deepEqual(token('env: [{name: A, value: b}, {name: JUPYTER_TOKEN, value: x}]'), {
      from: 'env',
      index: 1,
      empty: false,
    });
    assert.deepEqual(token('env: {JUPYTER_TOKEN: x}'), { from: 'env', index: 'JUPYTER_TOKEN', empty: false });
    assert.deepEqual(token('env: [{name: JUPYTER_TOKEN, secret: s, key: k}]'), { from: 'env', index: 0, empty: false });
  });

  test('one that is set to nothing is empty', () => {
    for (const empty of ['--ServerApp.token=', `"--NotebookApp.token=''"`, `'--IdentityProvider.token=""'`])
      assert.deepEqual(token(`command: [jupyter, lab, ${empty}]`), { from: 'command', index: 2, empty: true }, empty);
    assert.deepEqual(token(`command: [jupyter, --ServerApp.token, ""]`), { from: 'command', index: 1, empty: true });
    assert.deepEqual(token(`command: [jupyter, --ServerApp.token, abc]`), { from: 'command', index: 1, empty: false });
    assert.deepEqual(token(`command: [sh, -c, "jupyter lab --ServerApp.token='' --ip x"]`), {
      from: 'command',
      index: 2,
      empty: true,
    });
    assert.deepEqual(token('env: {JUPYTER_TOKEN: ""}'), { from: 'env', index: 'JUPYTER_TOKEN', empty: true });
  });
});

test('fine print 16: nodes of a pool by name, with a type or nothing', () => {
  const text =
    'kind: pool\npool: {name: p}\nnodes:\n  n1: {gpuType: A100-80G}\n  n2:\n  n3: {}\n  n4: {gpu_type: 4090}\n';
  const model = modelOf(text) as { nodes?: unknown } | undefined;
  assert.deepEqual(model?.nodes, [
    { name: 'n1', gpuType: 'A100-80G' },
    { name: 'n2', gpuType: undefined },
    { name: 'n3', gpuType: undefined },
    { name: 'n4', gpuType: '4090' },
  ]);
});

test('fine print 17: a namespace takes from `default` what it leaves out; what is missing in both is no limit', () => {
  const text =
    'kind: quota\nquota: {name: q}\ndefault: {cpu: 64, memory: 1Ti}\nnamespace: {a: {cpu: 8}, b: , c: {gpu: 2}}\n';
  assert.deepEqual((modelOf(text) as QuotaModel).namespaces, [
    { name: 'a', cpu: '8', memory: '1Ti', gpu: undefined },
    { name: 'b', cpu: '64', memory: '1Ti', gpu: undefined },
    { name: 'c', cpu: '64', memory: '1Ti', gpu: '2' },
  ]);
});

test('fine print 18: where a workdir comes from', () => {
  const { workdirs } = modelOf(
    training(
      'storage: {workdirs: [{path: /a}, {path: /b, hostPath: /c}, {path: /d, claim: x, readOnly: true}, {path: /e, nfs: {server: s, path: /f}}, {path: /g, size: 1Ti, storageClass: fast}]}\n',
    ),
  ) as JobModel;
  assert.deepEqual(
    workdirs.map(({ source }) => source),
    [
      { from: 'hostPath', path: '/a' },
      { from: 'hostPath', path: '/c' },
      { from: 'claim', name: 'x' },
      { from: 'nfs', server: 's', path: '/f' },
      { from: 'new', size: '1Ti', storageClass: 'fast' },
    ],
  );
  assert.equal(workdirs[2]?.readOnly, true);
});

test('fine print 19: epochs and batch size become variables', () => {
  const text = training().replace('name: a', 'name: a\n  epochs: 3\n  batchSize: 16');
  assert.deepEqual((modelOf(text) as JobModel).extraEnv, [
    { name: 'GPUCTL_EPOCHS', value: '3' },
    { name: 'GPUCTL_BATCH_SIZE', value: '16' },
  ]);
});
