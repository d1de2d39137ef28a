/** A document that is read off the resources of a job gives the same resources again; what does not is said. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocument } from '../../server/src/kinds/document.ts';
import { kindNamed } from '../../server/src/kinds/index.ts';
import { isJob, type JobModel, type Kind } from '../../server/src/kinds/kind.ts';
import type { BuiltJob } from '../../server/src/kinds/manifests/built.ts';
import { OFFLINE, type Site } from '../../server/src/kinds/manifests/site.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { mergePatch } from '../../server/src/model/mergePatch.ts';
import { readJob } from '../../server/src/operations/rebuild/readJob.ts';
import { explained, rebuild } from '../../server/src/operations/rebuild/rebuild.ts';
import { manifestFixtures } from './manifestFixtures.ts';
import { sayIn } from './openText.ts';

/** The objects as a cluster has them once the job runs; what was noted down with the submit is gone. */
function running({ main, start, owned, kept }: BuiltJob): { main: KubeObject; parts: KubeObject[] } {
  const live = mergePatch(main, start);
  const { annotations = {} } = live.metadata;
  const rest = Object.fromEntries(Object.entries(annotations).filter(([key]) => !/\/(?:source|spec-hash)/.test(key)));
  return {
    main: { ...live, metadata: { ...live.metadata, annotations: rest } },
    parts: [...owned.filter(({ kind }) => kind !== 'Secret'), ...kept],
  };
}

/** The meaning of a text that has no error. */
function modelOf(text: string): JobModel {
  const document = readDocument(text, 'gpuctl');
  const errors = document?.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  assert.deepEqual(errors, [], text);
  assert.ok(isJob(document?.model), text);
  return document.model;
}

function resourcesOf(model: JobModel, site: Site) {
  const { main, start, kept, owned } = (kindNamed(model.kind) as Kind).build(model, site) as BuiltJob;
  const { annotations: _, ...metadata } = main.metadata;
  return { main: { ...main, metadata }, start, kept, owned };
}

/** Parts of two models that differ, such as `demand.pods`. Arguments count wherever they come from. */
function differences(one: JobModel, other: JobModel): string[] {
  const flat = (value: unknown, path: string): [string, string][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, child]) => flat(child, path ? `${path}.${key}` : key))
      : [[path, JSON.stringify(value ?? null)]];
  const parts = ({ sections: _, tool: __, addedArgs, ...model }: JobModel) => {
    const args = [...model.environment.args, ...addedArgs];
    return new Map(flat({ ...model, environment: { ...model.environment, args } }, ''));
  };
  const [a, b] = [parts(one), parts(other)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => (a.get(key) ?? 'null') !== (b.get(key) ?? 'null'));
}

/** What a key in the comment stands for in the model. */
const MEANT: Record<string, RegExp> = {
  output: /^output/,
  distributed: /^distributed|^demand\.sameRack/,
  engine: /^engine/,
  autoscaling: /^autoscaling/,
  'service.timeout': /^service\.timeoutSeconds/,
  'service.replicas': /^service\.replicas|^demand\.pods/,
  'resources.gpuShare': /^demand\.gpus/,
};

describe('every golden job, rebuilt from its resources', () => {
  for (const { name, model, built, site } of manifestFixtures()) {
    test(name, () => {
      const { main, parts } = running(built);
      const base = { ...OFFLINE, nodes: site.nodes, pool: site.pool };
      const rebuilt = rebuild(main, parts, base);
      const again = modelOf(rebuilt.text);
      const hasSecret = rebuilt.text.includes('<secret>');
      if (!hasSecret) {
        assert.deepEqual(rebuilt.lost, []);
        const { site: seen } = readJob(main, parts, base);
        assert.deepEqual(resourcesOf(again, seen), resourcesOf(model, site));
      }
      for (const key of differences(model, again)) {
        if (key === 'namespace' || (hasSecret && key.startsWith('environment'))) continue;
        const isSaid = rebuilt.traceless.some((one) => MEANT[one]?.test(key));
        assert.ok(isSaid, `${key} differs, and nothing says so\n${rebuilt.text}`);
      }
    });
  }
});

