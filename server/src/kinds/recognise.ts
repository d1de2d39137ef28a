import type { Value } from '../model/canonical.ts';
import { firstLine, LIMITS, YamlTree } from '../model/yamlTree.ts';
import { DIALECT_KINDS, SCHEMAS } from './index.ts';

/**
 * How the documents of a file are recognised: in a `gpuctl` file each is ours unless it has an `apiVersion`; in any other YAML
 * file only what looks like one of ours is.
 */
export type FileMode = 'gpuctl' | 'yaml';

/** The word after `kind` of a document that is ours (empty where there is none); `undefined` for all others. */
export function recognise(text: string, mode: FileMode): string | undefined {
  const root = scanRoot(text);
  if (!root || root.has('apiVersion')) return undefined;
  const kindName = root.get('kind') ?? '';
  return mode === 'gpuctl' || looksLikeOurs(kindName, root) ? kindName : undefined;
}

/** A key at the beginning of a line, which in block style is a key of the root. */
const ROOT_KEY = /^\uFEFF?["']?([\w-]+)["']?[ \t]*:(?=\s|$)/gm;
/** The word after it, behind an anchor and a quote. */
const WORD = /[ \t]*(?:&\S+[ \t]+)?["']?([^\s#"',}]*)/y;

/**
 * Root keys, and the plain value of `kind`, by a look at the lines alone: cheap, and it works in a broken document. `undefined` where
 * the document has no content.
 */
function scanRoot(text: string): Map<string, string> | undefined {
  const root = new Map<string, string>();
  ROOT_KEY.lastIndex = 0;
  for (let match = ROOT_KEY.exec(text); match; match = ROOT_KEY.exec(text)) {
    const key = match[1] as string;
    if (root.has(key)) continue;
    WORD.lastIndex = ROOT_KEY.lastIndex;
    root.set(key, (key === 'kind' && WORD.exec(text)?.[1]) || '');
  }
  return root.has('kind') ? root : scanOddRoot(text, root);
}

/** A root that does not begin with plain keys: in flow style, behind its marker, or without any content. */
function scanOddRoot(text: string, root: Map<string, string>): Map<string, string> | undefined {
  const { start, end } = firstLine(text);
  const line = text.slice(start, end).replace(/^\.\.\.$/, '');
  if (!line || line.startsWith('#') || line === '---' || line === '\uFEFF') return undefined;
  if (!/^(?:--- *)?\{/.test(line) || text.length > LIMITS.characters) return root;
  const { value } = new YamlTree(text, undefined, SCHEMAS);
  for (const [key, child] of Object.entries((value ?? {}) as Record<string, Value>)) {
    root.set(key, typeof child === 'object' ? '' : String(child));
  }
  return root;
}

/** A known kind, and its root section, complete or half-typed. `kind: resource` alone also occurs in others' files. */
function looksLikeOurs(kind: string, root: Map<string, string>): boolean {
  if (!(DIALECT_KINDS as readonly string[]).includes(kind)) return false;
  const sections =
    kind === 'quota' ? ['quota', 'namespace'] : kind === 'pool' || kind === 'resource' ? ['pool'] : ['job'];
  return sections.some((section) => root.has(section));
}
