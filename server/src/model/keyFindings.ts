import { message } from '../../../l10n/index.ts';
import type { Finding, Fix, Path } from './finding.ts';
import { kubernetesWay } from './kubernetesKeys.ts';
import { nearest } from './nearest.ts';
import { lastKey, valueAt } from './paths.ts';
import { type JsonSchema, type SchemaSet, spellingsOfKey } from './schema.ts';
import { remove, replaceWith } from './valueFixes.ts';
import type { YamlTree } from './yamlTree.ts';

/** What the findings of a schema depend on besides the document itself. */
export interface SchemaContext {
  schema: JsonSchema;
  schemas: SchemaSet;
  /** Kinds that have a key, by its dotted path: of another kind it is unused here, but not unknown. */
  elsewhere: ReadonlyMap<string, readonly string[]>;
}

/** A key without a value is marked at the key; a section that lacks one, at its own key; a document, at its kind. */
export function missing(key: string, path: Path, tree: YamlTree): Finding {
  const empty = tree.hasKey([...path, key]);
  const range = empty
    ? tree.rangeOf([...path, key], 'key')
    : path.length
      ? tree.rangeOf(path, 'key')
      : tree.rangeOf(['kind']);
  const text = path.length
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
  const value = valueAt(tree.value, path) ?? null;
  const move: Fix[] =
    home && !tree.hasKey(home)
      ? [
          {
            title: message('fix.move-to', { place }),
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
    const said = message('finding.key.unknown.belongs', { key: written, place });
    return { code: 'key.unknown', severity: 'warning', range, message: said, fixes: move };
  }
  const way = kubernetesWay(written);
  if (way) {
    const sections = Object.keys(kind.properties ?? {}).join(', ');
    return {
      code: 'key.kubernetes',
      severity: 'warning',
      range,
      message: message('finding.key.kubernetes', { key: written, way: { key: way, args: { sections } } }),
      fixes: [remove(path, written)],
    };
  }
  const known = Object.keys(schema?.properties ?? {});
  const style = written.includes('_') ? 2 : written.includes('-') ? 1 : 0;
  const guess = nearest(written.replaceAll(/[-_]/g, ''), known);
  const spelt = guess && (spellingsOfKey(guess)[style] ?? guess);
  return {
    code: 'key.unknown',
    severity: 'warning',
    range,
    message: spelt
      ? message('finding.key.unknown.guess', { key: written, guess: spelt })
      : message('finding.key.unknown', { key: written, known: known.join(', ') }),
    fixes: spelt ? [replaceWith(spelt, range)] : [remove(path, written)],
  };
}

/** Where in a kind a key has its place that stands elsewhere: in a section of the root, or at the root itself. */
function homeOf(key: string, parent: Path, kind: JsonSchema, schemas: SchemaSet): readonly string[] | undefined {
  const home = parent.length > 1 ? undefined : schemas.homesOf(kind).get(key);
  return home?.every((part, index) => part === parent[index]) ? undefined : home;
}
