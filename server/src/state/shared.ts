import type { Amounts } from './records.ts';

/** What is kept for others to share; beyond that many it begins anew, which costs memory and no more. */
const MOST = 30_000;
const texts = new Map<string, string>();
const amountsByText = new Map<string, Amounts>();

/** One copy of a text that many objects bear, such as the name of a node: JSON gives each object its own. */
export function shared<T extends string | undefined>(text: T): T {
  if (text === undefined) return text;
  const known = texts.get(text);
  if (known !== undefined) return known as T;
  if (texts.size >= MOST) texts.clear();
  texts.set(text, text);
  return text;
}

/** One copy of amounts that many pods ask for. */
export function sharedAmounts(amounts: Amounts): Amounts {
  const text = JSON.stringify(amounts);
  const known = amountsByText.get(text);
  if (known) return known;
  if (amountsByText.size >= MOST) amountsByText.clear();
  amountsByText.set(text, amounts);
  return amounts;
}
