import { isScalar, type Node, stringify } from 'yaml';
import type { Value } from '../canonical.ts';

/**
 * A value as it stands behind `key:` or `-` in block style, with what separates them: ` 8`, or lines of their own, which begin `indent`
 * deeper than the entry.
 */
export function blockValue(value: Value, of: 'key' | 'item', indent: number, eol: string): string {
  const text = of === 'key' ? stringify({ k: value }, OPTIONS).slice(2, -1) : stringify([value], OPTIONS).slice(1, -1);
  return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`).replaceAll('\n', eol);
}

/** A value on one line, as it stands within `{}` or `[]`. */
export function flowValue(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(flowValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, child]) => `${flowValue(key)}: ${flowValue(child)}`);
    return pairs.length ? `{ ${pairs.join(', ')} }` : '{}';
  }
  if (typeof value !== 'string') return String(value);
  if (/[\r\n]/.test(value)) return JSON.stringify(value);
  return stringify([value], { ...OPTIONS, collectionStyle: 'flow', flowCollectionPadding: false }).slice(1, -2);
}

/** A text in the quotes that the old value has; `undefined` where it has none, or they do not suit the new value. */
export function inQuotesOf(old: Node | null, value: Value): string | undefined {
  if (typeof value !== 'string' || !isScalar(old)) return undefined;
  if (old.type === 'QUOTE_DOUBLE') return JSON.stringify(value);
  return old.type === 'QUOTE_SINGLE' && /^[^\p{C}]*$/u.test(value) ? `'${value.replaceAll("'", "''")}'` : undefined;
}

const OPTIONS = { lineWidth: 0 } as const;
