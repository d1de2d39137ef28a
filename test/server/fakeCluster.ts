/** A small cluster in memory behind the ports of the operations: objects that tests put and take away, rights, connections that can be held back. */
import type { Duplex } from 'node:stream';
import { message } from '../../l10n/index.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import type {
  Access,
  Cluster,
  ClusterContext,
  Clusters,
  CollectionRef,
  KubeconfigContents,
  KubeObject,
  LogOptions,
  PodPort,
  WatchOptions,
} from '../../server/src/operations/ports.ts';
import { objectKey } from '../../server/src/state/delta.ts';

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean, timeout = 3_000): Promise<void> {
  for (const end = Date.now() + timeout; !holds(); await sleep(5)) {
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
  }
}

const cancelled = () => new GpuctlError('cancelled', message('connection.cancelled'));
export const forbidden = () =>
  new GpuctlError('connection.forbidden', message('connection.cancelled'), { status: 403 });

type LogScript = (pod: string, options: LogOptions) => AsyncIterable<string>;

/** What all connections to one API server share. */
export class FakeServer {
  private readonly objects = new Map<string, KubeObject>();
  private readonly watches = new Set<(type: 'set' | 'remove', object: KubeObject) => void>();
  /** Whether a collection may be listed and watched. */
  may: (collection: CollectionRef) => boolean = () => true;
  /** Whether somebody may; `undefined`: it cannot be said. */
  mayI: (access: Access) => boolean | undefined = () => undefined;
  /** Who the cluster says is connected; `undefined`: it does not say. */
  user: string | undefined;
  /** What is behind the port of a pod. */
  forward: (pod: PodPort, signal: AbortSignal) => Promise<Duplex> = async () => {
    throw new Error('no port in this fake');
  };
  log: LogScript = async function* () {};
  /** Logs that were asked for: pod, container, whether by time. */
  readonly logs: { pod: string; container: string | undefined; sinceTime: string | undefined }[] = [];
  readonly connections: FakeConnection[] = [];

  put(...objects: KubeObject[]): void {
    for (const object of objects) {
      this.objects.set(keyOf(object), object);
      for (const tell of this.watches) tell('set', object);
    }
  }

  take(object: KubeObject): void {
    this.objects.delete(keyOf(object));
    for (const tell of this.watches) tell('remove', object);
  }

  find({ kind, namespace, name }: { kind: string; namespace?: string; name: string }): KubeObject | undefined {
    return this.objects.get(`${kind}/${objectKey({ namespace, name })}`);
  }

  list(collection: CollectionRef): KubeObject[] {
    return [...this.objects.values()].filter((object) => isIn(object, collection));
  }

  watch<T>({ collection, project, onDelta, onStatus }: WatchOptions<T>): { dispose(): void } {
    const tell = (type: 'set' | 'remove', object: KubeObject) => {
      if (!isIn(object, collection)) return;
      const item = type === 'set' ? project(object) : undefined;
      onDelta([item === undefined ? { type: 'remove', key: objectKey(object.metadata) } : { type: 'set', item }]);
    };
    let disposed = false;
    setImmediate(() => {
      if (disposed) return;
      if (!this.may(collection)) return onStatus({ phase: 'forbidden', error: forbidden() });
      const items = this.list(collection)
        .map(project)
        .filter((item) => item !== undefined);
      onDelta([{ type: 'reset', items }]);
      onStatus({ phase: 'live', at: Date.now() });
      this.watches.add(tell);
    });
    return {
      dispose: () => {
        disposed = true;
        this.watches.delete(tell);
      },
    };
  }
}

const keyOf = ({ kind, metadata }: KubeObject) => `${kind}/${objectKey(metadata)}`;

function isIn({ kind, metadata }: KubeObject, collection: CollectionRef): boolean {
  if (kind !== collection.kind || (collection.namespace && metadata.namespace !== collection.namespace)) return false;
  const [label, value] = (collection.labelSelector ?? '').split('=');
  if (label && metadata.labels?.[label] !== value) return false;
  const name = /^metadata\.name=(.+)$/.exec(collection.fieldSelector ?? '')?.[1];
  return name === undefined || metadata.name === name;
}

let clock = 0;
/** The time as a node writes it before a line; each is later than the one before. */
function now(): string {
  clock = Math.max(clock + 1, Date.now() * 1_000);
  return `${new Date(clock / 1_000).toISOString().slice(0, 19)}.${String(clock % 1_000_000).padStart(6, '0')}000Z`;
}

/** One connection; after `close` it answers nothing any more. */
export class FakeConnection implements Cluster {
  readonly context: ClusterContext;
  readonly server: FakeServer;
  readonly watched: (CollectionRef & Pick<WatchOptions<unknown>, 'wasAllowed'>)[] = [];
  private readonly over = new AbortController();

