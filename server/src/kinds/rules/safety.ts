import { message } from '../../../../l10n/index.ts';
import type { Change, Fix, Path } from '../../model/finding.ts';
import { hideSecrets, looksSecret, SECRET_MARKER } from '../../model/secrets.ts';
import type { JobModel } from '../kind.ts';
import type { NotebookModel } from '../notebook/model.ts';
import { isTokenOption } from '../notebook/token.ts';
import type { Rule } from '../rule.ts';

const ENV = ['environment', 'env'];

/**
 * Names that hold no secret: tokens of language models (`--eos-token`, `PAD_TOKEN`), switches (`--use-auth-token`), and what is only
 * about one (`SECRET_NAME`, `TOKEN_LIMIT`).
 */
const NO_SECRET_NAME =
  /(?:^|[-_.])(?:(?:pad|eos|bos|unk|sep|cls|mask|stop|special|image|chat|max|min|num|per|think|start|end)[-_]?tokens?|(?:use|add|no|with|skip|enable|disable|require)[-_].*)|[-_](?:names?|path|file|dir|ur[il]|endpoint|header|type|ttl|limit|count|length|len|size|budget|ratio)(?:$|[-_])/i;
/** References, paths, files, numbers, switches and placeholders. */
const NO_SECRET =
  /^(?:|''|""|\$.*|\.{0,2}\/.*|[\w-]+\.(?:py|sh|json|ya?ml|txt|pem|key|crt)|[\d.,:_-]+|true|false|yes|no|on|off|none|null|auto|empty|dummy|fake|placeholder|change-?me|your[-_].*|(?:sk-)?(?:x{3,}|\*{3,})|(?:argon2|sha\d+):.*|<.*>|\[.*\]|\{.*\})$/i;

/** Whether what is called so and has this value is most likely a secret, with fewer doubts than for hiding it. */
const isSecret = (name: string, value: string): boolean =>
  !NO_SECRET.test(value) && looksSecret(NO_SECRET_NAME.test(name) ? '' : name, value);

/** The Secret that a job's secrets go to: the person makes it. */
export const secretOf = (model: JobModel): string => `${model.name}-secrets`;

/** Changes that take a variable from a Secret. Of a mapping, only the list form can do that: it becomes one. */
export function fromSecret(model: JobModel, name: string): Change[] {
  const { env } = model.sections.environment;
  const secret = secretOf(model);
  if (Array.isArray(env)) {
    const index = env.findIndex((entry) => entry.name === name);
    if (index < 0) return [{ do: 'append', path: ENV, value: { name, secret, key: name } }];
    const item: Path = [...ENV, index];
    return [
      { do: 'remove', path: [...item, 'value'] },
      { do: 'set', path: [...item, 'secret'], value: secret },
      { do: 'set', path: [...item, 'key'], value: name },
    ];
  }
  const others = Object.entries(env ?? {}).filter(([other]) => other !== name);
  const list = [
    ...others.map(([other, value]) => ({ name: other, value: String(value ?? '') })),
    { name, secret, key: name },
  ];
  return [{ do: 'set', path: ENV, value: list }];
}

/** A notebook needs no token of its own: gpuctl makes one. */
const removeToken = ({ kind }: JobModel, isToken: boolean, path: Path): Fix[] =>
  kind === 'notebook' && isToken
    ? [{ title: message('fix.remove-empty-token'), changes: [{ do: 'remove', path }] }]
    : [];

const secretInEnv: Rule = {
  code: 'secret.in-env',
  severity: 'warning',
  about: 'safety',
  check(model) {
    const isList = Array.isArray(model.sections.environment.env);
    return model.environment.env.flatMap((entry, index) => {
      if ('secret' in entry || !isSecret(entry.name, entry.value)) return [];
      const { name } = entry;
      const fix: Fix = {
        title: message('fix.from-secret', { secret: secretOf(model), key: name }),
        changes: fromSecret(model, name),
      };
      const path = isList ? [...ENV, index, 'value'] : [...ENV, name];
      const left = removeToken(model, name === 'JUPYTER_TOKEN', isList ? [...ENV, index] : path);
      return [{ path, message: message('finding.secret.in-env', { name }), fixes: [...left, fix] }];
    });
  },
};

/** Where a secret stands in a word of the command line, and by which name it is given. */
interface Found {
  index: number;
  name: string;
  /** The word with a reference in place of the secret; `undefined` where a shell would have to be read for it. */
  replaced?: (reference: string) => string;
}

function secretsIn(words: readonly string[]): Found[] {
  return words.flatMap((word, index): Found[] => {
    if (/\s/.test(word)) return nameInLine(word).map((name) => ({ index, name }));
    const [, flag = '', value = word] = /^([^=]*)=(.*)$/.exec(word) ?? [];
    if (word.startsWith('-') && !flag) return [];
    const called = flag || (/^--?[a-z][^=]*$/i.exec(words[index - 1] ?? '')?.[0] ?? '');
    if (!isSecret(called.replaceAll('-', '_'), value)) return [];
    const name = called.replace(/^-+/, '').replace(/\W+/g, '_').toUpperCase() || 'TOKEN';
    return [{ index, name, replaced: (reference) => (flag ? `${flag}=${reference}` : reference) }];
  });
}

