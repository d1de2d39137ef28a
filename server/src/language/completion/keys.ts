import { CompletionItemKind } from 'vscode-languageserver';
import { message } from '../../../../l10n/index.ts';
import { SCHEMAS } from '../../kinds/index.ts';
import type { Path } from '../../model/finding.ts';
import { type JsonSchema, spellingsOfKey } from '../../model/schema.ts';
import type { Say } from '../../operations/views.ts';
import type { Cursor } from '../cursor.ts';
import { documentKey } from './documentation.ts';
import { choice, escapeSnippet, type Proposal } from './proposal.ts';
import { type Spelling, spell } from './spelling.ts';
import { fewOf, hasProvider } from './values.ts';

export interface KeyContext {
  cursor: Cursor;
  /** Canonical path of the mapping. */
  path: Path;
  schema: JsonSchema;
  /** The file in which references of the schema are looked up. */
  root: JsonSchema;
  spelling: Spelling;
  say: Say;
}

/** Other names of a key, which nobody needs to be told of. */
const ALIASES: Readonly<Record<string, string>> = { acceleratorCount: 'gpu' };

/** Keys that a mapping may still have, in the order of the schema, required ones first. */
export function proposeKeys(context: KeyContext): Proposal[] {
  const { cursor, schema, say } = context;
  const { canonical, keys } = SCHEMAS.spellingsOf(schema);
  const present = new Set(
    cursor.siblings.map((key) => ALIASES[canonical.get(key) ?? key] ?? canonical.get(key) ?? key),
  );
  const left = keys.filter((key) => !present.has(key) && !(key in ALIASES));
  const isRequired = (key: string) => schema.required?.includes(key) ?? false;
  const required = left.filter(isRequired);
  const proposals = [...required, ...left.filter((key) => !isRequired(key))].map((key) =>
    proposeKey(key, context, isRequired(key) ? say(message('completion.required')) : undefined),
  );
  const all = required.length > 1 && !cursor.quote && !cursor.hasColon && cursor.style === 'block';
  return all ? [proposeAll(required, context), ...proposals] : proposals;
}

function proposeKey(key: string, context: KeyContext, detail: string | undefined): Proposal {
  const { cursor, path, schema, spelling, say } = context;
  const { quote, hasColon, needsSpace, range } = cursor;
  const label = spell(key, spelling);
  const marked = quote ?? '';
  const own = schema.properties?.[key] ?? {};
  const documentation = documentKey([...path, key], { ...resolve(own, context.root).schema, ...own }, say);
  const proposal = {
    label,
    kind: CompletionItemKind.Property,
    detail,
    documentation,
    filter: marked + [label, ...spellingsOfKey(key)].filter((one, index, all) => all.indexOf(one) === index).join(' '),
    range,
  };
  const written = `${needsSpace ? ' ' : ''}${marked}${label}${marked}`;
  if (hasColon) return { ...proposal, text: written };
  const places = new Places();
  const text = `${escapeSnippet(written)}:${valueText([...path, key], own, context.root, cursor.column, places, context)}`;
  return { ...proposal, text, isSnippet: true, goesOn: places.goesOn };
}

/** Everything that is required, at once. */
function proposeAll(keys: readonly string[], context: KeyContext): Proposal {
  const { cursor, path, schema, root, spelling, say } = context;
  const places = new Places();
  const text = keys
    .map(
      (key) =>
        `${spell(key, spelling)}:${valueText([...path, key], schema.properties?.[key], root, cursor.column, places, context)}`,
    )
    .join(`\n${' '.repeat(cursor.column)}`);
  return {
    label: keys.map((key) => spell(key, spelling)).join(', '),
    kind: CompletionItemKind.Snippet,
    detail: say(message('completion.all-required')),
    text: (cursor.needsSpace ? ' ' : '') + text,
    isSnippet: true,
    range: cursor.range,
    goesOn: places.goesOn,
  };
}

