import { type Message, message } from '../../../l10n/index.ts';
import { type CheckedFile, documentsOf, errorsOf, type PlacedDocument } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { InferenceModel } from '../kinds/inference/model.ts';
import { type DocumentModel, isJob } from '../kinds/kind.ts';
import type { Site } from '../kinds/manifests/site.ts';
import type { Path } from '../model/finding.ts';
import { valueAt } from '../model/paths.ts';
import { firstLine } from '../model/yamlTree.ts';
import { type RenderedDocument, renderDocument } from '../operations/render.ts';
import type { Say } from '../operations/views.ts';
import type { CounterpartDto, RangeDto, RenderedDto } from '../protocol.ts';
import type { OpenFile } from './host.ts';

/** Documents of a file that are rendered at most. */
const MOST_DOCUMENTS = 100;

/** What a preview needs to know of the cluster, from what is held. */
export interface PreviewCluster {
  /** `undefined` where none is connected. */
  name(): string | undefined;
  /** Differs where the site of a document may differ. */
  sitesKey(): string;
  site(model: DocumentModel): Site;
}

interface Part {
  document: GpuctlDocument;
  rendered: RenderedDocument | undefined;
}

interface Rendered {
  sites: string;
  rendered: RenderedDocument | undefined;
  assumed: Assumed[];
}

/** What only Submit looks at. */
type Assumed = 'queue' | 'scaling' | 'share' | 'rack';

/** What of a document depends on something that is not held of the cluster. */
function assumedOf(model: DocumentModel, { pool }: Site): Assumed[] {
  if (!isJob(model)) return [];
  const { queue = pool.queue, gpuShare } = model.sections.resources ?? {};
  return [
    ...(queue === undefined ? [] : ['queue' as const]),
    ...((model as Partial<InferenceModel>).autoscaling ? ['scaling' as const] : []),
    ...(gpuShare === undefined ? [] : ['share' as const]),
    ...(model.demand.sameRack === 'required' ? ['rack' as const] : []),
  ];
}

/**
 * The rendered resources of open files. A document that did not change costs nothing; one with errors keeps what was rendered of it
 * last, for as long as the file is open.
 */
export class Previews {
  private readonly cluster: PreviewCluster;
  private readonly say: Say;
  /** By URI, the documents as they were rendered last. */
  private readonly parts = new Map<string, Part[]>();
  private readonly rendered = new WeakMap<GpuctlDocument, Rendered>();

  constructor(cluster: PreviewCluster, say: Say) {
    this.cluster = cluster;
    this.say = say;
  }

  close(uri: string): void {
    this.parts.delete(uri);
  }

  render({ uri, document: text, checked }: OpenFile): RenderedDto {
    const all = documentsOf(checked);
    const file = decodeURIComponent(uri.split('/').at(-1) ?? '').replace(/^untitled:/, '');
    const writer = new PreviewWriter(this.say);
    const cluster = this.cluster.name();
    if (!all.length) writer.comment(message('preview.nothing', { file }));
    else writer.comment(cluster ? message('preview.cluster', { file, cluster }) : message('preview.offline', { file }));
    if (all.length > MOST_DOCUMENTS)
      writer.comment(message('preview.too-many', { file, all: all.length, most: MOST_DOCUMENTS }));
    const sites = this.cluster.sitesKey();
    const anew = all
      .slice(0, MOST_DOCUMENTS)
      .map((placed) => (hasErrors(checked, placed) ? undefined : this.renderAnew(placed.document, sites)));
    const assumed = new Set(cluster ? anew.flatMap((one) => one?.assumed ?? []) : []);
    for (const what of assumed) writer.comment(message(`preview.assumed.${what}`));
    const before = this.parts.get(uri) ?? [];
    const parts: Part[] = [];
    const range = (start: number, end: number): RangeDto => ({
      start: text.positionAt(start),
      end: text.positionAt(end),
    });
    for (const [index, placed] of all.slice(0, MOST_DOCUMENTS).entries()) {
      const { document, offset } = placed;
      const now = anew[index]?.rendered;
      const last = now ?? lastOf(before, document, all.length === before.length ? index : undefined);
      parts.push({ document, rendered: last });
      const from = range(offset, offset + document.text.trimEnd().length);
      const line = text.positionAt(offset + firstLine(document.text).start).line + 1;
      const rangeOf = (path: Path) => {
        const key = document.rangeOf(path, 'key');
        const end = isLeaf(document, path) ? document.rangeOf(path).end : key.end;
        return range(offset + key.start, offset + end);
      };
      writer.begin(from);
      if (!now) writer.comment(whyNot(checked, placed, line, last !== undefined));
      if (last) writer.write(last, nameOf(document), line, now && rangeOf);
    }
    this.parts.set(uri, parts);
    return { version: text.version, ...writer.end() };
  }

