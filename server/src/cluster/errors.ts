import { type Message, message } from '../../../l10n/index.ts';
import { cancelled, GpuctlError } from '../operations/error.ts';
import type { FailureAction } from '../protocol.ts';
import type { UserEntry } from './kubeconfig.ts';
import { loginOf } from './logins.ts';
import { withoutSecrets } from './redact.ts';
import { readStatus } from './statusErrors.ts';
import { HttpFailure } from './wire.ts';

/** Whose connection failed. */
export interface About {
  /** Name of the cluster, for people. */
  cluster: string;
  /** Address of the API server. */
  server: string;
  user: UserEntry;
  /** Address of the proxy on the way, as it is written; it may hold a login. */
  proxy?: string;
  /** The environment, not a kubeconfig, names the cluster. */
  fromEnvironment?: boolean;
}

interface Meaning {
  code: string;
  say: Message;
  hint: Message;
}

/** The one translation of whatever went wrong with a cluster: an answer of Kubernetes, the network, TLS, a file of the kubeconfig. */
export function toGpuctlError(failure: unknown, about: About): GpuctlError {
  if (failure instanceof GpuctlError) return failure;
  if (failure instanceof HttpFailure) return fromAnswer(failure, about);
  const { code, name, message: text } = (failure ?? {}) as NodeJS.ErrnoException;
  if (name === 'AbortError') return cancelled();
  const { code: ours, say, hint } = fromSystem(failure as NodeJS.ErrnoException, about);
  const detail = withoutSecrets([code, text ?? String(failure)].filter(Boolean).join(': '));
  return new GpuctlError(ours, say, { hint, detail, cause: failure, actions: [RETRY] });
}

/** Milliseconds that the server asked to wait before the next try; 0 if it did not say. */
export function retryAfterOf(error: unknown): number {
  const { cause } = error as Error;
  return cause instanceof HttpFailure ? (cause.retryAfter ?? 0) : 0;
}

const RETRY: FailureAction = { do: 'retry' };

/** A cluster lets those in who have no login, and then refuses whatever they ask. */
const NOBODY = /User "system:anonymous"/;

function fromAnswer(failure: HttpFailure, about: About): GpuctlError {
  const { status: body } = failure;
  const status = failure.code === 403 && NOBODY.test(body?.message ?? '') ? 401 : failure.code;
  const { code, say, hint } =
    status === 401 ? unauthorized(about) : body ? readStatus(body, status, about) : notKubernetes(failure, about);
  return new GpuctlError(code, say, {
    hint,
    status,
    detail: withoutSecrets(body?.message ?? `HTTP ${status} ${failure.text}`.trim()),
    cause: failure,
    actions: status === 401 || status === 429 || status >= 500 ? [RETRY] : [],
    ...(body?.reason && { reason: body.reason }),
  });
}

/** Without a Status: aggregated or old API servers answer in plain text, everything else is something between us and the cluster. */
function notKubernetes({ code: status, text }: HttpFailure, { cluster, server }: About): Meaning {
  if (status === 404 && text.startsWith('404 page not found')) return readStatus({ message: text }, 404, { cluster });
  if (status === 429 || status === 503 || status === 502 || status === 504)
    return readStatus({ message: text }, status, { cluster });
  return {
    code: 'connection.not-kubernetes',
    say: message('connection.not-kubernetes', { server, status }),
    hint: message('connection.not-kubernetes.hint'),
  };
}

function unauthorized({ cluster, user, fromEnvironment }: About): Meaning {
  const hint = (): Message => {
    if (fromEnvironment) return message('connection.unauthorized.environment');
    if (user.exec) {
      const { command } = user.exec;
      const known = loginOf(user.exec);
      return known
        ? message('connection.unauthorized.login', { command, login: known.login })
        : message('connection.unauthorized.plugin', { command });
    }
    if (user['auth-provider'])
      return message('connection.unauthorized.provider', { provider: user['auth-provider'].name });
    if (user.tokenFile) return message('connection.unauthorized.token-file', { file: user.tokenFile });
    if (user.token) return message('connection.unauthorized.token');
    if (user['client-certificate'] || user['client-certificate-data'])
      return message('connection.unauthorized.certificate');
    return message('connection.unauthorized.other');
  };
  return { code: 'connection.unauthorized', say: message('connection.unauthorized', { cluster }), hint: hint() };
}

