import { message } from '../../../../l10n/index.ts';
import type { PythonProcessDto } from '../../protocol.ts';
import { GpuctlError } from '../error.ts';
import { findPlace, type PlaceAsked } from '../files/place.ts';
import type { Session } from '../session.ts';
import { ATTACH, LIST_PYTHON } from './pythonScripts.ts';
import { failed, runPython } from './runPython.ts';

interface Attached {
  port?: number;
  missing?: 'debugpy' | 'gdb' | 'ptrace' | 'process';
  python?: string;
  failed?: string;
}

/** The Python programs of a part of a job; helpers of others are left out. Throws what `findPlace` throws, `inside.no-python`, `debug.no-process`. */
export function listPython(session: Session, asked: PlaceAsked, signal: AbortSignal): Promise<PythonProcessDto[]> {
  return session.use(async (cluster) => {
    const place = await findPlace(cluster, asked, signal);
    const processes = await runPython<PythonProcessDto[]>(place, LIST_PYTHON, [], signal);
    if (!processes.length) throw new GpuctlError('debug.no-process', message('debug.no-process'));
    return processes;
  });
}

/**
 * Lets the debugger into a program that runs; returns the port of the container's loopback that it listens on. Throws what `listPython` throws,
 * `debug.no-debugpy`, `debug.no-gdb`, `debug.no-ptrace`, `debug.ended`, `inside.failed`.
 */
export function attachDebugger(
  session: Session,
  asked: PlaceAsked & { pid: number },
  signal: AbortSignal,
): Promise<number> {
  return session.use(async (cluster) => {
    const place = await findPlace(cluster, asked, signal);
    const {
      port,
      missing,
      python = 'python',
      ...said
    } = await runPython<Attached>(place, ATTACH, [String(asked.pid)], signal);
    if (port !== undefined) return port;
    if (missing === 'process') throw new GpuctlError('debug.ended', message('debug.ended'));
    const hint = message('debug.start-with');
    if (missing === 'debugpy')
      throw new GpuctlError('debug.no-debugpy', message('debug.no-debugpy', { python }), { hint });
    if (missing === 'gdb') throw new GpuctlError('debug.no-gdb', message('debug.no-gdb'), { hint });
    if (missing === 'ptrace') throw new GpuctlError('debug.no-ptrace', message('debug.no-ptrace'), { hint });
    throw failed(said.failed ?? '');
  });
}
