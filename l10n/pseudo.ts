/** Letters that look like the plain ones, so that a text stays readable and whatever is not from the catalogue stands out. */
const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'î',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ǫ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'ú',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Å',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  F: 'Ƒ',
  G: 'Ĝ',
  H: 'Ĥ',
  I: 'Î',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ṁ',
  N: 'Ñ',
  O: 'Ö',
  P: 'Þ',
  Q: 'Ǫ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Û',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
};
/** What is not prose: places for values, code, links. */
const KEPT = /(\{[^}]*\}|`[^`]*`|\]\([^)]*\))/;

/**
 * A template as the pseudo-locale `en-xa` shows it: accented, in brackets, about a third longer. It is for tests: a text without brackets is
 * not from the catalogue, and one that is cut off has no room for other languages.
 */
export function toPseudo(template: string): string {
  const parts = template.split(KEPT).map((part, index) => (index % 2 ? part : accent(part)));
  return `⟦${parts.join('')}${'~'.repeat(Math.ceil(template.replace(/\{[^}]*\}/g, '').length / 3))}⟧`;
}

const accent = (text: string): string => text.replace(/[A-Za-z]/g, (letter) => ACCENTED[letter] ?? letter);
