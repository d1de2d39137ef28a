/** Kubeconfig files of a real cluster, taken apart as people have them. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createClusters } from '../../server/src/cluster/index.ts';
import { startCluster, type Cluster as TestCluster } from './cluster.ts';

let test: TestCluster;
before(async () => {
  test = await startCluster({ jobsOfOthers: false });
});
after(() => test?.stop());

describe('kubeconfig', () => {
  it('lists the contexts and connects to the current one', async () => {
    const clusters = createClusters({ KUBECONFIG: test.kubeconfig });
    const { current, contexts, files } = await clusters.contents({});
    assert.deepEqual(files, [test.kubeconfig]);
    assert.equal(current, 'ml-engineer');
    assert.deepEqual(
      contexts.map(({ context, namespace }) => `${context}/${namespace}`),
      ['ml-engineer/ml-team', 'restricted/sandbox', 'admin/default', 'unreachable/ml-team'],
    );
    const cluster = await clusters.connect({});
    assert.equal(cluster.context.server, test.server);
    assert.equal(await cluster.whoAmI(), 'ml-engineer');
    cluster.close();
  });

  it('in two files with relative paths, and the credentials of equal names in another kubeconfig stay apart', async () => {
    const folder = path.join(test.dir, 'split');
    mkdirSync(path.join(folder, 'users/pki'), { recursive: true });
    mkdirSync(path.join(folder, 'clusters'), { recursive: true });
    const pki = (name: string) => path.join(test.dir, 'pki', name);
    copyFileSync(pki('ca.crt'), path.join(folder, 'clusters/ca.crt'));
    for (const name of ['restricted.crt', 'restricted.key'])
      copyFileSync(pki(name), path.join(folder, 'users/pki', name));
    const clusterFile = path.join(folder, 'clusters/config');
    const userFile = path.join(folder, 'users/config');
    writeFileSync(
      clusterFile,
      `# only the cluster\nclusters:\n- name: demo\n  cluster: { server: "${test.server}", certificate-authority: ca.crt }\n`,
    );
    // The user bears the name of another user: only the files say who it is.
    writeFileSync(
      userFile,
      `current-context: here\nusers:\n- name: admin\n  user: { client-certificate: pki/restricted.crt, client-key: ./pki/restricted.key }\ncontexts:\n- name: here\n  context: { cluster: demo, user: admin, namespace: sandbox }\n`,
    );
    const list = [path.join(folder, 'missing'), clusterFile, userFile].join(path.delimiter);
    const split = await createClusters({ KUBECONFIG: list }).connect({});
    const whole = await createClusters({ KUBECONFIG: test.kubeconfig }).connect({ context: 'admin' });
    assert.deepEqual(await Promise.all([split.whoAmI(), whole.whoAmI()]), ['restricted', 'admin']);
    assert.equal(split.context.namespace, 'sandbox');
    split.close();
    whole.close();
  });

  it('is never written, and its replacement is noticed', async () => {
    const file = path.join(test.dir, 'copy');
    const text = readFileSync(test.kubeconfig, 'utf8');
    writeFileSync(file, text);
    const clusters = createClusters({});
    let calls = 0;
    const watching = clusters.onChange({ kubeconfig: file }, () => calls++);
    const cluster = await clusters.connect({ kubeconfig: file });
    await cluster.whoAmI();
    cluster.close();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(readFileSync(file, 'utf8'), text);
    assert.equal(calls, 0);
    writeFileSync(`${file}.new`, text.replace('"current-context": "ml-engineer"', '"current-context": "admin"'));
    renameSync(`${file}.new`, file);
    for (let tries = 0; tries < 40 && calls === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(calls, 1);
    assert.equal((await clusters.contents({ kubeconfig: file })).current, 'admin');
    watching.dispose();
  });
});
