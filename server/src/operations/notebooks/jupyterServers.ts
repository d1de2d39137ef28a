import { message } from '../../../../l10n/index.ts';
import { GpuctlError } from '../error.ts';
import type { Cluster } from '../ports.ts';

/** A server as `jupyter server list --json` tells of it. */
export interface JupyterServer {
  port: number;
  /** Where its addresses begin; begins and ends with `/`. */
  path: string;
  scheme: 'http' | 'https';
  /** Empty where it has none. */
  token: string;
}

/** Milliseconds: Python takes its time to start. */
const PATIENCE = 60_000;

/**
 * Reads the files in which servers tell of themselves, at once; where there are none, asks Jupyter, which takes its time and knows of other places. A file
 * outlives a server that was killed.
 */
const LIST = `
found=
for file in "$JUPYTER_RUNTIME_DIR"/*server-*.json "$HOME"/.local/share/jupyter/runtime/*server-*.json /home/*/.local/share/jupyter/runtime/*server-*.json; do
  [ -r "$file" ] || continue
  pid=\${file##*-}
  kill -0 "\${pid%.json}" 2>/dev/null || [ -d "/proc/\${pid%.json}" ] || continue
  cat "$file" && echo && found=yes
done
[ -n "$found" ] || [ "$1" = files ] && exit 0
for ask in "jupyter server list" "jupyter lab list" "jupyter notebook list" "python3 -m jupyter_server list" "python -m jupyter_server list"; do
  said=$($ask --json 2>/dev/null) && [ -n "$said" ] && { printf '%s\\n' "$said"; exit 0; }
done
exit 0`;

/** The Jupyter servers that run in a container; `files`: no program is started for it. Throws what `Cluster.exec` throws, and `notebook.no-answer`. */
export async function listJupyterServers(
  cluster: Cluster,
  pod: { namespace: string; name: string; container: string },
  how: 'files' | 'all',
  signal: AbortSignal,
): Promise<JupyterServer[]> {
  const late = AbortSignal.timeout(PATIENCE);
  const { container } = pod;
  try {
    const options = { container, command: ['sh', '-c', LIST, 'sh', how], signal: AbortSignal.any([signal, late]) };
    const running = await cluster.exec(pod, options);
    let text = '';
    for await (const { from, bytes } of running.output) if (from === 'stdout') text += bytes.toString();
    await running.ended;
    return readServers(text);
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) throw new GpuctlError('notebook.no-answer', message('notebook.no-answer'), { cause: error });
    throw error;
  }
}

/** Reads JSON objects that stand one behind another, on one line or on several; what is none is left out. */
export function readServers(text: string): JupyterServer[] {
  return text.split(/\n(?=\{)/).flatMap((one) => {
    try {
      const said = JSON.parse(one) as Record<string, unknown>;
      const { port, base_url: base, token, secure } = said;
      if (typeof port !== 'number') return [];
      return [
        {
          port,
          path: typeof base === 'string' ? toPath(base) : '/',
          scheme: secure === true ? 'https' : 'http',
          token: typeof token === 'string' ? token : '',
        } satisfies JupyterServer,
      ];
    } catch {
      return [];
    }
  });
}

/** `user/li` is `/user/li/`. */
export const toPath = (base: string): string => `/${base}/`.replace(/\/{2,}/g, '/');