describe('what others made', () => {
  const raw: KubeObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'chat', namespace: 'team', labels: { 'runwhere.ai/job-type': 'inference' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'chat' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: {
        metadata: { labels: { app: 'chat', team: 'nlp' } },
        spec: {
          restartPolicy: 'Always',
          dnsPolicy: 'ClusterFirst',
          schedulerName: 'default-scheduler',
          securityContext: {},
          terminationGracePeriodSeconds: 30,
          nodeSelector: { 'runwhere.ai/pool': 'serving', 'kubernetes.io/arch': 'amd64' },
          initContainers: [{ name: 'fetch', image: 'fetch:1' }],
          containers: [
            {
              name: 'server',
              image: 'vllm/vllm-openai:v0.8.5',
              imagePullPolicy: 'IfNotPresent',
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              args: ['--model', '/models/q'],
              env: [
                { name: 'HF_TOKEN', value: 'hf_abcdefghijklmnopqrstuv' },
                { name: 'WANDB_API_KEY', valueFrom: { secretKeyRef: { name: 'wandb', key: 'key' } } },
                { name: 'REGION', valueFrom: { configMapKeyRef: { name: 'site', key: 'region' } } },
              ],
              envFrom: [{ configMapRef: { name: 'all' } }],
              ports: [{ containerPort: 9000, protocol: 'TCP' }],
              readinessProbe: { httpGet: { path: '/ready', port: 9000 }, periodSeconds: 7 },
              resources: {
                limits: { 'nvidia.com/gpu': '2', memory: '64Gi' },
                requests: { 'nvidia.com/gpu': '2', memory: '32Gi', cpu: '4' },
              },
              volumeMounts: [
                { name: 'models', mountPath: '/models', readOnly: true },
                { name: 'conf', mountPath: '/etc/conf' },
              ],
            },
            { name: 'proxy', image: 'envoy:1' },
          ],
          volumes: [
            { name: 'models', persistentVolumeClaim: { claimName: 'models' } },
            { name: 'conf', configMap: { name: 'conf' } },
          ],
        },
      },
    },
  };
  const service: KubeObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'chat', namespace: 'team' },
    spec: { type: 'NodePort', selector: { app: 'chat' }, ports: [{ port: 80, targetPort: 9000 }] },
  };
  const rebuilt = rebuild(raw, [service]);

  test('becomes a document that is right', () => {
    const model = modelOf(rebuilt.text) as JobModel & { service: object };
    const { demand, environment, workdirs } = model;
    assert.deepEqual(
      [model.kind, model.name, model.namespace, demand.pool, demand.gpusPerPod, demand.pods],
      ['inference', 'chat', 'team', 'serving', 2, 2],
    );
    assert.deepEqual(environment.env, [
      { name: 'HF_TOKEN', value: '<secret>' },
      { name: 'WANDB_API_KEY', secret: 'wandb', key: 'key' },
    ]);
    assert.deepEqual(workdirs, [{ path: '/models', readOnly: true, source: { from: 'claim', name: 'models' } }]);
    assert.deepEqual(model.service, {
      replicas: 2,
      port: 9000,
      healthCheck: '/ready',
      timeoutSeconds: undefined,
      expose: 'nodePort',
    });
  });

  test('with everything that a document cannot say named, and nothing that the cluster filled in', () => {
    assert.deepEqual(rebuilt.lost, [
      'containers: proxy',
      'env: REGION',
      'volumes: conf',
      'labels: team',
      'initContainers',
      'nodeSelector: kubernetes.io/arch',
      'envFrom',
      'readinessProbe',
      'args',
      'resources.requests: memory',
    ]);
    const text = explained(rebuilt, raw, 'prod', sayIn('en'));
    assert.match(text, /^# Rebuilt from what runs: inference chat in team, cluster prod\./);
    assert.match(text, /# {3}- initContainers\n/);
    assert.match(explained(rebuilt, raw, 'prod', sayIn('zh-cn')), /^# 根据集群 prod/);
    modelOf(text);
  });

  test('holds no secret', () => {
    assert.doesNotMatch(rebuilt.text, /hf_abc/);
  });

  test('of a Job on several nodes that gpuctl did not make is one node, and says so', () => {
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'sweep', namespace: 'team' },
      spec: {
        parallelism: 4,
        completions: 20,
        backoffLimit: 6,
        ttlSecondsAfterFinished: 60,
        template: {
          spec: { restartPolicy: 'OnFailure', containers: [{ name: 'x', image: 'sweep:1', command: ['run'] }] },
        },
      },
    };
    const { text, lost } = rebuild(job, []);
    const model = modelOf(text);
    assert.deepEqual([model.kind, model.demand.pods], ['training', 1]);
    assert.deepEqual(lost, ['parallelism', 'completions', 'ttlSecondsAfterFinished', 'restartPolicy']);
  });
});
