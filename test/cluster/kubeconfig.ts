// The kubeconfig files of a cluster. They are written as JSON, which is YAML.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The name people see. */
export const CLUSTER_NAME = 'demo';

/** What a context is: whose certificate, and the namespace it begins in. */
export interface ContextSpec {
  name: string;
  user: string;
  namespace?: string;
  /** Another server than the cluster's own. */
  server?: string;
}

/** The contexts of a cluster for people; the first is the current one. `unreachable` refuses connections. */
export function contextsFor(unreachableServer: string): ContextSpec[] {
  return [
    { name: 'ml-engineer', user: 'ml-engineer', namespace: 'ml-team' },
    { name: 'restricted', user: 'restricted', namespace: 'sandbox' },
    { name: 'admin', user: 'admin', namespace: 'default' },
    { name: 'unreachable', user: 'ml-engineer', namespace: 'ml-team', server: unreachableServer },
  ];
}

/** Writes `<dir>/<fileName>`, readable only by its owner, with the certificates of `<dir>/pki` embedded. */
export function writeKubeconfig(dir: string, fileName: string, server: string, contexts: ContextSpec[]): string {
  const pem = (name: string) => readFileSync(path.join(dir, 'pki', name)).toString('base64');
  const users = [...new Set(contexts.map((context) => context.user))];
  const clusterOf = (context: ContextSpec) => (context.server ? context.name : CLUSTER_NAME);
  const clusters = new Map(contexts.map((context) => [clusterOf(context), context.server ?? server]));
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contexts[0]?.name,
    clusters: [...clusters].map(([name, address]) => ({
      name,
      cluster: { server: address, 'certificate-authority-data': pem('ca.crt') },
    })),
    users: users.map((name) => ({
      name,
      user: { 'client-certificate-data': pem(`${name}.crt`), 'client-key-data': pem(`${name}.key`) },
    })),
    contexts: contexts.map((context) => ({
      name: context.name,
      context: { cluster: clusterOf(context), user: context.user, namespace: context.namespace ?? 'default' },
    })),
  };
  const file = path.join(dir, fileName);
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  return file;
}
