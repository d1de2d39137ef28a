/** The golden manifests before the real API server, the real scheduler and the real CRD of KEDA. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { type ManifestFixture, manifestFixtures } from '../unit/manifestFixtures.ts';
import { type ApiClient, collectionOf, type KubernetesObject, until } from './apiClient.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { installCrds, KEDA } from './crds.ts';

let cluster: Cluster;
let api: ApiClient;
before(async () => {
  cluster = await startCluster();
  api = cluster.api('admin');
  await installCrds(api, KEDA);
});
after(() => cluster?.stop());

const objectsOf = ({ built }: ManifestFixture): KubeObject[] => [...built.kept, built.main, ...built.owned, built.pod];
const fixtures = manifestFixtures();

describe('the API server takes every golden manifest, field by field', () => {
  for (const fixture of fixtures) {
    test(fixture.name, async () => {
      for (const object of objectsOf(fixture)) {
        const url = `${collectionOf(inTeam(object))}?dryRun=All&fieldValidation=Strict`;
        const answer = await api.request('POST', url, inTeam(object));
        assert.equal(answer.status, 201, `${object.kind}: ${answer.body?.message}`);
      }
    });
  }

  test('and finds what is wrong, also in the autoscaler of KEDA', async () => {
    const scaled = fixtures.flatMap(objectsOf).find(({ kind }) => kind === 'ScaledObject') as KubeObject;
    const wrong = { ...scaled, spec: { ...(scaled.spec as object), minReplicas: 1 } };
    const answer = await api.request('POST', `${collectionOf(wrong)}?dryRun=All&fieldValidation=Strict`, wrong);
    assert.equal(answer.status, 400);
    assert.match(answer.body.message, /minReplicas/);
  });
});

/** Offline manifests name no namespace. */
const inTeam = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: { namespace: 'ml-team', ...object.metadata },
});

describe('the scheduler finds a place for', () => {
  for (const fixture of fixtures.filter(({ binds }) => binds > 0)) {
    test(`${fixture.name}, ${fixture.binds}`, async () => {
      const { built, binds, model } = fixture;
      const main = asleep(built.main);
      const url = `${collectionOf(main)}/${main.metadata.name}`;
      const pods = async (): Promise<KubernetesObject[]> => {
        const { items } = await api.get('/api/v1/namespaces/ml-team/pods');
        return items.filter(
          ({ metadata }: KubernetesObject) =>
            metadata.labels?.['batch.kubernetes.io/job-name'] === model.name || metadata.labels?.app === model.name,
        );
      };
      for (const claim of built.kept) await api.create(claim);
      const { metadata } = await api.create(main);
      const owner = {
        apiVersion: main.apiVersion,
        kind: main.kind,
        name: model.name,
        uid: metadata.uid,
        controller: true,
      };
      for (const object of built.owned)
        await api.create({ ...object, metadata: { ...object.metadata, ownerReferences: [owner] } });
      await sleepALittle();
      assert.deepEqual(await pods(), [], 'nothing starts before it is let go');
      await api.call('PATCH', url, built.start);
      const placed = await until('a node for each', async () => {
        const found = (await pods()).filter(({ spec }) => spec.nodeName);
        return found.length === binds && found;
      });
      const nodes = placed.map(({ spec }) => spec.nodeName);
      if (model.demand.onePodPerNode) assert.equal(new Set(nodes).size, binds, String(nodes));
      await api.call('DELETE', `${url}?propagationPolicy=Background`);
      for (const claim of built.kept) await api.call('DELETE', `${collectionOf(claim)}/${claim.metadata.name}`);
      await until('gone', async () => (await pods()).length === 0);
      for (const object of built.owned)
        await until('what it owns is gone', async () => {
          const { status } = await api.request('GET', `${collectionOf(object)}/${object.metadata.name}`);
          return status === 404;
        });
    });
  }
});

/** The images of the fixtures are not here: the containers sleep instead, and are asked for nothing. */
function asleep(main: KubeObject): KubeObject {
  const copy = structuredClone(main) as KubernetesObject;
  const { spec } = copy.spec.template;
  spec.terminationGracePeriodSeconds = 1;
  const [container] = spec.containers;
  container.command = ['sleep', 'infinity'];
  for (const key of ['args', 'lifecycle', 'startupProbe', 'readinessProbe', 'livenessProbe']) delete container[key];
  return copy;
}

const sleepALittle = () => new Promise((resolve) => setTimeout(resolve, 300));
