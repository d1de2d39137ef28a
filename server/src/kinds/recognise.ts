import type { Value } from '../model/canonical.ts';
import { LIMITS, YamlTree } from '../model/yamlTree.ts';
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

/**
 * Root keys and their plain values, by a look at the lines alone: cheap, and it works in a broken document. `undefined` where the
 * document has no content.
 */
function scanRoot(text: string): Map<string, string> | undefined {
  const body = text.replace(/^\uFEFF/, '').replace(/^---[ \t]*/m, '');
  if (!/^(?!\s*(?:#|$))(?!%)(?!\.\.\.)/m.test(body)) return undefined;
  const root = new Map<string, string>();
  if (/^\s*\{/.test(body.replace(/^\s*#.*$/gm, '')) && text.length <= LIMITS.characters) {
    const { value } = new YamlTree(text, undefined, SCHEMAS);
    for (const [key, child] of Object.entries((value ?? {}) as Record<string, Value>))
      root.set(key, typeof child === 'object' ? '' : String(child));
    return root;
  }
  const entry = /^(["']?)([\w-]+)\1[ \t]*:(?=\s|$)[ \t]*(?:&\S+[ \t]+)?(["']?)([^\s#"',}]*)/gm;
  for (const [, , key, , value] of body.matchAll(entry)) if (key && !root.has(key)) root.set(key, value ?? '');
  return root;
}

/** A known kind, and its root section, complete or half-typed. `kind: resource` alone also occurs in others' files. */
function looksLikeOurs(kind: string, root: Map<string, string>): boolean {
  if (!(DIALECT_KINDS as readonly string[]).includes(kind)) return false;
  const sections =
    kind === 'quota' ? ['quota', 'namespace'] : kind === 'pool' || kind === 'resource' ? ['pool'] : ['job'];
  return sections.some((section) => root.has(section));
}
