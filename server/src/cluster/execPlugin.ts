import { spawn } from 'node:child_process';
import { message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import type { ClusterEntry, ExecEntry } from './kubeconfig.ts';
import { withoutSecrets } from './redact.ts';

/** What a credential plugin printed (`ExecCredential.status`). */
export interface ExecCredential {
  token?: string;
  clientCertificateData?: string;
  clientKeyData?: string;
  expirationTimestamp?: string;
}

const MAX_OUTPUT = 1 << 20;

/**
 * Runs the program that a kubeconfig names for credentials, by the rules of client.authentication.k8s.io: `KUBERNETES_EXEC_INFO` set,
 * no terminal. Ends it after `timeout` ms (browser logins take a while) or with the signal.
 * Throws `credentials.plugin-missing`, `-failed`, `-timeout`, `-interactive`.
 */
export async function runExecPlugin(
  entry: ExecEntry,
  cluster: ClusterEntry,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  timeout = 120_000,
): Promise<ExecCredential> {
  const { command } = entry;
  if (entry.interactiveMode === 'Always') {
    const hint = message('connection.plugin-interactive.hint', { command });
    throw new GpuctlError('credentials.plugin-interactive', message('connection.plugin-interactive', { command }), {
      hint,
    });
  }
  const own = Object.fromEntries((entry.env ?? []).map(({ name, value }) => [name, value]));
  const stdout = await run(entry, { ...env, ...own, KUBERNETES_EXEC_INFO: execInfo(entry, cluster) }, signal, timeout);
  try {
    const { status } = JSON.parse(stdout) as { status?: ExecCredential };
    if (status?.token || status?.clientCertificateData) return status;
  } catch {
    // The output may hold a credential: it is in no message.
  }
  throw failed(command, 'no credential in what it printed');
}

function execInfo({ apiVersion, provideClusterInfo }: ExecEntry, cluster: ClusterEntry): string {
  const info = {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': cluster['certificate-authority-data'],
    'proxy-url': cluster['proxy-url'],
  };
  return JSON.stringify({
    apiVersion: apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...(provideClusterInfo && { cluster: info }) },
  });
}

function run(entry: ExecEntry, env: NodeJS.ProcessEnv, signal: AbortSignal, timeout: number): Promise<string> {
  const { command } = entry;
  return new Promise((resolve, reject) => {
    const child = spawn(command, entry.args ?? [], { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] = (output[name] + text).slice(0, MAX_OUTPUT);
      });
      child[name].on('error', () => {});
    }
    // Not awaited after a kill: a grandchild may hold the pipes open.
    const give = (finish: () => void) => {
      clearTimeout(clock);
      signal.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
      finish();
    };
    const clock = setTimeout(() => {
      const say = message('connection.plugin-timeout', { command, seconds: Math.round(timeout / 1000) });
      const options = {
        hint: message('connection.plugin-timeout.hint', { command }),
        actions: [{ do: 'retry' as const }],
      };
      give(() => reject(new GpuctlError('credentials.plugin-timeout', say, options)));
    }, timeout);
    const cancel = () => give(() => reject(new DOMException('aborted', 'AbortError')));
    signal.addEventListener('abort', cancel, { once: true });
    child.on('error', (error: NodeJS.ErrnoException) => {
      give(() => reject(error.code === 'ENOENT' ? missing(entry) : failed(command, error.message)));
    });
    child.on('close', (code, killed) => {
      if (code === 0) return give(() => resolve(output.stdout));
      give(() => reject(failed(command, output.stderr.trim() || `exit ${code ?? killed}`)));
    });
    if (signal.aborted) cancel();
  });
}

function missing({ command, installHint }: ExecEntry): GpuctlError {
  return new GpuctlError('credentials.plugin-missing', message('connection.plugin-missing', { command }), {
    hint: message('connection.plugin-missing.hint', { command }),
    detail: [`spawn ${command} ENOENT`, installHint].filter(Boolean).join('\n'),
    actions: [{ do: 'retry' }],
  });
}

function failed(command: string, output: string): GpuctlError {
  const detail = withoutSecrets(output);
  const reason = detail.split('\n').at(-1) ?? '';
  return new GpuctlError('credentials.plugin-failed', message('connection.plugin-failed', { command, reason }), {
    hint: message('connection.plugin-failed.hint', { command }),
    detail,
    actions: [{ do: 'retry' }],
  });
}
