import { parse } from 'yaml';
import { message } from '../../../../l10n/index.ts';
import { errorsOf } from '../../kinds/checkedFile.ts';
import type { DocumentModel } from '../../kinds/kind.ts';
import type { Site } from '../../kinds/manifests/site.ts';
import { GpuctlError } from '../../operations/error.ts';
import { type RenderedDocument, renderDocument } from '../../operations/render.ts';
import { heldSite } from '../../operations/site.ts';
import type { Cli } from '../cli.ts';
import { type FileOptions, type NamedDocument, readDocuments } from '../documents.ts';
import { EXIT } from '../exit.ts';
import { findingsOf, toLine } from '../findings.ts';
import { holdState, withSession } from '../liveSession.ts';

export interface RenderOptions extends FileOptions {
  output?: 'yaml' | 'json';
  /** Decides by what the cluster has; otherwise no cluster is asked. */
  live?: boolean;
}

/** `render`: the resources that documents become, as manifests. No secret value is in them. */
export async function render(cli: Cli, _: string[], options: RenderOptions): Promise<number> {
  const documents = await readDocuments(cli, options);
  if (!documents.length) throw new GpuctlError('submit.no-document', message('cli.none.document'));
  if (await tellErrors(cli, documents)) return EXIT.documentErrors;
  return withSession(cli, async (session) => {
    if (options.live) await holdState(cli, session);
    return show(cli, documents, options, (model) => heldSite(session, model));
  });
}

async function show(
  cli: Cli,
  documents: readonly NamedDocument[],
  { output = 'yaml' }: RenderOptions,
  siteOf: (model: DocumentModel) => Site,
): Promise<number> {
  const items: unknown[] = [];
  for (const { document, source } of documents) {
    const rendered = document.model && renderDocument(document, siteOf(document.model));
    if (!rendered) continue;
    if (output === 'json') items.push(...textsOf(rendered).map((text) => parse(text)));
    else await cli.out.write(toYaml(cli, rendered, `${source.name}: ${document.kindName}/${document.name ?? ''}`));
  }
  if (output === 'json') await cli.out.json({ apiVersion: 'v1', kind: 'List', items });
  return EXIT.ok;
}

const textsOf = ({ objects }: RenderedDocument): string[] =>
  objects.map(({ lines }) => lines.map(({ text }) => `${text}\n`).join(''));

function toYaml(cli: Cli, rendered: RenderedDocument, title: string): string {
  const notes = rendered.notes.map((note) => `# ${cli.say(note).replaceAll('\n', ' ')}\n`);
  return [`# ${title}\n`, ...notes, ...textsOf(rendered).map((text) => `---\n${text}`)].join('');
}

/** Tells of documents that cannot be built; whether there are any. */
async function tellErrors(cli: Cli, documents: readonly NamedDocument[]): Promise<boolean> {
  let any = false;
  for (const { document, file, source } of documents) {
    if (document.model && !errorsOf(file, document).length) continue;
    any = true;
    for (const finding of findingsOf(source, cli, document))
      if (finding.severity === 'error') await cli.out.note(toLine(finding, cli, 'stderr'));
  }
  return any;
}
