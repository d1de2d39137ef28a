import type { CodeLens, Command } from 'vscode-languageserver';
import { type Message, message } from '../../../l10n/index.ts';
import { holdsItAlready, mendable, notTogether } from '../capacity/liveRules.ts';
import { runs } from '../capacity/verdict.ts';
import { documentsOf, errorsOf, type PlacedDocument } from '../kinds/checkedFile.ts';
import { isJob, type JobModel } from '../kinds/kind.ts';
import type { Path } from '../model/finding.ts';
import { firstLine } from '../model/yamlTree.ts';
import type { LiveValues } from '../operations/liveValues.ts';
import type { Say } from '../operations/views.ts';
import { fewWordsFor, verdictSentence } from './fewWords.ts';
import type { LanguageHost, LensTarget, OpenFile } from './host.ts';

/** An icon before a lens; the editor swallows a plain space behind it. */
const icon = (name: string): string => `$(${name})\u00a0`;

type Live = Pick<LiveValues, 'outlook'>;
type Known = NonNullable<ReturnType<Live['outlook']>>;

/** What a lens is made from. */
interface Lenses {
  target: LensTarget;
  live: Live;
  say: Say;
}

/** Of which document a verdict is to be told. */
interface VerdictOf {
  uri: string;
  version: number;
  /** Among the gpuctl documents of the file. */
  index: number;
}

/** Above each gpuctl document: submit it, whether it fits, and where a submit leads. The editor asks for verdicts of what is in sight. */
export function registerLenses(host: LanguageHost): void {
  const { connection, shown } = host;
  const make = () => ({ target: host.target, live: host.live, say: host.say });
  connection.onCodeLens(({ textDocument: { uri } }) => {
    const file = host.file(uri);
    if (!file || !host.ours) return [];
    shown.forget('lenses', `${uri}#`);
    shown.note('lenses', `${uri}#`, signOf(file, make()), () => {
      const now = host.file(uri);
      return now && signOf(now, make());
    });
    return buildLenses(file, make());
  });
  connection.onCodeLensResolve((lens) => {
    const { uri, version, index }: VerdictOf = lens.data;
    const again = () => {
      const file = host.file(uri);
      return file?.document.version === version ? buildVerdict(file, index, make()) : undefined;
    };
    const command = again();
    if (!command) return { ...lens, command: NOTHING };
    shown.note('lenses', `${uri}#${index}`, JSON.stringify(command), () => {
      const now = again();
      return now && JSON.stringify(now);
    });
    return { ...lens, command };
  });
}

/** What the lenses depend on. The version, too: an editor that loses the focus right after an edit does not ask for the new text's lenses. */
function signOf({ checked, document }: OpenFile, { target, live, say }: Lenses): string {
  const known = live.outlook();
  const told = known && documentsOf(checked).map(({ document: { model } }) => isJob(model) && isToBeTold(model, known));
  return JSON.stringify([document.version, target, say(message('lens.submit')), told?.map(Number).join('')]);
}

/** In place of what is not to be told any more: a lens must have a command. */
const NOTHING: Command = { title: '', command: '' };

/** The lenses of a file, in the order of its documents; those with `data` get their words when they are in sight. */
export function buildLenses(file: OpenFile, { target, live, say }: Lenses): CodeLens[] {
  const { uri, checked, document: text } = file;
  const known = live.outlook();
  return documentsOf(checked).flatMap(({ document, offset }, index) => {
    if (!document.kind) return [];
    const start = text.positionAt(offset + firstLine(document.text).start);
    const range = { start, end: start };
    const errors = errorsOf(checked, document).length;
    const { kindName, kind, model } = document;
    const { cluster } = target;
    const namespace = (isJob(model) && model.namespace) || target.namespace;
    // Pools and quotas are of the whole cluster.
    const hasNamespace = kind.marks.includes('job');
    const where = cluster
      ? {
          title: `${icon('server')}${say(hasNamespace ? message('lens.target', { cluster, namespace }) : message('lens.target.cluster', { cluster }))}`,
          tooltip: say(message('lens.target.tooltip')),
        }
      : {
          title: `${icon('circle-slash')}${say(message('lens.target.none'))}`,
          tooltip: say(message('lens.target.tooltip')),
        };
    const submit = errors
      ? {
          title: `${icon('error')}${say(message('lens.errors', { count: errors }))}`,
          command: 'workbench.actions.view.problems',
        }
      : {
          title: `${icon('play')}${say(message('lens.submit'))}`,
          command: 'gpuctl.job.submit',
          arguments: [
            {
              uri: text.uri,
              document: index,
              ...(model && { meant: { kind: kindName, name: model.name } }),
              ...(target.context && { context: target.context }),
            },
          ],
          ...(cluster && {
            tooltip: say(
              hasNamespace
                ? message('lens.submit.tooltip', { cluster, namespace })
                : message('lens.submit.tooltip.settings', { cluster }),
            ),
          }),
        };
    const data: VerdictOf = { uri, version: text.version, index };
    return [
      { range, command: submit },
      ...(!errors && isJob(model) && known && isToBeTold(model, known) ? [{ range, data }] : []),
      { range, command: { ...where, command: 'gpuctl.target.select' } },
    ];
  });
}

/** A job that runs as its document asks has its GPUs, one of 0 replicas asks for none; of one without GPUs nothing is said where nothing is known. */
const isToBeTold = (model: JobModel, known: Known): boolean =>
  model.demand.pods > 0 && ('unknown' in known ? model.demand.gpusPerPod > 0 : !holdsItAlready(model, known));

/** Whether a job fits; `undefined` where nothing is to be said of it. */
export function buildVerdict(file: OpenFile, index: number, { live, say }: Lenses): Command | undefined {
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
