/**
 * Whoever submits, deletes or resumes may be killed after any call to the cluster. Each test stops the operation for good after its first,
 * second, third … call, as a killed process would, and then tries again: it must end right, with nothing orphaned and nothing doubled.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createClusters } from '../../server/src/cluster/index.ts';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import type { GpuctlDocument } from '../../server/src/kinds/document.ts';
import { deleteJob, planDelete } from '../../server/src/operations/deleteJob.ts';
import type { Cluster, Clusters, KubeObject, WatchOptions } from '../../server/src/operations/ports.ts';
import { resume } from '../../server/src/operations/resume.ts';
import { Session } from '../../server/src/operations/session.ts';
import { digestOf } from '../../server/src/operations/submit/plan.ts';
import { type Submitted, submit } from '../../server/src/operations/submit/submit.ts';
import { startCluster, type Cluster as TestCluster } from './cluster.ts';

const NAMESPACE = 'ml-team';
const STATE = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-kills-'));
process.env.GPUCTL_STATE = STATE;

let cluster: TestCluster;
before(async () => {
  cluster = await startCluster();
});
/** What a process that is killed would take along. */
const opened: { dispose(): void }[] = [];
after(async () => {
  for (const one of opened) one.dispose();
  await cluster?.stop();
  rmSync(STATE, { recursive: true, force: true });
});

/** Methods that call the cluster once each. */
const CALLS = ['read', 'list', 'create', 'apply', 'patch', 'remove', 'mayI', 'whoAmI', 'resources', 'listNames'];

/** A door to the cluster that dies behind a number of calls: that call is done, but nobody ever hears of it. */
class Mortal implements Clusters {
  readonly calls: string[] = [];
  private readonly real = createClusters();
  private readonly dies: number;
  private tell: () => void = () => undefined;
  readonly dead = new Promise<'dead'>((resolve) => {
    this.tell = () => resolve('dead');
  });

  constructor(dies = Number.POSITIVE_INFINITY) {
    this.dies = dies;
  }

  contents: Clusters['contents'] = (options) => this.real.contents(options);
  onChange: Clusters['onChange'] = () => ({ dispose: () => undefined });
  async connect(options: { kubeconfig?: string; context?: string }): Promise<Cluster> {
    const real = await this.real.connect(options);
    return new Proxy(real, {
      get: (target, name: keyof Cluster) => {
        const member = target[name];
        if (name === 'watch')
          return <T>(options: WatchOptions<T>) => {
            const watch = target.watch(options);
            opened.push(watch);
            return watch;
          };
        if (typeof member !== 'function' || !CALLS.includes(name)) return member;
        return async (...args: unknown[]) => {
          if (this.calls.length >= this.dies) return new Promise(() => undefined);
          this.calls.push(`${name} ${JSON.stringify(args[0])?.slice(0, 80)}`);
          const last = this.calls.length === this.dies;
          const answer = await (member as (...args: unknown[]) => Promise<unknown>)
            .apply(target, args)
            .catch((error) => (last ? undefined : Promise.reject(error)));
          if (!last) return answer;
          this.tell();
          return new Promise(() => undefined);
        };
      },
    });
  }
}

function open(clusters: Clusters): Session {
  const session = new Session(clusters, { onStatus: () => undefined, onState: () => undefined });
  session.configure({ kubeconfig: cluster.kubeconfig, context: 'ml-engineer' }, true);
  opened.push(session);
  return session;
}

const signal = AbortSignal.timeout(600_000);

function read(text: string): GpuctlDocument {
  const [placed] = documentsOf(checkFile(text, 'gpuctl'));
  assert.ok(placed?.document.model, text);
  return placed.document;
}

/** Submits as a person does who agrees to everything. */
async function submitAll(session: Session, text: string): Promise<Submitted> {
  const request = { document: read(text), path: 'a.yaml', gitCommit: undefined, context: undefined, signal };
  for (const agreed: string[] = []; ; ) {
    const done = await submit(session, { ...request, agreed });
    if (!('ask' in done)) return done;
    agreed.push(digestOf(done.ask));
  }
}

