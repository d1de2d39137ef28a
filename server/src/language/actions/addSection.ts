import { message } from '../../../../l10n/index.ts';
import type { Value } from '../../model/canonical.ts';
import { Lines } from '../../model/edits/locate.ts';
import { toTextChanges } from '../../model/edits.ts';
import type { Path } from '../../model/finding.ts';
import type { Offer, Place } from './offer.ts';

/** Sections with something to begin with, in the order in which they are offered. Which kind has which, its schema says. */
const SECTIONS: readonly { path: Path; value: Value; of?: string }[] = [
  { path: ['resources'], value: { gpu: 1, cpu: 8, memory: '32Gi' } },
  { path: ['storage'], value: { workdirs: [{ path: '/data' }] } },
  { path: ['output'], value: { dir: '/output' } },
  { path: ['deepspeed'], value: { stage: 3, offload: 'none' } },
  { path: ['distributed'], value: { network: 'auto', sameRack: 'preferred' } },
  { path: ['service'], value: { port: 8888, expose: 'cluster' }, of: 'notebook' },
  { path: ['service'], value: { replicas: 1, port: 8000, expose: 'cluster' } },
  { path: ['autoscaling'], value: { minReplicas: 1, maxReplicas: 4, targetGPUUtilization: 80 } },
  { path: ['model'], value: { source: 'Qwen/Qwen2-72B-Instruct', name: 'qwen2-72b' } },
  { path: ['nodes'], value: { 'node-1': { gpuType: 'a100-80g' } } },
  { path: ['pool', 'site'], value: { network: 'pod' } },
  { path: ['default'], value: { cpu: 32, memory: '128Gi', gpu: 4 } },
  { path: ['namespace'], value: { 'team-a': { cpu: 64, memory: '256Gi', gpu: 8 } } },
];

/** On a line of the root, or an empty one: the sections that the kind has and the document lacks. */
export function offerSections({ placed: { document }, range }: Place): Offer[] {
  const { kind, text } = document;
  const lines = new Lines(text);
  if (!kind || /^[ \t]+\S/.test(text.slice(lines.start(range.start), lines.end(range.start)))) return [];
  const tree = document.tree();
  const missing = SECTIONS.filter(
    ({ path, of = kind.name }) =>
      of === kind.name && tree.schemas.atPath(path, kind.schema)?.schema.type === 'object' && !tree.hasKey(path),
  );
  const seen = new Set<string>();
  return missing.flatMap(({ path, value }) => {
    const section = path.join('.');
    if (seen.has(section)) return [];
    seen.add(section);
    const changes = toTextChanges([{ do: 'set', path, value }], tree);
    return changes ? [{ title: message('action.add-section', { section }), changes }] : [];
  });
}
