import { type Message, message } from '../../../l10n/index.ts';
import { frameworkNamed } from '../frameworks/index.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import { type DocumentModel, isJob, type Kind } from '../kinds/kind.ts';
import { type Built, isBuiltJob } from '../kinds/manifests/built.ts';
import type { Site } from '../kinds/manifests/site.ts';
import type { Value } from '../model/canonical.ts';
import type { Path } from '../model/finding.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import { secretsIn } from '../model/secrets.ts';
import { type ManifestLine, writeManifest } from './manifestText.ts';
import { findOrigins, type Origins } from './origins.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** What becomes of an object of a document. */
export type Role = 'main' | 'owned' | 'kept' | 'applied';

/** An object as it is shown: no line holds a secret. */
export interface RenderedObject {
  role: Role;
  lines: readonly ManifestLine[];
}

/** All that a document becomes, in the order in which it is made. */
export interface RenderedDocument {
  objects: readonly RenderedObject[];
  /** What is no object: labels of nodes, and what of the document is left out. */
  notes: readonly Message[];
  /** Keys of the document that gave a line; empty where none did, or that is not known. Measured when first asked. */
  originsOf(object: number, path: Path): readonly Path[];
}

/** What a document of ours becomes at a site. Pure; `undefined` where an error keeps it from having a meaning. */
export function renderDocument({ kind, model, value }: GpuctlDocument, site: Site): RenderedDocument | undefined {
  if (!kind || !model) return undefined;
  if (isJob(model) && !frameworkNamed(model.framework)) {
    const note = message('finding.framework.not-available', { framework: model.framework });
    return { objects: [], notes: [note], originsOf: () => [] };
  }
  const built = buildDocument(kind, model, site);
  const listed = listObjects(built);
  const objects = listed.map(({ object }) => object);
  const rebuild = (changed: Value) => listObjects(kind.build(kind.toModel(changed), site)).map(({ object }) => object);
  const secrets = secretsIn(objects);
  let origins: Origins | undefined;
  return {
    objects: listed.map(({ role, object }) => ({ role, lines: writeManifest(withoutSecrets(object, secrets)) })),
    notes: notesOf(built),
    originsOf(object, path) {
      // What kind of thing the main resource is, the word after `kind` decides.
      if (listed[object]?.role === 'main' && path.length === 1 && path[0] === 'kind') return [['kind']];
      origins ??= findOrigins(value, kind.schema, objects, rebuild);
      return origins(object, path);
    },
  };
}

/** What a document becomes, by its framework where it is a job. */
export function buildDocument(kind: Kind, model: DocumentModel, site: Site): Built {
  return (isJob(model) && frameworkNamed(model.framework)?.build(model, site)) || kind.build(model, site);
}

/** The objects of a document in the order in which they are made. */
export function listObjects(built: Built): { role: Role; object: KubeObject }[] {
  const kept = built.kept.map((object) => ({ role: 'kept' as const, object }));
  if (!isBuiltJob(built)) return [...kept, ...built.applied.map((object) => ({ role: 'applied' as const, object }))];
  const { main, owned } = built;
  return [...kept, { role: 'main', object: main }, ...owned.map((object) => ({ role: 'owned' as const, object }))];
}

function notesOf(built: Built): Message[] {
  if (isBuiltJob(built)) return built.leftOut;
  const nodes = built.nodes.map(({ node, labels }) =>
    message('preview.node', {
      node,
      labels: Object.entries(labels)
        .map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`))
        .join(', '),
    }),
  );
  return [...nodes, ...built.leftOut];
}
