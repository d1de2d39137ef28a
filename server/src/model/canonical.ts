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
      if (key in result || key === '__proto__' || (!at?.schema.properties && mayBeRespelt(key))) return undefined;
      if (child === null) {
        const empty = emptyValue(at?.schema, key, at?.root ?? root, schemas);
        if (empty !== undefined) result[key] = empty;
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

/** Whether a fast parser may have written a key of the person's own anew: `012` comes as `12`, `~` as `null`. */
const mayBeRespelt = (key: string): boolean => String(Number(key)) === key || /^(?:true|false|null)$/.test(key);

/**
 * What an empty value means. In a mapping of the person's own keys: an empty text where texts are expected, else `null`. For a key of
 * the dialect: that it is absent (`undefined`), unless it may not be empty (`minLength`); then it is an empty text, which is wrong.
 */
export function emptyValue(
  mapping: JsonSchema | undefined,
  key: string,
  root: JsonSchema,
  schemas: SchemaSet,
): Value | undefined {
  const at = schemas.resolve(childSchema(mapping, key), root)?.schema;
  if (mapping?.properties) return at?.minLength ? '' : undefined;
  return isText(at) ? '' : null;
}
