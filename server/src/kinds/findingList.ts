import type { FindingCode, Severity } from '../model/finding.ts';
import type { RuleInfo, Subject } from './rule.ts';
import { FILE_RULES } from './rules/file.ts';
import { JOB_RULES, POOL_RULES, QUOTA_RULES } from './rules/index.ts';

/** Chapters of `docs/findings.md`, in their order. */
export const CHAPTERS = ['file', 'spelling', 'sizes', 'names', 'storage', 'tools', 'safety', 'capacity'] as const;
export type Chapter = (typeof CHAPTERS)[number];

/** What is known of a finding before it is found. A place may have a graver or a lighter severity. */
export interface FindingInfo {
  code: FindingCode;
  severity: Severity;
  chapter: Chapter | Subject;
  /** A document that has it could not run, or not as written: it cannot be silenced. */
  firm?: true;
}

/** What is told of the text and of what the schemas say; an error of these is firm. */
const OF_THE_TEXT: readonly (readonly [Chapter, Severity, FindingCode])[] = [
  ['file', 'error', 'yaml.syntax'],
  ['file', 'error', 'yaml.undefined-alias'],
  ['file', 'warning', 'document.too-large'],
  ['file', 'error', 'kind.missing'],
  ['file', 'error', 'kind.unknown'],
  ['file', 'hint', 'ignore.unknown-code'],
  ['spelling', 'error', 'key.missing'],
  ['spelling', 'error', 'key.duplicate'],
  ['spelling', 'error', 'key.two-spellings'],
  ['spelling', 'warning', 'key.unknown'],
  ['spelling', 'information', 'key.unused'],
  ['spelling', 'warning', 'key.kubernetes'],
  ['spelling', 'error', 'value.wrong-type'],
  ['spelling', 'error', 'value.malformed'],
  ['spelling', 'error', 'value.not-allowed'],
  ['spelling', 'error', 'value.bad-env-name'],
  ['spelling', 'error', 'value.empty'],
  ['spelling', 'error', 'value.out-of-range'],
  ['spelling', 'information', 'value.quoted-number'],
  ['names', 'information', 'job.twice-in-workspace'],
];

/** What the cluster says; `capacity/` finds it. */
const OF_THE_CLUSTER: readonly (readonly [Severity, FindingCode])[] = [
  ['warning', 'capacity.insufficient-gpus'],
  ['warning', 'capacity.preempts'],
  ['warning', 'capacity.short'],
  ['warning', 'capacity.too-large'],
  ['warning', 'capacity.quota'],
  ['warning', 'capacity.quota-unsaid'],
  ['warning', 'capacity.racks-full'],
  ['warning', 'capacity.no-rack'],
  ['information', 'capacity.not-together'],
  ['information', 'capacity.unknown'],
  ['warning', 'capacity.fragmented'],
  ['warning', 'capacity.unavailable'],
  ['warning', 'capacity.too-many'],
  ['warning', 'capacity.node-too-small'],
  ['warning', 'capacity.too-few-nodes'],
  ['warning', 'capacity.no-such-type'],
  ['warning', 'capacity.no-gpus'],
  ['warning', 'capacity.no-nodes'],
  ['warning', 'capacity.no-such-pool'],
  ['warning', 'pool.unknown-node'],
  ['information', 'pool.node-moves'],
  ['warning', 'access.may-not-submit'],
  ['warning', 'access.pool-restricted'],
];

const RULES: readonly RuleInfo[] = [...JOB_RULES, ...POOL_RULES, ...QUOTA_RULES, ...FILE_RULES];

const byCode = new Map<string, FindingInfo>();
const add = (info: FindingInfo) => byCode.has(info.code) || byCode.set(info.code, info);
for (const [chapter, severity, code] of OF_THE_TEXT)
  add({ code, severity, chapter, ...(severity === 'error' && { firm: true }) });
for (const { code, severity, about, firm } of RULES) add({ code, severity, chapter: about, ...(firm && { firm }) });
for (const [severity, code] of OF_THE_CLUSTER) add({ code, severity, chapter: 'capacity' });

/** Everything that can be found, by chapter and in the order in which it is told. */
export const FINDINGS: readonly FindingInfo[] = CHAPTERS.flatMap((chapter) =>
  [...byCode.values()].filter((info) => info.chapter === chapter),
);

export const findingNamed = (code: string): FindingInfo | undefined => byCode.get(code);

/** The severity of a finding, where no place says otherwise. */
export const severityOf = (code: FindingCode): Severity => byCode.get(code)?.severity ?? 'warning';

/** Names of the groups that a code belongs to, the narrower first: its first word (also as `word.*`), its chapter. */
export function groupsOf(code: string): string[] {
  const word = code.slice(0, code.indexOf('.'));
  const chapter = byCode.get(code)?.chapter;
  return [`${word}.*`, word, ...(chapter && chapter !== word ? [chapter] : [])];
}

/** What can stand in a comment or a setting: codes and groups. */
export const NAMES_OF_FINDINGS: readonly string[] = [
  ...new Set([...byCode.keys(), ...[...byCode.keys()].flatMap(groupsOf)]),
];
const names = new Set(NAMES_OF_FINDINGS);
export const isFindingName = (name: string): boolean => names.has(name);

/** Whether a name stands for a code: it is the code, or a group with it. */
export const matchesFinding = (name: string, code: string): boolean => name === code || groupsOf(code).includes(name);
