import { createTranslate, type Language, type Translate } from '../../../l10n/index.ts';

/** The person's language: sentences from the catalogue, and times as people there write them. */
export interface Texts {
  t: Translate;
  /** `1h12m`, `4d`, `now`: short enough for a tree row. */
  age(since: string, now: number): string;
  /** `4m ago`. */
  ago(at: string, now: number): string;
  /** `14:02`, with the day where it is not today. */
  time(at: string, now: number): string;
  /** How long something took: `48 s`, `1h12m`. */
  length(from: string, until: string): string;
  /** How far a training is: `1,840/12,000`. */
  step(at: number, of: number | undefined): string;
  /** Names one after another, with the comma of the language. */
  list(names: readonly (string | undefined)[]): string;
  /** Sentences one after another, with a space between them where the language has one. */
  join(...sentences: (string | undefined)[]): string;
}

const MINUTE = 60_000;
/** From so many hours or days on, the smaller unit says nothing any more. */
const FINE = 10;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than a hundred uses of it. */
function formatOf(language: Language, today: boolean): Intl.DateTimeFormat {
  const key = `${language} ${today}`;
  let format = formats.get(key);
  if (!format) {
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat(language, today ? clock : { month: 'short', day: 'numeric', ...clock });
    formats.set(key, format);
  }
  return format;
}

export function createTexts(language: () => Language): Texts {
  const t = createTranslate(language);
  const age: Texts['age'] = (since, now) => {
    const minutes = Math.floor((now - Date.parse(since)) / MINUTE);
    if (!(minutes >= 1)) return t('ui.age.now');
    const hours = Math.floor(minutes / 60);
    const days = Math.floor(hours / 24);
    if (hours === 0) return t('ui.age.minutes', { minutes });
    if (days === 0) {
      const rest = minutes % 60;
      return hours < FINE && rest > 0
        ? t('ui.age.hoursMinutes', { hours, minutes: rest })
        : t('ui.age.hours', { hours });
    }
    const rest = hours % 24;
    return days < FINE && rest > 0 ? t('ui.age.daysHours', { days, hours: rest }) : t('ui.age.days', { days });
  };
  return {
    t,
    join: (...sentences) => sentences.filter(Boolean).join(language() === 'zh-cn' ? '' : ' '),
    list: (names) => names.filter(Boolean).join(language() === 'zh-cn' ? '、' : ', '),
    age,
    length(from, until) {
      const milliseconds = Date.parse(until) - Date.parse(from);
      if (!(milliseconds < MINUTE)) return age(from, Date.parse(until));
      return t('ui.length.seconds', { seconds: Math.max(0, Math.floor(milliseconds / 1_000)) });
    },
    step: (at, of) => [at, of].flatMap((count) => count?.toLocaleString('en') ?? []).join('/'),
    ago: (at, now) => (now - Date.parse(at) < MINUTE ? t('ui.age.now') : t('ui.age.ago', { age: age(at, now) })),
    time(at, now) {
      const date = new Date(at);
      const today = date.toDateString() === new Date(now).toDateString();
      return formatOf(language(), today).format(date);
    },
  };
}
