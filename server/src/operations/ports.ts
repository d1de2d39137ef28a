/**
 * What the operations need from the outside. `cluster/` implements it; nothing here knows how.
 */

import type { Duplex } from 'node:stream';
import type { KubeObject } from '../model/kubeObject.ts';
import type { NetworkOptions } from '../protocol.ts';
import type { Delta } from '../state/delta.ts';

export type { KubeMetadata, KubeObject } from '../model/kubeObject.ts';
export { type Delta, objectKey } from '../state/delta.ts';

/** Who wrote a field, for `managedFields`. */
export const FIELD_MANAGER = 'gpuctl';

/** Names one object. Cluster-scoped objects have no namespace. */
export interface ObjectRef {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** The name of an object. */
export const refOf = ({ apiVersion, kind, metadata }: KubeObject): ObjectRef => ({
  apiVersion,
  kind,
  name: metadata.name,
  ...(metadata.namespace && { namespace: metadata.namespace }),
});

/** Names a collection to list or watch; without a namespace, over all of them. */
export interface CollectionRef {
  apiVersion: string;
  kind: string;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds for the call, and as many before it for a login; if absent 15 s, and as long as a login takes. */
  timeout?: number;
}

/** Result of a write: the object as stored (or as it would be, in a dry run), and what the server warned of. */
export interface Written {
  object: KubeObject;
  warnings: string[];
}

/** Where a connection leads. */
export interface ClusterContext {
  /** Name of the kubeconfig context. */
  context: string;
  /** Name of the cluster as the kubeconfig says it, for people. */
  cluster: string;
  user: string;
  /** The context's own namespace, `default` if it names none. */
  namespace: string;
  /** Address of the API server. */
  server: string;
  /** The certificate of the API server is not checked, so that anybody in between can read along (`insecure-skip-tls-verify`). */
  insecure?: true;
}

/** How a watch is doing; `message` of `failed` is for people (see GpuctlError). */
export type WatchStatus =
  | { phase: 'listing' }
  | { phase: 'live'; at: number }
  | { phase: 'retrying'; error: Error; at: number }
  | { phase: 'forbidden'; error: Error };

export interface WatchOptions<T> {
  collection: CollectionRef;
  /** Keeps of an object what is needed; `undefined` leaves it out. Called for each object seen, and again where a page of a list was torn. */
  project: (object: KubeObject) => T | undefined;
  /** Names of lists within the objects, at whatever depth, that `project` does not look at and that may come empty: lists are read the faster. */
  unread?: readonly string[];
  /** A connection before this one was allowed to: a first refusal is not believed at once. */
  wasAllowed?: boolean;
  /** First a `reset`; a list of more than a page, and every later list, goes on with `set` and `remove`. `live` says that it is complete. */
  onDelta: (deltas: Delta<T>[]) => void;
  onStatus: (status: WatchStatus) => void;
}

export interface LogOptions {
  container?: string;
  follow: boolean;
  /** How many lines of the past; all if absent. */
  tailLines?: number;
  /** ISO time; only lines from then on. */
  sinceTime?: string;
  /** Of the run of the container before this one. */
  previous?: boolean;
  /** Begins each line with the time at which it was written, and a space. */
  timestamps?: boolean;
  signal: AbortSignal;
}

/** Columns and rows of a terminal. */
export interface TerminalSize {
  columns: number;
  rows: number;
}

export interface ExecOptions {
  /** The only one if absent. */
  container?: string;
  /** The program, found as the container finds it, and its arguments. No shell is in between. */
  command: readonly string[];
  /** Runs it on a terminal of this size: whatever it prints is `stdout` then. */
  tty?: TerminalSize;
  /** Whether something will be written to it; otherwise its input is empty. */
  stdin?: boolean;
  /** Ends the connection; what runs there need not end with it. */
  signal: AbortSignal;
}

export interface ExecOutput {
  from: 'stdout' | 'stderr';
  bytes: Buffer;
}

/** A program that runs in a container. */
export interface Execution {
  /**
   * What it prints as it comes, at most 64 KiB at a time; read it once. Back-pressure: who does not read stops the program. Ends with the
   * program; throws `exec.torn` where the connection does, `exec.no-program`, `exec.failed`.
   */
  readonly output: AsyncIterable<ExecOutput>;
  /** Its exit code, known when the output was read; rejects as `output` throws. */
  readonly ended: Promise<number>;
  /** Writes to its input; done when it has left this machine. One at a time. */
  write(data: string | Uint8Array): Promise<void>;
  /** Tells it that there is no more input; `false` where the cluster is too old to pass that on (before 1.30). */
  endInput(): Promise<boolean>;
  resize(size: TerminalSize): void;
  /** Ends the connection; what runs there need not end with it. */
  close(): void;
}

/** A port of a pod. */
export interface PodPort {
  namespace: string;
  name: string;
  port: number;
}

/** A right to ask for; `subresource` as in `pods/log`. */
export interface Access {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** One open connection to one context. Every method throws GpuctlError and nothing else. */
export interface Cluster {
  readonly context: ClusterContext;
  /** The object, or `undefined` where there is none. */
  read(ref: ObjectRef, options?: CallOptions): Promise<KubeObject | undefined>;
  list(collection: CollectionRef, options?: CallOptions): Promise<KubeObject[]>;
  /** Names alone, by a list of metadata; of very many, the first 500. */
  listNames(collection: CollectionRef, options?: CallOptions): Promise<string[]>;
  create(object: KubeObject, options?: CallOptions & { dryRun?: boolean }): Promise<Written>;
  /**
   * Server-side apply by our field manager: what we set before and do not set now is taken away. With `force` also what others have set
   * meanwhile becomes ours; without it that is a refusal (409).
   */
  apply(object: KubeObject, options?: CallOptions & { dryRun?: boolean; force?: boolean }): Promise<Written>;
  /** Names of the resources that the cluster serves under a group and version, such as `scaledobjects`; `undefined`: it has none such. */
  resources(apiVersion: string, options?: CallOptions): Promise<string[] | undefined>;
  /** JSON merge patch (RFC 7386). `subresource`: a part of the object with an address of its own, such as `resize` of a pod. */
  patch(
    ref: ObjectRef,
    change: object,
    options?: CallOptions & { dryRun?: boolean; subresource?: string },
  ): Promise<Written>;
  /** Done when the server accepted it; `false` where there was nothing. With `uid`, only that very object. */
  remove(
    ref: ObjectRef,
    options?: CallOptions & { uid?: string; propagation?: 'Foreground' | 'Background' | 'Orphan' },
  ): Promise<boolean>;
  /** Lists, then follows changes until disposed; repairs itself. */
  watch<T>(options: WatchOptions<T>): { dispose(): void };
  /** Chunks of text as they come; ends with the container. Back-pressure: the next chunk is read when asked for. */
  log(pod: { namespace: string; name: string }, options: LogOptions): AsyncIterable<string>;
  /** Runs a program in a container of a pod; see `Execution`. Throws `exec.ended` and `exec.none` beside what every call throws. */
  exec(pod: { namespace: string; name: string }, options: ExecOptions): Promise<Execution>;
  /**
   * A connection to a port of a pod: bytes both ways with back-pressure both ways. It ends when the program there ends it. The cluster's protocol
   * cannot say "no more from this side", so ending it ends the connection. It is destroyed with `forward.refused` (nothing listens there), `forward.none`
   * (no such pod, or it does not run), `forward.torn`, `forward.failed`; those that the API server knows are thrown at once.
   */
  forward(pod: PodPort, signal: AbortSignal): Promise<Duplex>;
  /** Whether the user may; `undefined` where the question cannot be answered. `fresh`: as it is now, not as it was answered a while ago. */
  mayI(access: Access, options?: CallOptions & { fresh?: boolean }): Promise<boolean | undefined>;
  /** Release of the API server, such as `v1.36.3`. */
  version(options?: CallOptions): Promise<string>;
  /** Who the cluster says we are. */
  whoAmI(options?: CallOptions): Promise<string | undefined>;
  /** Ends all watches, logs and sockets. */
  close(): void;
}

export interface KubeconfigOptions {
  /** Path named by a setting; empty: the environment's `KUBECONFIG`, else the home directory's. */
  kubeconfig?: string;
  context?: string;
  network?: NetworkOptions;
}

/** What a kubeconfig offers, without connecting. */
export interface KubeconfigContents {
  /** Files that were read or looked for, in order; none where the environment names the cluster. */
  files: string[];
  current?: string;
  contexts: ClusterContext[];
}

/** The door to clusters. */
export interface Clusters {
  /** Reads what is configured. Throws GpuctlError `kubeconfig.*` where it cannot be read. */
  contents(options: KubeconfigOptions): Promise<KubeconfigContents>;
  connect(options: KubeconfigOptions): Promise<Cluster>;
  /**
   * Calls back (coalesced) when a kubeconfig file, or a certificate or token file that its chosen context names, appears, changes or goes;
   * also for files that do not exist yet.
   */
  onChange(options: KubeconfigOptions, changed: () => void): { dispose(): void };
}
