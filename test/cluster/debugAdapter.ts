import { once } from 'node:events';
import net from 'node:net';

interface Said {
  type: 'response' | 'event';
  request_seq?: number;
  event?: string;
  success?: boolean;
  message?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's bodies, read by tests
  body?: any;
}

/** Speaks the Debug Adapter Protocol with a debugger that listens on a port of this machine. */
export class DebugAdapter {
  private readonly socket: net.Socket;
  private readonly said: Said[] = [];
  private readonly waiting = new Set<() => void>();
  private last = 0;

  private constructor(socket: net.Socket) {
    this.socket = socket;
    let buffer = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      buffer = Buffer.concat([buffer, bytes]);
      for (;;) {
        const head = buffer.indexOf('\r\n\r\n');
        const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, Math.max(0, head)).toString())?.[1]);
        if (head < 0 || buffer.length < head + 4 + length) return;
        this.said.push(JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString()) as Said);
        buffer = buffer.subarray(head + 4 + length);
        for (const wake of this.waiting) wake();
      }
    });
  }

  static async connect(port: number): Promise<DebugAdapter> {
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new DebugAdapter(socket);
  }

  /** Asks, and returns the body of the answer; throws what it refuses. `wait: false`: returns at once, as `attach` is answered late. */
  async ask(command: string, given: object = {}, wait = true): Promise<Said['body']> {
    const seq = ++this.last;
    const text = JSON.stringify({ seq, type: 'request', command, arguments: given });
    this.socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    if (!wait) return undefined;
    const { success, message, body } = await this.next(command, (one) => one.request_seq === seq);
    if (!success) throw new Error(`${command}: ${message}`);
    return body;
  }

  async event(name: string): Promise<Said['body']> {
    return (await this.next(name, (one) => one.type === 'event' && one.event === name)).body;
  }

  close(): void {
    this.socket.destroy();
  }

  private async next(what: string, is: (one: Said) => boolean): Promise<Said> {
    const end = Date.now() + 60_000;
    for (;;) {
      const found = this.said.find(is);
      if (found) return found;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}: ${JSON.stringify(this.said).slice(0, 2_000)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(wake, 1_000);
        const { waiting } = this;
        function wake() {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        }
        waiting.add(wake);
      });
    }
  }
}
