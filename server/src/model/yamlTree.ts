import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { type Message, message } from '../../../l10n/index.ts';
import { emptyValue, type Value } from './canonical.ts';
import type { At, Finding, Path, TextRange } from './finding.ts';
import { childSchema, isText, type JsonSchema, type SchemaSet } from './schema.ts';

/** Where one entry of the value stands in the text. */
interface Place {
  key?: TextRange;
  value?: TextRange;
  /** The key as it is written. */
  written?: string;
}

/** Bounds of what is looked at: beyond, a document gets one finding and no more. */
export const LIMITS = { characters: 256 * 1024, depth: 100, nodes: 50_000 };

class TooMuch extends Error {}

/** A YAML document with its canonical value and the place of every entry. Never throws; what is wrong is in `findings`. */
export class YamlTree {
  readonly findings: Finding[] = [];
  readonly value: Value;
  readonly document: Document.Parsed;
  /** Whether it was too large to be read; then there is no value. */
  tooLarge = false;
  private readonly places = new Map<string, Place>();
  private readonly targets = new Map<Alias, Node>();
  private readonly text: string;
  private budget = LIMITS.nodes;

  constructor(text: string, schema: JsonSchema | undefined, schemas: SchemaSet) {
    this.text = text;
    this.document = parseDocument(text, {
      lineCounter: new LineCounter(),
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
    });
    for (const problem of this.document.errors) {
      const [start, end] = problem.pos;
      this.findings.push({
        code: 'yaml.syntax',
        severity: 'error',
        range: this.clip(start, end),
        message: syntaxMessage(problem.code, problem.message),
      });
    }
    this.findTargets();
    let value: Value = null;
    try {
      value = this.read(this.document.contents, schema, schema ?? {}, schemas, []);
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      this.tooLarge = true;
      this.findings.length = 0;
      this.findings.push({
        code: 'document.too-large',
        severity: 'warning',
        range: firstLine(this.text),
        message: message('finding.document.too-large'),
      });
    }
    this.value = value;
    this.findings.splice(0, this.findings.length, ...withoutRepeats(this.findings));
  }

  /** The range of an entry's key or value; of the nearest thing above it that has one, where it is absent. */
  rangeOf(path: Path, at: At = 'value'): TextRange {
    const place = this.places.get(pointer(path));
    const range = at === 'key' ? (place?.key ?? place?.value) : (place?.value ?? place?.key);
    if (range) return range;
    return path.length ? this.rangeOf(path.slice(0, -1), 'key') : firstLine(this.text);
  }

  /** Whether the document has such an entry, be it empty. */
  hasKey(path: Path): boolean {
    return this.places.has(pointer(path));
  }

  /** The key as the person wrote it, for messages. */
  writtenKey(path: Path): string {
    return this.places.get(pointer(path))?.written ?? String(path.at(-1) ?? '');
  }

