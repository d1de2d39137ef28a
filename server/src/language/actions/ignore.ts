import { message } from '../../../../l10n/index.ts';
import { findingNamed } from '../../kinds/findingList.ts';
import { isIgnored, readIgnores } from '../../kinds/ignores.ts';
import { Lines } from '../../model/edits/locate.ts';
import { applyChanges } from '../../model/edits/pieces.ts';
import type { Finding, TextChange } from '../../model/finding.ts';
import { YamlTree } from '../../model/yamlTree.ts';
import type { Offer } from './offer.ts';

/** Silences a finding at its place by a comment, where it may be silenced. */
export function offerIgnore({ code, range }: Finding, tree: YamlTree): Offer | undefined {
  if (findingNamed(code)?.firm || code === 'ignore.unknown-code') return undefined;
  const { text } = tree;
  for (const change of candidates(text, range.start, code)) {
    const after = applyChanges(text, [change]);
    const start = range.start + (change.range.start <= range.start ? change.text.length : 0);
    const known = tree.document.errors.length;
    // Within a text over several lines, `#` begins no comment.
    if (!isIgnored(readIgnores(after), code, after, start)) continue;
    if (new YamlTree(after, tree.schema, tree.schemas).document.errors.length > known) continue;
    return { title: message('action.ignore', { code }), changes: [change] };
  }
  return undefined;
}

/** The comment in its possible places: in the one that is there, at the end of the line, on a line of its own above. */
function* candidates(text: string, offset: number, code: string): Iterable<TextChange> {
  const lines = new Lines(text);
  const [start, end] = [lines.start(offset), lines.end(offset)];
  const line = text.slice(start, end);
  const insert = (at: number, added: string): TextChange => ({ range: { start: at, end: at }, text: added });
  const known = /(?<!#)#+\s*gpuctl-ignore\s*[:：][^#]*/.exec(line);
  if (known) yield insert(start + known.index + known[0].trimEnd().length, `, ${code}`);
  yield insert(start + line.trimEnd().length, ` # gpuctl-ignore: ${code}`);
  yield insert(start, `${/^[ \t]*/.exec(text.slice(start))?.[0] ?? ''}# gpuctl-ignore: ${code}${lines.eol}`);
}
