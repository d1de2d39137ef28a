import type { SemanticTokens } from 'vscode-languageserver';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { LanguageHost, OpenFile } from './host.ts';
import { Lines } from './lines.ts';
import { type Entry, outlineOf } from './outline.ts';
import { TOKEN_TYPES } from './tokenTypes.ts';

type TokenType = (typeof TOKEN_TYPES)[number];

/** Where what stands, by keys in lower case without `-` and `_`; `*` is any key or item. */
const TYPES: Readonly<Record<string, TokenType>> = {
  'job.name': 'gpuctlJob',
  'pool.name': 'gpuctlPool',
  'resources.pool': 'gpuctlPool',
  'environment.image': 'gpuctlImage',
  'resources.cpu': 'gpuctlQuantity',
  'resources.memory': 'gpuctlQuantity',
  'resources.gpushare': 'gpuctlQuantity',
  'resources.gputype': 'gpuctlGpuType',
  'storage.workdirs.*.size': 'gpuctlQuantity',
  'nodes.*.gputype': 'gpuctlGpuType',
  'default.cpu': 'gpuctlQuantity',
  'default.memory': 'gpuctlQuantity',
  'default.gpu': 'gpuctlQuantity',
  'namespace.*.cpu': 'gpuctlQuantity',
  'namespace.*.memory': 'gpuctlQuantity',
  'namespace.*.gpu': 'gpuctlQuantity',
};
/** Sections with any such thing, and how their parts go on. */
const TREE = toTree();

interface Branch {
  type?: TokenType;
  parts: Map<string, Branch>;
}

function toTree(): Branch {
  const root: Branch = { parts: new Map() };
  for (const [path, type] of Object.entries(TYPES)) {
    let at = root;
    for (const part of path.split('.')) {
      let next = at.parts.get(part);
      if (!next) {
        next = { parts: new Map() };
        at.parts.set(part, next);
      }
      at = next;
    }
    at.type = type;
  }
  return root;
}

/** A token: line (from the document's first), character, length, index of its type. */
type Token = readonly [line: number, character: number, length: number, type: number];

/** Tokens of documents that were looked at: an edit elsewhere changes nothing of them. */
const known = new WeakMap<GpuctlDocument, readonly Token[]>();

/** Colours what the names in a document stand for: job, pool, image, quantity, GPU type. */
export function registerSemanticTokens(host: LanguageHost): void {
  host.connection.languages.semanticTokens.on(({ textDocument }) => {
    const file = host.file(textDocument.uri);
    return file ? buildSemanticTokens(file) : { data: [] };
  });
}

/** Tokens of a file's gpuctl documents, in the encoding of the protocol. */
export function buildSemanticTokens({
  checked,
  document: text,
}: Pick<OpenFile, 'checked' | 'document'>): SemanticTokens {
  const data: number[] = [];
  let lastLine = 0;
  let lastCharacter = 0;
  for (const { document, offset } of checked.chunks) {
    if (!document) continue;
    const first = text.positionAt(offset).line;
    for (const [line, character, length, type] of tokensOf(document)) {
      const step = first + line - lastLine;
      data.push(step, step ? character : character - lastCharacter, length, type, 0);
      lastLine = first + line;
      lastCharacter = character;
    }
  }
  return { data };
}

function tokensOf(document: GpuctlDocument): readonly Token[] {
  let tokens = known.get(document);
  if (!tokens) {
    tokens = findTokens(document.text);
    known.set(document, tokens);
  }
  return tokens;
}

function findTokens(text: string): Token[] {
  const { entries: all } = outlineOf(text);
  if (!all.length) return []; // maybe too large to be cut into lines
  const lines = new Lines(text);
  const tokens: Token[] = [];
  const visit = (entries: readonly Entry[], { parts }: Branch) => {
    for (const entry of entries) {
      const branch = parts.get(normalized(entry.key)) ?? parts.get('*');
      if (!branch) continue;
      const { type } = branch;
      if (type && (entry.style === 'plain' || entry.style === 'quoted') && text[entry.valueStart] !== '*') {
        const line = lines.lineOf(entry.valueStart);
        if (entry.valueEnd > entry.valueStart && lines.lineOf(entry.valueEnd) === line) {
          const character = entry.valueStart - lines.startOf(line);
          tokens.push([line, character, entry.valueEnd - entry.valueStart, TOKEN_TYPES.indexOf(type)]);
        }
      }
      visit(entry.children, branch);
    }
  };
  visit(all, TREE);
  return tokens;
}

const normalized = (key = '*'): string => key.replaceAll(/[-_]/g, '').toLowerCase();
