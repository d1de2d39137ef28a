import { message } from '../../../l10n/index.ts';
import { toCanonical, type Value } from './canonical.ts';
import type { Fix, Path, TextRange } from './finding.ts';
import type { JsonSchema, Resolved, SchemaSet } from './schema.ts';

/** A replacement of the text at a place by another. */
export const replaceWith = (text: string, range: TextRange, preferred = true): Fix => ({
  title: message('fix.replace-with', { text }),
  edits: [{ range, text }],
  ...(preferred && { preferred }),
});

/** A fix that removes a key with its value. */
export const remove = (path: Path, key: string): Fix => ({
  title: message('fix.remove', { key }),
  changes: [{ do: 'remove', path }],
});

/** The well-formed word that a malformed one most likely means, by the definition that it breaks; none where that is a guess. */
export function wellFormed(text: string, definition: string | undefined): string | undefined {
  const candidate = definition === undefined ? undefined : FORMS[definition]?.(text.trim());
  return candidate === text ? undefined : candidate;
}

/** Words by which people switch something off, or name a protocol. */
const NO_PATH = /^(?:true|false|yes|no|on|off|none|null|disabled?|https?|tcp|grpc)$/i;

const FORMS: Record<string, (text: string) => string | undefined> = {
  dnsLabel: (text) => slug(text.toLowerCase(), /[^a-z0-9]+/g),
  resourceName: (text) => slug(text.toLowerCase(), /[^a-z0-9.]+/g),
  labelValue: (text) => slug(text, /[^A-Za-z0-9_.]+/g),
  poolName: (text) => slug(text, /[^A-Za-z0-9_.]+/g),
  envName: (text) => text.replace(/[^-._a-zA-Z0-9]+/g, '_').replace(/^(?=\d)/, '_') || undefined,
  absolutePath: toAbsolute,
  mountPath: toAbsolute,
  httpPath: (text) => (/^[\w.-][\w./-]*$/.test(text) && !NO_PATH.test(text) ? `/${text}` : undefined),
  quantity: toQuantity,
  duration: toDuration,
  image: toImage,
};

/** `./out`, `out` → `/out`. */
function toAbsolute(text: string): string | undefined {
  return /^(?:\.\/)?[\w-][\w./-]*$/.test(text) && !/\.\./.test(text) ? `/${text.replace(/^\.\//, '')}` : undefined;
}

const slug = (text: string, bad: RegExp): string | undefined =>
  text
    .replace(bad, '-')
    .slice(0, 63)
    .replace(/^[-_.]+|[-_.]+$/g, '') || undefined;

/** `64GB`, `64gb`, `64 G` → `64G`; `64GiB`, `64 gib` → `64Gi`; `8 cores` → `8`. */
function toQuantity(text: string): string | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text);
  if (!match?.[1]) return undefined;
  const [, number, unit = ''] = match;
  if (/^(?:c|cores?|cpus?|b|bytes?)$/i.test(unit)) return number;
  const prefix = /^([kmgtpe])(i?)b?$/i.exec(unit);
  if (!prefix?.[1]) return undefined;
  const letter = prefix[1].toUpperCase();
  if (prefix[2]) return `${number}${letter}i`;
  return `${number}${letter === 'K' ? 'k' : letter}`;
}

const UNITS: [RegExp, string][] = [
  [/days?/g, 'd'],
  [/hours?|hrs?/g, 'h'],
  [/minutes?|mins?/g, 'm'],
  [/seconds?|secs?/g, 's'],
];

/** `12 hours`, `12H` → `12h`; `1.5h` → `90m`. */
function toDuration(text: string): string | undefined {
  let short = text.toLowerCase().replace(/[\s,]+|and/g, '');
  for (const [long, unit] of UNITS) short = short.replace(long, unit);
  const half = /^(\d+)\.5([dh])$/.exec(short);
  if (half) return half[2] === 'h' ? `${Number(half[1]) * 60 + 30}m` : `${Number(half[1]) * 24 + 12}h`;
  return /^(?=.*[1-9])(?=\d)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/.test(short) ? short : undefined;
}

