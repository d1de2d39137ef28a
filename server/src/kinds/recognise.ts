import type { Document } from 'yaml';
import type { Value } from '../model/canonical.ts';
import { firstLine, LIMITS, YamlTree } from '../model/yamlTree.ts';
import { kindNamed, SCHEMAS } from './index.ts';

/**
 * How the documents of a file are recognised: in a `gpuctl` file each is ours unless it has an `apiVersion`; in any other YAML
 * file only what looks like one of ours is.
 */
export type FileMode = 'gpuctl' | 'yaml';

/**
 * The word after `kind` of a document that is ours (empty where there is none); `undefined` for all others. Of a document that is too
 * large to be read the head decides. `parsed`: what `parseInSteps` made of the text, where that was done before.
 */
export function recognise(
  text: string,
  mode: FileMode,
  parsed?: { document: Document.Parsed | undefined },
): string | undefined {
  const root = scanRoot(text.slice(0, LIMITS.characters), parsed);
  if (!root || root.has('apiVersion')) return undefined;
  const kindName = root.get('kind') ?? '';
  return mode === 'gpuctl' || looksLikeOurs(text, kindName, root) ? kindName : undefined;
}

/** A key at the beginning of a line, which in block style is a key of the root. */
const ROOT_KEY = /^\uFEFF?["']?([\w-]+)["']?[ \t]*:(?=\s|$)/gm;
/** A word alone at the beginning of a line: of one letter nobody knows what it will be. */
const HALF_TYPED = /^([a-z]{2,})[ \t]*\r?$/gm;
/** The word after it, behind an anchor and a quote. */
const WORD = /[ \t]*(?:&\S+[ \t]+)?["']?([^\s#"',}]*)/y;

/**
 * Root keys, and the plain value of `kind`, by a look at the lines alone: cheap, and it works in a broken document. `undefined` where
 * the document has no content.
 */
function scanRoot(text: string, parsed?: { document: Document.Parsed | undefined }): Map<string, string> | undefined {
  const root = new Map<string, string>();
  ROOT_KEY.lastIndex = 0;
  for (let match = ROOT_KEY.exec(text); match; match = ROOT_KEY.exec(text)) {
    const key = match[1] as string;
    if (root.has(key)) continue;
    WORD.lastIndex = ROOT_KEY.lastIndex;
    root.set(key, (key === 'kind' && WORD.exec(text)?.[1]) || '');
  }
  return root.has('kind') ? root : scanOddRoot(text, root, parsed);
}

/** Whether the root is a mapping in flow style, `{…}`: what it says is known only once it is parsed. */
export function hasFlowRoot(text: string): boolean {
  const { start } = firstLine(text);
  return /(?:--- *)?\{/y.test(text.slice(start, start + 100));
}

/** A root that does not begin with plain keys: in flow style, behind its marker, or without any content. */
function scanOddRoot(
  text: string,
  root: Map<string, string>,
  parsed?: { document: Document.Parsed | undefined },
): Map<string, string> | undefined {
  const { start, end } = firstLine(text);
  const line = text
    .slice(start, end)
    .replace(/^\uFEFF/, '')
    .trim();
  if (/^(?:$|#|---$|\.\.\.$)/.test(line)) return undefined;
  if (!hasFlowRoot(text) || text.length >= LIMITS.characters) return root;
  const { value } = new YamlTree(text, undefined, SCHEMAS, parsed);
  for (const [key, child] of Object.entries((value ?? {}) as Record<string, Value>)) {
    root.set(key, typeof child === 'object' ? '' : String(child));
  }
  return root;
}

/**
 * A known kind, and one of the sections that mark it, complete or half-typed (a line that is only the beginning of its name).
 * `kind: resource` alone also occurs in others' files.
 */
function looksLikeOurs(text: string, kindName: string, root: Map<string, string>): boolean {
  const marks = kindNamed(kindName)?.marks;
  if (!marks) return false;
  if (marks.some((mark) => root.has(mark))) return true;
  const halfTyped = [...text.slice(0, LIMITS.characters).matchAll(HALF_TYPED)].map((match) => match[1] as string);
  return halfTyped.some((word) => marks.some((mark) => mark.startsWith(word)));
}
