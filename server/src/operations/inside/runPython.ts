import { message } from '../../../../l10n/index.ts';
import { GpuctlError } from '../error.ts';
import { type Place, runScript, type ScriptResult } from '../files/shell.ts';
import { WITH_PYTHON } from './pythonScripts.ts';

const NO_PYTHON = 40;

/** The command that runs a Python program of ours in a container. */
export const pythonCommand = (program: string, ...args: string[]): string[] => [
  ...['sh', '-c', WITH_PYTHON, 'sh'],
  ...[program, ...args],
];

/** Runs a Python program of ours in a container, and returns the JSON that it prints. Throws what `runScript` throws, `inside.no-python` and `inside.failed`. */
export async function runPython<T>(place: Place, program: string, args: string[], signal: AbortSignal): Promise<T> {
  const result = await runScript(place, { script: WITH_PYTHON, args: [program, ...args], signal });
  return readPrinted<T>(result);
}

/** What such a program printed. Throws as `runPython` does. */
export function readPrinted<T>({ code, stdout, stderr }: ScriptResult): T {
  if (code === NO_PYTHON) throw new GpuctlError('inside.no-python', message('inside.no-python'));
  try {
    return JSON.parse(stdout.toString()) as T;
  } catch {
    throw failed(stderr.trim().slice(-2_000) || `exit code ${code}`);
  }
}

/** Something in the container went otherwise than planned. */
export const failed = (detail: string): GpuctlError =>
  new GpuctlError('inside.failed', message('inside.failed'), { detail, actions: [{ do: 'retry' }] });
