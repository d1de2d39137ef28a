import { message } from '../../../l10n/index.ts';
import { documentsOf, type PlacedDocument } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import { isJob } from '../kinds/kind.ts';
import type { Finding } from '../model/finding.ts';
import type { OpenFile } from './host.ts';
import { type DiskFile, DiskFiles, type WorkspaceFiles } from './workspace/diskFiles.ts';
import { type DocumentNames, type NameUse, namesOf } from './workspace/documentNames.ts';
import { fileName } from './workspace/fileName.ts';
import { jobKey, NameTable } from './workspace/nameTable.ts';
import { type PlacedUse, rangeOfUse } from './workspace/placedUse.ts';

export type { WorkspaceFiles } from './workspace/diskFiles.ts';

/** One use of a name in the workspace. `line` and `character` count from 0 in UTF-16. */
export interface IndexedName extends Omit<NameUse, 'path'>, PlacedUse {
  uri: string;
}

/** What is known of the gpuctl documents of the workspace: open files as they are, the others as they lie on the disk. */
export interface WorkspaceIndex {
  /** Uses of names, of everything or of one name. */
  names(of: 'job' | 'pool', name?: string): readonly IndexedName[];
  /**
   * Values that were used before under a key (`environment.image`, `storage.workdirs.path`), the most frequent first. `except`: a
   * document whose own values do not count, since they are being typed.
   */
  used(path: string, except?: GpuctlDocument): readonly string[];
  /** What other files of the workspace say of a document. Cheap: names are looked up, no file is walked. */
  findings(file: OpenFile, placed: PlacedDocument): readonly Finding[];
  /** An open file was checked anew. */
  update(file: OpenFile): void;
  close(uri: string): void;
  /** Files on the disk changed or went away. */
  filesChanged(changed: readonly string[], deleted: readonly string[]): void;
  /** Reads files anew that are not open, and resolves when that is done. */
  refresh(uris: readonly string[]): Promise<void>;
}

/** What the index needs from outside. */
export interface IndexPorts {
  /** Where the client reads files for us; without it only open files are known. */
  files?: WorkspaceFiles;
  /** What is said of other open files may be different now. */
  changed?(uris: readonly string[]): void;
}

interface IndexedFile {
  uri: string;
  open: OpenFile | undefined;
  disk: DiskFile | undefined;
  /** What of it is in the table. */
  names: readonly DocumentNames[];
}

