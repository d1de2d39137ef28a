/** What another editor may tell in `initializationOptions`; it has the language features only. */
export interface OtherClientOptions {
  /** `pull`: the editor asks for diagnostics; otherwise they are pushed. */
  diagnostics?: 'push' | 'pull';
}

/** What our client tells in `initializationOptions`. */
export interface ClientOptions {
  /** Version of the extension; another version than the server's own asks for a reload. */
  version: string;
  /** The person's language. */
  language: Language;
  /** False in an untrusted workspace: then no cluster is contacted and no program started. */
  trusted: boolean;
  connection: ConnectionOptions;
  /** Severities by finding code, `off` for none; what is not named keeps its own. */
  rules?: Record<string, RuleLevel>;
  /** Megabytes of logs of earlier runs that are kept on the server's machine; 0 for none. 500 if absent. */
  keepLogs?: number;
  /** Whether another YAML extension gives outline, folding and formatting for language `yaml`. */
  otherYaml?: boolean;
}
export type RuleLevel = 'off' | 'error' | 'warning' | 'information' | 'hint';
/** `en-xa` is the pseudo-locale of the tests. */
export type Language = 'en' | 'zh-cn' | 'en-xa';

/** Where to connect. An empty value means "as kubectl would choose". */
export interface ConnectionOptions {
  /** Path of a kubeconfig; empty: `KUBECONFIG`, else `~/.kube/config`. */
  kubeconfig?: string;
  context?: string;
  namespace?: string;
  /** Prefix of the labels that are written: `gpuctl` or `runwhere.ai`; empty: the one that the cluster bears already. */
  labelPrefix?: string;
  /** Address of the Prometheus that autoscaling asks, as the cluster reaches it; empty: the pool's own, or one that is found. */
  prometheus?: string;
  network?: NetworkOptions;
}

/** What the editor's settings say of the network; what is absent is not set. Holds no login: the editor may log what it sends. */
export interface NetworkOptions {
  /** `http.proxy`: a proxy for all that the kubeconfig gives none for; goes before `HTTPS_PROXY`. */
  proxy?: string;
  /** `http.noProxy`: hosts that are reached without it, beside those of `NO_PROXY`. */
  noProxy?: string[];
  /** `http.proxyStrictSSL`: false takes any certificate of a proxy. */
  proxyStrictSSL?: boolean;
  /** `http.systemCertificates`: false leaves out the authorities of this machine where the kubeconfig names none. */
  systemCertificates?: boolean;
}

/** What the server offers in `InitializeResult.experimental.gpuctl`. */
export interface ServerOptions {
  version: string;
}
