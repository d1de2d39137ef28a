import { message } from '../../../l10n/index.ts';
import type { Value } from './canonical.ts';
import { typesOf } from './expectations.ts';
import type { Finding, Fix, Path } from './finding.ts';
import { kubernetesWay } from './kubernetesKeys.ts';
import { nearest } from './nearest.ts';
import { otherWord } from './otherWords.ts';
import { lastKey, valueAt } from './paths.ts';
import { childSchema, type JsonSchema, type SchemaSet, spellingsOfKey } from './schema.ts';
import { remove, replaceWith } from './valueFixes.ts';
import type { YamlTree } from './yamlTree.ts';

/** What the findings of a schema depend on besides the document itself. */
export interface SchemaContext {
  schema: JsonSchema;
  schemas: SchemaSet;
  /** Kinds that have a key, by its dotted path: of another kind it is unused here, but not unknown. */
  elsewhere: ReadonlyMap<string, readonly string[]>;
}

/** Whether `- A: 1` stands where an entry with `name` is expected: a pair that names no key of the entry. */
export function isPair(value: Value | undefined, schema: JsonSchema | undefined): boolean {
  if (!schema?.properties?.secret || typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [[key, child] = ['', null], ...more] = Object.entries(value);
  const known = Object.keys(schema.properties);
  return key !== '' && !more.length && typeof child !== 'object' && !known.includes(key) && !nearest(key, known);
}

/** A key without a value is marked at the key; a section that lacks one, at its own key; a document, at its kind. */
export function missing(key: string, path: Path, tree: YamlTree): Finding {
  const empty = tree.hasKey([...path, key]);
  const range = empty
    ? tree.rangeOf([...path, key], 'key')
    : path.length
      ? tree.rangeOf(path, 'key')
      : tree.rangeOf(['kind']);
  const text = empty
    ? message('finding.key.missing.value', { key: tree.writtenKey([...path, key]) })
    : path.length
      ? message('finding.key.missing-in', { key, where: tree.writtenKey(lastKey(path)) })
      : message('finding.key.missing', { key });
  return { code: 'key.missing', severity: 'error', range, message: text };
}

/** A key that the kind does not have: one of another kind, of another place, of Kubernetes, or a typo. */
export function unknownKey(
  key: string,
  parent: Path,
  schema: JsonSchema | undefined,
  tree: YamlTree,
  { schema: kind, schemas, elsewhere }: SchemaContext,
): Finding {
  const path = [...parent, key];
  const range = tree.rangeOf(path, 'key');
  const written = tree.writtenKey(path);
  const home = homeOf(key, parent, kind, schemas);
  const place = home?.join('.') ?? '';
  const isRoot = home?.length === 1;
  const value = valueAt(tree.value, path) ?? null;
  const move: Fix[] =
    home && !tree.hasKey(home)
      ? [
          {
            title: isRoot ? message('fix.move-to-root') : message('fix.move-to', { place }),
            changes: [
              { do: 'set', path: home, value },
              { do: 'remove', path },
            ],
          },
        ]
      : [];
  const kinds = elsewhere.get(path.filter((part) => typeof part === 'string').join('.'))?.join(', ');
  if (kinds !== undefined) {
    return {
      code: 'key.unused',
      severity: 'information',
      range,
      message: home
        ? message('finding.key.unused.belongs', { key: written, kinds, place })
        : message('finding.key.unused', { key: written, kinds }),
      fixes: [...move, remove(path, written)],
      tag: 'unnecessary',
    };
  }
  if (home) {
    const said = isRoot
      ? message('finding.key.unknown.belongs-root', { key: written })
      : message('finding.key.unknown.belongs', { key: written, place });
    return {
      code: 'key.unknown',
      severity: 'warning',
      range,
      message: said,
      fixes: move.length ? move : [remove(path, written)],
    };
  }
  const known = Object.keys(schema?.properties ?? {});
  const free = known.filter((one) => !tree.hasKey([...parent, one]) && mayHold(value, schema, one, kind, schemas));
  const style = written.includes('_') ? 2 : written.includes('-') ? 1 : 0;
  const spell = (one: string | undefined) => one && (spellingsOfKey(one)[style] ?? one);
  const other = spell(otherWord(written, free));
  const way = kubernetesWay(written, parent.length === 0);
  if (way) {
    const sections = Object.keys(kind.properties ?? {}).join(', ');
    return {
      code: 'key.kubernetes',
      severity: 'warning',
      range,
      message: message('finding.key.kubernetes', {
        key: written,
        way: other ? { key: 'kubernetes.here', args: { key: other } } : { key: way, args: { sections } },
      }),
      fixes: [...(other ? [replaceWith(other, range, false)] : []), remove(path, written)],
    };
  }
  const typo = nearest(written.replaceAll(/[-_]/g, ''), free);
  const spelt = spell(typo && !confusesProcessors(written, typo) ? typo : undefined) ?? other;
  return {
    code: 'key.unknown',
    severity: 'warning',
    range,
    message: spelt
      ? message('finding.key.unknown.guess', { key: written, guess: spelt })
      : message('finding.key.unknown', { key: written, known: known.join(', ') }),
    fixes: spelt ? [replaceWith(spelt, range, spelt !== other)] : [remove(path, written)],
  };
}

/** Whether a value may stand at a key: sections and lists where they are expected, scalars elsewhere. */
function mayHold(
  value: Value,
  schema: JsonSchema | undefined,
  key: string,
  root: JsonSchema,
  schemas: SchemaSet,
): boolean {
  const types = typesOf(schemas.resolve(childSchema(schema, key), root)?.schema);
  const form = Array.isArray(value) ? 'array' : typeof value === 'object' && value !== null ? 'object' : undefined;
  return form === undefined || types.includes(form);
}

/** One letter apart, and yet no slip of the pen. */
const confusesProcessors = (one: string, other: string): boolean =>
  /cpu/i.test(one) !== /cpu/i.test(other) && /gpu/i.test(one) !== /gpu/i.test(other);

/** Words that mean something of their own in every section: that another one has such a key tells nothing. */
const GENERAL: ReadonlySet<string> = new Set([
  'path',
  'source',
  'format',
  'cache',
  'config',
  'key',
  'version',
  'stage',
]);

/** Where in a kind a key has its place that stands elsewhere: in a section of the root, or at the root itself. */
function homeOf(key: string, parent: Path, kind: JsonSchema, schemas: SchemaSet): readonly string[] | undefined {
  if (parent.length > 1 || GENERAL.has(key) || (key === 'name' && parent.length > 0)) return undefined;
  const home = schemas.homesOf(kind).get(key);
  // Below the person's own names (`nodes`) there is a place for each of them, and none to be named.
  if (home && !schemas.atPath(home.slice(0, -1), kind)?.schema.properties) return undefined;
  return home?.every((part, index) => part === parent[index]) ? undefined : home;
}
