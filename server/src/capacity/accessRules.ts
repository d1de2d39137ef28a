import { kindWord, message } from '../../../l10n/index.ts';
import { type GpuctlDocument, placeFindings } from '../kinds/document.ts';
import { severityOf } from '../kinds/findingList.ts';
import { type DocumentModel, isJob } from '../kinds/kind.ts';
import { applyLevels, type Levels } from '../kinds/levels.ts';
import type { Finding, RuleFinding } from '../model/finding.ts';

/** A right that somebody lacks, by the words of Kubernetes: `create` on `jobs`. */
export interface MissingRight {
  verb: string;
  resource: string;
  /** `undefined`: of the whole cluster. */
  namespace: string | undefined;
}

/** What is known of the person's rights. It answers from what is held; what is not known is `undefined`, and nothing is said of it. */
export interface KnownRights {
  cluster: string;
  /** The first right that is known to be missing to submit the document. */
  missingToSubmit(model: DocumentModel): MissingRight | undefined;
  /** False where a pool is for some people only and the person is known not to be one of them (`decisions.md` 28). */
  mayUsePool(pool: string): boolean | undefined;
}

/** What the person may not do with a document. */
export function accessBreaches({ model }: GpuctlDocument, rights: KnownRights): RuleFinding[] {
  if (!model) return [];
  return [...maySubmit(model, rights), ...mayUse(model, rights)];
}

/** The findings of a document, and what the person may not do with it. Cheap where nothing is known to be forbidden. */
export function withAccessFindings(
  known: readonly Finding[],
  document: GpuctlDocument,
  rights: KnownRights | undefined,
  levels: Levels,
): readonly Finding[] {
  const broken = rights ? accessBreaches(document, rights) : [];
  return broken.length ? [...known, ...applyLevels(placeFindings(broken, document), document, levels)] : known;
}

function maySubmit(model: DocumentModel, rights: KnownRights): RuleFinding[] {
  const right = rights.missingToSubmit(model);
  if (!right) return [];
  const { verb, resource, namespace } = right;
  const { cluster } = rights;
  const code = 'access.may-not-submit';
  const kind = kindWord(model.kind);
  const say = isJob(model)
    ? message('finding.access.may-not-submit', { kind, namespace: namespace ?? '', cluster, verb, resource })
    : message('finding.access.may-not-submit.settings', { kind, cluster, verb, resource });
  const path = isJob(model) && model.namespace !== undefined ? ['job', 'namespace'] : ['kind'];
  return [{ code, severity: severityOf(code), path, message: say }];
}

function mayUse(model: DocumentModel, rights: KnownRights): RuleFinding[] {
  const pool = isJob(model) ? model.demand.pool : undefined;
  if (pool === undefined || rights.mayUsePool(pool) !== false) return [];
  const code = 'access.pool-restricted';
  const say = message('finding.access.pool-restricted', { pool, cluster: rights.cluster });
  return [{ code, severity: severityOf(code), path: ['resources', 'pool'], message: say }];
}
