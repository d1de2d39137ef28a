// The caller's side of the supervisor (procnodes/supervise.go): one process that owns all programs of a cluster and its
// folder. It ends both when its standard input ends, which is the case as soon as this process is gone, however it went.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from './apiClient.ts';
import { isRunning } from './buildLock.ts';
import type { ProcessSpec } from './controlPlane.ts';

/** Folders of clusters without a name of their own lie in the system's temporary folder and begin so. */
export const FOLDER_PREFIX = 'gpuctl-cluster-';
const STOP_MILLISECONDS = 40_000;

/** A program of the cluster; `exit` says why it ended, and is absent while it runs. */
export interface ProcessState {
  name: string;
  pid: number;
  exit?: string;
}

/** A running supervisor, ours or (`openSupervisor`) someone else's. */
export interface Supervisor {
  pid: number;
  /** From now on it outlives this process. */
  detach(): void;
  /** Kills a program as a crash would (SIGKILL). */
  kill(name: string): Promise<void>;
  start(name: string): Promise<void>;
  /** Ends all programs in order and removes the folder. */
  stop(): Promise<void>;
}

/** Starts the programs. The folder must have a `logs` folder. */
export function startSupervisor(procnodes: string, dir: string, processes: ProcessSpec[]): Supervisor {
  writeFileSync(path.join(dir, 'supervisor.json'), JSON.stringify(processes, null, 2));
  const log = openSync(path.join(dir, 'logs', 'supervisor.log'), 'a');
  // detached = a session of its own: Ctrl-C in the caller's terminal must not reach it, only the end of the pipe
  const child = spawn(procnodes, ['supervise', dir], { stdio: ['pipe', log, log], detached: true, cwd: dir });
  closeSync(log);
  const { pid, stdin } = child;
  if (!pid || !stdin) throw new Error(`${procnodes} could not be started`);
  writeFileSync(path.join(dir, 'supervisor.pid'), String(pid));
  // A forgotten stop() must not keep the caller alive: its end is the end of the cluster.
  child.unref();
  (stdin as unknown as { unref(): void }).unref();
  stdin.on('error', () => {}); // the supervisor is gone; stop() finds out
  const send = (line: string) => stdin.write(`${line}\n`);
  const running = (name: string) => readProcesses(dir).some((state) => state.name === name && !state.exit);
  return {
    pid,
    detach: () => void send('detach'),
    async kill(name) {
      send(`kill ${name}`);
      await until(`end of ${name}`, () => !running(name));
    },
    async start(name) {
      send(`start ${name}`);
      await until(`start of ${name}`, () => running(name));
    },
    stop: () => stopChild(child, dir),
  };
}

async function stopChild(child: ChildProcess, dir: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.ref();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  }
  rmSync(dir, { recursive: true, force: true });
}

/** The supervisor of a cluster that another process started, or undefined where none runs in this folder. */
export function openSupervisor(dir: string): Supervisor | undefined {
  const pid = Number(readText(path.join(dir, 'supervisor.pid')));
  if (!pid || !isSupervisor(pid, dir)) return undefined;
  const notOurs = () => {
    throw new Error('Only the process that started a cluster can stop and start single programs of it.');
  };
  return {
    pid,
    detach: () => {},
    kill: notOurs,
    start: notOurs,
    async stop() {
      process.kill(pid, 'SIGTERM');
      await until('end of the cluster', () => !isSupervisor(pid, dir), STOP_MILLISECONDS);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What runs in a cluster; empty where the supervisor has not begun. */
export function readProcesses(dir: string): ProcessState[] {
  return JSON.parse(readText(path.join(dir, 'processes.json')) || '[]') as ProcessState[];
}

/** The last lines of a program's log. */
export function logTail(dir: string, name: string, lines = 12): string {
  return readText(path.join(dir, 'logs', `${name}.log`))
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .join('\n');
}

/**
 * Removes what is left of clusters whose supervisor was killed the hard way: the folder; outside Linux, where programs
 * outlive a killed supervisor, the programs as well.
 */
export function sweepFolder(dir: string): boolean {
  if (openSupervisor(dir)) return false;
  const begun = existsSync(path.join(dir, 'supervisor.pid'));
  const old = Date.now() - statSync(dir).mtimeMs > 600_000;
  if (!begun && !old) return false; // perhaps it is just being made
  for (const { pid, exit } of readProcesses(dir)) {
    if (!exit && commandOf(pid).includes(dir)) process.kill(pid, 'SIGKILL');
  }
  rmSync(dir, { recursive: true, force: true });
  return true;
}

/** `sweepFolder` for all clusters in the temporary folder. What cannot be removed belongs to somebody else. */
export function sweepAll(): void {
  for (const name of readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(FOLDER_PREFIX))) {
    try {
      sweepFolder(path.join(os.tmpdir(), name));
    } catch {}
  }
}

/** Whether this process is the supervisor of this cluster: a pid may have been given to another one meanwhile. */
function isSupervisor(pid: number, dir: string): boolean {
  return isRunning(pid) && commandOf(pid).includes(`supervise ${dir}`);
}

/** The command line of a process, words separated by spaces; empty where there is no such process (or a dead one). */
function commandOf(pid: number): string {
  if (process.platform === 'linux') return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
