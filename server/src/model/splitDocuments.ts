/** One YAML document of a file: its text and where it begins. The text runs to the next document marker. */
export interface Chunk {
  /** UTF-16 offset of the chunk in the file. */
  offset: number;
  text: string;
}

/** Documents of a file that are looked at; what follows stays together in one last chunk. */
export const MOST_DOCUMENTS = 100_000;
/** What is longer, in UTF-16 units, is taken for a document without a look. */
const LONG = 1024 * 1024;
/** UTF-16 units that are searched between two rests. */
const WINDOW = 512 * 1024;
/** Chunks between two rests. */
const STEP = 4096;

/**
 * Cuts a file into its YAML documents, by their markers. Directives (`%YAML`) go with the document they precede, `---` with
 * the one it opens. Chunks are slices, which keep the whole file alive in V8: copy what is to be kept (`detach`).
 */
export function splitDocuments(text: string): Chunk[] {
  const steps = splitInSteps(text);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** As `splitDocuments`, with rests in between: a step takes a few milliseconds. */
export function* splitInSteps(text: string): Generator<void, Chunk[]> {
  const chunks: Chunk[] = [];
  let begin = 0;
  let open = false; // whether a `---` opened the chunk that begins at `begin`
  const push = (end: number) => {
    if (end > begin) chunks.push({ offset: begin, text: text.slice(begin, end) });
    begin = end;
  };
  let start = yield* findMarker(text, '---', 0);
  let stop = yield* findMarker(text, '...', 0);
  let markers = 0;
  while (Math.min(start, stop) < text.length && chunks.length < MOST_DOCUMENTS) {
    if (stop < start) {
      const lineEnd = text.indexOf('\n', stop);
      push(lineEnd < 0 ? text.length : lineEnd + 1);
      open = false;
      stop = yield* findMarker(text, '...', stop + 3);
    } else {
      if (open || start - begin > LONG || hasContent(text.slice(begin, start))) push(start);
      open = true;
      start = yield* findMarker(text, '---', start + 3);
    }
    if (++markers % STEP === 0) yield;
  }
  push(text.length);
  return chunks;
}

/**
 * The next line that begins with a marker, which ends a document wherever it stands (YAML 1.2.2, c-forbidden [206]); the end of the
 * text where there is none. `from` is 0 or within a line.
 */
function* findMarker(text: string, marker: string, from: number): Generator<void, number> {
  if (from === 0 && text.startsWith(marker) && isBlank(text, marker.length)) return 0;
  const line = `\n${marker}`;
  for (let begin = from; begin < text.length; begin += WINDOW) {
    const window = text.slice(begin, begin + WINDOW + marker.length);
    for (let at = window.indexOf(line); at >= 0; at = window.indexOf(line, at + 1))
      if (isBlank(text, begin + at + line.length)) return begin + at + 1;
    if (window.length > WINDOW) yield;
  }
  return text.length;
}

/** A space, a tab, a line break or the end. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || Number.isNaN(code);
}

/** Anything but blank lines, comments and directives. */
const hasContent = (text: string): boolean => /^(?![ \t\uFEFF]*(?:#|$))(?!\uFEFF?%)[^\r\n]*\S/m.test(text);

/** A copy of a slice that does not keep the whole alive. */
export const detach = (slice: string): string => Buffer.from(slice, 'utf16le').toString('utf16le');
