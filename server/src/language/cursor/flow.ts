import { beginsToken, endOfQuote, isSpace, type WrittenKey } from './lines.ts';

interface Entry {
  start: number;
  end: number;
  key?: WrittenKey;
  /** Offset of the colon behind the key. */
  colon?: number;
  /** The scalar of an item, or behind the colon. */
  word?: WrittenKey;
  /** Whether a collection stands here. */
  nested?: true;
}

interface Frame {
  isMap: boolean;
  open: number;
  close?: number;
  entries: Entry[];
  /** The entry it stands in. */
  parent?: { frame: Frame; index: number };
}

/** What stands at an offset inside a flow collection. */
export interface FlowPlace {
  /** Keys and indexes as they are written, from the collection down. */
  path: (string | number)[];
  wants: 'key' | 'value' | 'item';
  /** The word there, if any. */
  word: WrittenKey | undefined;
  hasColon: boolean;
  /** The other keys of the mapping. */
  siblings: string[];
}

/** Looks at the flow collection (`{a: [b]}`) that begins at `start` and ends before `end`; `undefined` where nothing can be completed. */
export function flowAt(text: string, start: number, end: number, offset: number): FlowPlace | undefined {
  const frames = readFlow(text, start, end, offset);
  const frame = frames?.findLast(({ open, close = end }) => open < offset && offset <= close);
  const index = frame?.entries.findIndex((entry) => entry.start <= offset && offset <= entry.end) ?? -1;
  const entry = frame?.entries[index];
  if (!frame || !entry || entry.nested) return undefined;
  const inside: (string | number)[] = [];
  for (let at = frame.parent; at; at = at.frame.parent) {
    const around = at.frame.entries[at.index];
    const part = at.frame.isMap ? around?.key?.text : at.index;
    if (part === undefined) return undefined;
    inside.unshift(part);
  }
  const isValue = entry.colon !== undefined && offset > entry.colon;
  const word = entry.colon === undefined || isValue ? entry.word : entry.key;
  if (word && (offset < word.start || offset > word.end)) return undefined;
  if (isValue && entry.key) inside.push(entry.key.text);
  else if (!frame.isMap) inside.push(index);
  return {
    path: inside,
    wants: isValue ? 'value' : frame.isMap ? 'key' : 'item',
    word,
    hasColon: entry.colon !== undefined && !isValue,
    siblings: frame.entries.flatMap((other) => {
      const key = other === entry || !frame.isMap ? undefined : (other.key ?? other.word);
      return key ? [key.text] : [];
    }),
  };
}

/** All collections in it, outer ones first; `undefined` where the offset lies in a comment. */
function readFlow(text: string, start: number, end: number, offset: number): Frame[] | undefined {
  const frames: Frame[] = [];
  let frame: Frame | undefined;
  let at = start;
  while (at < end) {
    const character = text[at] as string;
    const entry: Entry | undefined = frame?.entries.at(-1);
    if (character === '{' || character === '[') {
      const next: Frame = { isMap: character === '{', open: at, entries: [{ start: at + 1, end }] };
      if (frame && entry) {
        entry.nested = true;
        next.parent = { frame, index: frame.entries.length - 1 };
      }
      frames.push(next);
      frame = next;
      at++;
    } else if (!frame || !entry) return frames;
    else if (character === '}' || character === ']') {
      entry.end = at;
      frame.close = at++;
      frame = frame.parent?.frame;
      if (!frame) return frames;
    } else if (character === ',') {
      entry.end = at++;
      frame.entries.push({ start: at, end });
    } else if (character === '#' && /\s/.test(text[at - 1] ?? ' ')) {
      const lineEnd = endOfLine(text, at, end);
      if (offset > at && offset <= lineEnd) return undefined;
      at = lineEnd;
    } else if (character === ':' && entry.word && entry.colon === undefined) {
      entry.key = entry.word;
      delete entry.word;
      entry.colon = at++;
    } else if (/\s/.test(character)) at++;
    else {
      entry.word = readWord(text, at, end);
      at = Math.max(at + 1, entry.word.end);
    }
  }
  return frames;
}

/** The scalar that begins here; one whose quote is not closed ends with its line. */
function readWord(text: string, at: number, end: number): WrittenKey {
  const quote = text[at] as string;
  if ((quote === '"' || quote === "'") && beginsToken(text, at)) {
    const close = endOfQuote(text, at + 1, end, quote);
    const until = close < 0 ? endOfLine(text, at, end) : close + 1;
    return { text: text.slice(at + 1, close < 0 ? until : close), start: at, end: until };
  }
  const lineEnd = endOfLine(text, at, end);
  let to = at;
  for (; to < lineEnd; to++) {
    const character = text[to] as string;
    if (',[]{}'.includes(character) || (character === '#' && isSpace(text[to - 1]))) break;
    if (character === ':' && (to + 1 >= lineEnd || /[\s,[\]{}]/.test(text[to + 1] as string))) break;
  }
  const written = text.slice(at, to).trimEnd();
  return { text: written, start: at, end: at + written.length };
}

function endOfLine(text: string, from: number, end: number): number {
  const found = text.indexOf('\n', from);
  const stop = found < 0 || found > end ? end : found;
  return text[stop - 1] === '\r' ? stop - 1 : stop;
}
