import type { TextKey } from '../../../l10n/index.ts';
import { documentsOf } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Cli } from './cli.ts';
import type { NamedFile } from './files.ts';
import type { Style } from './output.ts';

/** A finding with its place in a file; lines and columns count from 1, columns in UTF-16 units, as editors show them. */
export interface PlacedFinding {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  severity: Severity;
  code: string;
  message: string;
}

/** Everything that is told of a file without a cluster, in order of place. `only`: of one document. Hints are for editors. */
export function findingsOf({ name, text, checked }: NamedFile, cli: Cli, only?: GpuctlDocument): PlacedFinding[] {
  const placeOf = placesIn(text);
  const place = ({ severity, code, range, message }: Finding, offset: number): PlacedFinding => {
    const start = placeOf(offset + range.start);
    const end = placeOf(offset + range.end);
    const places = { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
    return { file: name, ...places, severity, code, message: cli.say(message) };
  };
  return documentsOf(checked)
    .filter(({ document }) => !only || document === only)
    .flatMap(({ offset, document }) =>
      [...document.findings, ...(checked.together.get(document) ?? [])]
        .filter(({ severity }) => severity !== 'hint')
        .map((finding) => place(finding, offset)),
    )
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** `train.yaml:12:5: error: sentence [code]`, as compilers write it and terminals make links of it. */
export function toLine(
  { file, line, column, severity, code, message }: PlacedFinding,
  { out, t, join }: Cli,
  to: 'stdout' | 'stderr' = 'stdout',
): string {
  const word = out.style(STYLES[severity], t(WORDS[severity]), to);
  return `${file}:${line}:${column}: ${join(word, message)} ${out.style('dim', `[${code}]`, to)}`;
}

const WORDS = {
  error: 'cli.severity.error',
  warning: 'cli.severity.warning',
  information: 'cli.severity.information',
  hint: 'cli.severity.information',
} as const satisfies Record<Severity, TextKey>;

const STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', information: 'cyan', hint: 'dim' };

/** Finds line and column of an offset. */
function placesIn(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}
