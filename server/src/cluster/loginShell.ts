import { spawn } from 'node:child_process';
import { userInfo } from 'node:os';
import path from 'node:path';

/** Milliseconds that the start files of a shell may take. */
const PATIENCE = 10_000;
const MAX_OUTPUT = 1 << 20;

const resolved = new Map<string, Promise<NodeJS.ProcessEnv | undefined>>();

/**
 * The environment that a person's terminal has: an editor that was started from the desktop lacks what the shell's start files put on `PATH`.
 * The shell runs once, when first asked for. What our own environment says stays, except that `PATH` begins with the shell's. `undefined` on
 * Windows, where there is one environment for all, and where the shell does not answer within `patience` ms.
 */
export async function loginShellEnvironment(
  env: NodeJS.ProcessEnv,
  patience = PATIENCE,
): Promise<NodeJS.ProcessEnv | undefined> {
  const shell = process.platform === 'win32' ? undefined : env.SHELL || ownShell();
  if (!shell) return undefined;
  const key = JSON.stringify([shell, env.HOME]);
  let asked = resolved.get(key);
  if (!asked) {
    asked = ask(shell, env, patience).catch(() => undefined);
    resolved.set(key, asked);
  }
  const found = await asked;
  if (!found) return undefined;
  const folders = [found.PATH, env.PATH].flatMap((list) => list?.split(path.delimiter) ?? []).filter(Boolean);
  return { ...found, ...env, PATH: [...new Set(folders)].join(path.delimiter) };
}

function ownShell(): string | undefined {
  try {
    return userInfo().shell ?? undefined;
  } catch {
    // A container may run us as a user whom it does not know.
    return undefined;
  }
}

/** Lets the shell be asked again: who installs a program may have changed its start files. */
export function forgetLoginShell(): void {
  resolved.clear();
}

/** Starts the shell as a terminal would, in a session of its own: without a terminal it may not stop for one. */
function ask(shell: string, env: NodeJS.ProcessEnv, patience: number): Promise<NodeJS.ProcessEnv> {
  // In two halves: a start file may have the shell print each command before it runs, which then does not hold the mark.
  const halves = [crypto.randomUUID(), crypto.randomUUID()];
  const mark = halves.join('');
  const said = new RegExp(`${mark}(\\{.*\\})${mark}`);
  const half = halves.map((text) => JSON.stringify(text)).join(' + ');
  const print = `${half} + JSON.stringify(process.env) + ${half}`;
  const command = `'${process.execPath.replaceAll("'", `'\\''`)}' -p '${print}'`;
  const flags = /^t?csh$/.test(path.basename(shell)) ? ['-ic'] : ['-i', '-l', '-c'];
  // Start files look at the second to know that nobody waits at this shell; it is VS Code's own.
  const own = { ELECTRON_RUN_AS_NODE: '1', VSCODE_RESOLVING_ENVIRONMENT: '1' };
  return new Promise((resolve, reject) => {
    const child = spawn(shell, [...flags, command], {
      env: { ...env, ...own },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    let output = '';
    const finish = (end: () => void) => {
      clearTimeout(clock);
      child.stdout.destroy();
      end();
    };
    const clock = setTimeout(() => {
      if (child.pid) killSession(child.pid);
      finish(() => reject(new Error('the shell takes too long')));
    }, patience);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-MAX_OUTPUT);
      // What else the start files print is none of our business, nor is when they end.
      const found = parse(said.exec(output)?.[1]);
      if (!found) return;
      const { ELECTRON_RUN_AS_NODE: _, VSCODE_RESOLVING_ENVIRONMENT: __, ...theirs } = found;
      finish(() => resolve(theirs));
    });
    child.stdout.on('error', () => {});
    child.on('error', (error) => finish(() => reject(error)));
    child.on('close', () => finish(() => reject(new Error('the shell said nothing'))));
  });
}

function parse(text: string | undefined): NodeJS.ProcessEnv | undefined {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function killSession(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
