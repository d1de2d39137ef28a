import { emptyValue, type Value } from './canonical.ts';
import { FlowReader } from './plainFlow.ts';
import {
  APOSTROPHE,
  type At,
  BAR,
  COLON,
  DASH,
  DEPTH,
  endOfQuoted,
  HASH,
  NEWLINE,
  NotPlain,
  notPlain,
  OPEN_LIST,
  OPEN_MAPPING,
  PLAIN,
  QUOTE,
  SPACE,
  scalar,
} from './plainScalar.ts';
import { childSchema, type JsonSchema, type SchemaSet } from './schema.ts';

/**
 * Reads a YAML document of the plain sort that people write: block mappings and lists, scalars and flow collections on one line, literal
 * texts, comments. `undefined` for everything else (anchors, tags, tabs, folded texts, odd keys, texts over several lines, mistakes): then
 * the parser that knows all of YAML has to look. It takes a tenth of that parser's time. Keys get their canonical spelling, and a scalar
 * is taken as it is written where the schema wants text. A property test holds that both read the same.
 */
export function readPlainYaml(text: string, schema: JsonSchema, schemas: SchemaSet): Value | undefined {
  if (NOT_PLAIN.test(text)) return undefined;
  try {
    return new PlainReader(text, schemas).document(schema);
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** Characters that are breaks, blanks or forbidden somewhere, and directives. */
const NOT_PLAIN = /[^\n\r -~\u00A1-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]|\r(?!\n)|^%/m;

/** A key in plain style with its colon. */
const KEY = /[A-Za-z_][\w./-]{0,255}:(?=[ \r\n]|$)/y;
class PlainReader {
  private readonly text: string;
  private readonly schemas: SchemaSet;
  /** The line of content that is looked at: where it begins, its column of text, and where that ends (without comment and break). */
  private start = 0;
  private indent = -1;
  private next = 0;

  constructor(text: string, schemas: SchemaSet) {
    this.text = text;
    this.schemas = schemas;
  }

  document(schema: JsonSchema): Value {
    this.advance();
    if (this.isMarker()) {
      const end = this.lineEnd(this.start + 3);
      if (this.afterValue(this.start + 3) !== end) notPlain();
      this.advance();
    }
    if (this.indent < 0) notPlain();
    const value = this.block(schema, schema, 0);
    if (this.indent >= 0) notPlain();
    return value;
  }

  /** Goes to the next line with content; `indent` is -1 behind the last. */
  private advance(): void {
    const { text } = this;
    for (let at = this.next; at < text.length; at = this.next) {
      const end = text.indexOf('\n', at);
      this.next = end < 0 ? text.length : end + 1;
      let column = at;
      while (text.charCodeAt(column) === SPACE) column++;
      const code = text.charCodeAt(column);
      if (column >= text.length || code === NEWLINE || code === 13 || code === HASH) continue;
      this.start = at;
      this.indent = column - at;
      return;
    }
    this.indent = -1;
  }

  private isMarker(): boolean {
    return this.indent === 0 && this.text.startsWith('---', this.start);
  }

  /** Where the line ends, without its break. */
  private lineEnd(from: number): number {
    const { text } = this;
    const end = text.indexOf('\n', from);
    if (end < 0) return text.length;
    return text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  }

  /** A mapping or list whose first line is the present one. */
  private block(schema: JsonSchema | undefined, root: JsonSchema, depth: number): Value {
    if (depth > DEPTH || this.isMarker() || (this.indent === 0 && this.text.startsWith('...', this.start))) notPlain();
    return this.isItem() ? this.list(schema, root, depth) : this.mapping(schema, root, this.indent, depth);
  }

  /** Whether the present line is an item of a list. */
  private isItem(): boolean {
    const at = this.start + this.indent;
    return this.text.charCodeAt(at) === DASH && isBlank(this.text.charCodeAt(at + 1));
  }

  private list(schema: JsonSchema | undefined, root: JsonSchema, depth: number): Value[] {
    const { text, indent } = this;
    const at = this.schemas.resolve(schema, root);
    const child = { schema: at?.schema.items, root: at?.root ?? root };
    const items: Value[] = [];
    while (this.indent === indent && this.isItem()) {
      let from = this.start + indent + 1;
      while (text.charCodeAt(from) === SPACE) from++;
      if (isBlank(text.charCodeAt(from)) || text.charCodeAt(from) === HASH) {
        this.advance();
        items.push(this.indent > indent ? this.block(child.schema, child.root, depth + 1) : null);
        continue;
      }
      KEY.lastIndex = from;
      if (KEY.test(text)) {
        this.indent = from - this.start; // its first entry stands behind the dash
        items.push(this.mapping(child.schema, child.root, this.indent, depth + 1));
        continue;
      }
      items.push(this.value(from, indent, child, depth));
    }
    if (this.indent > indent) notPlain();
    return items;
  }

  private mapping(schema: JsonSchema | undefined, root: JsonSchema, indent: number, depth: number): Value {
    const { text } = this;
    const at = this.schemas.resolve(schema, root);
    const result: Record<string, Value> = {};
    const spellings = at && this.schemas.spellingsOf(at.schema).canonical;
    const known: string[] = [];
    while (this.indent === indent) {
      KEY.lastIndex = this.start + indent;
      if (!KEY.test(text)) notPlain();
      const written = text.slice(this.start + indent, KEY.lastIndex - 1);
      const key = spellings?.get(written) ?? written;
      if (known.includes(key) || key === '__proto__') notPlain();
      known.push(key);
      const child = { schema: childSchema(at?.schema, key), root: at?.root ?? root };
      const value = this.entry(KEY.lastIndex, indent, child, depth);
      const given = value ?? emptyValue(at?.schema, key, child.root, this.schemas);
      if (given !== undefined) result[key] = given;
    }
    if (this.indent > indent) notPlain();
    return result;
  }

  /** What stands behind the colon of a key, on its line or below. */
  private entry(from: number, indent: number, child: At, depth: number): Value {
    const { text } = this;
    let at = from;
    while (text.charCodeAt(at) === SPACE) at++;
    if (!isBlank(text.charCodeAt(at)) && text.charCodeAt(at) !== HASH) return this.value(at, indent, child, depth);
    this.advance();
    if (this.indent > indent || (this.indent === indent && this.isItem()))
      return this.block(child.schema, child.root, depth + 1);
    return null;
  }

  /** A value that begins on the present line and belongs to a block at a column; goes to the line behind it. */
  private value(from: number, indent: number, child: At, depth: number): Value {
    const { text } = this;
    const code = text.charCodeAt(from);
    if (code === BAR) return this.literal(from + 1, indent);
    const end = this.lineEnd(from);
    let value: Value;
    if (code === OPEN_LIST || code === OPEN_MAPPING) {
      const flow = new FlowReader(text, end, this.schemas);
      value = flow.read(from, child, depth + 1);
      if (this.afterValue(flow.at) !== end) notPlain();
    } else if (code === QUOTE || code === APOSTROPHE) {
      const close = endOfQuoted(text, from, end);
      if (this.afterValue(close + 1) !== end) notPlain();
      value = text.slice(from + 1, close);
    } else {
      PLAIN.lastIndex = from;
      if (!PLAIN.test(text)) notPlain();
      let last = end;
      for (let at = from + 1; at < end; at++) {
        const here = text.charCodeAt(at);
        if (here === COLON && (at + 1 === end || text.charCodeAt(at + 1) === SPACE)) notPlain();
        if (here === HASH && text.charCodeAt(at - 1) === SPACE) {
          last = at;
          break;
        }
      }
      while (text.charCodeAt(last - 1) === SPACE) last--;
      value = scalar(text.slice(from, last), this.schemas.resolve(child.schema, child.root)?.schema);
    }
    this.advance();
    if (this.indent > indent) notPlain();
    return value;
  }

  /** The end of the line if only blanks and a comment follow. */
  private afterValue(from: number): number {
    const { text } = this;
    let at = from;
    while (text.charCodeAt(at) === SPACE) at++;
    const code = text.charCodeAt(at);
    if (isBlank(code)) return this.lineEnd(at);
    return code === HASH && at > from ? this.lineEnd(at) : -1;
  }

  /** A literal text, `|` or `|-`. */
  private literal(from: number, parent: number): Value {
    const { text } = this;
    const strips = text.charCodeAt(from) === DASH;
    if (this.lineEnd(from) !== (strips ? from + 1 : from)) notPlain();
    const lines: string[] = [];
    let indent = -1;
    let filled = 0;
    let widest = 0;
    while (this.next < text.length) {
      const at = this.next;
      const end = this.lineEnd(at);
      let column = at;
      while (text.charCodeAt(column) === SPACE) column++;
      const isEmpty = column >= end;
      const width = column - at;
      if (isEmpty) widest = Math.max(widest, width);
      else {
        if (width <= parent) break;
        if (indent < 0) indent = width;
        if (width < indent || widest > indent) notPlain();
      }
      lines.push(isEmpty ? '' : text.slice(at + indent, end));
      if (!isEmpty) filled = lines.length;
      const after = text.indexOf('\n', end);
      if (after < 0) notPlain(); // whether the last line ends there is not sure
      this.next = after + 1;
    }
    if (indent < 0 || widest > indent) notPlain();
    this.advance();
    if (this.indent > parent) notPlain();
    return lines.slice(0, filled).join('\n') + (strips ? '' : '\n');
  }
}

const isBlank = (code: number): boolean => code === SPACE || code === NEWLINE || code === 13 || Number.isNaN(code);
