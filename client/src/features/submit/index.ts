import * as vscode from 'vscode';
import {
  ClientRequests,
  type FailureAction,
  type FailureDto,
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
  infrastructure.server.onRequest(ClientRequests.agree, async (ask) => ({ answer: await agrees(infrastructure, ask) }));
}

async function submit(infrastructure: Infrastructure, from: SubmitTarget | vscode.Uri | undefined): Promise<void> {
  const { t } = infrastructure.texts;
  const target = toTarget(from);
  if (!target) {
    void vscode.window.showInformationMessage(t('ui.submit.nothing'));
    return;
  }
  const result = await request(infrastructure, await toSubmitParams(target), target.uri);
  await tell(infrastructure, result, () => submit(infrastructure, from));
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
async function agrees({ boundary, texts }: Infrastructure, ask: SubmitAsk): Promise<'yes' | 'hold' | 'no'> {
  const { t } = texts;
  const { name, cluster, sentences, changes, verb, canHold } = ask;
  const detail = [...sentences, '', t('ui.submit.ask.where', { cluster }), ...changes.map((line) => `• ${line}`)];
  const choices: (vscode.MessageItem & { answer?: 'yes' | 'hold'; action?: FailureAction })[] = [
    ...(canHold ? [{ title: t('ui.submit.ask.hold'), answer: 'hold' as const }] : []),
    { title: t(`ui.submit.ask.${verb}`), answer: 'yes' },
    ...ask.actions.map((action) => ({ title: t(`ui.action.${action.do}`), action })),
  ];
  const question = t('ui.submit.ask', { name });
  const options = { modal: true, detail: detail.join('\n') };
  const chosen = await vscode.window.showWarningMessage(question, options, ...choices);
  const { action } = chosen ?? {};
  if (action) void boundary.run(() => boundary.act(action));
  return chosen?.answer ?? 'no';
}

/** So many sentences of what was done are read; of more, the number is. */
const MOST_SENTENCES = 2;

/** One message for one submit: what was done, what was left out, what failed. */
async function tell(infrastructure: Infrastructure, result: SubmitResult, retry: () => Promise<void>): Promise<void> {
  const { boundary, commands, texts } = infrastructure;
  const { t, join } = texts;
  const { documents, cluster } = result;
  const submitted = documents.flatMap((one) => ('warnings' in one ? [one] : []));
  const failures = documents.flatMap((one) => (one.result === 'failed' ? [one.failure] : []));
  const last = submitted.findLast(({ job }) => job)?.job;
  if (last) await commands.execute('gpuctl.job.reveal', last);
  const done =
    submitted.length > MOST_SENTENCES
      ? [t('ui.submit.several', { done: submitted.length, all: documents.length, cluster })]
      : submitted.map(({ name, job, result }) =>
          job
            ? t(`ui.submit.${result}`, { name, cluster, namespace: job.namespace })
            : t(`ui.submit.${result}.settings`, { name, cluster }),
        );
  const [failure] = failures;
  if (failure) {
    const why = failures.length > 1 ? toOne(failures, texts) : failure;
    const skipped = documents.flatMap((one) => (one.result === 'skipped' ? [`${one.name}: ${one.why}`] : []));
    void boundary.show({ ...why, message: join(...done, why.message, ...skipped.slice(0, MOST_SENTENCES)) }, retry);
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

/** Several failures as one: the first with what helps, how many more there are, and all of them behind the button. */
function toOne(failures: FailureDto[], { t, join }: Infrastructure['texts']): FailureDto {
  const [first, ...others] = failures as [FailureDto, ...FailureDto[]];
  const all = failures.map(({ message, hint, detail }) => [join(message, hint), detail].filter(Boolean).join('\n'));
  const message = join(first.message, t('ui.submit.others-failed', { others: others.length }));
  return { ...first, message, detail: all.join('\n') };
}
