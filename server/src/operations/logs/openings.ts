/** Logs that are opened at a time, and milliseconds after which one that says nothing no longer counts. */
const AT_ONCE = 16;
const QUIET = 300;

/** Lets so many logs be opened at a time, so that a job of very many ranks does not storm the API server. */
export class Openings {
  private free = AT_ONCE;
  private readonly waiting: (() => void)[] = [];

  /** Waits for a turn. It ends with the call of what comes back, and by itself after a while. */
  async next(): Promise<() => void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    };
    const timer = setTimeout(end, QUIET);
    return end;
  }
}
