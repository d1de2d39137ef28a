import { request } from './method.ts';

/** A document that can be made from a few answers. */
export interface RecipeDto {
  id: string;
  kind: string;
  title: string;
  about: string;
  /** A name to begin with. */
  name: string;
  /** What it asks for by itself; absent where it runs nothing (a pool, a quota). `gpus` is the total over `nodes`. */
  resources?: { gpus: number; nodes: number };
}

export interface NewDocumentParams {
  recipe: string;
  name: string;
  image?: string;
  pool?: string;
  gpus?: number;
}

/** A place in a text as the language server protocol counts it: lines from 0, characters in UTF-16 units. */
export interface PositionDto {
  line: number;
  character: number;
}
/** A stretch of text; `end` is exclusive. */
export interface RangeDto {
  start: PositionDto;
  end: PositionDto;
}

/** A line of the rendered text and the places of the file that gave it, all of them. */
export interface CounterpartDto {
  line: number;
  sources: RangeDto[];
}

/** The resources that a file's documents become, as read-only YAML. No secret is in it. */
export interface RenderedDto {
  /** The version of the file that was rendered; the file may be newer by now. */
  version: number;
  text: string;
  /** Where each gpuctl document stands in the file, and the line where its part of the rendered text begins, in order. */
  documents: { line: number; range: RangeDto }[];
  /** Lines whose origin is known, in order. */
  counterparts: CounterpartDto[];
}

export interface CompareParams {
  uri: string;
  text?: string;
  /** Which gpuctl document of the file (0 = first); all of them if absent. `meant`: what it was when it was chosen. */
  document?: number;
  meant?: { kind: string; name: string };
  /** Context that the person saw; another one by now is refused. */
  context?: string;
}

/** What the cluster has of a file's documents and what it would have after a submit, without what says nothing. */
export interface ComparedDto {
  cluster: string;
  /** The window's context and namespace in which this was compared: a submit of it says so, and is refused elsewhere. */
  target: { context: string; namespace: string };
  /** Where the job goes; absent for several documents, and for what belongs to the whole cluster. */
  namespace?: string;
  /** Whether a submit would change nothing. */
  same: boolean;
  /** Both sides as YAML with comments; no secret is in them. */
  before: string;
  after: string;
}

/** Requests about documents and what they become. */
export const documentsRequests = {
  recipes: request<void, RecipeDto[]>('gpuctl/document/recipes'),
  /** A document as a snippet: what was answered is written into it, the rest are places to fill. */
  newDocument: request<NewDocumentParams, { snippet: string }>('gpuctl/document/new'),
  /** The resources that the documents of an open file become. Answered from what is held: it never waits for the cluster. */
  render: request<{ textDocument: { uri: string } }, RenderedDto | null>('gpuctl/document/render'),
  /** The resources of a file's documents beside those in the cluster. `text` is used where the file is not open. */
  compare: request<CompareParams, ComparedDto>('gpuctl/document/compare'),
} as const;
