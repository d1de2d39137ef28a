import type { JobModel } from '../kind.ts';
import type { NotebookToken } from './model.ts';

/** An option that gives a notebook its token or password (`gpuctl-yaml.md`, fine print 15), and what it is set to. */
const OPTION =
  /(?:^|\s)--?(?:NotebookApp|ServerApp|IdentityProvider|PasswordIdentityProvider)\.(token|password|hashed_password)(?:=|\s+|$)(?:(["'])(.*?)\2|(\S*))/g;

interface Option {
  from: 'command' | 'args';
  index: number;
  isToken: boolean;
  empty: boolean;
}

function optionsIn(from: Option['from'], words: readonly string[]): Option[] {
  return words.flatMap((word, index) =>
    [...word.matchAll(OPTION)].map((match) => {
      const value = match[3] ?? match[4] ?? '';
      const apart = value === '' && !/=\s*(?:""|'')?$/.test(match[0]); // `--ServerApp.token secret`: its value is the next word
      const empty = (apart ? (words[index + 1] ?? '') : value) === '';
      return { from, index, isToken: match[1] === 'token', empty };
    }),
  );
}

/** Whether a word of the command line sets a token. */
export const isTokenOption = (word: string): boolean => optionsIn('command', [word]).some(({ isToken }) => isToken);

/**
 * Where the token of a notebook comes from. It is empty where one is set to nothing and no password stands beside it: without a
 * token option Jupyter makes one itself, whatever is said of the password. `written` is the section `env` as the document has it: a list or a mapping. */
export function tokenOf({ command, args, env }: JobModel['environment'], written: unknown): NotebookToken {
  const options = [...optionsIn('command', command), ...optionsIn('args', args)];
  const token = options.findLast(({ isToken }) => isToken);
  const said = options.find(({ empty }) => !empty) ?? token ?? options[0];
  if (said) return { from: said.from, index: said.index, empty: said.isToken && said.empty };
  const index = env.findIndex(({ name }) => name === 'JUPYTER_TOKEN');
  const entry = env[index];
  if (!entry) return { from: 'gpuctl' };
  return {
    from: 'env',
    index: Array.isArray(written) ? index : entry.name,
    empty: 'value' in entry && entry.value === '',
  };
}
