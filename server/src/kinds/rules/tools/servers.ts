import { message } from '../../../../../l10n/index.ts';
import type { Fix } from '../../../model/finding.ts';
import { flagValue, hasFlag, numberOf } from '../../../tools/flags.ts';
import { gpusTaken, type RecognisedTool, restTaken } from '../../../tools/index.ts';
import type { ParallelFlags } from '../../../tools/tool.ts';
import type { InferenceModel } from '../../inference/model.ts';
import type { JobModel, ServiceModel } from '../../kind.ts';
import type { Hit, Rule } from '../../rule.ts';
import {
  appendArguments,
  argumentPath,
  envValue,
  hasUnknownWords,
  isOneProgram,
  knownTool,
  setArgument,
  toolPath,
} from './words.ts';

const gpuKey = ({ sections: { resources = {} } }: JobModel) =>
  resources.gpu === undefined && resources.acceleratorCount !== undefined ? 'acceleratorCount' : 'gpu';

/** Behind a shell line that starts several programs, one may listen for the others, and each have some of the GPUs. */
const isOneOfSeveral = (model: JobModel, { shell }: RecognisedTool): boolean => shell && !isOneProgram(model);

/** The tensor-parallel size that uses all GPUs, given the other sizes. */
function fittingSize(words: readonly string[], parallel: ParallelFlags, gpus: number): number | undefined {
  const size = gpus / (restTaken(words, parallel) ?? Number.NaN);
  return Number.isInteger(size) ? size : undefined;
}

/** The sizes of a vLLM, SGLang or TGI server against the GPUs of one replica. */
const tensorParallel: Rule = {
  code: 'tools.tensor-parallel',
  severity: 'warning',
  about: 'sizes',
  check(model) {
    const gpus = model.demand.gpusPerPod;
    const found = knownTool(model);
    const parallel = found?.tool.parallel;
    if (!found || !parallel || gpus === 0 || model.addedArgs.length) return [];
    if (model.sections.resources?.gpuShare !== undefined || (model.kind === 'training' && model.demand.pods > 1))
      return [];
    const taken = gpusTaken(found);
    if (taken === undefined || taken === gpus || (taken < gpus && isOneOfSeveral(model, found))) return [];
    const words = found.arguments;
    if (found.shell && hasUnknownWords(words)) return [];
    const size = fittingSize(words, parallel, gpus);
    const tensor = flagValue(words, parallel.tensor);
    const args = { tool: found.tool.title, taken, gpus, flag: tensor?.flag ?? (parallel.tensor[0] as string) };
    if (!tensor && taken < gpus) {
      if (size === undefined || size < 2) return [sizes(model, found, taken, gpus)];
      const fixes = appendArguments(model, found, [args.flag, String(size)]);
      const text = message('finding.tools.tensor-parallel.left-out', { ...args, size });
      return [{ path: toolPath(model, found), message: text, fixes }];
    }
    if (!tensor) return [sizes(model, found, taken, gpus)];
    const fixes: Fix[] = size === undefined ? [] : setArgument(model, found, tensor, size);
    fixes.push({
      title: message('fix.set', { key: gpuKey(model), value: taken }),
      changes: [{ do: 'set', path: ['resources', gpuKey(model)], value: taken }],
    });
    const more = taken > gpus;
    return [
      {
        path: argumentPath(model, found, tensor),
        ...(more && { severity: 'error' as const }),
        message: message(more ? 'finding.tools.tensor-parallel.more' : 'finding.tools.tensor-parallel', args),
        fixes,
      },
    ];
  },
};

/** Pipeline and data parallelism alone take another number of GPUs. */
const sizes = (model: JobModel, found: RecognisedTool, taken: number, gpus: number): Hit => ({
  path: toolPath(model, found),
  ...(taken > gpus && { severity: 'error' as const }),
  message: message('finding.tools.tensor-parallel.sizes', { tool: found.tool.title, taken, gpus }),
});

const serviceOf = (model: JobModel): Pick<ServiceModel, 'port'> | undefined =>
  (model as JobModel & { service?: Pick<ServiceModel, 'port'> }).service;

