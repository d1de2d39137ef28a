import * as vscode from 'vscode';
import type { ForwardDto, JobDto } from '../../../../server/src/protocol.ts';
import type { ForwardRow, JobTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { findJob, pickJob } from '../../infrastructure/pickJob.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import { askPort } from './askPort.ts';
import { openForward } from './openForward.ts';
import { pickForward } from './pickForward.ts';

/** Kinds that serve what a browser or a program asks for. */
const SERVICES: readonly string[] = ['inference', 'compute'];

/** Ports of jobs on this machine, and what they serve in the browser. In an untrusted workspace there are none. */
export function activateForwards(infrastructure: Infrastructure): void {
  const { commands, forwards, texts } = infrastructure;
  const { t } = texts;
  const named = (row: ForwardRow | undefined, title: string) => pickForward(infrastructure, row?.forward, title);

  commands.register('gpuctl.forward.start', async (target) => {
    const started = await start(infrastructure, target, t('ui.forward.pick'), isUp);
    if (!started) return;
    const { url, port, job } = started;
    vscode.window.setStatusBarMessage(t('ui.forward.started', { url, port: String(port), name: job.name }), 10_000);
  });
  commands.register('gpuctl.job.openInBrowser', async (target) => {
    const started = await start(infrastructure, target, t('ui.forward.pickOpen'), isService);
    if (started) await openForward(infrastructure, started);
  });
  commands.register('gpuctl.forward.open', async (row) => {
    const found = await named(row, t('ui.forward.open'));
    if (!found) return;
    const { job, context, purpose, state } = found;
    // A notebook lets in only who brings its token.
    if (purpose === 'notebook') await commands.execute('gpuctl.notebook.openInBrowser', { job, context });
    else await openForward(infrastructure, state === 'failed' ? await forwards.restart(found) : found);
  });
  commands.register('gpuctl.forward.stop', async (row) => {
    const found = await named(row, t('ui.forward.stop'));
    if (found) await forwards.stop(found);
  });
  commands.register('gpuctl.forward.restart', async (row) => {
    const found = await named(row, t('ui.forward.restart'));
    if (found) await forwards.restart(found);
  });
  commands.register('gpuctl.forward.copyUrl', async (row) => {
    const found = await named(row, t('ui.forward.copy'));
    if (!found) return;
    // Where the editor is remote, the person's own machine has another address for it.
    const uri = await vscode.env.asExternalUri(vscode.Uri.parse(found.url));
    const url = uri.toString(true).replace(/\/$/, '');
    await vscode.env.clipboard.writeText(url);
    vscode.window.setStatusBarMessage(t('ui.forward.copied', { url }), 5_000);
  });
}

/** Starts a forward to a port of a job, both asked for where they are not told. */
async function start(
  infrastructure: Infrastructure,
  target: JobTarget | undefined,
  title: string,
  fits: (job: JobDto) => boolean,
): Promise<ForwardDto | undefined> {
  const { configuration, forwards } = infrastructure;
  if (!configuration.trusted) return undefined;
  const context = contextOf(infrastructure, target?.context);
  const job = target?.job ?? (await pickJob(infrastructure, title, 'forward', fits));
  const known = await findJob(infrastructure, job);
  const rank = known?.pods.find(({ name }) => name === target?.pod)?.rank;
  const isServed = known !== undefined && isService(known);
  const port = await askPort(infrastructure, { job, context }, isServed && fits === isService);
  if (port === undefined) return undefined;
  const purpose = isServed ? { purpose: 'service' as const } : {};
  const started = await forwards.start({ job, context, port, ...(rank !== undefined && { rank }), ...purpose });
  if (started.note) void vscode.window.showInformationMessage(started.note);
  return started;
}

const isUp = ({ phase }: JobDto): boolean => phase === 'running' || phase === 'waiting';
const isService = (job: JobDto): boolean => isUp(job) && SERVICES.includes(job.kind);
