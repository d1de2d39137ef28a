import {
  type Disposable,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type DocumentSelector,
  type FormattingOptions,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import { LIMITS } from '../model/yamlTree.ts';
import type { LanguageHost, OpenFile } from './host.ts';
import { type LayoutOptions, layOut } from './layout.ts';
import { rangeIn } from './symbols.ts';

/** Milliseconds of work after which others get their turn: a file may have a thousand documents. */
const SLICE = 20;
const WIDEST_TAB = 8;

/**
 * Formats gpuctl documents. A client that can be told later is told for which languages: VS Code asks people which of two formatters
 * they mean, so for `yaml` there is none of ours while another YAML extension is there.
 */
export function registerFormatting(host: LanguageHost): void {
  const format = async (uri: string, options: FormattingOptions, range?: Range) => {
    const file = host.file(uri);
    return file && host.isGeneric(file) ? buildFormatting(file, options, range) : null;
  };
  host.connection.onDocumentFormatting(({ textDocument, options }) => format(textDocument.uri, options));
  host.connection.onDocumentRangeFormatting(({ textDocument, options, range }) =>
    format(textDocument.uri, options, range),
  );
  if (!host.client.textDocument?.formatting?.dynamicRegistration) return;
  const yaml = new Registration(host);
  host.connection.onInitialized(() => {
    void new Registration(host).set([{ language: 'gpuctl' }]);
    void yaml.set(host.isGenericYaml() ? [{ language: 'yaml' }] : undefined);
  });
  host.onConfigured(() => void yaml.set(host.isGenericYaml() ? [{ language: 'yaml' }] : undefined));
}

/** What the client was told, changed one thing after the other. */
class Registration {
  private readonly host: LanguageHost;
  private known = false;
  private told: Promise<Disposable[]> = Promise.resolve([]);

  constructor(host: LanguageHost) {
    this.host = host;
  }

  set(documentSelector: DocumentSelector | undefined): Promise<unknown> {
    const wanted = documentSelector !== undefined;
    if (wanted === this.known) return this.told;
    this.known = wanted;
    const { client } = this.host.connection;
    this.told = this.told
      .then((before) => {
        for (const one of before) one.dispose();
        return documentSelector
          ? Promise.all([
              client.register(DocumentFormattingRequest.type, { documentSelector }),
              client.register(DocumentRangeFormattingRequest.type, { documentSelector }),
            ])
          : [];
      })
      .catch(() => []); // a client that refuses has no formatting
    return this.told;
  }
}

/** Changes that make the gpuctl documents of a file tidy, or of what is in a range of it. Foreign and broken documents stay as they are. */
export async function buildFormatting(
  { checked, document }: Pick<OpenFile, 'checked' | 'document'>,
  { tabSize }: Pick<FormattingOptions, 'tabSize'>,
  range?: Range,
): Promise<TextEdit[]> {
  const from = range ? document.offsetAt(range.start) : 0;
  const to = range ? document.offsetAt(range.end) : Number.POSITIVE_INFINITY;
  const edits: TextEdit[] = [];
  let since = performance.now();
  for (const [index, { offset, text, document: ours }] of checked.chunks.entries()) {
    if (!ours || text.length > LIMITS.characters || offset > to || offset + text.length < from) continue;
    const options: LayoutOptions = {
      tabSize: Math.max(1, Math.min(WIDEST_TAB, Math.trunc(tabSize) || 2)),
      isLast: index === checked.chunks.length - 1,
      ...(range && { within: { start: from - offset, end: to - offset } }),
    };
    for (const { range: place, text: newText } of layOut(text, options)) {
      edits.push({ range: rangeIn(document, offset + place.start, offset + place.end), newText });
    }
    if (performance.now() - since < SLICE) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  return edits;
}
