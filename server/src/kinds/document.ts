import type { Document } from 'yaml';
import { message } from '../../../l10n/index.ts';
import { blockRange } from '../model/blockRange.ts';
import type { Value } from '../model/canonical.ts';
import type { At, Finding, Path, RuleFinding, TextRange } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { parseInSteps } from '../model/parseYaml.ts';
import { readPlainYaml } from '../model/plainYaml.ts';
import { Recent } from '../model/recent.ts';
import { mend, toSchemaFindings } from '../model/schemaFindings.ts';
import { MOST_DOCUMENTS } from '../model/splitDocuments.ts';
import { firstLine, LIMITS, withoutConsequences, YamlTree } from '../model/yamlTree.ts';
import { type Ignores, readIgnores } from './ignores.ts';
import { KIND_NAMES, kindNamed, kindsByKey, SCHEMAS } from './index.ts';
import type { DocumentModel, Kind } from './kind.ts';
import { applyLevels, type Levels, NO_LEVELS } from './levels.ts';
import { type FileMode, hasFlowRoot, recognise } from './recognise.ts';
import { breaches } from './rule.ts';

/** A gpuctl document that was read and checked. Ranges count from the beginning of its text. */
export interface GpuctlDocument {
  /** The word after `kind`, also one that nobody knows; empty where there is none. */
  kindName: string;
  kind: Kind | undefined;
  /** `job.name`, where it can be read. */
  name: string | undefined;
  /** What could be read of it, by canonical keys, be it right or not. */
  value: Value;
  findings: readonly Finding[];
  /** Its meaning; `undefined` where an error keeps it from having one. */
  model: DocumentModel | undefined;
  text: string;
  /** What its comments silence. */
  ignores: Ignores;
  /** The document with places; made when first asked for. */
  tree(): YamlTree;
  /** As that of the tree, but without it where the text is plain enough. */
  rangeOf(path: Path, at?: At): TextRange;
}

/** What is known of a text before it is read: what `parseInSteps` made of it, or that it stands behind too many others. */
interface Known {
  parsed?: { document: Document.Parsed | undefined };
  tooMany?: boolean;
}

/** Trees are large: a hundred times their text. Those of a thousand documents would fill the memory. */
const TREES = new Recent<YamlTree>(64, 1024 * 1024);

/** Findings of a document that are told at most. */
const MOST_FINDINGS = 200;

/** Documents up to this length, in UTF-16 units, are read in one go. */
const IN_ONE_GO = 16 * 1024;

/** As `readDocument`, with rests in between for a long document. `tooMany`: it stands behind too many others to be checked. */
export function* readInSteps(
  text: string,
  mode: FileMode,
  levels: Levels,
  tooMany: boolean,
): Generator<void, GpuctlDocument | undefined> {
  if (tooMany) return readDocument(text, mode, levels, { tooMany });
  if (text.length <= IN_ONE_GO || text.length > LIMITS.characters) return readDocument(text, mode, levels);
  if (!hasFlowRoot(text) && recognise(text, mode) === undefined) return undefined;
  const parsed = { document: yield* parseInSteps(text) };
  yield;
  return readDocument(text, mode, levels, { parsed });
}

/** Reads one YAML document, or tells by `undefined` that it is not ours. Pure; never throws. */
export function readDocument(
  text: string,
  mode: FileMode,
  levels: Levels = NO_LEVELS,
  { parsed, tooMany = false }: Known = {},
): GpuctlDocument | undefined {
  const kindName = recognise(text, mode, parsed);
  if (kindName === undefined) return undefined;
  const kind = kindNamed(kindName);
  const tree = TREES.hold(text.length, (given?: Known['parsed']) => new YamlTree(text, kind?.schema, SCHEMAS, given));
  const isLong = tooMany || text.length > LIMITS.characters;
  const plain = kind && !isLong && !parsed ? firstLook(text, kind) : undefined;
  const isPlain = plain !== undefined;
  const rangeOf = (path: Path, at: At = 'value') => (isPlain && blockRange(text, path, at)) || tree().rangeOf(path, at);
  if (parsed) tree(parsed);
  const {
    name,
    value,
    model,
    findings: found,
  } = isLong
    ? notChecked(text, tooMany)
    : !kind
      ? withoutKind(kindName, tree(), firstLine(text))
      : isPlain
        ? withMeaning(kind, plain, [], { rangeOf })
        : closeLook(kind, tree());
  const ignores = readIgnores(text);
  const findings = applyLevels([...found.slice(0, MOST_FINDINGS), ...ignores.unknown], { text, ignores }, levels);
  const runs = !hasErrors(findings);
  return { kindName, kind, name, value, findings, model: runs ? model : undefined, text, ignores, tree, rangeOf };
}

