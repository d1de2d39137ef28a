import * as vscode from 'vscode';
import type { ForwardDto } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { untilForwarded } from '../../infrastructure/untilForwarded.ts';

/** Opens what is behind a forward in the browser, as soon as it is ready. Throws what `untilForwarded` does. */
export async function openForward(infrastructure: Infrastructure, forward: ForwardDto): Promise<void> {
  const ready = await untilForwarded(infrastructure, forward);
  // What is on this machine is made reachable by the editor itself, also where that is remote.
  if (ready) await vscode.env.openExternal(vscode.Uri.parse(ready.url));
}
