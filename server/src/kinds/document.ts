import { CORE_SCHEMA, load } from 'js-yaml';
import { message } from '../../../l10n/index.ts';
import { toCanonical, type Value } from '../model/canonical.ts';
import type { Finding, RuleFinding, TextRange } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { toSchemaFindings } from '../model/schemaFindings.ts';
import { firstLine, LIMITS, YamlTree } from '../model/yamlTree.ts';
import { DIALECT_KINDS, DIALECT_SECTIONS, KINDS, kindNamed, SCHEMAS } from './index.ts';
import type { JobModel, Kind } from './kind.ts';
import { type FileMode, recognise } from './recognise.ts';

/** A gpuctl document that was read and checked. Ranges count from the beginning of its text. */
export interface GpuctlDocument {
  /** The word after `kind`, also one that nobody knows; empty where there is none. */
  kindName: string;
  kind: Kind<JobModel> | undefined;
  /** `job.name`, where it can be read. */
  name: string | undefined;
  findings: readonly Finding[];
  /** Its meaning; `undefined` where an error keeps it from having one. */
  model: JobModel | undefined;
  text: string;
  /** The document with places; made when first asked for. */
  tree(): YamlTree;
}

/** Reads one YAML document, or tells by `undefined` that it is not ours. Pure; never throws. */
export function readDocument(text: string, mode: FileMode): GpuctlDocument | undefined {
  const kindName = recognise(text, mode);
  if (kindName === undefined) return undefined;
  const kind = kindNamed(kindName);
  let made: YamlTree | undefined;
  const tree = () => {
    made ??= new YamlTree(text, kind?.schema, SCHEMAS);
    return made;
  };
  const document = { kindName, kind, text, tree };
  if (text.length > LIMITS.characters) return { ...document, ...tooLarge(firstLine(text)) };
  if (!kind) return { ...document, ...withoutKind(kindName, tree(), firstLine(text)) };
  const value = firstLook(text, kind);
  if (value !== undefined) return { ...document, ...withMeaning(kind, value, [], tree) };
  return { ...document, ...(tree().tooLarge ? tooLarge(firstLine(text)) : closeLook(kind, tree())) };
}

type Reading = Pick<GpuctlDocument, 'name' | 'findings' | 'model'>;

/**
 * Reads with the fast parser what needs no second look. It answers only for documents without any finding of the schema; whatever
 * is odd, wrong or ambiguous goes to the parser that knows places. A property test holds that both agree.
 */
function firstLook(text: string, kind: Kind<JobModel>): Value | undefined {
  if (/(?:^|[\s[{,:-])[&*!][^\s,\]}]|^\s*(?:- *)?<<\s*:|^%|\t|\uFEFF/m.test(text)) return undefined;
  try {
    const value = toCanonical(load(text, { schema: CORE_SCHEMA }), kind.schema, kind.schema, SCHEMAS);
    return value !== undefined && kind.validate(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function closeLook(kind: Kind<JobModel>, tree: YamlTree): Reading {
  const value = tree.value;
  if (kind.validate(value)) return withMeaning(kind, value, tree.findings, () => tree);
  const context = { schema: kind.schema, schemas: SCHEMAS, elsewhere: DIALECT_SECTIONS };
  const findings = [...tree.findings, ...toSchemaFindings(kind.validate.errors ?? [], tree, context)];
  // Unknown and unused keys are no reason not to run: without them the document may well have a meaning.
  const rest = hasErrors(findings) ? undefined : withoutUnknown(value, kind);
  if (rest !== undefined) return withMeaning(kind, rest, findings, () => tree);
  const job = (value as { job?: { name?: unknown } } | null)?.job;
  return { name: typeof job?.name === 'string' ? job.name : undefined, findings, model: undefined };
}

/** What a valid value means, and what the rules beyond the schema say of it. */
function withMeaning(kind: Kind<JobModel>, value: Value, known: readonly Finding[], tree: () => YamlTree): Reading {
  const model = kind.toModel(value);
  const rules = kind.rules(model);
  const findings = rules.length ? [...known, ...placeFindings(rules, tree())] : known;
  return { name: model.name, findings, model: hasErrors(findings) ? undefined : model };
}

/** The value less what `additionalProperties` complains of. */
function withoutUnknown(value: Value, kind: Kind<JobModel>): Value | undefined {
  const copy = structuredClone(value);
  for (const error of kind.validate.errors ?? []) {
    if (error.keyword !== 'additionalProperties') continue;
    let at = copy as Record<string, Value>;
    for (const part of error.instancePath.split('/').slice(1))
      at = at[part.replaceAll('~1', '/').replaceAll('~0', '~')] as Record<string, Value>;
    delete at[String(error.params.additionalProperty)];
  }
  return kind.validate(copy) ? copy : undefined;
}

function tooLarge(range: TextRange): Reading {
  const said = message('finding.document.too-large');
  return {
    name: undefined,
    findings: [{ code: 'document.too-large', severity: 'warning', range, message: said }],
    model: undefined,
  };
}

/** A document without a kind that can be checked: says what `kind` should be. */
function withoutKind(kindName: string, tree: YamlTree, first: TextRange): Reading {
  const range = tree.hasKey(['kind']) ? tree.rangeOf(['kind']) : first;
  // Where the text is broken and there is no kind, the break is what matters.
  const said = tree.findings.length && !kindName ? undefined : kindFinding(kindName, range);
  return { name: undefined, findings: said ? [...tree.findings, said] : tree.findings, model: undefined };
}

function kindFinding(kind: string, range: TextRange): Finding {
  const known = KINDS.map(({ name }) => name).join(', ');
  if (!kind)
    return { code: 'kind.missing', severity: 'error', range, message: message('finding.kind.missing', { known }) };
  if ((DIALECT_KINDS as readonly string[]).includes(kind)) {
    return { code: 'kind.not-yet', severity: 'information', range, message: message('finding.kind.not-yet', { kind }) };
  }
  const guess = nearest(kind, DIALECT_KINDS);
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
    fixes: [{ title: message('fix.replace-with', { text: guess }), edits: [{ range, text: guess }] }],
  };
}

/** Gives findings of rules the range of the place that they name. */
export const placeFindings = (rules: readonly RuleFinding[], tree: YamlTree): Finding[] =>
  rules.map(({ path, at, ...finding }) => ({ ...finding, range: tree.rangeOf(path, at) }));

const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'error');