/** An image's name in lower case and without a scheme in front. */
function toImage(text: string): string | undefined {
  const bare = text.replace(/^[a-z]+:\/\//i, '');
  const [, name = '', tag = ''] = /^(.*?)((?::[\w.-]+)?(?:@\S+)?)$/.exec(bare) ?? [];
  const fixed = name.toLowerCase() + tag;
  return /^[a-z0-9][a-z0-9._/:-]*(?::[\w.-]+)?(?:@\S+)?$/.test(fixed) ? fixed : undefined;
}

/** The boolean that other words for yes and no mean. */
export function toBoolean(value: Value): 'true' | 'false' | undefined {
  if (typeof value === 'object') return undefined;
  if (/^(?:true|yes|y|on|1)$/i.test(String(value))) return 'true';
  if (/^(?:false|no|n|off|0)$/i.test(String(value))) return 'false';
  return undefined;
}

/**
 * How a value becomes what its schema expects, where only the form is wrong: a command line becomes a list of words, one entry a list,
 * a word the key that its section needs (`job: hello` → `job: {name: hello}`), `A=1` an entry of `env`.
 */
export function reshape(value: Value, at: Resolved | undefined, path: Path, schemas: SchemaSet): Fix | undefined {
  const shaped =
    path.at(-1) === 'command' && isScript(value) ? ['bash', '-c', value] : at && toShape(value, at, schemas);
  if (shaped === undefined) return undefined;
  return {
    title: Array.isArray(shaped)
      ? message('fix.make-list')
      : Array.isArray(value)
        ? message('fix.make-names')
        : message('fix.make-entry', { key: Object.keys(shaped as object).join(', ') }),
    changes: [{ do: 'set', path, value: shaped }],
    preferred: true,
  };
}

/** Whether only a shell understands a command line: operators, variables, several lines. */
const isScript = (value: Value): value is string =>
  typeof value === 'string' && /[\n|&;<>`]|\$(?!\()|^\s*\w+=/.test(value.trimEnd());

function toShape(value: Value, { schema, root }: Resolved, schemas: SchemaSet): Value | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    const names = schema.propertyNames && accepts(schema, 'object') ? namesOf(value) : undefined;
    return names && toCanonical(names, schema, root, schemas);
  }
  if (accepts(schema, 'array')) {
    const item = schemas.resolve(schema.items, root);
    if (!item) return undefined;
    if (accepts(item.schema, 'object'))
      return typeof value === 'object' ? [value] : wrap(toShape(value, item, schemas));
    return typeof value === 'object' || isScript(value) ? undefined : splitWords(String(value));
  }
  if (typeof value === 'object' || !accepts(schema, 'object')) return undefined;
  const [required, ...more] = schema.required ?? Object.keys(schema.properties ?? {});
  if (required === undefined || more.length) return undefined;
  const variable = schema.properties?.secret && /^([-._a-zA-Z][-._a-zA-Z0-9]*)=(.*)$/s.exec(String(value));
  if (variable) return { name: variable[1] as string, value: variable[2] as string };
  const mount = schema.properties?.hostPath && /^(\/[^:]*):(\/[^:]*)(:ro)?$/.exec(String(value)); // as containers are given it
  if (mount) return { path: mount[2] as string, hostPath: mount[1] as string, ...(mount[3] && { readOnly: true }) };
  const child = schemas.resolve(schema.properties?.[required], root);
  return { [required]: (child && toShape(value, child, schemas)) ?? value };
}

/** A list of names, or of entries with a `name`, as a section with a line for each. */
function namesOf(list: readonly Value[]): Value | undefined {
  const entries = list.map((item): [string, Value] | undefined => {
    if (typeof item === 'string' || typeof item === 'number') return [String(item), {}];
    if (typeof item !== 'object' || item === null || Array.isArray(item) || typeof item.name !== 'string')
      return undefined;
    const { name, ...rest } = item;
    return [name, rest];
  });
  return entries.length && entries.every((entry) => entry !== undefined) ? Object.fromEntries(entries) : undefined;
}

const wrap = (item: Value | undefined): Value | undefined => (item === undefined ? undefined : [item]);

const accepts = (schema: JsonSchema, type: string): boolean =>
  ([] as string[]).concat(schema.type ?? []).includes(type);

/** A command line as words: blanks part them, but not between quotes. */
function splitWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"']|"(?:[^"\\]|\\.)*"|'[^']*'|["'])+/g)].map(([word]) =>
    word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double?: string, single?: string) =>
      double === undefined ? (single ?? '') : double.replace(/\\(["\\$`])/g, '$1'),
    ),
  );
}
