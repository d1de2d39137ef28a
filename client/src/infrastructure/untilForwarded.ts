import * as vscode from 'vscode';
import type { ForwardDto } from '../../../server/src/protocol.ts';
import { portKey } from './forwardMemory.ts';
import type { Infrastructure } from './infrastructure.ts';
import { longWork } from './longWork.ts';

/** Waits until a forward is ready; the forward as it is then, `undefined` where it was stopped. The person can give up waiting. Throws where it failed. */
export async function untilForwarded(
  { forwards, texts: { t } }: Infrastructure,
  forward: ForwardDto,
): Promise<ForwardDto | undefined> {
  const { job, port } = forward;
  // Not by its id: a new server gives it another.
  const look = () => forwards.current.find((one) => portKey(one) === portKey(forward));
  const isOver = (one: ForwardDto | undefined) => !one || one.state === 'ready' || one.state === 'failed';
  if (!isOver(look())) {
    const title = t('ui.forward.waiting', { port: String(port), name: job.name });
    await longWork(title, (token, progress) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const tell = () => {
        const one = look();
        if (isOver(one)) resolve();
        else if (one?.why) progress.report({ message: one.why });
      };
      const changes = forwards.onDidChange(tell);
      token.onCancellationRequested(() => reject(new vscode.CancellationError()));
      tell();
      return promise.finally(() => changes.dispose());
    });
  }
  const one = look();
  if (one?.state !== 'failed') return one;
  const message = one.why ?? t('ui.forward.state.failed');
  throw Object.assign(new Error(message), { data: { code: 'forward.failed', message, actions: [{ do: 'retry' }] } });
}
