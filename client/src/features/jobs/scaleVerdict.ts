import * as vscode from 'vscode';
import { type JobRef, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** What is said of a number of replicas while it is typed: whether it is one, and whether it would run. */
export async function judgeReplicas(
  { server, texts }: Infrastructure,
  job: JobRef,
  value: string,
): Promise<vscode.InputBoxValidationMessage | string | undefined> {
  if (!/^\d{1,4}$/.test(value.trim())) return texts.t('ui.scale.number');
  const verdict = await server.request(Requests.scaleVerdict, { job, replicas: Number(value) }).catch(() => null);
  if (!verdict) return undefined;
  const { InputBoxValidationSeverity: severities } = vscode;
  const severity = verdict.severity === 'info' ? severities.Info : severities.Warning;
  return { message: verdict.text, severity };
}
