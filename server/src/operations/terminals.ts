import { randomUUID } from 'node:crypto';
import { type Message, message } from '../../../l10n/index.ts';
import { MAIN_CONTAINER } from '../kinds/manifests/pod.ts';
import { asGpuctlError, cancelled, GpuctlError } from './error.ts';
import type { Cluster, Execution, TerminalSize } from './ports.ts';
import type { Session } from './session.ts';

/** Where a terminal is to be. */
export interface TerminalPlace {
  namespace: string;
  pod: string;
  /** Context that the person saw; another one by now is refused. */
  context: string | undefined;
}

interface TerminalEvents {
  /** Hands on what is printed; settles when it was taken. */
  append(terminal: string, text: string): Promise<void>;
  /** `code` is absent where nobody knows how it ended. */
  ended(terminal: string, say: Message, code?: number): void;
}

/**
 * Says first which process it is, then becomes the best shell that is there. The terminal is that of the editor, whatever the runtime thinks.
 */
const SHELL = [
  `printf '\\033]gpuctl;%s\\007' $$`,
  'export TERM=xterm-256color GPUCTL_TERMINAL="$1"',
  // Without a language, a shell takes letters beyond ASCII for commands.
  '[ -n "$LC_ALL$LC_CTYPE$LANG" ] || export LC_CTYPE=C.UTF-8',
  'command -v bash >/dev/null 2>&1 && exec bash',
  'exec sh',
].join('\n');
const GREETING = ['\x1b]gpuctl;', '\x07'] as const;
/** Characters within which the greeting is whole. */
const GREETING_LENGTH = 32;

/**
 * Hangs up a shell: it hands that on to what runs in it. Whoever takes no notice is killed. Another process may have its number by now: it is told
 * by what is in its environment.
 */
const HANG_UP = [
  'if command -v grep >/dev/null 2>&1; then grep -qsa "$2" "/proc/$1/environ" || exit 0; fi',
  'kill -HUP "$1" 2>/dev/null || exit 0',
  'for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || exit 0; sleep 0.1 2>/dev/null || sleep 1; done',
  'kill -KILL "$1"',
].join('\n');

/** Milliseconds that hanging up may take, and between its tries where the cluster is away. */
const PATIENCE = 10_000;
const AGAIN = [1_000, 5_000, 30_000, 120_000];

/** Codes of errors that are the end of the shell; after any other it may still run. */
const ENDS = ['exec.ended', 'exec.none', 'exec.no-program'];

/** One shell in a container. */
interface Shell {
  /** Who was asked for it; `undefined` until then. */
  cluster: Cluster | undefined;
  place: TerminalPlace;
  container: string;
  /** Is in its environment. */
  mark: string;
  pid: string | undefined;
  /** That `pid` is known, or will not be. */
  greeted: PromiseWithResolvers<void>;
  exec: Execution | undefined;
  /** That it runs, or why not. */
  opening: PromiseWithResolvers<void>;
  /** Ends the connection. */
  abort: AbortController;
  /** Whether it is known to be gone. */
  isOver: boolean;
  /** That it is hung up. */
  closed: Promise<void> | undefined;
}

/**
 * The terminals that are open, by the ids of the client. The end of a connection does not end what runs on the other side (Kubernetes), so a shell that is
 * closed is hung up, also one whose connection is lost.
 */
export class Terminals {
  private readonly session: Session;
  private readonly events: TerminalEvents;
  private readonly shells = new Map<string, Shell>();
  private readonly closing = new Set<Promise<void>>();

  constructor(session: Session, events: TerminalEvents) {
    this.session = session;
    this.events = events;
  }

  /** Opens a shell; done when it runs. Throws where there can be none. */
  async open(terminal: string, place: TerminalPlace, size: TerminalSize): Promise<void> {
    const opening = Promise.withResolvers<void>();
    const abort = new AbortController();
    const shell: Shell = {
      ...{ place, abort, opening, mark: randomUUID(), container: MAIN_CONTAINER, greeted: Promise.withResolvers() },
      ...{ cluster: undefined, pid: undefined, exec: undefined, isOver: false, closed: undefined },
    };
    // Before there is a connection: who closes it while that is made wants no shell any more.
    this.shells.set(terminal, shell);
    // The connection stays as long as the terminal, also where the window has another by then.
    this.session
      .use((cluster) => this.run(cluster, terminal, shell, size))
      .catch((error) => {
        if (this.shells.get(terminal) === shell) this.shells.delete(terminal);
        opening.reject(error);
      });
    await opening.promise;
  }

  async type(terminal: string, text: string): Promise<void> {
    await this.shells.get(terminal)?.exec?.write(text);
  }

  resize(terminal: string, size: TerminalSize): void {
    this.shells.get(terminal)?.exec?.resize(size);
  }

  /** Ends a shell and what runs in it. Never fails: it is tried again while the cluster is away. */
  async close(terminal: string): Promise<void> {
    const shell = this.shells.get(terminal);
    this.shells.delete(terminal);
    shell?.opening.reject(cancelled());
    if (!shell || shell.isOver) return;
    shell.closed = this.hangUp(shell).finally(() => shell.abort.abort());
    this.closing.add(shell.closed);
    await shell.closed;
    this.closing.delete(shell.closed);
  }

  /** Ends all of them; done after so many milliseconds at the latest. */
  async dispose(patience: number): Promise<void> {
    const shells = [...this.shells.values()];
    for (const terminal of [...this.shells.keys()]) void this.close(terminal);
    const late = new Promise<void>((resolve) => setTimeout(resolve, patience).unref());
    await Promise.race([Promise.all(this.closing), late]);
    for (const { abort } of shells) abort.abort();
  }

