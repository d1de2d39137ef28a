import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ClientNotifications, ClientRequests } from '../../server/src/protocol.ts';
import type { Pair } from './pair.ts';

/** A folder on the disk that the editor of a pair has open. */
export class WorkspaceFolder {
  readonly path: string;
  private readonly pair: Pair;

  private constructor(path: string, pair: Pair) {
    this.path = path;
    this.pair = pair;
    pair.client.onRequest(ClientRequests.listFiles.method, async ({ limit }: { limit: number }) => ({
      uris: (await readdir(path))
        .filter((name) => /\.gpuctl\.ya?ml$/.test(name))
        .slice(0, limit)
        .map((name) => this.uri(name)),
    }));
    pair.client.onRequest(ClientRequests.readFile.method, async ({ uri }: { uri: string }) => ({
      text: await readFile(fileURLToPath(uri), 'utf8').catch(() => null),
    }));
  }

  static async create(pair: Pair, files: Record<string, string>): Promise<WorkspaceFolder> {
    const folder = new WorkspaceFolder(await mkdtemp(join(tmpdir(), 'gpuctl-')), pair);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
    return folder;
  }

  uri = (name: string): string => String(pathToFileURL(join(this.path, name)));

  /** Writes a file as another program would, and has the watcher tell it. */
  async write(name: string, text: string): Promise<void> {
    await writeFile(join(this.path, name), text);
    await this.pair.tell(ClientNotifications.filesChanged, { changed: [this.uri(name)], deleted: [] });
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.path, name));
    await this.pair.tell(ClientNotifications.filesChanged, { changed: [], deleted: [this.uri(name)] });
  }

  close = (): Promise<void> => rm(this.path, { recursive: true, force: true });
}

/** The texts that an edit leaves, of those it touches. */
export function afterEdit(
  edit: WorkspaceEdit | null | undefined,
  texts: Record<string, string>,
): Record<string, string> {
  const edits = new Map<string, TextEdit[]>(Object.entries(edit?.changes ?? {}));
  for (const change of edit?.documentChanges ?? []) {
    if ('textDocument' in change) edits.set(change.textDocument.uri, change.edits as TextEdit[]);
  }
  return Object.fromEntries(
    [...edits].map(([uri, own]) => [
      uri,
      TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, texts[uri] ?? ''), own),
    ]),
  );
}
