import * as vscode from 'vscode';
import type { JobRef, JobSourceDto } from '../../../../server/src/protocol.ts';

/** Scheme of the document behind a job: `gpuctl-source:/demo/ml-team/sft.gpuctl.yaml`. */
export const SOURCE_SCHEME = 'gpuctl-source';

/** The documents of jobs that are open, read-only. */
export class SourceDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #known = new Map<string, JobSourceDto>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  readonly #read: (uri: vscode.Uri) => Promise<JobSourceDto>;

  readonly onDidChange = this.#changed.event;

  /** `read`: reads what is not known, such as after the window was opened again. */
  constructor(read: (uri: vscode.Uri) => Promise<JobSourceDto>) {
    this.#read = read;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SOURCE_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#known.delete(uri.toString())),
    );
  }

  /** Takes a document that was just read, and gives its address. */
  hold(job: JobRef, source: JobSourceDto): vscode.Uri {
    const uri = toUri(job, source);
    this.#known.set(uri.toString(), source);
    this.#changed.fire(uri);
    return uri;
  }

  async find(uri: vscode.Uri): Promise<JobSourceDto> {
    const known = this.#known.get(uri.toString());
    if (known) return known;
    const source = await this.#read(uri);
    this.#known.set(uri.toString(), source);
    return source;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return (await this.find(uri)).text;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** The tab is named after the job; its path says which of that name. */
function toUri({ namespace, name }: JobRef, { cluster, context }: JobSourceDto): vscode.Uri {
  const part = (text: string) => text.replace(/[/\\]/g, '-');
  return vscode.Uri.from({
    scheme: SOURCE_SCHEME,
    path: `/${part(cluster)}/${namespace}/${name}.gpuctl.yaml`,
    query: JSON.stringify({ namespace, name, context }),
  });
}

/** The job of such a document, and the context that it is in. */
export function fromUri({ query }: vscode.Uri): { job: JobRef; context: string } {
  const { namespace, name, context } = JSON.parse(query) as JobRef & { context: string };
  return { job: { namespace, name }, context };
}
