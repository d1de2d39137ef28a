import type { Change, RuleFinding } from '../model/finding.ts';
import { put } from '../model/put.ts';
import { mend } from '../model/schemaFindings.ts';
import type { GpuctlDocument } from './document.ts';
import { breaches } from './rule.ts';

/** Another value for a key of mappings. */
export type SetValue = Change & { do: 'set' };

/** How many warnings the rules give a document once these values are in it; `undefined` where it would have a new error. Pure. */
export function warningsWith({ kind, value, model }: GpuctlDocument, values: readonly SetValue[]): number | undefined {
  if (!kind || !model) return undefined;
  const changed = values.reduce((at, { path, value }) => put(at, path, value), value);
  const whole = kind.validate(changed) ? changed : mend(changed, kind.validate);
  if (whole === undefined) return undefined;
  const found = breaches(kind.rules, kind.toModel(whole));
  const errors = errorsIn(found);
  const known = errors.length ? errorsIn(breaches(kind.rules, model)) : [];
  if (errors.some((code) => !known.includes(code))) return undefined;
  return found.filter(({ severity }) => severity === 'warning').length;
}

const errorsIn = (found: readonly RuleFinding[]): string[] =>
  found.filter(({ severity }) => severity === 'error').map(({ code }) => code);
