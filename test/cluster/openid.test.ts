/** A real API server that believes an OpenID provider, and ID tokens that end. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, beforeEach, it } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import { CLIENT_ID, type Issuer, startIssuer } from './issuer.ts';
import { eventually, failure, LoginStage } from './loginStage.ts';

let issuer: Issuer;
const stage = new LoginStage(async (folder) => {
  issuer = await startIssuer(folder);
  const flags = {
    'issuer-url': issuer.url,
    'client-id': CLIENT_ID,
    'ca-file': issuer.authority,
    'username-claim': 'email',
    'username-prefix': '-',
    'groups-claim': 'groups',
  };
  return { nodes: 'none', apiServerFlags: Object.entries(flags).map(([name, value]) => `--oidc-${name}=${value}`) };
});
after(() => issuer?.close());
beforeEach(() => {
  issuer.asked = 0;
  issuer.manner = { secret: 's3cret:/+', methods: ['client_secret_basic'], rotates: true };
});

const BOB = 'bob@example.com';
/** A user as `kubectl oidc-login` and its like write it. */
const user = (idToken: string, refresh: string, more: object = {}) => {
  const config = {
    'idp-issuer-url': issuer.url,
    'idp-certificate-authority': issuer.authority,
    'client-id': CLIENT_ID,
    'client-secret': issuer.manner.secret,
    'id-token': idToken,
    'refresh-token': refresh,
    ...more,
  };
  return { 'auth-provider': { name: 'oidc', config } };
};
const refreshToken = (name: string) => {
  issuer.taken.add(name);
  return name;
};

it('a token that is valid is used as it is', async () => {
  const cluster = await stage.connect(user(issuer.mint(600), refreshToken('unused')));
  // The API server looks for its provider in the background.
  await eventually(async () => assert.equal(await cluster.whoAmI(), BOB), 30_000);
  assert.equal(issuer.asked, 0);
});

it('one that has ended is renewed once for many calls; the kubeconfig stays as it is, and a later connection knows', async () => {
  const kubeconfig = stage.kubeconfig(user(issuer.mint(-3600), refreshToken('first')));
  const text = readFileSync(kubeconfig, 'utf8');
  for (let i = 0; i < 2; i++) {
    const cluster = await createClusters({}).connect({ kubeconfig });
    stage.open.push(cluster);
    const names = await Promise.all(Array.from({ length: 10 }, () => cluster.whoAmI()));
    assert.deepEqual(new Set(names), new Set([BOB]));
  }
  assert.equal(issuer.asked, 1);
  assert.equal(readFileSync(kubeconfig, 'utf8'), text);
});

it('one that the cluster does not take, though it has not ended, is renewed once', async () => {
  const cluster = await stage.connect(user(issuer.mint(600, true), refreshToken('second')));
  assert.equal(await cluster.whoAmI(), BOB);
  assert.equal(issuer.asked, 1);
});

it('a provider that keeps its refresh token, and one that wants the secret in the form', async () => {
  issuer.manner = { secret: 'other', methods: ['client_secret_post'], rotates: false };
  const refresh = refreshToken('kept');
  for (const id of [issuer.mint(-3600), issuer.mint(600, true)]) {
    assert.equal(await (await stage.connect(user(id, refresh))).whoAmI(), BOB);
  }
  assert.equal(issuer.asked, 2);
});

it('a login that has ended: the words of the provider, how to log in, no secret, and no storm', async () => {
  const cluster = await stage.connect(user(issuer.mint(-3600), 'withdrawn-refresh-token'));
  const errors = await Promise.all([1, 2, 3].map(() => failure(cluster.whoAmI())));
  errors.push(await failure(cluster.whoAmI()));
  for (const error of errors) {
    assert.equal(error.code, 'credentials.oidc');
    assert.match(toText(error.say, 'en'), /^Your login at https:.* could not be renewed: Session not active$/);
    assert.match(toText(error.hint ?? error.say, 'en'), /Log in again/);
    assert.doesNotMatch(JSON.stringify([error, error.stack]), /withdrawn-refresh-token|s3cret/);
  }
  assert.equal(issuer.asked, 1);
});

it('a provider that is not there, or whose certificate nobody knows, is named', async () => {
  const gone = user(issuer.mint(-3600), 'x', { 'idp-issuer-url': 'https://127.0.0.1:1' });
  assert.match(
    toText((await failure((await stage.connect(gone)).whoAmI())).say, 'en'),
    /127\.0\.0\.1:1 .*ECONNREFUSED/,
  );
  const foreign = user(issuer.mint(-3600), 'x', { 'idp-certificate-authority': undefined });
  assert.match(toText((await failure((await stage.connect(foreign)).whoAmI())).say, 'en'), /SELF_SIGNED/);
});

it('without a way to renew it, the ended token is refused, and it is said how to log in', async () => {
  const cluster = await stage.connect(user(issuer.mint(-3600), ''));
  const error = await failure(cluster.whoAmI());
  assert.equal(error.code, 'connection.unauthorized');
  assert.match(toText(error.hint ?? error.say, 'en'), /the “oidc” login/);
});
