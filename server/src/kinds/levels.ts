import type { Finding, Severity } from '../model/finding.ts';
import { findingNamed, groupsOf } from './findingList.ts';
import { type Ignores, isIgnored } from './ignores.ts';

/** What a person set for a rule: another severity, or none of it. */
export type Level = Severity | 'off';

/** Levels by finding code, or by the name of a group: `image.latest`, `image`, `safety`. */
export type Levels = Readonly<Record<string, Level>>;

export const NO_LEVELS: Levels = {};

const LEVELS: ReadonlySet<unknown> = new Set<Level>(['off', 'error', 'warning', 'information', 'hint']);

/**
 * Findings less those that a setting or a comment silences, the rest with the severity that is set. The one place that decides this,
 * for what the text, the rules, the file and the cluster say alike. What a document could not run with (`firm`) stays as it is.
 */
export function applyLevels(
  findings: readonly Finding[],
  { text, ignores }: { text: string; ignores: Ignores },
  levels: Levels,
): readonly Finding[] {
  if (!findings.length || (levels === NO_LEVELS && !ignores.byLine.size)) return findings;
  return findings.flatMap((finding) => {
    const { code, range } = finding;
    if (findingNamed(code)?.firm) return [finding];
    const level = levelOf(code, levels);
    if (level === 'off' || isIgnored(ignores, code, text, range.start)) return [];
    return [level && level !== finding.severity ? { ...finding, severity: level } : finding];
  });
}

/** The level of the code, else of the narrowest group that it belongs to. */
function levelOf(code: string, levels: Levels): Level | undefined {
  for (const name of [code, ...groupsOf(code)]) {
    const level = Object.hasOwn(levels, name) ? levels[name] : undefined;
    if (LEVELS.has(level)) return level;
  }
  return undefined;
}
