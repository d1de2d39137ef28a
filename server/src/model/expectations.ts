import { type Message, message, type TextKey } from '../../../l10n/index.ts';
import type { Value } from './canonical.ts';
import type { JsonSchema } from './schema.ts';

/** The name of the shared definition that a schema refers to. */
export const definitionOf = (schema: JsonSchema | undefined): string | undefined => schema?.$ref?.split('/').at(-1);

/** Whether only `true` and `false` are possible. */
export const isBoolean = (schema: JsonSchema | undefined): boolean => schema?.type === 'boolean';

/** The types that a schema lets through. */
export const typesOf = (schema: JsonSchema | undefined): string[] => ([] as string[]).concat(schema?.type ?? []);

const EXPECTED = {
  dnsLabel: 'expected.dns-label',
  labelValue: 'expected.label-value',
  poolName: 'expected.label-value',
  labelKey: 'expected.label-key',
  resourceName: 'expected.resource-name',
  quantity: 'expected.quantity',
  count: 'expected.count',
  positiveCount: 'expected.positive-count',
  port: 'expected.port',
  percent: 'expected.percent',
  duration: 'expected.duration',
  absolutePath: 'expected.absolute-path',
  mountPath: 'expected.mount-path',
  httpPath: 'expected.http-path',
  rate: 'expected.rate',
  image: 'expected.image',
} as const satisfies Record<string, TextKey>;

/** What an item of a list has to be. */
export function entryExpectation(schema: JsonSchema | undefined): Message {
  const keys = schema?.required?.map((key) => `\`${key}\``).join(', ');
  return keys ? message('expected.entry', { keys }) : expectation(schema, undefined);
}

/** What would have been right, in words: from the definition that the schema refers to, else from its type. */
export function expectation(schema: JsonSchema | undefined, definition: string | undefined): Message {
  if (definition !== undefined && definition in EXPECTED) return message(EXPECTED[definition as keyof typeof EXPECTED]);
  const types = typesOf(schema);
  if (types.includes('object') && types.includes('array')) return message('expected.env');
  if (types.includes('object')) return message(schema?.propertyNames ? 'expected.names' : 'expected.mapping');
  if (types.includes('array'))
    return message(definitionOf(schema?.items) === 'text' ? 'expected.words' : 'expected.list');
  if (types.includes('integer')) return message('expected.whole-number');
  if (isBoolean(schema)) return message('expected.boolean');
  return message('expected.text');
}

/** How a found value is named in a sentence: short scalars as they are, the rest by what they are. */
export function describe(value: Value | undefined): string | Message {
  if (value === null) return message('found.empty');
  if (Array.isArray(value)) return message('found.list');
  if (typeof value === 'object') return message('found.mapping');
  const text = String(value).trim().replace(/\s+/g, ' ');
  if (text === '') return message('found.empty');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
