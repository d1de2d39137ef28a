import type { Finding } from '../model/finding.ts';
import { type Chunk, detach, MOST_DOCUMENTS, splitInSteps } from '../model/splitDocuments.ts';
import { type GpuctlDocument, placeFindings, readInSteps } from './document.ts';
import { applyLevels, type Levels, NO_LEVELS } from './levels.ts';
import type { FileMode } from './recognise.ts';
import { breachesOfFile, claimsOf } from './rules/file.ts';

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

/** The version before: chunks that are the same are taken over; of a check that was not finished there are only these. */
export type Before = Pick<CheckedFile, 'chunks'> & Partial<CheckedFile>;

/** A gpuctl document and the UTF-16 offset of its chunk in the file. */
export interface PlacedDocument {
  offset: number;
  document: GpuctlDocument;
}

/** Documents of a file up to which it is looked at what they break together. */
const MOST_TOGETHER = 5000;
/** Characters of a document marker. */
const MARKER = 3;
/** Chunks that are compared with those of the version before, between two rests. */
const STEP = 4096;

/**
 * Checks a file. Of a version that was checked before, the chunks that are the same at head and tail are taken over, so that an edit
 * costs the one document it is in, however many there are.
 */
export function checkFile(text: string, mode: FileMode, previous?: Before, levels: Levels = NO_LEVELS): CheckedFile {
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
  previous: Before | undefined,
  levels: Levels,
  checked: CheckedChunk[] = [],
): Generator<void, CheckedFile> {
  const old = previous?.chunks ?? [];
  const { head, tail, chunks } = yield* splitChanged(text, old);
  const take = (known: CheckedChunk, offset: number) =>
    checked.push(known.offset === offset ? known : { ...known, offset });
  for (const [index, known] of old.slice(0, head).entries()) {
    checked.push(known);
    if (index % STEP === STEP - 1) yield;
  }
  const taken = new Set<number>(); // a document is taken over once: two of the same text are two
  for (const [index, { offset, text: slice }] of chunks.entries()) {
    const end = old.length - tail;
    const same = [head + index, end - chunks.length + index].find(
      (at) => at >= head && at < end && !taken.has(at) && old[at]?.text === slice,
    );
    const known = same === undefined ? undefined : old[same];
    if (known && same !== undefined) {
      taken.add(same);
      take(known, offset);
    } else {
      const text = chunks.length === 1 && !head && !tail ? slice : detach(slice);
      checked.push({ offset, text, document: yield* readInSteps(text, mode, levels, head + index >= MOST_DOCUMENTS) });
      yield;
    }
  }
  let offset = text.length - old.slice(old.length - tail).reduce((sum, { text: { length } }) => sum + length, 0);
  for (const [index, known] of old.slice(old.length - tail).entries()) {
    take(known, offset);
    offset += known.text.length;
    if (index % STEP === STEP - 1) yield;
  }
  if (checked.length > MOST_TOGETHER) return { chunks: checked, together: new Map() };
  const middle = (all: readonly CheckedChunk[]) =>
    all.slice(head, all.length - tail).flatMap(({ document }) => (document ? claimsOf(document) : []));
  const before = previous?.together;
  const isSame = before?.size === 0 && middle(checked).join() === middle(old).join();
  return { chunks: checked, together: isSame ? before : checkTogether(checked, levels) };
}

/**
 * Cuts what of a text is not as in the version before: so many chunks at head and tail are, those in between are new. The last of the
 * head and the first of the tail are cut again, since a change beside them may move their ends.
 */
function* splitChanged(
  text: string,
  old: readonly CheckedChunk[],
): Generator<void, { head: number; tail: number; chunks: Chunk[] }> {
  if (!old.length || old.length > MOST_DOCUMENTS / 2) return { head: 0, tail: 0, chunks: yield* splitInSteps(text) };
  let begin = 0;
  let head = 0;
  for (let next = old[0]; next && text.slice(begin, begin + next.text.length) === next.text; next = old[head]) {
    begin += next.text.length;
    if (++head % STEP === 0) yield;
  }
  for (let again = true; head > 0 && again; ) {
    const { length } = (old[--head] as CheckedChunk).text;
    begin -= length;
    again = length <= MARKER; // what comes behind a bare marker may make a word of it
  }
  let end = text.length;
  let tail = 0;
  for (let next = old.at(-1); next && tail < old.length - head && end - next.text.length >= begin; ) {
    if (text.slice(end - next.text.length, end) !== next.text) break;
    end -= next.text.length;
    if (++tail % STEP === 0) yield;
    next = old.at(-1 - tail);
  }
  const first = tail > 0 ? old.at(-tail) : undefined;
  if (first) {
    tail--;
    end += first.text.length;
  }
  const cut = function* (to: number): Generator<void, Chunk[]> {
    const chunks = yield* splitInSteps(text.slice(begin, to));
    return chunks.map((chunk) => ({ ...chunk, offset: chunk.offset + begin }));
  };
  const chunks = yield* cut(end);
  if (!first || chunks.at(-1)?.text === first.text) return { head, tail, chunks };
  return { head, tail: 0, chunks: yield* cut(text.length) };
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