/**
 * Runs it with one call more each time until it gets through; `then` proves what the cluster is like after a second try. Gives the number of
 * calls that it takes.
 */
async function killAfterEach(
  run: (session: Session) => Promise<unknown>,
  prepare: () => Promise<void>,
  then: (calls: readonly string[]) => Promise<void>,
): Promise<number> {
  for (let calls = 1; ; calls++) {
    await prepare();
    const mortal = new Mortal(calls);
    const session = open(mortal);
    const end = await Promise.race([run(session).then(() => 'done' as const), mortal.dead]);
    try {
      await then(mortal.calls);
    } catch (error) {
      throw new Error(`killed after call ${calls}: ${mortal.calls.join('\n  ')}`, { cause: error });
    }
    session.dispose();
    if (end === 'done') return calls - 1;
  }
}

const admin = () => cluster.api('admin');
const get = async (path: string): Promise<KubeObject | undefined> => {
  try {
    return (await admin().get(path.replace('%', `namespaces/${NAMESPACE}`))) as KubeObject;
  } catch {
    return undefined;
  }
};
const COLLECTIONS = [
  '/apis/batch/v1/%/jobs',
  '/apis/apps/v1/%/deployments',
  '/apis/apps/v1/%/statefulsets',
  '/api/v1/%/services',
  '/api/v1/%/configmaps',
  '/api/v1/%/secrets',
];

/** What gpuctl made, as `jobs/name`; of each whether it has an owner. */
async function ours(): Promise<string[]> {
  const names: string[] = [];
  for (const collection of COLLECTIONS) {
    const list = await get(`${collection}?labelSelector=app.kubernetes.io/managed-by%3Dgpuctl`);
    for (const { metadata } of (list as unknown as { items: KubeObject[] }).items) {
      if (metadata.deletionTimestamp) continue;
      const owner = metadata.ownerReferences?.[0]?.name;
      names.push(`${collection.split('/').at(-1)}/${metadata.name}${owner ? ` of ${owner}` : ''}`);
    }
  }
  return names.sort();
}

async function until<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 30): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const pods = (await get('/api/v1/%/pods')) as unknown as { items: KubeObject[] };
  const states = pods.items.map(({ metadata, status }) => `${metadata.name} ${JSON.stringify(status).slice(0, 400)}`);
  throw new Error(`never: ${what}; there is ${await ours()}; ${states.join('\n')}`);
}

async function clean(): Promise<void> {
  for (const collection of COLLECTIONS.slice(0, 3)) {
    const list = (await get(`${collection}?labelSelector=app.kubernetes.io/managed-by%3Dgpuctl`)) as unknown as {
      items: KubeObject[];
    };
    for (const { metadata } of list.items) {
      const at = `${collection}/${metadata.name}?propagationPolicy=Background&gracePeriodSeconds=0`;
      await admin()
        .call('DELETE', at.replace('%', `namespaces/${NAMESPACE}`))
        .catch(() => undefined);
    }
  }
  await until('a clean namespace', async () => (await ours()).length === 0);
}

/** Ends at once when it is told to: a first process that does nothing about it is not ended by it. */
const LONG = "trap 'exit 0' TERM; sleep 600 & wait";
const training = (script: string) => `kind: training
job: {name: killed}
environment:
  image: alpine:3.22
  command: [sh, -c, ${JSON.stringify(script)}]
resources: {pool: training-pool, gpu: 2, nodeCount: 2}
deepspeed: {stage: 2}
`;
const inference = (reply: string) => `kind: inference
job: {name: killed}
environment:
  image: python:3.12
  command: [sh, -c, "echo ${reply}; ${LONG}"]
`;

const TRAINING = ['configmaps/killed-deepspeed of killed', 'jobs/killed', 'services/killed of killed'];
const INFERENCE = ['deployments/killed', 'services/svc-killed of killed'];

