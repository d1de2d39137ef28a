import { execFileSync } from 'node:child_process';
import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** An OpenID provider that gives tokens for refresh tokens, and nothing else (OpenID Connect Core 1.0, section 12). */
export interface Issuer {
  url: string;
  /** Its certificate, which is its own authority. */
  authority: string;
  /** How the next answers are; may be changed. */
  manner: Manner;
  /** Refresh tokens that it takes. */
  taken: Set<string>;
  /** How often tokens were asked for. */
  asked: number;
  /** An ID token that ends in so many seconds; `foreign` is signed by a key that nobody knows. */
  mint(seconds: number, foreign?: boolean): string;
  close(): void;
}

interface Manner {
  secret: string;
  /** How it lets clients say who they are. */
  methods: string[];
  /** Takes a refresh token only once, and gives another. */
  rotates: boolean;
}

export const CLIENT_ID = 'gpuctl-test';

/** Starts it; its certificate is written into the folder. */
export async function startIssuer(folder: string): Promise<Issuer> {
  const [authority, key] = [path.join(folder, 'issuer.crt'), path.join(folder, 'issuer.key')];
  const subject = ['-subj', '/CN=issuer', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const files = ['-keyout', key, '-out', authority];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...subject], { stdio: 'pipe' });
  const [known, unknown] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const server = https.createServer({ cert: readFileSync(authority), key: readFileSync(key) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/realms/lab`;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const issuer: Issuer = {
    url,
    authority,
    manner: { secret: 's3cret:/+', methods: ['client_secret_basic'], rotates: true },
    taken: new Set(),
    asked: 0,
    mint(seconds, foreign = false) {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: url,
        aud: CLIENT_ID,
        sub: '7',
        email: 'bob@example.com',
        groups: ['lab'],
        iat: now,
        exp: now + seconds,
      };
      const signed = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`;
      const signature = createSign('RSA-SHA256')
        .update(signed)
        .sign((foreign ? unknown : known)?.privateKey ?? '');
      return `${signed}.${signature.toString('base64url')}`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  server.on('request', async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/realms/lab/.well-known/openid-configuration') {
      answer(200, {
        issuer: url,
        authorization_endpoint: `${url}/auth`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: issuer.manner.methods,
      });
    } else if (request.url === '/realms/lab/keys') {
      answer(200, { keys: [{ ...known?.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] });
    } else if (request.url === '/realms/lab/token' && request.method === 'POST') {
      issuer.asked++;
      let text = '';
      for await (const chunk of request) text += chunk;
      const form = new URLSearchParams(text);
      const { secret, methods, rotates } = issuer.manner;
      const basic = `Basic ${Buffer.from(`${CLIENT_ID}:${encodeURIComponent(secret)}`).toString('base64')}`;
      const isClient = methods.includes('client_secret_basic')
        ? request.headers.authorization === basic
        : form.get('client_id') === CLIENT_ID && form.get('client_secret') === secret;
      if (!isClient) return void answer(401, { error: 'invalid_client' });
      const refresh = form.get('refresh_token') ?? '';
      if (form.get('grant_type') !== 'refresh_token' || !issuer.taken.has(refresh))
        return void answer(400, { error: 'invalid_grant', error_description: 'Session not active' });
      const next = rotates ? randomUUID() : undefined;
      if (next) {
        issuer.taken.delete(refresh);
        issuer.taken.add(next);
      }
      answer(200, {
        id_token: issuer.mint(600),
        token_type: 'Bearer',
        access_token: 'x',
        ...(next && { refresh_token: next }),
      });
    } else answer(404, {});
  });
  return issuer;
}
