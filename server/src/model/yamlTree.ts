import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
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
import { LIMITS, parseYaml } from './parseYaml.ts';
import { childSchema, isText, type JsonSchema, type SchemaSet } from './schema.ts';
import { hasForbidden, syntaxFindings } from './syntax.ts';

/** Where one entry of the value stands in the text. */
interface Place {
  path?: Path;
  key?: TextRange;
  value?: TextRange;
  /** The key as it is written. */
  written?: string;
}

export { LIMITS } from './parseYaml.ts';

class TooMuch extends Error {}

/** A YAML document with its canonical value and the place of every entry. Never throws; what is wrong is in `findings`. */
export class YamlTree {
  readonly findings: readonly Finding[];
  readonly value: Value;
  readonly document: Document.Parsed;
  /** Whether it was too large to be read; then there is no value. */
  tooLarge = false;
  /** Where the first line begins that cannot be read as YAML: what is found from there on may be a consequence. */
  readonly broken: number | undefined;
  private found: Finding[] = [];
  private readonly places = new Map<string, Place>();
  private readonly targets = new Map<Alias, Node>();
  readonly text: string;
  /** What it was read by: the root's schema, and the set that its references lead to. */
  readonly schema: JsonSchema | undefined;
  readonly schemas: SchemaSet;
  private budget = LIMITS.nodes;

  /** `parsed`: what `parseInSteps` made of the text, where that was done before. */
  constructor(
    text: string,
    schema: JsonSchema | undefined,
    schemas: SchemaSet,
    parsed: { document: Document.Parsed | undefined } = { document: parseYaml(text) },
  ) {
    this.text = text;
    this.schema = schema;
    this.schemas = schemas;
    this.document = parsed.document ?? parseDocument('');
    let value: Value = null;
    try {
      if (!parsed.document) throw new TooMuch();
      if (this.document.errors.length || hasForbidden(text))
        this.found.push(...syntaxFindings(text, this.document.errors[0]?.pos[0]));
      this.findTargets();
      value = this.read(this.document.contents, schema, schema ?? {}, schemas, []);
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      this.tooLarge = true;
      const said = message('finding.document.too-large');
      this.found = [{ code: 'document.too-large', severity: 'warning', range: firstLine(text), message: said }];
    }
    this.value = value;
    this.broken = firstBreak(this.found, text);
    this.findings = withoutConsequences(withoutRepeats(this.found), this.broken);
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

  /**
   * Entries whose key or value is the smallest around an offset; both ends belong to it. They are several where a text is merged or
   * stands for its aliases, too.
   */
  placesAt(offset: number): { path: Path; at: At; range: TextRange }[] {
    let found: { path: Path; at: At; range: TextRange }[] = [];
    let smallest = Number.POSITIVE_INFINITY;
    for (const { path, key, value } of this.places.values()) {
      for (const [at, range] of [['key', key] as const, ['value', value] as const]) {
        if (!path || !range || range.start > offset || range.end < offset) continue;
        const length = range.end - range.start;
        if (length < smallest) found = [];
        if (length <= smallest) found.push({ path, at, range });
        smallest = Math.min(smallest, length);
      }
    }
    return found;
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
      this.found.push({
        code: 'yaml.undefined-alias',
        severity: 'error',
        range: this.rangeOfNode(node),
        message: message('finding.yaml.undefined-alias', { name: node.source }),
      });
      return null;
    }
    if (isScalar(node)) {
      if (at?.schema.properties) this.lookForColon(node, schemas.spellingsOf(at.schema).canonical);
      return this.scalar(node, at?.schema);
    }
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const child = [...path, index];
        this.setPlace(child, { value: this.rangeOfNode(item as Node) });
        return this.read(item, at?.schema.items, at?.root ?? root, schemas, child);
      });
    }
    if (isMap(node) && at?.schema.items) this.lookForDash(node);
    if (isMap(node)) return this.mapping(node, at?.schema, at?.root ?? root, schemas, path);
    return null;
  }

  /** `name:x` or `name x` where a section is expected is valid YAML, and surely not what was meant. */
  private lookForColon(node: Scalar, keys: ReadonlyMap<string, string>): void {
    const range = this.rangeOfNode(node);
    const { start } = range;
    const before = this.text.slice(this.text.lastIndexOf('\n', start - 1) + 1, start);
    const [, key = '', colon = ''] = /^([A-Za-z_][\w-]*)(：|:(?=[^\s/])|(?=[ \t]|$))/.exec(node.source ?? '') ?? [];
    if (!key || node.type !== 'PLAIN' || !/^[ \t]*(?:- +)*$/.test(before) || (!colon && !keys.has(key))) return;
    if (colon === '：') {
      const wide = { start: start + key.length, end: start + key.length + 1 };
      const [said, title] = [message('finding.yaml.syntax.wide-colon'), message('fix.yaml.wide-colon')];
      this.found.push(missing(wide, wide.start, ': ', said, title, wide.end));
      return;
    }
    const said = colon ? message('finding.yaml.syntax.colon-space') : message('finding.yaml.syntax.colon', { key });
    const title = colon ? message('fix.yaml.space') : message('fix.yaml.colon');
    this.found.push(missing(range, start + key.length + colon.length, colon ? ' ' : ':', said, title));
  }

  /** `-name: x` where a list is expected is a key, and surely not what was meant. */
  private lookForDash(map: YAMLMap): void {
    for (const { key } of map.items) {
      const range = this.rangeOfNode(key as Node);
      if (!isScalar(key) || key.type !== 'PLAIN' || !/^-[A-Za-z]/.test(String(key.source))) continue;
      const said = message('finding.yaml.syntax.dash');
      this.found.push(missing(range, range.start + 1, ' ', said, message('fix.yaml.space')));
    }
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
        this.found.push({
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
      const given = value ?? emptyValue(schema, key, root, schemas);
      if (given !== undefined) result[key] = given;
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
    if (!this.places.has(key)) this.places.set(key, { ...place, path });
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
}

const missing = (range: TextRange, at: number, text: string, said: Message, title: Message, end = at): Finding => ({
  code: 'value.wrong-type',
  severity: 'error',
  range,
  message: said,
  fixes: [{ title, edits: [{ range: { start: at, end }, text }], ...(text !== ':' && { preferred: true as const }) }],
});

function firstBreak(findings: readonly Finding[], text: string): number | undefined {
  const starts = findings.filter(({ code }) => code === 'yaml.syntax').map(({ range }) => range.start);
  if (!starts.length) return undefined;
  const first = Math.min(...starts);
  return first && text.lastIndexOf('\n', first - 1) + 1;
}

/** What stands behind an anchor is read for each of its aliases, and told once. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, range }) => {
    const id = `${code} ${range.start} ${range.end}`;
    return !seen.has(id) && seen.add(id);
  });
}

/** Findings other than of syntax tell something only before the first break. */
export function withoutConsequences(findings: readonly Finding[], broken: number | undefined): Finding[] {
  if (broken === undefined) return [...findings];
  return findings.filter(
    ({ code, range }) => code === 'yaml.syntax' || (code !== 'key.missing' && range.end <= broken),
  );
}

/** The first line of a document with content, without its marker; looked for only where a document may be read. */
export function firstLine(text: string): TextRange {
  const match = /^(?!---|%|[ \t]*(?:#|\r?$))[ \t]*(\S[^\r\n]*)/m.exec(text.slice(0, LIMITS.characters));
  if (!match?.[1]) return { start: 0, end: Math.min(3, text.length) };
  const start = match.index + match[0].length - match[1].length;
  return { start, end: start + match[1].trimEnd().length };
}

const pointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
