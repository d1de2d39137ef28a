import { message } from '../../../../../l10n/index.ts';
import type { Fix } from '../../../model/finding.ts';
import type { JobModel } from '../../kind.ts';
import type { Hit, Rule } from '../../rule.ts';
import { envValue, type FoundEnv, knownTool } from './words.ts';

const removal = (name: string, { entry }: FoundEnv): Fix => ({
  title: message('fix.remove', { key: name }),
  changes: [{ do: 'remove', path: entry }],
});

/** Which GPUs a job sees is decided where it is placed; by hand it gets those of others, or too few. */
const visibleDevices: Rule = {
  code: 'gpu.visible-devices',
  severity: 'warning',
  about: 'tools',
  check(model) {
    const gpus = model.demand.gpusPerPod;
    const hits: Hit[] = [];
    const runtime = envValue(model, 'NVIDIA_VISIBLE_DEVICES');
    if (runtime && !/^(?:|void|none)$/.test(runtime.value ?? '')) {
      const text = message('finding.gpu.visible-devices', { value: runtime.value ?? '…' });
      const fix: Fix = { ...removal('NVIDIA_VISIBLE_DEVICES', runtime), preferred: true };
      hits.push({ path: runtime.path, message: text, fixes: [fix] });
    }
    const cuda = envValue(model, 'CUDA_VISIBLE_DEVICES');
    const value = cuda?.value?.trim();
    if (!cuda || value === undefined || value.includes('$') || gpus === 0) return hits;
    const devices = value.split(',').map((device) => device.trim());
    const seen = new Set(devices.filter((device) => /^\d+$/.test(device) && Number(device) < gpus)).size;
    if (seen === gpus) return hits;
    const text = message('finding.gpu.visible-devices.cuda', { value, gpus, seen });
    hits.push({ path: cuda.path, message: text, fixes: [removal('CUDA_VISIBLE_DEVICES', cuda)] });
    return hits;
  },
};

/** Values by which the nodes of a job find each other: what gpuctl would set, or `undefined` for one that differs from node to node. */
function rendezvousOf(model: JobModel): readonly (readonly [name: string, right: (value: string) => boolean])[] {
  const { pods, gpusPerPod } = model.demand;
  const never = () => false;
  const first = (value: string) => value.startsWith(`${model.name}-0`);
  return [
    ['NODE_RANK', never],
    ['PET_NODE_RANK', never],
    ['MASTER_ADDR', first],
    ['PET_MASTER_ADDR', first],
    ['NNODES', (value) => value === String(pods)],
    ['PET_NNODES', (value) => value === String(pods)],
    ['NPROC_PER_NODE', (value) => value === String(Math.max(1, gpusPerPod))],
    ['PET_NPROC_PER_NODE', (value) => value === String(Math.max(1, gpusPerPod)) || /^(?:gpu|auto)$/.test(value)],
  ];
}

/** The user's own value wins, so one that is wrong for the other nodes keeps them from finding each other. */
const rendezvous: Rule = {
  code: 'tools.rendezvous-env',
  severity: 'information',
  about: 'tools',
  check(model) {
    const nodes = model.demand.pods;
    if (model.kind !== 'training' || nodes < 2) return [];
    return rendezvousOf(model).flatMap(([name, right]): Hit[] => {
      const found = envValue(model, name);
      if (!found || found.value === undefined || found.value.includes('$(') || right(found.value)) return [];
      const text = message('finding.tools.rendezvous-env', { name, value: found.value, nodes });
      return [{ path: found.path, message: text, fixes: [removal(name, found)] }];
    });
  },
};

/** Images of which it is known what they hold not; the name is that of the image without its registry. */
const PLAIN_IMAGES: readonly { image: RegExp; holds: readonly string[] }[] = [
  { image: /^(?:library\/)?(?:ubuntu|debian|alpine|busybox|centos|rockylinux|fedora)$/, holds: [] },
  { image: /^nvidia\/cuda$/, holds: [] },
  { image: /^(?:library\/)?python$/, holds: ['python'] },
  { image: /^pytorch\/pytorch$/, holds: ['python', 'torchrun'] },
  { image: /^vllm\/vllm-openai$/, holds: ['python', 'torchrun', 'vllm', 'ray', 'accelerate'] },
  { image: /^lmsysorg\/sglang$/, holds: ['python', 'torchrun', 'sglang', 'ray', 'accelerate', 'vllm'] },
  { image: /^huggingface\/text-generation-inference$/, holds: ['python', 'torchrun', 'text-generation-launcher'] },
];
/** Commands that put more into the image before the tool starts. */
const INSTALLS = /\b(?:pip3?|conda|mamba|uv|apt|apt-get|apk|yum|dnf|poetry)\s+(?:\S+\s+){0,6}?(?:install|add|sync)\b/;

/** An image that is known not to hold the program. */
const imageLacks: Rule = {
  code: 'tools.image-lacks',
  severity: 'information',
  about: 'tools',
  check(model) {
    const { image, command, args } = model.environment;
    const found = knownTool(model);
    if (!found || found.by === 'image') return [];
    const name = withoutRegistry(image);
    const plain = PLAIN_IMAGES.find((entry) => entry.image.test(name));
    if (!plain || found.program[0]?.includes('/')) return []; // a program at a path of its own comes from a mounted directory
    const missing = found.tool.needs.filter((need) => !plain.holds.includes(need));
    if (!missing.length || INSTALLS.test([...command, ...args].join(' '))) return [];
    const text = message('finding.tools.image-lacks', { image: name, missing: missing.join(', ') });
    return [{ path: ['environment', 'image'], message: text }];
  },
};

/** An image's name without registry, tag and digest. */
function withoutRegistry(image: string): string {
  const parts = (image.split('@', 1)[0] as string).split('/');
  if (parts.length > 1 && /[.:]|^localhost$/.test(parts[0] as string)) parts.shift();
  return parts.join('/').replace(/:[^/]*$/, '');
}

/** `[torchrun train.py]`: a list of one item that was meant as several. */
const oneWord: Rule = {
  code: 'command.one-word',
  severity: 'warning',
  about: 'tools',
  check({ environment: { command } }) {
    const word = command[0] ?? '';
    const words = word.split(' ');
    const isPlain = /^[\w./-]+(?: [\w.,:=@%+/-]+)+$/.test(word);
    if (command.length !== 1 || !isPlain) return [];
    const path = ['environment', 'command'];
    const fix = {
      title: message('fix.split-words'),
      changes: [{ do: 'set' as const, path, value: words }],
      preferred: true,
    };
    const text = message('finding.command.one-word', { word, words: words.join(', ') });
    return [{ path: [...path, 0], message: text, fixes: [fix] }];
  },
};

export const ENVIRONMENT_RULES: readonly Rule[] = [oneWord, visibleDevices, rendezvous, imageLacks];
