import { type KubeObject, ourLabel } from '../../model/kubeObject.ts';

/** Label by which Kueue knows the queue of a main resource. */
export const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';
/** Annotation of a training: the queue that it waits in once it is started. */
export const QUEUE = 'queue';

/** The queue that decides when a main resource runs; `undefined` also for one that is held, and is in no queue yet. */
export const queueOf = ({ metadata }: KubeObject): string | undefined => metadata.labels?.[QUEUE_LABEL];

/** The queue of a main resource, also of one that is held. */
export const wantedQueue = (main: KubeObject): string | undefined =>
  queueOf(main) ?? ourLabel(main.metadata.annotations, QUEUE);
