/** Milliseconds between two looks. */
const LOOK = 5_000;

/** Looks at something again and again as long as it is watched. */
export class WhileWatched {
  private readonly look: () => void;
  private timer: NodeJS.Timeout | undefined;
  private over = new AbortController();

  constructor(look: () => void) {
    this.look = look;
  }

  /** Aborted when nobody watches any more. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  set(isWatched: boolean): void {
    if (isWatched === (this.timer !== undefined)) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.over.abort();
    if (!isWatched) return;
    this.over = new AbortController();
    this.timer = setInterval(this.look, LOOK).unref();
    this.look();
  }
}
