/** Runs what makes many errors, of broken texts, of which nobody looks at the stack: taking it down is most of their cost. */
export function withoutStacks<Result>(run: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
