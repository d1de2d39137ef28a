import * as vscode from 'vscode';
import {
  type FailureDto,
  Requests,
  type SubmitParams,
  type SubmitResult,
  type SubmitResultDto,
} from '../../../../server/src/protocol.ts';
import { setContextKey } from '../../infrastructure/contextKeys.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import { type Target, toSubmittable } from './submittable.ts';

/** Submits one file, or one document of it, and says what became of it. */
export async function submitTarget(infrastructure: Infrastructure, target: Target): Promise<void> {
  const { params, unsaved } = await toSubmittable(target);
  const result = await request(infrastructure, params, target.uri);
  await tell(infrastructure, result, unsaved, () => submitTarget(infrastructure, target));
}

/** Sends the submit and shows how it goes. */
function request(
  { server, connection, texts: { t } }: Infrastructure,
  params: SubmitParams,
  uri: vscode.Uri,
): Promise<SubmitResult> {
  const title = t('ui.submit.progress', { file: uri.path.split('/').at(-1) ?? '' });
  return longWork(title, async (token, progress) => {
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
  });
}

/** So many sentences of what was done are read; of more, the number is. */
const MOST_SENTENCES = 2;

/** One message for one submit: what was done, what was not and why, and what else there is to say of it. */
async function tell(
  infrastructure: Infrastructure,
  result: SubmitResult,
  unsaved: boolean,
  retry: () => Promise<void>,
): Promise<void> {
  const { boundary, commands, texts } = infrastructure;
  const { t, join } = texts;
  const { documents } = result;
  const submitted = documents.flatMap((one) => ('warnings' in one ? [one] : []));
  if (submitted.length) setContextKey('gpuctl.submitted', true);
  const last = submitted.findLast(({ job }) => job)?.job;
  if (last) await commands.execute('gpuctl.job.reveal', last);
  const jobs = submitted.flatMap(({ job }) => job ?? []);
  if (jobs.length) await commands.execute('gpuctl.jobs.await', jobs, result.context);
  const failures = documents.flatMap((one) => (one.result === 'failed' ? [one.failure] : []));
  const [first] = failures;
  const failure = first && failures.length > 1 ? toOne(failures, texts) : first;
  const left = tellLeft(result, texts);
  // Who declined the only question knows that nothing was done.
  if (!submitted.length && !failure && !left.length) return;
  const warnings = submitted.flatMap((one) => one.warnings);
  const message = join(
    ...tellDone(result, submitted, texts),
    failure?.message,
    ...left,
    ...warnings,
    unsaved && submitted.length ? t('ui.submit.unsaved') : undefined,
  );
  if (failure) {
    void boundary.show({ ...failure, message }, retry);
    return;
  }
  const log = t('ui.action.log');
  const show =
    warnings.length + left.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Not awaited: the submit has ended, whether or not somebody reads about it.
  void boundary.run(async () => {
    if ((await show(message, ...(last ? [log] : []))) === log && last)
      await commands.execute('gpuctl.job.log', { job: last, context: result.context });
  });
}

type Submitted = Extract<SubmitResultDto, { warnings: string[] }>;

function tellDone({ documents, cluster }: SubmitResult, submitted: Submitted[], { t }: Texts): string[] {
  if (submitted.length > MOST_SENTENCES)
    return [t('ui.submit.several', { done: submitted.length, all: documents.length, cluster })];
  return submitted.map(({ name, job, result }) =>
    job
      ? t(`ui.submit.${result}`, { name, cluster, namespace: job.namespace })
      : t(`ui.submit.${result}.settings`, { name, cluster }),
  );
}

/** What was not submitted without having failed: since it needs something else, or since the person did not want it. */
function tellLeft({ documents, cancelled = 0 }: SubmitResult, { t, list }: Texts): string[] {
  const namesOf = (which: SubmitResultDto['result']) =>
    documents.flatMap(({ result, name }) => (result === which ? [name] : []));
  const skipped = documents.flatMap((one) => (one.result === 'skipped' ? [`${one.name}: ${one.why}`] : []));
  const declined = namesOf('not-agreed');
  const others = skipped.length - MOST_SENTENCES;
  return [
    ...(declined.length && documents.length + cancelled > 1
      ? [t('ui.submit.declined', { names: list(declined) })]
      : []),
    ...skipped.slice(0, MOST_SENTENCES),
    ...(others > 0 ? [t('ui.submit.others-failed', { others })] : []),
    ...(cancelled ? [t('ui.submit.cancelled', { count: cancelled })] : []),
  ];
}

/** Several failures as one: the first with what helps, how many more there are, and all of them behind the button. */
function toOne(failures: FailureDto[], { t, join }: Texts): FailureDto {
  const [first, ...others] = failures as [FailureDto, ...FailureDto[]];
  const all = failures.map(({ message, hint, detail }) => [join(message, hint), detail].filter(Boolean).join('\n'));
  const message = join(first.message, t('ui.submit.others-failed', { others: others.length }));
  return { ...first, message, detail: all.join('\n') };
}
