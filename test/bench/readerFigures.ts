/** What a reader of the large cluster measures of itself. */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a process says of its first lists. */
export interface Read {
  /** Milliseconds that the loading of code took, before anything was asked. */
  load: number;
  /** Milliseconds from the start of the reading until all was held. */
  wall: number;
  /** Longest time in which the event loop did not turn, milliseconds. */
  stall: number;
  /** The most processor time of the main thread between two turns, milliseconds: the stall as a machine without other work would have it. */
  work: number;
  /** Most resident memory so far, MB (1024 × 1024 bytes). */
  peak: number;
  /** What was read, to see that both read the same. */
  held: Record<string, number>;
}

/** Begins to measure; `tell` sends the figures to the parent process, which reads the memory when the process has come to rest. */
export function measureReading(load: number): { tell(held: Record<string, number>): void } {
  const began = performance.now();
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  const used = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let work = 0;
  let before = used();
  const turning = setInterval(() => {
    const now = used();
    work = Math.max(work, now - before);
    before = now;
  }, 1);
  return {
    tell(held) {
      const wall = performance.now() - began;
      // What ran until now counts when the loop has turned.
      setTimeout(() => {
        delay.disable();
        clearInterval(turning);
        const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
        process.send?.({ load, wall, stall: delay.max / 1e6, work, peak, held } satisfies Read);
      }, 100);
    },
  };
}
