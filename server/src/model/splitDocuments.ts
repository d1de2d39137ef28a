/** One YAML document of a file: its text and where it begins. The text runs to the next document marker. */
export interface Chunk {
  /** UTF-16 offset of the chunk in the file. */
  offset: number;
  text: string;
}

/** A line that begins with `---` or `...` ends a document wherever it stands (YAML 1.2.2, c-forbidden [206]). */
const MARKER = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;

/**
 * Cuts a file into its YAML documents, by their markers. Directives (`%YAML`) go with the document they precede, `---` with
 * the one it opens. Chunks are slices, which keep the whole file alive in V8: copy what is to be kept (`detach`).
 */
export function splitDocuments(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let begin = 0;
  let open = false; // whether a `---` opened the chunk that begins at `begin`
  MARKER.lastIndex = 0;
  const push = (end: number) => {
    if (end > begin) chunks.push({ offset: begin, text: text.slice(begin, end) });
    begin = end;
  };
  for (let match = MARKER.exec(text); match; match = MARKER.exec(text)) {
    if (match[0] === '...') {
      const lineEnd = text.indexOf('\n', match.index);
      push(lineEnd < 0 ? text.length : lineEnd + 1);
      open = false;
    } else {
      if (open || hasContent(text.slice(begin, match.index))) push(match.index);
      open = true;
    }
  }
  push(text.length);
  return chunks;
}

/** Anything but blank lines, comments and directives. */
function hasContent(text: string): boolean {
  return /^(?!\s*(?:#|$))(?!%)[^\r\n]*\S/m.test(text.replace(/^\uFEFF/, ''));
}

/** A copy of a slice that does not keep the whole alive. */
export const detach = (slice: string): string => Buffer.from(slice, 'utf16le').toString('utf16le');