/** A new item of a list, with what an item must have. */
export function proposeItem(context: KeyContext): Proposal {
  const { cursor, path, schema, root, spelling, say } = context;
  const item = resolve(schema.items, root);
  const [first, ...others] = item.schema.required ?? [];
  const places = new Places();
  const entry = (key: string) =>
    `${spell(key, spelling)}:${valueText([...path, 0, key], item.schema.properties?.[key], item.root, cursor.column + 2, places, context)}`;
  const text = first ? [first, ...others].map(entry).join(`\n${' '.repeat(cursor.column + 2)}`) : places.next();
  return {
    label: first ? `- ${spell(first, spelling)}` : '-',
    kind: CompletionItemKind.Snippet,
    detail: say(message('completion.new-item')),
    filter: '-',
    text: `- ${text}`,
    isSnippet: true,
    range: cursor.range,
    goesOn: places.goesOn || (!first && hasProvider([...path, 0])),
  };
}

/** Numbers of the places to fill, and whether something can be proposed at the first of them. */
class Places {
  goesOn = false;
  private count = 0;

  next(placeholder = ''): string {
    this.count++;
    return placeholder ? `\${${this.count}:${escapeSnippet(placeholder)}}` : `$${this.count}`;
  }

  one(options: readonly string[]): string {
    return choice(++this.count, options);
  }

  get isFirst(): boolean {
    return this.count === 0;
  }
}

/** What comes behind the colon of a key, as a snippet: what is required in a section, a place to fill for a value. */
function valueText(
  path: Path,
  own: JsonSchema | undefined,
  root: JsonSchema,
  column: number,
  places: Places,
  context: KeyContext,
): string {
  const { schema, root: base } = resolve(own, root);
  const flow = context.cursor.style === 'flow';
  if (isMapping(schema) && !schema.items) {
    if (flow) return ` {${places.next()}}`;
    const line = `\n${' '.repeat(column + 2)}`;
    const required = schema.required ?? [];
    if (!required.length) {
      places.goesOn ||= places.isFirst;
      return line + places.next();
    }
    return required
      .map(
        (key) =>
          `${line}${spell(key, context.spelling)}:${valueText([...path, key], schema.properties?.[key], base, column + 2, places, context)}`,
      )
      .join('');
  }
  if (schema.items) {
    if (flow) return ` [${places.next()}]`;
    const item = resolve(schema.items, base);
    const line = `\n${' '.repeat(column + 2)}- `;
    const [first] = item.schema.required ?? [];
    if (!first) return line + places.next();
    return `${line}${spell(first, context.spelling)}:${valueText([...path, 0, first], item.schema.properties?.[first], item.root, column + 4, places, context)}`;
  }
  const few = fewOf(schema);
  if (few?.length === 1) return ` ${few[0]}`;
  const preset = own?.default ?? schema.default;
  if (few) return ` ${places.one(few.toSorted((a, b) => Number(b === String(preset)) - Number(a === String(preset))))}`;
  if (hasProvider(path)) {
    places.goesOn ||= places.isFirst;
    return ` ${places.next()}`;
  }
  const shown = preset ?? own?.examples?.[0] ?? schema.examples?.[0];
  return ` ${places.next(shown === undefined || typeof shown === 'object' ? '' : String(shown))}`;
}

const resolve = (schema: JsonSchema | undefined, root: JsonSchema): { schema: JsonSchema; root: JsonSchema } =>
  SCHEMAS.resolve(schema, root) ?? { schema: {}, root };

/** Whether a place holds keys. */
export const isMapping = (schema: JsonSchema): boolean =>
  schema.properties !== undefined ||
  typeof schema.additionalProperties === 'object' ||
  typesOf(schema).includes('object');

/** Whether a place holds a value that is written on a line. */
export const isScalar = (schema: JsonSchema): boolean =>
  !schema.properties && !typesOf(schema).some((type) => type === 'object' || type === 'array');

const typesOf = ({ type }: JsonSchema): readonly string[] => (Array.isArray(type) ? type : type ? [type] : []);
