import { kindWord, type Message, message } from '../../../l10n/index.ts';
import { type CheckedFile, errorsOf } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import { isJob } from '../kinds/kind.ts';
import { asGpuctlError, type GpuctlError } from './error.ts';
import { digestOf, type Plan } from './plan.ts';
import type { Session } from './session.ts';
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

export interface SubmitDocumentsOptions {
  /** Context that the person saw when choosing this; another one by now is refused. */
  context?: string | undefined;
  /** Only says what would be done. */
  dryRun?: boolean;
  /** Makes jobs without starting them. */
  hold?: boolean;
  /** Asks a person whether a plan may be done, of the document that it is of. */
  agree(plan: Plan, document: GpuctlDocument): Promise<Agreement>;
  signal: AbortSignal;
}

const ORDER = ['quota', 'pool'];
/** What others need comes first: a quota makes namespaces, a pool is where jobs go. */
export const rankOf = ({ kind }: GpuctlDocument): number =>
  (ORDER.indexOf(kind?.name ?? '') + ORDER.length + 1) % (ORDER.length + 1);

/**
 * Submits documents of one or several files, quotas first, then pools, then jobs, and hands on what became of each as soon as it is known. One that
 * fails stops only those that need it. Throws GpuctlError where there is no connection, and `cancelled`.
 */
export async function* submitDocuments(
  session: Session,
  documents: readonly DocumentToSubmit[],
  options: SubmitDocumentsOptions,
): AsyncGenerator<DocumentResult> {
  const cluster = await session.cluster();
  const context = options.context ?? cluster.context.context;
  const missing: GpuctlDocument[] = [];
  for (const one of documents.toSorted((a, b) => rankOf(a.document) - rankOf(b.document))) {
    const { document } = one;
    const needed = missing.find((other) => needs(session, document, other));
    if (needed) {
      const kind = kindWord(needed.kind?.name ?? needed.kindName);
      const why = message('submit.skipped', { kind, name: nameOf(needed) });
      yield { document, is: 'skipped', why };
      continue;
    }
    const result = await submitOne(session, one, { ...options, context });
    if (result.is === 'failed' && result.error.code === 'cancelled') throw result.error;
    if (result.is === 'failed' || result.is === 'not-agreed') missing.push(document);
    yield result;
  }
}

async function submitOne(
  session: Session,
  { file, document, path, gitCommit }: DocumentToSubmit,
  { context, dryRun, hold = false, agree, signal }: SubmitDocumentsOptions,
): Promise<DocumentResult> {
  try {
    if (!document.model || errorsOf(file, document).length) throw hasErrors(document);
    const origin = { document, path, gitCommit, hold };
    if (dryRun) {
      const { plan } = await session.use((open) => prepare(session, open, origin, signal));
      return { document, is: 'planned', plan };
    }
    for (const agreed: string[] = []; ; ) {
      const done = await submit(session, { ...origin, context, agreed, signal });
      if (!('ask' in done)) return { document, is: 'submitted', submitted: done };
      const answer = await agree(done.ask, document);
      if (answer === 'yes') agreed.push(digestOf(done.ask));
      else if (answer === 'hold' && !origin.hold) origin.hold = true;
      else return { document, is: 'not-agreed', plan: done.ask };
    }
  } catch (error) {
    return { document, is: 'failed', error: asGpuctlError(error) };
  }
}

/** What a document is called, also where errors keep it from having a meaning; its kind where it has no name. */
export function nameOf({ kind, kindName, model, value }: GpuctlDocument): string {
  const section = (value as Record<string, { name?: unknown } | null> | null)?.[kind?.marks[0] ?? 'job'];
  return model?.name ?? (typeof section?.name === 'string' ? section.name : kindName);
}

/** Whether a job goes into a pool, or a namespace, that the other document was to make. */
function needs(session: Session, { model }: GpuctlDocument, other: GpuctlDocument): boolean {
  if (!isJob(model) || !other.kind) return false;
  const { pool, namespace } = (other.value ?? {}) as { pool?: { name?: unknown } | null; namespace?: object | null };
  if (other.kind.name === 'pool') return model.demand.pool !== undefined && model.demand.pool === pool?.name;
  return other.kind.name === 'quota' && Object.hasOwn(namespace ?? {}, model.namespace ?? session.namespace);
}
