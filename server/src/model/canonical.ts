import { childSchema, isText, type JsonSchema, type SchemaSet } from './schema.ts';

/** A plain value with canonical keys, as the schemas describe it. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/**
 * Gives a parsed value the canonical spelling of every key that the schema knows. `undefined` means that the value has something that
 * only a look at the text can settle: a number where text is expected (its source counts), two spellings of a key, an odd type.
 */
export function toCanonical(
  value: unknown,
  schema: JsonSchema | undefined,
  root: JsonSchema,
  schemas: SchemaSet,
): Value | undefined {
  const at = schemas.resolve(schema, root);
  if (Array.isArray(value)) {
    const items: Value[] = [];
    for (const item of value) {
      const canonical = toCanonical(item, at?.schema.items, at?.root ?? root, schemas);
      if (canonical === undefined) return undefined;
      items.push(canonical);
    }
    return items;
  }
  if (typeof value === 'object' && value !== null) {
    const result: Record<string, Value> = {};
    const spellings = at && schemas.spellingsOf(at.schema).canonical;
    for (const [written, child] of Object.entries(value)) {
      const key = spellings?.get(written) ?? written;
      if (key in result || key === '__proto__') return undefined;
      if (child === null) {
        if (!at?.schema.properties) result[key] = emptyValue(at?.schema, key, root, schemas); // elsewhere it is absent
        continue;
      }
      const canonical = toCanonical(child, childSchema(at?.schema, key), at?.root ?? root, schemas);
      if (canonical === undefined) return undefined;
      result[key] = canonical;
    }
    return result;
  }
  if (typeof value === 'string' || value === null) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return isText(at?.schema) ? undefined : value;
  return undefined;
}

/** What an empty value means in a mapping of the user's own keys: an empty text where texts are expected. */
export function emptyValue(mapping: JsonSchema | undefined, key: string, root: JsonSchema, schemas: SchemaSet): Value {
  return isText(schemas.resolve(childSchema(mapping, key), root)?.schema) ? '' : null;
}
