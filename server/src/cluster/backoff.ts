/** Waiting times that grow from try to try, so that a cluster in trouble is left alone. */
export interface Backoff {
  /** Milliseconds to wait before the next try; at least `atLeast`. */
  next(atLeast?: number): number;
  reset(): void;
}

/** Doubles from `first` to `most` milliseconds, each with a jitter of 50–100 %, so that many clients do not come back together. */
export function createBackoff(first = 500, most = 30_000, random: () => number = Math.random): Backoff {
  let step = first;
  return {
    next(atLeast = 0) {
      const wait = step * (0.5 + random() / 2);
      step = Math.min(most, step * 2);
      return Math.max(atLeast, wait);
    },
    reset() {
      step = first;
    },
  };
}
