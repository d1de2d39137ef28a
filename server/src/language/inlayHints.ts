import type { InlayHint, Range } from 'vscode-languageserver';
import { type Message, message } from '../../../l10n/index.ts';
import { askingOf } from '../capacity/liveRules.ts';
import type { Outlook } from '../capacity/outlook.ts';
import { documentsOf } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { InferenceModel } from '../kinds/inference/model.ts';
import { isJob, type JobModel } from '../kinds/kind.ts';
import type { QuotaModel } from '../kinds/quota/model.ts';
import type { TrainingModel } from '../kinds/training/model.ts';
import type { Path } from '../model/finding.ts';
import { formatBytes, toBytes } from '../model/quantity.ts';
import type { LiveValues } from '../operations/liveValues.ts';
import type { Say } from '../operations/views.ts';
import { decimalUnit } from './amounts.ts';
import { poolWord, verdictSentence } from './fewWords.ts';
import { gpusInAll } from './here.ts';
import type { LanguageHost, OpenFile } from './host.ts';
import { gpuRoom, poolRoom } from './room.ts';

/** Between the words of a document: what follows from them. */
export function registerInlayHints(host: LanguageHost): void {
  host.connection.languages.inlayHint.on(({ textDocument: { uri }, range }) => {
    const file = host.file(uri);
    if (!file) return null;
    const { version } = file.document;
    const hints = buildInlayHints(file, range, host);
    host.shown.note('hints', uri, JSON.stringify(hints), () => {
      const now = host.file(uri);
      // Who edits is asked anew.
      return now?.document.version === version ? JSON.stringify(buildInlayHints(now, range, host)) : undefined;
    });
    return hints;
  });
}

/** A hint behind a value, or behind the key of a section. A word of the dialect stands as it is. */
interface Hint {
  behind: Path;
  isSection?: true;
  label: Message | string;
  tooltip: Message;
}

/** The hints in a range of a file, for documents that have a meaning. */
export function buildInlayHints(
  { checked, document: file }: Pick<OpenFile, 'checked' | 'document'>,
  range: Range,
  { say, live }: { say: Say; live: Pick<LiveValues, 'outlook'> },
): InlayHint[] {
  const known = live.outlook();
  const outlook = known && 'unknown' in known ? undefined : known;
  const [from, to] = [file.offsetAt(range.start), file.offsetAt(range.end)];
  return documentsOf(checked).flatMap(({ document, offset }) => {
    if (offset > to || offset + document.text.length < from) return [];
    return hintsOf(document, outlook).flatMap(({ behind, isSection, label, tooltip }) => {
      const at = offset + (isSection ? document.rangeOf(behind, 'key').end + 1 : document.rangeOf(behind).end);
      if (at < from || at > to) return [];
      return [
        {
          position: file.positionAt(at),
          label: `‹${typeof label === 'string' ? label : say(label)}›`, // no digit of it beside one of the text
          tooltip: say(tooltip),
          paddingLeft: true,
        },
      ];
    });
  });
}

function hintsOf({ model }: GpuctlDocument, outlook: Outlook | undefined): Hint[] {
  if (!model) return [];
  if (isJob(model)) {
    const room = outlook ? roomHints(model, outlook) : [];
    return [...gpuHints(model), ...room, ...addedHints(model), ...defaultHints(model), ...sizeHints(model)];
  }
  return model.kind === 'quota' ? quotaHints(model as QuotaModel) : [];
}

function gpuHints(model: JobModel): Hint[] {
  const { pods, gpusPerPod: perPod } = model.demand;
  const { resources } = model.sections;
  if (!perPod) return [];
  if (model.kind === 'training') {
    const behind = ['resources', resources?.gpu === undefined ? 'acceleratorCount' : 'gpu'];
    const numbers = { perNode: perPod, nodes: pods };
    const [label, tooltip] = [message('inlay.perNode', numbers), message('inlay.perNode.tooltip', numbers)];
    return pods > 1 ? [{ behind, label, tooltip }] : [];
  }
  const hints: Hint[] = [];
  if (pods > 1 && hasKey(model, 'service', 'replicas')) {
    const label = message('inlay.inAll', { total: gpusInAll(model) });
    hints.push({ behind: ['service', 'replicas'], label, tooltip: message('inlay.inAll.tooltip', { replicas: pods }) });
  }
  const { autoscaling } = model as InferenceModel;
  if (autoscaling && hasKey(model, 'autoscaling', 'maxReplicas')) {
    const replicas = autoscaling.maxReplicas;
    const label = message('inlay.upTo', { total: replicas * perPod });
    hints.push({ behind: ['autoscaling', 'maxReplicas'], label, tooltip: message('inlay.upTo.tooltip', { replicas }) });
  }
  return hints;
}

