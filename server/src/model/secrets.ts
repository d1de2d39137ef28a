/** Names of variables, flags and keys whose values are kept to oneself. `MAX_TOKENS` and `TOKENIZERS_…` are none. */
const NAME =
  '(?:token|secret|passw(?:or)?d|passwd|pwd|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)(?![a-z])';
const SECRET_NAME = new RegExp(NAME, 'i');

/** Secrets by their shape, whatever they are called: tokens of well-known services, JSON web tokens, private keys, logins in URLs. */
const SHAPES: readonly [RegExp, (mark: string) => string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, (mark) => mark],
  [/\b(?:hf_|gh[pousr]_|github_pat_|glpat-|sk-|xox[abpr]-)[\w-]{16,}/g, (mark) => mark],
  [/\bAKIA[0-9A-Z]{16}\b/g, (mark) => mark],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, (mark) => mark],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, (mark) => `$1 ${mark}`],
  [/:\/\/[^/\s:@]+:[^/\s@]+@/g, (mark) => `://${mark}@`],
];

/** `NAME=value`, `"name": "value"`; `--flag value`, also as items of a list. Bounded, so that a long line costs linear time. */
const WHOLE_NAME = `(?<![\\w.-])[\\w.-]{0,80}?${NAME}[\\w.-]{0,40}`;
const ASSIGNED = new RegExp(`(${WHOLE_NAME}["']?\\s{0,8}[=:]\\s{0,8}["']?)([^\\s"',;&]{4,})`, 'gi');
const FLAG = new RegExp(
  `(${WHOLE_NAME.replace('[\\w.-]{0,80}?', '--?[\\w.-]{0,80}?')}["']?(?:[\\s,]{1,8}|[ \\t]{0,8}\\r?\\n[ \\t]{0,80}-[ \\t]{1,8})["']?(?!-))([^\\s"',;&]{4,})`,
  'gi',
);

/** Keys that name a secret of the cluster and do not hold one. */
const REFERENCE = /^(?:secret|image[-_]?pull[-_]?secrets?)["']?\s*:/i;

/** What every secret that is looked for holds some of: one look dismisses most texts. */
const HINT = new RegExp(`${NAME}|PRIVATE KEY|hf_|gh[pousr]_|github_pat_|glpat-|sk-|xox|AKIA|eyJ|bearer|basic|://`, 'i');

/** Whether a variable of this name with this value is a secret. */
export const looksSecret = (name: string, value: string): boolean =>
  value !== '' && (SECRET_NAME.test(name) || hideSecrets(value, '') !== value);

/** The text with what looks like a secret replaced by `mark`. References (`$NAME`, `$(NAME)`, names of secrets) are none. */
export function hideSecrets(text: string, mark: string): string {
  if (!HINT.test(text)) return text;
  let safe = text;
  for (const [shape, to] of SHAPES) safe = safe.replace(shape, to(mark.replaceAll('$', '$$$$')));
  const hide = (all: string, before: string, value: string) =>
    value.startsWith('$') || value.includes(mark || '\0') || REFERENCE.test(before) ? all : before + mark;
  return safe.replace(ASSIGNED, hide).replace(FLAG, hide);
}
