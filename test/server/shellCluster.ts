/** A cluster in memory whose containers are this machine: programs in them are run by the real shell and the real tar. Connections can be cut. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { message } from '../../l10n/index.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster, ExecOptions, ExecOutput, Execution } from '../../server/src/operations/ports.ts';
import { FakeClusters, FakeServer, job, pod, RUNNING } from './fakeCluster.ts';

/** Where a connection is cut: the so-manyth program, after so many bytes of its input or output. */
export interface Cut {
  program: number;
  bytes: number;
}

export class ShellClusters extends FakeClusters {
  /** `PATH` of the containers; `GPUCTL_TEST_TOOLS` names a folder of other programs, such as BusyBox. */
  path = process.env.GPUCTL_TEST_TOOLS || (process.env.PATH ?? '');
  cut: Cut | undefined;
  /** Programs that were run since `cut` was set. */
  programs = 0;
  private readonly server: FakeServer;
  private readonly spec: object;
  /** Bytes of input after which a program gets no more. */
  stall = Number.POSITIVE_INFINITY;

  constructor(folder: string, jobs: readonly string[] = ['box']) {
    const server = new FakeServer();
    const spec = { nodeName: 'n1', containers: [{ name: 'main', workingDir: folder }] };
    for (const name of jobs) {
      server.put(job('demo', name, `uid-${name}`));
      const made = pod('demo', `${name}-0`, name, `uid-${name}`, RUNNING);
      server.put({ ...made, spec });
    }
    super({ prod: server });
    this.server = server;
    this.spec = spec;
  }

  /** The container of a job is another one from now on, as after it was started again. */
  restart(name: string): void {
    const made = pod('demo', `${name}-0`, name, `uid-${name}`, RUNNING);
    const containerStatuses = [{ name: 'main', containerID: `containerd://${randomUUID()}` }];
    this.server.put({ ...made, spec: this.spec, status: { ...RUNNING, containerStatuses } });
  }

  override async connect(options: { context?: string }): Promise<Cluster> {
    const connection = await super.connect(options);
    return Object.assign(connection, {
      exec: async (_: unknown, asked: ExecOptions) => this.run(asked),
    });
  }

  private run({ command: [program = '', ...args], stdin, signal }: ExecOptions): Execution {
    const child = spawn(program, args, { env: { PATH: this.path }, cwd: '/', stdio: 'pipe' });
    const over = Promise.withResolvers<never>();
    over.promise.catch(() => undefined);
    const end = (error: GpuctlError) => {
      over.reject(error);
      child.stdin.destroy();
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const ended = Promise.race([
      over.promise,
      new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 137))),
      once(child, 'error').then(([error]) => {
        throw new GpuctlError('exec.no-program', message('exec.no-program', { program }), { detail: String(error) });
      }),
    ]);
    ended.catch(() => undefined);
    child.stdin.on('error', () => undefined);
    signal.addEventListener('abort', () => end(new GpuctlError('cancelled', message('connection.cancelled'))));
    const mine = this.cut && this.programs++ === this.cut.program ? this.cut : undefined;
    let passed = 0;
    const pass = (bytes: number) => {
      passed += bytes;
      if (mine && passed > mine.bytes) end(new GpuctlError('exec.torn', message('exec.torn')));
    };
    if (!stdin) child.stdin.end();
    const output = async function* (): AsyncGenerator<ExecOutput, void> {
      const waiting: ExecOutput[] = [];
      let wake = () => {};
      let open = 2;
      for (const from of ['stdout', 'stderr'] as const) {
        const stream = child[from];
        stream.on('data', (bytes: Buffer) => {
          waiting.push({ from, bytes });
          if (waiting.length > 16) stream.pause();
          wake();
        });
        stream.once('close', () => {
          open--;
          wake();
        });
      }
      over.promise.catch(() => wake());
      for (;;) {
        const next = waiting.shift();
        if (next) {
          pass(next.bytes.length);
          await Promise.race([over.promise, Promise.resolve()]);
          for (let at = 0; at < next.bytes.length; at += 64 << 10)
            yield { from: next.from, bytes: next.bytes.subarray(at, at + (64 << 10)) };
          child.stdout.resume();
          child.stderr.resume();
        } else if (!open) {
          await ended;
          return;
        } else
          await Promise.race([
            over.promise,
            new Promise<void>((resolve) => {
              wake = resolve;
            }),
          ]);
      }
    };
    return {
      output: output(),
      ended,
      write: async (data) => {
        pass(data.length);
        if (passed > this.stall) await over.promise;
        if (!child.stdin.writable) throw new GpuctlError('exec.torn', message('exec.torn'));
        const taken = once(child.stdin, 'drain', { signal: AbortSignal.timeout(20_000) });
        taken.catch(() => undefined);
        if (!child.stdin.write(data)) await Promise.race([taken, once(child.stdin, 'close'), over.promise]);
      },
      endInput: async () => {
        child.stdin.end();
        return true;
      },
      resize() {},
      close: () => end(new GpuctlError('exec.torn', message('exec.torn'))),
    };
  }
}
