/** A value that an argument is given. */
export interface FlagValue {
  /** Empty where the argument stands alone. */
  value: string;
  /** Index of the argument among the words. */
  index: number;
  /** Whether value and argument are one word (`--tp=2`). */
  joined: boolean;
  /** The argument as it is written: `--tp`. */
  flag: string;
}

/** Dashes and underscores are one in the arguments of all tools here; the dashes in front count. */
const plain = (flag: string): string => flag.replace(/(?<=[^-])_/g, '-');

/**
 * The value of an argument, by any of its spellings: `--tp 2`, `--tp=2`, `-tp 2`, `--tensor_parallel_size 2`, and `key=value` for a
 * spelling without dashes. Of several, the last, as programs take it.
 */
export function flagValue(words: readonly string[], spellings: readonly string[]): FlagValue | undefined {
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index] as string;
    const equals = word.indexOf('=');
    const flag = equals < 0 ? word : word.slice(0, equals);
    if (flag.length > 60) continue;
    const name = flag.startsWith('-') ? plain(flag) : flag;
    if (!spellings.includes(name)) continue;
    if (equals >= 0) return { value: word.slice(equals + 1), index, joined: true, flag };
    if (!name.startsWith('-')) continue;
    const next = words[index + 1];
    const value = next === undefined || /^-{1,2}[A-Za-z]/.test(next) ? '' : next;
    return { value, index, joined: false, flag };
  }
  return undefined;
}

/** Whether an argument is there, with a value or without. */
export const hasFlag = (words: readonly string[], spellings: readonly string[]): boolean =>
  flagValue(words, spellings) !== undefined;

/** A whole number from an argument; `undefined` where it is none, or is only known when it runs (`$TP`, `auto`). */
export function numberOf(found: FlagValue | undefined): number | undefined {
  return found && /^\d{1,6}$/.test(found.value) ? Number(found.value) : undefined;
}
