import { LIMITS } from '../model/yamlTree.ts';
import { Characters } from './characters.ts';

/** A key with its value, or an item of a list. Offsets count in UTF-16 from the beginning of the text; ends are exclusive. */
export interface Entry {
  /** The key as it is written, without quotes; `undefined` for an item. */
  key: string | undefined;
  /** Of the key, or of the item's dash (in flow style: of the item). */
  start: number;
  keyEnd: number;
  /** The value without its anchor and tag; both are `keyEnd` where there is none. */
  valueStart: number;
  valueEnd: number;
  style: 'empty' | 'plain' | 'quoted' | 'blockScalar' | 'flow' | 'block';
  children: Entry[];
}

/** The structure of one YAML document. */
export interface Outline {
  entries: Entry[];
  /** Where lines of comment begin (at the `#`); what only looks like one within a value is none. */
  comments: number[];
}

interface Level {
  indent: number;
  list: boolean;
  entries: Entry[];
}

/**
 * The structure of a document by one pass over its characters: some twenty times as fast as a parser, and it works where the text is
 * broken. For the looks alone: what a document means, `YamlTree` says. Bounded as that is; never throws.
 */
export function outlineOf(text: string): Outline {
  if (text.length > LIMITS.characters) return { entries: [], comments: [] };
  const scanner = new Scanner(text);
  scanner.run();
  for (const entry of scanner.root) close(entry);
  return { entries: scanner.root, comments: scanner.comments };
}

/** A section ends where the last thing in it ends. */
function close(entry: Entry): void {
  for (const child of entry.children) close(child);
  const [first, last] = [entry.children[0], entry.children.at(-1)];
  if (entry.style !== 'block' || !first || !last) return;
  entry.valueStart = first.start;
  entry.valueEnd = last.valueEnd;
}

class Scanner extends Characters {
  readonly root: Entry[] = [];
  readonly comments: number[] = [];
  private readonly levels: Level[] = [];
  private lineStart = 0;
  private lineEnd = 0;

  run(): void {
    const { text } = this;
    let next = text.startsWith('\uFEFF') ? 1 : 0;
    while (next < text.length) {
      this.lineStart = next;
      this.lineEnd = this.endOfLine(next);
      next = this.line();
    }
  }

  /** Reads one line, and with it the further lines of a value that begins in it. Returns where to go on. */
  private line(): number {
    const { text, lineStart, lineEnd } = this;
    const after = lineEnd + 1;
    let at = this.skipBlank(lineStart);
    if (at >= lineEnd || text[at] === '\r') return after;
    if (text[at] === '#') {
      this.comments.push(at);
      return after;
    }
    if (at === lineStart) {
      if (text[at] === '%' && !this.root.length) return after;
      if (text.startsWith('...', at) && this.isBlank(at + 3)) return text.length;
      if (text.startsWith('---', at) && this.isBlank(at + 3)) {
        at = this.skipBlank(at + 3);
        if (this.endsHere(at)) return after;
      }
    }
    return this.node(at, undefined, -1) ?? after;
  }

  /** What begins at `at`, in the line that is being read; `owner` is the list item in front of it in the same line. */
  private node(at: number, owner: Entry | undefined, ownerIndent: number): number | undefined {
    const { text } = this;
    const column = at - this.lineStart;
    if (text[at] === '-' && this.isBlank(at + 1)) {
      const item = newEntry(undefined, at, at + 1);
      if (!this.place(item, column, true, owner)) return undefined;
      const rest = this.skipBlank(at + 1);
      return this.endsHere(rest) ? undefined : this.node(rest, item, column);
    }
    const named = this.keyAt(this.skipProperties(at));
    if (named) {
      if (!this.place(named.entry, column, false, owner)) return undefined;
      return this.value(named.entry, named.after, column);
    }
    if (owner) return this.value(owner, at, ownerIndent);
    return this.loose(at, column);
  }

