import { CompletionItemKind } from 'vscode-languageserver';
import { message } from '../../../../l10n/index.ts';
import { KIND_NAMES, KINDS, kindNamed } from '../../kinds/index.ts';
import { valueText } from '../../kinds/keyTexts.ts';
import type { JsonSchema } from '../../model/schema.ts';
import type { Say } from '../../operations/views.ts';
import { type CanonicalPlace, type Cursor, cursorAt, toCanonicalPlace } from '../cursor.ts';
import { isMapping, isScalar, type KeyContext, proposeItem, proposeKeys } from './keys.ts';
import { escapeSnippet, type Proposal, toScalar } from './proposal.ts';
import { aboutOf, expand, RECIPES, titleOf, withPools } from './recipes.ts';
import { type Spelling, spell, spellingIn } from './spelling.ts';
import { candidatesAt, type ValueSources } from './values.ts';

/** One document of a file, as completion looks at it. */
export interface CompletionInput {
  text: string;
  /** UTF-16, in this document. */
  offset: number;
  /** The word after `kind`; `undefined` where the document is not one of ours, though it may become one. */
  kindName: string | undefined;
  /** How other documents of the file spell; asked where this one does not tell. */
  spellingAround?: () => Spelling | undefined;
  sources: ValueSources;
  say: Say;
}

export interface Completion {
  proposals: readonly Proposal[];
  /** False while values are still being asked for. */
  complete: boolean;
}

const all = (...proposals: readonly Proposal[]): Completion => ({ proposals, complete: true });

/** A document without a known kind: before anything else it needs one. */
const KIND_ONLY: JsonSchema = { properties: { kind: { enum: [...KIND_NAMES] } }, required: ['kind'] };

/** What may stand at a place of a document. Pure; waits for nothing. */
export function complete(input: CompletionInput): Completion {
  const cursor = cursorAt(input.text, input.offset);
  if (!cursor) return all();
  const recipes = proposeRecipes(input, cursor);
  if (input.kindName === undefined) return all(...recipes);
  const known = kindNamed(input.kindName);
  const [section] = cursor.path;
  if (!known && section === undefined) {
    const place = { path: [], schema: KIND_ONLY, own: KIND_ONLY, root: KIND_ONLY };
    return all(...proposeKeys(toKeyContext(input, cursor, place, KIND_ONLY)), ...recipes);
  }
  // In a section, any kind that has it tells what may stand there.
  const kind = known ?? KINDS.find(({ schema }) => Object.hasOwn(schema.properties ?? {}, section ?? ''));
  const place = kind && toCanonicalPlace(cursor.path, kind.schema);
  if (!place?.schema) return all();
  const { proposals, complete } = proposeAt(input, cursor, place, place.schema);
  return { proposals: [...proposals, ...recipes], complete };
}

function proposeAt(input: CompletionInput, cursor: Cursor, place: CanonicalPlace, schema: JsonSchema): Completion {
  const { wants, style, typed, quote } = cursor;
  if (wants !== 'key' && isScalar(schema)) return proposeValues(input, cursor, place, schema);
  if (wants === 'value' || (wants === 'item' && quote)) return all();
  const context = toKeyContext(input, cursor, place, schema);
  if (schema.properties) return all(...proposeKeys(context));
  const item = wants === 'item' && style === 'block' && !typed && schema.items ? [proposeItem(context)] : [];
  const own = isMapping(schema) ? proposeOwnNames(input, context) : all();
  return { proposals: [...item, ...own.proposals], complete: own.complete };
}

function toKeyContext(
  { say, spellingAround }: CompletionInput,
  cursor: Cursor,
  { path, root }: CanonicalPlace,
  schema: JsonSchema,
): KeyContext {
  const typed = cursor.typed.includes('-') ? 1 : cursor.typed.includes('_') ? 2 : undefined;
  const spelling = typed ?? spellingIn([...cursor.siblings, ...cursor.written]) ?? spellingAround?.() ?? 0;
  return { cursor, path, schema, root, spelling, say };
}

