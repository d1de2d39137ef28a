import { message } from '../../../../../l10n/index.ts';
import type { Fix, Path } from '../../../model/finding.ts';
import { type FlagValue, flagValue } from '../../../tools/flags.ts';
import { cudaOfImage, cudaSince, FEATURES, gpuTypeOf } from '../../../tools/gpus.ts';
import { imageName, type RecognisedTool } from '../../../tools/index.ts';
import type { FeatureUse, GpuFeature } from '../../../tools/tool.ts';
import type { JobModel } from '../../kind.ts';
import type { Hit, Rule } from '../../rule.ts';
import type { TrainingModel } from '../../training/model.ts';
import { argumentPath, envValue, knownTool, setArgument, wordPath } from './words.ts';

interface KnownGpu {
  title: string;
  capability: number;
}

/** The GPU that a job asks for by type, where its abilities are known. */
function gpuOf(model: JobModel): KnownGpu | undefined {
  if (model.demand.gpusPerPod === 0) return undefined;
  const type = gpuTypeOf(model.demand.gpuType);
  return type?.capability === undefined ? undefined : { title: type.title, capability: type.capability };
}

const lacks = ({ capability }: KnownGpu, feature: GpuFeature): boolean => {
  const { from, below = Number.POSITIVE_INFINITY } = FEATURES[feature];
  return capability < from || capability >= below;
};

const asText = (capability: number): string => capability.toFixed(1);

/** One use of an ability that a document asks for. */
interface Asked {
  use: Pick<FeatureUse, 'without' | 'refusesBelow'>;
  feature: GpuFeature;
  /** What asks for it, as it is written. */
  written: string;
  path: Path;
  tool: string;
  fixes: readonly Fix[];
}

/** Everything in command and environment that asks for an ability of the GPU. */
function asked(model: JobModel, found: RecognisedTool): Asked[] {
  const tool = found.tool.launcher || found.tool.name === 'python' ? 'PyTorch' : found.tool.title;
  return (found.tool.features ?? []).flatMap((use): Asked[] => {
    const base = { use, feature: use.feature, tool };
    const flag = flagValue(found.arguments, use.flags);
    if (flag && asksFor(use, flag)) {
      const written =
        flag.value && !isBare(use, flag) ? `${flag.flag}${flag.joined ? '=' : ' '}${flag.value}` : flag.flag;
      const path = isBare(use, flag) ? barePath(model, found, flag) : argumentPath(model, found, flag);
      return [{ ...base, written, path, fixes: insteadOf(model, found, use, flag) }];
    }
    const env = use.env === undefined || flag ? undefined : envValue(model, use.env);
    if (!env || !use.values.includes(env.value?.toLowerCase() ?? '')) return [];
    return [{ ...base, written: `${use.env}=${env.value}`, path: env.path, fixes: [] }];
  });
}

const isBare = (use: FeatureUse, flag: FlagValue): boolean =>
  use.bare === true && !flag.joined && !use.values.includes(flag.value.toLowerCase());

/** A bare argument may be followed by `False`, or by a word that belongs to something else. */
const asksFor = (use: FeatureUse, flag: FlagValue): boolean =>
  use.values.includes(flag.value.toLowerCase()) || (isBare(use, flag) && !/^(?:false|no|0)$/i.test(flag.value));

const barePath = (model: JobModel, found: RecognisedTool, flag: FlagValue): Path =>
  argumentPath(model, found, { ...flag, joined: true });

function insteadOf(model: JobModel, found: RecognisedTool, use: FeatureUse, flag: FlagValue): Fix[] {
  const { instead } = use;
  if (instead === undefined || found.first === undefined) return [];
  const isName = use.bare === true || (!flag.flag.startsWith('-') && use.values.includes('true'));
  if (!isName) return setArgument(model, found, flag, instead);
  const text = flag.joined ? `${instead}=${flag.value}` : instead;
  const path = wordPath(model, found.first + flag.index);
  return [{ title: message('fix.argument', { argument: text }), changes: [{ do: 'set', path, value: text }] }];
}

/** DeepSpeed settings that ask for BF16 by name. */
function askedBySettings(model: JobModel): Asked[] {
  const settings = model.kind === 'training' ? (model as TrainingModel).deepspeed : undefined;
  const bf16 = settings?.config.bf16 as { enabled?: unknown } | undefined;
  if (bf16?.enabled !== true) return [];
  const path = ['deepspeed', 'config', 'bf16'];
  const fixes: Fix[] =
    settings?.config.fp16 === undefined
      ? [{ title: message('fix.argument', { argument: 'fp16' }), changes: [{ do: 'rename', path, to: 'fp16' }] }]
      : [];
  const use = { without: 'depends' } as const;
  const written = 'bf16.enabled: true';
  return [{ use, feature: 'bf16', written, path: [...path, 'enabled'], tool: 'DeepSpeed', fixes }];
}

