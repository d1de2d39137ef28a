import type { CodeLens, Command } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Message, message } from '../../../l10n/index.ts';
import { holdsItAlready, mendable, notTogether } from '../capacity/liveRules.ts';
import { runs } from '../capacity/verdict.ts';
import { documentsOf, errorsOf, type PlacedDocument } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import { isJob, type JobModel } from '../kinds/kind.ts';
import type { Path } from '../model/finding.ts';
import { firstLine } from '../model/yamlTree.ts';
import type { LiveValues } from '../operations/liveValues.ts';
import type { Say } from '../operations/views.ts';
import { fewWordsFor, verdictSentence } from './fewWords.ts';
import type { LanguageHost, LensTarget, OpenFile } from './host.ts';
import { actionsOn, findPresentJob, icon, type PresentJob, type RenamePlace, statusOf } from './jobLens.ts';

type Live = Pick<LiveValues, 'outlook' | 'job'>;
type Known = NonNullable<ReturnType<Live['outlook']>>;

/** What a lens is made from. */
export interface LensSetting {
  target: LensTarget;
  live: Live;
  say: Say;
}

/** What is to be told of a document once its line is in sight. */
interface ToTell {
  what: 'verdict' | 'job';
  uri: string;
  version: number;
  /** Among the gpuctl documents of the file. */
  index: number;
}

/**
 * Above each gpuctl document: what its job does and what one can do with it; else to submit it, whether it fits, and where a submit leads.
 * The editor asks for what takes work of those in sight.
 */
export function registerLenses(host: LanguageHost): void {
  const { connection, shown } = host;
  const make = () => ({ target: host.target, live: host.live, say: host.say });
  // The version, too: an editor that loses the focus right after an edit does not ask for the new text's lenses.
  const sign = (file: OpenFile, lenses = buildLenses(file, make())) => JSON.stringify([file.document.version, lenses]);
  connection.onCodeLens(({ textDocument: { uri } }) => {
    const file = host.file(uri);
    if (!file || !host.ours) return [];
    shown.forget('lenses', `${uri}#`);
    const lenses = buildLenses(file, make());
    shown.note('lenses', `${uri}#`, sign(file, lenses), () => {
      const now = host.file(uri);
      return now && sign(now);
    });
    return lenses;
  });
  connection.onCodeLensResolve((lens) => {
    const { what, uri, version, index }: ToTell = lens.data;
    const again = () => {
      const file = host.file(uri);
      if (file?.document.version !== version) return undefined;
      return what === 'job' ? buildStatus(file, index, make()) : buildVerdict(file, index, make());
    };
    const command = again();
    if (!command) return { ...lens, command: NOTHING };
    const tell = () => {
      const now = again();
      return now && JSON.stringify(now);
    };
    shown.note('lenses', `${uri}#${index} ${what}`, JSON.stringify(command), tell, what === 'job');
    return { ...lens, command };
  });
}

/** In place of what is not to be told any more: a lens must have a command. */
const NOTHING: Command = { title: '', command: '' };

/** All that the lines above a document say and offer, for who has no mouse; the document that holds a line, else the last before it. */
export function listCommands(file: OpenFile, line: number, make: LensSetting): Command[] {
  const lenses = buildLenses(file, make);
  const at = lenses.findLast(({ range }) => range.start.line <= line) ?? lenses[0];
  return lenses
    .filter(({ range }) => range.start.line === at?.range.start.line)
    .flatMap(({ command, data }) => {
      if (command) return [command];
      const { what, index } = data as ToTell;
      const told = what === 'job' ? buildStatus(file, index, make) : buildVerdict(file, index, make);
      return told ? [told] : [];
    });
}

/** The lenses of a file, in the order of its documents; those with `data` get their words when they are in sight. */
export function buildLenses(file: OpenFile, { target, live, say }: LensSetting): CodeLens[] {
  const { uri, checked, document: text } = file;
  const known = live.outlook();
  return documentsOf(checked).flatMap(({ document, offset }, index) => {
    if (!document.kind) return [];
    const start = text.positionAt(offset + firstLine(document.text).start);
    const range = { start, end: start };
    const errors = errorsOf(checked, document).length;
    const { model } = document;
    const present = findPresentJob(document, uri, target.namespace, live);
    const data = (what: ToTell['what']): ToTell => ({ what, uri, version: text.version, index });
    const rows: (Command | ToTell)[] = [];
    if (present) {
      const toName: RenamePlace = (one) => [uri, ...placeOf(text, offset + nameRange(one).start)];
      rows.push(data('job'), ...actionsOn(present, target.context, toName, say));
    }
    const isSame = present && !present.other && !present.differs;
    if (errors) {
      const title = `${icon('error')}${say(message('lens.errors', { count: errors }))}`;
      rows.push({ title, command: 'workbench.actions.view.problems' });
    } else if (!isSame || present.job.workload.outcome === 'complete') {
      rows.push(submitOf(file, document, index, present, { target, say }));
    }
    if (!errors) rows.push(previewOf(uri, say));
    const isTold = !isSame && !present?.other && !errors;
    if (isTold && isJob(model) && known && isToBeTold(model, known)) rows.push(data('verdict'));
    if (!present) rows.push(whereOf(document, target, say));
    return rows.map((row) => ('what' in row ? { range, data: row } : { range, command: row }));
  });
}

