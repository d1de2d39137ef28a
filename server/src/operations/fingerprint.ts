import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Clusters, KubeconfigOptions } from './ports.ts';

/**
 * Stands for all that a connection is made from: the chosen context and what the files of the kubeconfig say. Which context the files choose for
 * others makes no difference. `undefined` where that cannot be read; a hash, since the files hold secrets.
 */
export async function fingerprint(clusters: Clusters, options: KubeconfigOptions): Promise<string | undefined> {
  try {
    const { kubeconfig } = options;
    const { files, current, contexts } = await clusters.contents({ ...(kubeconfig && { kubeconfig }) });
    const chosen = options.context || current;
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
    const relevant = [
      contexts.find(({ context }) => context === chosen),
      ...texts.map((text) => text.replace(/^current-context:.*$/m, '')),
    ];
    return createHash('sha256').update(JSON.stringify(relevant)).digest('hex');
  } catch {
    return undefined;
  }
}
