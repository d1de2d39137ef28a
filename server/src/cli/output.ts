import { styleText } from 'node:util';
import type { CliPorts, Screen } from './ports.ts';

export type Style = Parameters<typeof styleText>[0];

/** Where the command writes: what was asked for to standard output, what is said about it to standard error. */
export class Output {
  private readonly stdout: Screen;
  private readonly stderr: Screen;
  private readonly reader = new AbortController();
  private readonly broken = new AbortController();
  /** Whether a terminal may be given colours. */
  colours = true;
  private last: Promise<void> = Promise.resolve();

  constructor({ stdout, stderr }: Pick<CliPorts, 'stdout' | 'stderr'>) {
    this.stdout = stdout;
    this.stderr = stderr;
    for (const stream of [stdout, stderr]) stream.on('error', (error) => this.end(error));
  }

  /** Aborted when nobody reads any more, and when it failed. */
  get closed(): AbortSignal {
    return this.reader.signal;
  }

  /** Aborted when it cannot be written, as on a full disk; the reason is the error of the system. */
  get failed(): AbortSignal {
    return this.broken.signal;
  }

  /** Writes text; settles when it was taken. */
  write(text: string): Promise<void> {
    return this.send(this.stdout, text);
  }

  line(text: string): Promise<void> {
    return this.write(`${text}\n`);
  }

  json(value: unknown): Promise<void> {
    return this.line(JSON.stringify(value, null, 2));
  }

  /** A line about what is shown or done. */
  note(text: string): Promise<void> {
    return this.send(this.stderr, `${text}\n`);
  }

  /** Coloured where the text goes to a terminal that shows colours, and `NO_COLOR` is not set. */
  style(style: Style, text: string, to: 'stdout' | 'stderr' = 'stdout'): string {
    const stream = this[to];
    return this.colours && stream.isTTY ? styleText(style, text, { stream, validateStream: true }) : text;
  }

  /** Settles when all of it was taken. */
  async flush(): Promise<void> {
    await this.last;
  }

  private send(stream: Screen, text: string): Promise<void> {
    if (this.closed.aborted) return Promise.resolve();
    this.last = new Promise((resolve) => {
      stream.write(text, (error) => {
        if (error) this.end(error);
        resolve();
      });
    });
    return this.last;
  }

  /** Whoever reads may leave (`| head`): what only shows something ends then, what does something goes on in silence. After any other error all ends. */
  private end(error: NodeJS.ErrnoException): void {
    if (this.closed.aborted) return;
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') this.broken.abort(error);
    this.reader.abort();
  }
}
