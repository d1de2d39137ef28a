import { message } from '../../../l10n/index.ts';
import { cancelled, GpuctlError } from '../operations/error.ts';
import type { Cluster } from '../operations/ports.ts';
import { Session } from '../operations/session.ts';
import type { Cli } from './cli.ts';

/** Runs something on a connection of its own, which is closed afterwards. Warns once where nobody checks who answers. */
export async function withSession<T>(cli: Cli, run: (session: Session) => Promise<T>): Promise<T> {
  const { ports, connection } = cli;
  let isWarned = false;
  const onStatus = () => {
    const { target } = session.status;
    if (isWarned || !target?.insecure) return;
    isWarned = true;
    const warning = cli.say(message('connection.insecure', { cluster: target.cluster }));
    void cli.out.note(`${cli.out.style('yellow', cli.t('cli.severity.warning'), 'stderr')} ${warning}`);
  };
  const session = new Session(ports.clusters, { onStatus, onState: () => {} });
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
  const stop = () => stopped.reject(cancelled());
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) stop();
    return await Promise.race([session.cluster(), stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** How long is waited for a part of the state that does not come, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Holds the state of the cluster from now on; settles once all of it is known. What keeps a part from coming is told at once, and tried
 * again. Throws GpuctlError where nothing can be known, and where a part is missing at the end of the patience.
 */
export async function holdState(cli: Cli, session: Session, patience = PATIENCE): Promise<void> {
  const { context } = await connect(session, cli.reading);
  session.setInterest(true);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience);
  const signal = AbortSignal.any([cli.reading, late.signal]);
  let told = '';
  try {
    while (session.status.phase !== 'connected') {
      const { phase, error } = session.status;
      if (error && (phase === 'failed' || phase === 'none')) throw error;
      if (late.signal.aborted) throw incomplete(session, context.cluster, patience);
      const trouble = error ? cli.say(error.say) : told;
      if (trouble !== told) await cli.out.note(trouble);
      told = trouble;
      await nextChange(session, signal).catch((failure) => {
        if (cli.reading.aborted) throw failure;
      });
    }
  } finally {
    clearTimeout(timer);
  }
}

/** How long a submit waits for what tells whether a job fits, in milliseconds: without it, it goes on. */
const GLANCE = 3000;

/** Holds the state of the cluster from now on, if it comes soon. */
export async function glance(session: Session, signal: AbortSignal): Promise<void> {
  session.setInterest(true);
  const enough = AbortSignal.any([signal, AbortSignal.timeout(GLANCE)]);
  while (session.status.phase !== 'connected' && !enough.aborted) await nextChange(session, enough).catch(() => {});
}

function incomplete({ missing, status: { error } }: Session, cluster: string, patience: number): GpuctlError {
  const args = { cluster, seconds: Math.round(patience / 1000), missing: missing.join(', ') };
  const { hint, detail } = error ?? {};
  const more = { ...(hint && { hint }), ...(detail !== undefined && { detail }) };
  return new GpuctlError('connection.incomplete', message('cli.incomplete', args), more);
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
  if (signal.aborted) throw cancelled();
}
