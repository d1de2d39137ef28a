import ignore, { type Ignore } from 'ignore';
import { STAGE } from './tree.ts';

/** What is left out of a transfer: patterns of the settings, and what `.gitignore` files name, each for its own folder. */
export class Excludes {
  private readonly patterns: Ignore;
  private readonly chosen: readonly string[];
  private readonly byFolder = new Map<string, Ignore>();

  /** `chosen`: paths that the person named; of these only what lies in them is left out. */
  constructor(patterns: readonly string[], chosen: readonly string[] = []) {
    this.chosen = chosen;
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
    const depthOf = (one: string) => one.split('/').length;
    const chosen = this.chosen.find((one) => `${path}/`.startsWith(`${one}/`));
    const named = chosen === undefined ? 0 : depthOf(chosen);
    for (let depth = 1 + named; depth <= parts.length; depth++) {
      const isLast = depth === parts.length;
      if (this.names(parts.slice(0, depth), isFolder || !isLast, named)) return true;
    }
    return false;
  }

  /** The nearest `.gitignore` that says something decides; the settings stand above all. Of the `named` first parts nothing is asked. */
  private names(parts: readonly string[], isFolder: boolean, named: number): boolean {
    const end = isFolder ? '/' : '';
    const asked = parts.map((part, at) => (at < named ? ANY : part));
    const isAsked = (rules: Ignore, depth: number) =>
      depth >= named || !rules.ignores(`${asked.slice(depth, named).join('/')}/`);
    if (isAsked(this.patterns, 0) && this.patterns.ignores(asked.join('/') + end)) return true;
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const rules = this.byFolder.get(parts.slice(0, depth).join('/'));
      if (!rules || !isAsked(rules, depth)) continue;
      const found = rules.test(asked.slice(depth).join('/') + end);
      if (found.ignored) return true;
      if (found.unignored) return false;
    }
    return false;
  }
}

/** Stands for a folder that was chosen, whatever it is called: a name of which no pattern speaks. */
const ANY = '\ue000';
