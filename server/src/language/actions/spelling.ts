import { documentsOf } from '../../kinds/checkedFile.ts';
import type { TextChange } from '../../model/finding.ts';
import { dialectKeys, type Spelling, spell } from '../../model/spelling.ts';
import type { YamlTree } from '../../model/yamlTree.ts';
import type { OpenFile } from '../host.ts';
import { createTurns } from '../turns.ts';

/** Writes the dialect's keys of a document in a spelling; names of nodes, of variables and the like are the person's own. */
export function respellDocument(tree: YamlTree, spelling: Spelling): TextChange[] {
  if (tree.findings.some(({ code }) => code === 'key.two-spellings' || code === 'key.duplicate')) return [];
  return dialectKeys(tree).flatMap(({ canonical, written, range }) => {
    const text = spell(canonical, spelling);
    return text === written ? [] : [{ range, text }];
  });
}

/** Writes the keys of all gpuctl documents of a file in a spelling. Offsets are of the file. */
export async function respellFile(file: OpenFile, spelling: Spelling): Promise<TextChange[]> {
  const turn = createTurns();
  const changes: TextChange[] = [];
  for (const { document, offset } of documentsOf(file.checked)) {
    await turn();
    for (const { range, text } of respellDocument(document.tree(), spelling)) {
      changes.push({ range: { start: range.start + offset, end: range.end + offset }, text });
    }
  }
  return changes;
}
