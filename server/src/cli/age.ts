const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `45s`, `12m`, `3h05m`, `4d`: how long ago an ISO time is, the same in every language; `-` where there is none. */
export function ageOf(at: string | undefined, now: number): string {
  if (at === undefined) return '-';
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1000));
  if (seconds < MINUTE) return `${seconds}s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < DAY)
    return `${Math.floor(seconds / HOUR)}h${String(Math.floor((seconds % HOUR) / MINUTE)).padStart(2, '0')}m`;
  return `${Math.floor(seconds / DAY)}d`;
}
