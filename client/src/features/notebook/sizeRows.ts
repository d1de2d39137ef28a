import type { NotebookSizeDto } from '../../../../server/src/protocol.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** What of a notebook has a size. */
export type Sized = 'cpu' | 'memory' | 'gpus';

/** What a notebook has of each, and what a change of it costs. */
export function toSizeRows({ next, now, resizing }: NotebookSizeDto, { t }: Texts) {
  return (['cpu', 'memory', 'gpus'] as const).map((what) => {
    const later = String(next[what] ?? t('ui.notebook.size.none'));
    const amount = now ? String(now[what] ?? t('ui.notebook.size.none')) : later;
    const facts = [
      now ? t('ui.notebook.size.now', { amount }) : t('ui.notebook.size.next', { amount: later }),
      ...(now && amount !== later ? [t('ui.notebook.size.next', { amount: later })] : []),
    ];
    const cost = what === 'gpus' ? t('ui.notebook.size.restarts') : t('ui.notebook.size.inPlace');
    const detail = what !== 'gpus' && resizing ? resizing.text : cost;
    return { what, label: t(`ui.notebook.size.${what}`), description: facts.join(' · '), ...(now && { detail }) };
  });
}

/** Whether a text is an amount as Kubernetes writes it; of GPUs, a whole number. The cluster has the last word. */
export const isAmount = (what: Sized, text: string): boolean =>
  what === 'gpus' ? /^\d{1,4}$/.test(text.trim()) : /^(?=.*[1-9])\d+(\.\d+)?(m|[kMGT]i?|Ki)?$/.test(text.trim());
