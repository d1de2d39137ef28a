import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { toText } from '../../l10n/index.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { kindNamed } from '../../server/src/kinds/index.ts';
import { isJob, type JobModel } from '../../server/src/kinds/kind.ts';
import type { BuiltJob } from '../../server/src/kinds/manifests/built.ts';
import { OFFLINE, type Site, type SiteNode } from '../../server/src/kinds/manifests/site.ts';
import { demoNodes, pools } from '../cluster/demo.ts';

const folder = path.join(import.meta.dirname, '../fixtures/manifests');

const node = (name: string, labels: Record<string, string>, pool: string): SiteNode => ({ name, labels, pool });

const DEMO: Partial<Site> = {
  namespace: 'ml-team',
  nodes: demoNodes.nodes.map(({ name, labels = {} }) => ({ name, labels, pool: labels['gpuctl/pool'] })),
  scaling: { by: 'none' },
  annotations: { 'spec-hash': '5f2b', 'submitted-by': 'ml-engineer' },
};
const KEDA = { by: 'keda', prometheus: 'http://prometheus-operated.monitoring:9090' } as const;
const RACK_LABEL = 'cloud.provider.com/topology-rack';

/** The sites that a fixture can name (`# site: …`); what they leave out is as in `OFFLINE`. The default is the demo cluster. */
const SITES: Record<string, Partial<Site>> = {
  demo: DEMO,
  offline: {},
  keda: { ...DEMO, scaling: KEDA },
  adapter: {
    ...DEMO,
    scaling: {
      by: 'hpa',
      podMetrics: [
        'nv_inference_pending_request_count',
        'nv_inference_request_success_per_second',
        'vllm_num_requests_waiting',
      ],
    },
  },
  fabric: {
    ...DEMO,
    pool: {
      rackLabel: RACK_LABEL,
      rdmaResource: 'rdma/hca_shared_devices_a',
      ncclSocketIfname: 'bond0',
      storageClass: 'cephfs',
    },
  },
  'host-network': { ...DEMO, pool: { network: 'host' } },
  'rack-chosen': { ...DEMO, rack: { label: RACK_LABEL, value: 'rack-2' } },
  kueue: { ...DEMO, queue: 'ml-team' },
  hami: { ...DEMO, sharing: { resource: 'nvidia.com/gpumem', unit: 'MiB', inPlaceOfGpu: false } },
  aliyun: { ...DEMO, sharing: { resource: 'aliyun.com/gpu-mem', unit: 'GiB', inPlaceOfGpu: true } },
  mig: { ...DEMO, accelerator: 'nvidia.com/mig-3g.20gb' },
  amd: {
    ...DEMO,
    accelerator: 'amd.com/gpu',
    scaling: KEDA,
    nodes: [node('m1', { 'gpuctl/pool': 'amd', 'gpuctl/gpu-type': 'MI300X' }, 'amd')],
  },
  ascend: { ...DEMO, accelerator: 'huawei.com/Ascend910' },
  older: {
    ...DEMO,
    prefix: 'runwhere.ai',
    priorityClass: false,
    nodes: [
      node('o1', { 'runwhere.ai/pool': 'training-pool', 'runwhere.ai/gpuType': 'A100-100G' }, 'training-pool'),
      node('o2', { 'runwhere.ai/pool': 'training-pool', 'runwhere.ai/gpu-type': 'A100-100G' }, 'training-pool'),
    ],
  },
  both: {
    ...DEMO,
    nodes: [
      node('o1', { 'runwhere.ai/pool': 'training-pool', 'runwhere.ai/gpuType': 'A100-80G' }, 'training-pool'),
      node('n1', { 'gpuctl/pool': 'training-pool', 'nvidia.com/gpu.product': 'A100-80G' }, 'training-pool'),
    ],
  },
};

/** A document of a job, what it becomes at the site that its first lines name, and where that is written down. */
export interface ManifestFixture {
  name: string;
  text: string;
  model: JobModel;
  built: BuiltJob;
  /** What it was built for. */
  site: Site;
  /** Pods that the demo cluster has room for; 0 where its nodes are not those of the site. */
  binds: number;
  goldenFile: string;
}

/** All jobs of `test/fixtures/manifests`, by name. */
export function manifestFixtures(): ManifestFixture[] {
  const files = globSync('{training,inference,notebook,compute}-*.gpuctl.yaml', { cwd: folder }).sort();
  return files.map((file) => readFixture(file.replace('.gpuctl.yaml', '')));
}

function readFixture(name: string): ManifestFixture {
  const text = readFileSync(path.join(folder, `${name}.gpuctl.yaml`), 'utf8');
  const header = (key: string) => new RegExp(`^# ${key}: (\\S+)$`, 'm').exec(text)?.[1];
  const document = readDocument(text, 'gpuctl');
  const model = document?.model;
  const site = SITES[header('site') ?? 'demo'];
  const errors = document?.findings.filter(({ severity }) => severity === 'error') ?? [];
  if (!isJob(model) || !site || errors.length) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  const pool = pools.find((one) => one.name === model.demand.pool)?.site ?? {};
  const namespace = site.namespace && (model.namespace ?? site.namespace);
  const whole: Site = { ...OFFLINE, pool, ...site, namespace };
  const built = kindNamed(model.kind)?.build(model, whole) as BuiltJob;
  const goldenFile = path.join(folder, `${name}.manifests.yaml`);
  return { name, text, model, built, site: whole, binds: Number(header('binds') ?? 0), goldenFile };
}

/** What a job becomes as text: its objects in the order in which they are made, and in words what is no object. */
export function goldenText({ kept, main, owned, start, leftOut }: BuiltJob): string {
  const parts = [
    ...kept.map((object) => ['kept', object] as const),
    ['main', main] as const,
    ...owned.map((object) => ['owned', object] as const),
  ];
  const objects = parts.map(
    ([role, object]) =>
      `# ${role}\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false, defaultStringType: 'PLAIN' })}`,
  );
  const notes = leftOut.map((one) => `# left out: ${toText(one, 'en')}\n`);
  return `${objects.join('---\n')}# start: ${JSON.stringify(start)}\n${notes.join('')}`;
}
