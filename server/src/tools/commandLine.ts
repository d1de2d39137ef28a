import type { Invocation } from './tool.ts';

/** One simple command: its words, and where they begin among the words of the document. */
export interface SimpleCommand {
  words: readonly string[];
  /** Index of the first word among the words of `command` and `args`; `undefined` in a shell line. */
  first: number | undefined;
}

/** Longer lines for a shell are scripts of their own, and not looked at. */
const MAX_LINE = 16 * 1024;
const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh']);
/** Programs that start what follows them. */
const WRAPPERS = new Set(['exec', 'nohup', 'time', 'env', 'command', 'tini', 'dumb-init', 'stdbuf', 'numactl', 'sudo']);
/** Words of a shell after which a command begins. */
const RESERVED = new Set(['then', 'do', 'else', 'elif', 'if', 'while', 'until', '{', '!', '(']);
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;

/** A program's name without its directory. */
export const programName = (word: string): string => word.slice(word.lastIndexOf('/') + 1);

/** The line that a shell is given to run (`sh -c "…"`), and its index among the words. */
export function shellLine(words: readonly string[]): { text: string; index: number } | undefined {
  const start = withoutWrappers(words);
  if (!SHELLS.has(programName(words[start] ?? ''))) return undefined;
  for (let index = start + 1; index < words.length; index++) {
    const word = words[index] as string;
    if (!/^[-+]/.test(word)) return undefined; // a script file
    if (/^-[a-z]*c$/.test(word)) {
      const text = words[index + 1];
      return text === undefined ? undefined : { text, index: index + 1 };
    }
    if (/^[-+][a-z]*o$/.test(word)) index++; // `-euo pipefail`
  }
  return undefined;
}

/** The simple commands of an invocation, without what only stands in front of them (`exec`, `FOO=1`). */
export function commandsOf({ command, args }: Invocation): { commands: SimpleCommand[]; shell: boolean } {
  const words = [...command, ...args];
  const line = shellLine(words);
  if (line) {
    const lines = line.text.length > MAX_LINE ? [] : splitShell(line.text);
    return { commands: lines.map((all) => ({ words: all.slice(skipPrefix(all)), first: undefined })), shell: true };
  }
  const start = withoutWrappers(words);
  return { commands: [{ words: words.slice(start), first: start }], shell: false };
}

/** Index of the first word that is no wrapper and no option of one. */
function withoutWrappers(words: readonly string[], start = 0): number {
  let at = start;
  while (at < words.length && WRAPPERS.has(programName(words[at] as string))) {
    at++;
    while (at < words.length && (/^-/.test(words[at] as string) || ASSIGNMENT.test(words[at] as string))) at++;
  }
  return at;
}

function skipPrefix(words: readonly string[]): number {
  let at = 0;
  while (at < words.length && (RESERVED.has(words[at] as string) || ASSIGNMENT.test(words[at] as string))) at++;
  return withoutWrappers(words, at);
}

/**
 * Words of each simple command of a shell text: quotes and escapes are undone, comments and redirections dropped; variables stay as they
 * are written. What it cannot read (a here-document) gives words that mean nothing, never an error.
 */
export function splitShell(text: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  let quote = '';
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    if (words.length) commands.push(withoutRedirections(words));
    words = [];
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quote) {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && /["\\$`\n]/.test(text[at + 1] ?? '')) {
        at++;
        if (text[at] !== '\n') word += text[at] as string;
      } else word += char;
    } else if (char === '\\') {
      at++;
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
      else if (text[at] !== '\n') word = (word ?? '') + (text[at] ?? '');
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (char === '#' && word === undefined) {
      while (at + 1 < text.length && text[at + 1] !== '\n') at++;
    } else if (char === '\n' || char === ';' || char === '|' || (char === '&' && !/[<>]$/.test(word ?? ''))) {
      if (char === '&' && text[at + 1] === '>') word = '&';
      else endCommand();
    } else if (char === ' ' || char === '\t' || char === '\r') endWord();
    else if (char === '$' && text[at + 1] === '(') {
      const end = closing(text, at + 1);
      word = (word ?? '') + text.slice(at, end + 1);
      at = end;
    } else if (char === '(' || char === ')') endCommand();
    else word = (word ?? '') + char;
  }
  endCommand();
  return commands;
}

/** Index of the bracket that closes the one at `open`; the end where none does. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}

/** `> file`, `2>&1`, `<in`: nothing that a program sees. */
function withoutRedirections(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (!/^(?:\d*|&)[<>]/.test(word)) kept.push(word);
    else if (/[<>]$/.test(word)) at++;
  }
  return kept;
}
