import { message } from '../../../l10n/index.ts';
import type { JobModel } from '../kinds/kind.ts';
import { nearest } from '../model/nearest.ts';
import { GpuctlError } from './error.ts';
import { listNames, type NamedKind } from './names.ts';
import type { Cluster } from './ports.ts';

type Referred = Extract<NamedKind, 'claims' | 'secrets' | 'storageClasses'>;

/** Names that a person is told of. */
const MOST_TOLD = 5;

/**
 * What a job refers to must be there: its pods would wait for it without a word. What may not be listed is not known, and no reason to
 * stop. Throws `submit.no-claims`, `submit.no-secrets`, `submit.no-storageClasses`.
 */
export async function requireReferences(
  cluster: Cluster,
  model: JobModel,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  const referred: Record<Referred, string[]> = { claims: [], secrets: [], storageClasses: [] };
  for (const { source } of model.workdirs) {
    if (source.from === 'claim') referred.claims.push(source.name);
    if (source.from === 'new' && source.storageClass) referred.storageClasses.push(source.storageClass);
  }
  for (const entry of model.environment.env) if ('secret' in entry) referred.secrets.push(entry.secret);
  await Promise.all(
    (Object.keys(referred) as Referred[]).map(async (kind) => {
      const wanted = referred[kind];
      const there = wanted.length ? await listNames(cluster, kind, namespace, { signal }) : undefined;
      const missing = there && wanted.find((name) => !there.includes(name));
      if (missing !== undefined) throw toError(kind, missing, namespace, there ?? []);
    }),
  );
}

function toError(kind: Referred, name: string, namespace: string, there: readonly string[]): GpuctlError {
  const say = message(`submit.missing.${kind}`, { name, namespace });
  const guess = nearest(name, there);
  if (guess) return new GpuctlError(`submit.no-${kind}`, say, { hint: message('submit.did-you-mean', { guess }) });
  const told = there.slice(0, MOST_TOLD).join(', ') + (there.length > MOST_TOLD ? ', …' : '');
  const hint = told
    ? message('submit.there-are', { names: told })
    : message(`submit.make.${kind}`, { name, namespace });
  return new GpuctlError(`submit.no-${kind}`, say, { hint });
}
