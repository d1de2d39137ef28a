import type { Hover } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Message, message, type TextKey } from '../../../l10n/index.ts';
import { holdsItAlready } from '../capacity/liveRules.ts';
import { documentAt, type PlacedDocument } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import { KIND_NAMES, SCHEMAS } from '../kinds/index.ts';
import { becomesText, keyText, valueText } from '../kinds/keyTexts.ts';
import { type DocumentModel, isJob, type Kind } from '../kinds/kind.ts';
import { expectation } from '../model/expectations.ts';
import type { Path } from '../model/finding.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { LiveValues } from '../operations/liveValues.ts';
import type { Say } from '../operations/views.ts';
import { FEATURES, gpuMemoryOf, gpuTypeOf } from '../tools/gpus.ts';
import { bytesInWords, coresInWords, durationInWords } from './amounts.ts';
import { verdictSentence } from './fewWords.ts';
import { becomesHere } from './here.ts';
import type { LanguageHost } from './host.ts';
import { roomTable } from './room.ts';
import { rangeIn } from './symbols.ts';

/** Tells what a key or a value means, and what it becomes in this document. */
export function registerHover(host: LanguageHost): void {
  host.connection.onHover(({ textDocument, position }) => {
    const file = host.file(textDocument.uri);
    const at = file?.document.offsetAt(position) ?? 0;
    const placed = file && documentAt(file.checked, at);
    return file && placed ? buildHover(placed, at, file.document, host) : null;
  });
}

/** What hovers ask of the cluster. */
type Live = Pick<LiveValues, 'pools' | 'gpuTypes' | 'outlook'>;

/** What is shown at an offset of the file; nothing in comments, between words, and for what the dialect does not know. */
export function buildHover(
  { document, offset }: PlacedDocument,
  at: number,
  file: TextDocument,
  { say, live }: { say: Say; live: Live },
): Hover | null {
  if (document.findings.some(({ code }) => code === 'document.too-large')) return null;
  const tree = document.tree();
  for (const { path, at: part, range } of tree.placesAt(at - offset)) {
    const value = valueAt(tree.value, path);
    if (part === 'value' && typeof value === 'object' && value !== null) continue;
    const place = toPlace(path, document.kind);
    if (!place) continue;
    const written = typeof value === 'object' || value === undefined ? undefined : String(value);
    const lines = [
      heading(place, say),
      say(place.means),
      ...willItRun(path, document.model, live, say),
      ...whatComes(place, written, document, say),
      ...allowed(place, value, say),
      list(fromCluster(path, written, document.model, live), say),
      ...example(place.schema, say),
    ];
    return {
      contents: { kind: 'markdown', value: lines.filter(Boolean).join('\n\n') },
      range: rangeIn(file, offset + range.start, offset + range.end),
    };
  }
  return null;
}

/** A key of the dialect. Items of a list, and the person's own names, are explained by the key above them. */
interface Place {
  path: Path;
  /** The key that is explained. */
  key: Path;
  means: Message;
  /** As its parent writes it, with default and examples; and what that refers to. */
  schema: JsonSchema;
  resolved: JsonSchema;
  definition: string | undefined;
  required: boolean;
}

function toPlace(path: Path, kind: Kind | undefined): Place | undefined {
  if (!kind) {
    const means = path.length === 1 && path[0] === 'kind' ? keyText(path) : undefined;
    const schema = { enum: [...KIND_NAMES] };
    return means && { path, key: path, means, schema, resolved: schema, definition: undefined, required: true };
  }
  const at = SCHEMAS.atPath(path, kind.schema);
  if (!at) return undefined;
  let key = path;
  while (key.length > 1 && (typeof key.at(-1) === 'number' || !keyText(key))) key = key.slice(0, -1);
  const means = keyText(key);
  if (!means) return undefined;
  const parent = SCHEMAS.atPath(key.slice(0, -1), kind.schema)?.schema;
  const last = String(key.at(-1));
  const schema = parent?.properties?.[last] ?? {};
  const { schema: resolved = schema, definition } = SCHEMAS.atPath(key, kind.schema) ?? {};
  return { path, key, means, schema, resolved, definition, required: parent?.required?.includes(last) ?? false };
}

/** Types that need no word: the rules of names are told to who breaks them. */
const OBVIOUS: ReadonlySet<string> = new Set<TextKey>([
  'expected.mapping',
  'expected.text',
  'expected.dns-label',
  'expected.label-value',
  'expected.resource-name',
]);

function heading({ key, schema, resolved, definition, required }: Place, say: Say): string {
  const name = key.filter((part) => typeof part === 'string').join('.');
  const value = schema.default ?? resolved.default;
  const type = expectation(resolved, definition);
  const parts = [
    `**\`${plain(name)}\`**`,
    ...(resolved.enum || resolved.const !== undefined || OBVIOUS.has(type.key) ? [] : [say(type)]),
    ...(required ? [say(message('hover.required'))] : []),
    ...(value === undefined ? [] : [say(message('hover.default', { value: String(value) }))]),
  ];
  return parts.join(' · ');
}

/** What the key becomes in general, what it becomes here, and its amount in words. */
function whatComes(
  { path, key, definition }: Place,
  written: string | undefined,
  { model }: GpuctlDocument,
  say: Say,
): string[] {
  const general = becomesText(key);
  const here = [...amount(key, definition, written, say), ...becomesHere(path, model)];
  return [general ? say(general) : '', list(here, say)];
}

