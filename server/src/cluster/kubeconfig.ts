import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { load, YAMLException } from 'js-yaml';
import { type Message, message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import type { ClusterContext, KubeconfigContents, KubeconfigOptions } from '../operations/ports.ts';
import type { NetworkOptions } from '../protocol.ts';
import { aroundUs, namedByEnvironment } from './environment.ts';
import { kubeconfigFiles } from './kubeconfigFiles.ts';
import { proxyFor } from './proxy.ts';

/** `clusters[].cluster` of a kubeconfig (client.config.k8s.io/v1), its paths absolute. */
export interface ClusterEntry {
  server: string;
  'certificate-authority'?: string;
  'certificate-authority-data'?: string;
  'insecure-skip-tls-verify'?: boolean;
  'tls-server-name'?: string;
  'proxy-url'?: string;
  extensions?: { name?: string; extension?: unknown }[];
}

/** `users[].user.exec`: a program that prints credentials (client.authentication.k8s.io). */
export interface ExecEntry {
  apiVersion?: string;
  command: string;
  args?: string[] | null;
  env?: { name: string; value: string }[] | null;
  installHint?: string;
  provideClusterInfo?: boolean;
  interactiveMode?: 'Never' | 'IfAvailable' | 'Always';
}

/** `users[].user` of a kubeconfig, its paths absolute. */
export interface UserEntry {
  token?: string;
  tokenFile?: string;
  'client-certificate'?: string;
  'client-certificate-data'?: string;
  'client-key'?: string;
  'client-key-data'?: string;
  username?: string;
  password?: string;
  as?: string;
  'as-uid'?: string;
  'as-groups'?: string[];
  'as-user-extra'?: Record<string, string[]>;
  exec?: ExecEntry;
  'auth-provider'?: { name: string; config?: Record<string, unknown> };
}
interface ContextEntry {
  cluster: string;
  user?: string;
  namespace?: string;
}

/** What several kubeconfig files say together. */
export interface Kubeconfig {
  /** All files, also those that are not there. */
  files: string[];
  current: string | undefined;
  contexts: Map<string, ContextEntry>;
  clusters: Map<string, ClusterEntry>;
  users: Map<string, UserEntry>;
  /** Not from files: `GPUCTL_SERVER` and its like. */
  fromEnvironment?: true;
}

/** One context with all that is needed to connect. */
export interface Target {
  context: ClusterContext;
  cluster: ClusterEntry;
  user: UserEntry;
  network?: NetworkOptions;
  fromEnvironment?: true;
}

/**
 * Reads and merges the kubeconfig files as kubectl does (kubernetes.io, "Merging kubeconfig files"): the first file that names a
 * cluster, user, context or current context wins, missing files are ignored, relative paths are relative to their file.
 * `GPUCTL_SERVER` in the environment goes before the files that kubectl would choose, not before a named one; in a pod without a
 * kubeconfig, it is the cluster of that pod. Throws `kubeconfig.none`, `kubeconfig.unreadable`, `kubeconfig.syntax`.
 */
export async function readKubeconfig(options: KubeconfigOptions, env: NodeJS.ProcessEnv): Promise<Kubeconfig> {
  const named = options.kubeconfig ? undefined : namedByEnvironment(env);
  if (named) return named;
  const files = kubeconfigFiles(options, env);
  const merged: Kubeconfig = { files, current: undefined, contexts: new Map(), clusters: new Map(), users: new Map() };
  let found = false;
  for (const file of files) {
    const text = await readIfThere(file);
    if (text === undefined) continue;
    found = true;
    mergeFile(merged, file, text);
  }
  const around = options.kubeconfig || merged.contexts.size > 0 ? undefined : await aroundUs(env);
  if (around) return { ...around, files };
  if (!found) {
    throw new GpuctlError('kubeconfig.none', message('connection.kubeconfig.none', { files: files.join(', ') }), {
      hint: message('connection.kubeconfig.none.hint'),
    });
  }
  return merged;
}

/** What the kubeconfig offers. Contexts without a cluster are listed, too: choosing one says what is missing. */
export function toContents(kubeconfig: Kubeconfig): KubeconfigContents {
  const contexts = [...kubeconfig.contexts].map(([name, entry]) => toContext(kubeconfig, name, entry));
  return { files: kubeconfig.files, contexts, ...(kubeconfig.current && { current: kubeconfig.current }) };
}

/**
 * Where a context leads; without a name, the current one. The proxy of the settings, else of the environment, is written into its cluster.
 * Throws `kubeconfig.no-context`, `kubeconfig.context-missing`, `kubeconfig.cluster-missing`, `kubeconfig.user-missing`.
 */
export function chooseTarget(
  kubeconfig: Kubeconfig,
  name: string | undefined,
  env: NodeJS.ProcessEnv,
  network?: NetworkOptions,
): Target {
  const wanted = name || kubeconfig.current;
  if (!wanted) throw unusable('no-context', message('connection.kubeconfig.no-context'), kubeconfig);
  const entry = kubeconfig.contexts.get(wanted);
  if (!entry) {
    const contexts = [...kubeconfig.contexts.keys()].join(', ') || '–';
    throw unusable(
      'context-missing',
      message('connection.kubeconfig.context-missing', { context: wanted, contexts }),
      kubeconfig,
    );
  }
  const cluster = kubeconfig.clusters.get(entry.cluster);
  if (!cluster) {
    const args = { context: wanted, cluster: entry.cluster };
    throw unusable('cluster-missing', message('connection.kubeconfig.cluster-missing', args), kubeconfig);
  }
  const user = entry.user ? kubeconfig.users.get(entry.user) : {};
  if (!user) {
    const args = { context: wanted, user: entry.user ?? '' };
    throw unusable('user-missing', message('connection.kubeconfig.user-missing', args), kubeconfig);
  }
  const proxy = cluster['proxy-url'] || proxyFor(cluster.server, env, network);
  return {
    context: toContext(kubeconfig, wanted, entry),
    cluster: proxy ? { ...cluster, 'proxy-url': proxy } : cluster,
    user,
    ...(network && { network }),
    ...(kubeconfig.fromEnvironment && { fromEnvironment: true }),
  };
}

/** Files that a target names and that may be replaced at any time: authority, certificate, key, token. */
export function filesOf({ cluster, user }: Pick<Target, 'cluster' | 'user'>): string[] {
  const { config = {} } = user['auth-provider'] ?? {};
  return [
    cluster['certificate-authority-data'] ? undefined : cluster['certificate-authority'],
    user['client-certificate-data'] ? undefined : user['client-certificate'],
    user['client-key-data'] ? undefined : user['client-key'],
    user.tokenFile,
    config['idp-certificate-authority'],
  ].filter((file) => typeof file === 'string' && file !== '') as string[];
}

function unusable(code: string, say: Message, { files }: Kubeconfig): GpuctlError {
  const open = files.slice(0, 1).map((path) => ({ do: 'openKubeconfig' as const, path }));
  return new GpuctlError(`kubeconfig.${code}`, say, {
    hint: message('connection.kubeconfig.choose.hint'),
    actions: [{ do: 'selectTarget' }, ...open],
  });
}

function toContext(kubeconfig: Kubeconfig, name: string, entry: ContextEntry): ClusterContext {
  const cluster = kubeconfig.clusters.get(entry.cluster);
  return {
    context: name,
    cluster: entry.cluster,
    user: entry.user ?? '',
    namespace: entry.namespace || 'default',
    server: cluster?.server ?? '',
    ...(cluster && isInsecure(cluster) && { insecure: true }),
  };
}

/** Whether somebody in between could read along; on this machine (`kubectl proxy`) there is nobody. */
function isInsecure({ server, 'insecure-skip-tls-verify': unchecked }: ClusterEntry): boolean {
  if (!server.startsWith('http:')) return unchecked === true;
  return !/^http:\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/.test(server);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new GpuctlError(
      'kubeconfig.unreadable',
      message('connection.kubeconfig.unreadable', { file, reason: code }),
      {
        hint: message('connection.kubeconfig.unreadable.hint'),
        detail: String(error),
        cause: error,
      },
    );
  }
}

