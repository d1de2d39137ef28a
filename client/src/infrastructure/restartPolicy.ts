const WINDOW = 3 * 60_000;
const DELAYS = [200, 1_000, 3_000, 8_000, 15_000];

/** How often a server that dies is started again: five times in three minutes, each time later. */
export class RestartPolicy {
  #deaths: number[] = [];

  /** Milliseconds to wait before the next start; `undefined` when it is enough. */
  next(now = Date.now()): number | undefined {
    this.#deaths = this.#deaths.filter((at) => now - at < WINDOW);
    return DELAYS[this.#deaths.push(now) - 1];
  }

  reset(): void {
    this.#deaths = [];
  }
}
