/** How tools are recognised, how their arguments are read, and what is added to them. What the rules say is in `test/fixtures/rules`. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { splitShell } from '../../server/src/tools/commandLine.ts';
import { flagValue, numberOf } from '../../server/src/tools/flags.ts';
import { cudaOfImage, gpuMemoryOf, gpuTypeOf } from '../../server/src/tools/gpus.ts';
import { addedArguments, gpusTaken, recogniseTool, TOOLS } from '../../server/src/tools/index.ts';
import { createRandom } from './random.ts';

const PLAIN = 'registry.example.com/team/job:1';
const recognise = (command: string[], image = PLAIN, args: string[] = []) => recogniseTool({ image, command, args });
/** `tool: arguments`, with a mark where it stands in a line for a shell; `-` for none. */
const summary = (command: string[], image = PLAIN, args: string[] = []) => {
  const found = recognise(command, image, args);
  if (!found) return '-';
  return `${found.tool.name}${found.by === 'image' ? ' by image' : ''}${found.shell ? ' in a shell' : ''}: ${found.arguments.join(' ')}`;
};

describe('recognising tools', () => {
  const commands: [command: string[], what: string][] = [
    [['torchrun', '--nproc-per-node=4', 'train.py'], 'torchrun: --nproc-per-node=4 train.py'],
    [['/opt/conda/bin/torchrun', 'train.py'], 'torchrun: train.py'],
    [['python', '-m', 'torch.distributed.run', 'train.py'], 'torchrun: train.py'],
    [['python3.11', '/usr/local/bin/torchrun', 'train.py'], 'torchrun: train.py'],
    [['accelerate', 'launch', 'train.py'], 'accelerate: train.py'],
    [['accelerate', 'config'], '-'],
    [['deepspeed', '--num_gpus', '2', 'train.py'], 'deepspeed: --num_gpus 2 train.py'],
    [['llamafactory-cli', 'train', 'sft.yaml'], 'llama-factory: sft.yaml'],
    [['llamafactory-cli', 'export', 'sft.yaml'], '-'],
    [['python3', '-m', 'verl.trainer.main_ppo', 'trainer.nnodes=2'], 'verl: trainer.nnodes=2'],
    [['vllm', 'serve', 'm', '--port', '80'], 'vllm: m --port 80'],
    [['vllm', 'bench'], '-'],
    [['python3', '-u', '-m', 'vllm.entrypoints.openai.api_server', '--model', 'm'], 'vllm: --model m'],
    [['python', '-W', 'ignore', '-m', 'sglang.launch_server', '--tp', '2'], 'sglang: --tp 2'],
    [['tritonserver', '--model-repository=/models'], 'triton: --model-repository=/models'],
    [['text-generation-launcher', '--model-id', 'm'], 'tgi: --model-id m'],
    [['jupyter', 'lab', '--ip=0.0.0.0'], 'jupyter: --ip=0.0.0.0'],
    [['start-notebook.sh'], 'jupyter: '],
    [['python', 'train.py', '--lr', '1e-5'], 'python: --lr 1e-5'],
    [['python', '-c', 'print(1)'], '-'],
    [['env', 'HF_HUB_OFFLINE=1', 'vllm', 'serve', 'm'], 'vllm: m'],
    [['tini', '--', 'torchrun', 'train.py'], 'torchrun: train.py'],
    [['/start.sh'], '-'],
    [[], '-'],
  ];
  for (const [command, what] of commands) {
    it(`${command.join(' ') || 'nothing'} is ${what}`, () => assert.equal(summary(command), what));
  }

  const lines: [line: string, what: string][] = [
    ['vllm serve m --port 80', 'vllm in a shell: m --port 80'],
    ['cd /app && A=1 B="x y" exec vllm serve m 2>&1 | tee log', 'vllm in a shell: m'],
    ['export A=1; torchrun \\\n  --nnodes 2 \\\n  train.py', 'torchrun in a shell: --nnodes 2 train.py'],
    ['if [ -f x ]; then\n  llamafactory-cli train a.yaml # go\nfi', 'llama-factory in a shell: a.yaml'],
    ['python prepare.py && torchrun train.py', 'torchrun in a shell: train.py'],
    ['python prepare.py; python train.py "a b"', 'python in a shell: a b'],
    ['echo "vllm serve m"', '-'],
    ['# torchrun train.py', '-'],
    ['n=$(nvidia-smi -L | wc -l) && torchrun train.py', 'torchrun in a shell: train.py'],
  ];
  for (const [line, what] of lines) {
    it(`in a line for a shell: ${JSON.stringify(line)}`, () => {
      assert.equal(summary(['sh', '-c', line]), what);
      assert.equal(summary(['/bin/bash', '-euo', 'pipefail', '-lc', line]), what);
    });
  }

  it('knows where the first argument stands among the words of command and args', () => {
    assert.equal(recognise(['python3', '-m', 'vllm.entrypoints.openai.api_server'], PLAIN, ['--model', 'm'])?.first, 3);
    assert.equal(recognise(['sh', '-c', 'vllm serve m'])?.first, undefined);
  });

  it('goes by the image where the command says nothing, and then knows arguments only where the image takes them', () => {
    assert.equal(summary([], 'vllm/vllm-openai:v0.10.0', ['--model', 'm']), 'vllm by image: --model m');
    assert.equal(summary(['/start.sh'], 'vllm/vllm-openai:v0.10.0', ['--model', 'm']), 'vllm by image: ');
    assert.equal(summary([], 'registry.example.com:5000/a/sglang@sha256:00', ['x']), 'sglang by image: ');
    assert.equal(summary([], 'lmsysorg/sglang', ['python3', '-m', 'sglang.launch_server', '--tp=2']), 'sglang: --tp=2');
    assert.equal(summary([], 'team/my-vllm-notes'), '-');
  });

  it('lists every tool once, each with a way to recognise it', () => {
    assert.equal(new Set(TOOLS.map(({ name }) => name)).size, TOOLS.length);
    for (const { name, starts, needs } of TOOLS) assert.ok(starts.length && needs.length, name);
  });

  it('never throws, whatever stands in a line, and takes little time for a long one', () => {
    const random = createRandom(7);
    const parts = [
      'vllm',
      ' ',
      'serve',
      '"',
      "'",
      '\\',
      '$(',
      ')',
      '\n',
      ';',
      '&',
      '|',
      '#',
      '<<',
      '>',
      '中',
      '\0',
      '-m',
      '=',
    ];
    for (let round = 0; round < 3000; round++) {
      const line = Array.from(
        { length: Math.floor(random() * 40) },
        () => parts[Math.floor(random() * parts.length)],
      ).join('');
      splitShell(line);
      recognise(['sh', '-c', line]);
      recognise(line.split(' '));
    }
    const begin = performance.now();
    recognise(['sh', '-c', '$('.repeat(100_000)]);
    splitShell('$('.repeat(8 * 1024));
    assert.ok(performance.now() - begin < 500);
  });
});

