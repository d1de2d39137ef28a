/** A command line of a POSIX shell, up to the cursor. */
export interface TypedLine {
  /** Its words without quotes and backslashes; the last one is half-typed. */
  words: string[];
  /** What the shell is to put in place of what it takes for the last word, so that the word becomes `value`; `undefined` where it does not begin so. */
  toInsert(value: string): string | undefined;
}

const SPACE = /\s/;
/** What stands for itself only behind a backslash: outside of quotes, and between double ones. */
const SPECIAL = /[\s"'\\$`&|;<>()*?[\]{}!#~]/g;
const SPECIAL_QUOTED = /["\\$`]/g;

/**
 * Reads a line as bash does, which to its completion is more than words: it replaces only what follows the last of its `breaks`
 * (`COMP_WORDBREAKS`, among them `:` and `=`) or an open quote.
 */
export function readLine(line: string, breaks: string): TypedLine {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  let kept = 0;
  const { length } = line;
  for (let at = 0; at < length; at++) {
    const char = line[at] as string;
    const next = line[at + 1] ?? '';
    if (char === quote) quote = '';
    else if (char === '\\' && (quote === '' || (quote === '"' && next.search(SPECIAL_QUOTED) === 0))) {
      word = (word ?? '') + next;
      at++;
    } else if (quote) word += char;
    else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
      kept = word.length;
    } else if (SPACE.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      kept = 0;
    } else {
      word = (word ?? '') + char;
      if (breaks.includes(char)) kept = word.length;
    }
  }
  const last = word ?? '';
  const toInsert = (value: string) => (value.startsWith(last) ? quoted(value.slice(kept), quote) : undefined);
  return { words: [...words, last], toInsert };
}

function quoted(text: string, quote: string): string {
  if (quote === "'") return text.replaceAll("'", "'\\''");
  return text.replace(quote ? SPECIAL_QUOTED : SPECIAL, '\\$&');
}
