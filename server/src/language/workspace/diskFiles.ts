import { readDocument } from '../../kinds/document.ts';
import { detach, splitDocuments } from '../../model/splitDocuments.ts';
import { createTurns } from '../turns.ts';
import { type DocumentNames, namesOf } from './documentNames.ts';
import { type PlacedUse, placeUse } from './placedUse.ts';

/** The files of the workspace, as the client reads them. */
export interface WorkspaceFiles {
  /** URIs of files with gpuctl documents, at most `limit`. */
  list(limit: number): Promise<readonly string[]>;
  /** The text of a file; `undefined` where it cannot be read or is larger than `limit` bytes. */
  read(uri: string, limit: number): Promise<string | undefined>;
}

/** What is kept of a file on the disk. */
export interface DiskFile {
  names: readonly DocumentNames[];
  places: ReadonlyMap<DocumentNames['uses'][number], PlacedUse>;
  /** Length of its text. */
  size: number;
}

/** Bounds of what is read. Of a file that is larger, and of documents that are, nothing is kept. */
export const BOUNDS = { files: 5000, bytes: 50_000_000, fileBytes: 2_000_000, documentCharacters: 32 * 1024 };
const AT_ONCE = 8;

interface Events {
  read(uri: string, file: DiskFile): void;
  gone(uri: string): void;
}

/** Reads files in the background: a few at a time, a few milliseconds at a time. What fails is as if it were not there. */
export class DiskFiles {
  private readonly waiting = new Set<string>();
  private readonly sizes = new Map<string, number>();
  /** Files that went away while they were read. */
  private readonly gone = new Set<string>();
  private total = 0;
  private running: Promise<void> | undefined;
  private readonly files: WorkspaceFiles;
  private readonly events: Events;

  constructor(files: WorkspaceFiles, events: Events) {
    this.files = files;
    this.events = events;
  }

  async start(): Promise<void> {
    const uris = await this.files.list(BOUNDS.files).catch(() => []);
    await this.refresh(uris.slice(0, BOUNDS.files));
  }

  /** Reads files anew; resolves when that is done. */
  refresh(uris: Iterable<string>): Promise<void> {
    for (const uri of uris) this.waiting.add(uri);
    if (this.waiting.size) this.running ??= this.work();
    return this.running ?? Promise.resolve();
  }

  forget(uri: string): void {
    this.waiting.delete(uri);
    this.gone.add(uri);
    this.drop(uri);
  }

  private async work(): Promise<void> {
    const turn = createTurns();
    while (this.waiting.size) {
      const batch = [...this.waiting].slice(0, AT_ONCE);
      for (const uri of batch) this.waiting.delete(uri);
      this.gone.clear();
      const texts = await Promise.all(
        batch.map((uri) => this.files.read(uri, BOUNDS.fileBytes).catch(() => undefined)),
      );
      for (const [index, uri] of batch.entries()) await this.take(uri, texts[index], turn);
    }
    this.running = undefined;
  }

  private async take(uri: string, text: string | undefined, turn: () => Promise<void>): Promise<void> {
    const file = text === undefined || !this.hasRoomFor(uri, text) ? undefined : await readNames(text, turn);
    if (this.gone.has(uri)) return;
    if (!file) return this.drop(uri);
    this.total += file.size - (this.sizes.get(uri) ?? 0);
    this.sizes.set(uri, file.size);
    this.events.read(uri, file);
  }

  private drop(uri: string): void {
    this.total -= this.sizes.get(uri) ?? 0;
    this.sizes.delete(uri);
    this.events.gone(uri);
  }

  private hasRoomFor(uri: string, text: string): boolean {
    if (!this.sizes.has(uri) && this.sizes.size >= BOUNDS.files) return false;
    return this.total - (this.sizes.get(uri) ?? 0) + text.length <= BOUNDS.bytes;
  }
}

/** The names in a file's text. Documents that are not small are left out. */
async function readNames(text: string, turn: () => Promise<void>): Promise<DiskFile> {
  const names: DocumentNames[] = [];
  const places = new Map<DocumentNames['uses'][number], PlacedUse>();
  let lineStart = { offset: 0, line: 0 };
  for (const chunk of splitDocuments(text)) {
    await turn();
    lineStart = advance(text, lineStart, chunk.offset);
    if (chunk.text.length > BOUNDS.documentCharacters) continue;
    const document = readDocument(chunk.text, 'gpuctl');
    if (!document) continue;
    const own = namesOf(document, detach);
    names.push(own);
    for (const use of own.uses) places.set(use, placeUse(document, use, lineStart.line));
  }
  return { names, places, size: text.length };
}

/** Counts lines up to an offset at which a line begins. */
function advance(text: string, from: { offset: number; line: number }, to: number): { offset: number; line: number } {
  let { offset, line } = from;
  for (let next = text.indexOf('\n', offset); next >= 0 && next < to; next = text.indexOf('\n', offset)) {
    offset = next + 1;
    line++;
  }
  return { offset, line };
}
