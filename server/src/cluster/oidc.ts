import { message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import type { ClusterEntry } from './kubeconfig.ts';
import { withoutSecrets } from './redact.ts';

/** `auth-provider.config` of the provider `oidc` (kubernetes.io, "Authenticating: OpenID Connect Tokens"). */
type OidcConfig = Record<string, unknown>;

interface Tokens {
  id: string | undefined;
  refresh: string | undefined;
}

/** What sends a request, and gives the status and the text of the answer. */
export type Fetch = (request: {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: string;
}) => Promise<{ status: number; text: string }>;

/** Seconds before its end from which a token is not used any more, as kubectl does. */
const MARGIN = 10;

/**
 * What was renewed, by what the kubeconfig says: many providers take a refresh token once, and the kubeconfig is never written, so that a later
 * connection of this process has to know. For the life of the process only.
 */
const renewed = new Map<string, Tokens>();

/**
 * The ID token of an OpenID provider, renewed with the refresh token where it has ended, or with `forced` where the cluster did not take it.
 * By hand, since client-node knows no client secret and no proxy here, cannot be told to renew, and loses a refresh token that stays the same.
 * `undefined` where there is none and no way to one. Throws `credentials.oidc`.
 */
export async function oidcToken(config: OidcConfig, send: Fetch, forced: boolean): Promise<string | undefined> {
  const text = (name: string) => (typeof config[name] === 'string' ? config[name] : undefined);
  const issuer = text('idp-issuer-url');
  const key = JSON.stringify([issuer, text('client-id'), text('id-token'), text('refresh-token')]);
  const tokens = renewed.get(key) ?? { id: text('id-token'), refresh: text('refresh-token') };
  if (tokens.id && !forced && expiry(tokens.id) > Date.now() / 1000 + MARGIN) return tokens.id;
  if (!issuer || !tokens.refresh) return tokens.id;
  const fetch: Fetch = (request) =>
    send(request).catch((error: NodeJS.ErrnoException) => {
      throw failed(issuer, error.code ? `${error.code}: ${error.message}` : error.message);
    });
  const { token_endpoint: endpoint, token_endpoint_auth_methods_supported: methods } = await discover(issuer, fetch);
  const [id, secret] = [text('client-id') ?? '', text('client-secret')];
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh });
  const headers: Record<string, string> = {
    'Content-Type': 'application/x-www-form-urlencoded',
    Accept: 'application/json',
  };
  // RFC 6749, 2.3.1: the header is what every provider must take, unless it says otherwise.
  if (secret && (!methods || methods.includes('client_secret_basic'))) {
    const login = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
    headers.Authorization = `Basic ${Buffer.from(login).toString('base64')}`;
  } else {
    body.set('client_id', id);
    if (secret) body.set('client_secret', secret);
  }
  const answer = await fetch({ method: 'POST', url: new URL(endpoint), headers, body: body.toString() });
  const { id_token, refresh_token, error, error_description } = parse(answer.text);
  if (answer.status !== 200 || !id_token) {
    throw failed(issuer, error_description ?? error ?? (id_token ? `HTTP ${answer.status}` : 'no ID token'));
  }
  renewed.set(key, { id: id_token, refresh: refresh_token ?? tokens.refresh });
  return id_token;
}

/** How an issuer is reached: as a cluster would be. */
export function issuerAsCluster(config: OidcConfig): ClusterEntry {
  const {
    'idp-issuer-url': server,
    'idp-certificate-authority': file,
    'idp-certificate-authority-data': data,
  } = config;
  return {
    server: String(server),
    ...(typeof file === 'string' && file && { 'certificate-authority': file }),
    ...(typeof data === 'string' && data && { 'certificate-authority-data': data }),
  };
}

interface Discovered {
  token_endpoint: string;
  token_endpoint_auth_methods_supported?: string[];
}

/** OpenID Connect Discovery 1.0, section 4. */
async function discover(issuer: string, fetch: Fetch): Promise<Discovered> {
  const url = new URL(`${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`);
  const { status, text } = await fetch({ method: 'GET', url, headers: { Accept: 'application/json' } });
  const found = parse(text) as Partial<Discovered>;
  if (status !== 200 || !URL.canParse(String(found.token_endpoint))) throw failed(issuer, `HTTP ${status}`);
  return found as Discovered;
}

function parse(text: string): Record<string, string | undefined> {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** When a token ends, in seconds since 1970; 0 where it does not tell. */
function expiry(token: string): number {
  const { exp } = parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp?: number };
  return typeof exp === 'number' ? exp : 0;
}

function failed(issuer: string, reason: string): GpuctlError {
  return new GpuctlError('credentials.oidc', message('connection.oidc', { issuer, reason: withoutSecrets(reason) }), {
    hint: message('connection.unauthorized.provider', { provider: 'oidc' }),
    actions: [{ do: 'retry' }],
  });
}
