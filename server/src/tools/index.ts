/** What is known of the programs that people run: data, one file a tool; rules, builders, completion and docs read it. */
import { accelerate } from './accelerate.ts';
import { commandsOf, programName, type SimpleCommand } from './commandLine.ts';
import { deepspeed } from './deepspeed.ts';
import { flagValue, numberOf } from './flags.ts';
import { jupyter } from './jupyter.ts';
import { llamaFactory } from './llamaFactory.ts';
import { python } from './python.ts';
import { sglang } from './sglang.ts';
import { tgi } from './tgi.ts';
import type { Invocation, ParallelFlags, RecognisedTool, Tool } from './tool.ts';
import { torchrun } from './torchrun.ts';
import { triton } from './triton.ts';
import { verl } from './verl.ts';
import { vllm } from './vllm.ts';

export type { Invocation, RecognisedTool, Tool } from './tool.ts';

/** Every known tool. The one list: adding a tool adds a line here. */
export const TOOLS: readonly Tool[] = [
  torchrun,
  accelerate,
  deepspeed,
  llamaFactory,
  verl,
  vllm,
  sglang,
  triton,
  tgi,
  jupyter,
  python,
];

interface Start {
  tool: Tool;
  words: readonly string[];
}

/** Starts by their first word (behind `-m`, by the module), so that most words are dismissed by one look. */
const STARTS = new Map<string, Start[]>();
for (const tool of TOOLS) {
  for (const words of tool.starts) {
    const key = words[0] === '-m' ? `-m ${words[1]}` : (words[0] as string);
    STARTS.set(key, [...(STARTS.get(key) ?? []), { tool, words }]);
  }
}
const PYTHON = /^python(?:\d+(?:\.\d+)*)?$/;
/** Options of Python that take the next word. */
const PYTHON_WITH_VALUE = new Set(['-W', '-X', '--check-hash-based-pycs']);

/** The tool that an invocation runs: what its command says, else what its image is made for. */
export function recogniseTool(invocation: Invocation): RecognisedTool | undefined {
  const { command, args, image } = invocation;
  const { commands, shell } = commandsOf(invocation);
  let script: ReturnType<typeof toolOf>;
  for (const one of commands) {
    const found = toolOf(one);
    if (found && found.tool !== python) return { ...found, by: 'command', shell };
    script = found ?? script; // what prepares comes first, what matters last
  }
  if (script) return { ...script, by: 'command', shell };
  const name = imageName(image);
  const tool = TOOLS.find(({ images }) => images?.test(name));
  if (!tool) return undefined;
  const started = command.length === 0 && tool.startedByImage?.test(name);
  return {
    tool,
    by: 'image',
    shell,
    program: [],
    arguments: started ? args : [],
    first: started ? 0 : undefined,
  };
}

function toolOf({ words, first }: SimpleCommand): Omit<RecognisedTool, 'by' | 'shell'> | undefined {
  const found = programOf(words);
  if (!found) return undefined;
  const { tool, length } = found;
  return {
    tool,
    program: words.slice(0, length),
    arguments: words.slice(length),
    first: first === undefined ? undefined : first + length,
  };
}

/** The tool that a simple command starts, and how many words say so. */
function programOf(words: readonly string[]): { tool: Tool; length: number } | undefined {
  const name = programName(words[0] ?? '');
  if (!PYTHON.test(name)) return startsWith(words, 0, name, 0);
  let at = 1;
  while (/^-(?!m|c$|-$)./.test(words[at] ?? '')) at += PYTHON_WITH_VALUE.has(words[at] as string) ? 2 : 1;
  const word = words[at] ?? '';
  if (word === '-m') return startsWith(words, at + 1, `-m ${words[at + 1] ?? ''}`, 1);
  const script = programName(word);
  if (STARTS.has(script)) return startsWith(words, at, script, 0); // `python /usr/bin/torchrun …`
  return script.endsWith('.py') ? { tool: python, length: at + 1 } : undefined;
}

/** A start whose first word was found at `at`; `skip` words of it are counted with that word. */
function startsWith(words: readonly string[], at: number, key: string, skip: number) {
  const start = STARTS.get(key)?.find(({ words: all }) =>
    all.slice(skip + 1).every((word, index) => words[at + 1 + index] === word),
  );
  return start && { tool: start.tool, length: at + start.words.length - skip };
}

/** Last part of an image's name, in lower case, without tag or digest. */
export function imageName(image: string): string {
  const path = image.split('@', 1)[0] as string;
  return (path.slice(path.lastIndexOf('/') + 1).split(':', 1)[0] as string).toLowerCase();
}

/** How many GPUs the arguments of a server take; `undefined` where they do not tell. */
export function gpusTaken({ tool, by, first, arguments: words }: RecognisedTool): number | undefined {
  const { parallel } = tool;
  if (!parallel || (by === 'image' && first === undefined) || saysElsewhere(words, parallel)) return undefined;
  const tensor = flagValue(words, parallel.tensor);
  if (!tensor && parallel.leftOut === 'all') return undefined;
  const size = tensor ? numberOf(tensor) : 1;
  const rest = restTaken(words, parallel);
  return size === undefined || rest === undefined ? undefined : size * rest;
}

/** GPUs that each part of the tensor-parallel group needs besides: pipeline × data × others. */
export function restTaken(words: readonly string[], parallel: ParallelFlags): number | undefined {
  const within = parallel.dataWithin.some((flag) => flagValue(words, [flag]));
  let product = 1;
  for (const flags of [parallel.pipeline, within ? [] : parallel.data, parallel.others]) {
    const found = flagValue(words, flags);
    const number = found ? numberOf(found) : 1;
    if (!number) return undefined;
    product *= number;
  }
  return product;
}

function saysElsewhere(words: readonly string[], { elsewhere }: ParallelFlags): boolean {
  return elsewhere.some((entry) => {
    const [flag, value] = entry.split('=') as [string, string?];
    const found = flagValue(words, [flag]);
    return found !== undefined && (value === undefined || found.value === value);
  });
}

/**
 * Arguments that the builder puts behind a command: the tensor-parallel size of a vLLM or SGLang server that has several GPUs and does
 * not say how to use them. `gpus` are those of one replica. A shell line, and a start that is not known, are left alone.
 */
export function addedArguments(tool: RecognisedTool | undefined, gpus: number): readonly string[] {
  const parallel = tool?.tool.parallel;
  if (!tool || !parallel || parallel.leftOut === 'all' || tool.first === undefined || gpus < 2) return [];
  const words = tool.arguments;
  if (flagValue(words, parallel.tensor) || saysElsewhere(words, parallel)) return [];
  const size = gpus / (restTaken(words, parallel) ?? Number.NaN);
  return Number.isInteger(size) && size > 1 ? [parallel.tensor[0] as string, String(size)] : [];
}
