/** Ways to log in to a real API server, and what becomes of a login that ends, is renewed or replaced. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { toText } from '../../l10n/index.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import { chooseTarget, readKubeconfig } from '../../server/src/cluster/kubeconfig.ts';
import { createTransport } from '../../server/src/cluster/transport.ts';
import type { Delta, WatchStatus } from '../../server/src/operations/ports.ts';
import { Requests, ServerNotifications } from '../../server/src/protocol.ts';
import { startPair } from '../server/pair.ts';
import { eventually, failure, LoginStage, printsToken } from './loginStage.ts';
import { job, URI } from './productStage.ts';

const stage = new LoginStage();
const ROBOT = 'system:serviceaccount:default:default';
const pem = (file: string) => readFileSync(file).toString('base64');
/** Seconds for which a token is good beyond its end, for clocks that differ (go-jose). */
const LEEWAY = 60;
const nodes = { apiVersion: 'v1', kind: 'Node' };
const english = ({
  say,
  hint,
}: {
  say: Parameters<typeof toText>[0];
  hint?: Parameters<typeof toText>[0] | undefined;
}) => [say, hint].map((one) => (one ? toText(one, 'en') : '')).join(' ');
const adminUser = () => ({
  'client-certificate-data': pem(stage.pki('admin.crt')),
  'client-key-data': pem(stage.pki('admin.key')),
});

describe('without a kubeconfig', () => {
  it('in a pod, it is the cluster of that pod, as its service account', async () => {
    const module = path.join(import.meta.dirname, '../../server/src/cluster/index.ts');
    const script = `
      const { createClusters } = await import(${JSON.stringify(module)});
      const clusters = createClusters({ ...process.env, HOME: '/nowhere' });
      const cluster = await clusters.connect({});
      console.log(JSON.stringify({ context: cluster.context, who: await cluster.whoAmI() }));
      process.exit(0);`;
    const api = stage.cluster.api();
    const container = { name: 'main', image: 'x', command: [process.execPath, '--input-type=module', '-e', script] };
    const body = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'inside' },
      spec: { restartPolicy: 'Never', containers: [container] },
    };
    await api.call('POST', '/api/v1/namespaces/default/pods', body);
    const said = await eventually(async () => {
      const { status } = await api.get('/api/v1/namespaces/default/pods/inside');
      assert.match(status.phase, /Succeeded|Failed/);
      return (await api.request('GET', '/api/v1/namespaces/default/pods/inside/log')).text;
    }, 20_000);
    api.close();
    const { context, who } = JSON.parse(said);
    assert.equal(who, ROBOT);
    assert.deepEqual([context.context, context.cluster, context.namespace], ['in-cluster', 'in-cluster', 'default']);
  });

  it('it is the one that GPUCTL_SERVER names, with a token or a file of it', async () => {
    const token = await stage.mint(600);
    const base = { GPUCTL_SERVER: stage.cluster.server, GPUCTL_CA_FILE: stage.pki('ca.crt'), KUBECONFIG: '/no' };
    for (const how of [{ GPUCTL_TOKEN: token }, { GPUCTL_TOKEN_FILE: stage.put('named-token', `${token}\n`) }]) {
      const cluster = await createClusters({ ...base, ...how }).connect({});
      stage.open.push(cluster);
      assert.equal(await cluster.whoAmI(), ROBOT);
      assert.equal(cluster.context.cluster, new URL(stage.cluster.server).host);
    }
    const none = await createClusters(base).connect({});
    stage.open.push(none);
    assert.match(english(await failure(none.list(nodes))), /GPUCTL_TOKEN/);
    // What is named goes before it.
    const named = await createClusters({ ...base, GPUCTL_TOKEN: token }).connect({
      kubeconfig: stage.cluster.kubeconfig,
    });
    stage.open.push(named);
    assert.equal(await named.whoAmI(), 'ml-engineer');
  });
});

