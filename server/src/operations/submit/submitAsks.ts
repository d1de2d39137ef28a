import { type Message, message } from '../../../../l10n/index.ts';
import type { GpuctlDocument } from '../../kinds/document.ts';
import type { FailureAction, SubmitAnswer, SubmitAsk } from '../../protocol.ts';
import type { Say } from '../views.ts';
import type { Plan } from './plan.ts';
import type { Agreement, Asked } from './submitDocuments.ts';

/** How a person is asked. */
export interface AskDesk {
  cluster: string;
  say: Say;
  /** What changes the name of a document where it stands. */
  rename(document: GpuctlDocument): FailureAction;
  agree(ask: SubmitAsk): Promise<SubmitAnswer>;
  /** Once it is aborted, nothing more is asked. */
  signal: AbortSignal;
}

/** What of jobs may be asked of many at once, since nothing but the name tells one question from the other. */
const OF_ALL = {
  'submit.ask.ended': 'submit.ask.ended.all',
  'submit.ask.replace': 'submit.ask.replace.all',
  'submit.ask.other-kind': 'submit.ask.other-kind.all',
  'submit.ask.other-user': 'submit.ask.other-user.all',
  'submit.ask.other-file': 'submit.ask.other-file.all',
  'submit.ask.in-part': 'submit.ask.in-part.all',
  'submit.ask.beside': 'submit.ask.beside.all',
  'submit.ask.preempts': 'submit.ask.preempts.all',
  'submit.ask.preempts-in-part': 'submit.ask.preempts-in-part.all',
} as const;
const isOfAll = (key: string): key is keyof typeof OF_ALL => Object.hasOwn(OF_ALL, key);

/** Asks for each plan, and once for all jobs that are asked the same; the answers in the order of the plans. */
export async function askAll(asked: readonly Asked[], desk: AskDesk): Promise<Agreement[]> {
  const answers = new Map<Asked, Agreement>();
  const alone = async (one: Asked) => {
    if (desk.signal.aborted) return;
    const answer = await desk.agree(toAsk(one, desk));
    answers.set(one, answer === 'each' ? 'no' : answer);
  };
  for (const same of Map.groupBy(asked, (one) => kindOf(one.plan) ?? one).values()) {
    if (desk.signal.aborted) break;
    const answer = same.length > 1 ? await desk.agree(toAskOfAll(same, desk)) : 'each';
    for (const one of same) {
      if (answer === 'each') await alone(one);
      else answers.set(one, answer);
    }
  }
  return asked.map((one) => answers.get(one) ?? 'no');
}

/** What is asked, without of what; `undefined` where every question is one of its own. */
function kindOf(plan: Plan): string | undefined {
  const keys = plan.asks.map(({ key }) => key);
  return keys.every(isOfAll) ? JSON.stringify([keys, verbOf(plan), plan.canHold ?? false]) : undefined;
}

function toAsk({ plan, document }: Asked, { cluster, say, rename }: AskDesk): SubmitAsk {
  const { kind, name, namespace, asks, changes } = plan;
  return {
    kind,
    name,
    cluster,
    namespaces: namespace === undefined ? [] : [namespace],
    sentences: asks.map(say),
    changes: changes.flatMap((change) =>
      change.do === 'leave'
        ? []
        : [say(message(`plan.${change.do}`, { kind: change.object.kind, name: change.object.name }))],
    ),
    verb: verbOf(plan),
    ...(plan.canHold && { canHold: true }),
    actions: [
      ...(namespace === undefined ? [] : [{ do: 'openJob' as const, job: { namespace, name } }]),
      rename(document),
    ],
  };
}

function toAskOfAll(asked: readonly Asked[], { cluster, say }: AskDesk): SubmitAsk {
  const plans = asked.map(({ plan }) => plan);
  const { kind, name, asks, canHold } = plans[0] as Plan;
  const count = plans.length;
  const sentences = asks.flatMap(({ key }): Message[] => (isOfAll(key) ? [message(OF_ALL[key], { count })] : []));
  return {
    kind,
    name,
    cluster,
    all: plans.map((plan) => plan.name),
    namespaces: [...new Set(plans.flatMap(({ namespace }) => namespace ?? []))],
    sentences: sentences.map(say),
    changes: [],
    verb: verbOf(plans[0] as Plan),
    ...(canHold && { canHold }),
    actions: [],
  };
}

function verbOf({ outcome, asks }: Plan): SubmitAsk['verb'] {
  if (outcome === 'replaced') return asks.some(({ key }) => key === 'submit.ask.ended') ? 'run-again' : 'replace';
  return outcome === 'changed' ? 'change' : 'start';
}
