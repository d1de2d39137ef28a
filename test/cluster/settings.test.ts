/** Pools and quotas on a real control plane: made, changed, cut off, taken away, and what they do to jobs. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { SettingsName } from '../../server/src/operations/settings/deleteSettings.ts';
import { failureOf, findJob, job, ref, remove, submitText } from './productStage.ts';
import { deleting, done, english, errorOf, never, SettingsStage, submitting } from './settingsStage.ts';

const stage = new SettingsStage();
const { carryOut, planOnly, cutOff } = stage;

const CONFIG_MAPS = '/api/v1/namespaces/gpuctl-system/configmaps';
const pool = (name: string, nodes: string): string => `kind: pool\npool: {name: ${name}}\nnodes: ${nodes}\n`;
const A100 = '{gpuType: A100-80G}';

describe('golden files', () => {
  const folder = new URL('../fixtures/manifests/', import.meta.url);
  for (const file of readdirSync(folder).filter((name) => /^(pool|quota)-.*\.gpuctl\.yaml$/.test(name)))
    test(`${file} passes the strict validation of the API server`, async () => {
      const plan = await planOnly(submitting(readFileSync(new URL(file, folder), 'utf8')));
      assert.equal(plan.outcome, 'created');
    });
});

describe('a pool', () => {
  test('is made of a node without a pool and of one that moves; jobs land there; what is not there is named', async () => {
    const text = pool('eval-pool', `{n4: ${A100}, c1: {}, n44: {}}`);
    const plan = await carryOut(submitting(text));
    assert.deepEqual(done(plan), [
      'leave Namespace/gpuctl-system',
      'create ConfigMap/gpuctl-system/gpuctl-pool-eval-pool',
      'change Node/n4',
      'change Node/c1',
    ]);
    assert.deepEqual(
      plan.changes.flatMap(({ fields }) => fields),
      ['metadata.labels.gpuctl/pool', 'metadata.labels.gpuctl/pool'],
    );
    assert.equal(plan.outcome, 'created');
    const [ask, ...others] = english(plan.asks);
    assert.match(
      ask ?? '',
      /^Node n4 moves from pool “training-pool” to “eval-pool”\. 1 job runs there \(vision-team\/[\w-]+\) and goes on; what starts anew needs another node of its pool\.$/,
    );
    assert.deepEqual(others, []);
    assert.match(english(plan.warnings).join(), /^This cluster has no node `n44`\./);
    assert.deepEqual(await stage.ourLabels('n4', 'c1'), {
      n4: { 'gpuctl/pool': 'eval-pool', 'gpuctl/gpu-type': 'A100-80G' },
      c1: { 'gpuctl/pool': 'eval-pool' },
    });
    const { data } = await stage.admin.get(`${CONFIG_MAPS}/gpuctl-pool-eval-pool`);
    assert.deepEqual(data, { 'pool.yaml': text, nodes: 'n4\nc1\nn44\n' });

    const pair = await stage.connect('ml-engineer');
    await submitText(pair, job('on-eval', 'sleep 60', 'resources: {pool: eval-pool, gpu: 2, gpuType: a100-80g}\n'));
    const running = await pair.until('running', async () => {
      const found = await findJob(pair, ref('on-eval'));
      return found?.podsRunning === 1 && found;
    });
    assert.deepEqual(
      running.pods.map(({ node }) => node),
      ['n4'],
    );

    const again = await carryOut(submitting(text));
    assert.equal(again.outcome, 'unchanged');
    assert.deepEqual(again.asks, []);
    const before = (await stage.admin.get(`${CONFIG_MAPS}/gpuctl-pool-eval-pool`)).metadata.resourceVersion;
    await carryOut(submitting(text));
    assert.equal((await stage.admin.get(`${CONFIG_MAPS}/gpuctl-pool-eval-pool`)).metadata.resourceVersion, before);

    const without = await carryOut(submitting(pool('eval-pool', `{n4: ${A100}}`)));
    assert.deepEqual([without.outcome, done(without).at(-1)], ['changed', 'change Node/c1']);
    assert.deepEqual(
      english(without.asks),
      ['Node c1 leaves pool “eval-pool”. No job runs there.'],
      'though it is idle',
    );
    assert.deepEqual(await stage.ourLabels('c1'), { c1: {} });

    const deletion = await planOnly(deleting({ kind: 'pool', name: 'eval-pool' }));
    assert.deepEqual(done(deletion), [
      'remove ConfigMap/gpuctl-system/gpuctl-pool-eval-pool',
      'change Node/n4',
      'leave Namespace/gpuctl-system',
    ]);
    assert.match(
      english(deletion.asks).join(),
      /^Node n4 leaves pool “eval-pool”\. 2 jobs run there \(ml-team\/on-eval, vision-team\//,
    );
    await carryOut(deleting({ kind: 'pool', name: 'eval-pool' }));
    assert.deepEqual(await stage.ourLabels('n4'), { n4: {} });
    assert.equal(await stage.statusOf(`${CONFIG_MAPS}/gpuctl-pool-eval-pool`), 404);
    assert.equal((await errorOf(planOnly(deleting({ kind: 'pool', name: 'eval-pool' })))).code, 'settings.gone');
    assert.equal((await findJob(pair, ref('on-eval')))?.podsRunning, 1, 'what runs goes on');
    await remove(pair, ref('on-eval'));
    const { data: kept } = await stage.admin.get(`${CONFIG_MAPS}/gpuctl-pool-training-pool`);
    await carryOut(submitting(kept['pool.yaml']));
    assert.deepEqual(await stage.ourLabels('n4'), {
      n4: { 'gpuctl/pool': 'training-pool', 'gpuctl/gpu-type': 'A100-80G' },
    });
  });

  test('cut off after any write is finished by the next submit, and its deletion by the next delete', async () => {
    const text = pool('cut-pool', '{c1: {gpuType: X}, d1: {gpuType: L40S-48G}}');
    const wanted = {
      c1: { 'gpuctl/pool': 'cut-pool', 'gpuctl/gpu-type': 'X' },
      d1: { 'gpuctl/pool': 'cut-pool', 'gpuctl/gpu-type': 'L40S-48G' },
    };
    let ends = 0;
    for (let writes = 0; ends < 2; writes++) {
      assert.ok(writes < 10);
      ends = 0;
      if (await cutOff(submitting(text), writes)) ends++;
      await carryOut(submitting(text));
      assert.deepEqual(await stage.ourLabels('c1', 'd1'), wanted);
      assert.equal(await stage.statusOf(`${CONFIG_MAPS}/gpuctl-pool-cut-pool`), 200);
      assert.equal((await planOnly(submitting(text))).outcome, 'unchanged');

      const name: SettingsName = { kind: 'pool', name: 'cut-pool' };
      if (await cutOff(deleting(name), writes)) ends++;
      else await carryOut(deleting(name));
      assert.deepEqual(await stage.ourLabels('c1', 'd1'), { c1: {}, d1: {} });
      assert.equal(await stage.statusOf(`${CONFIG_MAPS}/gpuctl-pool-cut-pool`), 404);
    }
    const { data } = await stage.admin.get(`${CONFIG_MAPS}/gpuctl-pool-dev-pool`);
    await carryOut(submitting(data['pool.yaml']));
  });

  test('a node that goes while it is done is told, the others have their labels', async () => {
    await stage.admin.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'ghost' } });
    const text = pool('ghost-pool', '{ghost: {}, c1: {}}');
    const failure = await errorOf(
      stage.administrator.use(async (cluster) => {
        const { carryOut } = await submitting(text)(stage.administrator, cluster);
        await stage.admin.call('DELETE', '/api/v1/nodes/ghost');
        await carryOut(never);
      }),
    );
    assert.equal(failure.code, 'settings.partly');
    assert.match(failure.say, /^“ghost-pool” is done only in part: 2 of 3 steps\. Node ghost: /);
    assert.deepEqual(await stage.ourLabels('c1'), { c1: { 'gpuctl/pool': 'ghost-pool' } });
    const next = await carryOut(submitting(text));
    assert.deepEqual([next.outcome, next.warnings.length], ['unchanged', 1]);
    await carryOut(deleting({ kind: 'pool', name: 'ghost-pool' }));
  });

  test('says what may not be done, all at once and before anything is written', async () => {
    const refused = await errorOf(planOnly(submitting(pool('mine', '{n1: {}, n2: {}, c1: {}}')), stage.engineer));
    assert.equal(refused.code, 'settings.refused');
    assert.match(refused.say, /You \(“ml-engineer”\) may not change nodes in the whole cluster “demo”\./);
    assert.match(refused.say, /You \(“ml-engineer”\) may not \w+ configmaps in namespace “gpuctl-system”\./);
    assert.equal(refused.say.split('may not').length, 3, 'each right once');
    assert.match(refused.hint, /Ask the administrator of “demo”/);
    assert.equal(await stage.statusOf(`${CONFIG_MAPS}/gpuctl-pool-mine`), 404);
    assert.equal((await errorOf(planOnly(submitting(pool('Mine', '{}'))))).code, 'settings.pool-name');
    assert.equal(
      (await errorOf(planOnly(submitting(pool('mine', '{c1: {gpuType: A 100}}'))))).code,
      'settings.gpu-type',
    );
  });

  test('of the same name from somebody else or another file is not overwritten unasked', async () => {
    const name: SettingsName = { kind: 'pool', name: 'shared' };
    await stage.admin.create({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'engineer-of-pools' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'ml-engineer' }],
    });
    const first = pool('shared', '{c1: {}}').replace('shared}', 'shared, site: {restricted: true}}');
    assert.deepEqual((await carryOut(submitting(first, 'pools/a.yaml'), stage.engineer)).asks, []);
    const { annotations } = (await stage.admin.get(`${CONFIG_MAPS}/gpuctl-pool-shared`)).metadata;
    assert.equal(annotations['gpuctl/submitted-by'], 'ml-engineer');
    assert.equal(annotations['gpuctl/source-path'], 'pools/a.yaml');
    const same = await carryOut(submitting(first, 'copy.yaml'));
    assert.deepEqual(
      [same.outcome, same.asks],
      ['unchanged', []],
      'the same document says nothing new, whoever sends it',
    );

    const other = pool('shared', '{}');
    const asked = await planOnly(submitting(other, 'b.yaml'));
    assert.deepEqual(english(asked.asks), [
      'The pool “shared” that is there was submitted by ml-engineer.',
      'The pool “shared” was only for those who have a right to it. Everybody may use it then.',
      'Node c1 leaves pool “shared”. No job runs there.',
    ]);
    const mine = await planOnly(submitting(other, 'b.yaml'), stage.engineer);
    assert.equal(english(mine.asks)[0], 'The pool “shared” that is there was submitted from pools/a.yaml.');
    assert.equal((await planOnly(submitting(other, 'pools/a.yaml'), stage.engineer)).asks.length, 2, 'the same file');
    await carryOut(deleting(name));
    await stage.admin.call('DELETE', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/engineer-of-pools');
  });

  test('keeps no secret of its document where everybody reads it', async () => {
    const text = 'kind: pool\npool:\n  name: open\n  site: {prometheus: "http://me:hunter2hunter2@prometheus:9090"}\n';
    const plan = await carryOut(submitting(text));
    assert.match(english(plan.warnings).join(), /^What looks like a secret is not kept with the pool “open”/);
    assert.ok(!JSON.stringify(await stage.admin.get(`${CONFIG_MAPS}/gpuctl-pool-open`)).includes('hunter2'));
    await carryOut(deleting({ kind: 'pool', name: 'open' }));
  });

  test('leaves alone what gpuctl did not make', async () => {
    await stage.admin.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'gpuctl-pool-foreign', namespace: 'gpuctl-system' },
      data: { mine: 'yes' },
    });
    const refused = await errorOf(planOnly(submitting(pool('foreign', '{c1: {}}'))));
    assert.equal(
      refused.say,
      'The ConfigMap “gpuctl-pool-foreign” in namespace gpuctl-system was not made by gpuctl and stays untouched.',
    );
    assert.equal((await errorOf(planOnly(deleting({ kind: 'pool', name: 'foreign' })))).code, 'settings.name-taken');
    assert.deepEqual((await stage.admin.get(`${CONFIG_MAPS}/gpuctl-pool-foreign`)).data, { mine: 'yes' });
    assert.deepEqual(await stage.ourLabels('c1'), { c1: {} });
  });
});

describe('a quota', () => {
  const quotas = (namespace: string) => `/api/v1/namespaces/${namespace}/resourcequotas`;
  const text = (namespaces: string) => `kind: quota\nquota: {name: lab}\nnamespace: ${namespaces}\n`;

  test('makes namespaces, refuses the next job, and lets it in when it is gone', async () => {
    const plan = await carryOut(submitting(text('{ml-research: {gpu: 2}, lab-new: {gpu: 1}}')));
    assert.deepEqual(done(plan), [
      'leave Namespace/ml-research',
      'create Namespace/lab-new',
      'create ResourceQuota/ml-research/lab-ml-research',
      'create ResourceQuota/lab-new/lab-lab-new',
    ]);
    const { kubeconfig } = stage.cluster;
    const pair = await stage.connect('ml-engineer', {
      connection: { kubeconfig, context: 'ml-engineer', namespace: 'ml-research' },
    });
    const limit = async () => (await stage.admin.get(`${quotas('ml-research')}/lab-ml-research`)).status?.hard;
    await pair.until('counted', limit);
    const large = job('too-large', 'sleep 60', 'resources: {pool: training-pool, gpu: 3}\n');
    const refused = await failureOf(submitText(pair, large));
    assert.equal(refused.code, 'connection.quota');
    assert.equal(
      refused.message,
      'The quota “lab-ml-research” does not leave enough. GPUs: 3 asked for, 0 of 2 in use.',
    );

    const raised = await carryOut(submitting(text('{ml-research: {gpu: 4}, lab-new: {gpu: 1}}')));
    assert.deepEqual(
      raised.changes.flatMap(({ fields }) => fields.filter((field) => !field.startsWith('metadata.annotations.'))),
      ['spec.hard.requests.nvidia.com/gpu'],
    );
    assert.equal((await planOnly(submitting(text('{ml-research: {gpu: 4}, lab-new: {gpu: 1}}')))).outcome, 'unchanged');

    const narrowed = await carryOut(submitting(text('{ml-research: {gpu: 2}}')));
    assert.equal(done(narrowed).at(-1), 'remove ResourceQuota/lab-new/lab-lab-new');
    assert.equal(await stage.statusOf(`${quotas('lab-new')}/lab-lab-new`), 404);
    assert.equal(await stage.statusOf('/api/v1/namespaces/lab-new'), 200, 'the namespace stays');

    const deletion = await carryOut(deleting({ kind: 'quota', name: 'lab' }));
    assert.deepEqual(done(deletion), [
      'remove ResourceQuota/ml-research/lab-ml-research',
      'leave Namespace/ml-research',
    ]);
    await submitText(pair, large);
    await pair.until('running', async () => (await findJob(pair, ref('too-large', 'ml-research')))?.podsRunning === 1);
    await remove(pair, ref('too-large', 'ml-research'));
  });

  test('of another file with the same name takes nothing away unasked', async () => {
    await carryOut(submitting(text('{sandbox: {gpu: 4}}'), 'team-a.yaml'));
    const other = submitting(text('{ml-research: {gpu: 4}}'), 'team-b.yaml');
    assert.deepEqual(english((await planOnly(other)).asks), [
      'The quota “lab” that is there was submitted from team-a.yaml.',
      'Namespace sandbox is not limited by the quota “lab” any more.',
    ]);
    const wider = submitting(text('{sandbox: {gpu: 5}}'), 'team-a.yaml');
    assert.deepEqual((await carryOut(wider)).asks, []);
    const deletion = await carryOut(deleting({ kind: 'quota', name: 'lab' }));
    assert.deepEqual(english(deletion.asks), ['Namespace sandbox is not limited by the quota “lab” any more.']);
  });

  test('cut off after any write is finished by the next submit', async () => {
    for (let writes = 0, ended = false; !ended; writes++) {
      assert.ok(writes < 10);
      await carryOut(submitting(text('{sandbox: {gpu: 1}}')));
      const wide = text(`{cut-a-${writes}: {cpu: 8}, cut-b-${writes}: {memory: 1Gi}}`);
      ended = await cutOff(submitting(wide), writes);
      await carryOut(submitting(wide));
      assert.equal((await planOnly(submitting(wide))).outcome, 'unchanged');
      const { items } = await stage.admin.get('/api/v1/resourcequotas?labelSelector=gpuctl%2Fquota%3Dlab');
      assert.deepEqual(items.map(({ metadata }: { metadata: { name: string } }) => metadata.name).sort(), [
        `lab-cut-a-${writes}`,
        `lab-cut-b-${writes}`,
      ]);
    }
    await carryOut(deleting({ kind: 'quota', name: 'lab' }));
  });

  test('of one namespace needs rights in that namespace only, and says what it could not look at', async () => {
    assert.match(
      (await errorOf(planOnly(submitting(text('{ml-research: {gpu: 2}}')), stage.engineer))).say,
      /^You \(“ml-engineer”\) may not \w+ resourcequotas in namespace “ml-research”\.$/,
    );
    const name = 'quota-maker';
    await stage.admin.create({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name, namespace: 'ml-research' },
      rules: [{ apiGroups: [''], resources: ['resourcequotas'], verbs: ['get', 'create', 'patch'] }],
    });
    await stage.admin.create({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace: 'ml-research' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'ml-engineer' }],
    });
    const plan = await carryOut(submitting(text('{ml-research: {gpu: 2}}')), stage.engineer);
    assert.match(english(plan.warnings).join(), /^Whether the quota “lab” still limits other namespaces is not known/);
    await carryOut(deleting({ kind: 'quota', name: 'lab' }));
  });
});
