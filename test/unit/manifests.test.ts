/** What each kind of job becomes, against golden files. `GPUCTL_UPDATE_GOLDEN=1` writes them anew. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { BuiltJob } from '../../server/src/kinds/manifests/built.ts';
import { OFFLINE } from '../../server/src/kinds/manifests/site.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { goldenText, type ManifestFixture, manifestFixtures } from './manifestFixtures.ts';

const fixtures = manifestFixtures();
// biome-ignore lint/suspicious/noExplicitAny: manifests are looked at here, not handled
const templateOf = ({ built }: ManifestFixture): any => (built.main.spec as any).template;

describe('golden manifests', () => {
  for (const { name, built, goldenFile } of fixtures) {
    test(name, () => {
      const text = goldenText(built);
      if (process.env.GPUCTL_UPDATE_GOLDEN) writeFileSync(goldenFile, text);
      assert.equal(text, existsSync(goldenFile) ? readFileSync(goldenFile, 'utf8') : '');
    });
  }
});

describe('every job', () => {
  const each = (check: (fixture: ManifestFixture) => void) => {
    assert.ok(fixtures.length >= 20);
    for (const fixture of fixtures) check(fixture);
  };

  test('is made so that it cannot start, and has one way to start', () =>
    each(({ built, name }) => {
      const spec = built.main.spec as { suspend?: boolean; replicas?: number };
      assert.ok(spec.suspend === true || spec.replicas === 0, name);
    }));

  test('is tried with the very pod that it will have', () =>
    each((fixture) => {
      const { metadata, spec } = templateOf(fixture);
      assert.deepEqual(fixture.built.pod.spec, spec);
      assert.deepEqual(fixture.built.pod.metadata.labels, metadata.labels);
    }));

  test('bears the labels that all objects of ours bear', () =>
    each(({ built, name }) => {
      for (const { metadata, kind } of [built.main, ...built.owned, ...built.kept])
        assert.equal(metadata.labels?.['app.kubernetes.io/managed-by'], 'gpuctl', `${name}: ${kind}`);
    }));

  test('owns what can be found again by a name of its own', () =>
    each(({ built, name }) => {
      const names = [...built.kept, built.main, ...built.owned].map(
        (one: KubeObject) => `${one.kind}/${one.metadata.name}`,
      );
      assert.equal(new Set(names).size, names.length, name);
    }));

  test('gets no GPU by the environment', () =>
    each((fixture) => {
      const { env } = templateOf(fixture).spec.containers[0];
      assert.ok(!env.some(({ name }: { name: string }) => name === 'NVIDIA_VISIBLE_DEVICES'), fixture.name);
    }));

  test('with a GPU has shared memory and tolerates the taint of such nodes', () =>
    each((fixture) => {
      if (fixture.model.demand.gpusPerPod === 0) return;
      const { spec } = templateOf(fixture);
      assert.ok(
        spec.volumes.some(({ name }: { name: string }) => name === 'shm'),
        fixture.name,
      );
      assert.ok(spec.tolerations.length > 0, fixture.name);
    }));

  test('keeps its secrets out of all objects but Secrets', () =>
    each(({ built, name }) => {
      const others = [built.main, ...built.owned, ...built.kept].filter(({ kind }) => kind !== 'Secret');
      assert.ok(!JSON.stringify(others).includes('<generated>'), name);
    }));

  test('has one autoscaler at most', () =>
    each(({ built, name }) => {
      const scalers = built.owned.filter(({ kind }) => /Scaled|Autoscaler/.test(kind));
      assert.ok(scalers.length < 2, name);
    }));

  test('that serves has the time to start before it is given up, and a Service that leads to it', () =>
    each((fixture) => {
      const { built, name, model } = fixture;
      if (model.kind === 'training') return;
      const service = built.owned.find(({ kind }) => kind === 'Service') as KubeObject;
      const { selector, ports } = service.spec as { selector: { app: string }; ports: { targetPort: string }[] };
      const { metadata, spec } = templateOf(fixture);
      const [container] = spec.containers;
      assert.equal(selector.app, metadata.labels.app, name);
      assert.equal(ports[0]?.targetPort, container.ports[0].name, name);
      const { startupProbe } = container;
      if (!startupProbe) return;
      const { progressDeadlineSeconds } = built.main.spec as { progressDeadlineSeconds: number };
      assert.ok(progressDeadlineSeconds > startupProbe.periodSeconds * startupProbe.failureThreshold, name);
    }));

  test('that is scaled is measured by its own pods, and not by those of a name that begins alike', () => {
    const fixture = fixtures.find(({ name }) => name === 'inference-vllm-keda') as ManifestFixture;
    const scaler = fixture.built.owned.find(({ kind }) => kind === 'ScaledObject') as KubeObject;
    const { triggers } = scaler.spec as { triggers: { metadata: { query: string } }[] };
    const isMeasured = (pod: string) =>
      triggers.every(({ metadata: { query } }) => {
        const patterns = [...query.matchAll(/pod=~"([^"]*)"/g)].map(([, one]) => new RegExp(`^(?:${one})$`)); // PromQL anchors
        return patterns.length > 0 && patterns.every((one) => one.test(pod));
      });
    assert.ok(isMeasured('qwen-72b-7c9d5f8b6d-x2k4p'));
    for (const other of [
      'qwen-72b-chat-7c9d5f8b6d-x2k4p',
      'qwen-72b-0',
      'qwen-72b-r2-x2k4p',
      'my-qwen-72b-7c9d5f8b6d-x2k4p',
    ])
      assert.ok(!isMeasured(other), other);
  });
});

test('what people write of a job is without its secrets where everybody can read it', () => {
  const text = `kind: inference
job: {name: told, description: "deployed with token=abcd1234efgh"}
environment: {image: "vllm/vllm-openai:v0.8", command: [vllm, serve, /models/x]}
model: {source: "https://bob:s3cret99@host/x"}
`;
  const document = readDocument(text, 'gpuctl');
  assert.ok(document?.kind && document.model, JSON.stringify(document?.findings));
  const built = document.kind.build(document.model, OFFLINE) as BuiltJob;
  const told = JSON.stringify([built.main.metadata, built.owned.map(({ metadata }) => metadata)]);
  assert.doesNotMatch(told, /abcd1234efgh|s3cret99/);
  assert.match(told, /deployed with token=<secret>/);
});
