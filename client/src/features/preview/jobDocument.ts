import * as vscode from 'vscode';
import { type JobRef, Requests } from '../../../../server/src/protocol.ts';
import type { SubmitTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { findJob } from '../../infrastructure/pickJob.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import { findWorkspaceFile } from '../../infrastructure/workspaceFile.ts';

/** The document that a job was submitted from, as it stands now; `undefined` where its file is not in the workspace or has it no more. */
export async function findJobDocument(
  infrastructure: Infrastructure,
  job: JobRef,
  seen: string | undefined,
): Promise<SubmitTarget | undefined> {
  const { server } = infrastructure;
  const context = contextOf(infrastructure, seen);
  const [known, source] = await Promise.all([
    findJob(infrastructure, job),
    server.request(Requests.jobSource, { job, context }),
  ]);
  const file = await findWorkspaceFile(source.path);
  if (!known || !file) return undefined;
  const uri = file.uri.toString();
  const text = (await vscode.workspace.openTextDocument(file.uri)).getText();
  const { documents } = await server.request(Requests.lookAtSubmit, { files: [{ uri, text }] });
  const found = documents.find(
    ({ kind, name, namespace }) =>
      kind === known.kind && name === job.name && (namespace ?? job.namespace) === job.namespace,
  );
  if (!found) return undefined;
  const { document, kind, name } = found;
  return { uri, document, meant: { kind, name }, context: source.context };
}
