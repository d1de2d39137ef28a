/** The roles and the policy that the documentation gives to platform engineers, on a real control plane. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type KubernetesObject, until } from './apiClient.ts';
import { documentedObjects } from './documentedObjects.ts';
import { deleting, errorOf, SettingsStage, submitting } from './settingsStage.ts';

const stage = new SettingsStage();
const USER = 'restricted';

/** Where objects of a kind are made. */
const COLLECTIONS: Record<string, string> = {
  ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
  Role: '/apis/rbac.authorization.k8s.io/v1/namespaces/%/roles',
  RoleBinding: '/apis/rbac.authorization.k8s.io/v1/namespaces/%/rolebindings',
  ValidatingAdmissionPolicy: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies',
  ValidatingAdmissionPolicyBinding: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings',
};
const create = ({ kind, metadata, ...rest }: KubernetesObject): Promise<KubernetesObject> =>
  stage.admin.call('POST', `${COLLECTIONS[kind]?.replace('%', metadata.namespace)}?fieldValidation=Strict`, {
    kind,
    metadata,
    ...rest,
  });

/** Gives the role of a page to the user. */
async function grant(role: KubernetesObject): Promise<void> {
  const { kind, metadata } = role;
  await create(role);
  await create({
    apiVersion: role.apiVersion,
    kind: `${kind}Binding`,
    metadata: { name: `${metadata.name}-${USER}`, namespace: metadata.namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: metadata.name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: USER }],
  });
}

describe('both languages', () => {
  for (const page of ['submit', 'pools', 'quotas'])
    test(`give the same objects in ${page}`, () => {
      assert.ok(documentedObjects(`${page}.md`).length);
      assert.deepEqual(documentedObjects(`${page}.zh-cn.md`), documentedObjects(`${page}.md`));
    });
});

describe('who has the role', () => {
  test('of pools makes, changes and deletes a pool, and nobody without it', async () => {
    const text = (gpus: string) => `kind: pool\npool: {name: by-role}\nnodes: {n4: {gpuType: ${gpus}}}\n`;
    assert.match((await errorOf(stage.planOnly(submitting(text('A100-80G')), stage.sessionOf(USER)))).say, /may not/);
    for (const role of documentedObjects('pools.md')) await grant(role);
    const allowed = () => stage.planOnly(submitting(text('A100-80G')), stage.sessionOf(USER)).catch(() => undefined);
    await until('the right is seen by who was refused just now', allowed, 15_000, 500);
    assert.equal((await stage.carryOut(submitting(text('A100-80G')), stage.sessionOf(USER))).outcome, 'created');
    assert.equal((await stage.carryOut(submitting(text('H100-80G')), stage.sessionOf(USER))).outcome, 'changed');
    await stage.carryOut(deleting({ kind: 'pool', name: 'by-role' }), stage.sessionOf(USER));
  });

  test('of quotas makes, changes and deletes a quota, and nobody without it', async () => {
    const text = (gpu: number) => `kind: quota\nquota: {name: by-role}\nnamespace: {lab-by-role: {gpu: ${gpu}}}\n`;
    assert.match((await errorOf(stage.planOnly(submitting(text(2)), stage.sessionOf(USER)))).say, /may not/);
    for (const role of documentedObjects('quotas.md')) await grant(role);
    const allowed = () => stage.planOnly(submitting(text(2)), stage.sessionOf(USER)).catch(() => undefined);
    await until('the right is seen by who was refused just now', allowed, 15_000, 500);
    assert.equal((await stage.carryOut(submitting(text(2)), stage.sessionOf(USER))).outcome, 'created');
    assert.equal((await stage.carryOut(submitting(text(1)), stage.sessionOf(USER))).outcome, 'changed');
    await stage.carryOut(deleting({ kind: 'quota', name: 'by-role' }), stage.sessionOf(USER));
  });
});

describe('the policy of a restricted pool', () => {
  const objects = documentedObjects('submit.md').filter(({ metadata }) => /h800/.test(metadata.name));
  const pod = (own: object, gpus = 1) => ({
    containers: [{ name: 'main', image: 'x:1', ...(gpus && { resources: { limits: { 'nvidia.com/gpu': gpus } } }) }],
    ...own,
  });
  const deployment = (own: object, gpus?: number) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'tried' },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: 'tried' } },
      template: { metadata: { labels: { app: 'tried' } }, spec: pod(own, gpus) },
    },
  });
  const requires = (matchExpressions: object[]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
      },
    },
  });
  /** What the API server says of a workload, without effect. */
  const tryOut = async (own: object, gpus?: number): Promise<number> => {
    const url = '/apis/apps/v1/namespaces/ml-team/deployments?dryRun=All';
    const { status, text } = await stage.cluster.api('ml-engineer').request('POST', url, deployment(own, gpus));
    assert.ok(status < 300 || /The pool h800 is for those who have the right to use it/.test(text), text);
    return status;
  };
  const named = { nodeSelector: { 'gpuctl/pool': 'h800' } };

  before(async () => {
    for (const one of objects.filter(({ kind }) => /Policy/.test(kind))) await create(one);
    await until('the policy speaks', async () => (await tryOut(named)) === 403);
  });

  test('keeps out who names the pool, or does not rule it out, by label of either prefix', async () => {
    assert.equal(await tryOut({ nodeSelector: { 'runwhere.ai/pool': 'h800' } }), 403);
    assert.equal(await tryOut({}), 403, 'a GPU anywhere');
    assert.equal(await tryOut(requires([{ key: 'gpuctl/pool', operator: 'In', values: ['other', 'h800'] }])), 403);
    assert.equal(await tryOut(named, 0), 403, 'without a GPU, by name');
  });

  test('lets pass who goes elsewhere', async () => {
    assert.equal(await tryOut({ nodeSelector: { 'gpuctl/pool': 'training-pool' } }), 201);
    assert.equal(await tryOut(requires([{ key: 'gpuctl/pool', operator: 'DoesNotExist' }])), 201);
    assert.equal(await tryOut({}, 0), 201, 'without a GPU');
  });

  test('lets jobs of gpuctl into other pools and into none, and their pods with them', async () => {
    const pair = await stage.connect('ml-engineer');
    for (const pool of ['pool: training-pool, ', '']) {
      const text = `kind: training\njob: {name: elsewhere}\nenvironment: {image: x:1, command: [sh, -c, "true"]}\nresources: {${pool}gpu: 1}\n`;
      const { submitted } = await pair.submit({ uri: 'file:///work/b.gpuctl.yaml', text });
      assert.deepEqual([submitted[0]?.result, submitted[0]?.warnings], ['created', []]);
      const url = 'api/v1/%/pods?labelSelector=batch.kubernetes.io/job-name%3Delsewhere';
      await pair.until('its pod', async () => ((await stage.read(url)) as KubernetesObject)?.items.length > 0);
      await stage.admin.call('DELETE', '/apis/batch/v1/namespaces/ml-team/jobs/elsewhere?propagationPolicy=Foreground');
      await pair.until('gone', async () => (await stage.read('apis/batch/v1/%/jobs/elsewhere')) === undefined);
    }
  });

  test('lets those in who have the role', async () => {
    for (const one of objects.filter(({ kind }) => /^ClusterRole/.test(kind)))
      await create(
        one.subjects
          ? { ...one, subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'ml-engineer' }] }
          : one,
      );
    await until('the role speaks', async () => (await tryOut(named)) === 201);
    assert.equal(await tryOut({}), 201);
  });
});
