import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where a file lies in its workspace, with slashes: the nearest folder above it with a `.git` or `.vscode`; `undefined` where there is none. */
export function pathInWorkspace(file: string): string | undefined {
  const absolute = path.resolve(file);
  for (let folder = path.dirname(absolute); ; folder = path.dirname(folder)) {
    if (['.git', '.vscode'].some((mark) => existsSync(path.join(folder, mark))))
      return path.relative(folder, absolute).replaceAll(path.sep, '/');
    if (folder === path.dirname(folder)) return path.basename(absolute);
  }
}