  /** Text without a key: the value of the key above it, a further line of that value, or the whole document in flow style. */
  private loose(at: number, column: number): number | undefined {
    if (!this.levels.length) {
      if (!/[[{]/.test(this.text[at] ?? '')) return undefined;
      const whole = newEntry(undefined, at, at);
      const next = this.value(whole, at, -1);
      this.root.push(...whole.children);
      return next;
    }
    while (this.levels.length > 1 && (this.levels.at(-1)?.indent ?? 0) >= column) this.levels.pop();
    const level = this.levels.at(-1);
    const last = level?.entries.at(-1);
    if (!level || !last || last.style === 'block') return undefined;
    if (last.style === 'empty') return this.value(last, at, level.indent);
    if (last.style === 'plain') last.valueEnd = this.plainEnd(at);
    return undefined;
  }

  /** Puts an entry where its column says. False where nothing there can hold it. */
  private place(entry: Entry, column: number, list: boolean, owner: Entry | undefined): boolean {
    const { levels } = this;
    if (!owner) {
      while (levels.length) {
        const { indent, list: isList } = levels.at(-1) as Level;
        if (indent < column || (indent === column && (isList === list || list))) break;
        levels.pop();
      }
    }
    const top = levels.at(-1);
    if (!owner && top?.indent === column && top.list === list) {
      top.entries.push(entry);
      return true;
    }
    if (levels.length >= LIMITS.depth) return false;
    const holder = owner ?? top?.entries.at(-1);
    if (!holder && this.root.length) return false;
    if (holder && holder.style !== 'empty') return false;
    if (holder) holder.style = 'block';
    const entries = holder?.children ?? this.root;
    entries.push(entry);
    levels.push({ indent: column, list, entries });
    return true;
  }

  private keyAt(at: number): { entry: Entry; after: number } | undefined {
    const { text, lineEnd } = this;
    const first = text[at];
    if (first === '"' || first === "'") {
      const end = this.quotedEnd(at, lineEnd);
      const colon = end === undefined ? lineEnd : this.skipBlank(end);
      if (end === undefined || text[colon] !== ':' || !this.isBlank(colon + 1)) return undefined;
      return { entry: newEntry(text.slice(at + 1, end - 1), at, end), after: colon + 1 };
    }
    if (first === undefined || '[]{},#|>@`%?'.includes(first)) return undefined;
    for (let i = at; i < lineEnd; i++) {
      const char = text[i];
      if (char === '#' && /\s/.test(text[i - 1] ?? '')) return undefined;
      if (char !== ':' || !this.isBlank(i + 1)) continue;
      const key = text.slice(at, i).trimEnd();
      return { entry: newEntry(key, at, at + key.length), after: i + 1 };
    }
    return undefined;
  }

  /** Reads the value at or behind `at`. Returns the beginning of the line to go on with, where it took further lines. */
  private value(entry: Entry, at: number, indent: number): number | undefined {
    const { text } = this;
    const start = this.skipProperties(this.skipBlank(at));
    if (this.endsHere(start)) return undefined;
    entry.valueStart = start;
    const char = text[start];
    if (char === '|' || char === '>') {
      entry.style = 'blockScalar';
      entry.valueEnd = this.lastTextBefore(this.lineEnd);
      return this.indentedLines(entry, indent);
    }
    if (char === '"' || char === "'") {
      entry.style = 'quoted';
      entry.valueEnd = this.quotedEnd(start, this.unindented(indent)) ?? this.lastTextBefore(this.lineEnd);
    } else if (char === '{' || char === '[') {
      entry.style = 'flow';
      entry.valueEnd = this.flow(entry, start, indent);
    } else {
      entry.style = 'plain';
      entry.valueEnd = this.plainEnd(start);
    }
    return entry.valueEnd > this.lineEnd ? this.endOfLine(entry.valueEnd) + 1 : undefined;
  }

  /** The lines of a block scalar: all that are blank or deeper than what it belongs to. */
  private indentedLines(entry: Entry, indent: number): number {
    const { text } = this;
    let next = this.lineEnd + 1;
    while (next < text.length) {
      const end = this.endOfLine(next);
      const first = this.skipBlank(next);
      if (first < end && text[first] !== '\r') {
        if (first - next <= indent || /^(?:---|\.\.\.)\s/.test(`${text.slice(next, next + 4)}\n`)) break;
        entry.valueEnd = this.lastTextBefore(end);
      }
      next = end + 1;
    }
    return next;
  }

  /** Where the next line begins that is not deeper than `indent`: nothing that is written in one piece goes beyond. */
  private unindented(indent: number): number {
    const { text } = this;
    let next = this.lineEnd + 1;
    while (next < text.length) {
      const end = this.endOfLine(next);
      const first = this.skipBlank(next);
      if (first < end && text[first] !== '\r' && first - next <= indent && !'}]'.includes(text[first] ?? ''))
        return next;
      next = end + 1;
    }
    return text.length;
  }

  /** A collection in flow style, with its entries. Returns its end. */
  private flow(owner: Entry, from: number, indent: number): number {
    const { text } = this;
    const limit = this.unindented(indent);
    const open: { owner: Entry; map: boolean }[] = [];
    let pair: Entry | undefined; // a key whose value is to come
    let at = from;
    while (at < limit) {
      const char = text[at] as string;
      const top = open.at(-1);
      if (char === '{' || char === '[') {
        if (open.length >= LIMITS.depth) break;
        const holder = top ? (pair ?? addEntry(top.owner, undefined, at, at)) : owner;
        Object.assign(holder, { style: 'flow', valueStart: at, valueEnd: at + 1 });
        open.push({ owner: holder, map: char === '{' });
        pair = undefined;
        at++;
      } else if (char === '}' || char === ']') {
        if (top) top.owner.valueEnd = at + 1;
        open.pop();
        pair = undefined;
        at++;
        if (!open.length) return at;
      } else if (char === '#' && /\s/.test(text[at - 1] ?? '')) {
        at = this.endOfLine(at);
      } else if (char === ',') {
        pair = undefined;
        at++;
      } else if (char === ':' || /\s/.test(char)) {
        at++;
      } else if (char === '&' || char === '!') {
        at = this.skipWord(at);
      } else if (top) {
        const quoted = char === '"' || char === "'";
        const end = quoted ? (this.quotedEnd(at, limit) ?? limit) : this.flowWordEnd(at, limit);
        const word = quoted ? text.slice(at + 1, end - 1) : text.slice(at, end);
        if (top.map && !pair) pair = addEntry(top.owner, word, at, end);
        else {
          const entry = pair ?? addEntry(top.owner, undefined, at, at);
          Object.assign(entry, { style: quoted ? 'quoted' : 'plain', valueStart: at, valueEnd: end });
          pair = undefined;
        }
        at = Math.max(end, at + 1);
      } else at++;
    }
    for (const { owner: unclosed } of open) unclosed.valueEnd = this.lastTextBefore(limit);
    return this.lastTextBefore(limit);
  }

  /** The end of a plain value in its line, before blanks and a comment. */
  private plainEnd(at: number): number {
    const line = this.text.slice(at, this.lineEnd);
    const comment = line.search(/\s#/);
    return at + (comment < 0 ? line : line.slice(0, comment)).trimEnd().length;
  }

  /** Whether nothing but a comment is left of the line. */
  private endsHere(at: number): boolean {
    return at >= this.lineEnd || this.text[at] === '\r' || this.text[at] === '#';
  }
}

function newEntry(key: string | undefined, start: number, keyEnd: number): Entry {
  return { key, start, keyEnd, valueStart: keyEnd, valueEnd: keyEnd, style: 'empty', children: [] };
}

function addEntry(owner: Entry, key: string | undefined, start: number, keyEnd: number): Entry {
  const entry = newEntry(key, start, keyEnd);
  owner.children.push(entry);
  return entry;
}
