/** Login programs and tokens: run once, in time, named when missing, renewed after a 401. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, beforeEach, describe, it, mock } from 'node:test';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { toText } from '../../l10n/index.ts';
import { createCluster } from '../../server/src/cluster/cluster.ts';
import { runExecPlugin } from '../../server/src/cluster/execPlugin.ts';
import type { ExecEntry, UserEntry } from '../../server/src/cluster/kubeconfig.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';

const root = mkdtempSync(path.join(tmpdir(), 'gpuctl-credentials-'));
after(() => rmSync(root, { recursive: true, force: true }));
let runs = '';
beforeEach(() => {
  runs = path.join(mkdtempSync(path.join(root, 'test-')), 'runs');
});
const countRuns = () => (existsSync(runs) ? readFileSync(runs, 'utf8').length : 0);

/** A login program that runs this JavaScript; each run leaves a mark. */
const plugin = (script: string): ExecEntry => ({
  apiVersion: 'client.authentication.k8s.io/v1',
  command: process.execPath,
  args: ['-e', `require('fs').appendFileSync(process.env.RUNS, 'x'); ${script}`],
  env: [{ name: 'RUNS', value: runs }],
});
const credential = (status: object) =>
  `console.log(JSON.stringify({ kind: 'ExecCredential', status: ${JSON.stringify(status)} }))`;
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => assert.fail('did not fail'),
    (error: GpuctlError) => error,
  );
const open: (() => void)[] = [];
afterEach(() => {
  mock.timers.reset();
  for (const close of open.splice(0)) close();
});

