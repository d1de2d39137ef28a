import { cancelled } from './error.ts';
import type { Cluster } from './ports.ts';
import type { Session } from './session.ts';

/**
 * Waits until the window has a connection that fits: what keeps it from one may be mended meanwhile. `waits` is told each time that it has another one or
 * none. Throws when it is called off.
 */
export async function untilConnected(
  session: Session,
  signal: AbortSignal,
  {
    fits = () => true,
    waits,
  }: { fits?: (cluster: Cluster) => boolean; waits?: (other: Cluster | undefined) => void } = {},
): Promise<Cluster> {
  let wake = () => {};
  const woken = () => wake();
  const listener = session.onChange(woken);
  signal.addEventListener('abort', woken);
  try {
    for (;;) {
      if (signal.aborted) throw cancelled();
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // A failure lasts until something changes: only then is it of use to ask again.
      const cluster = session.status.error ? undefined : await session.cluster().catch(() => undefined);
      if (cluster && fits(cluster)) return cluster;
      if (signal.aborted) throw cancelled();
      waits?.(cluster);
      await changed;
    }
  } finally {
    listener.dispose();
    signal.removeEventListener('abort', woken);
  }
}
