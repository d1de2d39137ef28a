import { stringify } from 'yaml';
import { kindWord, message } from '../../../../l10n/index.ts';
import { type GpuctlDocument, readDocument } from '../../kinds/document.ts';
import { kindNamed } from '../../kinds/index.ts';
import { isJob } from '../../kinds/kind.ts';
import type { BuiltJob } from '../../kinds/manifests/built.ts';
import { OFFLINE, type Site } from '../../kinds/manifests/site.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import { isEqual } from '../difference.ts';
import { withoutDocumentSecrets } from '../source.ts';
import type { Say } from '../views.ts';
import { lostFields } from './lost.ts';
import { type ReadJob, readJob, withEnv } from './readJob.ts';
import { containerOf, templateOf } from './readPod.ts';

/** A document that was read off the resources of a job. */
export interface Rebuilt {
  /** The document, with what looks like a secret replaced by a marker. */
  text: string;
  kind: string;
  /** Fields of the resources that a submit of it would not make so. */
  lost: string[];
  /** Keys that may have stood in the document and leave nothing to see in the cluster. */
  traceless: readonly string[];
}

/** Keys that, for some of their values, change nothing in the resources; of several nodes alone: `distributed`. */
const TRACELESS: Record<string, readonly string[]> = {
  training: ['output', 'distributed', 'resources.queue', 'resources.gpuShare', 'resources.gpuType'],
  inference: ['engine', 'autoscaling', 'service.timeout', 'service.replicas', 'resources.queue', 'resources.gpuShare'],
  notebook: ['resources.queue', 'resources.gpuShare'],
  compute: ['service.timeout', 'resources.queue', 'resources.gpuShare'],
};

/** Rebuilds the document of a job from what runs, whoever made it. Pure; see `readJob` for its arguments. */
export function rebuild(main: KubeObject, parts: readonly KubeObject[], base: Site = OFFLINE): Rebuilt {
  const read = readJob(main, parts, base);
  const value = withoutOurs(read);
  const text = stringify(value, { lineWidth: 0 });
  const document = readDocument(text, 'gpuctl');
  const built = buildFrom(document, read.site);
  const lost = built ? lostFields(main, built) : [];
  const kind = String(value.kind);
  return {
    text: document ? withoutDocumentSecrets(document) : text,
    kind,
    lost: [...new Set([...read.lost, ...lost])],
    traceless: TRACELESS[kind] ?? [],
  };
}

/** The variables that a submit adds by itself are left out. */
function withoutOurs({ value, env, site }: ReadJob): ReadJob['value'] {
  const added = containerOf(templateOf(build(value, site) ?? NOTHING).spec).env ?? [];
  return withEnv(
    value,
    env.filter((one) => !added.some((known) => isEqual(known, one))),
  );
}

const NOTHING: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: '' } };
const build = (value: ReadJob['value'], site: Site): KubeObject | undefined =>
  buildFrom(readDocument(stringify(value, { lineWidth: 0 }), 'gpuctl'), site)?.main;

function buildFrom(document: GpuctlDocument | undefined, site: Site): BuiltJob | undefined {
  const { model } = document ?? {};
  return isJob(model) ? (kindNamed(model.kind)?.build(model, site) as BuiltJob) : undefined;
}

/** The document with comments that say where it comes from, and what is not in it. */
export function explained(
  { text, kind, lost, traceless }: Rebuilt,
  { metadata: { name, namespace = '' } }: KubeObject,
  cluster: string,
  say: Say,
): string {
  const lines = [
    say(message('source.rebuilt', { kind: kindWord(kind), name, namespace, cluster })),
    say(message('source.rebuilt.read')),
    ...(lost.length ? [say(message('source.rebuilt.lost')), ...lost.map((field) => `  - ${field}`)] : []),
    ...(traceless.length ? [say(message('source.rebuilt.traceless', { keys: traceless.join(', ') }))] : []),
  ];
  return `${lines.map((line) => `# ${line}\n`).join('')}${text}`;
}
