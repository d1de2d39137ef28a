/** Longest line of a watch; etcd holds objects of 1.5 MiB at most. */
const MAX_LINE = 16 << 20;

/**
 * Splits a stream of bytes into lines: give it a chunk, get the lines that are complete now. Bytes are joined only when a line ends,
 * so that a line in many chunks costs its length once, and a character that lies across chunks is whole.
 * Throws where a line grows beyond `maxLine` bytes.
 */
export function createLineSplitter(maxLine = MAX_LINE): (chunk: Buffer) => string[] {
  let parts: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const last = chunk.subarray(from, end);
      const line = parts.length > 0 ? Buffer.concat([...parts, last]) : last;
      if (line.length > 0) lines.push(line.toString('utf8'));
      parts = [];
      size = 0;
      from = end + 1;
    }
    if (from < chunk.length) {
      size += chunk.length - from;
      if (size > maxLine) throw new Error(`a line of more than ${maxLine} bytes`);
      parts.push(chunk.subarray(from));
    }
    return lines;
  };
}
