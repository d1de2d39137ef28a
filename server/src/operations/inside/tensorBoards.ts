import { message } from '../../../../l10n/index.ts';
import { asGpuctlError, cancelled, GpuctlError } from '../error.ts';
import { findPlace, type PlaceAsked } from '../files/place.ts';
import type { Execution } from '../ports.ts';
import type { Session } from '../session.ts';
import { TENSORBOARD } from './pythonScripts.ts';
import { failed, pythonCommand, readPrinted } from './runPython.ts';

/** A TensorBoard that runs in a part of a job. */
export interface TensorBoard {
  /** Port of the container's loopback. */
  port: number;
  /** Folder whose events it shows. */
  folder: string;
}

interface Printed {
  port?: number;
  folder?: string;
  missing?: 'tensorboard' | 'events';
  failed?: string;
}

/** The TensorBoards that were started from this window, by ids of the client. They end with their connection, and so with the window. */
export class TensorBoards {
  private readonly session: Session;
  private readonly held = new Map<string, AbortController>();

  constructor(session: Session) {
    this.session = session;
  }

  /**
   * Shows what a part of a job wrote in its working folders. Done when it answers. Throws what `findPlace` throws, `inside.no-python`,
   * `tensorboard.missing`, `tensorboard.no-events`.
   */
  async start(id: string, asked: PlaceAsked, signal: AbortSignal): Promise<TensorBoard> {
    if (signal.aborted) throw cancelled();
    const life = new AbortController();
    const begun = Promise.withResolvers<TensorBoard>();
    this.held.set(id, life);
    const giveUp = () => life.abort();
    signal.addEventListener('abort', giveUp);
    // The connection stays as long as it is shown, also where the window has another by then.
    this.session
      .use((cluster) => this.run(cluster, asked, life.signal, begun.resolve))
      .catch((error) => begun.reject(signal.aborted ? cancelled() : asGpuctlError(error)))
      .finally(() => this.held.delete(id));
    return begun.promise.finally(() => signal.removeEventListener('abort', giveUp));
  }

  /** Ends one; nothing where it is gone already. */
  stop(id: string): void {
    this.held.get(id)?.abort();
  }

  /** Ends all. */
  dispose(): void {
    for (const life of this.held.values()) life.abort();
  }

  private async run(
    cluster: Parameters<typeof findPlace>[0],
    asked: PlaceAsked,
    signal: AbortSignal,
    begun: (shown: TensorBoard) => void,
  ): Promise<void> {
    const place = await findPlace(cluster, asked, signal);
    const command = pythonCommand(TENSORBOARD, JSON.stringify(place.folders));
    const running = await cluster.exec(place.pod, { container: place.container, command, stdin: true, signal });
    const printed = { stdout: '', stderr: '' };
    let isShown = false;
    for await (const { from, bytes } of running.output) {
      printed[from] = (printed[from] + bytes.toString()).slice(-10_000);
      if (isShown || !printed.stdout.endsWith('\n')) continue;
      const { port, folder } = readPrinted<Printed>({ code: 0, stdout: Buffer.from(printed.stdout), stderr: '' });
      if (port === undefined || folder === undefined) continue;
      isShown = true;
      begun({ port, folder });
    }
    if (isShown) return;
    throw await whyNot(running, printed, place.folders);
  }
}

async function whyNot(
  running: Execution,
  { stdout, stderr }: { stdout: string; stderr: string },
  folders: readonly string[],
): Promise<GpuctlError> {
  const code = await running.ended;
  const said = readPrinted<Printed>({ code, stdout: Buffer.from(stdout), stderr });
  if (said.missing === 'tensorboard') return new GpuctlError('tensorboard.missing', message('tensorboard.missing'));
  if (said.missing === 'events')
    return new GpuctlError(
      'tensorboard.no-events',
      message('tensorboard.no-events', { folders: folders.map((one) => `\`${one}\``).join(', ') }),
    );
  return failed(said.failed ?? '');
}
