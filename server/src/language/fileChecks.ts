import type { Diagnostic, PublishDiagnosticsParams, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { withAccessFindings } from '../capacity/accessRules.ts';
import { type Live, withLiveFindings } from '../capacity/liveRules.ts';
import {
  type Before,
  type CheckedChunk,
  type CheckedFile,
  checkInSteps,
  modeOf,
  type PlacedDocument,
} from '../kinds/checkedFile.ts';
import { applyLevels, type Levels, NO_LEVELS } from '../kinds/levels.ts';
import type { Finding, Severity } from '../model/finding.ts';
import { outlookOf } from '../operations/liveValues.ts';
import { knownRights } from '../operations/rights.ts';
import type { Session } from '../operations/session.ts';
import type { Say } from '../operations/views.ts';
import { toDiagnostic } from './diagnostics.ts';
import type { OpenFile } from './host.ts';
import { namesOf } from './workspace/documentNames.ts';

interface Events {
  publish(params: PublishDiagnosticsParams): void;
  /** A file was checked anew. */
  checked(file: OpenFile): void;
  closed(uri: string): void;
  /** What the other files of the workspace say of a document. */
  elsewhere(file: OpenFile, placed: PlacedDocument): readonly Finding[];
  /** URI of the file with the pages of findings. */
  pages(): string;
  /** Whether mistakes of YAML itself are ours to tell in a file: no other service does. */
  tellsYaml(file: OpenFile): boolean;
  /** The set of files with gpuctl documents may have changed. */
  changed(): void;
}

/** Milliseconds of work after which others have their turn, and those that a request may take at once for an answer. */
const SLICE = 8;
const AT_ONCE = 25;
/** Diagnostics of a file that are told at most, the graver first: no editor shows more. */
const MOST_DIAGNOSTICS = 1000;
/** Documents of a file up to which its names are known to the workspace. */
const MOST_INDEXED = 5000;
/** Documents between two rests when diagnostics are put together. */
const STEP = 100;

interface Checked {
  file: CheckedFile;
  version: number;
}

/** The work on one version of a file: check it, tell of it. */
interface Work {
  version: number;
  steps: Generator<void>;
  /** What was done of a check that is not finished: if the file changes meanwhile, the next one takes it over. */
  chunks: CheckedChunk[];
}

/**
 * The open files, checked. An edit is checked at the next turn of the event loop: a burst of edits costs one check, a single key waits for
 * nothing, and a big file is worked on in slices, so that nobody else waits for it. Findings that depend on the cluster are derived anew
 * when its state changes, without reading the file again.
 */
export class FileChecks {
  private readonly checked = new Map<string, Checked>();
  /** What was published last, to say nothing twice. */
  private readonly published = new Map<string, Diagnostic[]>();
  /** Severities by finding code, as the person has set them. */
  levels: Levels = NO_LEVELS;
  private readonly works = new Map<string, Work>();
  /** The version of each file whose findings were told. */
  private readonly told = new Map<string, number>();
  /** Files with something to do, in turn. */
  private readonly waiting = new Set<string>();
  private isAwake = false;
  private readonly documents: TextDocuments<TextDocument>;
  private readonly session: Session;
  private readonly say: Say;
  private readonly events: Events;

  constructor(documents: TextDocuments<TextDocument>, session: Session, say: Say, events: Events) {
    this.documents = documents;
    this.session = session;
    this.say = say;
    this.events = events;
    documents.onDidChangeContent(({ document }) => this.check(document.uri));
    documents.onDidClose(({ document }) => {
      this.checked.delete(document.uri);
      this.works.delete(document.uri);
      this.told.delete(document.uri);
      events.closed(document.uri);
      if (this.published.delete(document.uri)) events.publish({ uri: document.uri, diagnostics: [] });
      events.changed();
    });
  }

  get hasDocuments(): boolean {
    for (const { file } of this.checked.values()) if (isOurs(file)) return true;
    return false;
  }

  /** The file as it is now, checked; `undefined` also while a big one is being checked (`ready` tells when it is done). */
  get(uri: string): OpenFile | undefined {
    const document = this.documents.get(uri);
    if (!document) return undefined;
    if (!this.isChecked(document)) this.workOn(document, AT_ONCE, () => this.isChecked(document));
    const known = this.checked.get(uri);
    if (known?.version !== document.version) return undefined;
    return { uri, document, checked: known.file, mode: modeOf(document.languageId, uri) };
  }

  files(): OpenFile[] {
    return this.documents.all().flatMap(({ uri }) => this.get(uri) ?? []);
  }

  /** Resolves once the newest version of a file is checked; `undefined` where nothing is to be waited for. */
  ready(uri: string): Promise<void> | undefined {
    if (!this.documents.get(uri) || this.get(uri)) return undefined;
    return new Promise((resolve) => {
      const look = () => {
        const document = this.documents.get(uri);
        if (document && !this.isChecked(document)) setImmediate(look);
        else resolve();
      };
      setImmediate(look);
    });
  }

  /** Takes other levels; everything is checked by them. */
  setLevels(levels: Levels): void {
    if (JSON.stringify(levels) === JSON.stringify(this.levels)) return;
    this.levels = levels;
    this.checked.clear();
    this.works.clear();
    for (const { uri } of this.documents.all()) this.check(uri);
  }

  /** Something that findings or their words depend on has changed, for all files or for some. */
  stateChanged(uris: Iterable<string> = this.documents.keys()): void {
    for (const uri of uris) this.check(uri);
  }

  private isChecked({ uri, version }: TextDocument): boolean {
    return this.checked.get(uri)?.version === version;
  }

  private check(uri: string): void {
    const known = this.checked.get(uri);
    if (known?.version === this.works.get(uri)?.version) this.works.delete(uri); // tells of what was: begins anew
    this.waiting.add(uri);
    this.wake();
  }

  private wake(): void {
    if (this.isAwake || !this.waiting.size) return;
    this.isAwake = true;
    setImmediate(() => {
      this.isAwake = false;
      const [uri = ''] = this.waiting;
      this.waiting.delete(uri);
      const document = this.documents.get(uri);
      if (document && !this.workOn(document, SLICE)) this.waiting.add(uri); // behind the others
      this.wake();
    });
  }

  /** Works on a file for a while; whether it was finished. */
  private workOn(document: TextDocument, milliseconds: number, isEnough = () => false): boolean {
    const { uri, version } = document;
    const before = this.works.get(uri);
    const work = before?.version === version ? before : this.begin(document, before?.chunks);
    this.works.set(uri, work);
    const end = performance.now() + milliseconds;
    do {
      if (work.steps.next().done) {
        this.works.delete(uri);
        return true;
      }
    } while (!isEnough() && performance.now() < end);
    return false;
  }

  private begin(document: TextDocument, unfinished: CheckedChunk[] = []): Work {
    const chunks: CheckedChunk[] = [];
    const previous = this.checked.get(document.uri)?.file ?? { chunks: unfinished };
    return { version: document.version, chunks, steps: this.steps(document, previous, chunks) };
  }

  private *steps(document: TextDocument, previous: Before, chunks: CheckedChunk[]): Generator<void> {
    const { uri, version } = document;
    const mode = modeOf(document.languageId, uri);
    let known = this.checked.get(uri);
    const isFirst = known === undefined;
    if (known?.version !== version) {
      known = { file: yield* checkInSteps(document.getText(), mode, previous, this.levels, chunks), version };
      this.checked.set(uri, known);
    }
    const open = { uri, document, checked: known.file, mode };
    const isNew = this.told.get(uri) !== version;
    // Who opens a big file sees its own findings before the workspace knows its names.
    if (isFirst) yield* this.publish(open, isNew);
    if (isNew) yield* this.index(open);
    yield* this.publish(open, isNew && !isFirst);
    this.told.set(uri, version);
    if (isNew) this.events.changed();
  }

  /** Tells the workspace of the file's names. */
  private *index(file: OpenFile): Generator<void> {
    const { chunks } = file.checked;
    if (chunks.length > MOST_INDEXED) return this.events.closed(file.uri);
    for (const [index, { document }] of chunks.entries()) {
      if (document) namesOf(document); // the index asks for them all at once
      if (index % STEP === STEP - 1) yield;
    }
    this.events.checked(file);
    yield;
  }

  private *publish(file: OpenFile, isNew: boolean): Generator<void> {
    const { uri, document, checked } = file;
    const diagnostics = yield* this.collect(file);
    const known = this.published.get(uri);
    if (!isNew && JSON.stringify(known) === JSON.stringify(diagnostics)) return;
    this.published.set(uri, diagnostics);
    if (known !== undefined || diagnostics.length || isOurs(checked))
      this.events.publish({ uri, version: document.version, diagnostics });
  }

  /** The diagnostics of a file, for a client that asks. */
  diagnostics(file: OpenFile): Diagnostic[] {
    const steps = this.collect(file);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  private *collect(file: OpenFile): Generator<void, Diagnostic[]> {
    const { document, checked } = file;
    const found = new MostGrave();
    const tellsYaml = this.events.tellsYaml(file);
    const live = this.live();
    const rights = knownRights(this.session);
    for (const [index, { offset, document: ours }] of checked.chunks.entries()) {
      const findings = ours ? this.findings(file, { offset, document: ours }, live, rights) : [];
      for (const finding of findings) if (tellsYaml || !isOfYaml(finding)) found.add(finding, offset);
      // A verdict on a large cluster takes as long as the findings of many documents.
      if (live || index % STEP === STEP - 1) yield;
    }
    const diagnostics: Diagnostic[] = [];
    for (const { finding, offset } of found.list()) {
      diagnostics.push(toDiagnostic(finding, offset, document, this.say, this.events.pages()));
      if (diagnostics.length % STEP === 0) yield;
    }
    return diagnostics;
  }

  /** What a document says of itself, what its file, the workspace and the cluster say of it. */
  findings(
    file: OpenFile,
    placed: PlacedDocument,
    live = this.live(),
    rights = knownRights(this.session),
  ): readonly Finding[] {
    const { document } = placed;
    const together = file.checked.together.get(document) ?? [];
    const elsewhere = applyLevels(this.events.elsewhere(file, placed), document, this.levels);
    const known =
      together.length || elsewhere.length ? [...document.findings, ...together, ...elsewhere] : document.findings;
    const withLive = withLiveFindings(known, document, live, this.levels, file.checked);
    return withAccessFindings(withLive, document, rights, this.levels);
  }

  /** The cluster as far as it is held. */
  private live(): Live | undefined {
    return outlookOf(this.session);
  }
}

interface Placed {
  finding: Finding;
  offset: number;
  order: number;
}

/** As many findings as an editor shows, the graver ones where there are more. */
class MostGrave {
  private readonly bySeverity: Record<Severity, Placed[]> = { error: [], warning: [], information: [], hint: [] };
  private order = 0;

  add(finding: Finding, offset: number): void {
    const list = this.bySeverity[finding.severity];
    if (list.length < MOST_DIAGNOSTICS) list.push({ finding, offset, order: this.order++ });
  }

  /** In the order in which they were added. */
  list(): Placed[] {
    const all = Object.values(this.bySeverity).flat().slice(0, MOST_DIAGNOSTICS);
    return all.sort((a, b) => a.order - b.order);
  }
}

/** Mistakes that every YAML service finds. */
const isOfYaml = ({ code }: Finding): boolean => code.startsWith('yaml.') || code === 'key.duplicate';

const isOurs = (file: CheckedFile): boolean => file.chunks.some(({ document }) => document !== undefined);
