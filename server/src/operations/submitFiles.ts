import { message } from '../../../l10n/index.ts';
import { checkFile, documentsOf, modeOf, type PlacedDocument } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { Levels } from '../kinds/levels.ts';
import type { FailureAction, FailureDto, FileToSubmit, SubmitAsk, SubmitResult, SubmitResultDto } from '../protocol.ts';
import { GpuctlError } from './error.ts';
import type { Plan } from './plan.ts';
import type { Session } from './session.ts';
import {
  type Agreement,
  type DocumentResult,
  type DocumentToSubmit,
  nameOf,
  submitDocuments,
} from './submitDocuments.ts';
import type { Say } from './views.ts';

/** A file as it is now: of an open one, the text of the editor. */
export type ReadFile = FileToSubmit & { text: string; languageId: string };

/** How a person is asked, and told. */
export interface SubmitDesk {
  say: Say;
  agree(ask: SubmitAsk): Promise<Agreement>;
  toFailure(error: unknown): FailureDto;
}

/**
 * Submits the documents of files, or one of them, and says of each what became of it. Throws GpuctlError where there is none or no connection.
 * Cancelled on the way, it says what was done before.
 */
export async function submitFiles(
  session: Session,
  files: readonly ReadFile[],
  options: { context: string | undefined; levels: Levels; signal: AbortSignal },
  { say, agree, toFailure }: SubmitDesk,
): Promise<SubmitResult> {
  const places = new Map<GpuctlDocument, FailureAction>();
  const documents = files.flatMap((file): DocumentToSubmit[] => {
    const checked = checkFile(file.text, modeOf(file.languageId, file.uri), undefined, options.levels);
    const all = documentsOf(checked);
    const chosen = file.document === undefined ? all : [find(all, file.document, file.meant)];
    return chosen.map((placed) => {
      places.set(placed.document, renameOf(placed, file));
      return { file: checked, document: placed.document, path: file.path, gitCommit: file.gitCommit };
    });
  });
  if (!documents.length) throw new GpuctlError('submit.no-document', message('submit.no-document'));
  const rename = (document: GpuctlDocument) => places.get(document) as FailureAction;
  const { cluster } = (await session.cluster()).context;
  const result: SubmitResult = { documents: [], cluster };
  try {
    const submitting = submitDocuments(session, documents, {
      ...options,
      agree: (plan, document) => agree(toAsk(plan, cluster, say, rename(document))),
    });
    for await (const one of submitting) {
      if (one.is === 'failed' && one.error.code === 'submit.name-taken') one.error.actions.push(rename(one.document));
      if (one.is !== 'planned') result.documents.push(toDto(one, say, toFailure));
    }
  } catch (error) {
    const cancelled = error instanceof GpuctlError && error.code === 'cancelled';
    if (!cancelled || !result.documents.length) throw error;
    result.cancelled = documents.length - result.documents.length;
  }
  return result;
}

/** The document that was meant: it may stand at another place by now. */
function find(all: readonly PlacedDocument[], place: number, meant: FileToSubmit['meant']): PlacedDocument {
  const isMeant = ({ document }: PlacedDocument) =>
    !meant || (document.kindName === meant.kind && nameOf(document) === meant.name);
  const found = all.slice(place, place + 1).find(isMeant) ?? (meant && all.find(isMeant));
  if (found) return found;
  throw new GpuctlError(
    'submit.no-document',
    meant ? message('submit.document-gone', meant) : message('submit.no-document'),
  );
}

type Done = Exclude<DocumentResult, { is: 'planned' }>;

function toDto(result: Done, say: Say, toFailure: SubmitDesk['toFailure']): SubmitResultDto {
  const { document } = result;
  const what = { kind: document.kindName, name: nameOf(document) };
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

function toAsk(plan: Plan, cluster: string, say: Say, rename: FailureAction): SubmitAsk {
  const { kind, name, namespace, asks, changes } = plan;
  return {
    kind,
    name,
    cluster,
    sentences: asks.map(say),
    changes: changes.flatMap((change) =>
      change.do === 'leave'
        ? []
        : [say(message(`plan.${change.do}`, { kind: change.object.kind, name: change.object.name }))],
    ),
    verb: verbOf(plan),
    ...(plan.canHold && { canHold: true }),
    actions: [...(namespace === undefined ? [] : [{ do: 'openJob' as const, job: { namespace, name } }]), rename],
  };
}

function verbOf({ outcome, asks }: Plan): SubmitAsk['verb'] {
  if (outcome === 'replaced') return asks.some(({ key }) => key === 'submit.ask.ended') ? 'run-again' : 'replace';
  return outcome === 'changed' ? 'change' : 'start';
}

/** A name that is taken can be changed right where it stands. */
function renameOf({ document, offset }: PlacedDocument, file: { uri: string; text: string }): FailureAction {
  const { start, end } = document.rangeOf([document.kind?.marks[0] ?? 'job', 'name']);
  const before = file.text.slice(0, offset + start);
  return {
    do: 'rename',
    uri: file.uri,
    line: before.split('\n').length - 1,
    character: before.length - before.lastIndexOf('\n') - 1,
    length: end - start,
  };
}
