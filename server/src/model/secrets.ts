/** Services and purposes whose `…_KEY` is a secret: other keys are names of things (`PRIMARY_KEY`, `SORT_KEY`, `REDIS_KEY`). */
const KEY_OF =
  'wandb|swanlab|comet|neptune|clearml|mlflow|open[-_]?ai|anthropic|claude|azure|aws|google|gemini|vertex|hf|hugging[-_]?face|modelscope|dashscope|qwen|deepseek|moonshot|kimi|zhipu(?:ai)?|glm|minimax|baichuan|volc(?:engine)?|ark|qianfan|hunyuan|siliconflow|open[-_]?router|mistral|cohere|groq|together|fireworks|replicate|perplexity|xai|nvidia|ngc|pinecone|weaviate|qdrant|lang(?:chain|smith|fuse)|serp(?:er|api)?|tavily|jina|stripe|sendgrid|datadog|auth|account|app|master|encryption|signing|license|subscription|shared';
/** What one logs in to: the word before a `…_PASS`. Other passes are runs over something (`FIRST_PASS`). */
const PASS_OF =
  'my(?:sql)?|maria(?:db)?|pg|postgres(?:ql)?|mongo(?:db)?|redis|rabbit(?:mq)?|kafka|clickhouse|elastic(?:search)?|minio|db|database|sql|ldap|smtp|imap|e?mail|ftp|ssh|sudo|vpn|proxy|https?|registry|harbor|nexus|docker|git|svn|admin|root|user|login|account|auth|jupyter|grafana|ceph|smb';
/** Names of variables, flags and keys whose values are kept to oneself. `MAX_TOKENS` and `TOKENIZERS_…` are none. */
const NAME = `(?:token|secret|passw(?:or)?d|pass[-_]?phrase|pwd|api[-_]?key|access[-_]?key|private[-_]?key|credentials?|(?<![a-z])(?:${KEY_OF})[-_]?key|(?<![a-z])(?:${PASS_OF})[-_]?pass)(?![a-z])`;
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

/** A value in quotes as far as they go, else up to a blank or what divides words; a bracket at its end is that of a list. */
const QUOTED = ['"', "'"].map(
  (quote) => `(?<=${quote})[^${quote}\\s,;](?:[^${quote}\\\\\\n]|\\\\.){3,2000}(?=${quote})`,
);
const toValue = (character: string): string => [...QUOTED, `(?:${character}){3,}[^\\s"',;&\\]}]`].join('|');
const VALUE = toValue(`[^\\s"',;&]`);
/** Behind `=` a comma may belong to it, unless another `name=` or flag begins there. */
const WITH_COMMAS = toValue(`[^\\s"',;&]|,(?=[^\\s"',;&\\]}-])(?![\\w.-]{1,80}[=:])`);

/** `NAME=value`, `"name": "value"`; `--flag value`, also as items of a list. Bounded, so that a long line costs linear time. */
const WHOLE_NAME = `(?<![\\w.-])[\\w.-]{0,80}?${NAME}[\\w.-]{0,40}`;
const ASSIGNED = new RegExp(`(${WHOLE_NAME}["']?\\s{0,8}=\\s{0,8}["']?)(${WITH_COMMAS})`, 'gi');
const KEYED = new RegExp(`(${WHOLE_NAME}["']?\\s{0,8}:\\s{0,8}["']?)(${VALUE})`, 'gi');
const FLAG = new RegExp(
  `(${WHOLE_NAME.replace('[\\w.-]{0,80}?', '--?[\\w.-]{0,80}?')}["']?(?:[\\s,]{1,8}|[ \\t]{0,8}\\r?\\n[ \\t]{0,80}-[ \\t]{1,8})["']?(?!-))(${VALUE})`,
  'gi',
);

/** Keys that name a secret of the cluster and do not hold one. */
const REFERENCE = /^(?:secret|image[-_]?pull[-_]?secrets?)["']?\s*:/i;

/** What every secret that is looked for holds some of: one look dismisses most texts. */
const HINT = new RegExp(`${NAME}|PRIVATE KEY|hf_|gh[pousr]_|github_pat_|glpat-|sk-|xox|AKIA|eyJ|bearer|basic|://`, 'i');

/** Stands for a value that looks like a secret wherever others may read it: in annotations, in views. */
export const SECRET_MARKER = '<secret>';

/** Whether a variable of this name with this value is a secret. */
export const looksSecret = (name: string, value: string): boolean =>
  value !== '' && (SECRET_NAME.test(name) || hideSecrets(value, '') !== value);

/** Values this short occur everywhere by chance. */
const SHORTEST = 6;

/** Values of environment variables in objects that look like secrets: they are hidden wherever else they stand. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { name, value: text } = value as { name?: unknown; value?: unknown };
  const isSecret = typeof name === 'string' && typeof text === 'string' && looksSecret(name, text);
  return [...(isSecret && text.length >= SHORTEST ? [text] : []), ...Object.values(value).flatMap(secretsIn)];
}

/** The text with what looks like a secret replaced by `mark`. References (`$NAME`, `$(NAME)`, names of secrets) are none. */
export function hideSecrets(text: string, mark: string): string {
  if (!HINT.test(text)) return text;
  let safe = text;
  for (const [shape, to] of SHAPES) safe = safe.replace(shape, to(mark.replaceAll('$', '$$$$')));
  const hide = (all: string, before: string, value: string) =>
    value.startsWith('$') || value.includes(mark || '\0') || REFERENCE.test(before) ? all : before + mark;
  return safe.replace(ASSIGNED, hide).replace(KEYED, hide).replace(FLAG, hide);
}
