import { createTranslate, type Language, type Translate } from '../../../l10n/index.ts';

/** The person's language: sentences from the catalogue, and times as people there write them. */
export interface Texts {
  t: Translate;
  /** `1h12m`, `4d`, `now`: the two largest units, for a tree row. */
  age(since: string, now: number): string;
  /** `14:02`, with the day where it is not today. */
  time(at: string, now: number): string;
}

const MINUTE = 60_000;

export function createTexts(language: () => Language): Texts {
  const t = createTranslate(language);
  return {
    t,
    age(since, now) {
      const minutes = Math.floor((now - Date.parse(since)) / MINUTE);
      if (!(minutes >= 1)) return t('ui.age.now');
      const hours = Math.floor(minutes / 60);
      if (hours === 0) return t('ui.age.minutes', { minutes });
      if (hours < 24) return t('ui.age.hours', { hours, minutes: minutes % 60 });
      return t('ui.age.days', { days: Math.floor(hours / 24), hours: hours % 24 });
    },
    time(at, now) {
      const date = new Date(at);
      const today = date.toDateString() === new Date(now).toDateString();
      const clock = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
      return date.toLocaleString(language(), today ? clock : { month: 'short', day: 'numeric', ...clock });
    },
  };
}
