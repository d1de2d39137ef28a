import type { Value } from '../model/canonical.ts';
import { blockValue, flowValue } from '../model/edits/write.ts';
import type { Path } from '../model/finding.ts';

/** A line of a manifest, and the path of what it shows: a value, or the key of what follows below it. */
export interface ManifestLine {
  text: string;
  path: Path;
}

/** An object as block YAML, keys in their order. The lines of a text of several lines have a path each: that of the text and their number. */
export function writeManifest(object: object): ManifestLine[] {
  return linesOf(object as Value, []);
}

function linesOf(value: Value, path: Path): ManifestLine[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => {
      const at = [...path, index];
      const [first, ...rest] = isFilled(item) ? linesOf(item, at) : leafLines('-', 'item', item, at);
      const dash = isFilled(item) ? '- ' : '';
      return first ? [{ ...first, text: dash + first.text }, ...indented(rest, dash.length)] : [];
    });
  return Object.entries(value as object).flatMap(([key, child]: [string, Value | undefined]) => {
    if (child === undefined) return [];
    const at = [...path, key];
    const name = `${flowValue(key)}:`;
    return isFilled(child)
      ? [{ text: name, path: at }, ...indented(linesOf(child, at), 2)]
      : leafLines(name, 'key', child, at);
  });
}

function leafLines(name: string, of: 'key' | 'item', value: Value, path: Path): ManifestLine[] {
  const [first = '', ...rest] = `${name}${blockValue(value, of, 0, '\n')}`.split('\n');
  return [{ text: first, path }, ...rest.map((text, index) => ({ text, path: [...path, index] }))];
}

const isFilled = (value: Value): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const indented = (lines: ManifestLine[], by: number): ManifestLine[] =>
  lines.map(({ text, path }) => ({ text: text && ' '.repeat(by) + text, path }));
