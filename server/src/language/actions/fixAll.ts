import { documentsOf } from '../../kinds/checkedFile.ts';
import { type GpuctlDocument, readDocument } from '../../kinds/document.ts';
import { Pieces } from '../../model/edits/pieces.ts';
import type { Finding, TextChange } from '../../model/finding.ts';
import type { LanguageHost, OpenFile } from '../host.ts';
import { createTurns } from '../turns.ts';
import { changesOf, preferredFix } from './offer.ts';

/** A fix may make room for another; more rounds than this mean that two undo each other. */
const ROUNDS = 5;

/** How many findings of a file have one right fix. */
export const countFixable = (file: OpenFile, host: LanguageHost): number =>
  documentsOf(file.checked).reduce(
    (count, placed) => count + host.findings(file, placed).filter((finding) => preferredFix(finding)).length,
    0,
  );

/** Applies the right fixes of a whole file. Offsets are of the file. */
export async function fixAll(file: OpenFile, host: LanguageHost): Promise<TextChange[]> {
  const turn = createTurns();
  const changes: TextChange[] = [];
  for (const placed of documentsOf(file.checked)) {
    await turn();
    for (const { range, text } of fixDocument(placed.document, host.findings(file, placed), file)) {
      changes.push({ range: { start: range.start + placed.offset, end: range.end + placed.offset }, text });
    }
  }
  return changes;
}

/** Applies the right fixes of a document, and those that these make room for, until none is left. */
function fixDocument(document: GpuctlDocument, findings: readonly Finding[], { mode }: OpenFile): TextChange[] {
  const pieces = new Pieces(document.text);
  const codes = new Set(findings.map(({ code }) => code));
  let at = document;
  let left = findings;
  for (let round = 0; round < ROUNDS; round++) {
    const changes = changesOfAll(left, at);
    if (!changes.length) break;
    pieces.apply(changes);
    const next = readDocument(pieces.text, mode);
    if (!next) break;
    at = next;
    left = next.findings.filter(({ code }) => codes.has(code)); // what was silenced at first stays so
  }
  return pieces.changes();
}

/** The right fixes that neither overlap nor touch; the others have their turn in the next round. */
function changesOfAll(findings: readonly Finding[], { tree }: GpuctlDocument): TextChange[] {
  const taken: TextChange[] = [];
  for (const finding of findings) {
    const fix = preferredFix(finding);
    const changes = (fix && changesOf(fix, tree)) ?? [];
    const clashes = changes.some(({ range }) =>
      taken.some((other) => range.start <= other.range.end && range.end >= other.range.start),
    );
    if (!clashes) taken.push(...changes);
  }
  return taken;
}
