/** Longest element; etcd holds objects of 1.5 MiB at most. */
const MAX_ITEM = 16 << 20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const ITEMS = Buffer.from('items');

/** Cuts the JSON text of an object with a list `items` into its elements, while the text comes. */
export interface ItemSplitter {
  /** The texts of the elements that are complete now. Throws where one grows beyond 16 MiB. */
  push(chunk: Buffer): string[];
  /** The text without what was given out: `{"kind":"PodList","items":[]}`. What is cut off or no JSON shows when this and the elements are parsed. */
  rest(): string;
}

/**
 * A page of 500 pods, parsed at once, holds up the process and leaves 15 MB of garbage; element by element it does neither. Only brackets
 * and strings are looked at: that the rest is JSON is for `JSON.parse` to say.
 */
export function createItemSplitter(): ItemSplitter {
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Within the list of elements. */
  let inItems = false;
  /** Bytes of the key at hand, directly in the object, that are those of `items`; -1: another key. */
  let matched = 0;
  let isItems = false;
  let empty = true;
  const outside: Buffer[] = [];
  let parts: Buffer[] = [];
  let size = 0;

  function keep(part: Buffer): void {
    if (part.length === 0) return;
    size += part.length;
    if (size > MAX_ITEM) throw new RangeError(`an element of more than ${MAX_ITEM} bytes`);
    (inItems ? parts : outside).push(part);
  }
  function take(last: Buffer): string {
    const text = parts.length > 0 ? Buffer.concat([...parts, last]).toString('utf8') : last.toString('utf8');
    parts = [];
    size = 0;
    return text;
  }
  /** Where a string ends, or the chunk does. */
  function skipString(chunk: Buffer, start: number): number {
    let at = start;
    if (escaped) at++;
    escaped = false;
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) {
        inString = false;
        return at;
      }
    }
    escaped = at > chunk.length;
    return chunk.length;
  }
  /** Where an element ends: the next comma of its list, or the end of that; or where the chunk ends. */
  function skipElement(chunk: Buffer, start: number): number {
    let level = depth; // a local: this is done for every byte
    let at = start;
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === QUOTE || inString) {
        if (!inString) at++;
        inString = true;
        at = skipString(chunk, at);
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) level++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (level === 2) break;
        level--;
      } else if (byte === COMMA && level === 2) break;
    }
    depth = level;
    return at;
  }

  return {
    push(chunk) {
      const items: string[] = [];
      let from = 0;
      for (let at = 0; at < chunk.length; at++) {
        if (inItems) {
          at = skipElement(chunk, at);
          if (at >= chunk.length) break;
          const text = take(chunk.subarray(from, at));
          const isLast = chunk[at] !== COMMA;
          if (!isLast || !empty || text.trim() !== '') items.push(text);
          empty = false;
          from = isLast ? at : at + 1;
          if (isLast) {
            inItems = false;
            depth = 1;
          }
          continue;
        }
        const byte = chunk[at];
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) inString = false;
          if (depth === 1 && inString) matched = matched >= 0 && byte === ITEMS[matched] ? matched + 1 : -1;
        } else if (byte === QUOTE) {
          inString = true;
          if (depth === 1) matched = 0;
        } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
          depth++;
          if (depth === 2 && isItems && byte === OPEN_LIST) {
            keep(chunk.subarray(from, at + 1));
            from = at + 1;
            size = 0;
            inItems = true;
            empty = true;
          }
        } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
        else if (byte === COMMA && depth === 1) isItems = false;
        else if (byte === COLON && depth === 1) isItems = matched === ITEMS.length;
      }
      keep(chunk.subarray(from));
      return items;
    },
    rest: () => Buffer.concat([...outside, ...parts]).toString('utf8'),
  };
}

const MANAGED = '"managedFields":[';

/**
 * The JSON text of an object without who wrote which of its fields: a third of the text, and more than that of the time to parse it. Quotes within strings
 * are escaped, so that what is looked for is always a key.
 */
export function withoutManagedFields(text: string): string {
  const start = text.indexOf(MANAGED);
  if (start < 0) return text;
  const from = start + MANAGED.length;
  let depth = 1;
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth++;
    else if ((code === CLOSE_LIST || code === CLOSE_OBJECT) && --depth === 0)
      return text.slice(0, from) + text.slice(at);
  }
  return text;
}
