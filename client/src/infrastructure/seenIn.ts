import type { FailureDto } from '../../../server/src/protocol.ts';
import type { Infrastructure } from './infrastructure.ts';

/**
 * Context of the kubeconfig in which a gesture is to be carried out: the one in which the person saw what it is about, else the window's.
 * Throws, as a failure that is shown, where the window has left it or where it is not known yet of which cluster the window is. What is asked of
 * the server then names it, so that nothing is done elsewhere after a change under way.
 */
export function contextOf(
  { connection, texts: { t } }: Pick<Infrastructure, 'connection' | 'texts'>,
  seen: string | undefined,
): string {
  const { context: now } = connection.current;
  if (seen === undefined) {
    if (now !== undefined) return now;
    throw failed({ code: 'target.unknown', message: t('ui.target.unknown'), actions: [{ do: 'retry' }] });
  }
  if (now === undefined || now === seen) return seen;
  const message = t('ui.target.left', { seen, now });
  throw failed({ code: 'target.left', message, actions: [{ do: 'selectTarget' }] });
}

const failed = (data: FailureDto): Error => Object.assign(new Error(data.message), { data });
