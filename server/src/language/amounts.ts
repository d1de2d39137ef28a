import { type Message, message } from '../../../l10n/index.ts';
import { parseDuration } from '../model/duration.ts';
import { formatBytes, parseQuantity, toBytes } from '../model/quantity.ts';

/** The suffix of a quantity that counts in powers of 1000 and has a sibling that does not: `G` of `32G`. */
export const decimalUnit = (written: string): string | undefined => /^[0-9.]+([MGTPE]|k)$/.exec(written)?.[1];

/** A quantity of memory or storage in words; of a decimal one, what its binary sibling is. `undefined` where it is none. */
export function bytesInWords(written: string): Message | undefined {
  const bytes = toBytes(written);
  if (bytes === undefined) return undefined;
  const size = formatBytes(bytes);
  const unit = decimalUnit(written);
  if (!unit)
    return size.replace(' ', '').replace('iB', 'i') === written ? undefined : message('hover.size', { written, size });
  const other = unit === 'k' ? written.replace('k', 'Ki') : `${written}i`;
  return message('hover.size.decimal', { written, size, other, otherSize: formatBytes(toBytes(other) ?? 0) });
}

/** `500m` in cores; `undefined` where it is written in cores. */
export function coresInWords(written: string): Message | undefined {
  const cores = parseQuantity(written);
  return cores === undefined || /^[0-9.]+$/.test(written) ? undefined : message('hover.cores', { written, cores });
}

const SPANS = [
  { key: 'hover.days', seconds: 86_400 },
  { key: 'hover.hours', seconds: 3600 },
  { key: 'hover.minutes', seconds: 60 },
  { key: 'hover.seconds', seconds: 1 },
] as const;

/** A duration in days, hours, minutes and seconds; `undefined` where it is none. */
export function durationInWords(written: string, say: (message: Message) => string): Message | undefined {
  let rest = parseDuration(written);
  if (rest === undefined) return undefined;
  const parts: string[] = [];
  for (const { key, seconds } of SPANS) {
    const count = Math.floor(rest / seconds);
    if (count) parts.push(say(message(key, { count })));
    rest -= count * seconds;
  }
  return message('hover.duration', { written, span: parts.join(' ') });
}
