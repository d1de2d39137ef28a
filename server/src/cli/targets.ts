import { message } from '../../../l10n/index.ts';
import { UsageError } from './exit.ts';

/** Types of things that have a name, in every form that people write. */
const TYPES: ReadonlyMap<string, string> = new Map(
  ['job', 'pool', 'node', 'quota'].flatMap((type) => [
    [type, type],
    [`${type}s`, type],
  ]),
);

/** Something by its type and name. */
export interface Target {
  type: string;
  name: string;
}

/**
 * What words name: `job a b`, `job/a pool/b`, or names alone, which are jobs. Throws UsageError where there is no name, and for a type that is not
 * among the possible ones.
 */
export function toTargets(words: readonly string[], possible: readonly string[]): Target[] {
  const [first = '', ...rest] = words;
  const type = rest.length ? TYPES.get(first) : undefined;
  const targets = (type === undefined ? words : rest).map((word): Target => {
    const [before = '', name] = word.split('/', 2);
    if (name === undefined) return { type: type ?? 'job', name: word };
    return { type: TYPES.get(before) ?? before, name };
  });
  if (!targets.length) throw new UsageError(message('cli.usage.no-name'));
  for (const target of targets) {
    if (!possible.includes(target.type))
      throw new UsageError(message('cli.usage.type', { type: target.type, possible: possible.join(', ') }));
    if (!target.name) throw new UsageError(message('cli.usage.no-name'));
  }
  return targets;
}
