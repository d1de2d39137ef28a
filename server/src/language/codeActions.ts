import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Diagnostic,
} from 'vscode-languageserver';
import { type Message, message } from '../../../l10n/index.ts';
import { documentAt, documentsOf, type PlacedDocument } from '../kinds/checkedFile.ts';
import type { Finding, TextChange } from '../model/finding.ts';
import { SPELLINGS, type Spelling, spellingOf } from '../model/spelling.ts';
import { offerSections } from './actions/addSection.ts';
import { countFixable, fixAll } from './actions/fixAll.ts';
import { offerIgnore } from './actions/ignore.ts';
import { offerMoveSecret } from './actions/moveSecret.ts';
import { changesOf, type Offer, type Place, preferredFix, touches } from './actions/offer.ts';
import { respellDocument, respellFile } from './actions/spelling.ts';
import { offerSplits } from './actions/splitGpus.ts';
import { toDiagnostic } from './diagnostics.ts';
import type { LanguageHost, OpenFile } from './host.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/** Characters of a document beyond which only its findings are looked at: each further offer reads the document anew. */
const LARGE = 64 * 1024;
/** Findings that are offered to be ignored at once. */
const MOST_IGNORED = 8;
const FIX_ALL = `${CodeActionKind.SourceFixAll}.gpuctl`;

/** Work on a whole file, done when the person has chosen it. */
type Work = { do: 'fixAll' } | { do: 'spelling'; spelling: Spelling };
type Deferred = Work & { uri: string; version: number };

/** Fixes for what is wrong in a range, and what else can be done there. */
export function registerCodeActions(host: LanguageHost): void {
  const { connection } = host;
  const resolves = host.client.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') ?? false;
  connection.onCodeAction(async (params): Promise<CodeAction[]> => {
    const file = host.file(params.textDocument.uri);
    if (!file) return [];
    const actions = actionsIn(file, params, host);
    return resolves ? actions : Promise.all(actions.map((action) => resolve(action, host)));
  });
  connection.onCodeActionResolve((action) => resolve(action, host));
}

function actionsIn(file: OpenFile, { range, context }: CodeActionParams, host: LanguageHost): CodeAction[] {
  const wants = (kind: string) =>
    !context.only || context.only.some((one) => one === '' || `${kind}.`.startsWith(`${one}.`));
  const actions: CodeAction[] = [];
  // Source actions are for those who ask for them: on save, in their own menu.
  if (context.only && wants(FIX_ALL))
    actions.push(deferred(file, { do: 'fixAll' }, message('action.fix-all.source'), FIX_ALL, host));
  const placed = documentAt(file.checked, file.document.offsetAt(range.start));
  if (!placed) return actions;
  const place: Place = {
    host,
    file,
    placed,
    range: {
      start: file.document.offsetAt(range.start) - placed.offset,
      end: file.document.offsetAt(range.end) - placed.offset,
    },
  };
  if (wants(CodeActionKind.QuickFix)) actions.push(...quickFixes(place, context.diagnostics));
  if (wants(CodeActionKind.RefactorRewrite) && placed.document.text.length <= LARGE) {
    const isAutomatic = !context.only && context.triggerKind === CodeActionTriggerKind.Automatic;
    actions.push(...refactorings(place, isAutomatic));
    // The whole document in other words: for who opens the menu of refactorings, not under every light bulb.
    if (context.only) actions.push(...respellings(place));
  }
  return actions;
}

