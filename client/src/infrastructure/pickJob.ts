import * as vscode from 'vscode';
import { type FailureDto, type JobDto, type JobGesture, type JobRef, Requests } from '../../../server/src/protocol.ts';
import type { Infrastructure } from './infrastructure.ts';

/**
 * Lets the person choose a job of those that fit; for commands that come from the palette. Throws when nothing is chosen, and with the
 * reason where the person is known not to be allowed to do that with it.
 */
export async function pickJob(
  { server, texts: { t } }: Infrastructure,
  title: string,
  gesture: JobGesture | undefined,
  fits: (job: JobDto) => boolean = () => true,
): Promise<JobRef> {
  const none = new vscode.CancellationTokenSource();
  const items = server.request(Requests.jobs, undefined).then(({ jobs }) => {
    const fitting = jobs.filter(fits);
    if (!fitting.length) {
      void vscode.window.showInformationMessage(t('ui.pick.none'));
      none.cancel();
    }
    return fitting.map(({ ref, phase, state, refused }) => ({
      ref,
      refused: gesture && refused?.[gesture],
      label: ref.name,
      description: [state || t(`ui.phase.${phase}`), ref.namespace].join(' · '),
    }));
  });
  const options = { title, placeHolder: t('ui.pick.job'), matchOnDescription: true };
  const picked = await vscode.window.showQuickPick(items, options, none.token);
  none.dispose();
  if (!picked) throw new vscode.CancellationError();
  if (gesture && picked.refused) {
    const why = await server.request(Requests.refusal, { job: picked.ref, gesture }); // it may be allowed by now
    if (why) throw refusal(why);
  }
  return picked.ref;
}

/** What the person may not do, as the error boundary tells it. */
function refusal(message: string): Error {
  const data: FailureDto = { code: 'access.may-not', message, actions: [] };
  return Object.assign(new Error(message), { data });
}

/** What is known of a job now; `undefined` where it is gone, or not seen. */
export async function findJob({ server }: Infrastructure, { namespace, name }: JobRef): Promise<JobDto | undefined> {
  const { jobs } = await server.request(Requests.jobs, undefined);
  return jobs.find(({ ref }) => ref.name === name && ref.namespace === namespace);
}
