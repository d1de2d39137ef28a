import type { Terminals } from '../operations/terminals.ts';
import { ClientRequests, Requests, ServerNotifications } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Milliseconds for which the end of the server waits for shells to be hung up; an editor waits two seconds. */
const LAST_WORDS = 1_500;

/** Requests about terminals in the pods of jobs. Returns what ends them all. */
export function registerTerminalRequests(host: RequestHost): () => Promise<void> {
  const { handle, ask, session, say } = host;
  let made: Promise<Terminals> | undefined;
  const make = async () => {
    const { Terminals } = await host.onCluster();
    return new Terminals(session, {
      append: (terminal, text) => ask(ClientRequests.appendTerminal, { terminal, text }),
      ended: (terminal, why, code) =>
        host.notify(ServerNotifications.terminalEnded, {
          terminal,
          message: say(why),
          ...(code !== undefined && { code }),
        }),
    });
  };
  const terminals = () => {
    made ??= make();
    return made;
  };
  handle(Requests.openTerminal, async ({ terminal, job: { namespace }, pod, context, size }) =>
    (await terminals()).open(terminal, { namespace, pod, context }, size),
  );
  handle(Requests.typeInTerminal, async ({ terminal, text }) => (await made)?.type(terminal, text));
  handle(Requests.resizeTerminal, async ({ terminal, size }) => (await made)?.resize(terminal, size));
  handle(Requests.closeTerminal, async ({ terminal }) => (await made)?.close(terminal));
  return async () => (await made)?.dispose(LAST_WORDS);
}