describe('reading arguments', () => {
  const tp = ['--tensor-parallel-size', '-tp'];
  const spelt: [words: string[], value: string | undefined][] = [
    [['--tensor-parallel-size', '2'], '2'],
    [['--tensor-parallel-size=2'], '2'],
    [['--tensor_parallel_size', '2'], '2'],
    [['-tp=2'], '2'],
    [['-tp', '4', '-tp', '2'], '2'],
    [['--tensor-parallel-size', '--port'], ''],
    [['--tensor-parallel-size'], ''],
    [['--other', '2'], undefined],
    [['tensor-parallel-size=2'], undefined],
  ];
  for (const [words, value] of spelt) {
    it(`${words.join(' ')} gives ${value ?? 'nothing'}`, () => assert.equal(flagValue(words, tp)?.value, value));
  }
  it('takes only whole numbers for numbers', () => {
    assert.equal(numberOf(flagValue(['-tp', '8'], tp)), 8);
    for (const value of ['$TP', 'auto', '2.5', '', '-1'])
      assert.equal(numberOf(flagValue(['-tp', value], tp)), undefined);
  });
  it('reads key=value where the name has no dashes', () => {
    assert.equal(flagValue(['a.yaml', 'bf16=true'], ['bf16'])?.value, 'true');
    assert.equal(flagValue(['bf16', 'true'], ['bf16']), undefined);
  });
});

describe('GPUs that a server takes', () => {
  const taken = (...words: string[]) => {
    const found = recognise(words);
    assert.ok(found);
    return gpusTaken(found);
  };
  it('multiplies the parallel sizes', () => {
    assert.equal(taken('vllm', 'serve', 'm'), 1);
    assert.equal(taken('vllm', 'serve', 'm', '-tp=4', '-pp', '2', '--data-parallel-size=2'), 16);
    assert.equal(taken('python', '-m', 'sglang.launch_server', '--tp-size', '4', '--dp', '2'), 8);
    assert.equal(taken('python', '-m', 'sglang.launch_server', '--tp', '4', '--dp', '2', '--enable-dp-attention'), 4);
  });
  it('does not guess where the command does not tell', () => {
    assert.equal(taken('vllm', 'serve', 'm', '--tensor-parallel-size', '$(TP)'), undefined);
    assert.equal(taken('vllm', 'serve', '--config', 'a.yaml'), undefined);
    assert.equal(taken('vllm', 'serve', 'm', '-tp', '16', '--distributed-executor-backend', 'ray'), undefined);
    assert.equal(taken('vllm', 'serve', 'm', '-tp', '2', '--distributed-executor-backend', 'mp'), 2);
    assert.equal(taken('text-generation-launcher', '--model-id', 'm'), undefined);
    assert.equal(taken('torchrun', 'train.py'), undefined);
  });
});

