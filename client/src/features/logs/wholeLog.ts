import * as vscode from 'vscode';
import { Requests, ServerNotifications } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { toSize } from '../../infrastructure/size.ts';
import type { Wanted } from './logs.ts';

let last = 0;

/** Has the whole log of a job written into a file, and opens it; the person may call it off. */
export async function openWholeLog(
  { server, texts }: Infrastructure,
  { job, pod, context, previous }: Wanted,
): Promise<void> {
  const { t } = texts;
  const progress = String(++last);
  const title = t('ui.log.saving', { name: pod ?? job.name });
  const file = await longWork(title, async (token, shown) => {
    const heard = server.onNotification(ServerNotifications.logSaving, (told) => {
      if (told.progress === progress) shown.report({ message: toSize(told.bytes) });
    });
    try {
      const asked = {
        job,
        progress,
        ...(pod !== undefined && { pod }),
        ...(context && { context }),
        ...(previous && { previous }),
      };
      return (await server.request(Requests.saveLog, asked, token)).file;
    } finally {
      heard.dispose();
    }
  });
  // Not `showTextDocument`: of a very long file extensions see nothing, but the editor opens it.
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}