  private async run(cluster: Cluster, terminal: string, shell: Shell, size: TerminalSize): Promise<void> {
    const { place, abort, opening } = shell;
    const { signal } = abort;
    let isOpen = false;
    const opened = () => {
      isOpen = true;
      opening.resolve();
    };
    try {
      if (signal.aborted) throw cancelled();
      requireContext(cluster, place.context);
      shell.container = await findContainer(cluster, place, signal);
      if (signal.aborted) throw cancelled();
      shell.cluster = cluster;
      const command = ['sh', '-c', SHELL, 'sh', shell.mark];
      const options = { container: shell.container, command, tty: size, stdin: true, signal };
      shell.exec = await cluster.exec({ namespace: place.namespace, name: place.pod }, options);
      for await (const text of this.printedBy(shell, opened)) await this.events.append(terminal, text);
      const code = await shell.exec.ended;
      shell.isOver = true;
      this.end(terminal, shell, message('terminal.ended', { code }), code);
    } catch (failure) {
      const error = asGpuctlError(failure);
      shell.isOver ||= shell.exec === undefined || ENDS.includes(error.code);
      if (isOpen) this.end(terminal, shell, error.say);
      else {
        opening.reject(error.code === 'exec.no-program' ? noShell(error) : error);
        if (this.shells.get(terminal) === shell) void this.close(terminal);
        throw error;
      }
    } finally {
      shell.greeted.resolve();
      await shell.closed; // over this connection
      abort.abort();
    }
  }

  /** Text without the greeting, whole characters only. What is typed before the greeting would be in front of it, so nobody types until then. */
  private async *printedBy(shell: Shell, greeted: () => void): AsyncGenerator<string, void> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let head: string | undefined = '';
    for await (const { bytes } of (shell.exec as Execution).output) {
      let text = decoder.decode(bytes, { stream: true });
      if (head !== undefined) {
        head += text;
        const [begin, end] = GREETING;
        const length = head.indexOf(end) + 1;
        if (length === 0 && head.length < GREETING_LENGTH) continue;
        const greets = length > 0 && head.startsWith(begin);
        shell.pid = greets ? head.slice(begin.length, length - 1) : undefined;
        text = greets ? head.slice(length) : head;
        head = undefined;
        shell.greeted.resolve();
        greeted();
      }
      if (text) yield text;
    }
    greeted();
    if (head) yield head;
  }

  /** Tells of an end, unless somebody closed it. A shell that may still be there is hung up. */
  private end(terminal: string, shell: Shell, say: Message, code?: number): void {
    if (this.shells.get(terminal) !== shell) return;
    void this.close(terminal);
    this.events.ended(terminal, say, code);
  }

  private async hangUp(shell: Shell): Promise<void> {
    const { cluster, place, container, mark, greeted } = shell;
    if (!cluster) return; // nobody was asked for it yet
    // It may be on its way: it can be told to end once it has said who it is.
    await Promise.race([greeted.promise, new Promise((resolve) => setTimeout(resolve, PATIENCE).unref())]);
    const { pid } = shell;
    if (shell.isOver) return;
    if (pid === undefined) {
      await shell.exec?.write('\x03\x04').catch(() => undefined);
      return;
    }
    for (const pause of [...AGAIN, undefined]) {
      try {
        const signal = AbortSignal.timeout(PATIENCE);
        const command = ['sh', '-c', HANG_UP, 'sh', pid, mark];
        const ending = await cluster.exec(
          { namespace: place.namespace, name: place.pod },
          { container, command, signal },
        );
        for await (const _ of ending.output);
        shell.isOver = true;
        return;
      } catch (failure) {
        const { code } = asGpuctlError(failure);
        const isAway = code.startsWith('connection.') || code === 'exec.torn';
        if (!isAway || pause === undefined || !this.session.isOpen(cluster)) return;
        await new Promise((resolve) => setTimeout(resolve, pause).unref());
      }
    }
  }
}

const noShell = ({ detail = '' }: GpuctlError): GpuctlError =>
  new GpuctlError('terminal.no-shell', message('terminal.no-shell'), { detail });

function requireContext({ context: { context: now } }: Cluster, context: string | undefined): void {
  if (context === undefined || context === now) return;
  throw new GpuctlError('terminal.other-cluster', message('terminal.other-cluster', { context, now }));
}

/** The container of a job in a pod that runs; jobs of older tools name it otherwise. */
async function findContainer(
  cluster: Cluster,
  { namespace, pod }: TerminalPlace,
  signal: AbortSignal,
): Promise<string> {
  const object = await cluster.read({ apiVersion: 'v1', kind: 'Pod', namespace, name: pod }, { signal });
  if (!object) throw new GpuctlError('terminal.gone', message('terminal.gone'));
  const { phase } = (object.status ?? {}) as { phase?: string };
  if (phase === 'Succeeded' || phase === 'Failed') throw new GpuctlError('exec.ended', message('exec.ended'));
  if (phase !== 'Running') throw new GpuctlError('terminal.not-started', message('terminal.not-started'));
  const names = ((object.spec as { containers?: { name: string }[] }).containers ?? []).map(({ name }) => name);
  return names.includes(MAIN_CONTAINER) ? MAIN_CONTAINER : (names[0] ?? MAIN_CONTAINER);
}
