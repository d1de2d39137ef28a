import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  type FilesPlanDto,
  type FilesProgressDto,
  Requests,
  ServerNotifications,
} from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { toSize } from '../../infrastructure/size.ts';
import { askAll, showLeft } from './ask.ts';
import { toPlace } from './jobUri.ts';
import type { Route } from './route.ts';
import { isNothing, toDone } from './words.ts';

/** Compares two folders, asks what is open, carries it out and says what was done. `other` is what to do where other folders were meant. */
export async function transfer(
  infrastructure: Infrastructure,
  route: Route,
  other?: { title: string; run: () => Promise<void> },
): Promise<void> {
  const { boundary, server, texts } = infrastructure;
  const { t } = texts;
  const names = { here: route.hereName, there: route.thereName };
  const plan = await compare(infrastructure, route);
  try {
    if (isNothing(plan)) {
      tell(plan.left.length, route.direction === 'both' ? t('ui.files.same', names) : t('ui.files.nothing'));
      return;
    }
    const choices = await askAll(infrastructure, plan, route);
    if (!choices) return;
    const title = t('ui.files.transferring', names);
    const done = await withProgress(infrastructure, title, (progress, token) =>
      server.request(Requests.transferFiles, { plan: plan.plan, choices, progress }, token),
    );
    plan.left = done.left;
    tell(done.left.length, toDone(done, names, texts));
  } finally {
    void boundary.runQuietly(() => server.request(Requests.forgetFilesPlan, { plan: plan.plan }));
  }

  /** Not awaited: the transfer has ended, whether or not somebody reads about it. */
  function tell(left: number, text: string): void {
    const why = t('ui.files.done.why');
    void boundary.run(async () => {
      const buttons = [...(left ? [why] : []), ...(other ? [other.title] : [])];
      const chosen = await vscode.window.showInformationMessage(text, ...buttons);
      if (chosen === why) await showLeft(infrastructure, plan.left);
      else if (chosen !== undefined) await other?.run();
    });
  }
}

function compare(infrastructure: Infrastructure, route: Route): Promise<FilesPlanDto> {
  const { server, texts } = infrastructure;
  const place = toPlace(route.authority);
  if (!place) throw new vscode.CancellationError();
  const title = texts.t('ui.files.comparing', { here: route.hereName, there: route.thereName });
  const { direction, here, there, only } = route;
  const exclude =
    vscode.workspace.getConfiguration('gpuctl', vscode.Uri.file(here)).get<string[]>('files.exclude') ?? [];
  return withProgress(infrastructure, title, (progress, token) =>
    server.request(
      Requests.compareFiles,
      { ...place, direction, here, there, exclude, progress, ...(only && { only }) },
      token,
    ),
  );
}

/** Shows how far it is; the person may call it off. */
async function withProgress<T>(
  { server, texts: { t } }: Infrastructure,
  title: string,
  run: (progress: string, token: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  const id = randomUUID();
  return longWork(title, async (token, shown) => {
    let last = 0;
    const report = ({ progress, bytes, of }: FilesProgressDto) => {
      if (progress !== id) return;
      if (!of) return shown.report({ message: t('ui.files.read', { size: toSize(bytes) }) });
      const percent = Math.min(100, (bytes / of) * 100);
      shown.report({
        message: t('ui.files.of', { size: toSize(bytes), all: toSize(of) }),
        increment: percent - last,
      });
      last = percent;
    };
    const heard = server.onNotification(ServerNotifications.filesProgress, report);
    try {
      return await run(id, token);
    } finally {
      heard.dispose();
    }
  });
}