it('the command line takes the cluster of the environment, before what the editor has set for its terminals', async () => {
  const main = path.join(import.meta.dirname, '../../server/src/cliMain.ts');
  const run = async (args: string[], more: NodeJS.ProcessEnv) => {
    const env = { PATH: process.env.PATH, HOME: stage.folder, LANG: 'C', GPUCTL_KUBECONFIG: '/no', ...more };
    const ran = promisify(execFile)(process.execPath, [main, ...args], { env });
    return ran.then(
      ({ stderr }) => stderr,
      ({ stderr }) => stderr as string,
    );
  };
  const token = await stage.mint(600);
  const named = { GPUCTL_SERVER: stage.cluster.server, GPUCTL_CA_FILE: stage.pki('ca.crt'), GPUCTL_CONTEXT: 'other' };
  assert.match(await run(['stop', 'x'], { ...named, GPUCTL_TOKEN: token }), /system:serviceaccount:default:default/);
  assert.match(await run(['stop', 'x'], { ...named, GPUCTL_TOKEN: 'n0nsense' }), /put a valid token into GPUCTL_TOKEN/);
  const unchecked = stage.kubeconfig(
    { token },
    { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true },
  );
  const warned = await run(['stop', 'x', '--kubeconfig', unchecked], {});
  assert.equal(warned.match(/warning: The connection to “demo” is not protected/g)?.length, 1, warned);
});

describe('a login that ends', { concurrency: true }, () => {
  it('is fetched anew once while watches run, and they hear nothing of it', async () => {
    const file = stage.put('short-token', await stage.mint(2 - LEEWAY));
    const { exec, runs } = stage.plugin('short', printsToken(file));
    await letRobotSeeConfigMaps();
    const timing = {
      silence: 5_000,
      answer: 5_000,
      watch: 1_000,
      refused: 60_000,
      backoff: [100, 500] as [number, number],
    };
    const cluster = await stage.connectWith(timing, { exec });
    const troubles: WatchStatus[] = [];
    const seen = new Set<string>();
    cluster.watch<string>({
      collection: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' },
      project: ({ metadata }) => metadata.name,
      onDelta: (deltas) => {
        for (const delta of deltas) for (const name of namesIn(delta)) seen.add(name);
      },
      onStatus: (status) => status.phase !== 'live' && status.phase !== 'listing' && troubles.push(status),
    });
    await eventually(async () => assert.ok(seen.has('kube-root-ca.crt')));
    writeFileSync(file, await stage.mint(600));
    // The API server remembers for 10 s that a token was good.
    await wait(13_000);
    const api = stage.cluster.api();
    await api.call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'after-the-end' } });
    api.close();
    await eventually(async () => assert.ok(seen.has('after-the-end')));
    assert.deepEqual(troubles, []);
    assert.equal(runs(), 2, 'once at first, once after the 401');
    assert.equal(await cluster.whoAmI(), ROBOT);
  });

  it('is fetched before its end where the program tells it', async () => {
    const end = 'expirationTimestamp: new Date(Date.now() + 1500).toISOString()';
    const { exec, runs } = stage.plugin('timed', printsToken(stage.put('timed-token', await stage.mint(600)), end));
    const cluster = await stage.connect({ exec });
    await Promise.all([1, 2, 3, 4].map(() => cluster.whoAmI()));
    assert.equal(runs(), 1);
    await wait(1_600);
    await Promise.all([1, 2, 3, 4].map(() => cluster.whoAmI()));
    assert.equal(runs(), 2);
  });

  it('that is refused even when fresh: the program runs once more, then it is said how to log in', async () => {
    const { exec, runs } = stage.plugin('aws', printsToken(stage.put('bad-token', await stage.mint(-3600))));
    const pair = await startPair({ connection: { kubeconfig: stage.kubeconfig({ exec }) } });
    await pair.open(URI, job('idle', 'true'));
    const { message } = await pair.until('failed', () =>
      pair.connection?.phase === 'failed' ? pair.connection : undefined,
    );
    assert.match(message ?? '', /does not accept your login.*run “aws sso login” in a terminal/);
    await wait(1_000);
    assert.equal(runs(), 2, 'however many watches there are');
    await pair.stop();
  });

  it('in a file: the window goes on by itself when another token is put there', async () => {
    const tokenFile = stage.put('token-file', await stage.mint(-3600));
    const pair = await startPair({ connection: { kubeconfig: stage.kubeconfig({ tokenFile }) } });
    await pair.open(URI, job('idle', 'true'));
    const { message } = await pair.until('failed', () =>
      pair.connection?.phase === 'failed' ? pair.connection : undefined,
    );
    assert.match(message ?? '', /The token in .*token-file has expired/);
    writeFileSync(tokenFile, `${await stage.mint(600)}\n`);
    await pair.until('connected', () => pair.connection?.phase === 'connected', 8_000);
    await pair.stop();
  });

  it('in a file that is replaced in time: the window never loses its connection', async () => {
    const tokenFile = stage.put('renewed', await stage.mint(600));
    const pair = await startPair({ connection: { kubeconfig: stage.kubeconfig({ tokenFile }) } });
    await pair.open(URI, job('idle', 'true'));
    await pair.until('connected', () => pair.connection?.phase === 'connected');
    const before = pair.notifications.length;
    writeFileSync(tokenFile, await stage.mint(900));
    await wait(2_500);
    const told = pair.notifications.slice(before).map(({ method }) => method);
    assert.deepEqual(
      told.filter((method) => method === ServerNotifications.connectionChanged.method),
      [],
    );
    await pair.stop();
  });

  it('in a file that is replaced in time is used at once', async () => {
    const tokenFile = stage.put('rotated', await stage.mint(600));
    const cluster = await stage.connect({ tokenFile });
    assert.equal(await cluster.whoAmI(), ROBOT);
    writeFileSync(`${tokenFile}.new`, 'n0nsense');
    renameSync(`${tokenFile}.new`, tokenFile);
    await eventually(async () => assert.equal((await failure(cluster.list(nodes))).status, 401), 3_000);
  });
});

