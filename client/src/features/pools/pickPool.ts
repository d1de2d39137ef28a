import * as vscode from 'vscode';
import type { FailureDto, PoolDto } from '../../../../server/src/protocol.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import { buildPoolItems } from './bindWords.ts';

/** Lets a pool be chosen, with what is free in each. Throws when none is. */
export async function pickPool(pools: readonly PoolDto[], title: string, texts: Texts): Promise<string> {
  const picked = await vscode.window.showQuickPick(buildPoolItems(pools, texts), { title, matchOnDescription: true });
  if (!picked) throw new vscode.CancellationError();
  return picked.name;
}

/** What the person may not do, as the error boundary tells it. */
export function refusal(message: string): Error {
  const data: FailureDto = { code: 'access.may-not', message, actions: [] };
  return Object.assign(new Error(message), { data });
}
