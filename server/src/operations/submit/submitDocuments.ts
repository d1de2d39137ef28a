import { kindWord, type Message, message } from '../../../../l10n/index.ts';
import type { Verdict } from '../../capacity/verdict.ts';
import { type CheckedFile, errorsOf } from '../../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../../kinds/document.ts';
import { isJob } from '../../kinds/kind.ts';
import { asGpuctlError, cancelled, type GpuctlError } from '../error.ts';
import type { Session } from '../session.ts';
import { inOrder, LAST_RANK, nameOf, rankOf } from './documentOrder.ts';
import { digestOf, type Plan } from './plan.ts';
import { hasErrors, prepare, type Submitted, submit } from './submit.ts';

/** A document of a file that is to be submitted. */
export interface DocumentToSubmit {
  file: CheckedFile;
  document: GpuctlDocument;
  /** Where the file lies in the workspace. */
  path: string | undefined;
  gitCommit: string | undefined;
}

/** What became of one document. */
export type DocumentResult = { document: GpuctlDocument } & (
  | { is: 'submitted'; submitted: Submitted }
  /** What would be done; only in a dry run. */
  | { is: 'planned'; plan: Plan }
  | { is: 'failed'; error: GpuctlError }
  | { is: 'not-agreed'; plan: Plan }
  /** What it needs was not submitted. */
  | { is: 'skipped'; why: Message }
);

/** What a person says of what a plan takes from somebody. `hold`: the job is made, and not started. */
export type Agreement = 'yes' | 'hold' | 'no';

/** A plan that a person is to agree to, and the document that it is of. */
export interface Asked {
  plan: Plan;
  document: GpuctlDocument;
}

export interface SubmitDocumentsOptions {
  /** Context that the person saw when choosing this; another one by now is refused. */
  context?: string | undefined;
  /** The session's namespace that the person saw; see `SubmitRequest`. */
  namespace?: string | undefined;
  /** Only says what would be done. */
  dryRun?: boolean;
  /** Makes jobs without starting them. */
  hold?: boolean;
  /** Asks a person whether plans may be done, all at once that are there by then; the answers in the same order. */
  agree(asked: readonly Asked[]): Promise<readonly Agreement[]>;
  /** Hears of each document as soon as something has become of it, in whatever order. */
  done?(result: DocumentResult): void;
  signal: AbortSignal;
}

/** Jobs that are submitted at a time: with more of them, each would only wait longer for its turn on the connection. */
const AT_ONCE = 6;

/** A document on its way. */
interface Entry extends DocumentToSubmit {
  /** Digests of what a person agreed to. */
  agreed: string[];
  hold: boolean;
  /** Its verdict beside those before it, as things were at first. */
  beside: Verdict | undefined;
  /** `undefined`: called off. */
  result: PromiseWithResolvers<DocumentResult | undefined>;
}

/**
 * Submits documents of one or several files: quotas first, then pools, each after the other, then jobs, several at a time. Hands on what became of
 * each in this order. One that fails stops only those that need it. Throws GpuctlError where there is no connection, and `cancelled`
 * once all that was begun has ended, after what was done.
 */
export async function* submitDocuments(
  session: Session,
  documents: readonly DocumentToSubmit[],
  options: SubmitDocumentsOptions,
): AsyncGenerator<DocumentResult> {
  const cluster = await session.cluster();
  const context = options.context ?? cluster.context.context;
  const missing: GpuctlDocument[] = [];
  let isCancelled = false;
  for (const stage of Map.groupBy(inOrder(documents), ({ document }) => rankOf(document)).values()) {
    const verdicts = togetherNow(session, stage);
    const entries = stage.map(
      (one): Entry => ({
        ...one,
        agreed: [],
        hold: options.hold ?? false,
        beside: verdicts.get(one.document),
        result: Promise.withResolvers(),
      }),
    );
    const working = submitStage(session, entries, missing, { ...options, context });
    for (const { document, result } of entries) {
      const one = await result.promise;
      if (one) yield one;
      isCancelled ||= one === undefined;
      if (one?.is === 'failed' || one?.is === 'not-agreed') missing.push(document);
    }
    await working;
    if (isCancelled) throw cancelled();
  }
}