const servicePortWritten = (model: JobModel): boolean =>
  (model.sections as { service?: { port?: unknown } }).service?.port !== undefined;

/** The port that the program listens on against the one that the service leads to. */
const portDiffers: Rule = {
  code: 'tools.port-differs',
  severity: 'warning',
  about: 'tools',
  check(model) {
    const service = serviceOf(model);
    const found = knownTool(model);
    const server = found?.tool.server;
    if (!service || !found || !server || isOneOfSeveral(model, found)) return [];
    const words = found.arguments;
    const flag = flagValue(words, server.portFlags);
    if (!flag && (hasFlag(words, ['--config', '--uds']) || (found.shell && hasUnknownWords(words)))) return [];
    if (!flag && server.portEnv && envValue(model, server.portEnv)) return [];
    if (!flag && found.tool.name === 'tgi' && found.by === 'command') return []; // 80 in its own image, 3000 elsewhere
    const port = flag ? numberOf(flag) : server.port;
    if (port === undefined || port === 0 || port === service.port) return [];
    const toService: Fix = {
      title: message('fix.set', { key: 'service.port', value: port }),
      changes: [{ do: 'set', path: ['service', 'port'], value: port }],
    };
    const toArgument = flag
      ? setArgument(model, found, flag, service.port)
      : appendArguments(model, found, [server.portFlags[0] as string, String(service.port)]);
    const path = flag
      ? argumentPath(model, found, flag)
      : servicePortWritten(model)
        ? ['service', 'port']
        : toolPath(model, found);
    const args = { tool: found.tool.title, port, service: service.port };
    const text = flag
      ? message('finding.tools.port-differs', args)
      : message('finding.tools.port-differs.default', { ...args, flag: server.portFlags[0] as string });
    return [{ path, message: text, fixes: [toService, ...toArgument] }];
  },
};

const LOCAL = new Set(['127.0.0.1', 'localhost', '::1']);

/** A server that answers only on its own machine is reached by nobody, and its health is never seen. */
const listensLocally: Rule = {
  code: 'tools.listens-locally',
  severity: 'warning',
  about: 'tools',
  check(model) {
    if (model.kind !== 'inference' && model.kind !== 'compute') return [];
    const found = knownTool(model);
    const server = found?.tool.server;
    if (!found || !server || isOneOfSeveral(model, found)) return [];
    const words = found.arguments;
    const host = flagValue(words, server.hostFlags);
    const flag = server.hostFlags[0] as string;
    if (host && LOCAL.has(host.value)) {
      const text = message('finding.tools.listens-locally', { tool: found.tool.title, host: host.value, flag });
      return [
        { path: argumentPath(model, found, host), message: text, fixes: setArgument(model, found, host, '0.0.0.0') },
      ];
    }
    if (host || !server.localOnly || hasFlag(words, ['--config']) || (found.shell && hasUnknownWords(words))) return [];
    const text = message('finding.tools.listens-locally.default', { tool: found.tool.title, flag });
    return [{ path: toolPath(model, found), message: text, fixes: appendArguments(model, found, [flag, '0.0.0.0']) }];
  },
};

const ENGINES = new Set(['vllm', 'sglang', 'triton', 'tgi']);

/** What `engine` says against what the command starts. */
const engineDiffers: Rule = {
  code: 'tools.engine-differs',
  severity: 'warning',
  about: 'tools',
  check(model) {
    if (model.kind !== 'inference') return [];
    const { engine } = model.sections as InferenceModel['sections'];
    const found = knownTool(model);
    if (!found || !engine || engine === 'custom' || !ENGINES.has(found.tool.name) || engine === found.tool.name)
      return [];
    return [
      {
        path: ['engine'],
        message: message('finding.tools.engine-differs', { engine, tool: found.tool.title }),
        fixes: [
          {
            title: message('fix.set', { key: 'engine', value: found.tool.name }),
            changes: [{ do: 'set', path: ['engine'], value: found.tool.name }],
            preferred: true,
          },
        ],
      },
    ];
  },
};

export const SERVER_RULES: readonly Rule[] = [tensorParallel, portDiffers, listensLocally, engineDiffers];
