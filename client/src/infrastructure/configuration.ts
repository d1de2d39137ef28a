import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { ClientOptions, ConnectionOptions, Language } from '../../../server/src/protocol.ts';

const SECTION = 'gpuctl';

/** The cluster and namespace that a person chose for a workspace. */
export interface Target {
  context?: string | undefined;
  namespace?: string | undefined;
}

/** What the person wants of us: the settings, and the target remembered for this workspace. */
export class Configuration implements vscode.Disposable {
  readonly #extension: vscode.ExtensionContext;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** A setting changed, or the workspace became trusted. */
  readonly onDidChange = this.#changed.event;

  constructor(extension: vscode.ExtensionContext) {
    this.#extension = extension;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION)) this.#changed.fire();
      }),
    );
  }

  /** The language of every text that is not in the manifest. */
  get language(): Language {
    const chosen = this.#get('language');
    if (chosen === 'en' || chosen === 'zh-cn') return chosen;
    return vscode.env.language.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en';
  }

  /** Path of the kubeconfig in the settings; `undefined` where kubectl's own choice holds. */
  get kubeconfig(): string | undefined {
    const path = this.#get('kubeconfig')?.trim();
    return path ? path.replace(/^~(?=$|[\\/])/, homedir()) : undefined;
  }

  get trusted(): boolean {
    return vscode.workspace.isTrusted;
  }

  get target(): Target {
    return this.#extension.workspaceState.get<Target>(this.#targetKey, {});
  }

  async rememberTarget(target: Target): Promise<void> {
    await this.#extension.workspaceState.update(this.#targetKey, target);
  }

  get connection(): ConnectionOptions {
    const options = { kubeconfig: this.kubeconfig, ...this.target };
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  }

  /** What the server is told when it starts. */
  get clientOptions(): ClientOptions {
    const { version } = this.#extension.extension.packageJSON as { version: string };
    return { version, language: this.language, trusted: this.trusted, connection: this.connection };
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** A context of the same name in another kubeconfig is another cluster: each file has its own memory. */
  get #targetKey(): string {
    return `target:${this.kubeconfig ?? ''}`;
  }

  #get(name: string): string | undefined {
    return vscode.workspace.getConfiguration(SECTION).get<string>(name);
  }
}
