/** Milliseconds of work after which others have their turn. */
const SLICE = 8;

/** For long work: awaited between its steps, it lets others have their turn every few milliseconds. */
export function createTurns(): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < SLICE) return;
    await new Promise((resolve) => setImmediate(resolve));
    begun = performance.now();
  };
}
