import { message } from '../../../l10n/index.ts';
import type { Value } from './canonical.ts';
import { definitionOf } from './expectations.ts';
import type { Finding } from './finding.ts';
import { isPair, missing, type SchemaContext, unknownKey } from './keyFindings.ts';
import { lastKey, parsePointer, valueAt } from './paths.ts';
import {
  malformed,
  malformedName,
  notAllowed,
  outOfRange,
  pairInList,
  unexpected,
  wrongType,
} from './valueFindings.ts';
import { remove } from './valueFixes.ts';
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
  const place = context.schemas.atPath(path, context.schema);
  if (isPair(valueAt(tree.value, path), place?.schema)) {
    if (error.keyword === 'additionalProperties') return undefined; // what its missing name says is enough
    if (error.keyword === 'required') return pairInList(path, place, tree);
  }
  switch (error.keyword) {
    case 'required':
    case 'dependentRequired':
      return missing(String(error.params.missingProperty), path, tree);
    case 'additionalProperties':
      return unknownKey(String(error.params.additionalProperty), path, place?.schema, tree, context);
    case 'propertyNames':
      return undefined; // what is wrong with the name stands before it
  }
  if (error.propertyName !== undefined) {
    const range = tree.rangeOf([...path, error.propertyName], 'key');
    const definition = definitionOf(place?.schema.propertyNames);
    return malformedName(error.propertyName, definition, tree.writtenKey(lastKey(path)), range);
  }
  const value = valueAt(tree.value, path) ?? null;
  if (value === '') {
    const parent = path.slice(0, -1);
    const key = path.at(-1) as string;
    const mapping = context.schemas.atPath(parent, context.schema)?.schema;
    if (mapping?.required?.includes(key)) return missing(key, parent, tree);
    if (mapping?.properties && !place?.schema.minLength && !mapping.dependentRequired?.[key]) return undefined; // absent
  }
  const range = tree.rangeOf(path);
  const key = tree.writtenKey(lastKey(path));
  switch (error.keyword) {
    case 'enum':
    case 'const':
      return notAllowed(value, place?.schema, key, range);
    case 'minimum':
    case 'maximum':
      return outOfRange(value, place?.schema, key, range);
    case 'minLength':
      return {
        code: 'value.empty',
        severity: 'error',
        range: range.start === range.end ? tree.rangeOf(path, 'key') : range,
        message: message('finding.value.empty', { key }),
        fixes: [remove(path, key)],
      };
    case 'type':
      return wrongType(value, place, path, key, range, context.schemas);
  }
  if (value === '' && place?.schema.minLength) return undefined; // `minLength` says it
  if (typeof value === 'string') return malformed(value, place?.definition, key, range);
  return unexpected(value, place, key, range);
}

/** The value as it is taken in spite of what is no error: without unknown and empty keys, with numbers for quoted ones. */
export function mend(value: Value, validate: Validate): Value | undefined {
  const copy = structuredClone(value);
  for (const { keyword, instancePath, params } of validate.errors ?? []) {
    const path = parsePointer(instancePath, copy);
    if (keyword === 'additionalProperties') {
      delete (valueAt(copy, path) as Record<string, Value>)[String(params.additionalProperty)];
      continue;
    }
    const parent = valueAt(copy, path.slice(0, -1)) as Record<string | number, Value>;
    const key = path.at(-1) as string | number;
    if (parent[key] === '') delete parent[key];
    else if (keyword === 'type' && parent[key] !== undefined) parent[key] = Number(parent[key]);
  }
  return validate(copy) ? copy : undefined;
}
