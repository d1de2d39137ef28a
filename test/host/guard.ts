import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

/**
 * Runs one program in a process group of its own for as long as our standard input is open, then ends the whole group and
 * removes the folders it was given. The caller holds the other end of the pipe, so however the caller dies (SIGKILL too),
 * nothing stays behind. Argument: a {@link GuardTask} as JSON.
 */
export interface GuardTask {
  command: string;
  args: string[];
  /** Removed at the end. */
  folders: string[];
}

/** What a program gets to end by itself before it is killed, in milliseconds. */
const GRACE = 5_000;

function main(task: GuardTask): void {
  const child = spawn(task.command, task.args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, name);
    } catch {
      // the group is gone
    }
  };
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    signal('SIGTERM');
    setTimeout(() => signal('SIGKILL'), GRACE);
  };
  const end = (code: number) => {
    signal('SIGKILL');
    for (const folder of task.folders)
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    process.exit(code);
  };
  process.stdin.on('end', stop).on('error', stop).resume();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  child.on('error', (error) => {
    console.error(`${task.command}: ${error.message}`);
    end(127);
  });
  child.on('exit', (code) => end(stopping ? 0 : (code ?? 1)));
}

main(JSON.parse(process.argv[2] ?? '') as GuardTask);
