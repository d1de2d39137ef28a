import { KINDS, SCHEMAS } from '../../kinds/index.ts';
import { childSchema, type JsonSchema, spellingsOfKey } from '../../model/schema.ts';

/** How multi-word keys are spelt: camelCase, kebab-case, snake_case. */
export type Spelling = 0 | 1 | 2;

export const spell = (key: string, spelling: Spelling): string => spellingsOfKey(key)[spelling] ?? key;

let multiWord: ReadonlyMap<string, Spelling> | undefined;

/** The spelling of the first key that tells one. Words of the dialect that are spelt in one way only tell none, nor do the person's own. */
export function spellingIn(written: readonly string[]): Spelling | undefined {
  multiWord ??= collectMultiWord();
  for (const key of written) {
    const found = multiWord.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function collectMultiWord(): ReadonlyMap<string, Spelling> {
  const found = new Map<string, Spelling>();
  const seen = new Set<JsonSchema>();
  const visit = (given: JsonSchema | undefined, base: JsonSchema) => {
    const at = SCHEMAS.resolve(given, base);
    if (!at || seen.has(at.schema)) return;
    const { schema, root } = at;
    seen.add(schema);
    for (const [key, child] of Object.entries(schema.properties ?? {})) {
      const spellings = spellingsOfKey(key);
      if (spellings.length > 1) for (const [index, one] of spellings.entries()) found.set(one, index as Spelling);
      visit(child, root);
    }
    visit(schema.items, root);
    if (!schema.properties) visit(childSchema(schema, ''), root);
  };
  for (const { schema } of KINDS) visit(schema, schema);
  return found;
}
