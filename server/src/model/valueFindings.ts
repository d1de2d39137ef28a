import { message } from '../../../l10n/index.ts';
import type { Value } from './canonical.ts';
import { describe, entryExpectation, expectation, isBoolean, typesOf } from './expectations.ts';
import type { Finding, Fix, Path, TextRange } from './finding.ts';
import { nearest } from './nearest.ts';
import { lastKey, valueAt } from './paths.ts';
import type { JsonSchema, SchemaSet } from './schema.ts';
import { replaceWith, reshape, toBoolean, wellFormed } from './valueFixes.ts';
import type { YamlTree } from './yamlTree.ts';

/** What the schema says of the place of a value. */
type Place = ReturnType<SchemaSet['atPath']>;

/** A value of the right type that is none of what is expected. */
export function unexpected(value: Value, place: Place, key: string, range: TextRange): Finding {
  const expected = expectation(place?.schema, place?.definition);
  const text = message('finding.value.malformed', { key, found: describe(value), expected });
  return { code: 'value.malformed', severity: 'error', range, message: text };
}

/** A value that is none of the possible ones. */
export function notAllowed(value: Value, schema: JsonSchema | undefined, key: string, range: TextRange): Finding {
  const allowed = (schema?.enum ?? [schema?.const]).map(String);
  const guess = typeof value === 'string' ? nearest(value, allowed) : undefined;
  const offered = allowed.length <= 4 ? allowed : [];
  return {
    code: 'value.not-allowed',
    severity: 'error',
    range,
    message: message(guess ? 'finding.value.not-allowed.guess' : 'finding.value.not-allowed', {
      key,
      found: describe(value),
      allowed: allowed.join(', '),
      guess: guess ?? '',
    }),
    fixes: guess ? [replaceWith(guess, range)] : offered.map((one) => replaceWith(one, range, false)),
  };
}

/** Beyond this no bound is worth telling: it is only what fits into the numbers of the cluster. */
const LARGEST = 2 ** 31 - 1;

/** A number below or above what is possible. */
export function outOfRange(value: Value, schema: JsonSchema | undefined, key: string, range: TextRange): Finding {
  const { minimum: from, maximum: to = LARGEST } = schema ?? {};
  const found = describe(value);
  const said =
    from !== undefined && to < LARGEST
      ? message('finding.value.out-of-range', { key, from, to, found })
      : Number(value) > to
        ? message('finding.value.out-of-range.most', { key, to, found })
        : message('finding.value.out-of-range.least', { key, from: from ?? 0, found });
  const bound = Number(value) > to ? to : (from ?? 0);
  const fixes = bound < LARGEST ? [replaceWith(String(bound), range, false)] : [];
  return { code: 'value.out-of-range', severity: 'error', range, message: said, fixes };
}

/** A text that is not of the form that its definition asks for. */
export function malformed(text: string, definition: string | undefined, key: string, range: TextRange): Finding {
  if (definition === 'envName') return malformedName(text, definition, key, range);
  const expected = expectation(undefined, definition);
  return {
    code: 'value.malformed',
    severity: 'error',
    range,
    message: message('finding.value.malformed', { key, found: describe(text), expected }),
    fixes: betterFixes(text, definition, range, isOwn(definition, key)),
  };
}

/** A name of the person's own that cannot be one: of a variable, a node, a namespace. */
export function malformedName(name: string, definition: string | undefined, key: string, range: TextRange): Finding {
  const found = describe(name);
  const isVariable = definition === 'envName';
  return {
    code: isVariable ? 'value.bad-env-name' : 'value.malformed',
    severity: 'error',
    range,
    message: isVariable
      ? message('finding.value.bad-env-name', { name: found })
      : message('finding.value.malformed.name', { key, found, expected: expectation(undefined, definition) }),
    fixes: betterFixes(name, definition, range, false),
  };
}

/** Whether a better form surely means the same: of a name that something else bears, only a look can tell. */
const isOwn = (definition: string | undefined, key: string): boolean =>
  /^(?:quantity|duration|httpPath|image)$/.test(definition ?? '') || (definition === 'dnsLabel' && key === 'name');

function betterFixes(text: string, definition: string | undefined, range: TextRange, preferred: boolean): Fix[] {
  const better = wellFormed(text, definition);
  return better === undefined ? [] : [replaceWith(better, range, preferred)];
}

/** A value of another type than its key has; a number in quotes is taken, and said. */
export function wrongType(
  value: Value,
  place: Place,
  path: Path,
  key: string,
  range: TextRange,
  schemas: SchemaSet,
): Finding {
  const schema = place?.schema;
  const types = typesOf(schema);
  if (isNumeric(types) && isQuotedNumber(value, types[0])) {
    const number = Number(value);
    if (schema?.enum && !schema.enum.includes(number)) return notAllowed(value, schema, key, range);
    if (number <= (schema?.exclusiveMinimum ?? -1)) return unexpected(value, place, key, range);
    if (number < (schema?.minimum ?? number) || number > (schema?.maximum ?? number))
      return outOfRange(value, schema, key, range);
    const plain = { title: message('fix.without-quotes'), edits: [{ range, text: String(number) }], preferred: true };
    const said = message('finding.value.quoted-number', { key, found: describe(value) });
    return { code: 'value.quoted-number', severity: 'information', range, message: said, fixes: [plain] };
  }
  const fix = typeFix(value, place, path, range, schemas);
  const isItem = typeof path.at(-1) === 'number';
  return {
    code: 'value.wrong-type',
    severity: 'error',
    range,
    message: message(isItem ? 'finding.value.wrong-type.item' : 'finding.value.wrong-type', {
      key,
      found: describe(value),
      expected: isItem ? entryExpectation(schema) : expectation(schema, place?.definition),
    }),
    ...(fix && { fixes: [fix] }),
  };
}

/** `- A: 1` in a list of variables, where `name` and `value` belong. */
export function pairInList(path: Path, place: Place, tree: YamlTree): Finding {
  const [[name, value]] = Object.entries(valueAt(tree.value, path) as object) as [[string, Value]];
  return {
    code: 'value.wrong-type',
    severity: 'error',
    range: tree.rangeOf(path),
    message: message('finding.value.wrong-type.item', {
      key: tree.writtenKey(lastKey(path)),
      found: describe(`${name}: ${value ?? ''}`),
      expected: entryExpectation(place?.schema),
    }),
    fixes: [
      {
        title: message('fix.make-entry', { key: 'name, value' }),
        changes: [{ do: 'set', path, value: { name, value: String(value ?? '') } }],
        preferred: true,
      },
    ],
  };
}

function typeFix(value: Value, place: Place, path: Path, range: TextRange, schemas: SchemaSet): Fix | undefined {
  if (isBoolean(place?.schema)) {
    const meant = toBoolean(value);
    return meant && replaceWith(meant, range);
  }
  if (place?.definition === 'percent' && typeof value !== 'object') {
    const percent =
      typeof value === 'number' && value < 1
        ? value * 100
        : /^\d+(?:\.\d+)?%$/.test(String(value))
          ? Number.parseFloat(String(value))
          : 0;
    if (percent >= 1 && percent <= 100) return replaceWith(String(Math.round(percent)), range);
  }
  return reshape(value, place, path, schemas);
}

const isNumeric = (types: readonly string[]): boolean =>
  types.length === 1 && /^(?:integer|number)$/.test(types[0] ?? '');

const isQuotedNumber = (value: Value, type: string | undefined): boolean =>
  typeof value === 'string' && (type === 'integer' ? /^\d+$/ : /^\d+(?:\.\d+)?$/).test(value);
