/** The schemas of the kinds, with the descriptions that come from `l10n/keys.ts`, and how they are written. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { keyTexts } from '../l10n/keys.ts';
import type { Text } from '../l10n/text.ts';
import { type JsonSchema, SchemaSet } from '../server/src/model/schema.ts';

const root = path.join(import.meta.dirname, '..');

/** Every key of a kind: its canonical path, its schema as it is written there, and that schema with references followed. */
export interface Key {
  path: string[];
  written: JsonSchema;
  schema: JsonSchema;
  definition: string | undefined;
  required: boolean;
}

/** Kinds that have a schema, in order of name. */
export function listKinds(): string[] {
  return globSync('server/src/kinds/*/*.schema.json', { cwd: root })
    .map((file) => path.basename(file, '.schema.json'))
    .sort();
}

/** Where a schema lies in the project: that of a kind in the kind's folder, what they share (`common`) in `schemas/`. */
export const schemaFile = (name: string): string =>
  name === 'common' ? 'schemas/common.schema.json' : `server/src/kinds/${name}/${name}.schema.json`;

/** All schemas by name (`common`, and each kind), descriptions filled in. */
export function readSchemas(): { files: Map<string, JsonSchema>; set: SchemaSet } {
  const files = new Map(['common', ...listKinds()].map((name) => [name, readSchema(name)]));
  const set = new SchemaSet(...files.values());
  for (const kind of listKinds()) {
    for (const { path: keys, schema } of set.keyPaths(files.get(kind) as JsonSchema)) {
      delete schema.description; // what is set anew stands last
      const text = textOf(`key.${keys.join('.')}`);
      if (text) schema.description = text.en;
    }
  }
  return { files, set };
}

/** A schema as its file has it. */
export const readSchema = (name: string): JsonSchema =>
  JSON.parse(readFileSync(path.join(root, schemaFile(name)), 'utf8')) as JsonSchema;

/** The keys of a kind in the order of its schema. */
export function keysOf(kind: JsonSchema, set: SchemaSet): Key[] {
  return set.keyPaths(kind).map(({ path: keys, schema: written, parent }) => ({
    path: keys,
    written,
    schema: set.resolve(written, kind)?.schema ?? written,
    definition: written.$ref?.split('/').at(-1),
    required: parent.required?.includes(keys.at(-1) as string) ?? false,
  }));
}

/** The text of a key in the catalogue of keys. */
export const textOf = (key: string): Text | undefined => (keyTexts as Record<string, Text>)[key];

/** JSON as people write it: what fits stands on one line. */
export function toJson(value: unknown): string {
  const print = (part: unknown, indent: string, used: number): string => {
    const line = onOneLine(part);
    if (typeof part !== 'object' || part === null || indent.length + used + line.length <= 120) return line;
    const inner = `${indent}  `;
    const entries = Array.isArray(part)
      ? part.map((item) => inner + print(item, inner, 1))
      : Object.entries(part).map(([key, child]) => {
          const name = `${JSON.stringify(key)}: `;
          return inner + name + print(child, inner, name.length + 1);
        });
    const [open, close] = Array.isArray(part) ? '[]' : '{}';
    return `${open}\n${entries.join(',\n')}\n${indent}${close}`;
  };
  return `${print(value, '', 0)}\n`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${onOneLine(part)}`);
  return entries.length ? `{ ${entries.join(', ')} }` : '{}';
}
