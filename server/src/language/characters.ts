/** Looks at the characters of a YAML text. Offsets count in UTF-16. */
export class Characters {
  protected readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The end of a plain word in flow style, blanks behind it left out. */
  protected flowWordEnd(from: number, limit: number): number {
    const { text } = this;
    let at = from;
    for (; at < limit; at++) {
      const char = text[at] as string;
      if (',[]{}\n\r'.includes(char)) break;
      if (char === ':' && /[\s,[\]{}]/.test(text[at + 1] ?? ' ')) break;
      if (char === '#' && /\s/.test(text[at - 1] ?? '')) break;
    }
    return from + text.slice(from, at).trimEnd().length;
  }

  /** The end of a quoted text that begins at `at`; `undefined` where it is not closed before `limit`. */
  protected quotedEnd(at: number, limit: number): number | undefined {
    const { text } = this;
    const quote = text[at];
    for (let i = at + 1; i < limit; i++) {
      if (text[i] === '\\' && quote === '"') i++;
      else if (text[i] === quote) {
        if (quote === "'" && text[i + 1] === "'") i++;
        else return i + 1;
      }
    }
    return undefined;
  }

  /** Behind anchor and tag. */
  protected skipProperties(at: number): number {
    let from = at;
    while (this.text[from] === '&' || this.text[from] === '!') from = this.skipBlank(this.skipWord(from));
    return from;
  }

  protected skipWord(at: number): number {
    let end = at;
    while (end < this.text.length && !/[\s,[\]{}]/.test(this.text[end] as string)) end++;
    return Math.max(end, at + 1);
  }

  protected skipBlank(at: number): number {
    let from = at;
    while (this.text[from] === ' ' || this.text[from] === '\t') from++;
    return from;
  }

  protected isBlank(at: number): boolean {
    return at >= this.text.length || ' \t\r\n'.includes(this.text[at] as string);
  }

  protected endOfLine(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end;
  }

  /** The end of the last thing before `end` that is no blank. */
  protected lastTextBefore(end: number): number {
    let last = end;
    while (last > 0 && /\s/.test(this.text[last - 1] as string)) last--;
    return last;
  }
}
