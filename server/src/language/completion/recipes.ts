import { message } from '../../../../l10n/index.ts';
import snippets from '../../../../snippets/gpuctl.json' with { type: 'json' };
import type { Say } from '../../operations/views.ts';
import type { NewDocumentParams, RecipeDto } from '../../protocol.ts';
import { choice, escapeSnippet } from './proposal.ts';

type RecipeId = keyof typeof snippets;

/** A whole document with places to fill, as `snippets/gpuctl.json` has it. */
export interface Recipe {
  id: RecipeId;
  kind: string;
  /** Words by which it is found. */
  prefixes: readonly string[];
  /** A snippet. */
  body: string;
}

export const RECIPES: readonly Recipe[] = (Object.keys(snippets) as RecipeId[]).map((id) => {
  const { prefix, body } = snippets[id];
  const kind = /^kind: (\w+)/.exec(body[0] ?? '')?.[1] ?? '';
  return { id, kind, prefixes: prefix, body: body.join('\n') };
});

export const titleOf = ({ id }: Recipe, say: Say): string => say(message(`recipe.${id}.title`));
export const aboutOf = ({ id }: Recipe, say: Say): string => say(message(`recipe.${id}.about`));

/** The place to fill behind a key. */
const placeOf = (key: string) => new RegExp(`^( +${key}: )\\$\\{(\\d+):([^}]*)\\}$`, 'm');

/** The recipe with the pools that are there to choose from. */
export function withPools({ body }: Recipe, pools: readonly string[]): string {
  if (!pools.length) return body;
  return body.replace(placeOf('pool'), (_, key: string, index: string) => key + choice(Number(index), pools));
}

/** The recipe as it is with its defaults. */
export const expand = (snippet: string): string =>
  snippet
    .replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, '$1')
    .replace(/\$\{\d+\|((?:[^,|\\]|\\.)*)(?:,(?:[^|\\]|\\.)*)?\|\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$},|])/g, '$1');

/** What "New gpuctl File…" can make. */
export const listRecipes = (say: Say): RecipeDto[] =>
  RECIPES.map((recipe) => {
    const number = (key: string) => placeOf(key).exec(recipe.body)?.[3];
    const gpus = number('gpu');
    const isJob = /^job:/m.test(recipe.body);
    return {
      id: recipe.id,
      kind: recipe.kind,
      title: titleOf(recipe, say),
      about: aboutOf(recipe, say),
      name: placeOf('name').exec(recipe.body)?.[3] ?? '',
      ...(isJob &&
        gpus !== undefined && { resources: { gpus: Number(gpus), nodes: Number(number('nodeCount') ?? 1) } }),
    };
  });

/** A recipe as a snippet, with what the person has answered already written into it. */
export function newDocument({ recipe: id, name, image, pool, gpus }: NewDocumentParams): { snippet: string } {
  const recipe = RECIPES.find((one) => one.id === id);
  if (!recipe) return { snippet: '' };
  const answers = { name, image, pool, gpu: gpus === undefined ? undefined : String(gpus) };
  let body = recipe.body;
  for (const [key, answer] of Object.entries(answers)) {
    if (answer === undefined) continue;
    body = body.replace(placeOf(key), (_, before: string) => before + escapeSnippet(answer));
  }
  return { snippet: `${body}\n` };
}
