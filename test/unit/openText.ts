import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Language, toText } from '../../l10n/index.ts';
import { checkFile } from '../../server/src/kinds/checkedFile.ts';
import type { FileMode } from '../../server/src/kinds/recognise.ts';
import type { OpenFile } from '../../server/src/language/host.ts';
import type { Say } from '../../server/src/operations/views.ts';

/** A file as the language features see it. */
export function openText(text: string, mode: FileMode = 'gpuctl', previous?: OpenFile): OpenFile {
  const uri = mode === 'gpuctl' ? 'file:///work/a.gpuctl.yaml' : 'file:///work/a.yaml';
  const document = TextDocument.create(uri, mode, 1, text);
  return { uri, document, checked: checkFile(text, mode, previous?.checked), mode };
}

export const sayIn =
  (language: Language): Say =>
  (message) =>
    toText(message, language);

/** The offset of the `|` in a text, and the text without it. */
export function atMark(marked: string): { text: string; at: number } {
  const at = marked.indexOf('|');
  return { text: marked.slice(0, at) + marked.slice(at + 1), at };
}
