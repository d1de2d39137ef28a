import * as vscode from 'vscode';

/** A gpuctl document with a wide indentation, a Kubernetes one behind it, and a line between them that is not formatted. */
export const MIXED = `kind: training
job:
    name: mixed
environment:
    image:   registry.example.com/a:1
resources:
    gpu: 1
---
apiVersion: v1
kind: ConfigMap
metadata:
    name: foreign
`;

/** What all services together say of a document, as VS Code merges it. */
export const services = {
  /** Names of the outline's first level, with their lines. */
  async outline({ uri }: vscode.TextDocument): Promise<string[]> {
    const found = await execute<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
    return found.map(({ name, range }) => `${range.start.line} ${name}`);
  },
  /** First lines of what can be folded. */
  async folding({ uri }: vscode.TextDocument): Promise<number[]> {
    const found = await execute<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', uri);
    return found.map(({ start }) => start);
  },
  /** Texts of all hovers over a place, one for each service that says something. */
  async hovers(document: vscode.TextDocument, at: string): Promise<string[]> {
    const position = document.positionAt(document.getText().indexOf(at) + 1);
    const found = await execute<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
    return found
      .map(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)).join('\n'))
      .filter(Boolean);
  },
  /** Labels of what may stand behind the first occurrence of a text. */
  async completions(document: vscode.TextDocument, behind: string): Promise<string[]> {
    const position = document.positionAt(document.getText().indexOf(behind) + behind.length);
    const found = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    return found.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  },
  /** Formats as the person's key does, which asks where two services offer it. */
  async format(document: vscode.TextDocument): Promise<string> {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('editor.action.formatDocument');
    return document.getText();
  },
  /** Codes and sources of the diagnostics. */
  diagnostics({ uri }: vscode.TextDocument): string[] {
    return vscode.languages
      .getDiagnostics(uri)
      .map(({ source, code }) => `${source} ${typeof code === 'object' ? code.value : code}`);
  },
};

async function execute<List extends unknown[]>(command: string, ...args: unknown[]): Promise<List | []> {
  return (await vscode.commands.executeCommand<List | undefined>(command, ...args)) ?? [];
}

/** What stands in a list more than once. */
export const doubled = <T>(list: readonly T[]): T[] => list.filter((one, index) => list.indexOf(one) !== index);
