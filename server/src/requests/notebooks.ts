import { message } from '../../../l10n/index.ts';
import { toActivityDto } from '../operations/notebooks/activities.ts';
import type { NotebookAmounts } from '../operations/notebooks/notebookSize.ts';
import type { Tickets } from '../operations/notebooks/notebookTicket.ts';
import { type NotebookAmountsDto, Requests } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests about notebooks. Returns what ends what they began. */
export function registerNotebookRequests({ handle, onCluster, session, say }: RequestHost): () => void {
  let tickets: Tickets | undefined;
  handle(Requests.notebookAccess, async ({ job, context, patience, password }, signal) => {
    const { findAccess } = await onCluster();
    const options = { ...(patience !== undefined && { patience }), ...(password && { password }) };
    const { place, path, token, headers, needsPassword } = await findAccess(session, { job, context }, options, signal);
    const { authorization: _, ...others } = headers as Record<string, string>;
    return {
      port: place.port,
      scheme: place.scheme,
      path,
      ...(token && { token }),
      ...(Object.keys(others).length && { headers: others }),
      ...(needsPassword && { needsPassword }),
    };
  });
  handle(Requests.notebookTicket, async ({ job, context, at }, signal) => {
    const { findAccess, Tickets, toAddress } = await onCluster();
    const { path, token } = await findAccess(session, { job, context }, {}, signal);
    tickets ??= new Tickets(() => say(message('notebook.ticket.used')));
    return { url: await tickets.issue(toAddress(at, path, token)) };
  });
  handle(Requests.notebookSize, async ({ job, context }, signal) => {
    const { fetchActivity, readSize } = await onCluster();
    const target = { job, context };
    const { next, now, resizing } = await readSize(session, target, signal);
    const activity = now && (await fetchActivity(session, target, signal).catch(() => undefined)); // unknown
    return {
      next: toDto(next),
      ...(now && { now: toDto(now) }),
      ...(activity && { activity: toActivityDto(activity) }),
      ...(resizing && { resizing: { is: resizing.is, text: say(resizing.say) } }),
    };
  });
  handle(Requests.resizeNotebook, async ({ job, context, ...wanted }, signal) => {
    const { resize } = await onCluster();
    const { how, why } = await resize(session, { job, context }, wanted, signal);
    return { how, ...(why && { why: say(why) }) };
  });
  return () => tickets?.dispose();
}

const toDto = ({ cpu, memory, gpus }: NotebookAmounts): NotebookAmountsDto & { gpus: number } => ({
  ...(cpu !== undefined && { cpu }),
  ...(memory !== undefined && { memory }),
  gpus,
});
