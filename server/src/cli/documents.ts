import { documentsOf } from '../kinds/checkedFile.ts';
import type { DocumentToSubmit } from '../operations/submitDocuments.ts';
import type { Cli } from './cli.ts';
import { type NamedFile, readFiles } from './files.ts';
import { pathInWorkspace } from './workPath.ts';

/** Options of every command that takes documents. */
export interface FileOptions {
  filename?: string[];
  recursive?: boolean;
}

/** A document and the file that it stands in. */
export interface NamedDocument extends DocumentToSubmit {
  source: NamedFile;
}

/** Every gpuctl document of the named files, in order. Throws GpuctlError, UsageError. */
export async function readDocuments(cli: Cli, { filename = [], recursive }: FileOptions): Promise<NamedDocument[]> {
  const files = await readFiles(filename, { recursive, stdin: cli.ports.stdin, signal: cli.signal });
  return files.flatMap((source) => {
    const path = source.name === '-' ? undefined : pathInWorkspace(source.name);
    return documentsOf(source.checked).map(({ document }) => ({
      source,
      file: source.checked,
      document,
      path,
      gitCommit: undefined,
    }));
  });
}
