import { message } from '../../../../../l10n/index.ts';
import { flagValue, hasFlag, numberOf } from '../../../tools/flags.ts';
import type { RecognisedTool } from '../../../tools/index.ts';
import type { JobModel } from '../../kind.ts';
import type { Hit, Rule } from '../../rule.ts';
import {
  addEnv,
  argumentPath,
  envValue,
  hasUnknownWords,
  isOneProgram,
  knownTool,
  launchOf,
  replaceWords,
  saidBy,
  setArgument,
  toolPath,
} from './words.ts';

/** Arguments by which a script is told of several GPUs, so that it may well start its processes itself. */
const OF_SEVERAL = /gpu|device|nproc|num.?proc|world|parallel|strategy|accelerator|ray|ddp|fsdp|dist|(?:^|[-_.])tp/i;
/** Scripts that start processes themselves, or that spread one model over the GPUs, as those that only run it commonly do. */
const STARTS_OTHERS =
  /launch|spawn|ray|dist|ddp|fsdp|multi|parallel|infer|generat|eval|predict|vllm|sglang|serve|merge|convert|quanti|export/i;

/** A training that starts one process on a node where it has several GPUs. */
const oneProcess: Rule = {
  code: 'tools.one-process',
  severity: 'warning',
  about: 'sizes',
  check(model) {
    const gpus = model.demand.gpusPerPod;
    const found = knownTool(model);
    if (model.kind !== 'training' || gpus < 2 || !found) return [];
    if (found.shell && (hasUnknownWords(found.arguments) || !isOneProgram(model))) return [];
    const isScript = found.tool.name === 'python';
    if (isScript ? startsOthers(found) : !startsOne(model, found)) return [];
    const start = `torchrun --nproc-per-node=${gpus}`;
    const text = isScript
      ? message('finding.tools.one-process', { script: found.program.at(-1) as string, gpus, start })
      : message('finding.tools.one-process.torchrun', { gpus, start });
    const doubt = isScript ? ({ severity: 'information' } as const) : {};
    return [{ path: toolPath(model, found), ...doubt, message: text, ...fixOf(model, found, gpus, start) }];
  },
};

const startsOthers = ({ program, arguments: words }: RecognisedTool): boolean =>
  STARTS_OTHERS.test(program.at(-1) as string) ||
  words.some((word) => /^(?:-|\+*[\w./-]+=)/.test(word) && OF_SEVERAL.test(word));

/** Whether a launcher is left to start one process: torchrun without a number, which gpuctl gives only to jobs of several nodes. */
function startsOne(model: JobModel, found: RecognisedTool): boolean {
  const { launcher } = found.tool;
  if (launcher?.starts !== 'one' || model.demand.pods > 1) return false;
  return saidBy(model, launchOf(found).own, launcher.perNode, launcher.perNodeEnv) === undefined;
}

function fixOf(model: JobModel, found: RecognisedTool, gpus: number, start: string): Pick<Hit, 'fixes'> {
  const { first, program, tool } = found;
  if (first === undefined) return {};
  const number = `--nproc-per-node=${gpus}`;
  const words = tool.name === 'python' ? ['torchrun', number, program.at(-1) as string] : [...program, number];
  const changes = replaceWords(model, first - program.length, first, words);
  return { fixes: [{ title: message('fix.start-with', { start }), changes }] };
}

/** The number of processes that a launcher is told to start against the GPUs of a node. */
const processes: Rule = {
  code: 'tools.processes',
  severity: 'warning',
  about: 'sizes',
  check(model) {
    const { gpusPerPod: gpus, pods: nodes } = model.demand;
    const found = knownTool(model);
    const launcher = found?.tool.launcher;
    if (model.kind !== 'training' || !found || !launcher || gpus === 0) return [];
    const { own } = launchOf(found);
    const perNode = flagValue(own, launcher.perNode);
    const total = flagValue(own, launcher.total);
    const flag = perNode ?? total;
    const wanted = perNode ? gpus : gpus * nodes;
    const count = numberOf(flag);
    if (!flag || !count || count === wanted || (count < wanted && found.shell && !isOneProgram(model))) return [];
    const more = count > wanted;
    const args = { argument: flag.flag, count, gpus: wanted };
    return [
      {
        path: argumentPath(model, found, flag),
        ...(more && { severity: 'error' as const }),
        message: message(more ? 'finding.tools.processes.more' : 'finding.tools.processes', args),
        fixes: setArgument(model, found, flag, wanted),
      },
    ];
  },
};

/** The number of nodes that a launcher is told against `nodeCount`. */
const nodes: Rule = {
  code: 'tools.nodes',
  severity: 'warning',
  about: 'sizes',
  check(model) {
    const found = knownTool(model);
    const launcher = found?.tool.launcher;
    if (model.kind !== 'training' || !found || !launcher || found.tool.name === 'deepspeed') return [];
    const flag = flagValue(launchOf(found).own, launcher.nodes);
    const count = numberOf(flag);
    const actual = model.demand.pods;
    if (!flag || !count || count === actual) return [];
    const more = count > actual;
    const args = { argument: flag.flag, count, nodes: actual };
    return [
      {
        path: argumentPath(model, found, flag),
        ...(more && { severity: 'error' as const }),
        message: message(more ? 'finding.tools.nodes.more' : 'finding.tools.nodes', args),
        fixes: setArgument(model, found, flag, actual),
      },
    ];
  },
};

