import type { Command, Option } from 'commander';
import type { GlobalOptions } from './cli.ts';

/** Something that may stand at the cursor. */
export interface Candidate {
  value: string;
  about?: string;
}

/** What may stand at the cursor; `files`: names of files, which the shell knows best. */
export type Candidates = Candidate[] | 'files';

/** Names that only a cluster, or the kubeconfig, can tell; `given`: what the command line says so far of where to look. */
export type Names = (
  what: 'jobs' | 'pools' | 'nodes' | 'quotas' | 'contexts' | 'namespaces',
  given: GlobalOptions,
) => Promise<string[]>;

/** What may stand in place of the last word of a command line; `words` are those behind `gpuctl`, the last one half-typed. */
export async function complete(program: Command, words: readonly string[], names: Names): Promise<Candidates> {
  const typed = words.at(-1) ?? '';
  const { command, operands, open, given, isOver } = readWords(program, words.slice(0, -1));
  const ask = (what: Parameters<Names>[0]) => names(what, given).then(plain);
  if (open) return valuesOf(open, ask);
  if (!isOver && typed.startsWith('-')) {
    const { option, rest } = findOption(command, typed);
    if (!option?.required || rest === undefined) return optionNames(command);
    const before = typed.slice(0, typed.length - rest.length);
    const values = await valuesOf(option, ask);
    return values === 'files' ? values : values.map(({ value }) => ({ value: before + value }));
  }
  if (command.commands.length) return commandNames(command);
  if (command.name() === 'help') return operands.length ? [] : commandNames(program);
  return operandsOf(command, operands, ask);
}

interface Read {
  command: Command;
  operands: string[];
  /** The option whose value comes next. */
  open: Option | undefined;
  given: GlobalOptions;
  /** After `--` no option follows. */
  isOver: boolean;
}

function readWords(program: Command, words: readonly string[]): Read {
  const given: Record<string, string> = {};
  const read: Read = { command: program, operands: [], open: undefined, given, isOver: false };
  for (const word of words) {
    if (read.open) {
      given[read.open.attributeName()] = word;
      read.open = undefined;
    } else if (read.isOver || !word.startsWith('-')) {
      const sub = read.operands.length ? undefined : commandNamed(read.command, word);
      if (sub) read.command = sub;
      else read.operands.push(word);
    } else if (word === '--') read.isOver = true;
    else {
      const { option, rest } = findOption(read.command, word);
      if (!option?.required) continue;
      if (rest === undefined) read.open = option;
      else given[option.attributeName()] = rest;
    }
  }
  return read;
}

/** The option that a word is, and its value where the word has that, too: `--output=json`, `-ojson`. */
function findOption(command: Command, word: string): { option: Option | undefined; rest: string | undefined } {
  const isLong = word.startsWith('--');
  const end = isLong ? word.indexOf('=') : 2;
  const isWhole = end < 0 || end >= word.length;
  const name = isWhole ? word : word.slice(0, end);
  const rest = isWhole ? undefined : word.slice(end + (isLong ? 1 : 0));
  const option = optionsOf(command).find(({ short, long }) => short === name || long === name);
  return { option, rest };
}

const commandNamed = (command: Command, word: string) =>
  command.commands.find((one) => one.name() === word || one.aliases().includes(word));

const commandNames = ({ commands }: Command): Candidate[] =>
  commands
    .filter((one) => !one.name().startsWith('__'))
    .map((one) => ({ value: one.name(), about: one.summary() || one.description() }));

function optionsOf(command: Command): Option[] {
  const help = command.createHelp();
  return [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
}

const optionNames = (command: Command): Candidate[] =>
  optionsOf(command).flatMap(({ long, description }) => (long ? [{ value: long, about: description }] : []));

type Ask = (what: Parameters<Names>[0]) => Promise<Candidate[]>;

async function valuesOf(option: Option, ask: Ask): Promise<Candidates> {
  if (option.argChoices) return plain(option.argChoices);
  const long = option.long?.slice(2);
  if (long === 'filename' || long === 'kubeconfig') return 'files';
  if (long === 'context') return ask('contexts');
  return long === 'namespace' ? ask('namespaces') : [];
}

async function operandsOf(command: Command, before: readonly string[], ask: Ask): Promise<Candidates> {
  const [first] = command.registeredArguments;
  if (!first) return [];
  if (command.name() === 'validate') return 'files';
  if (first.argChoices && !before.length) return plain(first.argChoices);
  const type = before[0] ?? '';
  const listed = (['jobs', 'pools', 'nodes', 'quotas'] as const).find((one) => one === type || one === `${type}s`);
  if (first.argChoices) return listed ? ask(listed) : [];
  return ask(listed ?? 'jobs');
}

const plain = (values: readonly string[]): Candidate[] => values.map((value) => ({ value }));
