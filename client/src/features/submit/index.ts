import * as vscode from 'vscode';
import {
  type FailureAction,
  Requests,
  type SubmitAsk,
  type SubmitParams,
  type SubmitResult,
} from '../../../../server/src/protocol.ts';
import type { SubmitTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { toSubmitParams, toTarget } from './submittable.ts';

/** Submitting the documents of a file. */
export function activateSubmit(infrastructure: Infrastructure): void {
  infrastructure.commands.register('gpuctl.job.submit', (target) => submit(infrastructure, target));
}

async function submit(infrastructure: Infrastructure, from: SubmitTarget | vscode.Uri | undefined): Promise<void> {
  const { t } = infrastructure.texts;
  const target = toTarget(from);
  if (!target) {
    void vscode.window.showInformationMessage(t('ui.submit.nothing'));
    return;
  }
  const params = await toSubmitParams(target);
  const retry = () => submit(infrastructure, from);
  let hold = false;
  for (const agreed: string[] = []; ; ) {
    const result = await request(infrastructure, { ...params, agreed, hold }, target.uri);
    const answer = result.ask && (await agrees(infrastructure, result.ask, result.cluster));
    if (!result.ask || !answer) {
      await tell(infrastructure, result, retry);
      return;
    }
    if (answer === 'hold') hold = true;
    else agreed.push(result.ask.digest);
  }
}

/** Sends the submit and shows how it goes. */
function request(
  { server, connection, texts: { t } }: Infrastructure,
  params: SubmitParams,
  uri: vscode.Uri,
): Thenable<SubmitResult> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('ui.submit.progress', { file: uri.path.split('/').at(-1) ?? '' }),
      cancellable: true,
    },
    async (progress, token) => {
      // The connection may only be made for this submit: where it goes is said as soon as it is known. The document may
      // name a namespace of its own, so that only the result tells that.
      const tell = () => {
        const { cluster } = connection.current;
        if (cluster) progress.report({ message: t('ui.submit.to', { cluster }) });
      };
      tell();
      const telling = connection.onDidChange(tell);
      try {
        return await server.request(Requests.submit, params, token);
      } finally {
        telling.dispose();
      }
    },
  );
}

/** Asks before somebody loses something by a submit: what, where, and what can be done instead. */
async function agrees(
  { boundary, texts }: Infrastructure,
  ask: SubmitAsk,
  cluster: string,
): Promise<'yes' | 'hold' | undefined> {
  const { t } = texts;
  const { name, sentences, changes, verb, canHold } = ask;
  const detail = [...sentences, '', t('ui.submit.ask.where', { cluster }), ...changes.map((line) => `• ${line}`)];
  const yes = t(`ui.submit.ask.${verb}`);
  const hold = t('ui.submit.ask.hold');
  const choices: (vscode.MessageItem & { action?: FailureAction })[] = [
    ...(canHold ? [{ title: hold }] : []),
    { title: yes },
    ...ask.actions.map((action) => ({ title: t(`ui.action.${action.do}`), action })),
  ];
  const question = t('ui.submit.ask', { name });
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: detail.join('\n') },
    ...choices,
  );
  if (answer?.action) await boundary.act(answer.action);
  if (answer?.title === hold) return 'hold';
  return answer?.title === yes ? 'yes' : undefined;
}

/** One message for one submit: what was done, what was left out, what failed. */
async function tell(infrastructure: Infrastructure, result: SubmitResult, retry: () => Promise<void>): Promise<void> {
  const { boundary, commands, texts } = infrastructure;
  const { t, join } = texts;
  const { submitted, failed, cluster } = result;
  const last = submitted.findLast(({ job }) => job)?.job;
  if (last) await commands.execute('gpuctl.job.reveal', last);
  const done = submitted.map(({ name, job, outcome }) =>
    job
      ? t(`ui.submit.${outcome}`, { name, cluster, namespace: job.namespace })
      : t(`ui.submit.${outcome}.settings`, { name, cluster }),
  );
  if (failed) {
    const message = join(...done, failed.failure.message);
    void boundary.show({ ...failed.failure, message }, retry);
    return;
  }
  if (!submitted.length) return;
  const warnings = submitted.flatMap((one) => one.warnings);
  const message = join(...done, ...warnings);
  const log = t('ui.action.log');
  const show = warnings.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Not awaited: the submit has ended, whether or not somebody reads about it.
  void boundary.run(async () => {
    if ((await show(message, ...(last ? [log] : []))) === log && last)
      await commands.execute('gpuctl.job.log', { job: last });
  });
}
