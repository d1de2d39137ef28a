/** An abort signal that follows other signals and a clock. `end` must be called when what it guards is over. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether the clock, not a signal, ended it. */
  readonly passed: boolean;
  /** Milliseconds that are left. */
  readonly left: number;
  /** Stops the clock and keeps following the signals. */
  stopClock(): void;
  end(): void;
}

/** `AbortSignal.any` with `AbortSignal.timeout`, except that it lets go of its signals: those of a connection live for hours. */
export function createDeadline(milliseconds: number, signals: (AbortSignal | undefined)[]): Deadline {
  const controller = new AbortController();
  const started = performance.now();
  let passed = false;
  const abort = () => controller.abort();
  const clock = setTimeout(() => {
    passed = true;
    abort();
  }, milliseconds);
  const followed = signals.filter((signal) => signal !== undefined);
  for (const signal of followed) signal.addEventListener('abort', abort, { once: true });
  if (followed.some((signal) => signal.aborted)) abort();
  return {
    signal: controller.signal,
    get passed() {
      return passed;
    },
    get left() {
      return milliseconds - (performance.now() - started);
    },
    stopClock: () => clearTimeout(clock),
    end() {
      clearTimeout(clock);
      for (const signal of followed) signal.removeEventListener('abort', abort);
    },
  };
}

/** Waits; an abort ends the wait early, without an error. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** The result of `work`, or the error `aborted()` as soon as the signal says so; `work` itself goes on. */
export function whileNotAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new DOMException('aborted', 'AbortError'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
