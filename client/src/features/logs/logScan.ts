/** A place in a file that a log names. Lines and characters from 0, of the log; `path` as the log writes it. */
export interface FilePlace {
  line: number;
  from: number;
  to: number;
  path: string;
  /** Line and column in that file, from 1. */
  at: number;
  column: number | undefined;
}

/** `File "/app/train.py", line 12` of Python, `train.py:12`, `src/kernel.cu:12:3`. */
const PLACE =
  /File "(?<quoted>[^"\n]{1,400})", line (?<quotedAt>\d{1,7})|(?<![\w/.-])(?<plain>(?:[\w.@~+-]{0,100}\/){0,30}[\w.@+-]{1,100}\.(?:py|ipynb|sh|ya?ml|json|toml|c|cc|cpp|cu|cuh|h|hpp|js|ts|go|rs)):(?<plainAt>\d{1,7})(?::(?<column>\d{1,5}))?/g;

/** What ends programs, or says that something did. */
const ERROR =
  /Traceback \(most recent call last\)|^(?:\[[^\]\n]{1,100}\]:? ?)?(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception)(?::|$)|\b(?:ERROR|FATAL|CRITICAL)\b|\b(?:CUDA )?out of memory\b|\bSegmentation fault\b|\bcore dumped\b|\bBus error\b|^(?:\[[^\]\n]{1,100}\] )?(?:panic: |Killed$)|: (?:command )?not found$|No such file or directory$/gm;

/** Says for positions in a text, each after the one before, in which of its lines they are. */
function lineCounter(text: string): (index: number) => { line: number; start: number } {
  let line = 0;
  let start = 0;
  return (index) => {
    for (let end = text.indexOf('\n', start); end >= 0 && end < index; end = text.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    return { line, start };
  };
}

/** The places in files that a text names; the first of them where there are more than `most`. */
export function findPlaces(text: string, most = 1_000): FilePlace[] {
  const places: FilePlace[] = [];
  const lineOf = lineCounter(text);
  for (const match of text.matchAll(PLACE)) {
    const { quoted, quotedAt, plain, plainAt, column } = match.groups ?? {};
    const path = quoted ?? plain ?? '';
    const { line, start } = lineOf(match.index);
    const from = match.index - start;
    const at = Number(quotedAt ?? plainAt);
    places.push({ line, from, to: from + match[0].length, path, at, column: column ? Number(column) : undefined });
    if (places.length >= most) break;
  }
  return places;
}

/** The first line of a text that tells of an error, from 0; `undefined` where none does. */
export function findError(text: string): number | undefined {
  ERROR.lastIndex = 0;
  const found = ERROR.exec(text);
  return found ? lineCounter(text)(found.index).line : undefined;
}

/** Files of installed packages are nobody's sources. */
const FOREIGN = /(?:^|\/)(?:site-packages|dist-packages|lib\/python3?[\d.]*)\//;

/**
 * Which of the workspace's files a path of a log means, by what both end with: in the container the same files lie elsewhere. Several where the log does
 * not say enough; none where it means no file of the workspace. `files` are relative paths with `/`.
 */
export function matchFiles(path: string, files: readonly string[]): string[] {
  const wanted = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part && part !== '.');
  if (FOREIGN.test(path) || !wanted.length) return [];
  const scored = files.flatMap((file) => {
    const parts = file.split('/');
    const same = commonEnd(parts, wanted);
    // Either is whole in the other, or they share a folder and more: a name alone says nothing.
    return same > 0 && (same === Math.min(parts.length, wanted.length) || same > 1) ? [{ file, same }] : [];
  });
  const best = Math.max(0, ...scored.map(({ same }) => same));
  return scored.filter(({ same }) => same === best).map(({ file }) => file);
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let same = 0;
  while (same < a.length && same < b.length && a.at(-1 - same) === b.at(-1 - same)) same++;
  return same;
}