/** Over several nodes, arguments that keep each node to itself or make all of them the same one. */
const notTogether: Rule = {
  code: 'tools.nodes-apart',
  severity: 'warning',
  about: 'tools',
  check(model) {
    const found = knownTool(model);
    const launcher = found?.tool.launcher;
    const { pods } = model.demand;
    if (model.kind !== 'training' || pods < 2 || !found || !launcher || found.tool.name === 'deepspeed') return [];
    const { own } = launchOf(found);
    const hits: Hit[] = [];
    const without = (flag: NonNullable<ReturnType<typeof flagValue>>, length: number): Pick<Hit, 'fixes'> => {
      if (found.first === undefined) return {};
      const from = found.first + flag.index;
      const changes = replaceWords(model, from, from + length, []);
      return { fixes: [{ title: message('fix.remove', { key: flag.flag }), changes }] };
    };
    const alone = flagValue(own, launcher.alone);
    if (alone) {
      const text = message('finding.tools.nodes-apart.alone', { argument: alone.flag, nodes: pods });
      const path = argumentPath(model, found, { ...alone, joined: true });
      hits.push({ path, message: text, ...without({ ...alone, joined: true }, 1) });
    }
    const rank = flagValue(own, launcher.nodeRank);
    const address = flagValue(own, launcher.address);
    for (const [flag, wrong] of [
      [rank, numberOf(rank) !== undefined],
      [address, /^(?:127\.|localhost$)/.test(address?.value ?? '')],
    ] as const) {
      if (!flag || !wrong) continue;
      const text = message('finding.tools.nodes-apart', { argument: `${flag.flag} ${flag.value}`, nodes: pods });
      hits.push({ path: argumentPath(model, found, flag), message: text, ...without(flag, flag.joined ? 1 : 2) });
    }
    if (found.tool.name === 'accelerate') hits.push(...accelerateAlone(model, found, own, pods));
    return hits;
  },
};

/** Accelerate reads none of the variables by which other launchers know of the other nodes. */
function accelerateAlone(model: JobModel, found: RecognisedTool, own: readonly string[], pods: number): Hit[] {
  const launcher = found.tool.launcher as NonNullable<RecognisedTool['tool']['launcher']>;
  const told = [...launcher.nodes, ...(launcher.settings ?? []), ...launcher.address];
  if (hasFlag(own, told) || (found.shell && hasUnknownWords(found.arguments))) return [];
  const words = [
    `--num_machines=${pods}`,
    '--machine_rank=$(NODE_RANK)',
    '--main_process_ip=$(MASTER_ADDR)',
    '--main_process_port=$(MASTER_PORT)',
    ...(hasFlag(own, launcher.total) ? [] : [`--num_processes=${pods * Math.max(1, model.demand.gpusPerPod)}`]),
  ];
  const { first } = found;
  const fixes =
    first === undefined
      ? []
      : [
          {
            title: message('fix.add-argument', { argument: `--num_machines=${pods} …` }),
            changes: replaceWords(model, first, first, words),
          },
        ];
  const text = message('finding.tools.nodes-apart.accelerate', { nodes: pods });
  return [{ path: toolPath(model, found), message: text, fixes }];
}

const isOn = (value: string | undefined): boolean => /^(?:1|true|y)$/i.test(value ?? '');

/** LLaMA-Factory starts torchrun by itself only where it sees several GPUs. */
const forceTorchrun: Rule = {
  code: 'tools.force-torchrun',
  severity: 'warning',
  about: 'tools',
  check(model) {
    const found = knownTool(model);
    const { gpusPerPod: gpus, pods } = model.demand;
    if (model.kind !== 'training' || found?.tool.name !== 'llama-factory' || gpus !== 1) return [];
    const text = [...model.environment.command, ...model.environment.args].join(' ');
    const others = ['FORCE_TORCHRUN', 'USE_RAY', 'USE_KT', 'USE_MCA', 'USE_MEGATRON_BRIDGE'];
    if (others.some((name) => isOn(envValue(model, name)?.value) || text.includes(`${name}=`))) return [];
    const deepspeed = saidBy(model, found.arguments, ['deepspeed', '--deepspeed']) !== undefined;
    if (pods < 2 && !deepspeed) return [];
    return [
      {
        path: toolPath(model, found),
        message:
          pods > 1
            ? message('finding.tools.force-torchrun.nodes', { nodes: pods })
            : message('finding.tools.force-torchrun'),
        fixes: [{ ...addEnv(model, 'FORCE_TORCHRUN', '1'), preferred: true }],
      },
    ];
  },
};

export const LAUNCHER_RULES: readonly Rule[] = [oneProcess, processes, nodes, notTogether, forceTorchrun];
