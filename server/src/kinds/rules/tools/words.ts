import { message } from '../../../../../l10n/index.ts';
import type { Change, Fix, Path } from '../../../model/finding.ts';
import { shellLine } from '../../../tools/commandLine.ts';
import { type FlagValue, flagValue } from '../../../tools/flags.ts';
import type { RecognisedTool } from '../../../tools/index.ts';
import type { JobModel } from '../../kind.ts';

/** A tool whose arguments are known: what its command says, or what its image's own start is given. */
export function knownTool({ tool }: JobModel): RecognisedTool | undefined {
  return tool && (tool.by === 'command' || tool.first !== undefined) ? tool : undefined;
}

/** Where a word of `command` and `args` together stands in the document. */
export function wordPath({ environment: { command, args } }: JobModel, index: number): Path {
  if (index < command.length) return ['environment', 'command', index];
  return ['environment', 'args', Math.min(index - command.length, Math.max(0, args.length - 1))];
}

/** Where the arguments of a tool begin; the whole line for a shell, where it stands in one. */
export function toolPath(model: JobModel, tool: RecognisedTool): Path {
  const { command, args } = model.environment;
  if (tool.first === undefined) {
    const words = [...command, ...args];
    const line = words.findIndex((word) => /\s/.test(word));
    return wordPath(model, line < 0 ? 0 : line);
  }
  return tool.program.length ? wordPath(model, tool.first - 1) : ['environment', 'image'];
}

/** Where an argument of a tool stands, its value where that is a word of its own. */
export function argumentPath(model: JobModel, tool: RecognisedTool, { index, joined, value }: FlagValue): Path {
  if (tool.first === undefined) return toolPath(model, tool);
  return wordPath(model, tool.first + index + (joined || value === '' ? 0 : 1));
}

/** Gives an argument another value; nothing where it stands in a line for a shell. */
export function setArgument(model: JobModel, tool: RecognisedTool, found: FlagValue, value: string | number): Fix[] {
  if (tool.first === undefined) return [];
  const text = found.joined ? `${found.flag}=${value}` : String(value);
  return [
    {
      title: message('fix.argument', { argument: `${found.flag}${found.joined ? '=' : ' '}${value}` }),
      changes: [{ do: 'set', path: argumentPath(model, tool, found), value: text }],
    },
  ];
}

/** Puts arguments behind a command; nothing where it is a line for a shell. */
export function appendArguments(model: JobModel, tool: RecognisedTool, words: readonly string[]): Fix[] {
  if (tool.first === undefined) return [];
  const { command, args } = model.environment;
  const list = args.length || !command.length ? 'args' : 'command';
  return [
    {
      title: message('fix.add-argument', { argument: words.join(' ') }),
      changes: words.map((value) => ({ do: 'append', path: ['environment', list], value })),
    },
  ];
}

/** Changes that put other words in the place of some words of `command` and `args` together. */
export function replaceWords(model: JobModel, from: number, to: number, words: readonly string[]): Change[] {
  const { command, args } = model.environment;
  const inCommand = from < command.length || (!args.length && from === command.length);
  const rest = args.slice(Math.max(0, to - command.length));
  const changes: Change[] = [];
  if (inCommand) {
    changes.push({
      do: 'set',
      path: ['environment', 'command'],
      value: [...command.slice(0, from), ...words, ...command.slice(to)],
    });
    if (to > command.length) {
      changes.push(
        rest.length
          ? { do: 'set', path: ['environment', 'args'], value: rest }
          : { do: 'remove', path: ['environment', 'args'] },
      );
    }
  } else {
    const start = args.slice(0, from - command.length);
    changes.push({ do: 'set', path: ['environment', 'args'], value: [...start, ...words, ...rest] });
  }
  return changes;
}

/** An entry of `environment.env`: its value where it is plain text, and where it stands. */
export interface FoundEnv {
  value: string | undefined;
  path: Path;
  /** What to remove to be rid of it. */
  entry: Path;
}

/** The value of an environment variable that the document sets itself. */
export function envValue(model: JobModel, name: string): FoundEnv | undefined {
  const index = model.environment.env.findLastIndex((entry) => entry.name === name);
  const found = model.environment.env[index];
  if (!found) return undefined;
  const list = Array.isArray(model.sections.environment.env);
  const entry = ['environment', 'env', list ? index : name];
  const only = model.environment.env.length === 1;
  return {
    value: 'value' in found ? found.value : undefined,
    path: list && 'value' in found ? [...entry, 'value'] : entry,
    entry: only ? ['environment', 'env'] : entry,
  };
}

/** Adds an environment variable in the way in which the document has the others. */
export function addEnv(model: JobModel, name: string, value: string): Fix {
  const { env } = model.sections.environment;
  const isMapping = env !== undefined && !Array.isArray(env);
  return {
    title: message('fix.add-env', { name, value }),
    changes: [
      isMapping
        ? { do: 'set', path: ['environment', 'env', name], value }
        : { do: 'append', path: ['environment', 'env'], value: { name, value } },
    ],
  };
}

/** What a launcher is given for itself, and what stands behind its script. */
export interface Launch {
  own: readonly string[];
  /** Index of the script among the arguments; their number where there is none to be seen. */
  script: number;
}

/** Cuts the arguments of a launcher at the script (`train.py`, or what follows `-m`). */
export function launchOf({ tool, arguments: words }: RecognisedTool): Launch {
  if (tool.name === 'verl') return { own: words, script: words.length };
  const found = words.findIndex(
    (word, index) => word.endsWith('.py') || /^--?m(?:odule)?$/.test(words[index - 1] ?? ''),
  );
  const script = found < 0 ? words.length : found;
  return { own: words.slice(0, script), script };
}

/**
 * Whether words of a shell line may hold arguments that only the running shell knows: `$ARGS`, `"$@"`. The value of an argument that
 * is written out is none of them.
 */
export const hasUnknownWords = (words: readonly string[]): boolean =>
  words.some((word, index) => /^\$(?!\()/.test(word) && !/^--?[a-z]/.test(words[index - 1] ?? '') && index > 0) ||
  /^\$(?:@|\*|\{?[A-Z_]*(?:ARGS|OPTS|FLAGS))/.test(words[0] ?? '');

/** Whether a shell line starts one program and waits for it: of several, each may have some of the GPUs, and another the port. */
export function isOneProgram({ environment: { command, args } }: JobModel): boolean {
  const text = shellLine([...command, ...args])?.text ?? '';
  return !/(?:^|[^&>])&(?![&>])|\b(?:for|while|xargs|mpirun|srun|ray|nohup)\b|\.py\b.*\.py\b/s.test(text);
}

/** The value that an argument has, or else an environment variable; empty where it is not known before the job runs. */
export function saidBy(
  model: JobModel,
  words: readonly string[],
  flags: readonly string[],
  env?: string,
): string | undefined {
  const variable = env === undefined ? undefined : envValue(model, env);
  return flagValue(words, flags)?.value ?? (variable && (variable.value ?? ''));
}
