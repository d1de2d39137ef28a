import { message } from '../../../../../l10n/index.ts';
import type { Fix } from '../../../model/finding.ts';
import { hasFlag } from '../../../tools/flags.ts';
import { gpuMemoryOf } from '../../../tools/gpus.ts';
import type { RecognisedTool } from '../../../tools/index.ts';
import type { JobModel } from '../../kind.ts';
import type { Rule } from '../../rule.ts';
import type { DeepSpeed, TrainingModel } from '../../training/model.ts';
import { appendArguments, knownTool, launchOf, replaceWords, toolPath } from './words.ts';

type Settings = Record<string, unknown>;
type Device = 'none' | 'cpu' | 'nvme';

/** The generated settings of a training; `undefined` where there are none or they are the user's own file. */
function generated(model: JobModel): DeepSpeed | undefined {
  const settings = model.kind === 'training' ? (model as TrainingModel).deepspeed : undefined;
  return settings?.generate ? settings : undefined;
}

const section = (value: unknown, key: string): Settings | undefined => {
  const found = (value as Settings | undefined)?.[key];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Settings) : undefined;
};

/** What is in force: the user's own settings win over stage and offload. */
function inForce({ stage, offload, config }: DeepSpeed): { stage: number; optimizer: Device; parameters: Device } {
  const zero = section(config, 'zero_optimization');
  const device = (key: string, otherwise: Device) => {
    const own = zero && key in zero ? (section(zero, key)?.device ?? 'none') : otherwise;
    return own === 'cpu' || own === 'nvme' ? own : 'none';
  };
  const level = Number(zero?.stage ?? stage);
  return {
    stage: level,
    optimizer: device('offload_optimizer', level > 0 ? offload : 'none'),
    parameters: device('offload_param', level === 3 ? offload : 'none'),
  };
}

/** The launcher over several nodes needs ssh between them; torchrun needs nothing. */
const launcherNodes: Rule = {
  code: 'deepspeed.launcher-nodes',
  severity: 'error',
  about: 'tools',
  check(model) {
    const found = knownTool(model);
    const nodes = model.demand.pods;
    if (model.kind !== 'training' || nodes < 2 || found?.tool.name !== 'deepspeed') return [];
    if (hasFlag(found.arguments, ['--no-ssh'])) return [];
    const text = message('finding.deepspeed.launcher-nodes', { nodes });
    return [{ path: toolPath(model, found), message: text, fixes: torchrunForm(model, found) }];
  },
};

/** `deepspeed --num_gpus 4 train.py …` as `torchrun train.py …`: gpuctl tells torchrun of nodes and processes by the environment. */
function torchrunForm(model: JobModel, found: RecognisedTool): Fix[] {
  const { first, program, arguments: words } = found;
  const { script, own } = launchOf(found);
  if (first === undefined || script >= words.length) return [];
  const start = ['torchrun', ...(hasFlag(own, ['--module', '-m']) ? ['-m'] : [])];
  const changes = replaceWords(model, first - program.length, first + script, start);
  return [{ title: message('fix.start-with', { start: [...start, words[script]].join(' ') }), changes }];
}

