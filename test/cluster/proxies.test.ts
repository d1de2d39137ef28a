/** Real proxies between us and a real API server: which one is used, with what login, how often, and what is said when it fails. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { toText } from '../../l10n/index.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';
import type { NetworkOptions } from '../../server/src/protocol.ts';
import { eventually, failure, LoginStage } from './loginStage.ts';
import { type ProxyOptions, startConnectProxy, startSocksProxy, type TestProxy } from './proxyStage.ts';

const stage = new LoginStage(async () => ({ nodes: 'none' }));
const pem = (file: string) => readFileSync(file).toString('base64');
const admin = () => ({
  'client-certificate-data': pem(stage.pki('admin.crt')),
  'client-key-data': pem(stage.pki('admin.key')),
});
/** An address that only a proxy can resolve; no proxy of the environment is used for this machine's own. */
const FAR = 'https://api.far.example:6443';
const connect = (cluster: object, env: NodeJS.ProcessEnv = {}, network?: NetworkOptions): Promise<Cluster> =>
  stage.connect(admin(), { server: FAR, 'tls-server-name': 'localhost', ...cluster }, env, network);
const ownTls = () => ({
  cert: readFileSync(stage.pki('apiserver.crt')),
  key: readFileSync(stage.pki('apiserver.key')),
});

const open: TestProxy[] = [];
const start = async (how: typeof startConnectProxy, options: Partial<ProxyOptions> = {}) => {
  const proxy = await how({ to: Number(new URL(stage.cluster.server).port), ...options });
  open.push(proxy);
  return proxy;
};
after(() => {
  for (const proxy of open) proxy.close();
});
const english = ({ say, hint }: Awaited<ReturnType<typeof failure>>) =>
  `${toText(say, 'en')} ${hint ? toText(hint, 'en') : ''}`;

describe('proxy-url', () => {
  const kinds: [string, typeof startConnectProxy, Partial<ProxyOptions>, (port: number) => string][] = [
    ['http', startConnectProxy, {}, (port) => `http://127.0.0.1:${port}`],
    ['http with a login', startConnectProxy, { login: 'me:p w' }, (port) => `http://me:p%20w@127.0.0.1:${port}`],
    ['socks5', startSocksProxy, {}, (port) => `socks5h://127.0.0.1:${port}`],
    ['socks5 with a login', startSocksProxy, { login: 'me:pw' }, (port) => `socks5h://me:pw@127.0.0.1:${port}`],
  ];
  for (const [name, how, options, url] of kinds) {
    it(`${name}: 50 calls and a watch go through it, over few connections`, async () => {
      const proxy = await start(how, options);
      const cluster = await connect({ 'proxy-url': url(proxy.port) });
      for (let i = 0; i < 50; i++) assert.equal(await cluster.whoAmI(), 'admin');
      const names: string[] = [];
      const watch = cluster.watch<string>({
        collection: { apiVersion: 'v1', kind: 'Namespace' },
        project: ({ metadata }) => metadata.name,
        onDelta: ([delta]) => delta?.type === 'reset' && names.push(...delta.items),
        onStatus: () => {},
      });
      await eventually(async () => assert.ok(names.includes('default')));
      watch.dispose();
      assert.ok(proxy.asked.length <= 3, `${proxy.asked.length} connections`);
      assert.deepEqual(new Set(proxy.asked), new Set(['api.far.example:6443']));
    });
  }

  it('https: its certificate is checked, by the authority of the cluster, too', async () => {
    const proxy = await start(startConnectProxy, { tls: ownTls() });
    const url = `https://localhost:${proxy.port}`;
    assert.equal(await (await connect({ 'proxy-url': url })).whoAmI(), 'admin');
    const unknown = { 'proxy-url': url, 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true };
    assert.equal((await failure((await connect(unknown)).whoAmI())).code, 'connection.untrusted');
    const lax = await connect(unknown, {}, { proxyStrictSSL: false });
    assert.equal(await lax.whoAmI(), 'admin');
  });
});

describe('which proxy', () => {
  let [ofVariable, ofSetting, ofFile]: TestProxy[] = [];
  const url = (proxy: TestProxy | undefined) => `http://127.0.0.1:${proxy?.port}`;
  const counts = () => [ofFile, ofSetting, ofVariable].map((proxy) => proxy?.asked.length);
  before(async () => {
    [ofVariable, ofSetting, ofFile] = await Promise.all([1, 2, 3].map(() => start(startConnectProxy)));
  });

  it('that of the kubeconfig, else that of the editor, else that of the environment', async () => {
    const env = { HTTPS_PROXY: url(ofVariable) };
    const network = { proxy: url(ofSetting) };
    await (await connect({}, env)).whoAmI();
    assert.deepEqual(counts(), [0, 0, 1]);
    await (await connect({}, env, network)).whoAmI();
    assert.deepEqual(counts(), [0, 1, 1]);
    await (await connect({ 'proxy-url': url(ofFile) }, env, network)).whoAmI();
    assert.deepEqual(counts(), [1, 1, 1]);
  });

  it('none for what NO_PROXY or http.noProxy names, nor for this machine', async () => {
    const env = { HTTPS_PROXY: url(ofVariable) };
    const before = counts();
    const excluded = await connect({}, { ...env, NO_PROXY: '.far.example' });
    assert.equal((await failure(excluded.whoAmI())).code, 'connection.unknown-host');
    const byEditor = await connect({}, env, { proxy: url(ofSetting), noProxy: ['*.far.example'] });
    assert.equal((await failure(byEditor.whoAmI())).code, 'connection.unknown-host');
    const here = await connect({ server: stage.cluster.server }, env, { proxy: url(ofSetting) });
    assert.equal(await here.whoAmI(), 'admin');
    assert.deepEqual(counts(), before);
  });
});

describe('a proxy that fails', () => {
  it('is named where it is not there; its login is not', async () => {
    for (const scheme of ['http', 'socks5h']) {
      const error = await failure((await connect({ 'proxy-url': `${scheme}://me:hunter2@127.0.0.1:1` })).whoAmI());
      assert.equal(error.code, 'connection.proxy');
      assert.match(english(error), /^The proxy 127\.0\.0\.1:1, through which .* “demo” goes, cannot be reached/);
      assert.doesNotMatch(JSON.stringify([error, error.message, error.stack]), /hunter2/);
    }
  });

  it('says what it said: a refusal, or that it wants a login', async () => {
    const refusing = await start(startConnectProxy, { refuses: 403 });
    const refused = await failure((await connect({ 'proxy-url': `http://127.0.0.1:${refusing.port}` })).whoAmI());
    assert.match(english(refused), /did not let the connection through \(HTTP 403\)/);
    const asking = await start(startConnectProxy, { login: 'me:pw' });
    const asked = await failure((await connect({ 'proxy-url': `http://127.0.0.1:${asking.port}` })).whoAmI());
    assert.match(english(asked), /asks for a login: write it as http:\/\/name:password/);
    const socks = await start(startSocksProxy, { refuses: 2 });
    const closed = await failure((await connect({ 'proxy-url': `socks5h://127.0.0.1:${socks.port}` })).whoAmI());
    assert.match(english(closed), /did not let the connection through \(Socks5 proxy rejected connection/);
    const guarded = await start(startSocksProxy, { login: 'me:pw' });
    const wrong = await failure((await connect({ 'proxy-url': `socks5h://me:no@127.0.0.1:${guarded.port}` })).whoAmI());
    assert.match(english(wrong), /asks for a login/);
    for (const error of [refused, asked, closed, wrong]) assert.equal(error.code, 'connection.proxy');
  });
});
