import type { GpuFeature } from './tool.ts';

/** One family of GPUs. Only NVIDIA's have a compute capability; those of others are told apart from them, no more. */
export interface GpuType {
  /** As people write it: `A100`. */
  readonly title: string;
  /** Words of a type's name, any of which means it; all words of an item in brackets have to be there. */
  readonly words: readonly (string | readonly string[])[];
  /** NVIDIA's compute capability. */
  readonly capability?: number;
  /** GB of memory of each variant, the smallest first. */
  readonly memory?: readonly number[];
}

const nvidia = (
  title: string,
  capability: number,
  memory: readonly number[],
  ...words: (string | readonly string[])[]
): GpuType => ({ title, words: words.length ? words : [title.toLowerCase()], capability, memory });
const other = (title: string, ...words: string[]): GpuType => ({ title, words });

/** The first that fits counts: other vendors have names that hold one of NVIDIA's (`BI-V100`). */
export const GPU_TYPES: readonly GpuType[] = [
  other(
    'Ascend',
    'ascend',
    'ascend910',
    'ascend910b',
    'ascend910c',
    'ascend310',
    '910a',
    '910b',
    '910c',
    '310p',
    'npu',
  ),
  other('AMD', 'amd', 'instinct', 'radeon', 'mi100', 'mi210', 'mi250', 'mi250x', 'mi300', 'mi300a', 'mi300x', 'mi325x'),
  other('AMD', 'mi350x', 'mi355x'),
  other('Hygon', 'hygon', 'dcu', 'k100', 'z100', 'z100l', 'bw1000'),
  other('Cambricon', 'cambricon', 'mlu', 'mlu290', 'mlu370', 'mlu590'),
  other('Iluvatar', 'iluvatar', 'bi', 'mr'),
  other('Kunlunxin', 'kunlun', 'kunlunxin', 'xpu', 'p800', 'r300'),
  other('MetaX', 'metax', 'c500', 'c550', 'c280', 'n260'),
  other('Moore Threads', 'mthreads', 'mtt', 'musa', 's4000', 's5000'),
  other('Enflame', 'enflame', 'gcu', 's60', 't20', 't21'),
  other('Intel', 'intel', 'gaudi', 'gaudi2', 'gaudi3', 'habana', 'arc'),
  other('Google', 'google', 'tpu'),
  other('T-Head', 'ppu', 'zw810', 'zw810e'),

  nvidia('P100', 6.0, [12, 16]),
  nvidia('P40', 6.1, [24]),
  nvidia('P4', 6.1, [8]),
  nvidia('V100', 7.0, [16, 32], 'v100', 'v100s'),
  nvidia('T4', 7.5, [16]),
  nvidia('Quadro RTX', 7.5, [24, 48], ['quadro', '6000'], ['quadro', '8000']),
  nvidia('RTX 2080 Ti', 7.5, [11], 'rtx2080ti', '2080ti', ['2080', 'ti']),
  nvidia('A100', 8.0, [40, 80]),
  nvidia('A800', 8.0, [40, 80]),
  nvidia('A30', 8.0, [24]),
  nvidia('A10', 8.6, [24], 'a10', 'a10g'),
  nvidia('A16', 8.6, [16]),
  nvidia('A2', 8.6, [16]),
  nvidia('A40', 8.6, [48]),
  nvidia('RTX A6000', 8.6, [48], 'a6000', 'rtxa6000'),
  nvidia('RTX A5000', 8.6, [24], 'a5000', 'rtxa5000'),
  nvidia('RTX 3090', 8.6, [24], 'rtx3090', '3090', '3090ti', 'rtx3090ti'),
  nvidia('RTX 3080', 8.6, [10, 12], 'rtx3080', '3080', '3080ti', 'rtx3080ti'),
  nvidia('L4', 8.9, [24]),
  nvidia('L20', 8.9, [48]),
  nvidia('L40', 8.9, [48]),
  nvidia('L40S', 8.9, [48]),
  nvidia('RTX 6000 Ada', 8.9, [48], ['6000', 'ada']),
  nvidia('RTX 4090', 8.9, [24], 'rtx4090', '4090', '4090d', 'rtx4090d'),
  nvidia('RTX 4080', 8.9, [16], 'rtx4080', '4080'),
  nvidia('H20', 9.0, [96, 141], 'h20', 'h20e', 'h20z'),
  nvidia('H100', 9.0, [80, 94]),
  nvidia('H200', 9.0, [141]),
  nvidia('H800', 9.0, [80]),
  nvidia('GH200', 9.0, [96, 144]),
  nvidia('B200', 10.0, [180, 192]),
  nvidia('GB200', 10.0, [186, 192]),
  nvidia('B300', 10.3, [288]),
  nvidia('GB300', 10.3, [288]),
  nvidia('RTX PRO 6000', 12.0, [96], ['pro', '6000']),
  nvidia('RTX 5090', 12.0, [32], 'rtx5090', '5090', '5090d', 'rtx5090d'),
];

