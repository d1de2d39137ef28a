import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Value } from './canonical.ts';
import type { TextRange } from './finding.ts';
import { childSchema, type JsonSchema, type SchemaSet, spellingsOfKey } from './schema.ts';
import type { YamlTree } from './yamlTree.ts';

export const SPELLINGS = ['camelCase', 'kebab-case', 'snake_case'] as const;
export type Spelling = (typeof SPELLINGS)[number];

/** A key in a spelling. */
export const spell = (key: string, spelling: Spelling): string =>
  spellingsOfKey(key)[SPELLINGS.indexOf(spelling)] ?? key;

/** A key of several words that the dialect knows, where it is written. */
export interface DialectKey {
  canonical: string;
  written: string;
  range: TextRange;
}

/** All keys of a document that have more than one spelling; the user's own (names of nodes, of variables) are not among them. */
export function dialectKeys(tree: YamlTree): DialectKey[] {
  const keys: DialectKey[] = [];
  const seen = new Set<unknown>();
  const { schemas } = tree;
  const look = (node: unknown, schema: JsonSchema | undefined, root: JsonSchema) => {
    const target = isAlias(node) ? node.resolve(tree.document) : node;
    const at = schemas.resolve(schema, root);
    if (!at || seen.has(target)) return;
    seen.add(target);
    if (isSeq(target)) for (const item of target.items) look(item, at.schema.items, at.root);
    if (!isMap(target)) return;
    const { canonical } = schemas.spellingsOf(at.schema);
    for (const { key, value } of target.items) {
      if (!isScalar(key)) continue;
      const written = String(key.source ?? key.value);
      if (written === '<<' && key.type === 'PLAIN') {
        for (const source of isSeq(value) ? value.items : [value]) look(source, at.schema, at.root);
        continue;
      }
      const known = canonical.get(written);
      if (known && spellingsOfKey(known).length > 1) {
        keys.push({ canonical: known, written, range: keyRange(key, tree.text) });
      }
      look(value, childSchema(at.schema, known ?? written), at.root);
    }
  };
  if (tree.schema) look(tree.document.contents, tree.schema, tree.schema);
  return keys;
}

/** The spelling that a document writes its keys in: that of its first key of several words. */
export function spellingOf(tree: YamlTree): Spelling {
  const written = dialectKeys(tree)[0]?.written;
  return written?.includes('_') ? 'snake_case' : written?.includes('-') ? 'kebab-case' : 'camelCase';
}

/** A value with the dialect's keys in a spelling. */
export function respell(
  value: Value,
  schema: JsonSchema | undefined,
  root: JsonSchema,
  schemas: SchemaSet,
  spelling: Spelling,
): Value {
  if (typeof value !== 'object' || value === null) return value;
  const at = schemas.resolve(schema, root);
  if (Array.isArray(value)) {
    return value.map((item) => respell(item, at?.schema.items, at?.root ?? root, schemas, spelling));
  }
  const canonical = at && schemas.spellingsOf(at.schema).canonical;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const known = canonical?.get(key);
      const inner = respell(child, childSchema(at?.schema, known ?? key), at?.root ?? root, schemas, spelling);
      return [known ? spell(known, spelling) : key, inner];
    }),
  );
}

/** The range of a key within its quotes. */
function keyRange(key: Node, text: string): TextRange {
  const [start, end] = key.range ?? [0, 0];
  const quote = /["']/.test(text[start] ?? '') ? 1 : 0;
  return { start: start + quote, end: end - quote };
}
