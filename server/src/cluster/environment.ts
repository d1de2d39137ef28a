import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import path from 'node:path';
import type { ClusterEntry, Kubeconfig, UserEntry } from './kubeconfig.ts';

/** Where a pod finds its service account (kubernetes.io, "Accessing the API from within a Pod"). */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster that the environment names: `GPUCTL_SERVER` with `GPUCTL_TOKEN` or `GPUCTL_TOKEN_FILE` (read anew when it changes), and
 * `GPUCTL_CA_FILE` where the certificate is signed by an authority of one's own. `undefined` without `GPUCTL_SERVER`.
 */
export function namedByEnvironment(env: NodeJS.ProcessEnv): Kubeconfig | undefined {
  const named = env.GPUCTL_SERVER?.trim();
  if (!named) return undefined;
  const server = named.includes('://') ? named : `https://${named}`;
  const { GPUCTL_TOKEN: token, GPUCTL_TOKEN_FILE: tokenFile, GPUCTL_CA_FILE: authority } = env;
  const cluster = { server, ...(authority && { 'certificate-authority': path.resolve(authority) }) };
  const user = tokenFile ? { tokenFile: path.resolve(tokenFile) } : token ? { token: token.trim() } : {};
  const name = URL.canParse(server) ? new URL(server).host : server;
  return { ...only('environment', name, cluster, user), fromEnvironment: true };
}

/** The cluster in whose pod we run; its token is read anew, since it is replaced about each hour. `undefined` outside of a pod. */
export async function aroundUs(env: NodeJS.ProcessEnv): Promise<Kubeconfig | undefined> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (!host || !port) return undefined;
  const at = (file: string) => path.join(SERVICE_ACCOUNT, file);
  const read = (file: string) => readFile(at(file), 'utf8').catch(() => undefined);
  const [token, authority, namespace] = await Promise.all([read('token'), read('ca.crt'), read('namespace')]);
  if (token === undefined) return undefined;
  const cluster = {
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    ...(authority !== undefined && { 'certificate-authority': at('ca.crt') }),
  };
  return only('in-cluster', 'in-cluster', cluster, { tokenFile: at('token') }, namespace?.trim());
}

function only(context: string, name: string, cluster: ClusterEntry, user: UserEntry, namespace?: string): Kubeconfig {
  const entry = { cluster: name, user: context, ...(namespace && { namespace }) };
  return {
    files: [],
    current: context,
    contexts: new Map([[context, entry]]),
    clusters: new Map([[name, cluster]]),
    users: new Map([[context, user]]),
  };
}
