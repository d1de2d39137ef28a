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
 * and strings are looked at: that the rest is JSON is for `JSON.parse` to say. Lists within the elements whose key is one of `unread` come
 * out empty, at whatever depth, where key and bracket are in one chunk: most of a reader's time is parsing, and goes with the text.
 */
export function createItemSplitter(unread: readonly string[] = []): ItemSplitter {
  const dropped = unread.map((name) => Buffer.from(name));
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
  /** Where what is not kept yet begins in the chunk. */
  let from = 0;
  /** Brackets around the list that is being left out; -1: none is. */
  let leaving = -1;

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
  /** Whether the bracket there opens a list to leave out; its key would have begun at `start`. */
  function isDropped(chunk: Buffer, start: number, bracket: number): boolean {
    if (start < 0 || chunk[bracket - 1] !== COLON || chunk[bracket - 2] !== QUOTE) return false;
    return dropped.some((name) => name.length === bracket - 2 - start && name.compare(chunk, start, bracket - 2) === 0);
  }
  /** Where an element ends: the next comma of its list, or the end of that; or where the chunk ends. */
  function skipElement(chunk: Buffer, start: number): number {
    let level = depth; // a local: this is done for every byte
    let at = start;
    let string = -1;
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === QUOTE || inString) {
        string = inString ? -1 : at + 1;
        if (!inString) at++;
        inString = true;
        at = skipString(chunk, at);
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (byte === OPEN_LIST && leaving < 0 && isDropped(chunk, string, at)) {
          keep(chunk.subarray(from, at + 1));
          leaving = level;
        }
        level++;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (level === 2) break;
        if (--level === leaving) {
          leaving = -1;
          from = at;
        }
      } else if (byte === COMMA && level === 2) break;
    }
    depth = level;
    return at;
  }

  return {
    push(chunk) {
      const items: string[] = [];
      from = 0;
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
      if (leaving < 0) keep(chunk.subarray(from));
      return items;
    },
    rest: () => Buffer.concat([...outside, ...parts]).toString('utf8'),
  };
}
