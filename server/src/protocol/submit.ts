import type { FailureAction, FailureDto } from './failure.ts';
import type { JobRef } from './jobs.ts';
import { request } from './method.ts';

export interface FileToSubmit {
  uri: string;
  /** Which gpuctl document of the file (0 = first); all of them if absent. */
  document?: number;
  /** What that document was when it was chosen: it is found by this where it stands elsewhere by now, and nothing is submitted where it is gone. */
  meant?: { kind: string; name: string };
  /** Of several documents, these; with what each was when it was chosen, as `meant`. */
  chosen?: ({ document: number } & NonNullable<FileToSubmit['meant']>)[];
  /** Text of the open buffer is used when the server has it; otherwise this text, else the file on disk. */
  text?: string;
  /** The pool (empty: none) that its jobs go to in the place of the one that stands there; the file stays as it is. */
  pool?: string;
  /** Where the file lies in the workspace, for the annotation `source-path`. */
  path?: string;
  gitCommit?: string;
}

export interface SubmitParams {
  files: FileToSubmit[];
  /** Context that the person saw when choosing this; another one by now is refused. */
  context?: string;
  /** The window's namespace that the person saw; jobs that name none are refused where it is another one by now. */
  namespace?: string;
  /** An id of the client's; with it, what becomes of each document is told as soon as it is known. */
  submit?: string;
}

/** What would be submitted, before anybody has agreed to it: from what is held, so it never waits for the cluster. */
export interface SubmitLook {
  /** Where it would go; absent where there is no connection yet. */
  context?: string;
  cluster?: string;
  /** In the order in which they would be submitted: quotas, pools, jobs. */
  documents: LookDto[];
  /** What is to be said of all of them together; absent where nothing is known, and of fewer than two jobs. */
  together?: VerdictDto;
}

/** A document as it would be submitted now. */
export interface LookDto {
  uri: string;
  /** Among the gpuctl documents of its file, from 0. */
  document: number;
  kind: string;
  name: string;
  /** Where a job goes. */
  namespace?: string;
  /** What keeps it from being submitted: how many errors it has, and the first with its place, as the editor counts. */
  errors?: { count: number; message: string; line: number; character: number };
  /** Whether it fits; beside those before it where it is of several. Absent for a pool or a quota, and where nothing is known. */
  verdict?: VerdictDto;
  /** What is there already under its name, and what becomes of that. */
  there?: string;
}

/** A verdict in a few words. */
export interface VerdictDto {
  /** Of the product icons. */
  icon: string;
  text: string;
  /** The whole sentence. */
  sentence: string;
}

/** What became of one document of a submit. */
export type SubmitResultDto = Pick<LookDto, 'uri' | 'document' | 'kind' | 'name'> &
  (
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
  /** Context of the kubeconfig that led there. */
  context?: string;
  /** How many more documents were not submitted, where it was cancelled on the way. */
  cancelled?: number;
}

/** One more document is done. */
export interface SubmitProgress {
  submit: string;
  done: number;
  of: number;
  name: string;
}

/** `hold`: it is made, and not started. `each`: of several, each is to be asked for by itself. */
export type SubmitAnswer = 'yes' | 'hold' | 'no' | 'each';

/** What somebody would lose by a submit, asked of the person while it waits. */
export interface SubmitAsk {
  kind: string;
  name: string;
  cluster: string;
  /** The names of all, where the same is asked of several; `kind` and `name` are the first’s, and nothing in `changes`. */
  all?: string[];
  /** Where they are; none for what belongs to the whole cluster. */
  namespaces: string[];
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

/** Requests that submit documents. */
export const submitRequests = {
  lookAtSubmit: request<{ files: FileToSubmit[] }, SubmitLook>('gpuctl/submit/look'),
  submit: request<SubmitParams, SubmitResult>('gpuctl/job/submit'),
} as const;