  private read(
    node: unknown,
    schema: JsonSchema | undefined,
    root: JsonSchema,
    schemas: SchemaSet,
    path: (string | number)[],
  ): Value {
    if (--this.budget < 0 || path.length > LIMITS.depth) throw new TooMuch();
    const at = schemas.resolve(schema, root);
    if (isAlias(node)) {
      const target = this.targets.get(node);
      if (target) return this.read(target, schema, root, schemas, path);
      this.findings.push({
        code: 'yaml.undefined-alias',
        severity: 'error',
        range: this.rangeOfNode(node),
        message: message('finding.yaml.undefined-alias', { name: node.source }),
      });
      return null;
    }
    if (isScalar(node)) return this.scalar(node, at?.schema);
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const child = [...path, index];
        this.setPlace(child, { value: this.rangeOfNode(item as Node) });
        return this.read(item, at?.schema.items, at?.root ?? root, schemas, child);
      });
    }
    if (isMap(node)) return this.mapping(node, at?.schema, at?.root ?? root, schemas, path);
    return null;
  }

  private scalar(node: Scalar, schema: JsonSchema | undefined): Value {
    const { value } = node;
    if (value === null || value === undefined) return null;
    if (typeof value === 'string') return value;
    if (isText(schema)) return node.source ?? String(value);
    return typeof value === 'number' || typeof value === 'boolean' ? value : (node.source ?? String(value));
  }

  private mapping(
    map: YAMLMap,
    schema: JsonSchema | undefined,
    root: JsonSchema,
    schemas: SchemaSet,
    path: (string | number)[],
  ): Value {
    const result: Record<string, Value> = Object.create(null);
    const spellings = schema && schemas.spellingsOf(schema).canonical;
    const merged: Pair[] = [];
    for (const pair of map.items) {
      const keyNode = isAlias(pair.key) ? this.targets.get(pair.key) : pair.key;
      const written = isScalar(keyNode)
        ? String(keyNode.source ?? keyNode.value)
        : this.text.slice(...this.offsets(pair.key as Node));
      if (isScalar(keyNode) && keyNode.source === '<<' && keyNode.type === 'PLAIN') {
        merged.push(pair as Pair);
        continue;
      }
      const key = spellings?.get(written) ?? written;
      const child = [...path, key];
      const place: Place = { key: this.rangeOfNode(pair.key as Node), written };
      if (pair.value) place.value = this.rangeOfNode(pair.value as Node);
      if (key in result) {
        const first = this.places.get(pointer(child))?.written ?? key;
        this.findings.push({
          code: first === written ? 'key.duplicate' : 'key.two-spellings',
          severity: 'error',
          range: place.key as TextRange,
          message:
            first === written
              ? message('finding.key.duplicate', { key: written })
              : message('finding.key.two-spellings', { key: written, first }),
        });
        continue;
      }
      this.setPlace(child, place);
      const value = this.read(pair.value, childSchema(schema, key), root, schemas, child);
      if (value !== null) result[key] = value;
      else if (!schema?.properties) result[key] = emptyValue(schema, key, root, schemas); // elsewhere it is absent
    }
    for (const pair of merged) this.merge(result, pair.value, schema, root, schemas, path);
    return result;
  }

  /** `<<`: what the mapping itself has wins; of several sources the first. */
  private merge(
    into: Record<string, Value>,
    from: unknown,
    schema: JsonSchema | undefined,
    root: JsonSchema,
    schemas: SchemaSet,
    path: (string | number)[],
  ) {
    const sources = isSeq(from) ? from.items : [from];
    for (const source of sources) {
      const target = isAlias(source) ? this.targets.get(source) : source;
      if (!isMap(target)) continue;
      const value = this.mapping(target, schema, root, schemas, path) as Record<string, Value>;
      for (const [key, child] of Object.entries(value)) if (!(key in into)) into[key] = child;
    }
  }

  /** What is merged stands where it was written first: own keys keep their places. */
  private setPlace(path: Path, place: Place): void {
    const key = pointer(path);
    if (!this.places.has(key)) this.places.set(key, place);
  }

  /** Aliases mean the last anchor of their name before them; one walk finds all. */
  private findTargets(): void {
    if (!this.text.includes('*')) return;
    const anchors = new Map<string, Node>();
    visit(this.document, {
      Alias: (_, alias) => {
        const target = anchors.get(alias.source);
        if (target) this.targets.set(alias, target);
      },
      Value: (_, node) => {
        if (node.anchor) anchors.set(node.anchor, node);
      },
    });
  }

  private offsets(node: Node | null | undefined): [number, number] {
    const range = node?.range;
    return range ? [range[0], range[1]] : [0, 0];
  }

  /** A collection's range ends at its last line of text, not in the blank lines after it. */
  private rangeOfNode(node: Node | null | undefined): TextRange {
    const [start, end] = this.offsets(node);
    const text = this.text.slice(start, end);
    return { start, end: start + Math.max(text.trimEnd().length, Math.min(1, text.length)) };
  }

  private clip(start: number, end: number): TextRange {
    const from = Math.min(start, Math.max(0, this.text.length - 1));
    const lineEnd = /[\r\n]|$/.exec(this.text.slice(from))?.index ?? 0;
    return { start: from, end: Math.max(from + 1, Math.min(end, from + Math.max(1, lineEnd))) };
  }
}

/** What stands behind an anchor is read for each of its aliases, and told once. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, range }) => {
    const id = `${code} ${range.start} ${range.end}`;
    return !seen.has(id) && seen.add(id);
  });
}

/** The first line of a document with content, without its marker. */
export function firstLine(text: string): TextRange {
  const match = /^(?!---|%|[ \t]*(?:#|\r?$))[ \t]*(\S[^\r\n]*)/m.exec(text);
  if (!match?.[1]) return { start: 0, end: Math.min(3, text.length) };
  const start = match.index + match[0].length - match[1].length;
  return { start, end: start + match[1].trimEnd().length };
}

/** Our words for the mistakes that people make; the library's own for the rare rest. */
function syntaxMessage(code: string, reason: string): Message {
  switch (code) {
    case 'TAB_AS_INDENT':
      return message('finding.yaml.syntax.tab');
    case 'BAD_INDENT':
      return message('finding.yaml.syntax.indent');
    case 'MISSING_CHAR':
      return message('finding.yaml.syntax.missing-char', { reason });
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return message('finding.yaml.syntax.colon');
    default:
      return message('finding.yaml.syntax', { reason });
  }
}

const pointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
