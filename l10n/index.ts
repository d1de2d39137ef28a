/**
 * All texts that a person sees, in English and Chinese, from one catalogue. A key missing in one language, a key that does
 * not exist and a wrong argument are compile errors; `test/unit/catalogue.test.ts` finds unused keys and placeholders that differ.
 */
import { accessTexts } from './access.ts';
import { actionTexts } from './actions.ts';
import { briefTexts } from './briefs.ts';
import { capacityFindingTexts } from './capacityFindings.ts';
import { checkRightTexts } from './checkRights.ts';
import { checkTexts } from './checks.ts';
import { cliTexts } from './cli.ts';
import { completionTexts } from './completion.ts';
import { connectionTexts } from './connection.ts';
import { crashTexts } from './crashes.ts';
import { documentFindingTexts } from './documentFindings.ts';
import { filesTexts } from './files.ts';
import { fitTexts } from './fit.ts';
import { fixTexts } from './fixes.ts';
import { forwardTexts } from './forwards.ts';
import { hoverTexts } from './hover.ts';
import { insideTexts } from './inside.ts';
import { jobActionTexts } from './jobActions.ts';
import { jobLensTexts } from './jobLens.ts';
import { jobPageTexts } from './jobPage.ts';
import { jobTexts } from './jobs.ts';
import { jobsViewTexts } from './jobsView.ts';
import { keyTexts } from './keys.ts';
import { lifecycleTexts } from './lifecycle.ts';
import { loginTexts } from './login.ts';
import { logTexts } from './logs.ts';
import { manifestTexts } from './manifest.ts';
import { leftOutTexts } from './manifests.ts';
import { newFileTexts } from './newFile.ts';
import { notebookTexts } from './notebooks.ts';
import { podTerminalTexts } from './podTerminal.ts';
import { poolTexts } from './pools.ts';
import { previewTexts } from './preview.ts';
import { toPseudo } from './pseudo.ts';
import { queueTexts } from './queues.ts';
import { ruleFindingTexts } from './ruleFindings.ts';
import { settingsTexts } from './settings.ts';
import { submitTexts } from './submit.ts';
import { submitManyTexts } from './submitMany.ts';
import type { Text } from './text.ts';
import { toolTexts } from './tools.ts';
import { troubleTexts } from './troubles.ts';
import { uiTexts } from './ui.ts';
import { verdictTexts } from './verdicts.ts';
import { waitTexts } from './waits.ts';

export type { Text } from './text.ts';

export const catalogue = {
  ...manifestTexts,
  ...documentFindingTexts,
  ...ruleFindingTexts,
  ...capacityFindingTexts,
  ...verdictTexts,
  ...fitTexts,
  ...fixTexts,
  ...connectionTexts,
  ...loginTexts,
  ...logTexts,
  ...jobTexts,
  ...jobPageTexts,
  ...jobLensTexts,
  ...jobActionTexts,
  ...submitTexts,
  ...lifecycleTexts,
  ...leftOutTexts,
  ...settingsTexts,
  ...uiTexts,
  ...keyTexts,
  ...toolTexts,
  ...actionTexts,
  ...hoverTexts,
  ...completionTexts,
  ...cliTexts,
  ...newFileTexts,
  ...notebookTexts,
  ...podTerminalTexts,
  ...forwardTexts,
  ...submitManyTexts,
  ...poolTexts,
  ...previewTexts,
  ...queueTexts,
  ...accessTexts,
  ...checkTexts,
  ...checkRightTexts,
  ...waitTexts,
  ...troubleTexts,
  ...crashTexts,
  ...briefTexts,
  ...filesTexts,
  ...insideTexts,
  ...jobsViewTexts,
} as const;
export type Catalogue = typeof catalogue;
export type TextKey = keyof Catalogue;
/** `en-xa` is the pseudo-locale: English made to look foreign, for tests. */
export type Language = 'en' | 'zh-cn' | 'en-xa';

/** Names in `{name}` and `{name|one|many}` of a template. */
type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Plural}|${string}` ? Plural : Name) | Placeholder<Rest>
  : never;
export type TextArgs<K extends TextKey> = { [N in Placeholder<Catalogue[K]['en']>]: string | number | Message };

/** A text to be shown later, in whatever language the reader has: a value that pure code can make and compare. */
export interface Message {
  readonly key: TextKey;
  readonly args: Readonly<Record<string, string | number | Message>>;
}

type ArgList<K extends TextKey> = [Placeholder<Catalogue[K]['en']>] extends [never] ? [] : [args: TextArgs<K>];

/** Makes a message; its arguments are checked against the English template. */
export function message<K extends TextKey>(key: K, ...args: ArgList<K>): Message {
  return { key, args: args[0] ?? {} };
}

/** The word for a kind of document inside a sentence; a kind that has none is named as it is written. */
export function kindWord(kind: string): Message | string {
  const key = `ui.kind.${kind}` as 'ui.kind.training';
  return Object.hasOwn(catalogue, key) ? message(key) : kind;
}

/** The text of a message in a language. A message among the arguments is put into the same language. */
export function toText({ key, args }: Message, language: Language): string {
  const text: Text = catalogue[key];
  const template = language === 'zh-cn' ? text.zh : language === 'en-xa' ? toPseudo(text.en) : text.en;
  return template.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
    const value = args[name];
    if (one !== undefined) return value === 1 ? one : (many as string);
    return typeof value === 'object' ? toText(value, language) : String(value);
  });
}

/** `message` and `toText` in one, for the side that knows its reader. */
export type Translate = <K extends TextKey>(key: K, ...args: ArgList<K>) => string;
export const createTranslate =
  (language: () => Language): Translate =>
  (key, ...args) =>
    toText(message(key, ...args), language());
