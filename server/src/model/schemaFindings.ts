import { type Message, message } from '../../../l10n/index.ts';
import type { Value } from './canonical.ts';
import type { Finding, Fix, Path, TextRange } from './finding.ts';
import { nearest } from './nearest.ts';
import { type JsonSchema, type SchemaSet, spellingsOfKey } from './schema.ts';
import type { YamlTree } from './yamlTree.ts';

/** What a validator compiled by ajv reports; see ajv's ErrorObject. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  params: Record<string, unknown>;
  /** The key that an error of `propertyNames` is about. */
  propertyName?: string;
}

/** A compiled validator: its errors of the last value, or none. */
export interface Validate {
  (value: unknown): boolean;
  errors?: SchemaError[] | null;
}

/** What the findings of a schema depend on besides the document itself. */
export interface SchemaContext {
  schema: JsonSchema;
  schemas: SchemaSet;
  /** Keys that other kinds use at the root: unused here, but not wrong. */
  elsewhere: ReadonlySet<string>;
}

/** Translates a validator's errors into findings at their exact place, in our own words. */
export function toSchemaFindings(errors: readonly SchemaError[], tree: YamlTree, context: SchemaContext): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const error of errors) {
    const finding = toFinding(error, tree, context);
    if (!finding) continue;
    // One place has one thing wrong with it: of `type` and `pattern` at a value the first is enough.
    const place = `${finding.range.start}:${finding.range.end}:${error.keyword === 'required' ? String(error.params.missingProperty) : ''}`;
    if (seen.has(place)) continue;
    seen.add(place);
    findings.push(finding);
  }
  return findings;
}

function toFinding(error: SchemaError, tree: YamlTree, context: SchemaContext): Finding | undefined {
  const path = parsePointer(error.instancePath, tree.value);
  const value = valueAt(tree.value, path);
  const place = context.schemas.atPath(path, context.schema);
  const schema = place?.schema;
  switch (error.keyword) {
    case 'required':
    case 'dependentRequired':
      return missing(String(error.params.missingProperty), path, tree);
    case 'additionalProperties':
      return unknownKey(String(error.params.additionalProperty), path, schema, tree, context);
    case 'propertyNames':
      return badEnvName(
        String(error.params.propertyName),
        tree.rangeOf([...path, String(error.params.propertyName)], 'key'),
      );
  }
  if (error.propertyName !== undefined) return undefined; // its `propertyNames` says it
  const range = tree.rangeOf(path);
  if (error.keyword === 'pattern' && place?.definition === undefined && path.includes('env'))
    return badEnvName(String(value), range);
  const key = tree.writtenKey(lastKey(path));
  const found = describe(value);
  if (error.keyword === 'enum' || error.keyword === 'const') {
    const allowed = (error.keyword === 'const' ? [schema?.const] : (schema?.enum ?? []))
      .filter((one) => !isQuotedNumber(one))
      .map(String);
    const guess = typeof value === 'string' ? nearest(value, allowed) : undefined;
    return {
      code: 'value.not-allowed',
      severity: 'error',
      range,
      message: message(guess ? 'finding.value.not-allowed.guess' : 'finding.value.not-allowed', {
        key,
        found,
        allowed: allowed.join(', '),
        guess: guess ?? '',
      }),
      ...(guess && { fixes: [replaceWith(guess, range)] }),
    };
  }
  return {
    code: error.keyword === 'type' ? 'value.wrong-type' : 'value.malformed',
    severity: 'error',
    range,
    message: message(error.keyword === 'type' ? 'finding.value.wrong-type' : 'finding.value.malformed', {
      key,
      found,
      expected: expectation(place, error.keyword),
    }),
  };
}

const badEnvName = (name: string, range: TextRange): Finding => ({
  code: 'value.bad-env-name',
  severity: 'error',
  range,
  message: message('finding.value.bad-env-name', { name }),
});

