import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Path } from '../finding.ts';
import type { YamlTree } from '../yamlTree.ts';

export type Container = YAMLMap<Node, Node | null> | YAMLSeq<Node | null>;

/** What a path leads to in the document's own nodes: neither through an alias nor through `<<`. */
export interface Found {
  /** How many parts of the path exist. */
  depth: number;
  /** The deepest node that exists; `null` for an empty value. */
  node: Node | null;
  /** The collection that holds the node, and where in it; `undefined` for the root. */
  holder: Container | undefined;
  index: number;
  /** Whether the node stands in flow style (`{}`, `[]`). */
  inFlow: boolean;
}

/** Follows a path of canonical keys as far as it goes. */
export function find(tree: YamlTree, path: Path): Found {
  let at: Found = {
    depth: 0,
    node: tree.document.contents as Node | null,
    holder: undefined,
    index: 0,
    inFlow: false,
  };
  for (const part of path) {
    const { node } = at;
    const index = isMap(node)
      ? indexOfKey(node as YAMLMap<Node>, path.slice(0, at.depth), String(part), tree)
      : isSeq(node) && typeof part === 'number' && part < node.items.length
        ? part
        : -1;
    if (index < 0) return at;
    const holder = node as Container;
    const item = holder.items[index];
    at = {
      depth: at.depth + 1,
      node: isMap(holder) ? ((item as Pair<Node, Node | null>).value ?? null) : (item as Node | null),
      holder,
      index,
      inFlow: at.inFlow || holder.flow === true,
    };
  }
  return at;
}

function indexOfKey(map: YAMLMap<Node>, path: Path, key: string, tree: YamlTree): number {
  const schema = tree.schema && tree.schemas.atPath(path, tree.schema)?.schema;
  const spellings = schema && tree.schemas.spellingsOf(schema).canonical;
  return map.items.findIndex((pair) => {
    if (!isScalar(pair.key)) return false;
    const written = String(pair.key.source ?? pair.key.value);
    return (spellings?.get(written) ?? written) === key;
  });
}

/** A text and questions about its lines. Offsets are UTF-16. */
export class Lines {
  readonly text: string;
  readonly eol: string;
  /** Where the first line begins: behind a byte order mark. */
  readonly first: number;

  constructor(text: string) {
    this.text = text;
    this.eol = text.includes('\r\n') ? '\r\n' : '\n';
    this.first = text.startsWith('\uFEFF') ? 1 : 0;
  }

  start(offset: number): number {
    return Math.max(this.first, this.text.lastIndexOf('\n', offset - 1) + 1);
  }

  /** The end of the line, before its line break. */
  end(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    if (end < 0) return this.text.length;
    return this.text[end - 1] === '\r' && end > offset ? end - 1 : end;
  }

  /** Where the next line begins; the end of the text where there is none. */
  next(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    return end < 0 ? this.text.length : end + 1;
  }

  column(offset: number): number {
    return offset - this.start(offset);
  }

  /** What stands before an offset on its line. */
  before(offset: number): string {
    return this.text.slice(this.start(offset), offset);
  }

  isBlank(start: number, end: number): boolean {
    return this.text.slice(start, end).trim() === '';
  }

  /** Where the white space before an offset begins. */
  trimmed(offset: number): number {
    return this.text.slice(0, offset).trimEnd().length;
  }
}

/** Where an entry of a collection begins: at its key, or at its dash in a block list. */
export function startOf(holder: Container, index: number, lines: Lines): number {
  const item = holder.items[index];
  if (isMap(holder)) return rangeOf((item as Pair<Node>).key)[0];
  const [start] = rangeOf(item as Node | null);
  if (holder.flow) return start;
  const column = lines.column(rangeOf(holder)[0]);
  for (let line = lines.start(start); ; line = lines.start(line - 1)) {
    const dash = line + column;
    if (lines.text[dash] === '-' && dash < start + 1) return dash;
    if (line <= lines.first) return start;
  }
}

/** Where the text of an entry ends: before comments and blank lines behind it. */
export function endOf(holder: Container, index: number, text: string): number {
  const item = holder.items[index];
  if (!isMap(holder)) return endOfNode(item as Node | null, text);
  const { key, value } = item as Pair<Node, Node | null>;
  return value ? endOfNode(value, text) : rangeOf(key)[1];
}

export function endOfNode(node: Node | null, text: string): number {
  const [start, end] = rangeOf(node);
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length) {
    return endOf(node as Container, node.items.length - 1, text);
  }
  if (!isScalar(node) || !isBlockScalar(node)) return end;
  const source = text.slice(start, end);
  if (/^[|>]\d?\+/.test(source)) return end - (/\r?\n$/.exec(source)?.[0].length ?? 0);
  return start + source.trimEnd().length;
}

export const isBlockScalar = ({ type }: Scalar): boolean => type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';

/** Whether nothing is written: `key:` or `- ` without a value. */
export const isEmpty = (node: Node | null): boolean =>
  node === null || (isScalar(node) && node.value === null && rangeOf(node)[0] === rangeOf(node)[1]);

export const rangeOf = (node: Node | null): [number, number] => (node?.range ? [node.range[0], node.range[1]] : [0, 0]);
