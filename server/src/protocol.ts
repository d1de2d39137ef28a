/**
 * Everything that client and server say to each other beyond the standard language server protocol.
 * This file imports nothing, so that both sides (and tests) can share it. All texts in it are already in the
 * person's language; all times are ISO 8601 in UTC.
 */

/** A request with parameters `P` and result `R`; the method name carries both types. */
export interface RequestMethod<P, R> {
  readonly method: string;
  readonly types?: [P, R];
}
/** A notification with parameters `P`. */
export interface NotificationMethod<P> {
  readonly method: string;
  readonly types?: [P];
}
const request = <P, R>(method: string): RequestMethod<P, R> => ({ method });
const notification = <P>(method: string): NotificationMethod<P> => ({ method });

/** What another editor may tell in `initializationOptions`; it has the language features only. */
export interface OtherClientOptions {
  /** `pull`: the editor asks for diagnostics; otherwise they are pushed. */
  diagnostics?: 'push' | 'pull';
}

/** What our client tells in `initializationOptions`. */
export interface ClientOptions {
  /** Version of the extension; another version than the server's own asks for a reload. */
  version: string;
  /** The person's language. */
  language: Language;
  /** False in an untrusted workspace: then no cluster is contacted and no program started. */
  trusted: boolean;
  connection: ConnectionOptions;
  /** Severities by finding code, `off` for none; what is not named keeps its own. */
  rules?: Record<string, RuleLevel>;
  /** Whether another YAML extension gives outline, folding and formatting for language `yaml`. */
  otherYaml?: boolean;
}
export type RuleLevel = 'off' | 'error' | 'warning' | 'information' | 'hint';
export type Language = 'en' | 'zh-cn';

/** Where to connect. An empty value means "as kubectl would choose". */
export interface ConnectionOptions {
  /** Path of a kubeconfig; empty: `KUBECONFIG`, else `~/.kube/config`. */
  kubeconfig?: string;
  context?: string;
  namespace?: string;
  /** Prefix of the labels that are written: `gpuctl` or `runwhere.ai`; empty: the one that the cluster bears already. */
  labelPrefix?: string;
  /** Address of the Prometheus that autoscaling asks, as the cluster reaches it; empty: the pool's own, or one that is found. */
  prometheus?: string;
  network?: NetworkOptions;
}

/** What the editor's settings say of the network; what is absent is not set. Holds no login: the editor may log what it sends. */
export interface NetworkOptions {
  /** `http.proxy`: a proxy for all that the kubeconfig gives none for; goes before `HTTPS_PROXY`. */
  proxy?: string;
  /** `http.noProxy`: hosts that are reached without it, beside those of `NO_PROXY`. */
  noProxy?: string[];
  /** `http.proxyStrictSSL`: false takes any certificate of a proxy. */
  proxyStrictSSL?: boolean;
  /** `http.systemCertificates`: false leaves out the authorities of this machine where the kubeconfig names none. */
  systemCertificates?: boolean;
}

/** Identity of a job in the connected cluster: the name is unique over the kinds of a namespace. */
export interface JobRef {
  namespace: string;
  name: string;
}

/** What the server offers in `InitializeResult.experimental.gpuctl`. */
export interface ServerOptions {
  version: string;
}

// ---- connection -----------------------------------------------------------------------------------------------

/**
 * - `off`: nothing asked for a connection yet, or the workspace is not trusted
 * - `none`: no kubeconfig or no usable context
 * - `connecting`: the first lists are under way
 * - `connected`: watches are live
 * - `offline`: was connected; what is known stays visible, `asOf` tells its age
 * - `failed`: never connected; `message` tells why
 */
export type ConnectionPhase = 'off' | 'none' | 'connecting' | 'connected' | 'offline' | 'failed';

export interface ConnectionDto {
  phase: ConnectionPhase;
  /** Names of the kubeconfig context and cluster, and the namespace that submits go to. */
  context?: string;
  cluster?: string;
  namespace?: string;
  /** One sentence: what is wrong and what to do. */
  message?: string;
  /** The raw cause (a Kubernetes status, a system error), shown only on demand. */
  detail?: string;
  /** What is risky about a connection that works: nobody checks who answers. */
  warning?: string;
  /** Whether GPUs can be counted; else a sentence why not and what to do. */
  capacity: { known: true } | { known: false; reason: string };
  /** When the held state was last confirmed by the cluster. */
  asOf?: string;
}

export interface TargetList {
  current?: string;
  contexts: { name: string; cluster: string; namespace: string; user: string }[];
  /** Namespaces that may be listed; empty where the right is missing (the person may still type one). */
  namespaces: string[];
}

