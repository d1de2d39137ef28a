import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A copy of a kubeconfig (of JSON) whose clusters are reached at another address. */
export function kubeconfigThrough(kubeconfig: string, folder: string, server: string): string {
  const config = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  for (const { cluster } of config.clusters) cluster.server = server;
  const file = path.join(folder, 'kubeconfig-through');
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}
