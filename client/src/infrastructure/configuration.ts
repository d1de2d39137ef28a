import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type {
  ClientOptions,
  ConnectionOptions,
  Language,
  NetworkOptions,
  RuleLevel,
} from '../../../server/src/protocol.ts';

const SECTION = 'gpuctl';
/** The editor's own settings that concern the way to a cluster. */
const NETWORK = ['proxy', 'noProxy', 'proxySupport', 'proxyStrictSSL', 'systemCertificates'];

/** Extensions that give outline, folding and formatting for every YAML file. */
const OTHER_YAML = ['redhat.vscode-yaml'];

/** The cluster and namespace that a person chose for a workspace. */
export interface Target {
  context?: string | undefined;
  namespace?: string | undefined;
}

/** What the person wants of us: the settings, and the target remembered for this workspace. */
export class Configuration implements vscode.Disposable {
  readonly #extension: vscode.ExtensionContext;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #chosen = new vscode.EventEmitter<void>();
  readonly #chosenPool = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #otherYaml = hasOtherYaml();
  /** A setting changed, the workspace became trusted, or another YAML extension came or went. */
  readonly onDidChange = this.#changed.event;
  /** Another cluster or namespace was chosen for this workspace. */
  readonly onDidChooseTarget = this.#chosen.event;
  /** Another pool was chosen for the status bar. */
  readonly onDidChoosePool = this.#chosenPool.event;

  constructor(extension: vscode.ExtensionContext) {
    this.#extension = extension;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#chosen,
      this.#chosenPool,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        const sections = [SECTION, ...NETWORK.map((name) => `http.${name}`)];
        if (sections.some((section) => event.affectsConfiguration(section))) this.#changed.fire();
      }),
      vscode.extensions.onDidChange(() => {
        if (this.#otherYaml === hasOtherYaml()) return;
        this.#otherYaml = !this.#otherYaml;
        this.#changed.fire();
      }),
    );
  }

  /** The language of every text that is not in the manifest. */
  get language(): Language {
    const chosen = this.#get<string>('language');
    if (chosen === 'en' || chosen === 'zh-cn' || chosen === 'en-xa') return chosen;
    return vscode.env.language.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en';
  }

  /** Path of the kubeconfig in the settings; `undefined` where kubectl's own choice holds. */
  get kubeconfig(): string | undefined {
    const path = this.#get<string>('kubeconfig')?.trim();
    return path ? path.replace(/^~(?=$|[\\/])/, homedir()) : undefined;
  }

  /** Prefix of the labels that are written; `undefined` where the cluster tells. */
  get labelPrefix(): string | undefined {
    const prefix = this.#get<string>('labelPrefix');
    return prefix === 'auto' ? undefined : prefix;
  }

  /** Address of a Prometheus as the cluster reaches it; `undefined` where one is looked for. */
  get prometheus(): string | undefined {
    return this.#get<string>('prometheus.address')?.trim() || undefined;
  }

  /** Minutes that a job may run in part before it is marked; 0 marks none. */
  get startTimeout(): number {
    return this.#get<number>('startTimeout') ?? 10;
  }

  /** Of which jobs the end is told. */
  get notifications(): 'all' | 'failures' | 'off' {
    return this.#get<'all' | 'failures' | 'off'>('notifications') ?? 'all';
  }

  /** Megabytes of logs of earlier runs that are kept. */
  get keepLogs(): number {
    return this.#get<number>('logs.keep') ?? 500;
  }

  /** Severities by code or group of findings, as they are written; the server leaves out what is none. */
  get rules(): Record<string, RuleLevel> {
    return this.#get<Record<string, RuleLevel>>('rules') ?? {};
  }

  get trusted(): boolean {
    return vscode.workspace.isTrusted;
  }

  get target(): Target {
    return this.#extension.workspaceState.get<Target>(this.#targetKey, {});
  }

  async rememberTarget(target: Target): Promise<void> {
    await this.#extension.workspaceState.update(this.#targetKey, target);
    this.#chosen.fire();
  }

  /** The pool that the person chose for the status bar, in a context; `undefined`: none. */
  pool(context: string | undefined): string | undefined {
    return this.#extension.workspaceState.get<string>(this.#poolKey(context));
  }

  async rememberPool(context: string | undefined, pool: string | undefined): Promise<void> {
    await this.#extension.workspaceState.update(this.#poolKey(context), pool);
    this.#chosenPool.fire();
  }

  /** What the editor's settings say of the network, as far as they differ from nothing; the proxy only where no login is in it. */
  get network(): NetworkOptions | undefined {
    const http = vscode.workspace.getConfiguration('http');
    const noProxy = http.get<string[]>('noProxy') ?? [];
    const proxy = this.#proxy;
    const network: NetworkOptions = {
      ...(proxy && !hasLogin(proxy) && { proxy }),
      ...(noProxy.length && { noProxy }),
      ...(http.get('proxyStrictSSL') === false && { proxyStrictSSL: false }),
      ...(http.get('systemCertificates') === false && { systemCertificates: false }),
    };
    return Object.keys(network).length ? network : undefined;
  }

  /**
   * Variables for the server's process. What the editor sends to it may be logged; so a proxy with a login goes this way, and holds from the
   * next start of the server.
   */
  get environment(): Record<string, string> {
    const proxy = this.#proxy;
    return proxy && hasLogin(proxy) ? { HTTPS_PROXY: proxy, HTTP_PROXY: proxy } : {};
  }

  get connection(): ConnectionOptions {
    const { kubeconfig, labelPrefix, prometheus, network } = this;
    const options = { kubeconfig, labelPrefix, prometheus, network, ...this.target };
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  }

  /** What the server is told when it starts. */
  get clientOptions(): ClientOptions {
    const { version } = this.#extension.extension.packageJSON as { version: string };
    const { language, trusted, connection, rules, keepLogs } = this;
    return { version, language, trusted, connection, rules, keepLogs, otherYaml: this.#otherYaml };
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** A context of the same name in another kubeconfig is another cluster: each file has its own memory. */
  get #targetKey(): string {
    return `target:${this.kubeconfig ?? ''}`;
  }

  #poolKey(context = ''): string {
    return `pool:${this.kubeconfig ?? ''}:${context}`;
  }

  get #proxy(): string | undefined {
    const http = vscode.workspace.getConfiguration('http');
    return http.get('proxySupport') === 'off' ? undefined : http.get<string>('proxy')?.trim() || undefined;
  }

  #get<T>(name: string): T | undefined {
    return vscode.workspace.getConfiguration(SECTION).get<T>(name);
  }
}

const hasLogin = (url: string): boolean => /^(\w+:\/\/)?[^/]*@/.test(url);

/** Whether another YAML service works in this window; an extension that is installed but disabled is not listed. */
const hasOtherYaml = (): boolean => OTHER_YAML.some((id) => vscode.extensions.getExtension(id) !== undefined);
