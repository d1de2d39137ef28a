/** What a person may not do is not offered, and says why: on a real control plane, also when rights come and go. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver/node';
import { Requests } from '../../server/src/protocol.ts';
import type { Pair } from '../server/pair.ts';
import { failureOf, findJob, job, ProductStage, ref, remove, submitText } from './productStage.ts';

const stage = new ProductStage();
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const FILE = 'file:///work/offers.gpuctl.yaml';

/** What is said of rights. */
const ofAccess = (found: readonly Diagnostic[]): string[] =>
  found.filter(({ code }) => String(code).startsWith('access.')).map(({ code, message }) => `${code}: ${message}`);

const published = (pair: Pair): string[] => ofAccess(pair.diagnostics.get(FILE)?.diagnostics ?? []);

const text = (namespace: string, name = 'elsewhere') =>
  job(name, 'true').replace(`{name: ${name}}`, `{name: ${name}, namespace: ${namespace}}`);

/** Gives a user a role of their own in a namespace, or another one in its place. */
async function give(user: string, namespace: string, rules: object[]): Promise<void> {
  const metadata = { name: `offers-${user}`, namespace };
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules };
  const url = `${RBAC}/namespaces/${namespace}`;
  await stage.admin.call('PUT', `${url}/roles/${metadata.name}`, role);
  await stage.admin.request('POST', `${url}/rolebindings`, {
    apiVersion: role.apiVersion,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
  });
}

const READ = ['get', 'list', 'watch'];
const jobs = (...verbs: string[]) => [
  { apiGroups: ['batch'], resources: ['jobs'], verbs },
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: READ },
  { apiGroups: [''], resources: ['pods', 'configmaps', 'services'], verbs: READ },
];

describe('who has all rights', () => {
  for (const context of ['admin', 'ml-engineer'])
    test(`is offered everything: ${context}`, async () => {
      const pair = await stage.connect(context);
      const namespace = context === 'admin' ? 'ml-research' : 'ml-team';
      assert.deepEqual(ofAccess(await pair.open(FILE, text(namespace))), []);
      await submitText(pair, text(namespace, 'mine').replace('"true"', '"sleep 60"'));
      const mine = ref('mine', namespace);
      await pair.until('running', async () => (await findJob(pair, mine))?.phase === 'running');
      await new Promise((resolve) => setTimeout(resolve, 1_500)); // rights were asked for by the looks before
      assert.equal((await findJob(pair, mine))?.refused, undefined);
      assert.deepEqual(published(pair), []);
      await remove(pair, mine);
    });
});

describe('who lacks rights', () => {
  test('hears before the submit where they may not, in both languages, and without nodes or pods to see', async () => {
    const said = {
      en: 'access.may-not-submit: You may not submit training jobs to namespace vision-team in cluster demo. Ask its administrator for “create” on jobs there, or choose another namespace.',
      'zh-cn':
        'access.may-not-submit: 您无权向集群 demo 的命名空间 vision-team 提交训练任务。请向管理员申请该命名空间中 jobs 的“create”权限，或选择其他命名空间。',
    } as const;
    for (const [context, language] of [
      ['ml-engineer', 'en'],
      ['restricted', 'zh-cn'],
    ] as const) {
      const pair = await stage.connect(context, { language });
      await pair.open(FILE, text('vision-team'));
      await pair.until('told', () => published(pair).length > 0);
      assert.deepEqual(published(pair), [said[language]]);
      const own = context === 'restricted' ? 'sandbox' : 'ml-research';
      await pair.change(FILE, text(own));
      await pair.until('said no more', () => published(pair).length === 0);
    }
  });

  test('hears of pools and quotas that are not theirs to change', async () => {
    const pair = await stage.connect('ml-engineer');
    await pair.open(FILE, 'kind: pool\npool: {name: training-pool}\nnodes: {n1: {}}\n');
    // Of what is lacking, what is known first is told first.
    await pair.until('told', () =>
      /may not submit a pool to cluster demo.*“create” on configmaps/.test(published(pair)[0] ?? ''),
    );
  });

  test('is not offered what they may not do with a job that they see', async () => {
    const owner = await stage.connect('ml-engineer');
    await submitText(owner, text('ml-research', 'watched').replace('"true"', '"sleep 120"'));
    await give('restricted', 'ml-research', jobs(...READ));
    const viewer = await stage.start({
      connection: { kubeconfig: stage.cluster.kubeconfig, context: 'restricted', namespace: 'ml-research' },
    });
    await viewer.open(FILE, text('ml-research'));
    const refused = await viewer.until('refused', async () => {
      const found = (await findJob(viewer, ref('watched', 'ml-research')))?.refused;
      return found && Object.keys(found).length === 5 ? found : undefined;
    });
    assert.equal(
      refused.delete,
      'You may not delete training jobs in namespace ml-research of cluster demo. Ask its administrator for “delete” on jobs.',
    );
    assert.match(refused.stop ?? '', /^You may not stop training jobs .*“patch” on jobs\.$/);
    assert.match(refused.log ?? '', /^You may not read logs .*“get” on pods\/log\.$/);
    assert.match(refused.terminal ?? '', /^You may not .*“create” on pods\/exec\.$/);
    assert.match(refused.forward ?? '', /^You may not .*“create” on pods\/portforward\.$/);
    await remove(owner, ref('watched', 'ml-research'));
  });

  test('hears that a pool is for others only; who may use it hears nothing', async () => {
    const admin = await stage.connect('admin');
    await submitText(admin, 'kind: pool\npool: {name: vip, site: {restricted: true}}\nnodes: {c1: {}}\n', 'yes');
    const asked = job('vip', 'true', 'resources: {pool: vip}\n');
    const engineer = await stage.connect('ml-engineer');
    await engineer.open(FILE, asked);
    await engineer.until('told', () => published(engineer).length > 0);
    assert.deepEqual(published(engineer), [
      'access.pool-restricted: The pool vip is not for everybody, and you may not use it. Ask the administrator of cluster demo for “use” on it, or name another pool.',
    ]);
    assert.match((await failureOf(submitText(engineer, asked))).message, /vip.*not for everybody/);
    await admin.open(FILE, asked);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.deepEqual(published(admin), []);
  });
});

