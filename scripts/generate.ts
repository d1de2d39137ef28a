/**
 * Writes what follows from other files, checked in so that a fresh clone runs from source:
 *
 * - `server/src/kinds/<kind>/<kind>.schema.json`, `schemas/common.schema.json`: the descriptions in them, from `l10n/keys.ts`; all else
 *   there is written by hand
 * - `schemas/published/*.schema.json`: the same for other editors and CI, with all accepted spellings
 * - `docs/keys.md`, `docs/keys.zh-cn.md`: reference of all keys
 * - `server/src/kinds/<kind>/<kind>.generated.ts`: the type of a kind's documents, from its schema
 * - `server/src/kinds/validators.generated.ts`: the compiled validators, which need nothing at run time
 * - `docs/findings.md`, `docs/findings.zh-cn.md`: the references of findings, from the rules and `l10n/pages.ts`
 * - `package.json`: the names that the setting `gpuctl.rules` takes; all else there is written by hand
 * - `package.nls.json`, `package.nls.zh-cn.json`: texts of the manifest, from `l10n/manifest.ts`
 *
 * `npm run generate` writes; with `--check` it writes nothing and fails where a file differs.
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import * as esbuild from 'esbuild';
import { compile as toTypes } from 'json-schema-to-typescript';
import type { Text } from '../l10n/index.ts';
import { manifestTexts } from '../l10n/manifest.ts';
import type { JsonSchema } from '../server/src/model/schema.ts';
import { generateFindings } from './generateFindings.ts';
import { keysReference } from './keysReference.ts';
import { publishedSchemas } from './publishedSchemas.ts';
import { withRuleNames } from './ruleNames.ts';
import { listKinds, readSchema, readSchemas, schemaFile, toJson } from './schemaFiles.ts';

const root = path.join(import.meta.dirname, '..');
const banner = (kind: string) => `// Generated from ${kind}.schema.json by \`npm run generate\`.\n`;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** The schema of a kind, alone: what it refers to in `common.schema.json` becomes part of its own `$defs`. */
export function bundleSchema(kind: string): JsonObject {
  const schema = readSchema(kind) as JsonObject;
  const shared = readSchema('common').$defs as JsonObject;
  const defs = (schema.$defs ?? {}) as JsonObject;
  const localize = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(localize);
    if (value === null || typeof value !== 'object') return value;
    const copy: JsonObject = {};
    for (const [key, part] of Object.entries(value)) copy[key] = key === '$ref' ? take(part as string) : localize(part);
    return copy;
  };
  const take = (ref: string): string => {
    const name = /^(?:common\.schema\.json)?#\/\$defs\/(\w+)$/.exec(ref)?.[1];
    const found = name === undefined ? undefined : (defs[name] ?? shared[name]);
    if (name === undefined || found === undefined) throw new Error(`${schemaFile(kind)}: no such $ref: ${ref}`);
    if (!(name in taken)) {
      taken[name] = true; // before going down: definitions may refer to themselves
      taken[name] = localize(found);
    }
    return `#/$defs/${name}`;
  };
  const taken: JsonObject = {};
  delete schema.$defs;
  const bundled = localize(schema) as JsonObject;
  return Object.keys(taken).length > 0 ? { ...bundled, $defs: taken } : bundled;
}

const pascalCase = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1);

/** TypeScript types of a kind's documents. */
async function generateTypes(kind: string): Promise<string> {
  // A description beside a `$ref` would make a nameless copy of what is referred to: so the type keeps its name.
  const named = JSON.parse(JSON.stringify(bundleSchema(kind)), (_, value) =>
    value && typeof value === 'object' && typeof value.$ref === 'string' ? { $ref: value.$ref } : value,
  ) as JsonObject;
  delete named.$id;
  const name = pascalCase(kind);
  return toTypes({ ...named, title: name }, name, {
    bannerComment: banner(kind),
    style: { singleQuote: true, printWidth: 120 },
  });
}

/** What a schema says to people and editors, not to the validator. Any other unknown keyword is an error. */
const ANNOTATIONS = new Set(
  (
    'title description examples default deprecated markdownDescription enumDescriptions markdownEnumDescriptions ' +
    'deprecationMessage defaultSnippets doNotSuggest suggestSortText'
  ).split(' '),
);
/** Keywords whose value maps names to schemas. */
const MAPS = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);

