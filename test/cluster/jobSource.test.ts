/** The document behind a job, on a real API server, which fills in its defaults. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocument } from '../../server/src/kinds/document.ts';
import { OFFLINE } from '../../server/src/kinds/manifests/site.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { mergePatch } from '../../server/src/model/mergePatch.ts';
import { rebuild } from '../../server/src/operations/rebuild/rebuild.ts';
import { Requests } from '../../server/src/protocol.ts';
import { manifestFixtures } from '../unit/manifestFixtures.ts';
import { collectionOf } from './apiClient.ts';
import { installCrds, KEDA } from './crds.ts';
import { ProductStage, ref, sample } from './productStage.ts';

const stage = new ProductStage();
const errorsOf = (text: string) =>
  readDocument(text, 'gpuctl')?.findings.filter(({ severity }) => severity === 'error') ?? ['no document'];

describe('the document behind a job', () => {
  test('of every golden job is rebuilt without a loss, whatever the cluster fills in', async () => {
    const api = stage.admin;
    await installCrds(api, KEDA);
    for (const { name, built, site } of manifestFixtures()) {
      const complete = async (object: KubeObject): Promise<KubeObject> => {
        const wanted = { ...object, metadata: { namespace: 'ml-team', ...object.metadata } };
        const { status, body } = await api.request('POST', `${collectionOf(wanted)}?dryRun=All`, wanted);
        assert.equal(status, 201, `${name}: ${body?.message}`);
        return { ...body, apiVersion: object.apiVersion, kind: object.kind };
      };
      const main = await complete(mergePatch(built.main, built.start));
      const parts = await Promise.all([...built.owned, ...built.kept].map(complete));
      const { text, lost } = rebuild(main, parts, { ...OFFLINE, nodes: site.nodes, pool: site.pool });
      assert.deepEqual(errorsOf(text), [], text);
      if (!text.includes('<secret>')) assert.deepEqual(lost, [], `${name}\n${text}`);
    }
    api.close();
  });

  test('is the submitted one; without its annotation it is rebuilt, and submits to the same job', async () => {
    const pair = await stage.connect('ml-engineer');
    const text = sample('1-first-job.gpuctl.yaml');
    const uri = 'file:///work/first.gpuctl.yaml';
    await pair.ask(Requests.submit, { files: [{ uri, text, path: 'first.gpuctl.yaml' }] });
    const job = ref('first-job');
    const kept = await pair.ask(Requests.jobSource, { job });
    assert.deepEqual([kept.text.trim(), kept.rebuilt, kept.path], [text.trim(), false, 'first.gpuctl.yaml']);
    const api = stage.admin;
    await api.call('PATCH', '/apis/batch/v1/namespaces/ml-team/jobs/first-job', {
      metadata: { annotations: { 'gpuctl/source': null } },
    });
    api.close();
    const rebuilt = await pair.ask(Requests.jobSource, { job });
    assert.equal(rebuilt.rebuilt, true);
    assert.deepEqual(errorsOf(rebuilt.text), []);
    assert.doesNotMatch(rebuilt.text, /Could not be rebuilt/);
    const compared = await pair.ask(Requests.compare, { uri: 'file:///work/again.gpuctl.yaml', text: rebuilt.text });
    assert.equal(compared.same, true, `${compared.before}\n${compared.after}`);
  });
});