type Named = { name?: unknown; cluster?: unknown; user?: unknown; context?: unknown };

/** Adds what a file says and no earlier file said. */
function mergeFile(merged: Kubeconfig, file: string, text: string): void {
  const root = parse(file, text) as Record<string, unknown>;
  const folder = path.dirname(file);
  const entries = (list: unknown): Named[] => (Array.isArray(list) ? list.filter(isObject) : []);
  const add = <T>(into: Map<string, T>, name: unknown, entry: unknown, finish: (entry: T) => T) => {
    if (typeof name === 'string' && !into.has(name)) into.set(name, finish((isObject(entry) ? entry : {}) as T));
  };
  for (const { name, cluster } of entries(root.clusters)) {
    if (isObject(cluster) && typeof cluster.server === 'string')
      add(merged.clusters, name, cluster, (it) => withPaths(folder, it, ['certificate-authority']));
  }
  for (const { name, user } of entries(root.users)) {
    add(merged.users, name, user, (it) => {
      const absolute = withPaths(folder, it, ['client-certificate', 'client-key', 'tokenFile']);
      // A command without a separator is looked for on PATH.
      if (!it.exec || !/[/\\]/.test(it.exec.command ?? '')) return absolute;
      return { ...absolute, exec: withPaths(folder, it.exec, ['command']) };
    });
  }
  for (const { name, context } of entries(root.contexts)) {
    if (isObject(context) && typeof context.cluster === 'string') add(merged.contexts, name, context, (it) => it);
  }
  const current = root['current-context'];
  if (typeof current === 'string') merged.current ||= current || undefined;
}

function parse(file: string, text: string): object {
  if (text.split('\n').every((line) => /^\s*(#|$)/.test(line))) return {};
  try {
    const root = load(text);
    if (isObject(root)) return root;
    throw syntaxError(file, 1, 'not a mapping');
  } catch (error) {
    // The exception's own text quotes the file, which may be a credential.
    if (error instanceof YAMLException) throw syntaxError(file, (error.mark?.line ?? 0) + 1, error.reason);
    throw error;
  }
}

function syntaxError(file: string, line: number, reason: string): GpuctlError {
  return new GpuctlError('kubeconfig.syntax', message('connection.kubeconfig.syntax', { file, line, reason }), {
    hint: message('connection.kubeconfig.syntax.hint'),
    actions: [{ do: 'openKubeconfig', path: file }],
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withPaths<T extends object>(folder: string, entry: T, fields: (keyof T)[]): T {
  const copy = { ...entry };
  for (const field of fields) {
    const value = copy[field];
    if (typeof value === 'string' && value !== '') copy[field] = path.resolve(folder, value) as T[keyof T];
  }
  return copy;
}