describe('arguments that are added', () => {
  const added = (gpus: number, command: string[], image = PLAIN, args: string[] = []) =>
    addedArguments(recognise(command, image, args), gpus);
  const sglang = ['python3', '-m', 'sglang.launch_server'];

  it('is the tensor-parallel size that uses all GPUs', () => {
    assert.deepEqual(added(4, ['vllm', 'serve', 'm']), ['--tensor-parallel-size', '4']);
    assert.deepEqual(added(4, sglang), ['--tp', '4']);
    assert.deepEqual(added(2, [], 'vllm/vllm-openai:v0.10.0', ['--model', 'm']), ['--tensor-parallel-size', '2']);
    assert.deepEqual(added(8, ['vllm', 'serve', 'm', '--pipeline-parallel-size=2']), ['--tensor-parallel-size', '4']);
    assert.deepEqual(added(8, [...sglang, '--dp', '2']), ['--tp', '4']);
    assert.deepEqual(added(8, [...sglang, '--dp', '8', '--enable-dp-attention']), ['--tp', '8']);
  });
  it('is nothing where the size is given, one, or not whole', () => {
    assert.deepEqual(added(4, ['vllm', 'serve', 'm', '-tp', '2']), []);
    assert.deepEqual(added(4, ['vllm', 'serve', 'm', '--tensor_parallel_size=$(TP)']), []);
    assert.deepEqual(added(1, ['vllm', 'serve', 'm']), []);
    assert.deepEqual(added(4, ['vllm', 'serve', 'm', '-dp', '4']), []);
    assert.deepEqual(added(4, ['vllm', 'serve', 'm', '-pp', '3']), []);
  });
  it('is nothing in a line for a shell, behind an own script, from a settings file, or for other tools', () => {
    assert.deepEqual(added(4, ['sh', '-c', 'vllm serve m']), []);
    assert.deepEqual(added(4, ['/start.sh'], 'vllm/vllm-openai:v0.10.0'), []);
    assert.deepEqual(added(4, ['vllm', 'serve', '--config', 'a.yaml']), []);
    assert.deepEqual(added(4, ['text-generation-launcher']), []);
    assert.deepEqual(added(4, ['/start.sh']), []);
  });
});

describe('GPU types', () => {
  const titles: [name: string, title: string | undefined][] = [
    ['a100-80g', 'A100'],
    ['A100-100G', 'A100'],
    ['NVIDIA-A100-SXM4-80GB-MIG-1g.10gb', 'A100'],
    ['Tesla-V100-SXM2-32GB', 'V100'],
    ['NVIDIA-GeForce-RTX-4090', 'RTX 4090'],
    ['rtx3090', 'RTX 3090'],
    ['NVIDIA-RTX-6000-Ada-Generation', 'RTX 6000 Ada'],
    ['NVIDIA-RTX-A6000', 'RTX A6000'],
    ['NVIDIA-H20', 'H20'],
    ['l40s', 'L40S'],
    ['Ascend910B3', undefined],
    ['big-ones', undefined],
  ];
  for (const [name, title] of titles) it(`${name} is ${title}`, () => assert.equal(gpuTypeOf(name)?.title, title));

  it('has a compute capability for NVIDIA GPUs only', () => {
    assert.equal(gpuTypeOf('a10')?.capability, 8.6);
    for (const name of ['BI-V100', 'ascend910b', 'AMD-Instinct-MI300X', 'MLU370-X8', 'P800'])
      assert.equal(gpuTypeOf(name)?.capability, undefined, name);
  });
  it('takes the memory from the name where it is one that exists, else the smallest', () => {
    assert.equal(gpuMemoryOf('a100-80g'), 80);
    assert.equal(gpuMemoryOf('A100-100G'), 40);
    assert.equal(gpuMemoryOf('Tesla-V100-SXM2-32GB'), 32);
    assert.equal(gpuMemoryOf('NVIDIA-A100-SXM4-80GB-MIG-1g.10gb'), 80);
    assert.equal(gpuMemoryOf('no-such'), undefined);
  });
  it('reads the CUDA version of an image', () => {
    assert.equal(cudaOfImage('pytorch/pytorch:2.6.0-cuda12.4-cudnn9-runtime'), 12.4);
    assert.equal(cudaOfImage('registry.example.com:5000/nvidia/cuda:11.7.1-devel-ubuntu22.04'), 11.7);
    assert.equal(cudaOfImage('team/train:2.7-cu128'), 12.8);
    assert.equal(cudaOfImage('team/train:12.4.1'), undefined);
    assert.equal(cudaOfImage('team/train'), undefined);
  });
});
