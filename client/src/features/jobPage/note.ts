import type { ConnectionDto, FailureDto } from '../../../../server/src/protocol.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import type { PageButton, PageNote, PageOf } from './pageView.ts';

/** What decides what is to be said before all else. */
export interface NoteState {
  of: PageOf;
  connection: ConnectionDto;
  trusted: boolean;
  /** Whether there is anything to show. */
  known: boolean;
  gone: boolean;
  /** Whether the window looks at another cluster. */
  elsewhere: boolean;
  failure: FailureDto | undefined;
  /** When what the window kept was so; it is shown until something is known. Milliseconds since 1970. */
  keptAt?: number | undefined;
}

/** That a page is being read, is old, or why it cannot be had, with what can be done; `undefined` where all is well. Pure. */
export function buildNote(state: NoteState, texts: Texts, now: number): PageNote | undefined {
  const { known, gone, keptAt } = state;
  const note = buildNow(state, texts, now);
  if (!note || known || gone || keptAt === undefined) return note;
  const age = texts.t('ui.view.asOf', { time: texts.time(new Date(keptAt).toISOString(), now) });
  return { ...note, text: texts.join(age, note.text) };
}

function buildNow(state: NoteState, { t, time, join }: Texts, now: number): PageNote | undefined {
  const { of, connection, trusted, known, gone, elsewhere, failure } = state;
  const { name, namespace } = of.job;
  const { phase, message, asOf } = connection;
  const select: PageButton = { ask: { do: 'selectTarget' }, label: t('ui.action.selectTarget') };
  const reconnect: PageButton = { ask: { do: 'reconnect' }, label: t('ui.action.reconnect') };
  const retry: PageButton = { ask: { do: 'retry' }, label: t('ui.action.retry') };
  if (!trusted) {
    const trust: PageButton = { ask: { do: 'trust' }, label: t('ui.page.trust') };
    return { tone: 'info', text: t('ui.page.untrusted'), buttons: [trust] };
  }
  if (elsewhere) return { tone: 'info', text: t('ui.page.elsewhere', { context: of.context }), buttons: [select] };
  if (phase === 'none') {
    const open: PageButton = { ask: { do: 'openKubeconfig' }, label: t('ui.action.openKubeconfig') };
    return { tone: 'error', text: message ?? t('ui.view.none'), buttons: [open, select] };
  }
  if (phase === 'failed') return { tone: 'error', text: message ?? t('ui.view.failed'), buttons: [reconnect, select] };
  if (phase === 'offline') {
    const age =
      asOf === undefined || (!known && state.keptAt !== undefined)
        ? undefined
        : t('ui.view.asOf', { time: time(asOf, now) });
    return { tone: 'warning', text: join(age, message) || t('ui.view.connecting'), buttons: [reconnect] };
  }
  if (failure) {
    const chooses = failure.actions.some(({ do: action }) => action === 'selectTarget');
    return {
      tone: 'error',
      text: failure.message,
      buttons: chooses ? [select, retry] : [retry],
      ...(failure.hint && { hint: failure.hint }),
    };
  }
  if (phase !== 'connected')
    return { tone: 'busy', text: t('ui.view.connectingTo', { context: of.context }), buttons: [] };
  if (gone) {
    const text = known ? t('ui.page.gone', { name }) : t('ui.page.none', { name, namespace });
    return { tone: 'info', text, buttons: [] };
  }
  return known ? undefined : { tone: 'busy', text: t('ui.page.loading', { name }), buttons: [] };
}