function withoutAnnotations(schema: Json, isMap = false): Json {
  if (Array.isArray(schema)) return schema.map((part) => withoutAnnotations(part));
  if (schema === null || typeof schema !== 'object') return schema;
  const kept = Object.entries(schema).filter(([key]) => isMap || !ANNOTATIONS.has(key));
  return Object.fromEntries(
    kept.map(([key, part]) => [
      key,
      !isMap && (key === 'enum' || key === 'const') ? part : withoutAnnotations(part, !isMap && MAPS.has(key)),
    ]),
  );
}

/**
 * The compiled validators of all kinds as one module, so that they share what they have in common. It imports nothing at run time:
 * ajv's own helpers are put into it.
 */
async function generateValidators(): Promise<string> {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    messages: false,
    code: { source: true, esm: true, lines: true, optimize: true },
  });
  // Each shared definition is a schema by itself, so that it is compiled once for all kinds.
  const { files } = readSchemas();
  const alone = (schema: JsonSchema) =>
    JSON.parse(JSON.stringify(withoutAnnotations(schema as JsonObject)), (key, part) =>
      key === '$ref' ? (part as string).replace(/^.*\//, '') : part,
    ) as JsonObject;
  for (const [name, schema] of Object.entries(files.get('common')?.$defs ?? {})) ajv.addSchema(alone(schema), name);
  for (const kind of listKinds()) ajv.addSchema(alone(files.get(kind) as JsonSchema));
  const names = listKinds().map((kind) => [`validate${pascalCase(kind)}`, `${kind}.schema.json`]);
  const contents = standalone.default(ajv, Object.fromEntries(names));
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
    preserveSymlinks: true, // the paths in comments are the same wherever the packages lie
    bundle: true,
    write: false,
    format: 'esm',
    target: 'node22.19',
    charset: 'utf8',
    legalComments: 'none',
  });
  return `// Generated from the schemas by \`npm run generate\`.
// @ts-nocheck: checks the plain value of one document; afterwards \`errors\` of the function holds everything that is wrong.
${outputFiles[0]?.text ?? ''}`;
}

/** Texts of `package.json` in one language; VS Code wants the keys without our prefix. */
function generateManifestTexts(language: keyof Text): string {
  const texts: [string, Text][] = Object.entries(manifestTexts);
  const entries = texts.map(([key, text]) => [key.replace(/^manifest\./, ''), text[language]]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** Every generated file: its path in the project and its content. */
export async function generate(): Promise<Map<string, string>> {
  const files = new Map([
    ['package.json', withRuleNames(readFileSync(path.join(root, 'package.json'), 'utf8'))],
    ['package.nls.json', generateManifestTexts('en')],
    ['package.nls.zh-cn.json', generateManifestTexts('zh')],
  ]);
  for (const [name, schema] of readSchemas().files) files.set(schemaFile(name), toJson(schema));
  for (const [name, schema] of publishedSchemas()) files.set(`schemas/published/${name}`, toJson(schema));
  for (const [file, text] of generateFindings()) files.set(file, text);
  files.set('docs/keys.md', keysReference('en'));
  files.set('docs/keys.zh-cn.md', keysReference('zh'));
  files.set('server/src/kinds/validators.generated.ts', await generateValidators());
  for (const kind of listKinds()) {
    files.set(`server/src/kinds/${kind}/${kind}.generated.ts`, await generateTypes(kind));
  }
  return files;
}

if (import.meta.main) {
  const check = process.argv.includes('--check');
  const files = await generate();
  const left = globSync(['server/src/kinds/**/*.generated.ts', 'schemas/published/*'], { cwd: root }).filter(
    (file) => !files.has(file),
  );
  const changed = [...files].filter(([file, text]) => {
    const full = path.join(root, file);
    return !existsSync(full) || readFileSync(full, 'utf8') !== text;
  });
  for (const [file, text] of changed) {
    console.log(`${check ? 'out of date' : 'written'}: ${file}`);
    if (check) continue;
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  for (const file of left) {
    console.log(`${check ? 'has no source' : 'removed'}: ${file}`);
    if (!check) rmSync(path.join(root, file));
  }
  if (check && changed.length + left.length > 0) {
    console.log('Run `npm run generate` and commit what it writes.');
    process.exitCode = 1;
  }
}
