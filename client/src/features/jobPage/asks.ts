import { isDeepStrictEqual } from 'node:util';
import type { KeptPage, PageAsk, PageButton, PageNote, PageOf, PageView } from './pageView.ts';

/** What a message of the page asks, if a button of what it was given last asks just that and may be pressed. */
export function readAsk(message: unknown, view: PageView | undefined, note: PageNote | undefined): PageAsk | undefined {
  if (typeof message !== 'object' || message === null || !('ask' in message)) return undefined;
  const offered = [...(note?.buttons ?? []), ...(view ? buttonsOf(view) : [])];
  return offered.find(({ ask, refused }) => refused === undefined && isDeepStrictEqual(ask, message.ask))?.ask;
}

/** Whether the page says that it is drawn. */
export const isReady = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;

function buttonsOf({ gestures, facts, sections }: PageView): PageButton[] {
  const inSections = sections.flatMap((section): PageButton[] => {
    switch (section.id) {
      case 'cause':
        return section.log ? [section.log] : [];
      case 'ranks':
        return section.rows.flatMap(({ buttons }) => buttons.filter((button) => button !== null));
      case 'resources':
        return section.items.flatMap(({ open, copy }) => (open ? [open, copy] : [copy]));
      case 'source':
        return section.buttons;
      default:
        return [];
    }
  });
  return [...gestures, ...facts.flatMap(({ button }) => button ?? []), ...inSections];
}

/** Of which job a page was that the window kept, and when what it shows was so; `undefined` where that cannot be read. */
export function readKept(kept: unknown): { of: PageOf; at?: number } | undefined {
  const { of, at } = (kept ?? {}) as KeptPage;
  const { job, context } = of ?? {};
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  if (!isText(context) || !isText(job?.name) || !isText(job.namespace)) return undefined;
  const isTime = typeof at === 'number' && Number.isFinite(at);
  return { of: { context, job: { namespace: job.namespace, name: job.name } }, ...(isTime && { at }) };
}
