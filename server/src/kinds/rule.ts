import type { FindingCode, RuleFinding, Severity } from '../model/finding.ts';
import type { DocumentModel, JobModel } from './kind.ts';

/** What a rule is about: chapters of `docs/findings.md`. */
export type Subject = 'sizes' | 'names' | 'storage' | 'tools' | 'safety' | 'spelling';

/** One place where a rule is broken. The severity is the rule's, unless the place has a graver or a lighter one. */
export type Hit = Omit<RuleFinding, 'code' | 'severity'> & { severity?: Severity };

/** What every rule says of itself. */
export interface RuleInfo {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly about: Subject;
  /** What is built would be wrong without it: neither a setting nor a comment silences it. */
  readonly firm?: true;
}

/** A rule that a schema cannot say: a pure function over the meaning of a document that the schema lets through. */
export interface Rule<Model extends DocumentModel = JobModel> extends RuleInfo {
  check(model: Model): readonly Hit[];
}

/** What a document breaks, in the order of the rules. */
export function breaches<Model extends DocumentModel>(rules: readonly Rule<Model>[], model: Model): RuleFinding[] {
  const found: RuleFinding[] = [];
  for (const rule of rules)
    for (const hit of rule.check(model)) found.push({ code: rule.code, severity: rule.severity, ...hit });
  return found;
}
