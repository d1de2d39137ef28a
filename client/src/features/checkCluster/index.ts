import * as vscode from 'vscode';
import { Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { toMarkdown } from './report.ts';

/** Scheme of reports: `gpuctl-check:/Cluster prod-a.md`. The manifest lets the preview of Markdown open them. */
const CHECK_SCHEME = 'gpuctl-check';

/** "Check Cluster": what the cluster has and lacks, and what the person may do there, as a page to read. */
export function activateCheckCluster({ commands, connection, server, texts }: Infrastructure): vscode.Disposable {
  const { t } = texts;
  const reports = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  commands.register('gpuctl.cluster.check', async () => {
    const { context = '', cluster = context } = connection.current;
    const report = await longWork(t('doctor.progress', { cluster }).trim(), (token) =>
      server.request(Requests.checkCluster, undefined, token),
    );
    const name = t('doctor.file', { cluster: report.cluster }).replaceAll('/', '-');
    const uri = vscode.Uri.from({ scheme: CHECK_SCHEME, path: `/${name}.md` });
    reports.set(uri.toString(), toMarkdown(report, texts));
    changed.fire(uri);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  });
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(CHECK_SCHEME, {
      onDidChange: changed.event,
      // The window keeps its tabs when the extensions start again; reports are not kept.
      provideTextDocumentContent: (uri) => reports.get(uri.toString()) ?? t('doctor.again'),
    }),
  );
}
