import * as vscode from 'vscode';
import { type JobRef, Requests } from '../../../server/src/protocol.ts';
import type { Infrastructure } from './infrastructure.ts';

/** Lets the person choose a job of the cluster; for commands that come from the palette. Throws when nothing is chosen. */
export async function pickJob({ server, texts: { t } }: Infrastructure, title: string): Promise<JobRef> {
  const items = server.request(Requests.jobs, undefined).then(({ jobs }) =>
    jobs.map(({ ref, phase, state }) => ({
      ref,
      label: ref.name,
      description: [state || t(`ui.phase.${phase}`), ref.namespace].join(' · '),
    })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: t('ui.pick.job'),
    matchOnDescription: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.ref;
}
