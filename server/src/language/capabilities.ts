import type { ServerCapabilities } from 'vscode-languageserver';
import { TOKEN_TYPES } from './tokenTypes.ts';

/** `TextDocumentSyncKind.Incremental`; the protocol package is not loaded for a number. */
const INCREMENTAL = 2;

/** Kinds of code actions; those behind `source.fixAll` run on save where a person asks for it. */
export const ACTION_KINDS = ['quickfix', 'refactor.rewrite', 'source.fixAll.gpuctl'] as const;

/**
 * What the server can do. `ours`: the client has our commands. Where the client can be told later (`tellLater`), formatting is registered
 * for the languages where it is ours: VS Code asks people which of two formatters they mean. `pulls`: the client asks for diagnostics.
 */
export const buildCapabilities = (ours: boolean, tellLater = false, pulls = false): ServerCapabilities => ({
  textDocumentSync: { openClose: true, change: INCREMENTAL },
  completionProvider: { triggerCharacters: [' ', ':', '-', '/', '.', '"', "'", ',', '[', '{'] },
  hoverProvider: true,
  inlayHintProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: {},
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  semanticTokensProvider: { legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] }, full: true, range: false },
  codeActionProvider: { codeActionKinds: [...ACTION_KINDS], resolveProvider: true },
  ...(!tellLater && { documentFormattingProvider: true, documentRangeFormattingProvider: true }),
  ...(pulls && { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } }),
  ...(ours && { codeLensProvider: { resolveProvider: true } }), // its commands are our client's
});
