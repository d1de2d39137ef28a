import * as vscode from 'vscode';
import { type FileKindDto, type FilesPlaceDto, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { toPlace } from './jobUri.ts';

/** Milliseconds between two looks at files that are open, while the window has the focus. */
const LOOK = 5_000;

/** Files of jobs that run, as files of the editor. */
export class JobFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #infrastructure: Infrastructure;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** What is open, with what is known of it. */
  readonly #watched = new Map<string, { uri: vscode.Uri; count: number; known: string }>();
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChangeFile = this.#changed.event;

  constructor(infrastructure: Infrastructure) {
    this.#infrastructure = infrastructure;
  }

  /** Nothing tells of changes in a container: what is open is looked at again and again. */
  watch(uri: vscode.Uri, { recursive }: { recursive: boolean }): vscode.Disposable {
    if (recursive) return new vscode.Disposable(() => {});
    const key = uri.toString();
    const watched = this.#watched.get(key) ?? { uri, count: 0, known: '' };
    watched.count++;
    this.#watched.set(key, watched);
    this.#schedule();
    return new vscode.Disposable(() => {
      watched.count--;
      if (!watched.count) this.#watched.delete(key);
    });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { kind, isLink, size, changedAt, createdAt, writable } = await this.#ask(uri, (place) =>
      this.#infrastructure.server.request(Requests.statFile, { ...place, path: uri.path }),
    );
    return {
      type: toType(kind, isLink),
      size,
      mtime: changedAt,
      ctime: createdAt,
      ...(!writable && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const found = await this.#ask(uri, (place) =>
      this.#infrastructure.server.request(Requests.listFolder, { ...place, path: uri.path }),
    );
    return found.map(({ name, kind, isLink }) => [name, toType(kind, isLink)]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { base64 } = await this.#ask(uri, (place) =>
      this.#infrastructure.server.request(Requests.readJobFile, { ...place, path: uri.path }),
    );
    return Buffer.from(base64, 'base64');
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    { create, overwrite }: { create: boolean; overwrite: boolean },
  ): Promise<void> {
    const base64 = Buffer.from(content).toString('base64');
    await this.#ask(uri, (place) =>
      this.#infrastructure.server.request(Requests.writeJobFile, {
        ...place,
        path: uri.path,
        base64,
        create,
        overwrite,
      }),
    );
    this.#tell([vscode.FileChangeType.Changed, uri]);
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    await this.#ask(uri, (place) =>
      this.#infrastructure.server.request(Requests.makeJobFolder, { ...place, path: uri.path }),
    );
    this.#tell([vscode.FileChangeType.Created, uri]);
  }

  async delete(uri: vscode.Uri, { recursive }: { recursive: boolean }): Promise<void> {
    await this.#ask(uri, (place) =>
      this.#infrastructure.server.request(Requests.deleteJobFile, { ...place, path: uri.path, recursive }),
    );
    this.#tell([vscode.FileChangeType.Deleted, uri]);
  }

  async rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { overwrite: boolean }): Promise<void> {
    if (from.authority !== to.authority) throw vscode.FileSystemError.Unavailable(to);
    await this.#ask(from, (place) =>
      this.#infrastructure.server.request(Requests.renameJobFile, {
        ...place,
        path: from.path,
        to: to.path,
        overwrite,
      }),
    );
    this.#tell([vscode.FileChangeType.Deleted, from], [vscode.FileChangeType.Created, to]);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
  }

  #tell(...changes: [vscode.FileChangeType, vscode.Uri][]): void {
    this.#changed.fire(changes.map(([type, uri]) => ({ type, uri })));
  }

  async #ask<T>(uri: vscode.Uri, ask: (place: FilesPlaceDto) => Promise<T>): Promise<T> {
    try {
      return await ask(this.#placeOf(uri));
    } catch (error) {
      if (error instanceof vscode.FileSystemError) throw error;
      const { code, message, hint } = this.#infrastructure.boundary.toFailure(error);
      throw toFileSystemError(code, this.#infrastructure.texts.join(message, hint));
    }
  }

  #placeOf(uri: vscode.Uri): FilesPlaceDto {
    const { configuration, texts } = this.#infrastructure;
    const place = toPlace(uri.authority);
    if (!place) throw vscode.FileSystemError.FileNotFound(uri);
    if (!configuration.trusted) throw vscode.FileSystemError.Unavailable(texts.t('ui.files.untrusted'));
    return place;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.#look(), LOOK);
  }

  async #look(): Promise<void> {
    const all = vscode.window.state.focused ? [...this.#watched.values()] : [];
    await Promise.all(
      all.map(async (watched) => {
        const now = await this.stat(watched.uri).then(
          ({ mtime, size }) => `${mtime} ${size}`,
          () => undefined, // it may be gone, or the way to it: who saves hears of it
        );
        if (now === undefined) return;
        if (watched.known && watched.known !== now) this.#tell([vscode.FileChangeType.Changed, watched.uri]);
        watched.known = now;
      }),
    );
    this.#timer = undefined;
    if (this.#watched.size) this.#schedule();
  }
}

function toType(kind: FileKindDto, isLink: boolean): vscode.FileType {
  const { File, Directory, Unknown, SymbolicLink } = vscode.FileType;
  const type = kind === 'file' ? File : kind === 'folder' ? Directory : Unknown;
  return isLink ? type | SymbolicLink : type;
}

/** With the sentence of the server; the kind tells the editor what to offer. */
function toFileSystemError(code: string, message: string): vscode.FileSystemError {
  switch (code) {
    case 'files.not-found':
      return vscode.FileSystemError.FileNotFound(message);
    case 'files.exists':
      return vscode.FileSystemError.FileExists(message);
    case 'files.is-folder':
      return vscode.FileSystemError.FileIsADirectory(message);
    case 'files.no-folder':
      return vscode.FileSystemError.FileNotADirectory(message);
    case 'files.refused':
    case 'connection.forbidden':
      return vscode.FileSystemError.NoPermissions(message);
    default:
      return vscode.FileSystemError.Unavailable(message);
  }
}