/** What a text means and everything that is wrong with it, before anything of that is silenced. */
type Reading = Pick<GpuctlDocument, 'findings' | 'model' | 'value'> & { name?: string | undefined };

/**
 * Reads with the fast parser what needs no second look. It answers only for documents without any finding of the schema; whatever
 * is odd, wrong or ambiguous goes to the parser that knows places. A property test holds that both agree.
 */
function firstLook(text: string, kind: Kind): Value | undefined {
  const value = readPlainYaml(text, kind.schema, SCHEMAS);
  return value !== undefined && kind.validate(value) ? value : undefined;
}

function closeLook(kind: Kind, tree: YamlTree): Reading {
  const value = tree.value;
  if (tree.tooLarge) return { value: null, findings: tree.findings, model: undefined };
  const valid = kind.validate(value);
  if (valid && tree.broken === undefined) return withMeaning(kind, value, tree.findings, tree);
  const context = { schema: kind.schema, schemas: SCHEMAS, elsewhere: kindsByKey() };
  const found = toSchemaFindings((kind.validate.errors ?? []).slice(0, MOST_FINDINGS), tree, context);
  const findings = [...tree.findings, ...withoutConsequences(found, tree.broken).filter(isNews(tree.findings))];
  // Unknown keys and quoted numbers are no reason not to run: the document may well have a meaning.
  const rest = hasErrors(findings) ? undefined : mend(value, kind.validate);
  if (rest !== undefined) return withMeaning(kind, rest, findings, tree);
  const name = (value as { job?: { name?: unknown } } | null)?.job?.name;
  return { name: typeof name === 'string' ? name : undefined, value, findings, model: undefined };
}

/** Whether a finding is more than that a value has the wrong type of which the cause is known: a space that is missing in it. */
const isNews =
  (known: readonly Finding[]) =>
  ({ code, range }: Finding): boolean =>
    code !== 'value.wrong-type' ||
    !known.some((one) => one.code === code && range.start <= one.range.start && one.range.end <= range.end);

/** What a valid value means, and what the rules beyond the schema say of it. */
function withMeaning(kind: Kind, value: Value, known: readonly Finding[], places: Places): Reading {
  const model = kind.toModel(value);
  const broken = breaches(kind.rules, model);
  return { name: model.name, value, findings: [...known, ...placeFindings(broken, places)], model };
}

function notChecked(text: string, tooMany: boolean): Reading {
  const said = tooMany
    ? message('finding.document.too-large.many', { most: MOST_DOCUMENTS })
    : message('finding.document.too-large');
  const range = firstLine(text);
  return {
    value: null,
    findings: [{ code: 'document.too-large', severity: 'warning', range, message: said }],
    model: undefined,
  };
}

/** A document without a kind that can be checked: says what `kind` should be. */
function withoutKind(kindName: string, tree: YamlTree, first: TextRange): Reading {
  if (tree.tooLarge) return { value: null, findings: tree.findings, model: undefined };
  const range = tree.hasKey(['kind']) ? tree.rangeOf(['kind']) : first;
  // Where the text is broken and there is no kind, the break is what matters.
  const said = tree.findings.length && !kindName ? undefined : kindFinding(kindName, range);
  return { value: tree.value, findings: said ? [...tree.findings, said] : tree.findings, model: undefined };
}

function kindFinding(kind: string, range: TextRange): Finding {
  const known = KIND_NAMES.join(', ');
  if (!kind)
    return { code: 'kind.missing', severity: 'error', range, message: message('finding.kind.missing', { known }) };
  const guess = nearest(kind, KIND_NAMES) ?? KIND_NAMES.find((name) => kind.length > 3 && name.startsWith(kind));
  if (!guess) {
    return {
      code: 'kind.unknown',
      severity: 'error',
      range,
      message: message('finding.kind.unknown', { kind, known }),
    };
  }
  return {
    code: 'kind.unknown',
    severity: 'error',
    range,
    message: message('finding.kind.unknown.guess', { kind, guess }),
    fixes: [{ title: message('fix.replace-with', { text: guess }), edits: [{ range, text: guess }], preferred: true }],
  };
}

/** Knows where the entries of a document stand: the document itself, or its tree. */
interface Places {
  rangeOf(path: Path, at?: At): TextRange;
}

/** Gives findings of rules the range of the place that they name. */
export const placeFindings = (broken: readonly RuleFinding[], places: Places): Finding[] =>
  broken.map(({ path, at, ...finding }) => ({ ...finding, range: places.rangeOf(path, at) }));

const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'error');
