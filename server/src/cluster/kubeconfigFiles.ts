import { type Stats, unwatchFile, watchFile } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { KubeconfigOptions } from '../operations/ports.ts';

/**
 * The files that make up the kubeconfig, in order of precedence, absolute; they need not exist. As kubectl chooses: the named path,
 * else the list in `KUBECONFIG`, else `~/.kube/config`.
 */
export function kubeconfigFiles(options: KubeconfigOptions, env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME || env.USERPROFILE || homedir();
  const absolute = (file: string) => path.resolve(file.replace(/^~(?=$|[/\\])/, () => home));
  if (options.kubeconfig) return [absolute(options.kubeconfig)];
  const listed = (env.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  return listed.length > 0 ? [...new Set(listed.map(absolute))] : [path.join(home, '.kube', 'config')];
}

/** Files that are looked after. */
export interface Watching {
  /** Looks after these, too. */
  add(files: string[]): void;
  dispose(): void;
}

/**
 * Calls back when one of the files appears, changes or goes; changes close together come as one. The status of the files is polled
 * each `interval` ms (by libuv, off the main thread): unlike notifications this holds for files whose folder is not there yet, for
 * renames over the file, for symbolic links anywhere in the path and on network drives.
 */
export function watchFiles(files: string[], changed: () => void, interval = 1000): Watching {
  const watched = new Set<string>();
  let pending: NodeJS.Timeout | undefined;
  const soon = (now: Stats, before: Stats) => {
    // A file that is not there at first is reported once, too.
    if (now.ctimeMs === before.ctimeMs && now.ino === before.ino && now.size === before.size) return;
    clearTimeout(pending);
    pending = setTimeout(() => {
      try {
        changed();
      } catch (error) {
        console.error(error);
      }
    }, 100);
  };
  const add = (more: string[]) => {
    for (const file of more) {
      if (!watched.has(file)) watchFile(file, { interval, persistent: false }, soon);
      watched.add(file);
    }
  };
  add(files);
  return {
    add,
    dispose() {
      clearTimeout(pending);
      for (const file of watched) unwatchFile(file, soon);
      watched.clear();
    },
  };
}
