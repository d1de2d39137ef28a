import { message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import type { Cluster } from '../operations/ports.ts';
import { Session } from '../operations/session.ts';
import type { Cli } from './cli.ts';

/** Runs something on a connection of its own, which is closed afterwards. */
export async function withSession<T>({ ports, connection }: Cli, run: (session: Session) => Promise<T>): Promise<T> {
  const session = new Session(ports.clusters, { onStatus: () => {}, onState: () => {} });
  try {
    session.configure(connection, true);
    return await run(session);
  } finally {
    session.dispose();
  }
}

/** Connects. Throws GpuctlError, `cancelled` as soon as it is called off: a login program may take its time. */
export async function connect(session: Session, signal: AbortSignal): Promise<Cluster> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(new GpuctlError('cancelled', message('connection.cancelled')));
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) stop();
    return await Promise.race([session.cluster(), stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Holds the state of the cluster from now on; settles once it is known. Throws GpuctlError where it cannot be. */
export async function holdState(session: Session, signal: AbortSignal): Promise<void> {
  await connect(session, signal);
  session.setInterest(true);
  while (session.status.phase !== 'connected') {
    const { phase, error } = session.status;
    if (error && (phase === 'failed' || phase === 'none')) throw error;
    await nextChange(session, signal);
  }
}

/** Settles with the next change of what is held. Throws `cancelled`. */
export async function nextChange(session: Session, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const listener = session.onChange(resolve);
  const stop = () => resolve();
  signal.addEventListener('abort', stop);
  try {
    if (!signal.aborted) await promise;
  } finally {
    listener.dispose();
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) throw new GpuctlError('cancelled', message('connection.cancelled'));
}
