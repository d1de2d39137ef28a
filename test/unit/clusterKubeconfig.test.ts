/** Which kubeconfig files there are, how they merge, which proxy applies, and when they change. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { toText } from '../../l10n/index.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import { chooseTarget, readKubeconfig, toContents } from '../../server/src/cluster/kubeconfig.ts';
import { kubeconfigFiles, watchFiles } from '../../server/src/cluster/kubeconfigFiles.ts';
import { proxyFor } from '../../server/src/cluster/proxy.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';

const root = mkdtempSync(path.join(tmpdir(), 'gpuctl-kubeconfig-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folder = root;
beforeEach(() => {
  folder = mkdtempSync(path.join(root, 'test-'));
});
const at = (name: string) => path.join(folder, name);
function put(name: string, text: string): string {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
  return at(name);
}
const read = (env: NodeJS.ProcessEnv, kubeconfig?: string) => readKubeconfig(kubeconfig ? { kubeconfig } : {}, env);
const list = (...files: string[]) => ({ KUBECONFIG: files.join(path.delimiter), HOME: folder });
const failure = async (promise: Promise<unknown> | (() => unknown)): Promise<GpuctlError> => {
  try {
    await (typeof promise === 'function' ? promise() : promise);
  } catch (error) {
    return error as GpuctlError;
  }
  throw new Error('did not fail');
};

const first = `
current-context: one
clusters: [{ name: c, cluster: { server: https://first, certificate-authority: pki/ca.crt } }]
users: [{ name: u, user: { client-certificate: u.crt, client-key: /abs/u.key, exec: { command: bin/login } } }]
contexts: [{ name: one, context: { cluster: c, user: u, namespace: ml } }]`;
const second = `
current-context: two
clusters: [{ name: c, cluster: { server: https://second } }, { name: d, cluster: { server: https://d } }]
users: [{ name: u, user: { token: other } }, { name: v, user: { tokenFile: token, exec: { command: aws } } }]
contexts:
  - { name: one, context: { cluster: d, user: v } }
  - { name: two, context: { cluster: d, user: v } }
  - { name: lost, context: { cluster: nowhere, user: v } }
  - { name: nobody, context: { cluster: d, user: ghost } }
  - { name: open, context: { cluster: d } }`;

describe('which files', () => {
  it('the setting, else KUBECONFIG, else the home directory', () => {
    const env = { KUBECONFIG: ['/a', '', '/b', '/a'].join(path.delimiter), HOME: '/home/me' };
    assert.deepEqual(kubeconfigFiles({ kubeconfig: '~/x' }, env), [path.resolve('/home/me/x')]);
    assert.deepEqual(
      kubeconfigFiles({}, env),
      ['/a', '/b'].map((it) => path.resolve(it)),
    );
    assert.deepEqual(kubeconfigFiles({ kubeconfig: '' }, { HOME: '/home/me' }), [
      path.join('/home/me', '.kube', 'config'),
    ]);
    assert.deepEqual(kubeconfigFiles({ kubeconfig: '~user/x' }, env), [path.resolve('~user/x')]);
  });
});

describe('merging', () => {
  it('takes what the first file says and ignores files that are not there', async () => {
    const files = [at('missing'), put('a/config', first), put('b/config', second)];
    const merged = await read(list(...files));
    const contents = toContents(merged);
    assert.equal(contents.current, 'one');
    assert.deepEqual(contents.files, files);
    assert.deepEqual(contents.contexts[0], {
      context: 'one',
      cluster: 'c',
      user: 'u',
      namespace: 'ml',
      server: 'https://first',
    });
    assert.deepEqual(
      contents.contexts.map((it) => it.context),
      ['one', 'two', 'lost', 'nobody', 'open'],
    );
    const { cluster, user } = chooseTarget(merged, undefined, {});
    assert.deepEqual(cluster, { server: 'https://first', 'certificate-authority': at('a/pki/ca.crt') });
    assert.deepEqual(user, {
      'client-certificate': at('a/u.crt'),
      'client-key': path.resolve('/abs/u.key'),
      exec: { command: at('a/bin/login') },
    });
    const two = chooseTarget(merged, 'two', {});
    assert.deepEqual(two.user, { tokenFile: at('b/token'), exec: { command: 'aws' } });
    assert.equal(two.context.namespace, 'default');
    assert.deepEqual(chooseTarget(merged, 'open', {}).user, {});
  });

  it('names the context whose cluster or user is not there', async () => {
    const merged = await read(list(put('b', second)));
    const codes = {
      lost: 'kubeconfig.cluster-missing',
      nobody: 'kubeconfig.user-missing',
      zz: 'kubeconfig.context-missing',
    };
    for (const [name, code] of Object.entries(codes)) {
      const error = await failure(() => chooseTarget(merged, name, {}));
      assert.equal(error.code, code);
      assert.match(toText(error.say, 'en'), new RegExp(`“${name}”`));
      assert.deepEqual(error.actions[0], { do: 'selectTarget' });
    }
    const none = await read(list(put('c', 'clusters: []')));
    assert.equal((await failure(() => chooseTarget(none, undefined, {}))).code, 'kubeconfig.no-context');
  });

  it('says when there is none, and where it looked', async () => {
    const error = await failure(read(list(at('x'), at('y'))));
    assert.equal(error.code, 'kubeconfig.none');
    assert.match(toText(error.say, 'en'), /x, .*y\./);
    assert.equal((await failure(read({}, at('z')))).code, 'kubeconfig.none');
    assert.equal((await failure(createClusters({ HOME: folder }).contents({}))).code, 'kubeconfig.none');
  });

  it('names file and line of what is no YAML, and quotes nothing of it', async () => {
    const error = await failure(read(list(put('bad', 'users:\n- name: u\n  token: s3cret: [\n'))));
    assert.equal(error.code, 'kubeconfig.syntax');
    assert.match(toText(error.say, 'en'), /bad is not valid YAML in line 3/);
    assert.doesNotMatch(JSON.stringify([error, error.message, error.stack, toText(error.say, 'zh-cn')]), /s3cret/);
    assert.deepEqual(error.actions, [{ do: 'openKubeconfig', path: at('bad') }]);
    assert.equal((await failure(read(list(put('list', '- a'))))).code, 'kubeconfig.syntax');
  });

  it('reads files that are empty, comments only or of odd shapes', async () => {
    const odd =
      'clusters: {a: 1}\nusers: [null, 7, {name: 5}, {name: q, user: null}]\ncontexts: [{name: z}]\ncurrent-context: 3';
    const merged = await read(list(put('empty', ''), put('comment', '# x\n'), put('odd', odd)));
    assert.deepEqual(toContents(merged).contexts, []);
    assert.equal(toContents(merged).current, undefined);
  });

  it('says what it may not read', async () => {
    mkdirSync(at('folder'));
    const error = await failure(read(list(at('folder'))));
    assert.equal(error.code, 'kubeconfig.unreadable');
    assert.match(toText(error.say, 'en'), /EISDIR/);
  });
});

describe('the proxy of the environment', () => {
  const env = (no: string) => ({ HTTPS_PROXY: 'http://p:3128', http_proxy: 'q:1', NO_PROXY: no });
  const cases: [string, string, string | undefined][] = [
    ['https://api.corp:6443', '', 'http://p:3128'],
    ['http://api.corp', '', 'http://q:1'],
    ['https://localhost:6443', '', undefined],
    ['https://127.0.0.1:6443', '', undefined],
    ['https://[::1]:6443', '', undefined],
    ['https://api.corp', '*', undefined],
    ['https://api.corp', 'other, corp', undefined],
    ['https://api.corp', '.corp', undefined],
    ['https://corp', '.corp', 'http://p:3128'],
    ['https://api.corp', 'pi.corp', 'http://p:3128'],
    ['https://api.corp:6443', 'api.corp:443', 'http://p:3128'],
    ['https://api.corp:6443', 'api.corp:6443', undefined],
    ['https://10.1.2.3', '10.0.0.0/8', undefined],
    ['https://11.1.2.3', '10.0.0.0/8', 'http://p:3128'],
    ['https://10.1.2.3', '10.0.0.0/99', 'http://p:3128'],
    ['https://10.1.2.3', '10.1.2.3', undefined],
    ['https://[fd00::1]', 'fd00::/8', undefined],
    ['https://[fd00::1]', 'fd00::1', undefined],
    ['nonsense', '', undefined],
  ];
  for (const [server, no, expected] of cases) {
    it(`${server} without ${no || 'nothing'}`, () => assert.equal(proxyFor(server, env(no)), expected));
  }
  it('gives way to that of the editor, and both lists of exclusions count', () => {
    const editor = { proxy: 'http://editor:8080', noProxy: ['*.lab', '10.0.0.0/8'] };
    assert.equal(proxyFor('https://api.corp', env(''), editor), 'http://editor:8080');
    assert.equal(proxyFor('https://api.corp', env('.corp'), editor), undefined);
    assert.equal(proxyFor('https://api.lab', env(''), editor), undefined);
    assert.equal(proxyFor('https://10.1.2.3', {}, editor), undefined);
    assert.equal(proxyFor('https://127.0.0.1:6443', {}, editor), undefined);
    assert.equal(proxyFor('https://api.lab', env(''), { noProxy: ['*.lab'] }), undefined);
  });
  it('is written into the cluster, unless that names its own', async () => {
    const text = `${second}\n`.replace('https://d }', 'https://d, proxy-url: "socks5://own:1" }');
    const merged = await read(list(put('b', text)));
    assert.equal(chooseTarget(merged, 'two', env('')).cluster['proxy-url'], 'socks5://own:1');
    const plain = await read(list(put('a', first)));
    assert.equal(chooseTarget(plain, 'one', env('')).cluster['proxy-url'], 'http://p:3128');
    assert.equal(plain.clusters.get('c')?.['proxy-url'], undefined);
  });
});

describe('the cluster of the environment', () => {
  const named = { GPUCTL_SERVER: '10.1.2.3:6443', GPUCTL_TOKEN: ' abc\n', HOME: '/nowhere' };
  it('goes before the files of kubectl, not before a named file', async () => {
    const merged = await read({ ...named, KUBECONFIG: put('a', first) });
    const { context, cluster, user } = chooseTarget(merged, undefined, {});
    assert.equal(context.cluster, '10.1.2.3:6443');
    assert.deepEqual([cluster, user], [{ server: 'https://10.1.2.3:6443' }, { token: 'abc' }]);
    assert.equal((await read(named, put('a', first))).current, 'one');
  });
  it('takes a file of a token before a token', async () => {
    const merged = await read({ ...named, GPUCTL_TOKEN_FILE: at('token'), GPUCTL_CA_FILE: at('ca') });
    const { cluster, user } = chooseTarget(merged, undefined, {});
    assert.deepEqual([cluster['certificate-authority'], user], [at('ca'), { tokenFile: at('token') }]);
  });
  it('is none in a pod without a service account', async () => {
    const pod = { HOME: folder, KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
    assert.equal((await failure(read(pod))).code, 'kubeconfig.none');
  });
});

describe('a connection that nobody checks', () => {
  const cases: [string, boolean][] = [
    ['server: https://x', false],
    ['server: https://x, insecure-skip-tls-verify: true', true],
    ['server: https://x, insecure-skip-tls-verify: false', false],
    ['server: "http://10.0.0.1:8080"', true],
    ['server: "http://127.0.0.1:8001"', false],
    ['server: "http://localhost:8001"', false],
    ['server: "http://localhost.example"', true],
  ];
  for (const [cluster, insecure] of cases) {
    it(`${cluster}: ${insecure}`, async () => {
      const text = `clusters: [{ name: c, cluster: { ${cluster} } }]\ncontexts: [{ name: x, context: { cluster: c } }]`;
      const merged = await read(list(put('c', text)));
      assert.equal(chooseTarget(merged, 'x', {}).context.insecure, insecure || undefined);
    });
  }
});

describe('changes', () => {
  const settled = 450;
  it('come for a file that appears with its folder, is renamed over, behind a link, and goes', async () => {
    const file = at('new/sub/config');
    let calls = 0;
    const watching = watchFiles([file], () => calls++, 50);
    await wait(settled);
    assert.equal(calls, 0);
    const expectOne = async (what: string, act: () => void) => {
      calls = 0;
      act();
      await wait(settled);
      assert.equal(calls, 1, what);
    };
    await expectOne('appears', () => put('new/sub/config', 'a'));
    await expectOne('changes', () => writeFileSync(file, 'ab'));
    await expectOne('renamed over', () => renameSync(put('new/sub/tmp', 'abc'), file));
    await expectOne('goes', () => rmSync(at('new'), { recursive: true }));
    await expectOne('becomes a link', () => {
      mkdirSync(at('new/sub'), { recursive: true });
      symlinkSync(put('real', 'x'), file);
    });
    await expectOne('behind the link', () => writeFileSync(at('real'), 'longer'));
    watching.dispose();
    calls = 0;
    writeFileSync(at('real'), 'longest of all');
    await wait(settled);
    assert.equal(calls, 0);
  });

  it('come for the files that the chosen context names, once it is known', async () => {
    const token = put('token', 'a');
    const text = `clusters: [{ name: c, cluster: { server: https://x } }]\nusers: [{ name: u, user: { tokenFile: token } }]\ncontexts: [{ name: x, context: { cluster: c, user: u } }]`;
    const clusters = createClusters(list(put('config', text)));
    let calls = 0;
    const watching = clusters.onChange({}, () => calls++);
    const cluster = await clusters.connect({ context: 'x' });
    await wait(100);
    writeFileSync(token, 'another');
    await wait(1500);
    assert.equal(calls, 1);
    watching.dispose();
    cluster.close();
    writeFileSync(token, 'and another');
    await wait(1500);
    assert.equal(calls, 1);
  });

  it('of several files come as one, and a callback that throws harms nobody', async (t) => {
    t.mock.method(console, 'error', () => {});
    let calls = 0;
    const files = [at('a'), at('b')];
    const watching = watchFiles(
      files,
      () => {
        calls++;
        throw new Error('of the callback');
      },
      50,
    );
    await wait(100);
    for (const file of files) writeFileSync(file, 'x');
    await wait(settled);
    watching.dispose();
    assert.equal(calls, 1);
  });
});