describe('rights that come and go', () => {
  test('are followed within seconds of a refusal, and offered again when they are back', async () => {
    const namespace = 'ml-research';
    await give('restricted', namespace, jobs(...READ, 'create', 'patch', 'delete'));
    const owner = await stage.connect('ml-engineer');
    await submitText(owner, text(namespace, 'revoked').replace('"true"', '"sleep 120"'));
    const pair = await stage.start({
      connection: { kubeconfig: stage.cluster.kubeconfig, context: 'restricted', namespace },
    });
    await pair.open(FILE, text(namespace));
    const known = ref('revoked', namespace);
    const refusedNow = async () => Object.keys((await findJob(pair, known))?.refused ?? {}).sort();
    await pair.until(
      'all but the log, a terminal and a forward',
      async () => (await refusedNow()).join() === 'forward,log,terminal',
    );
    assert.deepEqual(published(pair), []);

    await give('restricted', namespace, jobs(...READ));
    const { context } = pair.connection ?? {};
    const failure = await failureOf(pair.ask(Requests.stop, { job: known, ...(context && { context }) }));
    assert.match(`${failure.message} ${failure.hint}`, /may not change jobs.*“patch”/);
    const began = Date.now();
    await pair.until('not offered', async () => (await refusedNow()).join() === 'delete,forward,log,stop,terminal');
    await pair.until('told in the document', () => published(pair).length > 0);
    assert.ok(Date.now() - began < 5_000, `${Date.now() - began} ms after the refusal`);

    await give('restricted', namespace, jobs(...READ, 'create', 'patch', 'delete'));
    await pair.until('allowed now', async () => !(await pair.ask(Requests.refusal, { job: known, gesture: 'stop' })));
    await pair.until('offered again', async () => (await refusedNow()).join() === 'forward,log,terminal');
    await pair.until('said no more', () => published(pair).length === 0);
    await remove(owner, known);
  });

  test('are unknown with an expired token: nothing is claimed', async () => {
    const kubeconfig = path.join(stage.folder, 'offers-expired');
    const known = JSON.parse(readFileSync(stage.cluster.kubeconfig, 'utf8'));
    known.users = known.users.map(({ name }: { name: string }) => ({ name, user: { token: 'expired' } }));
    writeFileSync(kubeconfig, JSON.stringify(known));
    const pair = await stage.start({ connection: { kubeconfig, context: 'ml-engineer' } });
    await pair.open(FILE, text('vision-team'));
    await pair.until('failed', () => pair.connection?.phase === 'failed');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.deepEqual(published(pair), []);
  });
});
