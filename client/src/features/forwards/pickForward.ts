import * as vscode from 'vscode';
import type { ForwardDto } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** The forward of a row; from the palette the only one, or the one that the person chooses. */
export async function pickForward(
  { forwards, texts: { t } }: Infrastructure,
  id: string | undefined,
  title: string,
): Promise<ForwardDto | undefined> {
  const { current } = forwards;
  if (id !== undefined) return current.find((one) => one.id === id);
  if (!current.length) void vscode.window.showInformationMessage(t('ui.forward.none'));
  if (current.length < 2) return current[0];
  const items = current.map((forward) => ({
    forward,
    label: `${forward.job.name} :${forward.port}`,
    description: [forward.url, t(`ui.forward.state.${forward.state}`)].join(' · '),
    ...(forward.why && { detail: forward.why }),
  }));
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return picked?.forward;
}
