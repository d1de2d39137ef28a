/** A line of a log, without the newline at its end. */
export interface LogLine {
  /** When it was written, as `2026-01-01T00:00:00.000000000Z`; of a line that does not tell, that of the one before. */
  time: string;
  /** As the program wrote it. */
  text: string;
  /** The state of a progress bar whose line has no end yet. */
  partial?: true;
}

/** Characters of a line that are shown. */
const SHOWN = 16_384;
/** Characters that are held of a line that has no end. */
const HELD = 4 * SHOWN;
/** Characters after which a progress bar whose line has no end is shown as it is. */
const PROGRESS = 8_192;

/** Colours and other orders to a terminal: those with parameters, titles and links, those of one or two characters. */
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|[ -/]*[0-~])|\u009b[0-?]*[ -/]*[@-~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f\u2028\u2029]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it looks for
const HAS_CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

/** A line as it is shown: without orders to a terminal, of a progress bar its last state, of an endless one its beginning. */
export function toShownLine(text: string): string {
  const plain = HAS_CONTROLS.test(text) ? lastState(text.replace(ESCAPES, '')).replace(CONTROLS, '') : text;
  return plain.length > SHOWN ? `${plain.slice(0, SHOWN)} …` : plain;
}

/** What a terminal would show of a line that returns to its beginning again and again. */
function lastState(text: string): string {
  if (!text.includes('\r')) return text;
  const states = text.split('\r');
  return states.findLast((state) => state.trim() !== '') ?? '';
}

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)(?: |$)/;

/** Splits text as it comes into lines with their times. Holds so much of a line without an end, and no more. */
export class LineReader {
  private rest = '';
  /** Characters of the unfinished line that are no longer held. */
  private gone = 0;
  private time = '';

  read(chunk: string): LogLine[] {
    const all = this.rest + chunk;
    const lines: LogLine[] = [];
    let from = 0;
    for (let end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', from)) {
      lines.push(this.toLine(all.slice(from, end)));
      from = end + 1;
    }
    if (from) this.gone = 0;
    this.rest = all.slice(from);
    if (this.rest.length > PROGRESS) this.shorten(lines);
    return lines;
  }

  /** Characters of the line that has no end yet. */
  get length(): number {
    return this.gone + this.rest.length;
  }

  /** The line at the end, if it has begun. */
  end(): LogLine[] {
    const { rest } = this;
    this.rewind();
    return rest ? [this.toLine(rest)] : [];
  }

  /** Forgets a half line. */
  rewind(): void {
    this.rest = '';
    this.gone = 0;
  }

  private toLine(line: string): LogLine {
    // The usual case first: nine digits, in UTC.
    if (line[29] === 'Z' && line[10] === 'T' && (line[30] === ' ' || line.length === 30)) {
      this.time = line.slice(0, 30);
      return { time: this.time, text: line.slice(31) };
    }
    const found = TIME.exec(line);
    if (!found) return { time: this.time, text: line };
    const [whole, second = '', fraction = '', zone = 'Z'] = found;
    const utc = zone === 'Z' ? second : new Date(`${second}${zone}`).toISOString().slice(0, 19);
    this.time = `${utc}.${fraction.padEnd(9, '0')}Z`;
    return { time: this.time, text: line.slice(whole.length) };
  }

  /** Of a progress bar only the last state is held, of any other line the beginning. */
  private shorten(lines: LogLine[]): void {
    const { rest } = this;
    const back = rest.lastIndexOf('\r');
    const time = TIME.exec(rest)?.[0] ?? '';
    if (back >= 0) {
      const { text } = this.toLine(rest.slice(0, back));
      if (text.trim() !== '') lines.push({ time: this.time, text, partial: true });
      this.rest = time + rest.slice(back);
    }
    if (this.rest.length > HELD) this.rest = this.rest.slice(0, HELD / 2);
    this.gone += rest.length - this.rest.length;
  }
}