/** Compute capabilities that have an ability: from the first on, and below the second. */
export const FEATURES: Readonly<Record<GpuFeature, { title: string; from: number; below?: number }>> = {
  bf16: { title: 'BF16', from: 8.0 },
  fp8: { title: 'FP8', from: 8.9 },
  'flash-attention-2': { title: 'FlashAttention 2', from: 8.0 },
  'flash-attention-3': { title: 'FlashAttention 3', from: 8.0, below: 10.0 },
};

/** First CUDA version whose programs run on a generation of GPUs, by the compute capability that it begins with; newest first. */
const CUDA_SINCE = [
  { capability: 10.0, cuda: 12.8 },
  { capability: 9.0, cuda: 11.8 },
];

const known = new Map<string, GpuType | undefined>();

/** The GPU that a type's name (`a100-80g`, `NVIDIA-A100-SXM4-80GB`) means; `undefined` where that is not certain. */
export function gpuTypeOf(name: string | undefined): GpuType | undefined {
  if (!name || name.length > 100) return undefined;
  if (!known.has(name)) {
    if (known.size > 1000) known.clear();
    const words = new Set(name.toLowerCase().split(/[^a-z0-9]+/));
    const has = (item: string | readonly string[]) =>
      typeof item === 'string' ? words.has(item) : item.every((word) => words.has(word));
    known.set(
      name,
      GPU_TYPES.find((type) => type.words.some(has)),
    );
  }
  return known.get(name);
}

/** GB of memory of one GPU, by its name or, where that does not say it, the smallest variant. */
export function gpuMemoryOf(name: string | undefined): number | undefined {
  const memory = gpuTypeOf(name)?.memory;
  const said = /(?:^|[^0-9.])(\d{1,3})g(?:i?b)?(?![a-z0-9])/i.exec(name ?? '')?.[1];
  return memory?.find((size) => size === Number(said)) ?? memory?.[0];
}

/** CUDA that programs for a GPU need at least; `undefined` where every version of today will do. */
export const cudaSince = (capability: number): number | undefined =>
  CUDA_SINCE.find((entry) => capability >= entry.capability)?.cuda;

/** The CUDA version that an image's tag names: `2.6.0-cuda12.4-cudnn9-runtime`, `cu124`, `nvidia/cuda:12.4.1-base`. */
export function cudaOfImage(image: string): number | undefined {
  const [name = '', tag = ''] =
    image
      .slice(image.lastIndexOf('/') + 1)
      .split('@', 1)[0]
      ?.split(':') ?? [];
  const match =
    /(?:^|[-_.])cuda-?(\d{2})\.(\d)/.exec(tag) ??
    /(?:^|[-_.])cu(\d{2})(\d)(?!\d)/.exec(tag) ??
    (name === 'cuda' ? /^(\d{2})\.(\d)/.exec(tag) : null);
  return match ? Number(`${match[1]}.${match[2]}`) : undefined;
}
