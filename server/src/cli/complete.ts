import type { Command, Option } from 'commander';

/** Something that may stand at the cursor. */
export interface Candidate {
  value: string;
  about?: string;
}

/** What may stand at the cursor; `files`: names of files, which the shell knows best. */
export type Candidates = Candidate[] | 'files';

/** Names that only a cluster, or the kubeconfig, can tell. */
export type Names = (what: 'jobs' | 'pools' | 'nodes' | 'quotas' | 'contexts' | 'namespaces') => Promise<string[]>;

/** What may stand in place of the last word of a command line; `words` are those behind `gpuctl`, the last one half-typed. */
export async function complete(program: Command, words: readonly string[], names: Names): Promise<Candidates> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  let command = program;
  const operands: string[] = [];
  let open: Option | undefined;
  for (const word of before) {
    if (open) open = undefined;
    else if (word.startsWith('-')) {
      const option = word.includes('=')
        ? undefined
        : optionsOf(command).find(({ short, long }) => short === word || long === word);
      open = option?.required ? option : undefined;
    } else {
      const sub = operands.length
        ? undefined
        : command.commands.find((one) => one.name() === word || one.aliases().includes(word));
      if (sub) command = sub;
      else operands.push(word);
    }
  }
  if (open) return valuesOf(open, names);
  if (typed.startsWith('-'))
    return optionsOf(command)
      .filter(({ hidden, long }) => !hidden && long)
      .map(({ long, description }) => ({ value: long as string, about: description }));
  if (command.commands.length && command.name() !== 'help')
    return command.commands
      .filter((one) => !one.name().startsWith('__'))
      .map((one) => ({ value: one.name(), about: one.summary() || one.description() }));
  return operandsOf(command, operands, names);
}

const optionsOf = (command: Command): readonly Option[] => [...command.options, ...(command.parent?.options ?? [])];

async function valuesOf(option: Option, names: Names): Promise<Candidates> {
  if (option.argChoices) return option.argChoices.map((value) => ({ value }));
  const long = option.long?.slice(2);
  if (long === 'filename' || long === 'kubeconfig') return 'files';
  if (long === 'context') return plain(await names('contexts'));
  return long === 'namespace' ? plain(await names('namespaces')) : [];
}

async function operandsOf(command: Command, before: readonly string[], names: Names): Promise<Candidates> {
  const [first] = command.registeredArguments;
  if (!first) return [];
  if (first.name() === 'file') return 'files';
  if (first.argChoices && !before.length) return plain(first.argChoices);
  const type = before[0] ?? '';
  const listed = (['jobs', 'pools', 'nodes', 'quotas'] as const).find((one) => one === type || one === `${type}s`);
  if (first.argChoices) return listed ? plain(await names(listed)) : [];
  return plain(await names(listed ?? 'jobs'));
}

const plain = (values: readonly string[]): Candidate[] => values.map((value) => ({ value }));
