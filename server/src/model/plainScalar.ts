import type { Value } from './canonical.ts';
import { isText, type JsonSchema } from './schema.ts';

/** Thrown where a text is not plain; without a stack, which would cost more than the reading. */
export class NotPlain {}
const NOT_PLAIN_HERE = new NotPlain();
/** Gives up: the text has something that is not plain. */
export const notPlain = (): never => {
  throw NOT_PLAIN_HERE;
};

/** Levels that are read. */
export const DEPTH = 32;

/** Codes of characters. */
export const [NEWLINE, SPACE, QUOTE, HASH, APOSTROPHE, COMMA, DASH, COLON] = [10, 32, 34, 35, 39, 44, 45, 58] as const;
export const [OPEN_LIST, CLOSE_LIST, OPEN_MAPPING, BAR, CLOSE_MAPPING] = [91, 93, 123, 124, 125] as const;

/** What begins a plain scalar: no indicator, or `-` and `:` with something behind. */
export const PLAIN = /(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-:](?=[^\s,[\]{}]))/y;
/** Plain scalars of the core schema that are no texts, and some that a reader may take for one. */
const NULL = /^(?:null|Null|NULL|~)$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const NUMBER = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const ODD_NUMBER = /^(?:0[ox]|[-+]?\.(?:inf|nan))/i;

/** Where the schema leads to. */
export interface At {
  schema: JsonSchema | undefined;
  root: JsonSchema;
}

/** Where a quoted text without any escape closes, before the end of its line. */
export function endOfQuoted(text: string, from: number, end: number): number {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && quote === QUOTE) break;
    if (code !== quote) continue;
    if (quote === APOSTROPHE && text.charCodeAt(at + 1) === APOSTROPHE) break;
    return at;
  }
  return notPlain();
}

/** What a plain scalar means in the core schema; where text is wanted, what is written. */
export function scalar(source: string, schema: JsonSchema | undefined): Value {
  if (!'0123456789+-.~tTfFnN'.includes(source.charAt(0))) return source;
  if (NULL.test(source)) return null;
  if (isText(schema)) return source;
  if (BOOLEAN.test(source)) return source.length === 4;
  if (ODD_NUMBER.test(source)) notPlain();
  return NUMBER.test(source) ? Number(source) : source;
}
