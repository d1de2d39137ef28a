import { catalogue, type Message, type TextKey } from '../../../l10n/index.ts';

/** What is said of a job, in the few words that a narrow view has room for; `undefined` where it is short already. */
export function briefly({ key, args }: Message): Message | undefined {
  const brief = `brief.${key}`;
  let isShorter = Object.hasOwn(catalogue, brief);
  const inner = Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      const shorter = typeof value === 'object' ? briefly(value) : undefined;
      isShorter ||= shorter !== undefined;
      return [name, shorter ?? value];
    }),
  );
  return isShorter ? { key: (Object.hasOwn(catalogue, brief) ? brief : key) as TextKey, args: inner } : undefined;
}
