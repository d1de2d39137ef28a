import * as vscode from 'vscode';
import { type JobDto, Requests } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { pickJob } from '../../infrastructure/pickJob.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import { JobPages, PAGE } from './jobPages.ts';
import { hasCause } from './sections.ts';

/** The page of a job, and why it failed or waits. */
export function activateJobPage(
  infrastructure: Infrastructure,
  extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'workspaceState'>,
): vscode.Disposable {
  const { commands, connection, server, texts } = infrastructure;
  const pages = new JobPages(infrastructure, extension);
  const { t } = texts;
  const open = async (target: JobTarget | undefined, title: string, fits?: (job: JobDto) => boolean) => {
    const job = target?.job ?? (await pickJob(infrastructure, title, undefined, fits));
    const seen = target?.context ?? connection.current.context;
    const context = seen ?? (await server.request(Requests.connection, undefined)).context;
    // A page of no known cluster would be nobody's for ever.
    return pages.open({ job, context: context ?? contextOf(infrastructure, undefined) });
  };
  commands.register('gpuctl.job.details', async (target) => {
    await open(target, t('ui.page.pick'));
  });
  commands.register('gpuctl.job.why', async (target) => {
    const isAsked = (job: JobDto) => hasCause(job) || job.phase === 'waiting';
    const page = await open(target, t('ui.page.pick-why'), isAsked);
    page.showCause();
  });
  return vscode.Disposable.from(pages, vscode.window.registerWebviewPanelSerializer(PAGE, pages));
}
