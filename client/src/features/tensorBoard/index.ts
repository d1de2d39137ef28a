import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type ForwardDto, Requests } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import { portKey } from '../../infrastructure/forwardMemory.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { pickRunningPart } from '../../infrastructure/pickPart.ts';
import { untilForwarded } from '../../infrastructure/untilForwarded.ts';

/** TensorBoard of what jobs write, in the browser. In an untrusted workspace there is none. */
export function activateTensorBoard(infrastructure: Infrastructure): vscode.Disposable {
  const { boundary, commands, forwards, server } = infrastructure;
  /** Those that run, by the key of their forward. */
  const running = new Map<string, string>();
  commands.register('gpuctl.job.tensorBoard', (target) => openTensorBoard(infrastructure, target, running));
  return forwards.onDidChange((current) => {
    const keys = new Set(current.map(portKey));
    for (const [key, id] of running) {
      if (keys.has(key)) continue;
      running.delete(key);
      void boundary.runQuietly(() => server.request(Requests.stopTensorBoard, { id }));
    }
  });
}

async function openTensorBoard(
  infrastructure: Infrastructure,
  target: JobTarget | undefined,
  running: Map<string, string>,
): Promise<void> {
  const { configuration, forwards, server, texts } = infrastructure;
  const { t } = texts;
  if (!configuration.trusted) return;
  const part = await pickRunningPart(infrastructure, target, {
    title: t('ui.tensorboard.pick'),
    which: (name) => t('ui.tensorboard.which', { name }),
    none: (name) => t('ui.tensorboard.notRunning', { name }),
  });
  if (!part) return;
  const { job, context, pod } = part;
  const isSame = (one: ForwardDto) => (pod.rank === undefined ? one.pod === pod.name : one.rank === pod.rank);
  const shown = forwards.current.find(
    (one) =>
      one.purpose === 'tensorboard' &&
      one.state === 'ready' &&
      one.job.name === job.name &&
      one.job.namespace === job.namespace &&
      one.context === context &&
      isSame(one),
  );
  if (shown) return open(shown.url);
  const id = randomUUID();
  const { port, folder } = await longWork(t('ui.tensorboard.starting', { name: job.name }), (token) =>
    server.request(Requests.startTensorBoard, { job, context, pod: pod.name, id }, token),
  );
  const started = await forwards.start({
    ...{ job, context, port, purpose: 'tensorboard' },
    ...(pod.rank === undefined ? { pod: pod.name } : { rank: pod.rank }),
  });
  running.set(portKey(started), id);
  const ready = await untilForwarded(infrastructure, started);
  if (!ready) return;
  vscode.window.setStatusBarMessage(t('ui.tensorboard.shows', { folder, name: job.name }), 10_000);
  await open(ready.url);
}

/** What is on this machine is made reachable by the editor itself, also where that is remote. */
const open = async (url: string): Promise<void> => void (await vscode.env.openExternal(vscode.Uri.parse(url)));