// ---- jobs and pools -------------------------------------------------------------------------------------------

export type JobPhase = 'waiting' | 'running' | 'succeeded' | 'failed' | 'stopped' | 'unknown';

export interface PodDto {
  name: string;
  /** Rank in a distributed job. */
  rank?: number;
  node?: string;
  phase: JobPhase;
  /** State in a few words, with the reason where it is not well. */
  state: string;
  restarts: number;
  startedAt?: string;
  trouble?: TroubleDto;
}

/** What is wrong with a job or one of its pods; the sentence is its `state`. */
export interface TroubleDto {
  /** Stable: `job.image.not-found`. */
  code: string;
  /** What to do next. */
  hint?: string;
  /** What the cluster or the program said itself, shown on demand. */
  detail?: string;
}

/** Why a job failed or does not get on, with what its log says of it. */
export interface WhyDto extends TroubleDto {
  /** The sentence. */
  message: string;
  /** The pod that failed first, and its rank in a distributed job. */
  pod?: string;
  rank?: number;
  endedAt?: string;
  /** The lines of its log that matter; none where it has none or it cannot be read. */
  lines: string[];
  /** Why its log could not be read. */
  unread?: string;
}

export interface JobDto {
  ref: JobRef;
  /** `training`, `inference` … as the label says; empty where a resource bears none. */
  kind: string;
  phase: JobPhase;
  /** One line: the phase in words, or why it waits or failed. */
  state: string;
  trouble?: TroubleDto;
  gpus: number;
  gpuType?: string;
  pool?: string;
  podsWanted: number;
  podsRunning: number;
  /** Made without being started: it waits until somebody starts it. */
  held?: true;
  submittedBy?: string;
  createdAt?: string;
  startedAt?: string;
  endedAt?: string;
  pods: PodDto[];
  /** What the person is known not to be allowed to do with it, with a sentence why; of what makes sense for a job that is as it is. */
  refused?: Partial<Record<JobGesture, string>>;
}

/** What a person does with a job that is there. */
export type JobGesture = 'log' | 'stop' | 'start' | 'resume' | 'scale' | 'delete';

export interface JobsDto {
  jobs: JobDto[];
  /** Namespaces whose jobs are shown; `undefined` means all. */
  namespaces?: string[];
  /** Why the list may be incomplete, as a sentence. */
  incomplete?: string;
}

/** GPU counts of one type. `unavailable` are those of cordoned or not ready nodes: neither in `total`, `used` nor `free`. What is absent is unknown. */
export interface GpuCountDto {
  type: string;
  total: number;
  used?: number;
  free?: number;
  unavailable: number;
  /** GPUs that their driver takes for broken, in none of the other numbers; absent: none. */
  unhealthy?: number;
  /** Most GPUs that are free together on one node. */
  largestBlock?: number;
}

export interface NodeDto {
  name: string;
  ready: boolean;
  cordoned: boolean;
  rack?: string;
  gpus: GpuCountDto[];
  /** Jobs that hold GPUs on this node, and since when. */
  holders: { job: string; namespace: string; gpus: number; since?: string }[];
}

export interface PoolDto {
  /** Empty for the nodes that belong to no pool. */
  name: string;
  description?: string;
  gpus: GpuCountDto[];
  nodes: NodeDto[];
}

export interface PoolsDto {
  pools: PoolDto[];
  /** Why nothing can be said of capacity, as a sentence. */
  unknown?: string;
}

// ---- operations -----------------------------------------------------------------------------------------------

export interface FileToSubmit {
  uri: string;
  /** Which gpuctl document of the file (0 = first); all of them if absent. */
  document?: number;
  /** What that document was when it was chosen: it is found by this where it stands elsewhere by now, and nothing is submitted where it is gone. */
  meant?: { kind: string; name: string };
  /** Text of the open buffer is used when the server has it; otherwise this text, else the file on disk. */
  text?: string;
  /** Where the file lies in the workspace, for the annotation `source-path`. */
  path?: string;
  gitCommit?: string;
}

export interface SubmitParams {
  files: FileToSubmit[];
  /** Context that the person saw when choosing this; another one by now is refused. */
  context?: string;
}

/** What became of one document of a submit. */
export type SubmitResultDto = { kind: string; name: string } & (
  | {
      result: 'created' | 'changed' | 'replaced' | 'unchanged';
      /** The job that it is; absent for a pool or a quota. */
      job?: JobRef;
      /** Sentences about what was left out or differs from what was asked. */
      warnings: string[];
    }
  | { result: 'failed'; failure: FailureDto }
  /** What it needs was not submitted. */
  | { result: 'skipped'; why: string }
  | { result: 'not-agreed' }
);

