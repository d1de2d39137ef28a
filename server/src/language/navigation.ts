import {
  DocumentHighlightKind,
  type Location,
  LSPErrorCodes,
  type Position,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { type Message, message } from '../../../l10n/index.ts';
import { documentAt, type PlacedDocument } from '../kinds/checkedFile.ts';
import { readDocument } from '../kinds/document.ts';
import { applyChanges } from '../model/edits/pieces.ts';
import { flowValue } from '../model/edits/write.ts';
import { toTextChanges } from '../model/edits.ts';
import type { LanguageHost, OpenFile } from './host.ts';
import { type NameUse, namesOf } from './workspace/documentNames.ts';
import { fileName } from './workspace/fileName.ts';
import { rangeOfUse } from './workspace/placedUse.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';
import type { IndexedName } from './workspaceIndex.ts';

/** Definition, references, highlights and rename of the names of jobs and pools. */
export function registerNavigation(host: LanguageHost): void {
  const { connection, say } = host;
  connection.onDefinition(({ textDocument, position }): Location[] => {
    const at = useAt(host, textDocument.uri, position);
    if (at?.use.role === 'definition') return [{ uri: at.file.uri, range: at.range }];
    return at ? namesLike(at.use, host).filter(isDefinition).map(toLocation) : [];
  });
  connection.onReferences(({ textDocument, position, context }): Location[] => {
    const at = useAt(host, textDocument.uri, position);
    if (!at) return [];
    return namesLike(at.use, host)
      .filter((name) => context.includeDeclaration || !isDefinition(name))
      .map(toLocation);
  });
  connection.onDocumentHighlight(({ textDocument, position }) => {
    const at = useAt(host, textDocument.uri, position);
    if (!at) return [];
    return namesLike(at.use, host)
      .filter(({ uri }) => uri === at.file.uri)
      .map((name) => ({
        range: name.range,
        kind: isDefinition(name) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
  });
  connection.onPrepareRename(({ textDocument, position }) => {
    const at = useAt(host, textDocument.uri, position);
    return at ? { range: at.range, placeholder: at.use.name } : null;
  });
  connection.onRenameRequest(async ({ textDocument, position, newName }) => {
    const at = useAt(host, textDocument.uri, position);
    if (!at) return null;
    const problem = problemWith(newName, at, host);
    if (problem) return new ResponseError(LSPErrorCodes.RequestFailed, say(problem));
    return rename(at.use, newName, host);
  });
}

interface UseAt {
  file: OpenFile;
  placed: PlacedDocument;
  use: NameUse;
  range: IndexedName['range'];
}

/** The name at a position. */
function useAt(host: LanguageHost, uri: string, position: Position): UseAt | undefined {
  const file = host.file(uri);
  if (!file) return undefined;
  const offset = file.document.offsetAt(position);
  const placed = documentAt(file.checked, offset);
  if (!placed) return undefined;
  for (const use of namesOf(placed.document).uses) {
    const { start, end } = rangeOfUse(placed.document, use);
    const [from, to] = [placed.offset + start, placed.offset + end];
    if (offset < from || offset > to) continue;
    const range = { start: file.document.positionAt(from), end: file.document.positionAt(to) };
    return { file, placed, use, range };
  }
  return undefined;
}

/** All uses of a name in the workspace. A job is the same one only within its namespace. */
function namesLike({ of, name, namespace }: NameUse, host: LanguageHost): IndexedName[] {
  host.files(); // what was typed a moment ago counts
  return host.index.names(of, name).filter((other) => of === 'pool' || other.namespace === namespace);
}

async function rename(use: NameUse, to: string, host: LanguageHost): Promise<WorkspaceEdit> {
  const isClosed = ({ uri }: IndexedName) => !host.file(uri);
  // Files that nobody has open may have changed since they were read.
  await host.index.refresh([
    ...new Set(
      namesLike(use, host)
        .filter(isClosed)
        .map(({ uri }) => uri),
    ),
  ]);
  const edits = new Map<string, TextEdit[]>();
  for (const { uri, range, quoted } of namesLike(use, host)) {
    const own = edits.get(uri) ?? [];
    own.push({ range, newText: quoted ? to : flowValue(to) });
    edits.set(uri, own);
  }
  return toWorkspaceEdit(edits, host);
}

/** Why a name cannot be given, in a sentence. */
function problemWith(name: string, { file, placed, use }: UseAt, host: LanguageHost): Message | undefined {
  if (name === use.name) return undefined;
  if (use.of === 'pool' && name === 'default') return message('action.rename.default');
  const taken = namesLike({ ...use, name }, host).find(isDefinition);
  if (taken) {
    const what = message(use.of === 'job' ? 'action.rename.job' : 'action.rename.pool');
    return message('action.rename.taken', { what, name, file: fileName(taken.uri, file.uri) });
  }
  // The checks of the document know what a name may be, and how long with all that is built from it.
  const { document } = placed;
  const changes = toTextChanges([{ do: 'set', path: use.path, value: name }], document.tree()) ?? [
    { range: document.rangeOf(use.path), text: flowValue(name) },
  ];
  const renamed = readDocument(applyChanges(document.text, changes), file.mode);
  const { start, end } = renamed?.rangeOf(use.path) ?? { start: 0, end: 0 };
  return renamed?.findings.find(
    ({ severity, range }) => severity === 'error' && range.start < Math.max(end, start + 1) && range.end > start,
  )?.message;
}

const isDefinition = ({ role }: { role: NameUse['role'] }): boolean => role === 'definition';
const toLocation = ({ uri, range }: IndexedName): Location => ({ uri, range });
