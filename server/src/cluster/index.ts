import type { Clusters } from '../operations/ports.ts';
import { kubeconfigFiles, type Watching, watchFiles } from './kubeconfigFiles.ts';

/**
 * The door to clusters. Everything heavy (YAML, client-node) is loaded when it is first used, so that the language server starts
 * without. `env` is the environment in which login programs run and from which `KUBECONFIG`, the proxy, and `GPUCTL_SERVER` come.
 */
export function createClusters(env: NodeJS.ProcessEnv = process.env): Clusters {
  const watching = new Set<Watching>();
  return {
    async contents(options) {
      const { readKubeconfig, toContents } = await import('./kubeconfig.ts');
      return toContents(await readKubeconfig(options, env));
    },
    async connect(options) {
      const { chooseTarget, filesOf, readKubeconfig } = await import('./kubeconfig.ts');
      const target = chooseTarget(await readKubeconfig(options, env), options.context, env, options.network);
      for (const one of watching) one.add(filesOf(target));
      const { createCluster } = await import('./cluster.ts');
      return createCluster(target, env);
    },
    onChange(options, changed) {
      const files = watchFiles(kubeconfigFiles(options, env), changed);
      watching.add(files);
      return {
        dispose() {
          watching.delete(files);
          files.dispose();
        },
      };
    },
  };
}
