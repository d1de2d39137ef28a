import * as vscode from 'vscode';
import type { FailureAction, SubmitAnswer, SubmitAsk } from '../../../../server/src/protocol.ts';
import { askBeforeLoss } from '../../infrastructure/askBeforeLoss.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** Names that a question lists. */
const MOST_NAMES = 12;

/** Asks before somebody loses something by a submit: what, where, and what can be done instead; where the same is asked of several, once. */
export async function agrees({ boundary, texts }: Infrastructure, ask: SubmitAsk): Promise<SubmitAnswer> {
  const { t } = texts;
  const { name, all, verb, canHold } = ask;
  const shown = ask.actions.find((action) => action.do === 'openJob');
  const choices: (vscode.MessageItem & { answer?: SubmitAnswer; action?: FailureAction })[] = [
    ...(canHold ? [{ title: t(all ? 'ui.submit.ask.all.hold' : 'ui.submit.ask.hold'), answer: 'hold' as const }] : []),
    { title: t(all ? `ui.submit.ask.all.${verb}` : `ui.submit.ask.${verb}`), answer: 'yes' },
    ...(all ? [{ title: t('ui.submit.ask.all.each'), answer: 'each' as const }] : []),
    ...ask.actions.flatMap((action) => (action === shown ? [] : { title: t(`ui.action.${action.do}`), action })),
  ];
  const question = all ? t('ui.submit.ask.all', { count: all.length }) : t('ui.submit.ask', { name });
  const look = shown
    ? { title: t('ui.action.openJob'), run: () => boundary.act(shown) }
    : { title: t('ui.submit.ask.look'), run: () => vscode.commands.executeCommand('gpuctl.jobs.focus') };
  const chosen = await askBeforeLoss({ question, detail: toDetail(ask, texts), look }, ...choices);
  const { action } = chosen ?? {};
  if (action) void boundary.run(() => boundary.act(action));
  return chosen?.answer ?? 'no';
}

function toDetail({ cluster, namespaces, sentences, changes, all }: SubmitAsk, { t, list }: Texts): string {
  if (!all) return [...sentences, '', t('ui.submit.ask.where', { cluster }), ...changes.map(toPoint)].join('\n');
  const rest = all.length - MOST_NAMES;
  return [
    ...sentences,
    '',
    t('ui.submit.ask.all.where', { cluster, namespaces: list(namespaces) }),
    ...all.slice(0, MOST_NAMES).map(toPoint),
    ...(rest > 0 ? [t('ui.submit.ask.all.more', { count: rest })] : []),
  ].join('\n');
}

const toPoint = (line: string): string => `• ${line}`;
