import { catalogue, type Message, type TextKey } from '../../../../l10n/index.ts';
import { hideSecrets, SECRET_MARKER } from '../../model/secrets.ts';

/** Parts of a job's life that codes are named after. */
type Part = 'crash' | 'image' | 'node' | 'ready' | 'refused' | 'rollout' | 'start' | 'storage' | 'wait';
/** Stable name of a trouble, which is also the key of its sentence: `job.image.not-found`. */
export type Code = Extract<TextKey, `job.${Part}.${string}`>;

/** A number, a name or a part of a sentence, by the name that sentences have for it. */
export type Facts = Readonly<Record<string, string | number | Message | undefined>>;

/** One line of a table of troubles. The first line of a table that fits is the one that is told. */
export interface Row {
  code: Code;
  /** The sentence, where it is another than that of the code: the same trouble told with more numbers. */
  text?: Code;
  /** What Kubernetes calls it; anything if absent. */
  reason?: RegExp;
  /** The raw text; its named groups are facts of the sentence. Anything if absent. */
  pattern?: RegExp;
  /** Follows from the trouble of another rank or process, so that other causes are told first. */
  consequence?: true;
}

/** What is the matter with a job or one of its ranks. */
export interface Explanation {
  code: Code;
  /** Cause and numbers, to stand alone or behind “rank 1”. */
  state: Message;
  /** What to do next, as sentences. */
  hint: Message | undefined;
  /** What the source itself said, without secrets. */
  raw: string | undefined;
  consequence: boolean;
}

/** What a source says. */
export interface Said {
  reason?: string | undefined;
  text?: string | undefined;
}

/** The first line of a table that fits what was said; `undefined` where none does. */
export function explain(
  rows: readonly Row[],
  { reason = '', text = '' }: Said,
  facts: Facts = {},
): Explanation | undefined {
  for (const row of rows) {
    if (row.reason && !row.reason.test(reason)) continue;
    const match = row.pattern ? row.pattern.exec(text) : undefined;
    if (match !== null) return toExplanation(row, withoutSecrets(text), { ...facts, ...factsIn(match?.groups) });
  }
  return undefined;
}

/** What a line of a table says with these facts. */
export function toExplanation({ code, text = code, consequence }: Row, raw: string, facts: Facts): Explanation {
  const args = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Message['args'];
  const hint = `hint.${code}` as TextKey;
  return {
    code,
    state: { key: text, args },
    hint: Object.hasOwn(catalogue, hint) ? { key: hint, args } : undefined,
    raw: raw === '' ? undefined : raw,
    consequence: consequence ?? false,
  };
}

/** What named groups hold, without secrets. Numbers are numbers, so that sentences can choose between one and many. */
export const factsIn = (groups: Record<string, string | undefined> = {}): Facts =>
  Object.fromEntries(
    Object.entries(groups).map(([name, value = '']) => [
      name,
      /^\d{1,9}$/.test(value) ? Number(value) : withoutSecrets(value),
    ]),
  );

/** A raw text as it may be shown. */
export const withoutSecrets = (text: string): string => hideSecrets(text, SECRET_MARKER);
