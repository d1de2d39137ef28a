import * as vscode from 'vscode';
import { type JobResourceDto, Requests } from '../../../../server/src/protocol.ts';
import type { ResourceTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** Scheme of the resources that jobs consist of, read-only: `gpuctl-resource:/demo/ml-team/service-sft.yaml`. */
const RESOURCE_SCHEME = 'gpuctl-resource';

/** Opens a resource of a job as YAML. */
export function activateResources({ boundary, commands, server, texts }: Infrastructure): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const known = new Map<string, string>();
  const read = async (target: ResourceTarget): Promise<JobResourceDto> => {
    const found = await server.request(Requests.jobResource, target);
    if (found) return found;
    const message = texts.t('ui.resource.gone', { kind: target.kind, name: target.name });
    throw Object.assign(new Error(message), { data: { code: 'resource.gone', message, actions: [] } });
  };
  commands.register('gpuctl.job.resource', (target) =>
    boundary.run(async () => {
      const resource = await read(target);
      const uri = toUri(target, resource);
      known.set(uri.toString(), resource.text);
      changed.fire(uri);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    }),
  );
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(RESOURCE_SCHEME, {
      onDidChange: changed.event,
      // After the window was opened again it is read anew.
      provideTextDocumentContent: async (uri) =>
        known.get(uri.toString()) ?? (await read(JSON.parse(uri.query) as ResourceTarget)).text,
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString())),
  );
}

function toUri({ job, kind, name }: ResourceTarget, { cluster, context }: JobResourceDto): vscode.Uri {
  const part = (text: string) => text.replace(/[/\\]/g, '-');
  return vscode.Uri.from({
    scheme: RESOURCE_SCHEME,
    path: `/${part(cluster)}/${job.namespace}/${kind.toLowerCase()}-${part(name)}.yaml`,
    query: JSON.stringify({ job, kind, name, context }),
  });
}
