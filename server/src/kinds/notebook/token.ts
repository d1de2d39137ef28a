import type { JobModel } from '../kind.ts';
import type { NotebookToken } from './model.ts';

/** An option that gives a notebook its token or password (`gpuctl-yaml.md`, fine print 15), and what it is set to. */
const OPTION =
  /(?:^|\s)--?(?:NotebookApp|ServerApp|IdentityProvider|PasswordIdentityProvider)\.(?:token|password|hashed_password)(?:=|\s+|$)(?:(["'])(.*?)\1|(\S*))/;

/** Where the token of a notebook comes from. `written` is the section `env` as the document has it: a list or a mapping. */
export function tokenOf({ command, args, env }: JobModel['environment'], written: unknown): NotebookToken {
  for (const [from, words] of [
    ['command', command],
    ['args', args],
  ] as const) {
    for (const [index, word] of words.entries()) {
      const match = OPTION.exec(word);
      if (!match) continue;
      const value = match[2] ?? match[3] ?? '';
      const apart = value === '' && !/=\s*(?:""|'')?\s*$/.test(word); // `--ServerApp.token secret`: its value is the next word
      return { from, index, empty: (apart ? (words[index + 1] ?? '') : value) === '' };
    }
  }
  const index = env.findIndex(({ name }) => name === 'JUPYTER_TOKEN');
  const entry = env[index];
  if (!entry) return { from: 'gpuctl' };
  return {
    from: 'env',
    index: Array.isArray(written) ? index : entry.name,
    empty: 'value' in entry && entry.value === '',
  };
}
