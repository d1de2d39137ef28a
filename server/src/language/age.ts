import { type Message, message } from '../../../l10n/index.ts';

const MINUTE = 60_000;
/** From so many hours or days on, the smaller unit says nothing any more. */
const FINE = 10;

/** How long ago a moment is, in whole minutes at the finest: it differs once a minute at most. `undefined`: less than one, or not known. */
export function ageOf(since: string | undefined, now: number): Message | undefined {
  const minutes = Math.floor((now - Date.parse(since ?? '')) / MINUTE);
  if (!(minutes >= 1)) return undefined;
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (hours === 0) return message('lens.age.minutes', { minutes });
  if (days === 0)
    return hours < FINE && minutes % 60
      ? message('lens.age.hours-minutes', { hours, minutes: minutes % 60 })
      : message('lens.age.hours', { hours });
  return days < FINE && hours % 24
    ? message('lens.age.days-hours', { days, hours: hours % 24 })
    : message('lens.age.days', { days });
}