export interface SubmitResult {
  /** In the order in which they were submitted: quotas, pools, jobs. */
  documents: SubmitResultDto[];
  cluster: string;
  /** How many more documents were not submitted, where it was cancelled on the way. */
  cancelled?: number;
}

/** What somebody would lose by a submit, asked of the person while it waits. */
export interface SubmitAsk {
  kind: string;
  name: string;
  cluster: string;
  /** What is lost, one sentence each. */
  sentences: string[];
  /** What would be done to each object, one line each. */
  changes: string[];
  /** What agreeing to it does. */
  verb: 'start' | 'change' | 'replace' | 'run-again';
  /** Whether it can be made without being started, by the answer `hold`. */
  canHold?: boolean;
  /** What can be done instead. */
  actions: FailureAction[];
}

export interface DeletePlan {
  job: JobRef;
  /** Which object of which context was looked at; a delete names both, so that nothing else can be hit. */
  context: string;
  uid: string;
  cluster: string;
  /** What will be removed and what is kept, one line each. */
  removes: string[];
  keeps: string[];
}

/** A job, and the context in which the person saw it; another one by now is refused. */
export interface JobTargetDto {
  job: JobRef;
  context?: string;
}

/** What became of a resume: a stopped job goes on; an ended one was replaced by its next run. */
export interface ResumedDto {
  how: 'started' | 'next-run';
  /** Which run of its name it is, from 1. */
  run: number;
  /** Folder on the server's machine with the log of the run before. */
  log?: string;
  warnings: string[];
}

/** A failure as a person reads it. Also the `data` of every ResponseError of ours. */
export interface FailureDto {
  code: string;
  message: string;
  hint?: string;
  /** Raw cause, shown on demand. */
  detail?: string;
  /** What can be done next, in order; the client has a command for each. */
  actions: FailureAction[];
}
export type FailureAction =
  | { do: 'openJob'; job: JobRef }
  | { do: 'rename'; uri: string; line: number; character: number; length: number }
  | { do: 'selectTarget' }
  | { do: 'openKubeconfig'; path: string }
  | { do: 'retry' };

// ---- check of the cluster -------------------------------------------------------------------------------------

export type CheckStatus = 'good' | 'missing' | 'unknown';

/** One thing that the cluster has or lacks. */
export interface CheckLineDto {
  /** `version`, `kueue`, `rights.logs` …; stable. */
  id: string;
  status: CheckStatus;
  /** Nothing goes without it. */
  needed: boolean;
  what: string;
  found: string;
  /** What one has of it. */
  gives: string;
  /** How to get it, where it is not good and something can be done. */
  how?: string;
}

export interface ClusterReportDto {
  context: string;
  cluster: string;
  namespace: string;
  /** Whether jobs can be submitted, seen and read. */
  fit: boolean;
  areas: { id: string; title: string; lines: CheckLineDto[] }[];
}

// ---- new documents --------------------------------------------------------------------------------------------

/** A document that can be made from a few answers. */
export interface RecipeDto {
  id: string;
  kind: string;
  title: string;
  about: string;
  /** A name to begin with. */
  name: string;
  /** What it asks for by itself; absent where it runs nothing (a pool, a quota). `gpus` is the total over `nodes`. */
  resources?: { gpus: number; nodes: number };
}

export interface NewDocumentParams {
  recipe: string;
  name: string;
  pool?: string;
  gpus?: number;
}

// ---- resources of a document ----------------------------------------------------------------------------------

/** A place in a text as the language server protocol counts it: lines from 0, characters in UTF-16 units. */
export interface PositionDto {
  line: number;
  character: number;
}
/** A stretch of text; `end` is exclusive. */
export interface RangeDto {
  start: PositionDto;
  end: PositionDto;
}

/** A line of the rendered text and the places of the file that gave it, all of them. */
export interface CounterpartDto {
  line: number;
  sources: RangeDto[];
}

/** The resources that a file's documents become, as read-only YAML. No secret is in it. */
export interface RenderedDto {
  /** The version of the file that was rendered; the file may be newer by now. */
  version: number;
  text: string;
  /** Where each gpuctl document stands in the file, and the line where its part of the rendered text begins, in order. */
  documents: { line: number; range: RangeDto }[];
  /** Lines whose origin is known, in order. */
  counterparts: CounterpartDto[];
}

/** What the cluster has of a file's documents and what it would have after a submit, without what says nothing. */
export interface ComparedDto {
  cluster: string;
  /** Whether a submit would change nothing. */
  same: boolean;
  /** Both sides as YAML with comments; no secret is in them. */
  before: string;
  after: string;
}

