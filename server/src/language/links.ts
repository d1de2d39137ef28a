import type { DocumentLink } from 'vscode-languageserver';
import { documentsOf, type PlacedDocument } from '../kinds/checkedFile.ts';
import { isJob } from '../kinds/kind.ts';
import type { Path } from '../model/finding.ts';
import type { LanguageHost, OpenFile } from './host.ts';
import { rangeIn } from './symbols.ts';

/** Names that are looked for in one file; more is no file that people write. */
const MOST_NAMES = 50;

/** A relative path with an ending, alone or behind `=`: `train.py`, `conf/ds.json`, `--config=conf/sft.yaml`. No `..`: links stay near. */
const LOCAL_PATH = /(?:^|=)((?:\.\/)?(?!\/)(?:[\w@+-][\w.@+-]*\/)*[\w@+-][\w.@+-]*\.[A-Za-z]\w*)$/;

/** Links the words of a command that name a file beside the document. Paths in the job (`output.dir`, workdirs) are not on this machine. */
export function registerLinks(host: LanguageHost): void {
  host.connection.onDocumentLinks(({ textDocument }) => {
    const file = host.file(textDocument.uri);
    return file?.uri.startsWith('file:') ? buildLinks(file, (uri) => host.isFile(uri)) : null;
  });
}

/** The links of a file; `isFile` tells whether there is such a file. */
export async function buildLinks(
  { uri, checked, document }: Pick<OpenFile, 'uri' | 'checked' | 'document'>,
  isFile: (uri: string) => Promise<boolean>,
): Promise<DocumentLink[]> {
  const named = new Map<string, { placed: PlacedDocument; path: Path }[]>();
  for (const placed of documentsOf(checked)) {
    for (const { name, path } of wordsOf(placed)) {
      const places = named.get(name);
      if (places) places.push({ placed, path });
      else if (named.size < MOST_NAMES) named.set(name, [{ placed, path }]);
    }
  }
  const found = await Promise.all(
    [...named].map(async ([name, places]) => {
      const target = new URL(name, uri).href;
      return (await isFile(target)) ? places.map((place) => ({ ...place, name, target })) : [];
    }),
  );
  return found.flat().flatMap(({ placed, path, name, target }) => {
    const { start, end } = placed.document.rangeOf(path);
    const at = placed.document.text.slice(start, end).lastIndexOf(name);
    if (at < 0) return [];
    const from = placed.offset + start + at;
    return [{ range: rangeIn(document, from, from + name.length), target }];
  });
}

function wordsOf({ document: { model } }: PlacedDocument): { name: string; path: Path }[] {
  if (!isJob(model)) return [];
  const { command, args } = model.environment;
  return Object.entries({ command, args }).flatMap(([key, words]) =>
    words.flatMap((word, index) => {
      const name = LOCAL_PATH.exec(word)?.[1];
      return name === undefined ? [] : [{ name, path: ['environment', key, index] }];
    }),
  );
}