function proposeValues(
  { sources, say }: CompletionInput,
  { range, style, quote, needsSpace, typed }: Cursor,
  { path, own }: CanonicalPlace,
  schema: JsonSchema,
): Completion {
  const { list, complete } = candidatesAt(path, { ...schema, ...own }, sources);
  const proposals = list.map(({ value, detail }): Proposal => {
    const about = valueText(path, value);
    return {
      label: value,
      kind: schema.enum ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
      detail: typeof detail === 'object' ? say(detail) : detail,
      documentation: about && say(about),
      text: (needsSpace ? ' ' : '') + toScalar(value, { flow: style === 'flow', quote }),
      range,
      ...(value === typed && { isTyped: true }),
    };
  });
  return { proposals, complete };
}

/** Keys that are names of the cluster: nodes of a pool, namespaces of a quota. */
function proposeOwnNames({ sources: { live }, say }: CompletionInput, context: KeyContext): Completion {
  const { cursor, path, spelling } = context;
  const { style, column, range, hasColon, quote, needsSpace } = cursor;
  const present = new Set(cursor.siblings);
  const line = `\n${' '.repeat(column + 2)}`;
  const marked = quote ?? '';
  const toProposal = (name: string, detail: string | undefined, inside: string): Proposal => {
    const key = `${needsSpace ? ' ' : ''}${marked}${name}${marked}`;
    const body = style === 'flow' ? ' {$1}' : line + inside;
    return {
      label: name,
      kind: CompletionItemKind.Value,
      detail,
      filter: marked + name,
      text: hasColon ? key : `${escapeSnippet(key)}:${body}`,
      isSnippet: !hasColon,
      range,
    };
  };
  if (path.length !== 1) return all();
  if (path[0] === 'nodes') {
    const nodes = live.nodes().filter(({ name }) => !present.has(name));
    // Those that belong to no pool are the likely ones.
    nodes.sort((a, b) => Number(a.pool !== undefined) - Number(b.pool !== undefined));
    return all(
      ...nodes.slice(0, MOST).map(({ name, pool, gpuType, gpus }) => {
        const has =
          gpus && gpuType
            ? message('completion.node.gpus', { count: gpus, type: gpuType })
            : message('completion.no-gpus');
        const detail = pool ? message('completion.node.in-pool', { gpus: has, pool }) : has;
        return toProposal(
          name,
          say(detail),
          gpuType ? `${spell('gpuType', spelling)}: ${escapeSnippet(gpuType)}` : '$1',
        );
      }),
    );
  }
  if (path[0] !== 'namespace') return all();
  const { names, complete } = live.names('namespaces');
  const proposals = names.filter((name) => !present.has(name)).map((name) => toProposal(name, undefined, '$1'));
  return { proposals, complete };
}

/** Rows of one list; a list of thousands of nodes helps nobody. */
const MOST = 300;

/** Whole documents, where there is nothing yet but a word, or `kind:` and a word. */
function proposeRecipes({ text, sources, say, kindName }: CompletionInput, cursor: Cursor): Proposal[] {
  const { path, range, style, quote, typed, siblings, column } = cursor;
  const isKind = path.length === 1 && path[0] === 'kind' && cursor.wants === 'value';
  if (style === 'flow' || quote || siblings.length || (path.length && !isKind)) return [];
  const start = isKind ? text.lastIndexOf('\n', range.start - 1) + 1 : range.start;
  if (
    (!isKind && column > 0) ||
    /^(?![ \t]*#|---|%)[ \t]*\S/m.test(`${text.slice(0, start)}\n${text.slice(range.end)}`)
  )
    return [];
  const before = text.slice(start, range.start) + typed;
  const pools = sources.live.pools().flatMap(({ name }) => name ?? []);
  return RECIPES.flatMap((recipe): Proposal[] => {
    const words = [...recipe.prefixes, `kind: ${recipe.kind}`];
    // In any other YAML file only who begins to write one of these is asking for it.
    if (kindName === undefined && !words.some((word) => word.startsWith(before))) return [];
    const title = titleOf(recipe, say);
    const body = withPools(recipe, pools.length ? [...pools, 'default'] : []);
    return [
      {
        label: title,
        kind: CompletionItemKind.Snippet,
        detail: aboutOf(recipe, say),
        documentation: `\`\`\`yaml\n${expand(body)}\n\`\`\``,
        filter: isKind ? `kind: ${recipe.kind} ${recipe.id}` : `${words.join(' ')} ${title}`,
        text: body,
        isSnippet: true,
        range: { start, end: range.end },
      },
    ];
  });
}