/** Submits a document as it stands, after a look at what would change where its job is there. */
function submitOf(
  { document: text }: OpenFile,
  { kind, kindName, model }: GpuctlDocument,
  index: number,
  present: PresentJob | undefined,
  { target, say }: Pick<LensSetting, 'target' | 'say'>,
): Command {
  const { cluster, context } = target;
  const isOfNamespace = kind?.marks.includes('job');
  const namespace = (isJob(model) && model.namespace) || target.namespace;
  const meant = model && { kind: kindName, name: model.name };
  const where = { uri: text.uri, document: index, ...(meant && { meant }), ...(context && { context }) };
  const changes = present && !present.other && present.differs;
  const isAgain = present && !present.other && !changes;
  const [shape, title] = changes
    ? ['diff', message('lens.submit-changes')]
    : isAgain
      ? ['debug-restart', message('lens.run-again')]
      : ['play', message('lens.submit')];
  const tooltip = !cluster
    ? undefined
    : changes
      ? message('lens.submit-changes.tooltip', { cluster, namespace })
      : isOfNamespace
        ? message('lens.submit.tooltip', { cluster, namespace })
        : message('lens.submit.tooltip.settings', { cluster });
  return {
    title: `${icon(shape)}${say(title)}`,
    command: changes ? 'gpuctl.job.submitChanges' : 'gpuctl.job.submit',
    arguments: [where],
    ...(tooltip && { tooltip: say(tooltip) }),
  };
}

const previewOf = (uri: string, say: Say): Command => ({
  title: `${icon('open-preview')}${say(message('lens.preview'))}`,
  tooltip: say(message('lens.preview.tooltip')),
  command: 'gpuctl.document.preview',
  arguments: [uri],
});

/** Where a submit leads. Pools and quotas are of the whole cluster. */
function whereOf({ kind, model }: GpuctlDocument, target: LensTarget, say: Say): Command {
  const { cluster } = target;
  const namespace = (isJob(model) && model.namespace) || target.namespace;
  const where = !cluster
    ? message('lens.target.none')
    : kind?.marks.includes('job')
      ? message('lens.target', { cluster, namespace })
      : message('lens.target.cluster', { cluster });
  const title = `${icon(cluster ? 'server' : 'circle-slash')}${say(where)}`;
  return { title, tooltip: say(message('lens.target.tooltip')), command: 'gpuctl.target.select' };
}

const nameRange = (document: GpuctlDocument) => document.rangeOf(['job', 'name']);

function placeOf(text: TextDocument, offset: number): [line: number, character: number] {
  const { line, character } = text.positionAt(offset);
  return [line, character];
}

/** What the job of a document does; `undefined` where it has none. */
function buildStatus(file: OpenFile, index: number, { target, live, say }: LensSetting): Command | undefined {
  const placed = documentsOf(file.checked)[index];
  const present = placed && findPresentJob(placed.document, file.uri, target.namespace, live);
  return present && statusOf(present, target.context, say);
}

/** A job that runs as its document asks has its GPUs, one of 0 replicas asks for none; of one without GPUs nothing is said where nothing is known. */
const isToBeTold = (model: JobModel, known: Known): boolean =>
  model.demand.pods > 0 && ('unknown' in known ? model.demand.gpusPerPod > 0 : !holdsItAlready(model, known));

/** Whether a job fits; `undefined` where nothing is to be said of it. */
export function buildVerdict(file: OpenFile, index: number, { live, say }: LensSetting): Command | undefined {
  const placed = documentsOf(file.checked)[index];
  const model = placed?.document.model;
  const known = live.outlook();
  if (!placed || !isJob(model) || !known || !isToBeTold(model, known)) return undefined;
  if ('unknown' in known) {
    const said = message('finding.capacity.unknown', { reason: known.unknown });
    return {
      title: `${icon('question')}${say(message('lens.unknown'))}`,
      tooltip: say(message('lens.to-check', { said })),
      command: 'gpuctl.cluster.check',
    };
  }
  const [verdict, ask] = [known.verdict(model), known.ask(model)];
  const [beside] = notTogether(model, known, file.checked);
  const words = beside ? { icon: 'warning', title: message('lens.not-together') } : fewWordsFor(model, known);
  const title = `${icon(words.icon)}${say(words.title)}`;
  const said = beside?.message ?? verdictSentence(model, known);
  if (!beside && (runs(verdict) || verdict.is === 'queued') && verdict.is !== 'preempts') {
    const command = { title, command: 'gpuctl.pool.reveal', arguments: [ask.pool ?? ''] };
    return { ...command, tooltip: say(message('lens.to-pool', { said })) };
  }
  const finding = beside ?? mendable(placed.document, model, known)[0];
  if (finding?.fixes?.length) return { title, ...toFixes(file, placed, finding.path, said, say) };
  return { title, tooltip: say(message('lens.to-problems', { said })), command: 'workbench.actions.view.problems' };
}

/** Leads to where a finding stands, and shows what mends it. */
function toFixes(file: OpenFile, placed: PlacedDocument, path: Path, said: Message, say: Say) {
  const { line, character } = file.document.positionAt(placed.offset + placed.document.rangeOf(path).start);
  return {
    tooltip: say(message('lens.to-fixes', { said })),
    command: 'gpuctl.finding.fix',
    arguments: [file.uri, line, character],
  };
}
