import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { documentsOf, type PlacedDocument } from '../kinds/checkedFile.ts';
import { firstLine } from '../model/yamlTree.ts';
import type { LanguageHost, OpenFile } from './host.ts';
import { type Entry, outlineOf } from './outline.ts';

/** Above this number of documents the outline is the list of them: nobody looks for a key by it then, and it would be megabytes. */
const MANY_DOCUMENTS = 100;
const LONGEST_DETAIL = 60;

/** The outline of a file: its gpuctl documents, and in them sections, keys and list items. */
export function registerSymbols(host: LanguageHost): void {
  host.connection.onDocumentSymbol(({ textDocument }) => {
    const file = host.file(textDocument.uri);
    return file && host.isGeneric(file) ? buildSymbols(file) : [];
  });
}

/** The gpuctl documents of a file as symbols; foreign ones have none. */
export function buildSymbols({ checked, document: text }: Pick<OpenFile, 'checked' | 'document'>): DocumentSymbol[] {
  const documents = documentsOf(checked);
  return documents.map((placed) => documentSymbol(placed, text, documents.length <= MANY_DOCUMENTS));
}

function documentSymbol(
  { document, offset }: PlacedDocument,
  text: TextDocument,
  withEntries: boolean,
): DocumentSymbol {
  const { name, kindName } = document;
  const first = firstLine(document.text);
  const end = Math.max(first.end, document.text.trimEnd().length);
  const entries = withEntries ? outlineOf(document.text).entries : [];
  const at = (from: number, to: number) => rangeIn(text, offset + from, offset + to);
  return {
    name: name || kindName || 'gpuctl',
    ...(name && kindName && { detail: kindName }),
    kind: SymbolKind.Module,
    range: at(first.start, end),
    selectionRange: at(first.start, first.end),
    children: entries.map((entry) => entrySymbol(entry, 0, document.text, at)),
  };
}

function entrySymbol(
  entry: Entry,
  index: number,
  text: string,
  at: (from: number, to: number) => DocumentSymbol['range'],
): DocumentSymbol {
  const detail = isScalar(entry) && entry.key !== undefined ? shown(entry, text) : '';
  return {
    name: nameOf(entry, index, text) || '…',
    ...(detail && { detail }),
    kind: kindOf(entry, text),
    range: at(entry.start, Math.max(entry.keyEnd, entry.valueEnd)),
    selectionRange: at(entry.start, entry.keyEnd),
    ...(entry.children.length && {
      children: entry.children.map((child, position) => entrySymbol(child, position, text, at)),
    }),
  };
}

/** An item is called by its text, by what names it, or by its place. */
function nameOf(entry: Entry, index: number, text: string): string {
  if (entry.key !== undefined) return entry.key;
  if (isScalar(entry)) return shown(entry, text);
  const naming = entry.children.find(({ key }) => key === 'name') ?? entry.children.find(({ key }) => key === 'path');
  return (naming && shown(naming, text)) || String(index + 1);
}

function kindOf(entry: Entry, text: string): SymbolKind {
  if (entry.style === 'empty') return SymbolKind.Null;
  if (!isScalar(entry)) {
    const isList = entry.style === 'flow' ? text[entry.valueStart] === '[' : entry.children[0]?.key === undefined;
    return isList ? SymbolKind.Array : SymbolKind.Object;
  }
  if (entry.style !== 'plain') return SymbolKind.String;
  const value = text.slice(entry.valueStart, entry.valueEnd);
  if (/^(?:true|false)$/i.test(value)) return SymbolKind.Boolean;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(value) ? SymbolKind.Number : SymbolKind.String;
}

const isScalar = ({ style }: Entry): boolean => style === 'plain' || style === 'quoted' || style === 'blockScalar';

/** A value in one short line. */
function shown(entry: Entry, text: string): string {
  const written = text.slice(entry.valueStart, Math.min(entry.valueEnd, entry.valueStart + 4 * LONGEST_DETAIL));
  const body = entry.style === 'blockScalar' ? written.replace(/^[^\n]*\n?/, '') : written;
  const bare = entry.style === 'quoted' ? body.replace(/^["']|["']$/g, '') : body;
  const line = bare.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL - 1)}…` : line;
}

export const rangeIn = (text: TextDocument, start: number, end: number): DocumentSymbol['range'] => ({
  start: text.positionAt(start),
  end: text.positionAt(end),
});
