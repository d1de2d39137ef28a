import { message } from '../../../l10n/index.ts';
import type { CheckedFile } from '../kinds/checkedFile.ts';
import { asGpuctlError, GpuctlError } from '../operations/error.ts';
import type { ReadFile } from '../operations/submit/chosenDocuments.ts';
import {
  ClientRequests,
  type FileToSubmit,
  Requests,
  ServerNotifications,
  type SubmitAsk,
  type SubmitProgress,
} from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Files that are kept as they were checked. */
const MOST_KEPT = 500;

/** Requests that bring documents to the cluster. */
export function registerSubmitRequests(host: RequestHost): void {
  const { handle, ask, session, checks, say, onCluster, toFailure } = host;
  const readOne = async (file: FileToSubmit): Promise<ReadFile> => {
    const open = host.document(file.uri);
    const languageId = open?.languageId ?? 'yaml';
    const text = open?.getText() ?? file.text ?? (await host.readFile(file.uri).catch(unreadable));
    if (text instanceof GpuctlError) return { ...file, languageId, text: '', unread: text };
    const whole = { ...file, text, languageId };
    if (file.pool === undefined) return whole;
    const { textInPool } = await import('../operations/pools/poolProposal.ts');
    return { ...whole, ...textInPool(whole, file.pool, checks.levels) };
  };
  const read = (files: readonly FileToSubmit[]) => Promise.all(files.map(readOne));
  /** Files of the last look: who chooses looks at the same ones again and again. */
  let looked = { levels: checks.levels, files: new Map<string, CheckedFile>() };
  handle(Requests.lookAtSubmit, async ({ files }) => {
    const { levels } = checks;
    if (looked.levels !== levels || looked.files.size > MOST_KEPT) looked = { levels, files: new Map() };
    const { lookAtFiles } = await import('../language/lookAtSubmit.ts');
    return lookAtFiles(session, await read(files), levels, say, looked.files);
  });
  handle(Requests.submit, async ({ files, context, namespace, submit }, signal) => {
    const { submitFiles } = await onCluster();
    const agree = async (asked: SubmitAsk) => (await ask(ClientRequests.agree, asked)).answer;
    const progress = (done: Omit<SubmitProgress, 'submit'>) => {
      if (submit !== undefined) host.notify(ServerNotifications.submitProgress, { submit, ...done });
    };
    const options = { context, namespace, levels: checks.levels, signal };
    const submitted = await submitFiles(session, await read(files), options, { say, agree, progress, toFailure });
    session.rights.doubt(); // what was thought to be refused may have been done just now
    return submitted;
  });
}

/** Moved or deleted, as a rule. */
const unreadable = (error: unknown): GpuctlError =>
  new GpuctlError('submit.unreadable', message('submit.unreadable'), { detail: asGpuctlError(error).detail ?? '' });
