import type { KubeObject } from '../model/kubeObject.ts';
import type { Delta } from './delta.ts';
import { objectKey } from './delta.ts';

/** What is kept of an Event: why something that a job needs does not get on. */
export interface EventRecord {
  key: string;
  /** The object that it is about. */
  uid: string;
  kind: string;
  namespace: string;
  name: string;
  /** Kubernetes' reason, such as `FailedCreate`, and the raw text, cut. */
  reason: string;
  message: string;
  /** How often it happened. */
  count: number;
  firstAt: string | undefined;
  lastAt: string | undefined;
}

/** Objects whose events are of use. */
const KINDS = ['Pod', 'Job', 'Deployment', 'ReplicaSet', 'StatefulSet'];
/** Events that are explained: of a pod that does not start, and of a controller that cannot make its pods. */
const REASONS = [
  'Failed',
  'FailedAttachVolume',
  'FailedCreate',
  'FailedCreatePodSandBox',
  'FailedMount',
  'FailedScheduling',
  'NotTriggerScaleUp',
  'TriggeredScaleUp',
  'Unhealthy',
];
const LONGEST = 1_000;

/** Events that come by the thousand and explain nothing: a watch with this field selector is spared them. */
export const EVENT_SELECTOR = [
  'Scheduled',
  'Pulling',
  'Pulled',
  'Created',
  'Started',
  'Killing',
  'SuccessfulCreate',
  'BackOff',
]
  .map((reason) => `reason!=${reason}`)
  .join(',');

/** What is kept of an Event; `undefined` for those that explain nothing. Its object may be anybody's: that is seen where it is asked for. */
export function toEvent(object: KubeObject): EventRecord | undefined {
  const {
    involvedObject: about,
    reason,
    message,
    count,
    series,
    firstTimestamp,
    lastTimestamp,
    eventTime,
  } = object as unknown as {
    involvedObject?: { uid?: string; kind?: string; namespace?: string; name?: string };
    reason?: string;
    message?: string;
    count?: number;
    series?: { count?: number; lastObservedTime?: string };
    firstTimestamp?: string;
    lastTimestamp?: string;
    eventTime?: string;
  };
  if (!about?.uid || !KINDS.includes(about.kind ?? '') || !REASONS.includes(reason ?? '')) return undefined;
  return {
    key: objectKey(object.metadata),
    uid: about.uid,
    kind: about.kind ?? '',
    namespace: about.namespace ?? '',
    name: about.name ?? '',
    reason: reason ?? '',
    message: (message ?? '').slice(0, LONGEST),
    count: series?.count ?? count ?? 1,
    firstAt: firstTimestamp ?? eventTime,
    lastAt: series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? object.metadata.creationTimestamp,
  };
}

/** Events of one object that are looked at. */
const NEWEST = 8;

/** The events that are held, by the object that they are about. They end by themselves after an hour, and may never come. */
export class EventStore {
  readonly #byKey = new Map<string, EventRecord>();
  readonly #byObject = new Map<string, Map<string, EventRecord>>();
  /** Those about versions of Deployments. */
  readonly #ofVersions = new Map<string, EventRecord>();

  /** Whether anything differs from before. */
  apply(deltas: readonly Delta<EventRecord>[]): boolean {
    let changed = false;
    for (const delta of deltas) {
      if (delta.type === 'reset') {
        changed ||= this.#byKey.size + delta.items.length > 0;
        this.#byKey.clear();
        this.#byObject.clear();
        this.#ofVersions.clear();
        for (const item of delta.items) this.#set(item);
      } else if (delta.type === 'set') {
        this.#remove(delta.item.key);
        this.#set(delta.item);
        changed = true;
      } else changed = this.#remove(delta.key) || changed;
    }
    return changed;
  }

  /** The newest events about an object, newest first. */
  of(uid: string): EventRecord[] {
    const all = [...(this.#byObject.get(uid)?.values() ?? [])];
    return all.sort((a, b) => (b.lastAt ?? '').localeCompare(a.lastAt ?? '')).slice(0, NEWEST);
  }

  /** The newest events about the versions of a Deployment, newest first. */
  ofVersions(namespace: string, deployment: string): EventRecord[] {
    const isOf = (event: EventRecord) =>
      event.namespace === namespace && event.name.slice(0, event.name.lastIndexOf('-')) === deployment;
    const all = [...this.#ofVersions.values()].filter(isOf);
    return all.sort((a, b) => (b.lastAt ?? '').localeCompare(a.lastAt ?? '')).slice(0, NEWEST);
  }

  #set(item: EventRecord): void {
    this.#byKey.set(item.key, item);
    if (item.kind === 'ReplicaSet') this.#ofVersions.set(item.key, item);
    const members = this.#byObject.get(item.uid);
    if (members) members.set(item.key, item);
    else this.#byObject.set(item.uid, new Map([[item.key, item]]));
  }

  #remove(key: string): boolean {
    const old = this.#byKey.get(key);
    if (!old) return false;
    this.#byKey.delete(key);
    this.#ofVersions.delete(key);
    const members = this.#byObject.get(old.uid);
    members?.delete(key);
    if (members?.size === 0) this.#byObject.delete(old.uid);
    return true;
  }
}
