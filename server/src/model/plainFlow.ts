import { emptyValue, type Value } from './canonical.ts';
import {
  APOSTROPHE,
  type At,
  CLOSE_LIST,
  CLOSE_MAPPING,
  COLON,
  COMMA,
  DEPTH,
  endOfQuoted,
  HASH,
  notPlain,
  OPEN_LIST,
  OPEN_MAPPING,
  PLAIN,
  QUOTE,
  SPACE,
  scalar,
} from './plainScalar.ts';
import { childSchema, type SchemaSet } from './schema.ts';

/** The same in a flow mapping. */
const FLOW_KEY = /[A-Za-z_][\w./-]{0,255}: /y;
/** Reads a flow collection on one line. */
export class FlowReader {
  private readonly text: string;
  private readonly end: number;
  private readonly schemas: SchemaSet;
  /** Behind what was read. */
  at = 0;

  constructor(text: string, end: number, schemas: SchemaSet) {
    this.text = text;
    this.end = end;
    this.schemas = schemas;
  }

  read(from: number, child: At, depth: number): Value {
    if (depth > DEPTH) notPlain();
    this.at = from;
    const code = this.text.charCodeAt(from);
    if (code === OPEN_LIST) return this.list(child, depth);
    if (code === OPEN_MAPPING) return this.mapping(child, depth);
    if (code === QUOTE || code === APOSTROPHE) {
      const close = endOfQuoted(this.text, from, this.end);
      this.at = close + 1;
      return this.text.slice(from + 1, close);
    }
    return this.plain(child);
  }

  private list({ schema, root }: At, depth: number): Value[] {
    const at = this.schemas.resolve(schema, root);
    const child = { schema: at?.schema.items, root: at?.root ?? root };
    const items: Value[] = [];
    this.at++;
    for (this.skip(); this.code !== CLOSE_LIST; this.separate(CLOSE_LIST))
      items.push(this.read(this.at, child, depth + 1));
    this.at++;
    return items;
  }

  private mapping({ schema, root }: At, depth: number): Value {
    const at = this.schemas.resolve(schema, root);
    const result: Record<string, Value> = {};
    const spellings = at && this.schemas.spellingsOf(at.schema).canonical;
    this.at++;
    for (this.skip(); this.code !== CLOSE_MAPPING; this.separate(CLOSE_MAPPING)) {
      FLOW_KEY.lastIndex = this.at;
      if (!FLOW_KEY.test(this.text)) notPlain();
      const written = this.text.slice(this.at, FLOW_KEY.lastIndex - 2);
      const key = spellings?.get(written) ?? written;
      if (Object.hasOwn(result, key) || key === '__proto__') notPlain();
      this.at = FLOW_KEY.lastIndex;
      this.skip();
      const child = { schema: childSchema(at?.schema, key), root: at?.root ?? root };
      const value = this.read(this.at, child, depth + 1);
      result[key] = value ?? emptyValue(at?.schema, key, child.root, this.schemas) ?? notPlain();
    }
    this.at++;
    return result;
  }

  private get code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : notPlain();
  }

  private skip(): void {
    while (this.text.charCodeAt(this.at) === SPACE) this.at++;
  }

  /** Behind an entry: a comma and the next one, or the end. */
  private separate(close: number): void {
    this.skip();
    if (this.code === close) return;
    if (this.code !== COMMA) notPlain();
    this.at++;
    this.skip();
  }

  private plain({ schema, root }: At): Value {
    const { text, at: from } = this;
    PLAIN.lastIndex = from;
    if (!PLAIN.test(text)) notPlain();
    let at = from;
    for (; at < this.end; at++) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === CLOSE_LIST || code === CLOSE_MAPPING) break;
      if (code === OPEN_LIST || code === OPEN_MAPPING) notPlain();
      if (code === COLON && !/[^\s,[\]{}]/.test(text.charAt(at + 1))) notPlain();
      if (code === HASH && text.charCodeAt(at - 1) === SPACE) notPlain();
    }
    this.at = at;
    while (text.charCodeAt(at - 1) === SPACE) at--;
    return scalar(text.slice(from, at), this.schemas.resolve(schema, root)?.schema);
  }
}