export function createWorkspaceIndex(ports: IndexPorts = {}): WorkspaceIndex {
  const files = new Map<string, IndexedFile>();
  const table = new NameTable<IndexedFile>();
  const disk = ports.files && new DiskFiles(ports.files, { read: setDisk, gone: (uri) => setDisk(uri, undefined) });
  let started = false;

  function fileOf(uri: string): IndexedFile {
    let file = files.get(uri);
    if (!file) {
      file = { uri, open: undefined, disk: undefined, names: [] };
      files.set(uri, file);
    }
    return file;
  }

  function setDisk(uri: string, read: DiskFile | undefined): void {
    const file = fileOf(uri);
    file.disk = read;
    settle(file);
  }

  /** Brings what the table has of a file up to date; what is the same at head and tail is not touched. */
  function settle(file: IndexedFile): void {
    const before = file.names;
    const after = file.open
      ? file.open.checked.chunks.flatMap(({ document }) => (document ? namesOf(document) : []))
      : (file.disk?.names ?? []);
    let head = 0;
    while (head < before.length && head < after.length && before[head] === after[head]) head++;
    let tail = 0;
    while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
    const old = before.slice(head, before.length - tail);
    const fresh = after.slice(head, after.length - tail);
    file.names = after;
    for (const names of old) table.remove(file, names);
    for (const names of fresh) table.add(file, names);
    if (!file.open && !file.disk) files.delete(file.uri);
    tellTwins(file, old, fresh);
  }

  /** The other open files with a job whose name came or went here. */
  function tellTwins(file: IndexedFile, old: readonly DocumentNames[], fresh: readonly DocumentNames[]): void {
    const jobs = (all: readonly DocumentNames[]) =>
      new Map(all.flatMap(({ uses }) => uses.filter(({ of }) => of === 'job').map((use) => [jobKey(use), use])));
    const [gone, come] = [jobs(old), jobs(fresh)];
    const uris = new Set<string>();
    for (const [key, use] of [...gone, ...come]) {
      if (gone.has(key) && come.has(key)) continue;
      for (const owner of twins(use, file.uri)) if (owner.open) uris.add(owner.uri);
    }
    if (uris.size) ports.changed?.([...uris]);
  }

  /** Other files with a job of the same name and namespace. */
  function twins(use: NameUse, uri: string): IndexedFile[] {
    return [...table.owners(use)].filter((owner) => owner.uri !== uri);
  }

  function place(use: NameUse, file: IndexedFile, documents: Map<IndexedFile, PlacedUses>): IndexedName | undefined {
    let places = documents.get(file);
    if (!places) {
      places = file.open ? placesIn(file.open) : (one) => file.disk?.places.get(one);
      documents.set(file, places);
    }
    const placed = places(use);
    if (!placed) return undefined;
    const { path: _, ...name } = use;
    return { ...name, ...placed, uri: file.uri };
  }

  return {
    names(of, name) {
      const places = new Map<IndexedFile, PlacedUses>();
      const uses = name === undefined ? table.all(of) : table.of(of, name);
      return [...uses].flatMap(([use, file]) => place(use, file, places) ?? []);
    },
    used: (path, except) => table.values(path, except && namesOf(except)),
    findings({ uri }, { document }) {
      if (files.size < 2 || !isJob(document.model)) return [];
      const use = namesOf(document).uses.find(({ of }) => of === 'job');
      const [first, ...others] = use ? twins(use, uri) : [];
      if (!use || !first) return [];
      const args = { name: use.name, file: fileName(first.uri, uri) };
      return [
        {
          code: 'job.twice-in-workspace',
          severity: 'information',
          range: document.rangeOf(use.path),
          message: others.length
            ? message('finding.job.twice-in-workspace.more', { ...args, count: others.length })
            : message('finding.job.twice-in-workspace', args),
        },
      ];
    },
    update(open) {
      const hasDocuments = open.checked.chunks.some(({ document }) => document);
      const known = files.get(open.uri);
      if (!known?.open && !hasDocuments && !known?.disk) return;
      const file = fileOf(open.uri);
      file.open = open;
      settle(file);
      if (hasDocuments && !started) {
        started = true;
        void disk?.start();
      }
    },
    close(uri) {
      const file = files.get(uri);
      if (!file?.open) return;
      file.open = undefined;
      settle(file);
      if (isOnDisk(uri)) void disk?.refresh([uri]);
    },
    filesChanged(changed, deleted) {
      if (!started) return;
      for (const uri of deleted) disk?.forget(uri);
      void disk?.refresh(changed.filter(isOnDisk));
    },
    refresh: async (uris) => {
      await disk?.refresh(uris.filter((uri) => !files.get(uri)?.open));
    },
  };
}

type PlacedUses = (use: NameUse) => PlacedUse | undefined;

/** Where the uses of an open file stand, document by document. */
function placesIn({ checked, document: text }: OpenFile): PlacedUses {
  const owners = new Map<NameUse, PlacedDocument>();
  for (const placed of documentsOf(checked)) {
    for (const use of namesOf(placed.document).uses) owners.set(use, placed);
  }
  return (use) => {
    const placed = owners.get(use);
    if (!placed) return undefined;
    const { start, end, quoted } = rangeOfUse(placed.document, use);
    const range = { start: text.positionAt(placed.offset + start), end: text.positionAt(placed.offset + end) };
    return { range, quoted };
  };
}

const isOnDisk = (uri: string): boolean => /\.gpuctl\.ya?ml$/i.test(uri) && !uri.startsWith('untitled:');
