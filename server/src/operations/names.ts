import type { Access, CallOptions, Cluster } from './ports.ts';
import type { Session } from './session.ts';

/** Kinds of objects whose names can be asked for. */
export type NamedKind = 'namespaces' | 'claims' | 'secrets' | 'storageClasses' | 'queues';

/** What is known of names at this moment. `complete` is false while they are under way: whoever asks again has them then. */
export interface KnownNames {
  names: readonly string[];
  complete: boolean;
}

interface Source {
  apiVersion: string;
  kind: string;
  access: Pick<Access, 'group' | 'resource'>;
  namespaced: boolean;
}

const SOURCES: Readonly<Record<NamedKind, Source>> = {
  namespaces: {
    apiVersion: 'v1',
    kind: 'Namespace',
    access: { group: '', resource: 'namespaces' },
    namespaced: false,
  },
  claims: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    access: { group: '', resource: 'persistentvolumeclaims' },
    namespaced: true,
  },
  secrets: { apiVersion: 'v1', kind: 'Secret', access: { group: '', resource: 'secrets' }, namespaced: true },
  storageClasses: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    access: { group: 'storage.k8s.io', resource: 'storageclasses' },
    namespaced: false,
  },
  queues: {
    apiVersion: 'kueue.x-k8s.io/v1beta1',
    kind: 'LocalQueue',
    access: { group: 'kueue.x-k8s.io', resource: 'localqueues' },
    namespaced: true,
  },
};

/** Milliseconds for which an answer holds, and for which one question may take. */
const HOLDS = 60_000;
const PATIENCE = 5_000;
/** Answers that are kept; people look at few namespaces. */
const KEPT = 50;
const NONE: KnownNames = { names: [], complete: true };

/**
 * Names of objects for completion, asked for when first wanted, of the connection that is open, and only where the person may list
 * them. It never connects and never fails: what cannot be had is empty.
 */
export class Names {
  private readonly session: Session;
  private readonly now: () => number;
  private readonly answers = new Map<string, { until: number; known: KnownNames }>();
  private server: string | undefined;

  constructor(session: Session, now: () => number = Date.now) {
    this.session = session;
    this.now = now;
  }

  /** Names of a kind in a namespace; without one, in that of the window. */
  get(kind: NamedKind, namespace: string = this.session.namespace): KnownNames {
    const { phase, target } = this.session.status;
    if (!this.session.isTrusted || phase !== 'connected' || !target) return NONE;
    const server = `${target.context} ${target.server} ${target.user}`;
    if (server !== this.server) this.answers.clear();
    this.server = server;
    const source = SOURCES[kind];
    const at = source.namespaced ? namespace : undefined;
    const key = `${kind} ${at ?? ''}`;
    const answer = this.answers.get(key);
    if (answer && answer.until > this.now()) return answer.known;
    // What was known before is still the best guess while it is asked for again.
    const pending = { until: Number.POSITIVE_INFINITY, known: { names: answer?.known.names ?? [], complete: false } };
    this.keep(key, pending);
    void this.session
      .use((cluster) => listNames(cluster, kind, at, { timeout: PATIENCE }))
      .catch(() => undefined)
      .then((names = []) => {
        if (this.answers.get(key) !== pending) return;
        this.keep(key, { until: this.now() + HOLDS, known: { names, complete: true } });
      });
    return pending.known;
  }

  private keep(key: string, answer: { until: number; known: KnownNames }): void {
    this.answers.delete(key);
    this.answers.set(key, answer);
    const [oldest] = this.answers.keys();
    if (this.answers.size > KEPT && oldest !== undefined) this.answers.delete(oldest);
  }
}

/** Names of a kind in a namespace, sorted; `undefined` where the person may not list them. */
export async function listNames(
  cluster: Cluster,
  named: NamedKind,
  namespace: string | undefined,
  options: CallOptions,
): Promise<string[] | undefined> {
  const { apiVersion, kind, access, namespaced } = SOURCES[named];
  const where = namespaced && namespace !== undefined ? { namespace } : {};
  if (!(await cluster.mayI({ verb: 'list', ...access, ...where }, options))) return undefined;
  return (await cluster.listNames({ apiVersion, kind, ...where }, options)).sort();
}
