/** What the data of one tool says. Facts only: what a file does not know, it leaves out. */

/** What runs, in the terms of a document. */
export interface Invocation {
  image: string;
  command: readonly string[];
  args: readonly string[];
}

/** Abilities of a GPU that arguments ask for. */
export type GpuFeature = 'bf16' | 'fp8' | 'flash-attention-2' | 'flash-attention-3';

/**
 * What a tool does on a GPU without an ability: it refuses, it saves memory but no time, or it is refused or slow, by version and
 * script.
 */
export type WithoutFeature = 'refuses' | 'slower' | 'depends';

/** An argument or an environment variable whose value asks for an ability of the GPU. */
export interface FeatureUse {
  readonly feature: GpuFeature;
  readonly without: WithoutFeature;
  /** Compute capability below which it refuses whatever it does above. */
  readonly refusesBelow?: number;
  /** Spellings of the argument, dashes and all; without dashes it is a `key=value` word. */
  readonly flags: readonly string[];
  /** Environment variable that says the same. */
  readonly env?: string;
  /** Values that ask for it, in lower case. */
  readonly values: readonly string[];
  /** What asks for the same without the ability: a value, or another argument in place of a bare one. */
  readonly instead?: string;
  /** Whether the bare argument asks for it, as `--bf16` does. */
  readonly bare?: true;
}

/** Arguments by which a server is spread over GPUs; each holds its spellings, the usual one first. */
export interface ParallelFlags {
  readonly tensor: readonly string[];
  /** GPUs that it takes where the tensor-parallel size is left out. */
  readonly leftOut: 'one' | 'all';
  readonly pipeline: readonly string[];
  readonly data: readonly string[];
  /** Further sizes that take GPUs of their own. */
  readonly others: readonly string[];
  /** With one of these, data parallelism takes no GPUs of its own. */
  readonly dataWithin: readonly string[];
  /** With one of these (`--flag`, or `--flag=value`), the command alone does not tell how many GPUs it takes. */
  readonly elsewhere: readonly string[];
}

/** Arguments of a program that starts one process a GPU, for its own share: what stands behind the script is the script's. */
export interface LauncherFlags {
  readonly nodes: readonly string[];
  /** Variable that says the same. */
  readonly nodesEnv?: string;
  /** Processes on each node. */
  readonly perNode: readonly string[];
  readonly perNodeEnv?: string;
  /** Processes on all nodes together. */
  readonly total: readonly string[];
  readonly nodeRank: readonly string[];
  readonly address: readonly string[];
  /** With one of these it stays on its own node. */
  readonly alone: readonly string[];
  /** With one of these a file says what the arguments do not. */
  readonly settings?: readonly string[];
  /** Where no number of processes is given: one, or one for each GPU. */
  readonly starts: 'one' | 'all';
}

/** How a server tells how it is doing. */
export interface Metrics {
  /** Port of its own; `undefined`: that of the service. */
  readonly port?: number;
  /** HTTP path; tools without one serve none. */
  readonly path: string;
  /** Argument without which it serves none. */
  readonly flag?: string;
  /** `queue`: requests that wait. `requests`: counter of requests that came or were answered. */
  readonly names: { readonly [what in 'running' | 'queue' | 'cache' | 'requests']?: string };
}

/** One known program. */
export interface Tool {
  /** `vllm`, `llama-factory`, … */
  readonly name: string;
  /** As people write it: `vLLM`, `LLaMA-Factory`. */
  readonly title: string;
  /** First words that start it; a first word is a program without its directory, `-m` stands for Python and its `-m`. */
  readonly starts: readonly (readonly string[])[];
  /** Last part of the name of images that are made for it, without tag. */
  readonly images?: RegExp;
  /** Of those, the ones whose own start takes `args` as the tool's arguments. */
  readonly startedByImage?: RegExp;
  /** What its image must hold, programs and packages, as people install them. */
  readonly needs: readonly string[];
  readonly server?: {
    readonly port: number;
    readonly portFlags: readonly string[];
    /** Variable that says the same. */
    readonly portEnv?: string;
    readonly hostFlags: readonly string[];
    /** Whether it answers only on its own machine unless told otherwise. */
    readonly localOnly?: true;
    /** HTTP path that answers when it is well. */
    readonly health?: string;
    /** The path that says only whether it is alive, where `health` may fail for a model that does not load. */
    readonly live?: string;
    readonly metrics?: Metrics;
  };
  readonly parallel?: ParallelFlags;
  readonly launcher?: LauncherFlags;
  readonly features?: readonly FeatureUse[];
  /** Lowest compute capability of NVIDIA GPUs that it runs on. */
  readonly minCapability?: number;
  /** First version that knows GPUs of a compute capability; holds for the tags of `startedByImage`. */
  readonly knowsSince?: readonly { readonly capability: number; readonly version: readonly [number, number, number] }[];
}

/** A tool found in an invocation. */
export interface RecognisedTool {
  tool: Tool;
  /** By what it was found: only what the command says is certain. */
  by: 'command' | 'image';
  /** Whether it stands in a line for a shell (`sh -c "…"`), whose words we do not touch. */
  shell: boolean;
  /** Words of the command line behind the program. */
  arguments: readonly string[];
  /**
   * Index of the first argument among the words of `command` and `args` together; `undefined` where they are not words of the
   * document: in a shell line, or where a script of the user's stands between.
   */
  first: number | undefined;
  /** Words that the program itself takes, in front of the arguments: `["python", "-m", "verl.trainer.main_ppo"]`. */
  program: readonly string[];
}
