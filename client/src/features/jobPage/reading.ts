/** How one thing is read, and what becomes of it. Milliseconds. */
interface Readings<T> {
  read: () => Promise<T>;
  /** `isNewest`: it was read for what is wanted now. */
  take: (value: T, isNewest: boolean) => void;
  fail: (error: unknown, isNewest: boolean) => void;
  /** Between the end of a read and the next. */
  rest: number;
  /** After a failure, where it is tried again by itself; else only what is wanted next is read. */
  again?: number;
}

/**
 * Reads a thing for each state of something: one read at a time, with a rest between two, the newest state only. What could not be read counts
 * as not read. After its end nothing is read, taken or told any more.
 */
export class Reading<T> {
  readonly #readings: Readings<T>;
  #wanted: string | undefined;
  /** The state for which it was read. */
  #done: string | undefined;
  #busy = false;
  #ended = false;
  #waking: ReturnType<typeof setTimeout> | undefined;

  constructor(readings: Readings<T>) {
    this.#readings = readings;
  }

  /** Reads for this state, unless that was done; `undefined`: there is nothing to read. */
  want(state: string | undefined): void {
    this.#wanted = state;
    if (!this.#waking) this.#go();
  }

  /** Counts what was read as not read: the next `want` reads it, and at once. */
  forget(): void {
    clearTimeout(this.#waking);
    this.#waking = undefined;
    this.#done = undefined;
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#waking);
  }

  #go(): void {
    const state = this.#wanted;
    if (this.#ended || this.#busy || state === undefined || state === this.#done) return;
    this.#busy = true;
    this.#done = state;
    const { read, take, fail, rest, again } = this.#readings;
    const isNewest = () => this.#wanted === state && this.#done === state;
    read()
      .then((value) => {
        if (!this.#ended) take(value, isNewest());
      })
      .then(
        () => rest,
        (error: unknown) => {
          if (!this.#ended) fail(error, isNewest());
          if (again !== undefined && this.#done === state) this.#done = undefined;
          return again ?? rest;
        },
      )
      .then((pause) => this.#rest(pause));
  }

  #rest(milliseconds: number): void {
    this.#busy = false;
    if (this.#ended) return;
    clearTimeout(this.#waking);
    this.#waking = setTimeout(() => {
      this.#waking = undefined;
      this.#go();
    }, milliseconds);
  }
}
