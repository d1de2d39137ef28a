import type { CodeAction, Diagnostic, PublishDiagnosticsParams, Range, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { toCapacityFindings } from '../capacity/findings.ts';
import { type CheckedFile, checkFile, documentsOf, modeOf } from '../kinds/checkedFile.ts';
import { type GpuctlDocument, placeFindings } from '../kinds/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Session } from '../operations/session.ts';
import type { Say } from '../operations/views.ts';
import { toCodeActions } from './codeActions.ts';
import { toDiagnostic } from './diagnostics.ts';

interface Events {
  publish(params: PublishDiagnosticsParams): void;
  /** The set of files with gpuctl documents may have changed. */
  changed(): void;
}

/**
 * The open files, checked. An edit is checked at the next turn of the event loop: a burst of edits costs one check, a single key waits for
 * nothing. Findings that depend on the cluster are derived anew when its state changes, without reading the file again.
 */
export class FileChecks {
  private readonly checked = new Map<string, { file: CheckedFile; version: number }>();
  /** What was published last, to say nothing twice. */
  private readonly published = new Map<string, string>();
  private readonly waiting = new Set<string>();
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
      if (this.published.delete(document.uri)) events.publish({ uri: document.uri, diagnostics: [] });
      events.changed();
    });
  }

  get hasDocuments(): boolean {
    for (const { file } of this.checked.values()) if (documentsOf(file).length) return true;
    return false;
  }

  /** The file as it is now, checked. */
  get(uri: string): CheckedFile | undefined {
    const document = this.documents.get(uri);
    if (!document) return undefined;
    const known = this.checked.get(uri);
    if (known?.version === document.version) return known.file;
    const file = checkFile(document.getText(), modeOf(document.languageId, uri), known?.file);
    this.checked.set(uri, { file, version: document.version });
    return file;
  }

  /** Something that findings or their words depend on has changed. */
  stateChanged(): void {
    for (const uri of this.checked.keys()) this.check(uri);
  }

  /** Quick fixes for what is wrong in a range. */
  fixes(uri: string, range: Range): CodeAction[] {
    const document = this.documents.get(uri);
    const file = this.get(uri);
    if (!document || !file) return [];
    const from = document.offsetAt(range.start);
    const to = document.offsetAt(range.end);
    return documentsOf(file).flatMap(({ document: own, offset }) =>
      this.findings(own)
        .filter(({ fixes, range: { start, end } }) => fixes && offset + start <= to && offset + end >= from)
        .flatMap((finding) =>
          toCodeActions(finding, toDiagnostic(finding, offset, document, this.say), offset, document, this.say),
        ),
    );
  }

  private check(uri: string): void {
    if (this.waiting.has(uri)) return;
    this.waiting.add(uri);
    setImmediate(() => {
      this.waiting.delete(uri);
      this.publish(uri);
    });
  }

  private publish(uri: string): void {
    const document = this.documents.get(uri);
    const before = this.checked.get(uri);
    const file = this.get(uri);
    if (!document || !file) return;
    const diagnostics: Diagnostic[] = documentsOf(file).flatMap(({ document: own, offset }) =>
      this.findings(own).map((finding) => toDiagnostic(finding, offset, document, this.say)),
    );
    const text = JSON.stringify(diagnostics);
    const known = this.published.get(uri);
    if (known !== text || before?.version !== document.version) {
      this.published.set(uri, text);
      if (known !== undefined || diagnostics.length || isOurs(file))
        this.events.publish({ uri, version: document.version, diagnostics });
    }
    if (before?.version !== document.version) this.events.changed();
  }

  /** What a document says of itself, and what the cluster says of it. */
  private findings(document: GpuctlDocument): readonly Finding[] {
    const { model } = document;
    if (!model) return document.findings;
    const namespace = model.namespace ?? this.session.namespace;
    const running = this.session.state.workload(namespace, model.name);
    if (running && !running.outcome) return document.findings; // it holds its GPUs already
    const verdict = this.session.judge(model.demand);
    if (verdict.is === 'unknown' || verdict.is === 'fits' || verdict.is === 'no-gpus-asked') return document.findings;
    const tree = document.tree();
    const key = tree.hasKey(['resources', 'acceleratorCount']) ? 'acceleratorCount' : 'gpu';
    return [...document.findings, ...placeFindings(toCapacityFindings(model.demand, verdict, key), tree)];
  }
}

const isOurs = (file: CheckedFile): boolean => file.chunks.some(({ document }) => document !== undefined);
