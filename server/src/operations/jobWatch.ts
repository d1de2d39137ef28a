import { ClusterState } from '../state/clusterState.ts';
import { toPod, toWorkload } from '../state/project.ts';
import type { PodRecord, WorkloadRecord } from '../state/records.ts';
import type { Cluster, CollectionRef, Delta, KubeObject } from './ports.ts';

/** The pods of a job, those of earlier jobs of its name among them. */
export function podsOf({ resource, namespace, name }: WorkloadRecord): CollectionRef {
  const label = resource === 'Job' ? 'batch.kubernetes.io/job-name' : 'app';
  return { apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: `${label}=${name}` };
}

/** One job and its pods, watched for themselves: whatever namespace the window looks at, and whatever it may see there. */
export class JobWatch {
  readonly state = new ClusterState();
  private readonly cluster: Cluster;
  private readonly known: WorkloadRecord;
  private readonly watches: { dispose(): void }[];
  private readonly waiting = new Set<() => void>();
  private refusal: Error | undefined;
  /** Whether its pods are known by now. */
  isListed = false;
  /** Why its pods cannot be followed at this moment; `undefined` while they are. */
  trouble: Error | undefined;

  /** `known` is the job as it was just read. */
  constructor(cluster: Cluster, apiVersion: string, known: WorkloadRecord) {
    this.cluster = cluster;
    this.known = known;
    const { resource: kind, namespace, name } = known;
    this.state.applyWorkloads(kind, [{ type: 'reset', items: [known] }]);
    this.watches = [
      this.start({ apiVersion, kind, namespace, fieldSelector: `metadata.name=${name}` }, toWorkload, (deltas) =>
        this.state.applyWorkloads(kind, deltas),
      ),
      this.start(this.collection, toPod, (deltas) => this.state.applyPods(deltas)),
    ];
  }

  /** The job; `undefined` once it is deleted, also where another bears its name by now. */
  get workload(): WorkloadRecord | undefined {
    const { namespace, name, uid } = this.known;
    const found = this.state.workload(namespace, name);
    return found?.uid === uid ? found : undefined;
  }

  get pods(): PodRecord[] {
    return this.state.podsOf(this.known.namespace, this.known.name, this.known);
  }

  /** The pods by asking: the news of a job's end may be faster than that of a short-lived pod. Throws what every call throws. */
  async listPods(signal: AbortSignal): Promise<PodRecord[]> {
    const asked = new ClusterState();
    const items = (await this.cluster.list(this.collection, { signal })).map(toPod);
    asked.applyPods([{ type: 'reset', items }]);
    return asked.podsOf(this.known.namespace, this.known.name, this.known);
  }

  /** Settles with the next change. Rejects with the reason of the signal, or where the job or its pods may not be watched. */
  async next(signal: AbortSignal): Promise<void> {
    if (this.refusal) throw this.refusal;
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.waiting.add(resolve);
    const wake = () => resolve();
    signal.addEventListener('abort', wake);
    try {
      await promise;
    } finally {
      this.waiting.delete(resolve);
      signal.removeEventListener('abort', wake);
    }
    signal.throwIfAborted();
    if (this.refusal) throw this.refusal;
  }

  dispose(): void {
    for (const watch of this.watches) watch.dispose();
  }

  private get collection(): CollectionRef {
    return podsOf(this.known);
  }

  private start<T>(
    collection: CollectionRef,
    project: (object: KubeObject) => T | undefined,
    apply: (deltas: Delta<T>[]) => void,
  ): { dispose(): void } {
    return this.cluster.watch<T>({
      collection,
      project,
      onDelta: (deltas) => {
        apply(deltas);
        this.wake();
      },
      onStatus: (status) => {
        if (status.phase === 'live' && collection.kind === 'Pod' && !this.isListed) {
          this.isListed = true;
          this.wake();
        }
        if (collection.kind === 'Pod') {
          const trouble = status.phase === 'retrying' ? status.error : undefined;
          const isNews = Boolean(trouble) !== Boolean(this.trouble);
          this.trouble = trouble;
          if (isNews) this.wake();
        }
        if (status.phase !== 'forbidden') return;
        this.refusal = status.error;
        this.wake();
      },
    });
  }

  private wake(): void {
    for (const resolve of [...this.waiting]) resolve();
  }
}