/** Submits documents, then asks what came up, then submits again what was agreed to, until nothing is left. Never rejects. */
async function submitStage(
  session: Session,
  entries: readonly Entry[],
  missing: readonly GpuctlDocument[],
  options: SubmitDocumentsOptions & { context: string },
): Promise<void> {
  const settle = ({ result }: Entry, one: DocumentResult | undefined) => {
    result.resolve(one);
    if (one) options.done?.(one);
  };
  for (let round = entries; round.length; ) {
    const waiting: { entry: Entry; plan: Plan }[] = [];
    // Documents of the same name wait for each other.
    const chains = [...Map.groupBy(round, ({ document }) => identityOf(session, document)).values()];
    await inTurns(chains, rankOf((entries[0] as Entry).document) < LAST_RANK ? 1 : AT_ONCE, async (chain) => {
      for (const entry of chain) {
        const done = await submitOne(session, entry, missing, options);
        if (done && 'ask' in done) waiting.push({ entry, plan: done.ask });
        else settle(entry, done);
      }
    });
    round = [];
    if (!waiting.length) return;
    const order = (entry: Entry) => entries.indexOf(entry);
    waiting.sort((a, b) => order(a.entry) - order(b.entry));
    try {
      const answers = await askUnlessCalledOff(
        waiting.map(({ entry: { document }, plan }) => ({ document, plan })),
        options,
      );
      if (!answers) {
        for (const { entry } of waiting) settle(entry, undefined);
        return;
      }
      round = waiting.flatMap(({ entry, plan }, index) => {
        const answer = answers[index];
        if (answer === 'yes') entry.agreed.push(digestOf(plan));
        else if (answer === 'hold' && !entry.hold) entry.hold = true;
        else {
          settle(entry, { document: entry.document, is: 'not-agreed', plan });
          return [];
        }
        return [entry];
      });
    } catch (error) {
      for (const { entry } of waiting)
        settle(entry, { document: entry.document, is: 'failed', error: asGpuctlError(error) });
    }
  }
}

/** `undefined` as soon as it is called off, also while a question is open. */
async function askUnlessCalledOff(
  asked: readonly Asked[],
  { agree, signal }: SubmitDocumentsOptions,
): Promise<readonly Agreement[] | undefined> {
  if (signal.aborted) return undefined;
  const calledOff = Promise.withResolvers<undefined>();
  const callOff = () => calledOff.resolve(undefined);
  signal.addEventListener('abort', callOff, { once: true });
  try {
    return await Promise.race([agree(asked), calledOff.promise]);
  } finally {
    signal.removeEventListener('abort', callOff);
  }
}

/** Does work on all items, so many at a time, in their order. */
async function inTurns<T>(items: readonly T[], most: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
}

async function submitOne(
  session: Session,
  { file, document, path, gitCommit, agreed, hold, beside }: Entry,
  missing: readonly GpuctlDocument[],
  { context, namespace, dryRun, signal }: SubmitDocumentsOptions,
): Promise<DocumentResult | { ask: Plan } | undefined> {
  const needed = missing.find((other) => needs(session, document, other));
  if (needed) {
    const kind = kindWord(needed.kind?.name ?? needed.kindName);
    return { document, is: 'skipped', why: message('submit.skipped', { kind, name: nameOf(needed) }) };
  }
  try {
    if (signal.aborted) return undefined;
    if (!document.model || errorsOf(file, document).length) throw hasErrors(document);
    const origin = { document, path, gitCommit, hold, beside };
    if (dryRun) {
      const { plan } = await session.use((open) => prepare(session, open, origin, signal));
      return { document, is: 'planned', plan };
    }
    const done = await submit(session, { ...origin, context, namespace, agreed, signal });
    return 'ask' in done ? done : { document, is: 'submitted', submitted: done };
  } catch (failure) {
    const error = asGpuctlError(failure);
    return error.code === 'cancelled' ? undefined : { document, is: 'failed', error };
  }
}

/** What is one in the cluster: two documents of it are not submitted at the same time. */
function identityOf(session: Session, document: GpuctlDocument): string {
  const { model, kindName } = document;
  const place = isJob(model) ? `job ${model.namespace ?? session.namespace}` : kindName;
  return `${place} ${nameOf(document)}`;
}

/** The verdict of each job beside those before it; nothing of one alone, and where nothing is known. */
function togetherNow(session: Session, stage: readonly DocumentToSubmit[]): Map<GpuctlDocument, Verdict> {
  const jobs = stage.flatMap(({ document }) => (isJob(document.model) ? [{ document, model: document.model }] : []));
  if (jobs.length < 2 || session.status.capacityUnknown) return new Map();
  const verdicts = session.outlook.together(jobs.map(({ model }) => model));
  return new Map(jobs.flatMap(({ document }, index) => (verdicts[index] ? [[document, verdicts[index]]] : [])));
}

/** Whether a job goes into a pool, or a namespace, that the other document was to make. */
function needs(session: Session, { model }: GpuctlDocument, other: GpuctlDocument): boolean {
  if (!isJob(model) || !other.kind) return false;
  const { pool, namespace } = (other.value ?? {}) as { pool?: { name?: unknown } | null; namespace?: object | null };
  if (other.kind.name === 'pool') return model.demand.pool !== undefined && model.demand.pool === pool?.name;
  return other.kind.name === 'quota' && Object.hasOwn(namespace ?? {}, model.namespace ?? session.namespace);
}