/** What is free of what the job asks for; nothing where that is not known. */
function roomHints(model: JobModel, outlook: Outlook): Hint[] {
  const { resources } = model.sections;
  const ask = outlook.ask(model);
  if (ask.gpusPerPod === 0 || ask.pods === 0) return [];
  const hints: Hint[] = [];
  const said = gpuRoom(model, outlook);
  const behind = ['resources', askingOf(model).gpuKey];
  if (said) hints.push({ behind, label: said, tooltip: verdictSentence(model, outlook) });
  const pool = resources?.pool === undefined ? undefined : poolRoom(outlook.state, ask);
  if (pool) {
    const tooltip = message('inlay.pool.tooltip', { pool: poolWord(ask.pool) });
    hints.push({ behind: ['resources', 'pool'], label: pool, tooltip });
  }
  return hints;
}

/** Arguments that gpuctl adds stand where they will: behind the last word of the command. */
function addedHints({ addedArgs, environment: { command, args }, tool }: JobModel): Hint[] {
  if (!addedArgs.length || !tool) return [];
  const words = args.length ? args : command;
  const key = args.length ? 'args' : 'command';
  const behind = words.length ? ['environment', key, words.length - 1] : ['environment', 'image'];
  const tooltip = message('inlay.added.tooltip', { tool: tool.tool.title });
  return [{ behind, label: `+ ${addedArgs.join(' ')}`, tooltip }];
}

/** Defaults that decide something and follow from elsewhere. */
function defaultHints(model: JobModel): Hint[] {
  const tooltip = message('inlay.default.tooltip');
  const hints: Hint[] = [];
  if (model.kind === 'training') {
    const { deepspeed } = model as TrainingModel;
    if (deepspeed?.generate && !hasKey(model, 'deepspeed', 'stage'))
      hints.push({ behind: ['deepspeed'], isSection: true, label: `stage: ${deepspeed.stage}`, tooltip });
    return hints;
  }
  const { engine, service } = model as InferenceModel;
  if (engine && engine !== 'custom' && !hasKey(model, 'engine'))
    hints.push({
      behind: ['environment', 'image'],
      label: `engine: ${engine}`,
      tooltip: message('inlay.engine.tooltip'),
    });
  const absent = [
    ...(hasKey(model, 'service', 'port') ? [] : [`port: ${service.port}`]),
    ...(service.healthCheck && !hasKey(model, 'service', 'healthCheck') ? [`healthCheck: ${service.healthCheck}`] : []),
  ];
  if (absent.length && hasKey(model, 'service'))
    hints.push({ behind: ['service'], isSection: true, label: absent.join(', '), tooltip });
  return hints;
}

/** Sizes that count in powers of 1000, as people compare them with what their GPUs and nodes have. */
function sizeHints({ sections: { resources, storage } }: JobModel): Hint[] {
  return [
    ...sizeHint(['resources', 'memory'], resources?.memory),
    ...sizeHint(['resources', 'gpuShare'], resources?.gpuShare),
    ...(storage?.workdirs ?? []).flatMap(({ size }, index) => sizeHint(['storage', 'workdirs', index, 'size'], size)),
  ];
}

function quotaHints({ sections }: QuotaModel): Hint[] {
  const { namespace = {}, default: fallback } = sections;
  return [
    ...sizeHint(['default', 'memory'], fallback?.memory),
    ...Object.entries(namespace).flatMap(([name, values]) => sizeHint(['namespace', name, 'memory'], values?.memory)),
  ];
}

function sizeHint(behind: Path, written: string | number | undefined): Hint[] {
  const unit = typeof written === 'string' ? decimalUnit(written) : undefined;
  const bytes = toBytes(written);
  if (!unit || !bytes) return [];
  return [{ behind, label: `= ${formatBytes(bytes)}`, tooltip: message('inlay.size.tooltip', { unit }) }];
}

function hasKey({ sections }: JobModel, section: string, key?: string): boolean {
  const found = (sections as unknown as Record<string, Record<string, unknown> | undefined>)[section];
  return found !== undefined && (key === undefined || found[key] !== undefined);
}
