import { isMap, isSeq } from 'yaml';
import type { Value } from './canonical.ts';
import { find } from './edits/locate.ts';
import { appendItem, removeEntry, renameKey, setValue } from './edits/operations.ts';
import { Pieces } from './edits/pieces.ts';
import { changed, same, valueAt } from './edits/values.ts';
import type { Change, TextChange } from './finding.ts';
import { YamlTree } from './yamlTree.ts';

/**
 * Changes of a value as changes of its text, in the style of their surroundings; comments stay. They are made one after the other:
 * the paths of each are those of the document that the ones before it left. Paths and values have canonical keys. The result counts
 * in the given document, is sorted and has no overlaps. `undefined` where a change cannot be made without a look: the text is broken,
 * or an alias, an anchor or `<<` would give something else than asked for.
 */
export function toTextChanges(changes: readonly Change[], tree: YamlTree): TextChange[] | undefined {
  if (tree.tooLarge || tree.document.errors.length) return undefined;
  const pieces = new Pieces(tree.text);
  return apply(changes, tree, pieces) && pieces.changes();
}

/** Makes changes and returns the tree after them. */
function apply(changes: readonly Change[], tree: YamlTree, pieces: Pieces): YamlTree | undefined {
  let at = tree;
  for (const change of changes) {
    const parts = toParts(change, at);
    const next = parts ? apply(parts, at, pieces) : applyOne(change, at, pieces);
    if (!next) return undefined;
    at = next;
  }
  return at;
}

function applyOne(change: Change, tree: YamlTree, pieces: Pieces): YamlTree | undefined {
  const edits = toEdits(change, tree);
  if (!edits) return undefined;
  pieces.apply(edits);
  const next = new YamlTree(pieces.text, tree.schema, tree.schemas);
  // An edit that does something else than it says would be worse than none.
  if (next.document.errors.length || next.findings.length > tree.findings.length) return undefined;
  return same(next.value, changed(tree.value, change, tree)) ? next : undefined;
}

function toEdits(change: Change, tree: YamlTree): TextChange[] | undefined {
  switch (change.do) {
    case 'set':
      return setValue(tree, change.path, change.value);
    case 'append':
      return appendItem(tree, change.path, change.value);
    case 'rename':
      return renameKey(tree, change.path, change.to);
    case 'remove':
      return removeEntry(tree, change.path);
  }
}

/** A collection in place of another of its kind is changed entry by entry, so that comments between them stay. */
function toParts(change: Change, tree: YamlTree): Change[] | undefined {
  if (change.do !== 'set' || typeof change.value !== 'object' || change.value === null) return undefined;
  const { path, value } = change;
  const { node, depth } = find(tree, path);
  const old = valueAt(tree.value, path);
  if (depth < path.length || typeof old !== 'object' || old === null) return undefined;
  if (Array.isArray(value)) {
    if (!isSeq(node) || !Array.isArray(old)) return undefined;
    return [
      ...value.flatMap((item, index) => toPart([...path, index], old[index], item)),
      ...old
        .slice(value.length)
        .map((_, index, { length }): Change => ({ do: 'remove', path: [...path, value.length + length - 1 - index] })),
    ];
  }
  if (!isMap(node) || Array.isArray(old)) return undefined;
  return [
    ...Object.entries(value).flatMap(([key, child]) => toPart([...path, key], old[key], child)),
    ...Object.keys(old)
      .filter((key) => !(key in value))
      .map((key): Change => ({ do: 'remove', path: [...path, key] })),
  ];
}

const toPart = (path: Change['path'], old: Value | undefined, value: Value): Change[] =>
  old !== undefined && same(old, value) && same(value, old) ? [] : [{ do: 'set', path, value }];
