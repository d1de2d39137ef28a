import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type Message, message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import { whileNotAborted } from './deadline.ts';
import type { ClusterEntry, ExecEntry } from './kubeconfig.ts';
import { forgetLoginShell, loginShellEnvironment } from './loginShell.ts';
import { loginOf } from './logins.ts';
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
 * What is said where a program that another one needs is not found: by shells, `exec`, `env`, Go, Node, Python, kubectl (its plugins) and the
 * Azure login. Not what a program says that misses a profile or a file: another run would not find it, either.
 */
const NOT_FOUND = new RegExp(
  [
    'command not found',
    'executable file not found',
    'not found (?:on|in) \\$?PATH\\W*$',
    '(?:sh|: (?:line )?\\d+|exec): [^\\s:]+: not found',
    'sh: unknown command',
    'unknown command "[^"]*" for "kubectl"',
    'spawn \\S+ ENOENT',
    'fork/exec \\S+: no such file or directory',
    '\\benv: \\W?[^\\s:]+: no such file or directory',
    "no such file or directory: '[^'/]+'",
  ].join('|'),
  'im',
);

/**
 * Runs the program that a kubeconfig names for credentials, by the rules of client.authentication.k8s.io: `KUBERNETES_EXEC_INFO` set,
 * no terminal. Ends it after `timeout` ms (browser logins take a while) or with the signal. Where it, or what it needs, is not found, it
 * runs once more as the login shell would run it.
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
  const info = await execInfo(entry, cluster);
  // The editor runs us by this; programs that are made of the same parts would not be themselves.
  const { ELECTRON_RUN_AS_NODE: _, ELECTRON_NO_ASAR: __, ...inherited } = env;
  const runIn = (around: NodeJS.ProcessEnv) =>
    run(entry, { ...around, ...own, KUBERNETES_EXEC_INFO: info }, signal, timeout);
  const stdout = await runIn(inherited).catch(async (error: GpuctlError) => {
    const isMissing = error.code === 'credentials.plugin-missing';
    if (!isMissing && !(error.code === 'credentials.plugin-failed' && NOT_FOUND.test(error.detail ?? ''))) throw error;
    const shell = await whileNotAborted(loginShellEnvironment(inherited), signal);
    if (!shell) {
      // Asked again with the next login, which does not follow at once: a failed one holds for a while.
      forgetLoginShell();
      throw error;
    }
    return runIn(shell).catch((second) => {
      forgetLoginShell();
      throw second;
    });
  });
  try {
    const { status } = JSON.parse(stdout) as { status?: ExecCredential };
    if (status?.token || status?.clientCertificateData) return status;
  } catch {
    // The output may hold a credential: it is in no message.
  }
  throw failed(command, 'no credential in what it printed');
}

async function execInfo({ apiVersion, provideClusterInfo }: ExecEntry, cluster: ClusterEntry): Promise<string> {
  const { 'certificate-authority': file, 'certificate-authority-data': data } = cluster;
  const extension = cluster.extensions?.find(({ name }) => name === 'client.authentication.k8s.io/exec');
  const info = provideClusterInfo && {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': data ?? (file && (await readFile(file, 'base64'))),
    'proxy-url': cluster['proxy-url'],
    config: extension?.extension,
  };
  return JSON.stringify({
    apiVersion: apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...(info && { cluster: info }) },
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

function missing(entry: ExecEntry): GpuctlError {
  const { command, installHint } = entry;
  return new GpuctlError('credentials.plugin-missing', message('connection.plugin-missing', { command }), {
    hint: toInstall(entry),
    detail: [`spawn ${command} ENOENT`, installHint].filter(Boolean).join('\n'),
    actions: [{ do: 'retry' }],
  });
}

/** What to install: as the kubeconfig says it, else as the makers do. */
function toInstall(entry: ExecEntry): Message {
  const { command, installHint } = entry;
  const known = loginOf(entry);
  if (installHint?.trim()) return message('connection.plugin-missing.own', { hint: installHint.trim() });
  if (known?.install) return message('connection.plugin-missing.install', { name: known.name, install: known.install });
  return message('connection.plugin-missing.hint', { command: known?.name ?? command });
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
