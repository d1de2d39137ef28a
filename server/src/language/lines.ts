/** Where the lines of a text begin as the protocol counts them, and by it lines and characters of offsets. */
export class Lines {
  /** UTF-16 offsets. */
  readonly starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    if (text.includes('\r'))
      for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
    else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.starts = starts;
  }

  /** The line, from 0, that an offset is in. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  startOf(line: number): number {
    return this.starts[line] ?? 0;
  }
}