describe('a login program', () => {
  it('that only the login shell finds is found, and that shell is asked once', async () => {
    const { exec } = stage.plugin('my-login', printsToken(stage.put('shell-token', await stage.mint(600))));
    const home = path.dirname(exec.command);
    const marks = stage.put('shell-runs', '');
    const profile = `echo Welcome; echo x >> ${marks}; export PATH="$PATH:${home}" FROM_PROFILE=yes\n`;
    stage.put('.bash_profile', profile);
    const env = { PATH: '/usr/bin:/bin', HOME: home, SHELL: '/bin/bash' };
    for (let i = 0; i < 2; i++) {
      const cluster = await stage.connect({ exec: { ...exec, command: 'my-login' } }, {}, env);
      assert.equal(await cluster.whoAmI(), ROBOT);
    }
    assert.equal(readFileSync(marks, 'utf8'), 'x\n');
  });

  it('does not run in a workspace that is not trusted, nor does a shell', async () => {
    const { exec, runs } = stage.plugin('untrusted', printsToken(stage.put('t', await stage.mint(600))));
    const marks = stage.put('no-shell', '');
    stage.put('.profile', `echo x >> ${marks}\n`);
    const connection = { kubeconfig: stage.kubeconfig({ exec: { ...exec, command: 'untrusted' } }) };
    const pair = await startPair({
      connection,
      trusted: false,
      env: { HOME: stage.folder, SHELL: '/bin/sh', PATH: '/bin' },
    });
    await pair.open(URI, job('idle', 'true'));
    await pair.ask(Requests.reconnect);
    await pair.ask(Requests.pools);
    await wait(500);
    assert.equal(runs() + readFileSync(marks, 'utf8').length, 0);
    assert.equal((await pair.ask(Requests.connection)).phase, 'off');
    await pair.stop();
  });
});

it('acting as somebody else: user, groups, uid and extra reach the cluster', async () => {
  const user = {
    ...adminUser(),
    as: 'bob',
    'as-groups': ['ml', 'gpu team'],
    'as-uid': 'u-1',
    'as-user-extra': { 'example.com/Reason': ['night shift', 'b'] },
  };
  const kubeconfig = await readKubeconfig({ kubeconfig: stage.kubeconfig(user) }, {});
  const transport = createTransport(chooseTarget(kubeconfig, undefined, {}), {});
  stage.open.push(transport);
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const { value } = await transport.call({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body,
  });
  const { username, uid, groups, extra } = (value as { status: { userInfo: Record<string, unknown> } }).status.userInfo;
  assert.deepEqual([username, uid, groups], ['bob', 'u-1', ['ml', 'gpu team', 'system:authenticated']]);
  assert.deepEqual(extra, { 'example.com/reason': ['night shift', 'b'] });
});

async function letRobotSeeConfigMaps(): Promise<void> {
  const api = stage.cluster.api();
  const group = 'rbac.authorization.k8s.io';
  const at = `/apis/${group}/v1/namespaces/default`;
  const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list', 'watch'] }];
  await api.call('POST', `${at}/roles`, { metadata: { name: 'see' }, rules });
  await api.call('POST', `${at}/rolebindings`, {
    metadata: { name: 'see' },
    roleRef: { apiGroup: group, kind: 'Role', name: 'see' },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }],
  });
  api.close();
}

const namesIn = (delta: Delta<string>): string[] =>
  delta.type === 'reset' ? delta.items : delta.type === 'set' ? [delta.item] : [];
