import type { JobGesture, JobMomentDto, JobPhase, JobRef } from '../../../../server/src/protocol.ts';

/** What a person asks for on the page. Only what a button of the page carries is done. */
export type PageAsk =
  | { do: 'gesture'; gesture: Exclude<JobGesture, 'terminal' | 'forward'> }
  | { do: 'log' | 'terminal'; pod: string }
  | { do: 'copy'; text: string }
  | { do: 'resource'; kind: string; name: string }
  | { do: 'pool'; pool: string }
  | { do: 'source' | 'file' | 'preview' | 'retry' | 'reconnect' | 'selectTarget' | 'openKubeconfig' | 'trust' };

export interface PageButton {
  ask: PageAsk;
  label: string;
  /** What a screen reader says where the label alone does not tell of what. */
  spoken?: string;
  /** What is likely wanted most. */
  main?: true;
  /** Why it cannot be done. */
  refused?: string;
}

/** What is to be said before all else: that it is being read, old, gone or not to be had. */
export interface PageNote {
  tone: 'busy' | 'info' | 'warning' | 'error';
  text: string;
  hint?: string;
  buttons: PageButton[];
}

export interface PageFact {
  name: string;
  value: string;
  button?: PageButton;
}

/** Raw words, shown on demand. */
export interface PageRaw {
  label: string;
  text: string;
}

interface SectionHead {
  heading: string;
}
/** Why a job failed or does not get on. */
export interface CauseSection extends SectionHead {
  id: 'cause';
  text: string;
  hint?: string;
  /** The log of the rank that failed first. */
  log?: PageButton;
  /** Its log is being read, or cannot be. */
  note?: string;
  linesLabel: string;
  lines: string[];
  raw?: PageRaw;
}
export interface VerdictSection extends SectionHead {
  id: 'verdict';
  text: string;
}
export interface TimelineSection extends SectionHead {
  id: 'timeline';
  items: { what: JobMomentDto['what']; text: string; time: string; datetime?: string; length?: string }[];
  /** How the run before ended. */
  before?: string;
}
export interface RankRow {
  key: string;
  phase: JobPhase;
  /** In the order of the columns. */
  cells: string[];
  /** Of the columns after the cells; null where one has none. */
  buttons: (PageButton | null)[];
}
export interface RanksSection extends SectionHead {
  id: 'ranks';
  summary: string;
  columns: string[];
  rows: RankRow[];
  /** Leaves out those that are well; where there are many. */
  filter?: string;
}
export interface EventsSection extends SectionHead {
  id: 'events';
  items: { key: string; time: string; datetime?: string; about: string; text: string; times?: string; raw?: PageRaw }[];
  note?: string;
}
export interface ResourcesSection extends SectionHead {
  id: 'resources';
  items: { kind: string; name: string; open?: PageButton; copy: PageButton }[];
  copied: string;
}
export interface SourceSection extends SectionHead {
  id: 'source';
  from?: string;
  /** Absent: it was not noted down. */
  yaml?: PageRaw;
  note?: string;
  buttons: PageButton[];
}
export type PageSection =
  | CauseSection
  | VerdictSection
  | TimelineSection
  | RanksSection
  | EventsSection
  | ResourcesSection
  | SourceSection;

/** All that the page shows, in the person's language: the browser part puts it up and knows nothing of its own. */
export interface PageView {
  name: string;
  phase: JobPhase;
  phaseWord: string;
  /** Why it waits or failed, in one line; empty where the phase says it all. */
  state: string;
  gesturesLabel: string;
  gestures: PageButton[];
  summaryLabel: string;
  facts: PageFact[];
  /** From top to bottom. */
  sections: PageSection[];
}

/** Which job a page is about, and in which context of the kubeconfig it was seen. */
export interface PageOf {
  job: JobRef;
  context: string;
}

/** What the extension tells the page; what is absent stays as it is. */
export interface ToPage {
  of?: PageOf;
  /** The language of the words. */
  lang: string;
  /** `at`: when it was so, in milliseconds since 1970. */
  view?: PageView;
  at?: number;
  /** Null: nothing is to be said. */
  note?: PageNote | null;
  /** Brings a section into sight and to the keyboard. */
  show?: 'cause';
}

/** What the page tells the extension: that it is drawn and wants all, or what a button asks. */
export type FromPage = { ready: true } | { ask: PageAsk };

/** What the window keeps of a page, on disk, for when it is drawn again: no log, no YAML, no raw words; `at` as in `ToPage`. */
export interface KeptPage {
  of?: PageOf;
  lang?: string;
  view?: PageView;
  at?: number;
  scroll?: number;
}
