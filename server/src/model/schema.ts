/** The parts of JSON Schema (2020-12) that our schemas use. */
export interface JsonSchema {
  $id?: string;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  title?: string;
  description?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  dependentRequired?: Record<string, string[]>;
  items?: JsonSchema;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
}

/** What is derived of a mapping's schema once: how each key may be spelt. */
export interface Spellings {
  /** Any accepted spelling to the canonical one. */
  canonical: ReadonlyMap<string, string>;
  /** Canonical keys in the order of the schema. */
  keys: readonly string[];
}

/** A schema without `$ref`, and the file in which its own references are looked up. */
export interface Resolved {
  schema: JsonSchema;
  root: JsonSchema;
}

/** A key that a schema names: where, its schema as it is written there, and the mapping that it is a key of. */
export interface KeyPath {
  path: string[];
  schema: JsonSchema;
  parent: JsonSchema;
}

/** A set of schemas that refer to each other by `$id`. */
export class SchemaSet {
  private readonly byId = new Map<string, JsonSchema>();
  private readonly spellings = new WeakMap<JsonSchema, Spellings>();
  private readonly resolved = new WeakMap<JsonSchema, Resolved>();
  private readonly homes = new WeakMap<JsonSchema, Map<string, readonly string[]>>();

  constructor(...schemas: JsonSchema[]) {
    for (const schema of schemas) if (schema.$id) this.byId.set(schema.$id, schema);
  }

  /**
   * Follows `$ref`, so that the result has the referenced keywords. What stands beside a `$ref` (a description, a default)
   * does not matter to the ones who resolve.
   */
  resolve(schema: JsonSchema | undefined, root: JsonSchema): Resolved | undefined {
    if (!schema) return undefined;
    let found = this.resolved.get(schema);
    if (!found) {
      found = this.follow(schema, root);
      this.resolved.set(schema, found);
    }
    return found;
  }

  private follow(schema: JsonSchema, root: JsonSchema): Resolved {
    let at = schema;
    let base = root;
    while (at.$ref) {
      const [file, pointer = ''] = at.$ref.split('#');
      if (file) base = this.byId.get(file) ?? base;
      at = schemaAt(base, pointer) ?? {};
    }
    return { schema: at, root: base };
  }

  /** The schema of the place that a path leads to, and the name of the shared definition it comes from. */
  atPath(
    path: readonly (string | number)[],
    root: JsonSchema,
  ): (Resolved & { definition: string | undefined }) | undefined {
    let at = this.resolve(root, root);
    let definition: string | undefined;
    for (const part of path) {
      const next: JsonSchema | undefined =
        at && (typeof part === 'number' ? at.schema.items : childSchema(at.schema, part));
      definition = next?.$ref?.split('/').at(-1);
      at = at && this.resolve(next, at.root);
    }
    return at && { ...at, definition };
  }

  /**
   * The canonical path of every key that a kind's schema names, without list indexes. Below a mapping of the person's own keys (names
   * of nodes, of namespaces) those are left out: `nodes.gpuType`.
   */
  keyPaths(kind: JsonSchema): KeyPath[] {
    const found: KeyPath[] = [];
    const walk = (schema: JsonSchema | undefined, root: JsonSchema, path: string[]) => {
      const at = this.resolve(schema, root);
      if (!at) return;
      for (const [key, child] of Object.entries(at.schema.properties ?? {})) {
        found.push({ path: [...path, key], schema: child, parent: at.schema });
        walk(child, at.root, [...path, key]);
      }
      walk(at.schema.items, at.root, path);
      if (typeof at.schema.additionalProperties === 'object') walk(at.schema.additionalProperties, at.root, path);
    };
    walk(kind, kind, []);
    return found;
  }

  /** The place of each key of a kind's root and its sections, by any spelling; of several the first. */
  homesOf(kind: JsonSchema): ReadonlyMap<string, readonly string[]> {
    let found = this.homes.get(kind);
    if (!found) {
      found = new Map();
      for (const { path } of this.keyPaths(kind)) {
        if (path.length > 2) continue;
        for (const spelling of spellingsOfKey(path.at(-1) as string))
          if (!found.has(spelling)) found.set(spelling, path);
      }
      this.homes.set(kind, found);
    }
    return found;
  }

  spellingsOf(mapping: JsonSchema): Spellings {
    let found = this.spellings.get(mapping);
    if (!found) {
      const canonical = new Map<string, string>();
      const keys = Object.keys(mapping.properties ?? {});
      for (const key of keys) for (const spelling of spellingsOfKey(key)) canonical.set(spelling, key);
      found = { canonical, keys };
      this.spellings.set(mapping, found);
    }
    return found;
  }
}

/** The schema of a property: its own, or that of additional ones. */
export function childSchema(mapping: JsonSchema | undefined, key: string): JsonSchema | undefined {
  const own = mapping?.properties && Object.hasOwn(mapping.properties, key) ? mapping.properties[key] : undefined;
  if (own) return own;
  return typeof mapping?.additionalProperties === 'object' ? mapping.additionalProperties : undefined;
}

/** camelCase as it is, kebab-case, snake_case: `targetGPUUtilization`, `target-gpu-utilization`, `target_gpu_utilization`. */
export function spellingsOfKey(key: string): string[] {
  const kebab = key
    .replace(/([a-z0-9])([A-Z])|([A-Z]+)(?=[A-Z][a-z])/g, (_, a, b, c) => (c ? `${c}-` : `${a}-${b}`))
    .toLowerCase();
  return kebab === key ? [key] : [key, kebab, kebab.replaceAll('-', '_')];
}

/** Whether scalars here are text, to be taken as they are written (`1e-5` stays `1e-5`). */
export function isText(schema: JsonSchema | undefined): boolean {
  const type = schema?.type;
  if (type === 'string') return true;
  return Array.isArray(type) && type.includes('string') && type.includes('boolean');
}

function schemaAt(root: JsonSchema, pointer: string): JsonSchema | undefined {
  let at: unknown = root;
  for (const part of pointer.split('/').filter(Boolean)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = (at as Record<string, unknown> | undefined)?.[key];
  }
  return at as JsonSchema | undefined;
}
