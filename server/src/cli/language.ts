import { type Language, message } from '../../../l10n/index.ts';
import { UsageError } from './exit.ts';

/** The language that the environment asks for: ours, then POSIX's order; without any, the system's. */
export function languageOf(env: Readonly<NodeJS.ProcessEnv>): Language {
  const chosen = env.GPUCTL_LANGUAGE || env.LC_ALL || env.LC_MESSAGES || env.LANG;
  return toLanguage(chosen || new Intl.DateTimeFormat().resolvedOptions().locale);
}

/** The language after `--lang`, looked for before anything else is read: help and mistakes are told in it. Throws UsageError. */
export function languageAsked(args: readonly string[]): Language | undefined {
  const end = args.indexOf('--');
  const before = end < 0 ? args : args.slice(0, end);
  const at = before.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  if (at < 0) return undefined;
  const given = before[at] === '--lang' ? before[at + 1] : before[at]?.slice('--lang='.length);
  if (given === undefined || !/^(?:en|zh)(?:[-_.]|$)/i.test(given))
    throw new UsageError(message('cli.usage.choice', { option: '--lang', given: given ?? '', choices: 'en, zh' }));
  return toLanguage(given);
}

const toLanguage = (tag: string): Language => (tag.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en');
