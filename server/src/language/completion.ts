import {
  type CompletionItem,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver';
import type { CheckedChunk } from '../kinds/checkedFile.ts';
import type { Value } from '../model/canonical.ts';
import { LIMITS } from '../model/yamlTree.ts';
import { complete } from './completion/complete.ts';
import type { Proposal } from './completion/proposal.ts';
import { type Spelling, spellingIn } from './completion/spelling.ts';
import { createTrial } from './completion/trial.ts';
import { readLines } from './cursor/lines.ts';
import type { LanguageHost, OpenFile } from './host.ts';

/** Keys, values and whole documents while typing. It looks at the one document that the cursor is in. */
export function registerCompletion(host: LanguageHost): void {
  host.connection.onCompletion(({ textDocument, position }): CompletionList => {
    const file = host.file(textDocument.uri);
    return file ? completeIn(file, file.document.offsetAt(position), host) : { isIncomplete: false, items: [] };
  });
}

function completeIn(file: OpenFile, at: number, host: LanguageHost): CompletionList {
  const { chunks } = file.checked;
  const index = chunks.findLastIndex(({ offset }) => offset <= at);
  const { offset, text, document }: CheckedChunk = chunks[index] ?? { offset: 0, text: '', document: undefined };
  // Not ours: Kubernetes' own beside ours, or one that is too large to be read.
  if (text.length > LIMITS.characters || (!document && /^["']?apiVersion["']?\s*:/m.test(text))) {
    return { isIncomplete: false, items: [] };
  }
  const { proposals, complete: isComplete } = complete({
    text,
    offset: at - offset,
    kindName: document?.kindName ?? (file.mode === 'gpuctl' ? '' : undefined),
    spellingAround: () => spellingAround(chunks, index),
    sources: {
      live: host.live,
      used: (path) => host.index.used(path),
      pools: () => host.index.names('pool').map(({ name }) => name),
      file: decodeURIComponent(file.uri.slice(file.uri.lastIndexOf('/') + 1)),
      read: (path) => valueAt(document?.tree().value, path),
      tryOut: createTrial(document, host.live),
    },
    say: host.say,
  });
  const items = proposals.map((proposal, rank) => toItem(proposal, rank, offset, file, host.ours));
  return { isIncomplete: !isComplete, items };
}

/** The documents next to this one: a file is written in one style. */
function spellingAround(chunks: readonly CheckedChunk[], index: number): Spelling | undefined {
  for (const chunk of [chunks[index - 1], chunks[index + 1]]) {
    if (!chunk?.document) continue;
    const written = readLines(chunk.text).flatMap(({ marks }) => marks.flatMap(({ key }) => key?.text ?? []));
    const found = spellingIn(written);
    if (found !== undefined) return found;
  }
  return undefined;
}

function valueAt(root: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  let at: unknown = root;
  for (const part of path) at = (at as Record<string | number, unknown> | null | undefined)?.[part];
  return at as Value | undefined;
}

function toItem(
  { label, kind, detail, documentation, filter, text, isSnippet, range, isTyped, goesOn }: Proposal,
  rank: number,
  offset: number,
  { document }: OpenFile,
  ours: boolean,
): CompletionItem {
  const start = document.positionAt(offset + range.start);
  const end = document.positionAt(offset + range.end);
  return {
    label,
    kind,
    ...(detail && { detail, labelDetails: { description: detail } }),
    ...(documentation && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    filterText: filter ?? label,
    sortText: String(rank).padStart(4, '0'),
    ...(isTyped && { preselect: true }),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range: { start, end }, newText: text },
    ...(goesOn && ours && { command: { title: '', command: 'editor.action.triggerSuggest' } }),
  };
}
