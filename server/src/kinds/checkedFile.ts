import type { Finding } from '../model/finding.ts';
import { detach, MOST_DOCUMENTS, splitInSteps } from '../model/splitDocuments.ts';
import { type GpuctlDocument, placeFindings, readInSteps } from './document.ts';
import { applyLevels, type Levels, NO_LEVELS } from './levels.ts';
import type { FileMode } from './recognise.ts';
import { breachesOfFile } from './rules/file.ts';

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
  /** What documents are found to break together, such as the same job twice. Ranges count from the beginning of the document. */
  together: ReadonlyMap<GpuctlDocument, readonly Finding[]>;
}

/** A gpuctl document and the UTF-16 offset of its chunk in the file. */
export interface PlacedDocument {
  offset: number;
  document: GpuctlDocument;
}

/** Documents of a file up to which it is looked at what they break together. */
const MOST_TOGETHER = 5000;
/** Chunks that are compared with those of the version before, between two rests. */
const STEP = 4096;

/**
 * Checks a file. Of a version that was checked before, the chunks that are the same at head and tail are taken over, so that an edit
 * costs the one document it is in, however many there are.
 */
export function checkFile(
  text: string,
  mode: FileMode,
  previous?: Pick<CheckedFile, 'chunks'>,
  levels: Levels = NO_LEVELS,
): CheckedFile {
  const steps = checkInSteps(text, mode, previous, levels);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * As `checkFile`, with rests in between, so that a big file keeps nobody waiting: a step takes a few milliseconds, at the bounds of a
 * document some tens. `checked` is given the chunks as they come: what was done of a version that is not finished serves the next one.
 */
export function* checkInSteps(
  text: string,
  mode: FileMode,
  previous: Pick<CheckedFile, 'chunks'> | undefined,
  levels: Levels,
  checked: CheckedChunk[] = [],
): Generator<void, CheckedFile> {
  const chunks = yield* splitInSteps(text);
  const old = previous?.chunks ?? [];
  let head = 0;
  while (head < chunks.length && chunks[head]?.text === old[head]?.text) if (++head % STEP === 0) yield;
  let tail = 0;
  while (
    tail < chunks.length - head &&
    tail < old.length - head &&
    chunks.at(-1 - tail)?.text === old.at(-1 - tail)?.text
  )
    if (++tail % STEP === 0) yield;
  for (const [index, { offset, text: slice }] of chunks.entries()) {
    const known =
      index < head ? old[index] : index >= chunks.length - tail ? old[old.length - chunks.length + index] : undefined;
    if (known) {
      checked.push(known.offset === offset ? known : { ...known, offset });
      if (index % STEP === 0) yield;
    } else {
      const text = chunks.length === 1 ? slice : detach(slice);
      checked.push({ offset, text, document: yield* readInSteps(text, mode, levels, index >= MOST_DOCUMENTS) });
      yield;
    }
  }
  return { chunks: checked, together: checked.length > MOST_TOGETHER ? new Map() : checkTogether(checked, levels) };
}

/** A look at the names of all documents: a fraction of a millisecond for a thousand. */
function checkTogether(chunks: readonly CheckedChunk[], levels: Levels): Map<GpuctlDocument, readonly Finding[]> {
  const broken = breachesOfFile(chunks.flatMap(({ document }) => document ?? []));
  return new Map(
    [...broken].map(([document, found]) => [document, applyLevels(placeFindings(found, document), document, levels)]),
  );
}

/** The gpuctl documents of a file, with where they begin. */
export function documentsOf(file: CheckedFile): PlacedDocument[] {
  return file.chunks.flatMap(({ offset, document }) => (document ? [{ offset, document }] : []));
}

/** What keeps a document from being submitted: errors of its own, and those that it makes together with others of the file. */
export const errorsOf = ({ together }: CheckedFile, document: GpuctlDocument): Finding[] =>
  [...document.findings, ...(together.get(document) ?? [])].filter(({ severity }) => severity === 'error');

/** The gpuctl document that an offset of the file lies in; its end belongs to it where nothing follows. */
export function documentAt(file: CheckedFile, at: number): PlacedDocument | undefined {
  const chunk = file.chunks.findLast(({ offset }) => offset <= at);
  return chunk?.document && { offset: chunk.offset, document: chunk.document };
}

/** How documents of a file are recognised, by its language and name. */
export const modeOf = (languageId: string, uri: string): FileMode =>
  languageId === 'gpuctl' || /\.gpuctl\.ya?ml$/i.test(uri) ? 'gpuctl' : 'yaml';
