import { message } from '../../../l10n/index.ts';
import { documentsOf } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import { nameOf } from '../operations/submit/documentOrder.ts';
import type { DocumentToSubmit } from '../operations/submit/submitDocuments.ts';
import type { Cli } from './cli.ts';
import { UsageError } from './exit.ts';
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
    return documentsOf(source.checked).map(({ document }) => {
      requireNamespace(cli, document);
      return {
        source,
        file: source.checked,
        document,
        path,
        gitCommit: undefined,
      };
    });
  });
}

/** As kubectl does: a namespace that is asked for and another that is written are not both meant. Throws UsageError. */
export function requireNamespace({ options: { namespace } }: Cli, document: GpuctlDocument): void {
  const written = (document.value as { job?: { namespace?: unknown } | null } | null)?.job?.namespace;
  if (!namespace || typeof written !== 'string' || written === namespace) return;
  throw new UsageError(message('cli.usage.namespace', { name: nameOf(document), written, namespace }));
}
