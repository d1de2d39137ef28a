import { detach, splitDocuments } from '../model/splitDocuments.ts';
import { type GpuctlDocument, readDocument } from './document.ts';
import type { FileMode } from './recognise.ts';

/** One YAML document of a file, checked if it is ours. */
export interface CheckedChunk {
  /** UTF-16 offset in the file. */
  offset: number;
  text: string;
  document: GpuctlDocument | undefined;
}

/** A file's documents in order. */
export interface CheckedFile {
  chunks: readonly CheckedChunk[];
}

/**
 * Checks a file. Of a version that was checked before, the chunks that are the same at head and tail are taken over, so that an edit
 * costs the one document it is in, however many there are.
 */
export function checkFile(text: string, mode: FileMode, previous?: CheckedFile): CheckedFile {
  const chunks = splitDocuments(text);
  const old = previous?.chunks ?? [];
  let head = 0;
  while (head < chunks.length && chunks[head]?.text === old[head]?.text) head++;
  let tail = 0;
  while (
    tail < chunks.length - head &&
    tail < old.length - head &&
    chunks.at(-1 - tail)?.text === old.at(-1 - tail)?.text
  )
    tail++;
  return {
    chunks: chunks.map(({ offset, text: slice }, index) => {
      const known =
        index < head ? old[index] : index >= chunks.length - tail ? old[old.length - chunks.length + index] : undefined;
      if (known) return { ...known, offset };
      const text = detach(slice);
      return { offset, text, document: readDocument(text, mode) };
    }),
  };
}

/** The gpuctl documents of a file, with where they begin. */
export function documentsOf(file: CheckedFile): { offset: number; document: GpuctlDocument }[] {
  return file.chunks.flatMap(({ offset, document }) => (document ? [{ offset, document }] : []));
}

/** How documents of a file are recognised, by its language and name. */
export const modeOf = (languageId: string, uri: string): FileMode =>
  languageId === 'gpuctl' || /\.gpuctl\.ya?ml$/i.test(uri) ? 'gpuctl' : 'yaml';
