import assert from 'node:assert/strict';
import type { CodeLens, Connection, Position, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CheckedFile, checkFile, documentsOf, type PlacedDocument } from '../../server/src/kinds/checkedFile.ts';
import type { FileMode } from '../../server/src/kinds/recognise.ts';
import { registerFeatures } from '../../server/src/language/features.ts';
import type { OpenFile } from '../../server/src/language/host.ts';
import { Shown } from '../../server/src/language/shown.ts';
import { createWorkspaceIndex } from '../../server/src/language/workspaceIndex.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import { fourteenFree, outlookOn } from './nodesAndPods.ts';
import { sayIn } from './openText.ts';

type Handler = (params: unknown) => unknown;

/** A connection that keeps what is registered, by the name of the registration. */
function recordHandlers(): { connection: Connection; handlers: Map<string, Handler> } {
  const handlers = new Map<string, Handler>();
  const record = (prefix: string): object =>
    new Proxy(
      {},
      {
        get: (_, name) => {
          const path = `${prefix}${String(name)}`;
          if (/(?:^|\.)on[A-Z]?/.test(path)) return (handler: Handler) => void handlers.set(path, handler);
          return path === 'client' ? { register: async () => ({ dispose: () => undefined }) } : record(`${path}.`);
        },
      },
    );
  return { connection: record('') as Connection, handlers };
}

const outlook = outlookOn(fourteenFree());
const pools = [{ name: 'training-pool', description: undefined, gpus: [] }];

/** All that an editor can ask of the server about a text, asked; every range in the answers has to lie in the text. */
export class EveryFeature {
  private readonly handlers: Map<string, Handler>;
  private readonly index = createWorkspaceIndex();
  private open: OpenFile | undefined;

  constructor() {
    const { connection, handlers } = recordHandlers();
    this.handlers = handlers;
    const textDocument = { codeAction: { resolveSupport: { properties: ['edit'] } } };
    registerFeatures({
      connection,
      client: { textDocument: textDocument, workspace: { workspaceEdit: { documentChanges: false } } },
      ours: true,
      say: sayIn('en'),
      pages: 'file:///docs/findings.md',
      language: 'en',
      live: {
        pools: () => pools,
        gpuTypes: () => [],
        outlook: () => outlook,
        job: () => undefined,
        fits: () => true,
        nodes: () => [],
        names: () => ({ names: ['team'], complete: true }),
      },
      index: this.index,
      file: () => this.open,
      files: () => (this.open ? [this.open] : []),
      findings: (file, { document }) => [...document.findings, ...(file.checked.together.get(document) ?? [])],
      isGeneric: () => true,
      isGenericYaml: () => true,
      isFile: async () => false,
      shown: new Shown(() => undefined),
      target: { context: 'c', cluster: 'c', namespace: 'default' },
      onConfigured: () => undefined,
    });
  }

  /** Names of what can be asked. */
  get names(): string[] {
    return [...this.handlers.keys()].sort();
  }

  /** Checks a text as an edit of the one before, and its findings and fixes. */
  show(text: string, mode: FileMode, previous?: CheckedFile): CheckedFile {
    const uri = mode === 'gpuctl' ? 'file:///a.gpuctl.yaml' : 'file:///a.yaml';
    if (this.open && this.open.uri !== uri) this.index.close(this.open.uri);
    const document = TextDocument.create(uri, mode, 1, text);
    const checked = checkFile(text, mode, previous);
    this.open = { uri, document, checked, mode };
    this.index.update(this.open);
    for (const placed of documentsOf(checked)) checkFindings(placed, checked, text.length);
    return checked;
  }

  /** Asks for one thing, or for everything, at an offset of the shown text; what was answered with something. */
  async ask(offset: number, ...names: string[]): Promise<string[]> {
    assert.ok(this.open);
    const { document, uri } = this.open;
    const position = document.positionAt(offset);
    const whole = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
    const answered: string[] = [];
    for (const name of names.length ? names : this.names) {
      if (name === 'onInitialized' || name === 'onCodeActionResolve' || name === 'onCodeLensResolve') continue;
      const answer = await this.handlers.get(name)?.({
        textDocument: { uri },
        position,
        positions: [position],
        range: name === 'onCodeAction' || name.includes('inlayHint') ? whole : { start: position, end: whole.end },
        options: { tabSize: 2, insertSpaces: true },
        context: { includeDeclaration: true, diagnostics: [], triggerKind: 1 },
        newName: 'another-name',
      });
      checkRanges(name, answer, document);
      if (answer && (!Array.isArray(answer) || answer.length)) answered.push(name);
      if (name === 'onCodeLens') {
        const lenses = (answer as CodeLens[]).filter(({ data }) => data);
        for (const lens of lenses) checkRanges(name, await this.handlers.get('onCodeLensResolve')?.(lens), document);
      }
      if (name !== 'onCodeAction') continue;
      for (const action of (answer ?? []) as object[]) {
        const resolved = await this.handlers.get('onCodeActionResolve')?.({ ...action });
        checkRanges(`${name}, resolved`, resolved, document);
      }
    }
    return answered;
  }
}

function checkFindings(placed: PlacedDocument, checked: CheckedFile, length: number): void {
  const { offset, document } = placed;
  const inside = (what: string, { start, end }: { start: number; end: number }) =>
    assert.ok(
      start >= 0 && start <= end && offset + end <= length,
      `${what} at ${offset}+[${start}, ${end}) of ${length}`,
    );
  const findings: readonly Finding[] = [...document.findings, ...(checked.together.get(document) ?? [])];
  for (const { code, range, fixes } of findings) {
    inside(code, range);
    for (const { edits } of fixes ?? []) for (const edit of edits ?? []) inside(`a fix of ${code}`, edit.range);
  }
}

/** Every range in an answer begins before its end and lies in the document, as do the lines of folds and tokens. */
function checkRanges(name: string, answer: unknown, document: TextDocument): void {
  const isPlace = ({ line, character }: Position) => {
    const offset = document.offsetAt({ line, character });
    const at = document.positionAt(offset);
    return at.line === line && at.character === character;
  };
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isRange(value)) {
      const { start, end } = value;
      const isRight = isPlace(start) && isPlace(end) && document.offsetAt(start) <= document.offsetAt(end);
      assert.ok(isRight, `${name}: ${JSON.stringify(value)} is no range of the document`);
    } else if ('startLine' in value && 'endLine' in value) {
      const { startLine, endLine } = value as { startLine: number; endLine: number };
      assert.ok(
        startLine >= 0 && startLine <= endLine && endLine < document.lineCount,
        `${name}: ${JSON.stringify(value)}`,
      );
    } else if (name.includes('semanticTokens') && 'data' in value) checkTokens(value.data as number[], isPlace);
    Object.values(value).forEach(walk);
  };
  walk(answer);
}

const isRange = (value: object): value is Range =>
  'start' in value && 'end' in value && typeof value.start === 'object' && typeof value.end === 'object';

/** Tokens stand behind each other and end on their line. */
function checkTokens(data: readonly number[], isPlace: (position: Position) => boolean): void {
  let line = 0;
  let character = 0;
  let end = 0;
  for (let index = 0; index < data.length; index += 5) {
    const [down = 0, right = 0, length = 0] = data.slice(index, index + 3);
    character = down ? right : character + right;
    line += down;
    assert.ok(down || !index || character >= end, `tokens overlap on line ${line}`);
    end = character + length;
    assert.ok(
      length > 0 && isPlace({ line, character }) && isPlace({ line, character: end }),
      `token ${line}:${character}+${length}`,
    );
  }
}