function featureRule(code: 'gpu.no-bf16' | 'gpu.no-fp8' | 'gpu.no-flash-attention', features: GpuFeature[]): Rule {
  return {
    code,
    severity: 'warning',
    about: 'tools',
    check(model) {
      const gpu = gpuOf(model);
      if (!gpu || !features.some((feature) => lacks(gpu, feature))) return [];
      const found = knownTool(model);
      const uses = [...(found ? asked(model, found) : []), ...askedBySettings(model)];
      return uses
        .filter(({ feature }) => features.includes(feature) && lacks(gpu, feature))
        .map((one) => lackHit(code, one, gpu));
    },
  };
}

function lackHit(code: 'gpu.no-bf16' | 'gpu.no-fp8' | 'gpu.no-flash-attention', one: Asked, gpu: KnownGpu): Hit {
  const { use, feature, written, path, tool, fixes } = one;
  const { title, from, below } = FEATURES[feature];
  const refuses = use.without === 'refuses' || gpu.capability < (use.refusesBelow ?? 0);
  const needs = below !== undefined && gpu.capability >= below ? `< ${asText(below)}` : `≥ ${asText(from)}`;
  const args = { argument: written, gpu: gpu.title, feature: title, has: asText(gpu.capability), needs, tool };
  const severity = refuses ? 'error' : use.without === 'slower' ? 'information' : 'warning';
  const said = refuses
    ? message(`finding.${code}.refused`, args)
    : message(use.without === 'slower' ? 'finding.gpu.no-fp8.slower' : `finding.${code}`, args);
  return { path, severity, message: said, fixes };
}

/** GPUs that a tool does not run on at all. */
const tooOld: Rule = {
  code: 'gpu.too-old',
  severity: 'warning',
  about: 'tools',
  check(model) {
    const gpu = gpuOf(model);
    const found = knownTool(model);
    const needs = found?.tool.minCapability;
    if (!gpu || !found || needs === undefined || gpu.capability >= needs) return [];
    const args = { tool: found.tool.title, gpu: gpu.title, has: asText(gpu.capability), needs: asText(needs) };
    return [{ path: ['resources', 'gpuType'], message: message('finding.gpu.too-old', args) }];
  },
};

/** Images that are older than the GPU: their CUDA has no programs for it. */
const imageTooOld: Rule = {
  code: 'gpu.image-too-old',
  severity: 'warning',
  about: 'tools',
  check(model) {
    const gpu = gpuOf(model);
    if (!gpu) return [];
    const { image } = model.environment;
    const path = ['environment', 'image'];
    const args = { gpu: gpu.title, has: asText(gpu.capability) };
    const needs = cudaSince(gpu.capability);
    const cuda = needs && cudaOfImage(image);
    if (cuda !== undefined && needs !== undefined && cuda < needs) {
      const text = message('finding.gpu.image-too-old', { ...args, cuda: cuda.toFixed(1), needs: needs.toFixed(1) });
      return [{ path, message: text }];
    }
    const tool = model.tool?.tool;
    const since = tool?.knowsSince?.find(({ capability }) => gpu.capability >= capability);
    const version = /:v(\d+)\.(\d+)\.(\d+)(?:\.post\d+)?$/.exec(image)?.slice(1).map(Number);
    if (!tool || !since || !version || !tool.startedByImage?.test(imageName(image))) return [];
    if (!isBefore(version, since.version)) return [];
    const versions = { tool: tool.title, version: version.join('.'), needs: since.version.join('.') };
    return [{ path, message: message('finding.gpu.image-too-old.tool', { ...args, ...versions }) }];
  },
};

function isBefore(version: readonly number[], other: readonly number[]): boolean {
  for (const [index, part] of other.entries()) {
    const own = version[index] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
}

export const GPU_RULES: readonly Rule[] = [
  featureRule('gpu.no-bf16', ['bf16']),
  featureRule('gpu.no-fp8', ['fp8']),
  featureRule('gpu.no-flash-attention', ['flash-attention-2', 'flash-attention-3']),
  tooOld,
  imageTooOld,
];