/** Fixes of the findings in the range, of those that the editor asks about if it names any of ours. */
function quickFixes(place: Place, asked: readonly Diagnostic[]): CodeAction[] {
  const { host, file, placed } = place;
  const isSame = (one: Diagnostic, other: Diagnostic) =>
    one.code === other.code &&
    one.range.start.line === other.range.start.line &&
    one.range.start.character === other.range.start.character;
  const found = host
    .findings(file, placed)
    .filter(({ range }) => touches(place, range))
    .map((finding) => ({
      finding,
      diagnostic: toDiagnostic(finding, placed.offset, file.document, host.say, host.pages),
    }));
  const named = found.filter(({ diagnostic }) => asked.some((one) => isSame(one, diagnostic)));
  const meant = named.length ? named : found;
  const fixes = meant.flatMap(({ finding, diagnostic }) => fixesOf(finding, diagnostic, place));
  const count = meant.some(({ finding }) => preferredFix(finding)) ? countFixable(file, host) : 0;
  const all =
    count > 1
      ? [deferred(file, { do: 'fixAll' }, message('action.fix-all', { count }), CodeActionKind.QuickFix, host)]
      : [];
  const ignores = meant.slice(0, MOST_IGNORED).flatMap(({ finding, diagnostic }) => {
    const offer = offerIgnore(finding, placed.document.tree());
    return offer ? [{ ...toAction(offer, CodeActionKind.QuickFix, place), diagnostics: [diagnostic] }] : [];
  });
  return [...fixes, ...all, ...ignores];
}

function fixesOf(finding: Finding, diagnostic: Diagnostic, place: Place): CodeAction[] {
  return (finding.fixes ?? []).flatMap((fix) => {
    const changes = changesOf(fix, place.placed.document.tree);
    if (!changes) return [];
    const action = toAction({ title: fix.title, changes }, CodeActionKind.QuickFix, place);
    return [{ ...action, diagnostics: [diagnostic], ...(fix === preferredFix(finding) && { isPreferred: true }) }];
  });
}

/** What else can be done at the place; `isAutomatic`: nobody asked, so only what belongs to exactly this place. */
function refactorings(place: Place, isAutomatic: boolean): CodeAction[] {
  const here = [...offerSplits(place), ...offerMoveSecret(place)];
  const offers = isAutomatic ? here : [...here, ...offerSections(place)];
  return offers.map((offer) => toAction(offer, CodeActionKind.RefactorRewrite, place));
}

/** The keys of the document in other spellings; of a file with several documents, those of all. */
function respellings(place: Place): CodeAction[] {
  const { host, file, placed } = place;
  const tree = placed.document.tree();
  const several = documentsOf(file.checked).length > 1;
  return SPELLINGS.flatMap((spelling) => {
    const changes = respellDocument(tree, spelling);
    const title = message('action.spelling', { spelling });
    const own = changes.length ? [toAction({ title, changes }, CodeActionKind.RefactorRewrite, place)] : [];
    if (!several || (!changes.length && spelling !== spellingOf(tree))) return own;
    const whole = message('action.spelling.file', { spelling });
    return [...own, deferred(file, { do: 'spelling', spelling }, whole, CodeActionKind.RefactorRewrite, host)];
  });
}

const toAction = ({ title, changes }: Offer, kind: string, { host, file, placed }: Place): CodeAction => ({
  title: host.say(title),
  kind,
  edit: toEdit(file, changes, placed, host),
});

function toEdit(
  { uri, document }: OpenFile,
  changes: readonly TextChange[],
  at: Pick<PlacedDocument, 'offset'>,
  host: LanguageHost,
) {
  const edits = changes.map(({ range: { start, end }, text: newText }) => ({
    range: { start: document.positionAt(at.offset + start), end: document.positionAt(at.offset + end) },
    newText,
  }));
  return toWorkspaceEdit(new Map([[uri, edits]]), host);
}

function deferred(
  { uri, document }: OpenFile,
  work: Work,
  title: Message,
  kind: string,
  host: LanguageHost,
): CodeAction {
  const data: Deferred = { uri, version: document.version, ...work };
  return { title: host.say(title), kind, data };
}

/** Makes the edit of work on a whole file; of a file that has changed since, none. */
async function resolve(action: CodeAction, host: LanguageHost): Promise<CodeAction> {
  const data = action.data as Deferred | undefined;
  if (!data || action.edit) return action;
  const file = host.file(data.uri);
  if (file?.document.version !== data.version) return action;
  const changes = data.do === 'fixAll' ? await fixAll(file, host) : await respellFile(file, data.spelling);
  return { ...action, edit: toEdit(file, changes, { offset: 0 }, host) };
}
