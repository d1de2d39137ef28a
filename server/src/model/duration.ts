const SECONDS = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** Seconds of `90`, `90s`, `15m`, `12h`, `2d`, `1h30m`; `undefined` where it is none or not above zero. */
export function parseDuration(duration: string | number | undefined): number | undefined {
  if (typeof duration === 'number') return duration > 0 ? Math.ceil(duration) : undefined;
  if (duration === undefined) return undefined;
  const text = duration.trim();
  if (/^\d+$/.test(text)) return Number(text) || undefined;
  if (!/^(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, number, unit] of text.matchAll(/(\d+)([dhms])/g))
    seconds += Number(number) * SECONDS[unit as keyof typeof SECONDS];
  return seconds || undefined;
}