/** A key without a value is marked at the key; a section that lacks one, at its own key; a document, at its kind. */
function missing(key: string, path: Path, tree: YamlTree): Finding {
  const empty = tree.hasKey([...path, key]);
  const range = empty
    ? tree.rangeOf([...path, key], 'key')
    : path.length
      ? tree.rangeOf(path, 'key')
      : tree.rangeOf(['kind']);
  const text = path.length
    ? message('finding.key.missing-in', { key, where: tree.writtenKey(lastKey(path)) })
    : message('finding.key.missing', { key });
  return { code: 'key.missing', severity: 'error', range, message: text };
}

function unknownKey(
  key: string,
  path: Path,
  schema: JsonSchema | undefined,
  tree: YamlTree,
  context: SchemaContext,
): Finding {
  const range = tree.rangeOf([...path, key], 'key');
  const written = tree.writtenKey([...path, key]);
  if (!path.length && context.elsewhere.has(key)) {
    return {
      code: 'key.unused',
      severity: 'information',
      range,
      message: message('finding.key.unused', { key: written }),
    };
  }
  const known = Object.keys(schema?.properties ?? {});
  const style = written.includes('_') ? 2 : written.includes('-') ? 1 : 0;
  const guess = nearest(written.replaceAll(/[-_]/g, ''), known);
  const spelt = guess && (spellingsOfKey(guess)[style] ?? guess);
  return {
    code: 'key.unknown',
    severity: 'warning',
    range,
    message: spelt
      ? message('finding.key.unknown.guess', { key: written, guess: spelt })
      : message('finding.key.unknown', { key: written, known: known.join(', ') }),
    ...(spelt && { fixes: [replaceWith(spelt, range)] }),
  };
}

function replaceWith(text: string, range: { start: number; end: number }): Fix {
  return { title: message('fix.replace-with', { text }), edits: [{ range, text }] };
}

/** What would have been right, in words: from the definition that the schema refers to, else from its type. */
function expectation(place: ReturnType<SchemaSet['atPath']>, keyword: string): Message {
  const schema = place?.schema;
  switch (place?.definition) {
    case 'dnsLabel':
      return message('expected.dns-label');
    case 'labelValue':
      return message('expected.label-value');
    case 'resourceName':
      return message('expected.resource-name');
    case 'quantity':
      return message('expected.quantity');
    case 'count':
      return message('expected.count');
    case 'positiveCount':
      return message('expected.positive-count');
    case 'duration':
      return message('expected.duration');
  }
  if (keyword === 'minLength') return message('expected.not-empty');
  if (keyword === 'pattern')
    return schema?.pattern === '^/' ? message('expected.absolute-path') : message('expected.image');
  const types = ([] as string[]).concat(schema?.type ?? []);
  if (types.includes('object') && types.includes('array')) return message('expected.env');
  if (types.includes('object')) return message('expected.mapping');
  if (types.includes('array')) return message('expected.list');
  if (types.length === 1 && types[0] === 'boolean') return message('expected.boolean');
  return message('expected.text');
}

/** How a found value is named in a sentence: short scalars as they are, the rest by what they are. */
function describe(value: Value | undefined): string | Message {
  if (value === null) return message('found.empty');
  if (Array.isArray(value)) return message('found.list');
  if (typeof value === 'object') return message('found.mapping');
  const text = String(value);
  if (text === '') return message('found.empty');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

const isQuotedNumber = (value: unknown): boolean => typeof value === 'string' && /^\d+$/.test(value);

/** The innermost named part of a path: list items are called by their list. */
function lastKey(path: Path): Path {
  let end = path.length;
  while (end > 1 && typeof path[end - 1] === 'number') end--;
  return path.slice(0, end);
}

function parsePointer(pointer: string, root: Value): Path {
  const path: (string | number)[] = [];
  let at: Value | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(key) : key);
    at = valueAt(at, path.slice(-1));
  }
  return path;
}

function valueAt(value: Value | undefined, path: Path): Value | undefined {
  let at: Value | undefined = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string | number, Value>)[part];
  }
  return at;
}
