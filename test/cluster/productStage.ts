import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before } from 'node:test';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { type FailureDto, type JobDto, type JobRef, Requests } from '../../server/src/protocol.ts';
import { type Pair, type PairOptions, startPair } from '../server/pair.ts';
import type { KubernetesObject } from './apiClient.ts';
import { type Cluster, startCluster } from './cluster.ts';

/** The document that every connected pair has open. */
export const URI = 'file:///work/a.gpuctl.yaml';

export const sample = (name: string): string =>
  readFileSync(new URL(`../demo/workspace/${name}`, import.meta.url), 'utf8');

/** A training document that runs a shell script. */
export const job = (name: string, script: string, more = ''): string => `kind: training
job: {name: ${name}}
environment:
  image: alpine:3.22
  command: [sh, -c, ${JSON.stringify(script)}]
${more}`;

export const ref = (name: string, namespace = 'ml-team'): JobRef => ({ namespace, name });

/** The real server on the real demo cluster, for the tests of one file. */
export class ProductStage {
  cluster!: Cluster;
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-product-'));
  private readonly pairs: Pair[] = [];
  private readonly kept: Pair[] = [];

  /** Starts the cluster before the first test; ends each test's servers after it, and the cluster after the last. */
  constructor() {
    process.env.GPUCTL_STATE = path.join(this.folder, 'state'); // logs of replaced runs
    before(async () => {
      this.cluster = await startCluster();
    });
    afterEach(async () => {
      for (const pair of this.pairs.splice(0)) await pair.stop();
    });
    after(async () => {
      for (const pair of this.kept) await pair.stop();
      await this.cluster?.stop();
      rmSync(this.folder, { recursive: true });
    });
  }

  get admin(): ReturnType<Cluster['api']> {
    return this.cluster.api('admin');
  }

  /** A pair that ends with its test. */
  async start(options: PairOptions): Promise<Pair> {
    const pair = await startPair(options);
    this.pairs.push(pair);
    return pair;
  }

  /** A connected pair with one open document, so that it watches. */
  async connect(context: string, options: PairOptions = {}): Promise<Pair> {
    const pair = await this.start({ connection: { kubeconfig: this.cluster.kubeconfig, context }, ...options });
    await pair.open(URI, job('idle', 'true'));
    await pair.until('connected', () => pair.connection?.phase === 'connected');
    return pair;
  }

  /** A connected pair that stays until the last test of the file: for tests that run at once. */
  async connectForAll(context: string): Promise<Pair> {
    const pair = await startPair({ connection: { kubeconfig: this.cluster.kubeconfig, context } });
    this.kept.push(pair);
    await pair.open(URI, job('idle', 'true'));
    await pair.until('connected', () => pair.connection?.phase === 'connected');
    return pair;
  }

  /** Pods of a label, in the order in which they were made. */
  async pods(label: string, namespace = 'ml-team'): Promise<KubernetesObject[]> {
    const query = `labelSelector=${encodeURIComponent(label)}`;
    const { items } = await this.admin.get(`/api/v1/namespaces/${namespace}/pods?${query}`);
    return items.toSorted((a: KubernetesObject, b: KubernetesObject) =>
      a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp),
    );
  }

  /** What a pod has printed. */
  async printed({ metadata: { name, namespace } }: KubernetesObject): Promise<string> {
    return (await this.admin.request('GET', `/api/v1/namespaces/${namespace}/pods/${name}/log`)).text;
  }

  /** An object as the cluster has it: `apis/batch/v1/%/jobs/name`, where `%` stands for the namespace. */
  async read(path: string, namespace = 'ml-team'): Promise<KubeObject | undefined> {
    try {
      return (await this.admin.get(`/${path.replace('%', `namespaces/${namespace}`)}`)) as KubeObject;
    } catch {
      return undefined;
    }
  }

  /** Names of what gpuctl made in a namespace. */
  async objectsOfOurs(namespace: string): Promise<string[]> {
    const collections = [
      'apis/batch/v1/%/jobs',
      'apis/apps/v1/%/deployments',
      'apis/apps/v1/%/statefulsets',
      'apis/autoscaling/v2/%/horizontalpodautoscalers',
      'api/v1/%/secrets',
      'api/v1/%/services',
      'api/v1/%/configmaps',
      'api/v1/%/persistentvolumeclaims',
    ];
    const names: string[] = [];
    for (const collection of collections) {
      const at = collection.replace('%', `namespaces/${namespace}`);
      const list = (await this.admin.get(`/${at}?labelSelector=app.kubernetes.io/managed-by%3Dgpuctl`)) as {
        items: { metadata: { name: string } }[];
      };
      names.push(...list.items.map(({ metadata }) => `${collection.split('/').at(-1)}/${metadata.name}`));
    }
    return names;
  }
}

export const submitText = (pair: Pair, text: string, answer?: Parameters<Pair['submit']>[1], context?: string) =>
  pair.submit({ uri: 'file:///work/b.gpuctl.yaml', text }, answer, context);

export async function findJob(pair: Pair, { namespace, name }: JobRef): Promise<JobDto | undefined> {
  const { jobs } = await pair.ask(Requests.jobs);
  return jobs.find((one) => one.ref.name === name && one.ref.namespace === namespace);
}

/** Deletes what the plan names, as the client does after its question. */
export async function remove(pair: Pair, name: JobRef): Promise<void> {
  const { job: planned, context, uid } = await pair.ask(Requests.planDelete, name);
  await pair.ask(Requests.delete, { job: planned, context, uid });
}

/** What a person is told of a request that fails. */
export async function failureOf(promise: Promise<unknown>): Promise<FailureDto> {
  let failure: FailureDto | undefined;
  await assert.rejects(promise, (error: { data: FailureDto }) => {
    failure = error.data;
    return true;
  });
  assert.ok(failure);
  return failure;
}
