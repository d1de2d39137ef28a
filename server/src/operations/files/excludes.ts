import ignore, { type Ignore } from 'ignore';
import { STAGE } from './tree.ts';

/** What is left out of a transfer: patterns of the settings, and what `.gitignore` files name, each for its own folder. */
export class Excludes {
  private readonly patterns: Ignore;
  private readonly byFolder = new Map<string, Ignore>();

  constructor(patterns: readonly string[]) {
    this.patterns = ignore({ ignorecase: false }).add([...patterns]);
  }

  /** Takes the text of the `.gitignore` of a folder; empty for the top. */
  add(folder: string, text: string): void {
    this.byFolder.set(folder, ignore({ ignorecase: false }).add(text));
  }

  /** Whether a path is left out, by itself or with a folder above it. */
  has(path: string, isFolder: boolean): boolean {
    const parts = path.split('/');
    if (parts.includes(STAGE)) return true;
    if (!ignore.isPathValid(path)) return false; // no pattern is about it, and the library takes no such path
    for (let depth = 1; depth <= parts.length; depth++) {
      const isLast = depth === parts.length;
      if (this.names(parts.slice(0, depth), isFolder || !isLast)) return true;
    }
    return false;
  }

  /** The nearest `.gitignore` that says something decides; the settings stand above all. */
  private names(parts: readonly string[], isFolder: boolean): boolean {
    const end = isFolder ? '/' : '';
    if (this.patterns.ignores(parts.join('/') + end)) return true;
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const rules = this.byFolder.get(parts.slice(0, depth).join('/'));
      const found = rules?.test(parts.slice(depth).join('/') + end);
      if (found?.ignored) return true;
      if (found?.unignored) return false;
    }
    return false;
  }
}
