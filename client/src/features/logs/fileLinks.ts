import * as vscode from 'vscode';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { LOG_LANGUAGE } from './logChannel.ts';
import { type FilePlace, findPlaces, matchFiles } from './logScan.ts';
import type { Logs } from './logs.ts';

/** Lines of a file that are looked at in one go, and places in it that become links. */
const SLICE = 2_000;
const PLACES = 2_000;
/** Names of files that are looked for in the workspace, and milliseconds for which the answer holds. */
const NAMES = 300;
const FRESH = 30_000;
/** Files of one name. */
const FILES = 50;

/** Links from the places that a log names to the files of the workspace, in output channels and in saved logs. */
export function provideFileLinks({ commands, texts }: Infrastructure, logs: Logs): vscode.Disposable {
  const files = new WorkspaceFiles();
  const provider: vscode.DocumentLinkProvider = {
    async provideDocumentLinks(document, token) {
      const places =
        document.uri.scheme === 'output' ? placesInChannel(logs, document) : await placesInFile(document, token);
      await files.look(places.map(({ path }) => path));
      if (token.isCancellationRequested) return [];
      // The same few files are named again and again.
      const isThere = new Map(
        [...new Set(places.map(({ path }) => path))].map((path) => [path, files.find(path).length]),
      );
      return places.flatMap(({ line, from, to, path, at, column }) => {
        if (!isThere.get(path)) return [];
        const query = JSON.stringify([path, at, column]);
        const target = vscode.Uri.from({ scheme: 'command', path: 'gpuctl.log.openSource', query });
        return [new vscode.DocumentLink(new vscode.Range(line, from, line, to), target)];
      });
    },
  };
  commands.register('gpuctl.log.openSource', async (path, at, column = 1) => {
    await files.look([path]);
    const found = files.find(path);
    const uri = found.length > 1 ? await pick(found, texts.t('ui.log.which-file')) : found[0];
    if (!uri) return;
    const position = new vscode.Position(Math.max(0, at - 1), Math.max(0, column - 1));
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
  });
  return vscode.languages.registerDocumentLinkProvider({ language: LOG_LANGUAGE }, provider);
}

async function pick(uris: vscode.Uri[], title: string): Promise<vscode.Uri | undefined> {
  const items = uris.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { title }))?.uri;
}

/** As the channel noted them while the text came: the text of a long log is never read again. */
function placesInChannel(logs: Logs, document: vscode.TextDocument): FilePlace[] {
  const { channel } = logs.of(document) ?? {};
  return (channel?.places ?? []).flatMap((place) => {
    const shift = channel?.shiftOf(document, place.line, (text) =>
      text.slice(place.from, place.to).includes(place.path),
    );
    return shift === undefined ? [] : [{ ...place, line: place.line + shift }];
  });
}

async function placesInFile(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<FilePlace[]> {
  const places: FilePlace[] = [];
  for (let from = 0; from < document.lineCount && places.length < PLACES; from += SLICE) {
    const text = document.getText(new vscode.Range(from, 0, from + SLICE, 0));
    places.push(...findPlaces(text).map((place) => ({ ...place, line: from + place.line })));
    await new Promise((resolve) => setTimeout(resolve));
    if (token.isCancellationRequested) return [];
  }
  return places;
}

/** The files of the workspace by their names, looked for when a log names one. */
class WorkspaceFiles {
  readonly #byName = new Map<string, { at: number; files: Promise<vscode.Uri[]>; found: vscode.Uri[] }>();

  /** Looks for the files that these paths may mean. */
  async look(paths: readonly string[]): Promise<void> {
    const names = [...new Set(paths.map(nameOf))].slice(0, NAMES);
    await Promise.all(names.map((name) => this.#look(name)));
  }

  /** The files that a path means, among those that were looked for. */
  find(path: string): vscode.Uri[] {
    const found = this.#byName.get(nameOf(path))?.found ?? [];
    const relative = found.map((uri) => vscode.workspace.asRelativePath(uri, false));
    const matching = new Set(matchFiles(path, relative));
    return found.filter((_, index) => matching.has(relative[index] ?? ''));
  }

  async #look(name: string): Promise<void> {
    let known = this.#byName.get(name);
    if (!known || Date.now() - known.at > FRESH) {
      const pattern = `**/${name.replace(/[[\]{}*?]/g, '[$&]')}`;
      const files = Promise.resolve(vscode.workspace.findFiles(pattern, undefined, FILES)).catch(() => []);
      known = { at: Date.now(), files, found: known?.found ?? [] };
      this.#byName.set(name, known);
      if (this.#byName.size > 10 * NAMES) this.#byName.delete(this.#byName.keys().next().value ?? '');
    }
    known.found = await known.files;
  }
}

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? '';
