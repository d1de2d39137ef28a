import common from '../../../schemas/common.schema.json' with { type: 'json' };
import { type JsonSchema, SchemaSet, spellingsOfKey } from '../model/schema.ts';
import { compute } from './compute/index.ts';
import { inference } from './inference/index.ts';
import type { Kind } from './kind.ts';
import { notebook } from './notebook/index.ts';
import { pool } from './pool/index.ts';
import { quota } from './quota/index.ts';
import { training } from './training/index.ts';

/** Every kind of document. The one list: adding a kind adds a line here. */
export const KINDS = [training, inference, notebook, compute, pool, quota] as unknown as readonly Kind[];

/** Older words for a kind, which go on working. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([['resource', 'pool']]);

/** The kind of a word after `kind`, also of an older one. */
export const kindNamed = (name: string): Kind | undefined => {
  const current = OLD_NAMES.get(name) ?? name;
  return KINDS.find((kind) => kind.name === current);
};

/** Words of the dialect for `kind`, as people should write them. */
export const KIND_NAMES: readonly string[] = KINDS.map(({ name }) => name);

export const SCHEMAS = new SchemaSet(common as JsonSchema, ...KINDS.map((kind) => kind.schema));

let kindsOfKeys: Map<string, string[]> | undefined;

/**
 * Which kinds have a key, by its dotted path without list indexes, the last part in any spelling: `service.health-check` → inference,
 * compute. Made when first asked for: only a key that is wrong where it stands asks.
 */
export function kindsByKey(): ReadonlyMap<string, readonly string[]> {
  if (kindsOfKeys) return kindsOfKeys;
  const found = new Map<string, string[]>();
  for (const { name, schema } of KINDS) {
    for (const { path } of SCHEMAS.keyPaths(schema)) {
      for (const spelling of spellingsOfKey(path.at(-1) as string)) {
        const dotted = [...path.slice(0, -1), spelling].join('.');
        found.set(dotted, [...(found.get(dotted) ?? []), name]);
      }
    }
  }
  kindsOfKeys = found;
  return found;
}