/** The second try of a submit, and the proof that the job is whole and runs. */
async function submitAgain(text: string, whole: readonly string[]): Promise<KubeObject> {
  const session = open(new Mortal());
  await submitAll(session, text);
  assert.equal((await submitAll(session, text)).outcome, 'unchanged', 'the third time changes nothing');
  session.dispose();
  await until(`exactly ${whole}`, async () => (await ours()).join() === whole.join());
  const main = (await get('/apis/batch/v1/%/jobs/killed')) ?? (await get('/apis/apps/v1/%/deployments/killed'));
  assert.ok(main);
  const { suspend, replicas } = main.spec as { suspend?: boolean; replicas?: number };
  assert.ok(suspend === false || replicas === 1, 'it may run');
  assert.equal(main.metadata.annotations?.['gpuctl/unfinished'], undefined);
  return main;
}

describe('killed after each call', { concurrency: 1, timeout: 900_000 }, () => {
  test('the first submit of a training', async (t) => {
    const text = training(LONG);
    const calls = await killAfterEach(
      (session) => submitAll(session, text),
      clean,
      async () => void (await submitAgain(text, TRAINING)),
    );
    t.diagnostic(`${calls} calls`);
    assert.ok(calls > 8, String(calls));
  });

  test('a submit that replaces a running training', async (t) => {
    const before = training(LONG);
    const text = training(LONG.replace('600', '500'));
    const calls = await killAfterEach(
      (session) => submitAll(session, text),
      async () => {
        await clean();
        await submitAll(open(new Mortal()), before);
      },
      async () => {
        const main = await submitAgain(text, TRAINING);
        assert.match(JSON.stringify(main.spec), /sleep 500/);
      },
    );
    t.diagnostic(`${calls} calls`);
  });

  test('a submit that changes a running service', async (t) => {
    const calls = await killAfterEach(
      (session) => submitAll(session, inference('two')),
      async () => {
        await clean();
        await submitAll(open(new Mortal()), inference('one'));
      },
      async () => {
        const main = await submitAgain(inference('two'), INFERENCE);
        assert.match(JSON.stringify(main.spec), /echo two/);
      },
    );
    t.diagnostic(`${calls} calls`);
  });

  test('a delete', async (t) => {
    const erase = async (session: Session) => {
      const job = { namespace: NAMESPACE, name: 'killed' };
      const { context, uid } = await planDelete(session, job, signal);
      await deleteJob(session, { job, context, uid }, signal);
    };
    const calls = await killAfterEach(
      erase,
      async () => {
        await clean();
        await submitAll(open(new Mortal()), training(LONG));
      },
      async () => {
        await erase(open(new Mortal())).catch(({ code }) => assert.equal(code, 'job.gone'));
        await until('nothing left', async () => (await ours()).length === 0);
      },
    );
    t.diagnostic(`${calls} calls`);
  });

  test('a resume of an ended training', async (t) => {
    const target = { job: { namespace: NAMESPACE, name: 'killed' }, context: undefined };
    const text = training('exit 0');
    const isEnded = async () => {
      const { conditions = [] } = ((await get('/apis/batch/v1/%/jobs/killed'))?.status ?? {}) as {
        conditions?: { type: string; status: string }[];
      };
      return conditions.some(({ type, status }) => type === 'Complete' && status === 'True');
    };
    const calls = await killAfterEach(
      (session) => resume(session, target, signal),
      async () => {
        await clean();
        await submitAll(open(new Mortal()), text);
        await until('ended', isEnded);
      },
      async (done) => {
        const session = open(new Mortal());
        // A submit finishes it as well. Where the first try came to its end, the second run has nothing to resume, or has ended by now and is
        // run once more.
        if (done.length % 2) await submitAll(session, text);
        else await resume(session, target, signal).catch(({ code }) => assert.equal(code, 'resume.runs'));
        session.dispose();
        await until(`exactly ${TRAINING}`, async () => (await ours()).join() === TRAINING.join());
        const run = await until('a later run', async () => {
          const main = await get('/apis/batch/v1/%/jobs/killed');
          return main?.metadata.annotations?.['gpuctl/run'];
        });
        assert.ok(run === '2' || run === '3', run);
        await until('the next run ends, too', isEnded);
      },
    );
    t.diagnostic(`${calls} calls`);
  });
});
