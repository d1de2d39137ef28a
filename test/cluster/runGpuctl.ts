import { execFile } from 'node:child_process';
import path from 'node:path';

const MAIN = path.join(import.meta.dirname, '../../server/src/cliMain.ts');

/** How the command line ended, and what it said. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs `gpuctl` (of another tree: its `main`) as a process of its own, in a folder, with nothing of our environment but what finds programs. */
export function runGpuctl(args: readonly string[], kubeconfig: string, folder: string, main = MAIN): Promise<Ran> {
  const { PATH, HOME } = process.env;
  const GPUCTL_STATE = process.env.GPUCTL_STATE ?? path.join(folder, '.state'); // logs that are kept
  const env = { PATH, HOME, LANG: 'C', GPUCTL_KUBECONFIG: kubeconfig, GPUCTL_STATE };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env, cwd: folder }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}
