import type { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import tls from 'node:tls';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { GpuctlError } from '../operations/error.ts';
import { createDeadline, whileNotAborted } from './deadline.ts';
import { type ExecCredential, runExecPlugin } from './execPlugin.ts';
import { filesOf, type Target } from './kubeconfig.ts';
import { watchFiles } from './kubeconfigFiles.ts';
import { type Fetch, issuerAsCluster, oidcToken } from './oidc.ts';
import { proxyFor } from './proxy.ts';
import { trustSystemAuthorities } from './systemAuthorities.ts';
import { readBody, send } from './wire.ts';

/** What a request needs to be let in: its socket pool (with the certificates) and its headers. */
export interface Session {
  readonly agent: Agent;
  readonly headers: Record<string, string | string[]>;
  /** Basic authentication, `user:password`. */
  readonly auth?: string;
}

/** Credentials of one connection. Errors are GpuctlError `credentials.*` or what reading a file throws. */
export interface Credentials {
  get(signal: AbortSignal): Promise<Session>;
  /** After a 401: fresh credentials, or `undefined` where there were fresh ones a moment ago, so that a login program does not run in a loop. */
  renew(refused: Session, signal: AbortSignal): Promise<Session | undefined>;
  close(): void;
}

/** Milliseconds after which files and tokens are looked at again, as client-go does. */
const FRESH = 60_000;
/** Milliseconds for which a failure holds: so many watches ask that each would start a login program. */
const FAILED = 15_000;
/** The same where a person has to do something, and then connects anew: a login that is missing is not there a moment later. */
const LOGIN_FAILED = 120_000;
/** Milliseconds that an OpenID provider may take. */
const ISSUER_PATIENCE = 15_000;

/**
 * Credentials through client-node's `KubeConfig`, of which every renewal makes a new one over the same user object: it keeps agents
 * by name, so that a rotated certificate would never be seen. Files that the kubeconfig names are read anew as soon as they change.
 * Programs (`exec`) are run by us, since client-node has no timeout, no single flight and an open stdin for them; see also `oidc.ts`.
 */
export function createCredentials(
  { cluster, user, network = {} }: Omit<Target, 'context'>,
  env: NodeJS.ProcessEnv,
): Credentials {
  const closed = new AbortController();
  const config = toKubeConfig({ cluster, user });
  let exec: { credential: ExecCredential; until: number } | undefined;
  let current: (Session & { key: string; madeAt: number; forced: boolean }) | undefined;
  let making: Promise<typeof current> | undefined;
  let failure: { error: unknown; until: number } | undefined;
  let stale = false;
  const provider = user['auth-provider'];
  const oidc = provider?.name === 'oidc' ? (provider.config ?? {}) : undefined;
  const files = watchFiles(filesOf({ cluster, user }), () => {
    stale = true;
    failure = undefined;
  });

  async function execCredential(forced: boolean): Promise<ExecCredential | undefined> {
    if (!user.exec) return undefined;
    if (forced || !exec || exec.until <= Date.now()) {
      const credential = await runExecPlugin(user.exec, cluster, env, closed.signal);
      const until = Date.parse(credential.expirationTimestamp ?? '');
      exec = { credential, until: Number.isNaN(until) ? Number.POSITIVE_INFINITY : until };
    }
    return exec.credential;
  }

  /** One request to an OpenID provider, on the way that its address and the settings ask for. */
  const askIssuer: Fetch = async (request) => {
    const issuer = issuerAsCluster(oidc ?? {});
    const proxy = proxyFor(issuer.server, env, network);
    const way = createCredentials(
      { cluster: { ...issuer, ...(proxy && { 'proxy-url': proxy }) }, user: {}, network },
      env,
    );
    const deadline = createDeadline(ISSUER_PATIENCE, [closed.signal]);
    try {
      const response = await send({ ...request, signal: deadline.signal }, await way.get(deadline.signal));
      return { status: response.statusCode ?? 0, text: await readBody(response) };
    } catch (error) {
      throw deadline.passed ? new Error(`no answer within ${ISSUER_PATIENCE / 1000} s`) : error;
    } finally {
      deadline.end();
      way.close();
    }
  };

  async function make(forced: boolean): Promise<typeof current> {
    stale = false;
    if (needsSystemAuthorities(cluster) && network.systemCertificates !== false) await trustSystemAuthorities();
    const token = oidc && (await oidcToken(oidc, askIssuer, forced));
    const credential = token ? { token } : await execCredential(forced);
    const fresh = new KubeConfig();
    fresh.loadFromOptions({ ...config, currentContext: config.getCurrentContext() });
    fresh.addAuthenticator({
      isAuthProvider: () => credential !== undefined,
      async applyAuthentication(_, options) {
        if (credential?.token) options.headers = { ...options.headers, Authorization: `Bearer ${credential.token}` };
        if (credential?.clientCertificateData) options.cert = credential.clientCertificateData;
        if (credential?.clientKeyData) options.key = credential.clientKeyData;
      },
    });
    const options: RequestOptions = { headers: impersonation(user) };
    await fresh.applyToHTTPSOptions(options as Parameters<KubeConfig['applyToHTTPSOptions']>[0]);
    const headers = options.headers as Session['headers'];
    if (typeof headers.Authorization === 'string') headers.Authorization = headers.Authorization.trim();
    const key = [options.ca, options.cert, options.key].map(String).join('\n');
    const agent =
      key === current?.key
        ? current.agent
        : Object.assign(tuned(options.agent as Agent), {
            proxyRequestOptions: toProxy(cluster['proxy-url'], options.ca, network.proxyStrictSSL !== false),
          });
    if (current && agent !== current.agent) retire(current.agent);
    return { agent, headers, ...(options.auth && { auth: options.auth }), key, madeAt: Date.now(), forced };
  }

  /** One at a time; a failure holds for a while, so that many callers do not start a login program each. */
  function refresh(forced: boolean): Promise<typeof current> {
    if (failure && Date.now() < failure.until) return Promise.reject(failure.error);
    making ??= make(forced)
      .then(
        (session) => {
          failure = undefined;
          current = session;
          if (closed.signal.aborted) session?.agent.destroy();
          return session;
        },
        (error) => {
          const isLogin = error instanceof GpuctlError && error.code.startsWith('credentials.');
          failure = { error, until: Date.now() + (isLogin ? LOGIN_FAILED : FAILED) };
          throw error;
        },
      )
      .finally(() => {
        making = undefined;
      });
    return making;
  }

  return {
    async get(signal) {
      const isOld = !current || stale || Date.now() - current.madeAt > FRESH || (exec && exec.until <= Date.now());
      if (!isOld) return current as Session;
      // A token file that cannot be read for a moment is no reason to stop using what was read before.
      const usable = exec && exec.until <= Date.now() ? undefined : current;
      const made = refresh(false).catch((error) => usable ?? Promise.reject(error));
      return (await whileNotAborted(made, signal)) as Session;
    },
    async renew(refused, signal) {
      if (current && current !== refused) return current;
      if (current?.forced && Date.now() - current.madeAt < FRESH) return undefined;
      return whileNotAborted(refresh(true), signal);
    },
    close() {
      closed.abort();
      files.dispose();
      current?.agent.destroy();
    },
  };
}

/** A KubeConfig with this one context. */
function toKubeConfig({ cluster, user }: Pick<Target, 'cluster' | 'user'>): KubeConfig {
  const { exec: _, tokenFile, ...others } = user;
  const { 'auth-provider': provider, ...withoutProvider } = others;
  const plain = provider?.name === 'oidc' ? withoutProvider : others;
  const known = tokenFile
    ? { ...plain, token: undefined, 'auth-provider': { name: 'tokenFile', config: { tokenFile } } }
    : plain;
  // client-node refuses plain http unless told that TLS is not wanted.
  const plainHttp = cluster.server.startsWith('http:') ? { 'insecure-skip-tls-verify': true } : {};
  const config = new KubeConfig();
  config.loadFromString(
    JSON.stringify({
      clusters: [{ name: 'it', cluster: { ...cluster, ...plainHttp } }],
      users: [{ name: 'it', user: known }],
      contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
      'current-context': 'it',
    }),
  );
  return config;
}

/** Whether nobody but the machine says whom to believe. */
const needsSystemAuthorities = (cluster: Target['cluster']): boolean =>
  cluster.server.startsWith('https:') &&
  !cluster['insecure-skip-tls-verify'] &&
  !cluster['certificate-authority'] &&
  !cluster['certificate-authority-data'];

/** How a proxy that speaks TLS is believed: by the authorities of the cluster, as kubectl does, or the usual ones. */
function toProxy(proxy = '', authority: RequestOptions['ca'], isStrict: boolean): RequestOptions {
  if (!proxy.startsWith('https:')) return {};
  const own = [authority ?? []].flat().map(String);
  const ca = own.length > 0 ? { ca: [...own, ...tls.getCACertificates('default')] } : {};
  return { rejectUnauthorized: isStrict, ...ca };
}

/** What client-node leaves out of impersonation (kubernetes-client/javascript#2474). */
function impersonation(user: Target['user']): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  if (user['as-uid']) headers['Impersonate-Uid'] = user['as-uid'];
  if (user['as-groups']) headers['Impersonate-Group'] = user['as-groups'];
  for (const [name, values] of Object.entries(user['as-user-extra'] ?? {}))
    headers[`Impersonate-Extra-${encodeURIComponent(name)}`] = values;
  return headers;
}

/** Keeps sockets for the next request, but none that was idle so long that something between may have dropped it. */
function tuned(agent: Agent & { options?: object }): Agent {
  return Object.assign(agent, {
    keepAlive: true,
    keepAliveMsecs: 30_000,
    options: { ...agent.options, timeout: 30_000 },
  });
}

/** Lets requests under way end, and closes the rest. */
function retire(agent: Agent): void {
  Object.assign(agent, { keepAlive: false });
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}