// ---- logs -----------------------------------------------------------------------------------------------------

export interface LogOpened {
  log: string;
  title: string;
}

/** Requests that the client sends. */
export const Requests = {
  connection: request<void, ConnectionDto>('gpuctl/connection'),
  listTargets: request<void, TargetList>('gpuctl/target/list'),
  selectTarget: request<{ context?: string; namespace?: string }, ConnectionDto>('gpuctl/target/select'),
  reconnect: request<void, ConnectionDto>('gpuctl/connection/reconnect'),
  checkCluster: request<void, ClusterReportDto>('gpuctl/cluster/check'),
  jobs: request<void, JobsDto>('gpuctl/jobs/list'),
  pools: request<void, PoolsDto>('gpuctl/pools/list'),
  submit: request<SubmitParams, SubmitResult>('gpuctl/job/submit'),
  planDelete: request<JobRef, DeletePlan>('gpuctl/job/planDelete'),
  delete: request<Pick<DeletePlan, 'job' | 'context' | 'uid'>, void>('gpuctl/job/delete'),
  /** `done: false`: it was so already. */
  stop: request<JobTargetDto, { done: boolean }>('gpuctl/job/stop'),
  start: request<JobTargetDto, { done: boolean }>('gpuctl/job/start'),
  scale: request<JobTargetDto & { replicas: number }, { done: boolean }>('gpuctl/job/scale'),
  resume: request<JobTargetDto, ResumedDto>('gpuctl/job/resume'),
  recipes: request<void, RecipeDto[]>('gpuctl/document/recipes'),
  /** A document as a snippet: what was answered is written into it, the rest are places to fill. */
  newDocument: request<NewDocumentParams, { snippet: string }>('gpuctl/document/new'),
  /** The resources that the documents of an open file become. Answered from what is held: it never waits for the cluster. */
  render: request<{ textDocument: { uri: string } }, RenderedDto | null>('gpuctl/document/render'),
  /** The resources of a file's documents beside those in the cluster. `text` is used where the file is not open. */
  compare: request<{ uri: string; text?: string }, ComparedDto>('gpuctl/document/compare'),
  /** Why a job failed or does not get on: of several ranks the first that did; null where nothing is wrong. */
  why: request<{ job: JobRef }, WhyDto | null>('gpuctl/job/why'),
  /** Why the person may not do something with a job, asked of the cluster now; null where they may, and where that is not known. */
  refusal: request<{ job: JobRef; gesture: JobGesture }, string | null>('gpuctl/job/refusal'),
  /** Opens a log that follows until the job ends. `pod` narrows it to one pod. */
  openLog: request<{ job: JobRef; pod?: string }, LogOpened>('gpuctl/log/open'),
  closeLog: request<{ log: string }, void>('gpuctl/log/close'),
} as const;

/** Requests that the server sends. */
export const ClientRequests = {
  /** Whether what a submit asks may be done. */
  agree: request<SubmitAsk, { answer: 'yes' | 'hold' | 'no' }>('gpuctl/job/agree'),
  /** A batch of log text; the answer is the acknowledgement that lets the next batch come. */
  appendLog: request<{ log: string; text: string }, void>('gpuctl/log/append'),
  /** URIs of the workspace's `*.gpuctl.yaml` and `*.gpuctl.yml`, without what the person's settings exclude; at most `limit`. */
  listFiles: request<{ limit: number }, { uris: string[] }>('gpuctl/files/list'),
  /** The text of a file of the workspace; null where there is none, or more than `limit` bytes. */
  readFile: request<{ uri: string; limit: number }, { text: string | null }>('gpuctl/files/read'),
} as const;

/** Notifications that the client sends. */
export const ClientNotifications = {
  /** What the person has open; watches run while anything is. Open gpuctl documents count by themselves. */
  interests: notification<{ views: string[] }>('gpuctl/interests'),
  /** A setting of the connection or the language changed. */
  configure: notification<Omit<ClientOptions, 'version'>>('gpuctl/configure'),
  /** Files such as `listFiles` lists were made, written or removed. */
  filesChanged: notification<{ changed: string[]; deleted: string[] }>('gpuctl/files/changed'),
} as const;

/** Notifications that the server sends. */
export const ServerNotifications = {
  connectionChanged: notification<ConnectionDto>('gpuctl/connection/changed'),
  /** Jobs or pools differ from what was last listed; comes coalesced. */
  stateChanged: notification<{ parts: ('jobs' | 'pools')[] }>('gpuctl/state/changed'),
  logEnded: notification<{ log: string; message: string }>('gpuctl/log/ended'),
} as const;