/** A cluster that lets in requests with one of the tokens. */
async function connect(user: UserEntry, allows: (request: IncomingMessage) => boolean): Promise<Cluster> {
  const server = createServer((request, response) => {
    if (!allows(request)) return void response.writeHead(401).end();
    response.end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = { context: 'x', cluster: 'demo', user: 'u', namespace: 'default', server: address };
  const cluster = createCluster({ context, cluster: { server: address }, user }, process.env);
  open.push(() => {
    cluster.close();
    server.closeAllConnections();
    server.close();
  });
  return cluster;
}
const pods = { apiVersion: 'v1', kind: 'Pod' };
const bears = (token: string) => (request: IncomingMessage) => request.headers.authorization === `Bearer ${token}`;

describe('a login program', () => {
  const { signal } = new AbortController();
  const cluster = { server: 'https://x', 'certificate-authority-data': 'Y2E=' };

  it('runs once for many calls at a time and again when its credential has ended', async () => {
    const soon = `{ token: 'a', expirationTimestamp: new Date(Date.now() + 700).toISOString() }`;
    const script = `setTimeout(() => console.log(JSON.stringify({ status: ${soon} })), 100)`;
    const it = await connect({ exec: plugin(script) }, bears('a'));
    await Promise.all(Array.from({ length: 10 }, () => it.list(pods)));
    assert.equal(countRuns(), 1);
    await new Promise((resolve) => setTimeout(resolve, 700));
    await it.list(pods);
    assert.equal(countRuns(), 2);
  });

  it('runs once more after a 401, but not in a loop', async () => {
    const it = await connect({ exec: plugin(credential({ token: 'old' })) }, bears('new'));
    const error = await failure(it.list(pods));
    assert.equal(error.code, 'connection.unauthorized');
    assert.match(toText(error.hint ?? error.say, 'en'), /Log in again with “.*node.*”/);
    assert.equal(countRuns(), 2);
    await Promise.all([1, 2, 3].map(() => failure(it.list(pods))));
    assert.equal(countRuns(), 2);
  });

  it('gets in with what it prints the second time', async () => {
    const script = `const n = require('fs').readFileSync(process.env.RUNS, 'utf8').length; console.log(JSON.stringify({ status: { token: 't' + n } }))`;
    const it = await connect({ exec: plugin(script) }, bears('t2'));
    assert.deepEqual(await it.list(pods), []);
  });

  it('knows nothing of how the editor runs us', async () => {
    const script = `console.log(JSON.stringify({ status: { token: 'x' + Object.keys(process.env).filter((name) => name.startsWith('ELECTRON')) } }))`;
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' };
    assert.equal((await runExecPlugin(plugin(script), cluster, env, signal)).token, 'x');
  });

  it('is told about the cluster, and has no terminal', async () => {
    const script = `
      const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
      process.stdin.on('data', () => {}).on('end', () => console.log(JSON.stringify({ status: { token: JSON.stringify(info) } })));`;
    const authority = path.join(root, 'ca.crt');
    writeFileSync(authority, 'ca');
    const known = {
      server: 'https://x',
      'certificate-authority': authority,
      extensions: [
        { name: 'other', extension: 1 },
        { name: 'client.authentication.k8s.io/exec', extension: { audience: 'a' } },
      ],
    };
    const { token } = await runExecPlugin({ ...plugin(script), provideClusterInfo: true }, known, process.env, signal);
    const info = JSON.parse(token ?? '');
    assert.equal(info.apiVersion, 'client.authentication.k8s.io/v1');
    assert.deepEqual(info.spec, {
      interactive: false,
      cluster: { server: 'https://x', 'certificate-authority-data': 'Y2E=', config: { audience: 'a' } },
    });
  });

  it('that is missing is named', async () => {
    const it = await connect({ exec: { command: 'gpuctl-no-such-login', installHint: 'get it at x' } }, () => true);
    const error = await failure(it.list(pods));
    assert.equal(error.code, 'credentials.plugin-missing');
    assert.match(toText(error.say, 'en'), /“gpuctl-no-such-login”.*not found/);
    assert.match(toText(error.hint ?? error.say, 'en'), /says how to get it: get it at x/);
  });

  it('whose helper only the login shell finds runs once more, as that shell would run it', async () => {
    const home = mkdtempSync(path.join(root, 'home-'));
    const script = (name: string, text: string) =>
      writeFileSync(path.join(home, name), `#!/bin/sh\necho x >> "$RUNS"\n${text}\n`, { mode: 0o700 });
    script('login', 'exec gpuctl-test-helper');
    script('gpuctl-test-helper', `echo '{"status":{"token":"helped"}}'`);
    writeFileSync(path.join(home, '.bash_profile'), `export PATH="$PATH:${home}"\n`);
    const entry = { command: path.join(home, 'login'), env: [{ name: 'RUNS', value: runs }] };
    const env = { PATH: '/usr/bin:/bin', HOME: home, SHELL: '/bin/bash' };
    assert.equal((await runExecPlugin(entry, cluster, env, signal)).token, 'helped');
    assert.equal(readFileSync(runs, 'utf8'), 'x\nx\nx\n');
  });

  it('that is known is named with what installs it and what logs in', async () => {
    const hint = async (exec: ExecEntry) => {
      const error = await failure(runExecPlugin(exec, cluster, { PATH: '/nowhere', SHELL: '/bin/false' }, signal));
      assert.equal(error.code, 'credentials.plugin-missing');
      return toText(error.hint ?? error.say, 'en');
    };
    assert.match(
      await hint({ command: 'gke-gcloud-auth-plugin' }),
      /“gcloud components install gke-gcloud-auth-plugin”/,
    );
    assert.match(await hint({ command: 'aws' }), /Install “AWS CLI”/);
    assert.match(await hint({ command: 'kubelogin' }), /az aks install-cli/);
    const oidc = ['get-token', '--oidc-issuer-url=https://x'];
    assert.match(await hint({ command: 'kubelogin', args: oidc }), /kubectl krew install oidc-login/);
    assert.match(await hint({ command: 'kubectl', args: ['oidc-login', 'get-token'] }), /krew install oidc-login/);
    assert.match(await hint({ command: 'corp-login' }), /Install “corp-login” and/);
  });

  it('that fails says why, without its secrets', async () => {
    const script = `console.error('Error: token=abcd1234efgh has expired\\nPlease log in'); process.exit(3)`;
    const error = await failure(runExecPlugin(plugin(script), cluster, process.env, signal));
    assert.equal(error.code, 'credentials.plugin-failed');
    assert.match(toText(error.say, 'en'), /failed: Please log in/);
    assert.doesNotMatch(JSON.stringify(error), /abcd1234/);
  });

  it('that prints nonsense, hangs, wants a terminal, cannot be run or is called off', async () => {
    const run = (entry: ExecEntry, timeout?: number, stop = signal) =>
      failure(runExecPlugin(entry, cluster, process.env, stop, timeout));
    const nonsense = await run(plugin(`console.log('s3cret {')`));
    assert.equal(nonsense.code, 'credentials.plugin-failed');
    assert.doesNotMatch(JSON.stringify([nonsense, nonsense.stack]), /s3cret/);
    // A grandchild holds the pipes open, as login helpers do.
    const hanging = plugin(
      `require('child_process').spawn('sleep', ['5'], { stdio: 'inherit' }); setInterval(() => {}, 1000)`,
    );
    const started = Date.now();
    const late = await run(hanging, 300);
    assert.equal(late.code, 'credentials.plugin-timeout');
    assert.ok(Date.now() - started < 2000);
    assert.equal((await run({ ...plugin(''), interactiveMode: 'Always' })).code, 'credentials.plugin-interactive');
    const file = path.join(root, 'not-executable');
    writeFileSync(file, 'x');
    chmodSync(file, 0o644);
    assert.equal((await run({ command: file })).code, 'credentials.plugin-failed');
    const stop = new AbortController();
    const called = run(hanging, 10_000, stop.signal);
    setTimeout(() => stop.abort(), 100);
    assert.equal((await called).name, 'AbortError');
  });

  it('that fails is left alone for two minutes, except by a new connection', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const user = { exec: plugin('process.exit(1)') };
    const it = await connect(user, () => true);
    const runsAfter = async (seconds: number, cluster = it) => {
      mock.timers.tick(seconds * 1000);
      assert.equal((await failure(cluster.list(pods))).code, 'credentials.plugin-failed');
      return countRuns();
    };
    assert.equal(await runsAfter(0), 1);
    assert.equal(await runsAfter(110), 1);
    assert.equal(await runsAfter(15), 2);
    assert.equal(await runsAfter(0, await connect(user, () => true)), 3);
  });

  it('is not started for a call that was called off before', async () => {
    const it = await connect({ exec: plugin(credential({ token: 'a' })) }, bears('a'));
    assert.equal((await failure(it.list(pods, { signal: AbortSignal.abort() }))).code, 'cancelled');
    const closed = await connect({ exec: plugin(credential({ token: 'a' })) }, bears('a'));
    closed.close();
    assert.equal((await failure(closed.list(pods))).code, 'cancelled');
    await wait(200);
    assert.equal(countRuns(), 0);
  });

  it('takes nothing from the time that the cluster has, at first and after a 401', async () => {
    // Run n ends when the file n is there.
    const script = `const fs = require('fs'); const n = fs.readFileSync(process.env.RUNS, 'utf8').length;
      setInterval(() => fs.existsSync(process.env.RUNS + n) && (console.log(JSON.stringify({ status: { token: 't' + n } })), process.exit()), 20)`;
    const it = await connect({ exec: plugin(script) }, bears('t2'));
    mock.timers.enable({ apis: ['setTimeout'] });
    const listed = it.list(pods);
    listed.catch(() => {});
    for (const run of [1, 2]) {
      while (countRuns() < run) await Promise.race([turn(), listed.then(() => assert.fail('too early'))]);
      mock.timers.tick(60_000);
      writeFileSync(runs + run, '');
    }
    assert.deepEqual(await listed, []);
  });

  it('is waited for no longer than the call may take, which is said, and its answer still counts', async () => {
    const script = `setTimeout(() => ${credential({ token: 'a' })}, 600)`;
    const it = await connect({ exec: plugin(script) }, bears('a'));
    assert.equal((await failure(it.list(pods, { timeout: 150 }))).code, 'credentials.late');
    assert.deepEqual(await it.list(pods), []);
    assert.equal(countRuns(), 1);
  });
});

describe('other logins', () => {
  it('an OpenID provider that does not answer is named, not the cluster', async () => {
    const asked = Promise.withResolvers<void>();
    const server = createServer(() => asked.resolve()).listen(0, '127.0.0.1');
    open.push(() => server.close().closeAllConnections());
    await once(server, 'listening');
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = { 'idp-issuer-url': issuer, 'client-id': 'x', 'refresh-token': 'r' };
    const it = await connect({ 'auth-provider': { name: 'oidc', config } }, () => true);
    mock.timers.enable({ apis: ['setTimeout'] });
    const listed = failure(it.list(pods));
    await asked.promise;
    mock.timers.tick(15_000);
    const error = await listed;
    assert.equal(error.code, 'credentials.oidc');
    assert.match(toText(error.say, 'en'), /127\.0\.0\.1.*no answer within 15 s/);
  });

  it('a token file is read anew after a 401, whatever ends its line', async () => {
    const tokenFile = `${runs}.token`;
    appendFileSync(tokenFile, 'one\n');
    let token = 'one';
    const it = await connect({ tokenFile, token: 'stale' }, (request) => bears(token)(request));
    await it.list(pods);
    token = 'two';
    writeFileSync(tokenFile, 'two\n');
    assert.deepEqual(await it.list(pods), []);
    const none = await connect({ tokenFile: '/no/such/token' }, () => true);
    assert.equal((await failure(none.list(pods))).code, 'kubeconfig.file');
  });

  it('password and impersonation go along', async () => {
    let headers: IncomingMessage['headers'] = {};
    const user = {
      username: 'u',
      password: 'p:q',
      as: 'bob',
      'as-groups': ['a', 'b'],
      'as-user-extra': { 'x/y': ['1'] },
    };
    const it = await connect(user, (request) => {
      headers = request.headers;
      return true;
    });
    await it.list(pods);
    assert.equal(headers.authorization, `Basic ${Buffer.from('u:p:q').toString('base64')}`);
    assert.equal(headers['impersonate-user'], 'bob');
    assert.equal(headers['impersonate-group'], 'a, b');
    assert.equal(headers['impersonate-extra-x%2fy'], '1');
  });
});
