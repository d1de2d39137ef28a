import type { ConnectionDto, PoolInUseDto } from '../../../../server/src/protocol.ts';
import { escapeMarkdown } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import type { PoolOfCluster } from './poolInUse.ts';

/** Characters that the name of a pool may take, and types of GPU that are told. */
const POOL = 24;
const TYPES = 2;

/**
 * The words of the item, and a tooltip with the reason and what to do. `inUse` is the pool in use, as far as there is one: one that another
 * cluster told of before is left out.
 */
export function toStatus(
  connection: ConnectionDto,
  inUse: PoolOfCluster | undefined,
  texts: Texts,
  now: number,
): { label: string; tooltip: string } {
  const { t, time } = texts;
  const { phase, cluster, message, asOf, capacity, warning } = connection;
  const isHere = inUse?.context === connection.context && inUse?.id === connection.id;
  const pool = isHere ? inUse?.pool : undefined;
  // Without a cluster there is nothing that a namespace would be in.
  const target = phase === 'none' || phase === 'off' ? '' : toTargetLabel(connection);
  const word = t(`ui.connection.${phase}`);
  const free = pool ? sayFree(pool, texts) : capacity.known ? '' : t('ui.status.capacityUnknown');
  const label =
    phase === 'connected'
      ? [target, free].filter(Boolean).join(' · ')
      : [target, phase === 'connecting' && target ? '' : word].filter(Boolean).join(' · ');
  const lines = [
    [word, cluster].filter(Boolean).join(' · '),
    message,
    asOf && phase === 'offline' ? t('ui.view.asOf', { time: time(asOf, now) }) : undefined,
    phase === 'connected' && pool ? tellPool(pool, texts) : undefined,
    phase === 'connected' && !capacity.known ? capacity.reason : undefined,
    warning,
    t('ui.status.click'),
  ];
  return { label: label || word, tooltip: lines.flatMap((line) => (line ? [escapeMarkdown(line)] : [])).join('\n\n') };
}

/** `prod-a · team-a`: where a submit goes. Empty while no context is chosen. */
const toTargetLabel = ({ context, namespace }: ConnectionDto): string =>
  [context, namespace].filter(Boolean).join(' · ');

/** `training-pool: 14 A100-80G free`; what is not known is said. */
function sayFree({ name, gpus, absent, unknown }: PoolInUseDto, { t, list }: Texts): string {
  const pool = cut(name || t('ui.pools.none'));
  if (unknown) return t('ui.status.freeUnknown', { pool });
  if (absent) return t('ui.status.absent', { pool });
  if (gpus.length === 0) return t('ui.status.noGpus', { pool });
  if (gpus.some(({ total, free }) => total > 0 && free === undefined)) return t('ui.status.freeUnknown', { pool });
  const [only, ...others] = gpus;
  if (only && others.length === 0) return t('ui.status.free', { pool, free: only.free ?? 0 });
  const told = gpus.slice(0, TYPES).map(({ free = 0, type }) => `${free}×${type}`);
  return t('ui.status.free', { pool, free: list([...told, ...(gpus.length > TYPES ? ['…'] : [])]) });
}

function tellPool(inUse: PoolInUseDto, texts: Texts): string {
  const { name, why, gpus } = inUse;
  const { t, join, list } = texts;
  const counts = gpus.map(({ type, total, used, free, unavailable }) => {
    if (total === 0) return `${unavailable}×${type} · ${t('ui.pools.noneUsable')}`;
    return used === undefined || free === undefined
      ? `${total}×${type} · ${t('ui.pools.useUnknown')}`
      : t('ui.pools.count', { used, total, type, free });
  });
  return join(t(`ui.status.why.${why}`, { pool: name || t('ui.pools.none') }), list(counts) || sayFree(inUse, texts));
}

const cut = (text: string): string => (text.length > POOL ? `${text.slice(0, POOL - 1)}…` : text);
