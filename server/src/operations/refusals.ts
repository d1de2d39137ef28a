import { type Message, message } from '../../../l10n/index.ts';
import { MANAGED } from '../kinds/manifests/metadata.ts';
import { GpuctlError } from './error.ts';
import type { Cluster, KubeObject } from './ports.ts';

/** Sentences that are told at most: the rest goes without saying. */
const TOLD = 5;

/** Everything that is in the way of a plan, so that a person hears all of it at once: each thing once, in the order in which it was begun. */
export class Refusals {
  private readonly errors: (GpuctlError | undefined)[] = [];

  add(code: string, say: Message): void {
    this.errors.push(new GpuctlError(code, say));
  }

  /** Does one thing; what refuses it is kept for later. A broken connection and a cancelled operation throw at once. */
  async gather(run: () => Promise<unknown>): Promise<void> {
    const place = this.errors.push(undefined) - 1; // answers come in any order
    try {
      await run();
    } catch (error) {
      const isRefusal = error instanceof GpuctlError && (error.status !== undefined || ANSWERS.includes(error.code));
      if (!isRefusal) throw error;
      this.errors[place] = error;
    }
  }

  /** Throws what was gathered as one error, or goes on where nothing was. Several are `settings.refused` where the cluster is among those who refuse. */
  throw(): void {
    const gathered = this.errors.filter((error) => error !== undefined);
    const errors = distinct(gathered, ({ say }) => say);
    const [first] = errors;
    if (!first) return;
    if (errors.length === 1) throw first;
    const hints = distinct(
      errors.flatMap(({ hint }) => hint ?? []),
      (hint) => hint,
    );
    const code = errors.some(isOfCluster) ? 'settings.refused' : first.code;
    throw new GpuctlError(code, sentences(errors.map(({ say }) => say)), {
      detail: distinct(errors, ({ detail }) => detail)
        .flatMap(({ detail }) => detail ?? [])
        .join('\n'),
      ...(hints.length && { hint: sentences(hints) }),
    });
  }
}

/** Codes of refusals that are known without an answer of the API server. */
const ANSWERS = ['connection.forbidden', 'settings.name-taken'];

const isOfCluster = ({ status, code }: GpuctlError): boolean => status !== undefined || code.startsWith('connection.');

/** Whether an object was made by gpuctl. */
export const isOurs = ({ metadata: { labels } }: KubeObject): boolean =>
  Object.entries(MANAGED).every(([key, value]) => labels?.[key] === value);

/** Throws where an object was not made by gpuctl. */
export function requireOurs(cluster: Cluster, object: KubeObject): void {
  if (isOurs(object)) return;
  const { kind, metadata } = object;
  const { name, namespace = '' } = metadata;
  const hint = message('settings.name-taken.hint', { cluster: cluster.context.cluster });
  throw new GpuctlError('settings.name-taken', message('settings.name-taken', { kind, name, namespace }), { hint });
}

/** Several sentences as one text. */
export const sentences = (all: readonly Message[]): Message =>
  all.slice(0, TOLD).reduceRight((rest, first) => message('settings.and', { first, rest }));

function distinct<T>(items: readonly T[], by: (item: T) => unknown): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(by(item)), item])).values()];
}