const list = (messages: readonly Message[], say: Say): string =>
  messages.map((one) => `- ${say(inOneLine(one))}`).join('\n');

/** Words of the document stand in code: what would end the code or the line is taken out of them. */
const inOneLine = ({ key, args }: Message): Message => ({
  key,
  args: Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, typeof value === 'string' ? plain(value) : value]),
  ),
});

/** Names that others gave stay words: neither a link nor a picture comes of them. */
const inWords = ({ key, args }: Message): Message => ({
  key,
  args: Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'object'
        ? inWords(value)
        : typeof value === 'string'
          ? value.replaceAll(/[`<>[\]]+/g, ' ')
          : value,
    ]),
  ),
});

const plain = (text: string): string => text.replaceAll(/[\s`]+/g, ' ');

function amount(key: Path, definition: string | undefined, written: string | undefined, say: Say): Message[] {
  if (!written) return [];
  if (definition === 'duration') return listed(durationInWords(written, say));
  if (definition !== 'quantity') return [];
  return listed(key.at(-1) === 'cpu' ? coresInWords(written) : bytesInWords(written));
}

const listed = <T>(one: T | undefined): T[] => (one === undefined ? [] : [one]);

/** The values of a choice, a line each; the one that is written stands out. */
function allowed({ key, resolved }: Place, value: unknown, say: Say): string[] {
  const isKind = key.length === 1 && key[0] === 'kind';
  const values = isKind ? KIND_NAMES : (resolved.enum ?? []);
  const lines = values.map((one) => {
    const name = one === value ? `**\`${one}\`**` : `\`${one}\``;
    const means = valueText(key, one);
    return `- ${name}${means ? `: ${say(means)}` : ''}`;
  });
  return [lines.join('\n')];
}

/** What the cluster says now of the pool or the type that is written, and what is known of the type. */
function fromCluster(path: Path, written: string | undefined, model: DocumentModel | undefined, live: Live): Message[] {
  const key = path.join('.');
  if (!written) return [];
  if (key === 'resources.pool' || key === 'pool.name') {
    const gpus = live.pools().find(({ name }) => (name ?? 'default') === written)?.gpus ?? [];
    return gpus.flatMap((count) => {
      const { type, total, unavailable, unhealthy = 0 } = count;
      return [
        ...(total > 0 ? [free(count)] : []),
        ...(unavailable > 0 ? [message('hover.pool.unavailable', { type, unavailable })] : []),
        ...(unhealthy > 0 ? [message('hover.pool.broken', { type, count: unhealthy })] : []),
      ];
    });
  }
  if (key !== 'resources.gpuType' && !(path[0] === 'nodes' && path.at(-1) === 'gpuType')) return [];
  const counts = isJob(model) && key === 'resources.gpuType' ? live.gpuTypes(model.demand.pool ?? 'default') : [];
  return [
    ...typeFacts(written),
    ...counts.filter(({ type, total }) => total > 0 && type.toLowerCase() === written.toLowerCase()).map(free),
  ];
}

/** Keys that decide where a job finds room. */
const ABOUT_ROOM: ReadonlySet<string> = new Set(
  ['gpu', 'acceleratorCount', 'gpuType', 'nodeCount', 'pool'].map((key) => `resources.${key}`),
);

/** Whether the job fits as it is written, and what the nodes have for it. */
function willItRun(path: Path, model: DocumentModel | undefined, live: Live, say: Say): string[] {
  const outlook = live.outlook();
  if (!outlook || !isJob(model) || model.demand.gpusPerPod * model.demand.pods === 0 || !ABOUT_ROOM.has(path.join('.')))
    return [];
  if ('unknown' in outlook) return [say(inWords(message('finding.capacity.unknown', { reason: outlook.unknown })))];
  const table = roomTable(model, outlook, say);
  return holdsItAlready(model, outlook) ? [table] : [say(inWords(verdictSentence(model, outlook))), table];
}

const free = ({ type, free, total, largestBlock }: ReturnType<LiveValues['gpuTypes']>[number]): Message =>
  message('hover.pool.free', { type, free, total, largest: largestBlock });

/** Memory and abilities of a GPU that is known by its name. */
function typeFacts(name: string): Message[] {
  const type = gpuTypeOf(name);
  const memory = gpuMemoryOf(name);
  if (type?.capability === undefined) return [];
  const { title, capability } = type;
  const titles = (has: boolean) =>
    Object.values(FEATURES)
      .filter(({ from, below = Number.POSITIVE_INFINITY }) => (capability >= from && capability < below) === has)
      .map((feature) => feature.title)
      .join(', ');
  const [has, lacks] = [titles(true), titles(false)];
  return [
    ...(memory === undefined ? [] : [message('hover.type.memory', { title, memory })]),
    ...(has ? [message('hover.type.has', { features: has })] : []),
    ...(lacks ? [message('hover.type.lacks', { features: lacks })] : []),
  ];
}

function example({ examples = [] }: JsonSchema, say: Say): string[] {
  const [first] = examples;
  if (first === undefined) return [];
  const value = typeof first === 'string' ? first : JSON.stringify(first);
  return [say(message('hover.example', { value }))];
}

function valueAt(root: unknown, path: Path): unknown {
  let at = root;
  for (const part of path)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined;
  return at;
}