  private renderAnew(document: GpuctlDocument, sites: string): Rendered {
    const known = this.rendered.get(document);
    if (known?.sites === sites) return known;
    const { model } = document;
    const site = model && this.cluster.site(model);
    const rendered = {
      sites,
      rendered: site && renderDocument(document, site),
      assumed: site ? assumedOf(model, site) : [],
    };
    this.rendered.set(document, rendered);
    return rendered;
  }
}

/** Puts the text of a preview together and remembers what stands where. */
class PreviewWriter {
  private readonly lines: string[] = [];
  private readonly documents: RenderedDto['documents'] = [];
  private readonly counterparts: CounterpartDto[] = [];
  private readonly say: Say;

  constructor(say: Say) {
    this.say = say;
  }

  comment(text: Message): void {
    this.lines.push(`# ${this.say(text).replaceAll('\n', ' ')}`);
  }

  begin(range: RangeDto): void {
    this.lines.push('');
    this.documents.push({ line: this.lines.length, range });
  }

  write(
    { objects, notes, originsOf }: RenderedDocument,
    name: string,
    line: number,
    rangeOf: ((path: Path) => RangeDto) | undefined,
  ): void {
    for (const note of notes) this.comment(note);
    const ranges = new Map<string, RangeDto>();
    for (const [index, { role, lines }] of objects.entries()) {
      this.lines.push('---');
      this.comment(message(`preview.${role}`, { name, line }));
      for (const { text, path } of lines) {
        const origins = rangeOf ? originsOf(index, path) : [];
        if (rangeOf && origins.length) {
          const sources = origins.map((path) => {
            const id = JSON.stringify(path);
            const range = ranges.get(id) ?? rangeOf(path);
            ranges.set(id, range);
            return range;
          });
          this.counterparts.push({ line: this.lines.length, sources });
        }
        this.lines.push(text);
      }
    }
  }

  end(): Pick<RenderedDto, 'text' | 'documents' | 'counterparts'> {
    return { text: `${this.lines.join('\n')}\n`, documents: this.documents, counterparts: this.counterparts };
  }
}

const nameOf = ({ kindName, name }: GpuctlDocument): string => [kindName, name].filter(Boolean).join(' ');

const hasErrors = (file: CheckedFile, { document }: PlacedDocument): boolean =>
  !document.model || errorsOf(file, document).length > 0;

function whyNot(file: CheckedFile, { document }: PlacedDocument, line: number, isShown: boolean): Message {
  const count = errorsOf(file, document).length;
  const name = nameOf(document);
  if (!count) return message('preview.unknown', { name });
  return message(isShown ? 'preview.stale' : 'preview.not-yet', { name, count, line });
}

/** What was rendered last of a document that has errors now: known by its place, else by its name. */
function lastOf(
  before: readonly Part[],
  document: GpuctlDocument,
  place: number | undefined,
): RenderedDocument | undefined {
  const same = before.find((part) => part.document === document);
  if (same) return same.rendered;
  if (place !== undefined) return before[place]?.rendered;
  const { kindName, name } = document;
  return name === undefined
    ? undefined
    : before.find((part) => part.document.kindName === kindName && part.document.name === name)?.rendered;
}

function isLeaf({ value }: GpuctlDocument, path: Path): boolean {
  const at = valueAt(value, path);
  return typeof at !== 'object' || at === null;
}
