import { message } from '../../../l10n/index.ts';
import { type KubeObject, ourLabel } from '../model/kubeObject.ts';
import { hideSecrets, SECRET_MARKER, secretsIn } from '../model/secrets.ts';
import type { JobPartsDto, JobResourceDto } from '../protocol.ts';
import type { JobName } from './deleteJob.ts';
import { GpuctlError } from './error.ts';
import type { JobTarget } from './lifecycle.ts';
import { findMain } from './mainResource.ts';
import { writeManifest } from './manifestText.ts';
import { ownedBy } from './owned.ts';
import type { Session } from './session.ts';
import { sourceOf } from './source.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** What a job consists of and where it came from, read now; `undefined` where there is none. */
export function readJobParts(
  session: Session,
  { namespace, name }: JobName,
  signal: AbortSignal,
): Promise<JobPartsDto | undefined> {
  return session.use(async (cluster) => {
    const main = await findMain(cluster, namespace, name, signal);
    if (!main) return undefined;
    const { annotations } = main.metadata;
    const source = sourceOf(main);
    const path = ourLabel(annotations, 'source-path');
    const commit = ourLabel(annotations, 'git-commit');
    const lastOutcome = ourLabel(annotations, 'last-outcome');
    const owned = await ownedBy(cluster, main, { signal });
    return {
      resources: [main, ...owned].map(({ kind, metadata }) => ({ kind, name: metadata.name })),
      ...(source !== undefined && { source: textWithoutSecrets(source, secretsIn(main)) }),
      ...(path && { path }),
      ...(commit && { commit }),
      ...(lastOutcome && { lastOutcome: lastOutcome.startsWith('failed') ? 'failed' : 'succeeded' }),
    };
  });
}

/** One of the resources that `readJobParts` names, as it is now and without secrets; `undefined` where it is gone. Throws GpuctlError in another cluster. */
export function readJobResource(
  session: Session,
  { job: { namespace, name }, context }: JobTarget,
  wanted: JobPartsDto['resources'][number],
  signal: AbortSignal,
): Promise<JobResourceDto | undefined> {
  return session.use(async (cluster) => {
    const { context: now, cluster: clusterName } = cluster.context;
    if (context !== undefined && context !== now)
      throw new GpuctlError('job.other-cluster', message('lifecycle.other-cluster', { name, context, now }));
    const main = await findMain(cluster, namespace, name, signal);
    if (!main) return undefined;
    const all = [main, ...(await ownedBy(cluster, main, { signal }))];
    const object = all.find(({ kind, metadata }) => kind === wanted.kind && metadata.name === wanted.name);
    if (!object) return undefined;
    const { managedFields: _, ...metadata } = object.metadata as KubeObject['metadata'] & { managedFields?: unknown };
    const shown = withoutSecrets({ ...object, metadata }, secretsIn(all));
    const lines = writeManifest(shown).map(({ text }) => text);
    return { context: now, cluster: clusterName, text: `${lines.join('\n')}\n` };
  });
}

/** What a submit noted down has no secrets in it; what another hand did may. */
function textWithoutSecrets(text: string, secrets: readonly string[]): string {
  const safe = secrets.reduce((rest, secret) => rest.replaceAll(secret, SECRET_MARKER), text);
  return hideSecrets(safe, SECRET_MARKER);
}
