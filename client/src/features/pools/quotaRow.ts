import type { QuotaDto, QuotaLimitDto } from '../../../../server/src/protocol.ts';
import { type Row, toTooltip } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import { toBar } from './counts.ts';

const CELLS = 8;

/** What the window's namespace may have, and has. Of several quotas each says its name. */
export function buildQuotaRow({ name, namespace, limits }: QuotaDto, quotas: number, texts: Texts): Row {
  const { t } = texts;
  const id = `quota:${name}`;
  const label = t('ui.pools.quota', { namespace });
  const spoken = limits.map((limit) => saySpoken(limit, texts));
  return {
    id,
    label,
    description: [quotas > 1 ? name : '', ...limits.map((limit) => `${limit.what} ${sayUse(limit, texts)}`)]
      .filter(Boolean)
      .join(' · '),
    icon: limits.some(isFull) ? { name: 'law', color: 'charts.yellow' } : { name: 'law' },
    tooltip: toTooltip(label, [[t('ui.pools.quota.name'), name], ...spoken.map((one) => ['', one] as const)]),
    spoken: [label, ...spoken].join(', '),
    context: 'quota',
    expanded: false,
    children: limits.map((limit) => buildLimitRow(limit, id, texts)),
  };
}

function buildLimitRow(limit: QuotaLimitDto, parent: string, texts: Texts): Row {
  const { what, share } = limit;
  const bar = share === undefined ? '' : toBar({ used: Math.min(share, 1), total: 1 }, CELLS);
  const full = isFull(limit) ? texts.t('ui.pools.quota.full') : '';
  return {
    id: `${parent}/${what}`,
    label: what,
    description: [bar, sayUse(limit, texts), full].filter(Boolean).join(' '),
    icon: isFull(limit) ? { name: 'warning', color: 'charts.yellow' } : { name: 'dash' },
    tooltip: toTooltip(what, [['', saySpoken(limit, texts)]]),
    spoken: [saySpoken(limit, texts), full].filter(Boolean).join(', '),
    context: 'limit',
  };
}

const isFull = ({ share = 0 }: QuotaLimitDto): boolean => share >= 1;

const sayUse = ({ used, hard }: QuotaLimitDto, { t }: Texts): string =>
  used === undefined ? t('ui.pools.quota.unknown', { hard }) : t('ui.pools.quota.used', { used, hard });

const saySpoken = (limit: QuotaLimitDto, { t }: Texts): string => {
  const { what, used, hard } = limit;
  return used === undefined
    ? `${what}: ${t('ui.pools.quota.unknown', { hard })}`
    : t('ui.pools.quota.spoken', { what, used, hard });
};
