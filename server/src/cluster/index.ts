import type { Clusters } from '../operations/ports.ts';
import { kubeconfigFiles, watchFiles } from './kubeconfigFiles.ts';

/**
 * The door to clusters. Everything heavy (YAML, client-node) is loaded when it is first used, so that the language server starts
 * without. `env` is the environment in which login programs run and from which `KUBECONFIG` and the proxy come.
 */
export function createClusters(env: NodeJS.ProcessEnv = process.env): Clusters {
  return {
    async contents(options) {
      const { readKubeconfig, toContents } = await import('./kubeconfig.ts');
      return toContents(await readKubeconfig(options, env));
    },
    async connect(options) {
      const { chooseTarget, readKubeconfig } = await import('./kubeconfig.ts');
      const target = chooseTarget(await readKubeconfig(options, env), options.context, env);
      const { createCluster } = await import('./cluster.ts');
      return createCluster(target, env);
    },
    onChange: (options, changed) => watchFiles(kubeconfigFiles(options, env), changed),
  };
}
