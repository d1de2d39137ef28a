import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';

/** A language of ours as a page names it. */
export const toLang = (language: 'en' | 'zh-cn' | 'en-xa'): string => (language === 'zh-cn' ? 'zh-CN' : 'en');

/** The page before it is drawn: nothing in it comes from a cluster, and only our own script and style may be loaded. */
export function toHtml(
  webview: vscode.Webview,
  script: vscode.Uri,
  style: vscode.Uri,
  lang: string,
  title: string,
): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${webview.asWebviewUri(style)}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<main id="page"></main>
<script nonce="${nonce}" src="${webview.asWebviewUri(script)}"></script>
</body>
</html>`;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
