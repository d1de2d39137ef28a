import { kindWord, type Message, message } from '../../../l10n/index.ts';
import { holdsItAlready } from '../capacity/liveRules.ts';
import type { Outlook } from '../capacity/outlook.ts';
import { runs, type Verdict } from '../capacity/verdict.ts';
import { type CheckedFile, errorsOf } from '../kinds/checkedFile.ts';
import { isJob, type JobModel } from '../kinds/kind.ts';
import type { Levels } from '../kinds/levels.ts';
import { describeJob } from '../operations/describeJob.ts';
import { outlookOf } from '../operations/liveValues.ts';
import type { Session } from '../operations/session.ts';
import { specHash } from '../operations/source.ts';
import {
  type ChosenDocument,
  chooseDocuments,
  placeIn,
  type ReadFile,
  unreadIn,
} from '../operations/submit/chosenDocuments.ts';
import { inOrder, nameOf } from '../operations/submit/documentOrder.ts';
import type { Say } from '../operations/views.ts';
import type { LookDto, SubmitLook, VerdictDto } from '../protocol.ts';
import { fewWordsFor, verdictSentence } from './fewWords.ts';

/** More jobs than that nobody expects to run at once, and to look at each beside all others takes its time. */
const TOGETHER = 200;

/** A job that would be submitted, with what is said of it. */
interface Job {
  model: JobModel;
  /** Beside those before it. */
  beside: Verdict | undefined;
}

/**
 * What a submit of files would be: each document with its errors, its verdict and what is there of its name, and the verdict of all together, in the
 * order in which they would be submitted. From what is held: nothing waits. `before`: the same files as they were checked for the last look.
 */
export function lookAtFiles(
  session: Session,
  files: readonly ReadFile[],
  levels: Levels,
  say: Say,
  before?: Map<string, CheckedFile>,
): SubmitLook {
  const { target } = session.status;
  const chosen = inOrder(
    chooseDocuments(files, levels, before).map((one) => ({ ...one, document: one.placed.document })),
  );
  const known = outlookOf(session);
  const isSound = ({ placed, checked }: ChosenDocument) =>
    placed.document.model !== undefined && !errorsOf(checked, placed.document).length;
  const models = chosen.flatMap((one) => {
    const { model } = one.placed.document;
    return isSound(one) && isJob(model) && model.demand.pods > 0 ? [model] : [];
  });
  const outlook = known && !('unknown' in known) ? known : undefined;
  const verdicts = outlook && models.length <= TOGETHER ? outlook.together(models) : [];
  const jobs = models.map((model, index): Job => ({ model, beside: verdicts[index] }));
  const together = known && togetherSentence(jobs, known);
  return {
    ...(target && { context: target.context, cluster: target.cluster }),
    documents: [
      ...chosen.map((one) => {
        const job = jobs.find(({ model }) => model === one.placed.document.model);
        return toDto(session, one, job && outlook && toVerdict(job, outlook), say);
      }),
      ...unreadIn(files).map(({ error, ...what }) => ({
        ...what,
        errors: { count: 1, message: say(error.say), line: 0, character: 0 },
      })),
    ],
    ...(together && { together: toVerdictDto(together, say) }),
  };
}

interface Words {
  icon: string;
  text: Message;
  sentence: Message;
}

const toVerdictDto = ({ icon, text, sentence }: Words, say: Say): VerdictDto => ({
  icon,
  text: say(text),
  sentence: say(sentence),
});

function toDto(
  session: Session,
  { file, checked, placed: { document, offset }, index }: ChosenDocument,
  verdict: Words | undefined,
  say: Say,
): LookDto {
  const { model, kindName } = document;
  const errors = errorsOf(checked, document);
  const [first] = errors;
  const there = isJob(model) ? whatIsThere(session, model, document.text) : undefined;
  return {
    uri: file.uri,
    document: index,
    kind: kindName,
    name: nameOf(document),
    ...(isJob(model) && { namespace: model.namespace ?? session.namespace }),
    ...(first && {
      errors: {
        count: errors.length,
        message: say(first.message),
        ...placeIn(file, offset + first.range.start),
      },
    }),
    ...(verdict && { verdict: toVerdictDto(verdict, say) }),
    ...(there && { there: say(there) }),
  };
}

function toVerdict({ model, beside }: Job, outlook: Outlook): Words | undefined {
  if (holdsItAlready(model, outlook)) return undefined;
  if (beside && !fitsNow(beside) && fitsNow(outlook.verdict(model)))
    return {
      icon: 'warning',
      text: message('submit.look.not-beside'),
      sentence: message('submit.look.not-beside.sentence'),
    };
  const { icon, title } = fewWordsFor(model, outlook);
  return { icon, text: title, sentence: verdictSentence(model, outlook) };
}

/** Has room as far as GPUs go; when a queue lets it in is another matter. */
const fitsNow = (verdict: Verdict): boolean =>
  runs(verdict) || (verdict.is === 'queued' && (verdict.alone.is === 'fits' || verdict.alone.is === 'preempts'));

function togetherSentence(jobs: readonly Job[], known: Outlook | { unknown: Message }): Words | undefined {
  if ('unknown' in known) {
    if (!jobs.some(({ model }) => model.demand.gpusPerPod > 0)) return undefined;
    const sentence = message('finding.capacity.unknown', { reason: known.unknown });
    return { icon: 'question', text: message('submit.look.unknown'), sentence };
  }
  const judged = jobs.flatMap(({ model, beside }) => (beside ? [{ model, beside }] : []));
  if (judged.length < 2) return undefined;
  const count = judged.length;
  const fits = judged.filter(({ model, beside }) => fitsNow(beside) || holdsItAlready(model, known)).length;
  const text =
    fits === count ? message('submit.look.all-fit', { count }) : message('submit.look.some-fit', { fits, count });
  return { icon: fits === count ? 'pass' : 'warning', text, sentence: text };
}

/** The job of that name that is held, and what a submit does to it. */
function whatIsThere({ state, status, namespace }: Session, model: JobModel, text: string): Message | undefined {
  const workload = state.workload(model.namespace ?? namespace, model.name);
  if (!workload) return undefined;
  const { state: said } = describeJob(state, workload, status.podsKnown);
  if (workload.jobKind !== model.kind)
    return message('submit.look.other-kind', { kind: kindWord(workload.jobKind), state: said });
  if (workload.outcome) return message('submit.look.ended', { state: said });
  return message(workload.specHash === specHash(text) ? 'submit.look.same' : 'submit.look.there', { state: said });
}
