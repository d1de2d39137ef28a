/** A line of a YAML text, by UTF-16 offsets. */
export interface Line {
  start: number;
  /** Without the line break. */
  end: number;
  /** What stands before the content: spaces, and tabs that should not be there. */
  indent: string;
  /** Without indentation, comment and blanks at its end; empty for blank and comment lines. */
  content: string;
}

/** The lines of a text. Comments end a content; text of block scalars is taken as content like any other. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    let next = text.indexOf('\n', start);
    if (next < 0) next = text.length;
    const end = next > start && text[next - 1] === '\r' ? next - 1 : next;
    const line = text.slice(start, end);
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    lines.push({ start, end, indent, content: withoutComment(line.slice(indent.length)) });
    start = next + 1;
  }
  return lines;
}

export const contentStart = ({ start, indent }: Line): number => start + indent.length;
export const contentEnd = (line: Line): number => contentStart(line) + line.content.length;

/** The line that an offset lies in. */
export const lineAt = (lines: readonly Line[], offset: number): number =>
  Math.max(
    0,
    lines.findLastIndex(({ start }) => start <= offset),
  );

/** A content less a comment at its end; `#` in quotes is none, where these are closed on the line. */
function withoutComment(content: string): string {
  if (content.startsWith('#')) return '';
  let quote = '';
  for (let at = 0; at < content.length; at++) {
    const char = content[at] as string;
    if (quote) {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) quote = '';
    } else if (opensQuote(content, at)) quote = char;
    else if (char === '#' && /\s/.test(content[at - 1] ?? '')) return content.slice(0, at).trimEnd();
  }
  return content.trimEnd();
}

/** Whether a quote at this place opens a text: elsewhere in a plain word it means itself. */
const opensQuote = (content: string, at: number): boolean =>
  (content[at] === '"' || content[at] === "'") && /(?:^|[\s[{,])$/.test(content.slice(Math.max(0, at - 1), at));

/** Where a quote opens in a content that does not close there. */
export function unclosedQuote(content: string): number | undefined {
  let open: number | undefined;
  for (let at = 0; at < content.length; at++) {
    if (open === undefined) {
      if (opensQuote(content, at)) open = at;
    } else if (content[at] === '\\' && content[open] === '"') at++;
    else if (content[at] === content[open]) open = undefined;
  }
  return open;
}

/** An opening bracket by its offset. */
export interface Bracket {
  char: '[' | '{';
  at: number;
}

/** The brackets that lines leave open, outermost first. Quotes that are closed on their line are skipped, and block scalars. */
export function openBrackets(lines: readonly Line[], count: number): Bracket[] {
  const open: Bracket[] = [];
  let block = -1; // the indentation of the line with `|` or `>`
  for (const line of lines.slice(0, count)) {
    const { content, indent } = line;
    if (!content || (block >= 0 && indent.length > block)) continue;
    block = !open.length && /(?:^|[:\-?\s])[|>][-+\d]*$/.test(content) ? indent.length : -1;
    let quote = '';
    for (let at = 0; at < content.length; at++) {
      const char = content[at] as string;
      if (quote) {
        if (char === '\\' && quote === '"') at++;
        else if (char === quote) quote = '';
      } else if (opensQuote(content, at)) quote = char;
      else if ((char === '[' || char === '{') && (open.length || /(?:^|[:\-?]\s+|&\S+\s+)$/.test(content.slice(0, at))))
        open.push({ char, at: contentStart(line) + at });
      else if ((char === ']' || char === '}') && open.length) open.pop();
    }
  }
  return open;
}

/** By how many columns sections are indented here, mostly. */
export function unitOf(lines: readonly Line[]): number {
  const steps = new Map<number, number>();
  let before = 0;
  for (const { indent, content } of lines) {
    if (!content || indent.includes('\t')) continue;
    const step = indent.length - before;
    if (step > 0) steps.set(step, (steps.get(step) ?? 0) + 1);
    before = indent.length;
  }
  const [most] = [...steps].sort(([a, n], [b, m]) => m - n || a - b);
  return most?.[0] === 4 ? 4 : 2;
}
