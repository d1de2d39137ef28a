import { message } from '../../../l10n/index.ts';
import { checkFile, documentsOf, errorsOf, modeOf, type PlacedDocument } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { Levels } from '../kinds/levels.ts';
import type { FailureAction, FailureDto, SubmitAsk, SubmitParams, SubmitResult, SubmittedDto } from '../protocol.ts';
import { GpuctlError } from './error.ts';
import { digestOf, type Plan } from './plan.ts';
import type { Session } from './session.ts';
import { hasErrors, type Submitted, submit } from './submit.ts';
import type { Say } from './views.ts';

const ORDER = ['quota', 'pool'];
/** What others need comes first: a quota makes namespaces, a pool is where jobs go. */
export const rankOf = ({ kind }: GpuctlDocument): number =>
  (ORDER.indexOf(kind?.name ?? '') + ORDER.length + 1) % (ORDER.length + 1);

/**
 * Submits one document of a file, or all of them: quotas, pools, then jobs. A single one that fails throws; of several, the first that fails, or
 * has to be agreed to, ends it, and what was submitted before is told.
 */
export async function submitFile(
  session: Session,
  params: SubmitParams & { text: string; languageId: string; levels: Levels },
  say: Say,
  toFailure: (error: unknown) => FailureDto,
  signal: AbortSignal,
): Promise<SubmitResult> {
  const { uri, text, languageId, levels, path, gitCommit, context, agreed = [], hold = false } = params;
  const file = checkFile(text, modeOf(languageId, uri), undefined, levels);
  const all = documentsOf(file);
  const chosen = params.document === undefined ? all : all.slice(params.document, params.document + 1);
  if (!chosen.length) throw new GpuctlError('submit.no-document', message('submit.no-document'));
  chosen.sort((a, b) => rankOf(a.document) - rankOf(b.document));
  return session.use(async (cluster) => {
    const result: SubmitResult = { submitted: [], cluster: cluster.context.cluster };
    for (const placed of chosen) {
      const { document } = placed;
      try {
        if (!document.kind)
          throw new GpuctlError('submit.not-yet', message('submit.not-yet', { kind: document.kindName }));
        if (errorsOf(file, document).length) throw hasErrors(document);
        const done = await submit(session, { document, path, gitCommit, context, agreed, hold, signal });
        if ('ask' in done) {
          result.ask = toAsk(done.ask, say, renameOf(placed, { uri, text }));
          break;
        }
        result.submitted.push(toSubmitted(done, say));
      } catch (error) {
        if (error instanceof GpuctlError && error.code === 'submit.name-taken')
          error.actions.push(renameOf(placed, { uri, text }));
        if (chosen.length === 1) throw error;
        result.failed = { name: document.name ?? document.kindName, failure: toFailure(error) };
        break;
      }
    }
    return result;
  });
}

function toSubmitted({ namespace, name, kind, outcome, warnings }: Submitted, say: Say): SubmittedDto {
  const job = namespace === undefined ? {} : { job: { namespace, name } };
  return { kind, name, ...job, outcome, warnings: warnings.map(say) };
}

function toAsk(plan: Plan, say: Say, rename: FailureAction): SubmitAsk {
  const { kind, name, namespace, asks, changes } = plan;
  return {
    kind,
    name,
    sentences: asks.map(say),
    changes: changes.flatMap((change) =>
      change.do === 'leave'
        ? []
        : [say(message(`plan.${change.do}`, { kind: change.object.kind, name: change.object.name }))],
    ),
    digest: digestOf(plan),
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