  constructor(context: ClusterContext, server: FakeServer) {
    this.context = context;
    this.server = server;
    server.connections.push(this);
  }

  get closed(): boolean {
    return this.over.signal.aborted;
  }
  private check(): void {
    if (this.closed) throw cancelled();
  }
  async read(ref: { kind: string; namespace?: string; name: string }) {
    this.check();
    return this.server.find(ref);
  }
  async list(collection: CollectionRef) {
    this.check();
    if (!this.server.may(collection)) throw forbidden();
    return this.server.list(collection);
  }
  async listNames(collection: CollectionRef) {
    return (await this.list(collection)).map(({ metadata }) => metadata.name);
  }
  watch<T>(options: WatchOptions<T>) {
    this.watched.push({ ...options.collection, ...(options.wasAllowed && { wasAllowed: true }) });
    const watch = this.closed ? { dispose: () => undefined } : this.server.watch(options);
    this.over.signal.addEventListener('abort', () => watch.dispose());
    return watch;
  }
  async *log({ name }: { name: string }, options: LogOptions) {
    this.server.logs.push({ pod: name, container: options.container, sinceTime: options.sinceTime });
    const signal = AbortSignal.any([options.signal, this.over.signal]);
    const ended = new Promise<never>((_, reject) => {
      if (signal.aborted) reject(cancelled());
      signal.addEventListener('abort', () => reject(cancelled()));
    });
    ended.catch(() => undefined);
    const chunks = this.server.log(name, options)[Symbol.asyncIterator]();
    let begins = true;
    for (;;) {
      const { value, done } = await Promise.race([chunks.next(), ended]);
      if (done) return;
      const isTimed = options.timestamps && !/^\d{4}-\d\d-\d\dT/.test(value);
      yield isTimed
        ? value.replace(/^/gm, (_, at: number) => (at < value.length && (at || begins) ? `${now()} ` : ''))
        : value;
      begins = value.endsWith('\n');
    }
  }
  async exec(): Promise<never> {
    throw new Error('not in this fake');
  }
  async forward(pod: PodPort, signal: AbortSignal) {
    this.check();
    return this.server.forward(pod, AbortSignal.any([signal, this.over.signal]));
  }
  async create(object: KubeObject) {
    this.check();
    this.server.put(object);
    return { object, warnings: [] };
  }
  async apply(object: KubeObject) {
    return this.create(object);
  }
  async resources() {
    return undefined;
  }
  async patch(): Promise<never> {
    throw new Error('not in this fake');
  }
  async remove(): Promise<never> {
    throw new Error('not in this fake');
  }
  async mayI(access: Access) {
    return this.server.mayI(access);
  }
  async version() {
    return 'v1.36.3';
  }
  async whoAmI() {
    return this.server.user;
  }
  close(): void {
    this.over.abort();
  }
}

/** Contexts and where they lead; a test holds back or fails what it likes by `before`. */
export class FakeClusters implements Clusters {
  readonly servers: Record<string, FakeServer>;
  current: string;
  files: string[] = [];
  before: (context: string) => Promise<void> = async () => undefined;
  private readonly listeners = new Set<() => void>();

  constructor(servers: Record<string, FakeServer>, current = Object.keys(servers)[0] ?? '') {
    this.servers = servers;
    this.current = current;
  }

  async contents(): Promise<KubeconfigContents> {
    return { files: this.files, current: this.current, contexts: Object.keys(this.servers).map(contextOf) };
  }
  async connect({ context = this.current }: { context?: string }): Promise<Cluster> {
    await this.before(context);
    const server = this.servers[context];
    if (!server) throw new GpuctlError('kubeconfig.context', message('connection.cancelled'));
    return new FakeConnection(contextOf(context), server);
  }
  onChange(_: object, changed: () => void) {
    this.listeners.add(changed);
    return { dispose: () => this.listeners.delete(changed) };
  }
  /** A file of the kubeconfig was written. */
  wrote(): void {
    for (const changed of [...this.listeners]) changed();
  }
}

const contextOf = (name: string): ClusterContext => ({
  context: name,
  cluster: name,
  user: 'me',
  namespace: 'default',
  server: `https://${name}`,
});

/** A Job of ours. */
export const job = (namespace: string, name: string, uid: string, more: Partial<KubeObject> = {}): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace, uid, labels: { 'gpuctl/job-type': 'training' } },
  spec: { parallelism: 1 },
  status: {},
  ...more,
});

/** A pod of a Job. */
export const pod = (namespace: string, name: string, ofJob: string, jobUid: string, status: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace,
    uid: `pod-${name}`,
    labels: { 'batch.kubernetes.io/job-name': ofJob, 'batch.kubernetes.io/controller-uid': jobUid },
  },
  spec: { nodeName: 'n1', containers: [{ name: 'main' }] },
  status,
});

export const RUNNING = {
  phase: 'Running',
  containerStatuses: [{ state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }],
};
