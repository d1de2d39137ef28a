/**
 * Schemas for other editors and for CI, each complete in its file, in a form that all of them read (draft 07). They also take what
 * gpuctl takes besides the canonical form: kebab and snake spellings, numbers in quotes, empty optional keys (also `""`), keys of other kinds.
 */
import { type JsonSchema, type SchemaSet, spellingsOfKey } from '../server/src/model/schema.ts';
import { keysOf, readSchemas, textOf } from './schemaFiles.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const DRAFT = 'http://json-schema.org/draft-07/schema#';
/** Not offered by completion, but right. */
const ALSO = { doNotSuggest: true };
/** Older word of `kind: pool`. */
const OLD_POOL = 'resource';

/** The published schemas by file name. */
export function publishedSchemas(): Map<string, JsonObject> {
  const { files, set } = readSchemas();
  const kinds = [...files.keys()].filter((name) => name !== 'common');
  const own = new Map(kinds.map((kind) => [kind, new Publisher(kind, files, set).publish()]));
  const result = new Map<string, JsonObject>();
  for (const [kind, schema] of own) result.set(`${kind}.schema.json`, { $schema: DRAFT, ...schema });
  result.set('gpuctl.schema.json', anyKind(own));
  return result;
}

/** Any document of a gpuctl file: `kind` says which. Documents with an `apiVersion` are others'. */
function anyKind(kinds: ReadonlyMap<string, JsonObject>): JsonObject {
  const words = [...kinds.keys(), OLD_POOL];
  return {
    $schema: DRAFT,
    title: 'gpuctl',
    description: 'A gpuctl document of any kind.',
    type: ['object', 'null'],
    if: { type: 'object', not: { required: ['apiVersion'] } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      required: ['kind'],
      properties: { kind: { enum: words, ...enumTexts(['kind'], words), description: textOf('key.kind')?.en ?? '' } },
      allOf: [...kinds.keys()].map((kind) => ({
        if: { required: ['kind'], properties: { kind: { enum: kind === 'pool' ? [kind, OLD_POOL] : [kind] } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { $ref: `#/definitions/${kind}` },
      })),
    },
    definitions: Object.fromEntries(kinds),
  };
}

class Publisher {
  private readonly kind: string;
  private readonly set: SchemaSet;
  private readonly root: JsonSchema;
  /** Keys that other kinds have, below each section, with the kinds. */
  private readonly elsewhere = new Map<string, Map<string, string[]>>();

  constructor(kind: string, files: ReadonlyMap<string, JsonSchema>, set: SchemaSet) {
    this.kind = kind;
    this.set = set;
    this.root = files.get(kind) as JsonSchema;
    for (const [other, schema] of files) {
      if (other === 'common' || other === kind) continue;
      for (const { path } of keysOf(schema, set)) {
        const section = path.slice(0, -1).join('.');
        const keys = this.elsewhere.get(section) ?? new Map<string, string[]>();
        this.elsewhere.set(section, keys);
        const key = path.at(-1) as string;
        keys.set(key, [...(keys.get(key) ?? []), other]);
      }
    }
  }

  publish(): JsonObject {
    const { title, description, ...rest } = this.root;
    return { title: title ?? this.kind, description: description ?? '', ...this.toJson(rest, this.root, [], false) };
  }

  private toJson(schema: JsonSchema, root: JsonSchema, path: readonly string[], mayBeEmpty: boolean): JsonObject {
    const at = this.set.resolve(schema, root);
    const own = { ...at?.schema, ...schema };
    const base = at?.root ?? root;
    const text = textOf(`key.${path.join('.')}`)?.en;
    const empty = mayBeEmpty && !own.minLength;
    const result: JsonObject = {};
    if (path.length && text) Object.assign(result, { description: text, markdownDescription: text });
    Object.assign(result, accepted(own, empty));
    if (Array.isArray(result.enum)) Object.assign(result, enumTexts(path, result.enum));
    for (const keyword of [
      'default',
      'examples',
      'minLength',
      'minimum',
      'maximum',
      'exclusiveMinimum',
      'required',
    ] as const)
      if (own[keyword] !== undefined) result[keyword] = own[keyword] as Json;
    if (own.dependentRequired) result.dependencies = own.dependentRequired;
    if (own.properties) result.properties = this.properties(own, base, path);
    if (own.propertyNames) result.propertyNames = this.toJson(own.propertyNames, base, [], false);
    if (own.items) result.items = this.toJson(own.items, base, path, false);
    const { additionalProperties: more } = own;
    if (typeof more === 'object') {
      const values = this.toJson(more, base, path, true);
      delete values.description;
      delete values.markdownDescription;
      result.additionalProperties = values;
    } else if (more !== undefined) result.additionalProperties = more;
    return result;
  }

  private properties(schema: JsonSchema, root: JsonSchema, path: readonly string[]): JsonObject {
    const result: JsonObject = {};
    const also: JsonObject = {};
    for (const [key, child] of Object.entries(schema.properties ?? {})) {
      const published = this.toJson(child, root, [...path, key], !schema.required?.includes(key));
      const [canonical = key, ...others] = spellingsOfKey(key);
      result[canonical] = published;
      for (const spelling of others) also[spelling] = { ...published, ...ALSO };
    }
    for (const [key, kinds] of this.elsewhere.get(path.join('.')) ?? []) {
      if (schema.properties?.[key]) continue;
      const description = `For ${kinds.join(', ')}; here it has no effect.`;
      for (const spelling of spellingsOfKey(key)) also[spelling] = { description, ...ALSO };
    }
    return { ...result, ...also };
  }
}

/** Types and values that gpuctl takes for a schema: numbers for texts, numbers in quotes, nothing for what is optional. */
function accepted({ type, const: one, enum: values, pattern }: JsonSchema, empty: boolean): JsonObject {
  if (one !== undefined) return { const: one as Json };
  if (values) {
    const numbers = values.filter((value) => typeof value === 'number').map(String);
    return { enum: [...values, ...numbers, ...(empty ? ['', null] : [])] as Json[] };
  }
  const types = new Set(([] as string[]).concat(type ?? []));
  const isString = types.has('string');
  const isNumber = types.has('integer') || (types.has('number') && !isString);
  if (isNumber || empty) types.add('string');
  if (type === 'string') types.add('number').add('boolean'); // taken as they are written
  if (empty) types.add('null');
  const filled =
    pattern ?? (type === 'integer' ? '^[0-9]+$' : type === 'number' ? '^[0-9.]+$' : isString ? undefined : '');
  const form =
    filled !== undefined && types.has('string') && empty ? (filled ? `^$|${filled}` : '^$') : filled || undefined;
  const list = [...types];
  return { type: list.length === 1 ? (list[0] as string) : list, ...(form !== undefined && { pattern: form }) };
}

function enumTexts(path: readonly string[], values: readonly unknown[]): JsonObject {
  const texts = values.map((value) => textOf(`value.${path.join('.')}.${value}`)?.en ?? '');
  return texts.some((text) => text !== '') ? { markdownEnumDescriptions: texts } : {};
}
