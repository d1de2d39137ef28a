import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Language } from '../../../l10n/index.ts';
import type { CheckedFile, PlacedDocument } from '../kinds/checkedFile.ts';
import type { FileMode } from '../kinds/recognise.ts';
import type { Finding } from '../model/finding.ts';
import type { LiveValues } from '../operations/liveValues.ts';
import type { Say } from '../operations/views.ts';
import type { Shown } from './shown.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** An open file as the language features see it: its text and what was understood of it, of one and the same version. */
export interface OpenFile {
  uri: string;
  document: TextDocument;
  checked: CheckedFile;
  /** `gpuctl`: ours throughout. `yaml`: only the documents that are recognised, and maybe another YAML service beside us. */
  mode: FileMode;
}

/** Where a submit would go. */
export interface LensTarget {
  context: string | undefined;
  cluster: string | undefined;
  namespace: string;
}

/** What every language feature works with. A feature is one file with `registerX(host)`, listed in `features.ts`. */
export interface LanguageHost {
  readonly connection: Connection;
  /** What the client can do. */
  readonly client: ClientCapabilities;
  /** Whether the client is ours, and so has our commands. */
  readonly ours: boolean;
  readonly say: Say;
  /** URI of the file with the pages of findings, in the person's language. */
  readonly pages: string;
  readonly language: Language;
  readonly live: LiveValues;
  /** What the editor was told of the cluster, so that it is told to ask again. */
  readonly shown: Shown;
  readonly target: LensTarget;
  readonly index: WorkspaceIndex;
  /** The file as it is now; `undefined` where it is not open. */
  file(uri: string): OpenFile | undefined;
  /** All open files. */
  files(): readonly OpenFile[];
  /** What a document's author sees: its own findings, those of its file, of the workspace and of the cluster. */
  findings(file: OpenFile, placed: PlacedDocument): readonly Finding[];
  /** Whether the generic part (outline, folding, formatting …) is ours in this file: always in `gpuctl`, in `yaml` where no other service is. */
  isGeneric(file: OpenFile): boolean;
  /** As `isGeneric`, of all files of the language `yaml`. */
  isGenericYaml(): boolean;
  /** Whether there is such a file, for `file:` addresses; never awaited where a key was pressed. */
  isFile(uri: string): Promise<boolean>;
  /** Calls back when the person's settings, or the extensions beside ours, have changed. */
  onConfigured(listener: () => void): void;
}