/** Trainers that see the settings only if an argument names them. */
const notPassed: Rule = {
  code: 'deepspeed.not-passed',
  severity: 'warning',
  about: 'tools',
  check(model) {
    const found = knownTool(model);
    if (model.kind !== 'training' || !(model as TrainingModel).deepspeed || !found) return [];
    const isFactory = found.tool.name === 'llama-factory';
    if (!isFactory && found.tool.name !== 'deepspeed') return [];
    // Whatever the argument is called, it says `deepspeed` or `ds_config`.
    if (found.arguments.some((word) => /deepspeed|ds_?config|zero\d/i.test(word))) return [];
    if (found.shell && (isFactory ? false : found.arguments.some((word) => /^\$(?!\()/.test(word)))) return [];
    const words =
      isFactory && usesFile(found) ? ['deepspeed=$(DEEPSPEED_CONFIG)'] : ['--deepspeed', '$(DEEPSPEED_CONFIG)'];
    const path = toolPath(model, found);
    const fixes = appendArguments(model, found, words);
    const argument = words.join(' ');
    return isFactory
      ? [{ path, message: message('finding.deepspeed.not-passed', { tool: found.tool.title, argument }), fixes }]
      : [
          {
            path,
            severity: 'information',
            message: message('finding.deepspeed.not-passed.script', { argument }),
            fixes,
          },
        ];
  },
};

/** LLaMA-Factory takes `key=value` behind a settings file, and `--key value` without one. */
const usesFile = ({ arguments: words }: RecognisedTool): boolean => /\.(?:ya?ml|json)$/.test(words[0] ?? '');

/** With one GPU there is nothing to split. */
const oneGpu: Rule = {
  code: 'deepspeed.one-gpu',
  severity: 'information',
  about: 'sizes',
  check(model) {
    const settings = generated(model);
    if (!settings || model.demand.gpusPerPod * model.demand.pods !== 1) return [];
    const { stage, optimizer, parameters } = inForce(settings);
    if (!(stage >= 1) || optimizer !== 'none' || parameters !== 'none') return [];
    return [
      {
        path: ['deepspeed', 'stage'],
        message: message('finding.deepspeed.one-gpu', { stage }),
        fixes: [
          {
            title: message('fix.set', { key: 'deepspeed.offload', value: 'cpu' }),
            changes: [{ do: 'set', path: ['deepspeed', 'offload'], value: 'cpu' }],
          },
        ],
      },
    ];
  },
};

/** What can be offloaded depends on the stage: nothing at 0, parameters and NVMe only at 3. */
const offloadStage: Rule = {
  code: 'deepspeed.offload-stage',
  severity: 'warning',
  about: 'tools',
  check(model) {
    const settings = generated(model);
    if (!settings) return [];
    const { config, offload } = settings;
    const zero = section(config, 'zero_optimization');
    const stage = Number(zero?.stage ?? settings.stage);
    const toStage = (value: number): Fix[] =>
      zero?.stage === undefined
        ? [
            {
              title: message('fix.set', { key: 'deepspeed.stage', value }),
              changes: [{ do: 'set', path: ['deepspeed', 'stage'], value }],
            },
          ]
        : [];
    if (offload !== 'none' && stage === 0) {
      const text = message('finding.deepspeed.offload-stage.none', { offload });
      return [{ path: ['deepspeed', 'offload'], message: text, fixes: toStage(offload === 'cpu' ? 2 : 3) }];
    }
    if (offload === 'nvme' && stage < 3 && !zero?.offload_optimizer) {
      const text = message('finding.deepspeed.offload-stage.nvme', { stage });
      return [{ path: ['deepspeed', 'offload'], message: text, fixes: toStage(3) }];
    }
    if (stage < 3 && inForce(settings).parameters !== 'none') {
      const path = ['deepspeed', 'config', 'zero_optimization', 'offload_param'];
      return [{ path, at: 'key', message: message('finding.deepspeed.offload-stage', { stage }), fixes: toStage(3) }];
    }
    return [];
  },
};

/** Bytes that mixed-precision training with Adam keeps for each parameter: weights and gradients in 16 bits, the rest in 32. */
const BYTES_PER_PARAMETER = 16;
const GB = 1e9;

/** What leaves the GPUs has to fit into the memory of the job. */
const offloadMemory: Rule = {
  code: 'deepspeed.offload-memory',
  severity: 'information',
  about: 'sizes',
  check(model) {
    const settings = generated(model);
    const { gpusPerPod: gpus, memoryBytes: bytes, pods, gpuType } = model.demand;
    if (!settings || gpus === 0 || inForce(settings).optimizer !== 'cpu') return [];
    const path = ['deepspeed', 'offload'];
    if (bytes === undefined) {
      const params = { bytes: BYTES_PER_PARAMETER, example: (7 * BYTES_PER_PARAMETER) / pods };
      return [{ path, message: message('finding.deepspeed.offload-memory.unset', params) }];
    }
    const each = gpuMemoryOf(gpuType) ?? 16;
    if (bytes >= gpus * each * GB) return [];
    const billions = (of: number) => Number((of / BYTES_PER_PARAMETER / GB).toPrecision(2));
    return [
      {
        path: ['resources', 'memory'],
        message: message('finding.deepspeed.offload-memory', {
          memory: String(model.memory),
          gpus: gpus * pods,
          bytes: BYTES_PER_PARAMETER,
          room: billions(bytes * pods),
          onGpus: billions(gpus * each * GB * pods),
          each,
        }),
      },
    ];
  },
};

export const DEEPSPEED_RULES: readonly Rule[] = [launcherNodes, notPassed, oneGpu, offloadStage, offloadMemory];
