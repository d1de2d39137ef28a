import type { Output } from './output.ts';

/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;

interface Line {
  mark: ' ' | '-' | '+';
  text: string;
}

/** The two sides of a comparison as `diff -u` shows them, in colour on a terminal; empty where they are the same. */
export function unifiedDiff(
  before: { name: string; text: string },
  after: { name: string; text: string },
  out: Output,
): string {
  const lines = compare(toLines(before.text), toLines(after.text));
  if (lines.every(({ mark }) => mark === ' ')) return '';
  const shown = [`--- ${before.name}`, `+++ ${after.name}`].map((line) => out.style('bold', line));
  let [from, to] = [0, 0];
  let hunk: { lines: string[]; from: number; to: number; olds: number; news: number } | undefined;
  const close = () => {
    if (!hunk) return;
    const begin = (line: number, count: number) => `${count ? line + 1 : line},${count}`;
    const head = `@@ -${begin(hunk.from, hunk.olds)} +${begin(hunk.to, hunk.news)} @@`;
    shown.push(out.style('cyan', head), ...hunk.lines);
    hunk = undefined;
  };
  for (const [index, { mark, text }] of lines.entries()) {
    const near = lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((line) => line.mark !== ' ');
    if (near) {
      hunk ??= { lines: [], from, to, olds: 0, news: 0 };
      const line = `${mark}${text}`;
      hunk.lines.push(mark === ' ' ? line : out.style(mark === '-' ? 'red' : 'green', line));
      if (mark !== '+') hunk.olds++;
      if (mark !== '-') hunk.news++;
    } else close();
    if (mark !== '+') from++;
    if (mark !== '-') to++;
  }
  close();
  return shown.map((line) => `${line}\n`).join('');
}

const toLines = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Lines of both sides in order, by the longest common subsequence of what is between the same head and tail. */
function compare(before: readonly string[], after: readonly string[]): Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const same = (text: string): Line => ({ mark: ' ', text });
  return [
    ...before.slice(0, head).map(same),
    ...longest(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

function longest(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (a: number, b: number) => lengths[a * width + b] as number;
  for (let a = before.length - 1; a >= 0; a--)
    for (let b = after.length - 1; b >= 0; b--)
      lengths[a * width + b] = before[a] === after[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
  const lines: Line[] = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    if (a < before.length && b < after.length && before[a] === after[b]) {
      lines.push({ mark: ' ', text: before[a] as string });
      a++;
      b++;
    } else if (a < before.length && (b === after.length || at(a + 1, b) >= at(a, b + 1)))
      lines.push({ mark: '-', text: before[a++] as string });
    else lines.push({ mark: '+', text: after[b++] as string });
  }
  return lines;
}
