import type { BindPlanDto, PoolDto } from '../../../../server/src/protocol.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import { toSummary, toUse } from './counts.ts';

/** Cells of the picture of a node in a list, and names that a sentence lists. */
const CELLS = 8;
const LISTED = 3;

/** A row of a question. */
export interface Item {
  label: string;
  description: string;
  detail?: string;
}

/** Nodes with their pool, what is in use of them, and which jobs hold them; by pool, as they stand in the view. */
export function buildNodeItems(pools: readonly PoolDto[], texts: Texts): Item[] {
  const { t, list } = texts;
  return pools.flatMap(({ name: pool, nodes }) =>
    nodes.map(({ name, gpus, holders, ready, cordoned }) => {
      const condition = ready ? cordoned && t('ui.node.cordoned') : t('ui.node.notReady');
      const held = list(holders.map(({ job }) => job));
      const facts = [pool || t('ui.pools.none'), toUse(gpus, CELLS, texts), condition];
      return {
        label: name,
        description: facts.filter(Boolean).join(' · '),
        detail: held ? t('ui.bind.held', { jobs: held }) : t('ui.bind.idle'),
      };
    }),
  );
}

/** Pools with what is free in them. */
export const buildPoolItems = (pools: readonly PoolDto[], texts: Texts): (Item & { name: string })[] =>
  pools.map(({ name, gpus, nodes }) => ({
    name,
    label: name || texts.t('ui.pools.none'),
    description: gpus.length
      ? toSummary(gpus, nodes.length, texts)
      : `${texts.t('ui.pools.nodes', { count: nodes.length })} · ${texts.t('ui.pools.noGpu')}`,
  }));

/** Names of nodes in a sentence: the first few, and how many more. */
export function nodeNames(nodes: readonly string[], { t, list }: Texts): string {
  const names = list(nodes.slice(0, LISTED));
  const count = nodes.length - LISTED;
  return count > 0 ? t('ui.nodes.more', { names, count }) : names;
}

/** What a person is asked before nodes change their pool: what it means, then what is done to what. */
export function toQuestion(
  { cluster, sentences, changes, warnings }: BindPlanDto,
  { names: nodes, count, pool }: { names: string; count: number; pool: string | undefined },
  { t }: Texts,
): { question: string; detail: string; confirm: string } {
  const list = changes.map((line) => `• ${line}`);
  const detail = [...sentences, ...warnings, '', t('ui.submit.ask.where', { cluster }), ...list].join('\n').trim();
  return pool === undefined
    ? { question: t('ui.unbind.question', { nodes, count, cluster }), detail, confirm: t('ui.unbind.confirm') }
    : { question: t('ui.bind.question', { nodes, count, pool, cluster }), detail, confirm: t('ui.bind.confirm') };
}
