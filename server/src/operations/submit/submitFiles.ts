import { message } from '../../../../l10n/index.ts';
import type { GpuctlDocument } from '../../kinds/document.ts';
import type { Levels } from '../../kinds/levels.ts';
import type {
  FailureAction,
  FailureDto,
  SubmitAnswer,
  SubmitAsk,
  SubmitProgress,
  SubmitResult,
  SubmitResultDto,
} from '../../protocol.ts';
import { GpuctlError } from '../error.ts';
import type { Session } from '../session.ts';
import type { Say } from '../views.ts';
import { type ChosenDocument, chooseDocuments, placeIn, type ReadFile, unreadIn } from './chosenDocuments.ts';
import { nameOf } from './documentOrder.ts';
import { askAll } from './submitAsks.ts';
import { type DocumentResult, type DocumentToSubmit, submitDocuments } from './submitDocuments.ts';

/** How a person is asked, and told. */
export interface SubmitDesk {
  say: Say;
  agree(ask: SubmitAsk): Promise<SubmitAnswer>;
  progress(progress: Omit<SubmitProgress, 'submit'>): void;
  toFailure(error: unknown): FailureDto;
}

/**
 * Submits the documents of files, or some of them, and says of each what became of it. Throws GpuctlError where there is none or no connection.
 * A file that cannot be read fails alone. Cancelled on the way, it says what was done before.
 */
export async function submitFiles(
  session: Session,
  files: readonly ReadFile[],
  options: { context: string | undefined; namespace?: string | undefined; levels: Levels; signal: AbortSignal },
  { say, agree, progress, toFailure }: SubmitDesk,
): Promise<SubmitResult> {
  const chosen = chooseDocuments(files, options.levels);
  const unread = unreadIn(files).map(
    ({ error, ...what }): SubmitResultDto => ({ ...what, result: 'failed', failure: toFailure(error) }),
  );
  if (!chosen.length && !unread.length) throw new GpuctlError('submit.no-document', message('submit.no-document'));
  const places = new Map(chosen.map((one) => [one.placed.document, one]));
  const placeOf = (document: GpuctlDocument) => places.get(document) as ChosenDocument;
  const rename = (document: GpuctlDocument) => renameOf(placeOf(document));
  const { cluster, context } = (await session.cluster()).context;
  const result: SubmitResult = { documents: unread, cluster, context };
  const unreadCount = unread.length;
  let done = 0;
  try {
    const submitting = submitDocuments(session, chosen.map(toSubmit), {
      ...options,
      agree: (asked) => askAll(asked, { cluster, say, rename, agree, signal: options.signal }),
      done: ({ document }) => progress({ done: ++done, of: chosen.length, name: nameOf(document) }),
    });
    for await (const one of submitting) {
      if (one.is === 'failed' && one.error.code === 'submit.name-taken') one.error.actions.push(rename(one.document));
      if (one.is !== 'planned') result.documents.push(toDto(one, placeOf(one.document), say, toFailure));
    }
  } catch (error) {
    const cancelled = error instanceof GpuctlError && error.code === 'cancelled';
    if (!cancelled || !result.documents.length) throw error;
    result.cancelled = chosen.length + unreadCount - result.documents.length;
  }
  return result;
}

const toSubmit = ({ file, checked, placed: { document } }: ChosenDocument): DocumentToSubmit => ({
  file: checked,
  document,
  path: file.path,
  gitCommit: file.gitCommit,
});

type Done = Exclude<DocumentResult, { is: 'planned' }>;

function toDto(
  result: Done,
  { file, index }: ChosenDocument,
  say: Say,
  toFailure: SubmitDesk['toFailure'],
): SubmitResultDto {
  const { document } = result;
  const what = { uri: file.uri, document: index, kind: document.kindName, name: nameOf(document) };
  switch (result.is) {
    case 'submitted': {
      const { namespace, name, outcome, warnings } = result.submitted;
      const job = namespace === undefined ? {} : { job: { namespace, name } };
      return { ...what, ...job, result: outcome, warnings: warnings.map(say) };
    }
    case 'failed':
      return { ...what, result: 'failed', failure: toFailure(result.error) };
    case 'skipped':
      return { ...what, result: 'skipped', why: say(result.why) };
    case 'not-agreed':
      return { ...what, result: 'not-agreed' };
  }
}

/** A name that is taken can be changed right where it stands. */
function renameOf({ placed: { document, offset }, file }: ChosenDocument): FailureAction {
  const { start, end } = document.rangeOf([document.kind?.marks[0] ?? 'job', 'name']);
  return { do: 'rename', uri: file.uri, ...placeIn(file, offset + start), length: end - start };
}
