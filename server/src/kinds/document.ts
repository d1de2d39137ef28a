import { CORE_SCHEMA, load } from 'js-yaml';
import { message } from '../../../l10n/index.ts';
import { toCanonical, type Value } from '../model/canonical.ts';
import type { Finding, RuleFinding, TextRange } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { toSchemaFindings } from '../model/schemaFindings.ts';
import { firstLine, LIMITS, YamlTree } from '../model/yamlTree.ts';
import { DIALECT_KINDS, DIALECT_SECTIONS, KINDS, kindNamed, SCHEMAS } from './index.ts';
import type { JobModel, Kind } from './kind.ts';

/**
 * How the documents of a file are recognised: in a `gpuctl` file each is ours unless it has an `apiVersion`; in any other YAML
 * file only what looks like one of ours is.
 */
export type FileMode = 'gpuctl' | 'yaml';

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
  /** Its first line with content. */
  firstLine: TextRange;
  /** The document with places; made when first asked for. */
  tree(): YamlTree;
}

/** Reads one YAML document, or tells by `undefined` that it is not ours. Pure; never throws. */
export function readDocument(text: string, mode: FileMode): GpuctlDocument | undefined {
  const root = scanRoot(text);
  if (!root || root.has('apiVersion')) return undefined;
  const kindName = root.get('kind') ?? '';
  if (mode === 'yaml' && !looksLikeOurs(kindName, root)) return undefined;
  const kind = kindNamed(kindName);
  let tree: YamlTree | undefined;
  const getTree = () => {
    tree ??= new YamlTree(text, kind?.schema, SCHEMAS);
    return tree;
  };
  if (!kind) return withoutKind(text, kindName, getTree);
  if (text.length > LIMITS.characters) {
    const finding: Finding = {
      code: 'document.too-large',
      severity: 'warning',
      range: firstLine(text),
      message: message('finding.document.too-large'),
    };
    return {
      kindName,
      kind,
      name: undefined,
      findings: [finding],
      model: undefined,
      text,
      firstLine: firstLine(text),
      tree: getTree,
    };
  }
  const value = firstLook(text, kind);
  if (value !== undefined) {
    const model = kind.toModel(value);
    const rules = kind.rules(model);
    const findings = rules.length ? place(rules, getTree()) : [];
    return {
      kindName,
      kind,
      name: model.name,
      findings,
      model: meaningful(findings, model),
      text,
      firstLine: firstLine(text),
      tree: getTree,
    };
  }
  return closeLook(text, kindName, kind, getTree());
}

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

function closeLook(text: string, kindName: string, kind: Kind<JobModel>, tree: YamlTree): GpuctlDocument {
  const findings = [...tree.findings];
  let model: JobModel | undefined;
  if (tree.tooLarge)
    return { kindName, kind, name: undefined, findings, model, text, firstLine: firstLine(text), tree: () => tree };
  if (kind.validate(tree.value)) {
    model = kind.toModel(tree.value);
    findings.push(...place(kind.rules(model), tree));
  } else {
    const context = { schema: kind.schema, schemas: SCHEMAS, elsewhere: DIALECT_SECTIONS };
    findings.push(...toSchemaFindings(kind.validate.errors ?? [], tree, context));
    // Unknown and unused keys are no reason not to run: without them the document may well have a meaning.
    if (!findings.some((finding) => finding.severity === 'error')) {
      const value = withoutUnknown(tree.value, kind);
      if (value !== undefined) {
        model = kind.toModel(value);
        findings.push(...place(kind.rules(model), tree));
      }
    }
  }
  const job = (tree.value as { job?: { name?: unknown } } | null)?.job;
  const name = typeof job?.name === 'string' ? job.name : undefined;
  return {
    kindName,
    kind,
    name,
    findings,
    model: meaningful(findings, model),
    text,
    firstLine: firstLine(text),
    tree: () => tree,
  };
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

function withoutKind(text: string, kindName: string, getTree: () => YamlTree): GpuctlDocument {
  const tree = getTree();
  const range = tree.hasKey(['kind']) ? tree.rangeOf(['kind']) : firstLine(text);
  const findings = [...tree.findings];
  if ((DIALECT_KINDS as readonly string[]).includes(kindName)) {
    findings.push({
      code: 'kind.not-yet',
      severity: 'information',
      range,
      message: message('finding.kind.not-yet', { kind: kindName }),
    });
  } else if (!findings.length || kindName) {
    const known = KINDS.map((kind) => kind.name);
    const guess = kindName ? nearest(kindName, DIALECT_KINDS) : undefined;
    const finding: Finding = kindName
      ? {
          code: 'kind.unknown',
          severity: 'error',
          range,
          message: guess
            ? message('finding.kind.unknown.guess', { kind: kindName, guess })
            : message('finding.kind.unknown', { kind: kindName, known: known.join(', ') }),
        }
      : {
          code: 'kind.missing',
          severity: 'error',
          range,
          message: message('finding.kind.missing', { known: known.join(', ') }),
        };
    if (guess)
      finding.fixes = [{ title: message('fix.replace-with', { text: guess }), edits: [{ range, text: guess }] }];
    findings.push(finding);
  }
  return {
    kindName,
    kind: undefined,
    name: undefined,
    findings,
    model: undefined,
    text,
    firstLine: firstLine(text),
    tree: getTree,
  };
}

const place = (rules: RuleFinding[], tree: YamlTree): Finding[] =>
  rules.map(({ path, at, ...finding }) => ({ ...finding, range: tree.rangeOf(path, at) }));

const meaningful = (findings: readonly Finding[], model: JobModel | undefined): JobModel | undefined =>
  findings.some((finding) => finding.severity === 'error') ? undefined : model;

/**
 * Root keys and their plain values, by a look at the lines alone: cheap, and it works in a broken document. `undefined` where the
 * document has no content.
 */
function scanRoot(text: string): Map<string, string> | undefined {
  const body = text.replace(/^\uFEFF/, '').replace(/^---[ \t]*/m, '');
  if (!/^(?!\s*(?:#|$))(?!%)(?!\.\.\.)/m.test(body)) return undefined;
  const root = new Map<string, string>();
  const flow = /^\s*\{/.test(body.replace(/^\s*(?:#.*)?$/gm, ''));
  const entry = flow
    ? /[{,]\s*(["']?)([\w-]+)\1\s*:\s*(["']?)([\w./-]*)/g
    : /^(["']?)([\w-]+)\1[ \t]*:(?=\s|$)[ \t]*(["']?)([^\s#"',}]*)/gm;
  for (const [, , key, , value] of body.matchAll(entry)) if (key && !root.has(key)) root.set(key, value ?? '');
  return root;
}

/** Decision: a known kind, and the kind's root section, complete or half-typed. `kind: resource` alone also occurs in others' files. */
function looksLikeOurs(kind: string, root: Map<string, string>): boolean {
  if (!(DIALECT_KINDS as readonly string[]).includes(kind)) return false;
  const sections =
    kind === 'quota' ? ['quota', 'namespace'] : kind === 'pool' || kind === 'resource' ? ['pool'] : ['job'];
  return sections.some((section) => root.has(section));
}
