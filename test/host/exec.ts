import { spawn } from 'node:child_process';

/** How an installer tells what it does: one sentence a step. */
export interface Progress {
  onProgress?: (sentence: string) => void;
}

export interface RunResult {
  code: number | null;
  output: string;
}

/** Runs a program to its end; its output is kept, not shown. */
export function run(command: string, args: string[], cwd?: string): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: outerEnv(),
      shell: process.platform === 'win32' && command === 'npm',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The environment without what an npm script above us added: its settings describe this tree, not the host's. */
function outerEnv(): NodeJS.ProcessEnv {
  const kept = /^npm_config_(cache|registry|userconfig|globalconfig|.*proxy|cafile|offline|prefer_offline)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key) || kept.test(key)));
}