/** The first secret of a shell line: its words are looked at one by one, as far as a look at blanks can tell them apart. */
function nameInLine(line: string): string[] {
  const words = line.split(/[\s;|&]+/).map((word) => word.replace(/^["']|["']$/g, ''));
  const [first] = hideSecrets(line, '***') === line ? [] : secretsIn(words.filter(Boolean));
  return first ? [first.name] : [];
}

const secretInCommand: Rule = {
  code: 'secret.in-command',
  severity: 'warning',
  about: 'safety',
  check(model) {
    return (['command', 'args'] as const).flatMap((where) =>
      secretsIn(model.environment[where]).map(({ index, name, replaced }) => {
        const path = ['environment', where, index];
        const fix: Fix | undefined = replaced && {
          title: message('fix.from-secret', { secret: secretOf(model), key: name }),
          changes: [{ do: 'set', path, value: replaced(`$(${name})`) }, ...fromSecret(model, name)],
        };
        const word = model.environment[where][index] ?? '';
        const left = removeToken(model, replaced !== undefined && isTokenOption(word) && word.includes('='), path);
        return {
          path,
          message: message('finding.secret.in-command', { name }),
          fixes: [...left, ...(fix ? [fix] : [])],
        };
      }),
    );
  },
};

/** A document that was opened from its job has a marker where its secrets stood: with that, the program would not get in. */
const leftOut: Rule = {
  code: 'secret.left-out',
  severity: 'warning',
  about: 'safety',
  check(model) {
    const { env, command, args } = model.environment;
    const isList = Array.isArray(model.sections.environment.env);
    const said = message('finding.secret.left-out', { marker: SECRET_MARKER });
    const inEnv = env.flatMap((entry, index): RuleFindingOf[] => {
      if ('secret' in entry || !entry.value.includes(SECRET_MARKER)) return [];
      const { name } = entry;
      const fix: Fix = {
        title: message('fix.from-secret', { secret: secretOf(model), key: name }),
        changes: fromSecret(model, name),
      };
      return [{ path: isList ? [...ENV, index, 'value'] : [...ENV, name], message: said, fixes: [fix] }];
    });
    const inWords = Object.entries({ command, args }).flatMap(([where, words]) =>
      words.flatMap((word, index) =>
        word.includes(SECRET_MARKER) ? [{ path: ['environment', where, index], message: said }] : [],
      ),
    );
    return [...inEnv, ...inWords];
  },
};
type RuleFindingOf = ReturnType<Rule['check']>[number];

const emptyToken: Rule = {
  code: 'notebook.empty-token',
  severity: 'warning',
  about: 'safety',
  check(model) {
    if (model.kind !== 'notebook') return [];
    const { token } = model as NotebookModel;
    if (token.from === 'gpuctl' || !token.empty) return [];
    const { from, index } = token;
    const path = ['environment', from, index];
    const changes: Change[] = [{ do: 'remove', path }];
    if (from !== 'env' && typeof index === 'number') {
      const words = model.environment[from];
      if (/\s/.test((words[index] ?? '').trim()))
        changes.length = 0; // a shell line is the person's own
      else if (!words[index]?.includes('=') && words[index + 1] === '')
        changes.unshift({ do: 'remove', path: ['environment', from, index + 1] });
    }
    const fix: Fix = { title: message('fix.remove-empty-token'), changes, preferred: true };
    const place = from === 'env' && typeof index === 'number' ? [...path, 'value'] : path;
    return [{ path: place, message: message('finding.notebook.empty-token'), ...(changes.length && { fixes: [fix] }) }];
  },
};

/** The tag of an image; `undefined` where a digest pins it, empty where it has none. */
function tagOf(image: string): string | undefined {
  if (image.includes('@')) return undefined;
  return /:([^/:]+)$/.exec(image)?.[1] ?? '';
}

const IMAGE = ['environment', 'image'];

const noTag: Rule = {
  code: 'image.no-tag',
  severity: 'information',
  about: 'safety',
  check: ({ environment: { image } }) =>
    tagOf(image) === '' ? [{ path: IMAGE, message: message('finding.image.no-tag', { image }) }] : [],
};

const latest: Rule = {
  code: 'image.latest',
  severity: 'information',
  about: 'safety',
  check: ({ environment: { image } }) =>
    tagOf(image) === 'latest' ? [{ path: IMAGE, message: message('finding.image.latest') }] : [],
};

export const SAFETY_RULES: readonly Rule[] = [secretInEnv, secretInCommand, leftOut, emptyToken, noTag, latest];