/** Of Node's and OpenSSL's codes, those of a server certificate that leads to no authority we know. */
const UNTRUSTED =
  /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA)$/;

/** Node's words of a connection that never was; behind a proxy, that to the proxy. */
const NO_WAY = /^(connect|getaddrinfo) (ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL|E(HOST|NET)(UNREACH|DOWN))\b/;
/** What the libraries for proxies (hpagent, socks) say where the proxy answers, and not with a way to the cluster. */
const PROXY_REFUSAL = /^Bad response: \d+$|^Proxy timeout$|^Proxy connection timed out$|socks[45] |^Socket closed$/i;

function fromSystem(error: NodeJS.ErrnoException | undefined, { cluster, server, proxy }: About): Meaning {
  const { code = '', name, syscall, path = '', message: text = '' } = error ?? ({} as NodeJS.ErrnoException);
  const host = URL.canParse(server) ? new URL(server).host : server;
  if (proxy && NO_WAY.test(text)) {
    const args = { cluster, proxy: URL.canParse(proxy) ? new URL(proxy).host : '' };
    const say = message('connection.proxy.unreachable', args);
    return { code: 'connection.proxy', say, hint: message('connection.proxy.hint') };
  }
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') {
    return {
      code: 'connection.timeout',
      say: message('connection.timeout', { cluster, host }),
      hint: message('connection.network.hint'),
    };
  }
  if (syscall === 'open' || code === 'EISDIR') {
    const say = message('connection.kubeconfig.file', { file: path, reason: code });
    return { code: 'kubeconfig.file', say, hint: message('connection.kubeconfig.file.hint') };
  }
  if (code === 'ERR_INVALID_URL' || code === 'ERR_INVALID_PROTOCOL') {
    return {
      code: 'kubeconfig.server',
      say: message('connection.kubeconfig.server', { cluster, server }),
      hint: message('connection.not-kubernetes.hint'),
    };
  }
  if (code === 'ECONNREFUSED') {
    return {
      code: 'connection.refused',
      say: message('connection.refused', { cluster, host }),
      hint: message('connection.refused.hint'),
    };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      code: 'connection.unknown-host',
      say: message('connection.unknown-host', { cluster, host }),
      hint: message('connection.network.hint'),
    };
  }
  if (/^E(HOST|NET)(UNREACH|DOWN)$|^EADDRNOTAVAIL$/.test(code)) {
    return {
      code: 'connection.unreachable',
      say: message('connection.unreachable', { cluster, host }),
      hint: message('connection.network.hint'),
    };
  }
  if (UNTRUSTED.test(code)) {
    return {
      code: 'connection.untrusted',
      say: message('connection.untrusted', { host }),
      hint: message('connection.untrusted.hint'),
    };
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return {
      code: 'connection.certificate-expired',
      say: message('connection.certificate-expired', { host }),
      hint: message('connection.certificate-expired.hint'),
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      code: 'connection.wrong-name',
      say: message('connection.wrong-name', { host }),
      hint: message('connection.wrong-name.hint'),
    };
  }
  if (/ALERT|ERR_SSL_TLSV1.*CERTIFICATE/.test(code)) {
    return {
      code: 'connection.unauthorized',
      say: message('connection.unauthorized', { cluster }),
      hint: message('connection.unauthorized.certificate'),
    };
  }
  if (/^ERR_OSSL_/.test(code) || code === 'ERR_CRYPTO_INVALID_KEYTYPE' || code === 'ERR_SSL_KEY_VALUES_MISMATCH') {
    return {
      code: 'kubeconfig.certificate',
      say: message('connection.kubeconfig.certificate'),
      hint: message('connection.unauthorized.certificate'),
    };
  }
  if (/^(EPROTO|ERR_SSL_|HPE_)/.test(code)) {
    return {
      code: 'connection.not-kubernetes',
      say: message('connection.not-tls', { host }),
      hint: message('connection.not-kubernetes.hint'),
    };
  }
  if (proxy && PROXY_REFUSAL.test(text)) {
    return {
      code: 'connection.proxy',
      say: message('connection.proxy', { cluster, reason: text.replace('Bad response:', 'HTTP') }),
      hint: message(/ 407$|uthentication/.test(text) ? 'connection.proxy.login' : 'connection.proxy.hint'),
    };
  }
  return {
    code: 'connection.broken',
    say: message('connection.broken', { cluster, host }),
    hint: message('connection.network.hint'),
  };
}
