import * as vscode from 'vscode';
import type { Badge } from './row.ts';

const SCHEME = 'gpuctl-row';

/** An address that says the badge itself: another badge is another address, so that nothing has to be told when one changes. */
export function toBadgeUri(id: string, badge: Badge): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${id}`, query: JSON.stringify(badge) });
}

/** Draws the badges of rows, as the editor draws those of files. */
export function drawBadges(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration({ scheme, query }) {
      if (scheme !== SCHEME) return undefined;
      const { sign, meaning, isBad } = JSON.parse(query) as Badge;
      return new vscode.FileDecoration(sign, meaning, isBad && new vscode.ThemeColor('list.errorForeground'));
    },
  });
}
