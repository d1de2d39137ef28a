import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { message, toText } from '../../l10n/index.ts';
import { accessBreaches, type KnownRights } from '../../server/src/capacity/accessRules.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import type { Access, Cluster } from '../../server/src/operations/ports.ts';
import { Rights, refusalNow, refusedGestures } from '../../server/src/operations/rights.ts';
import { Session, type SessionStatus } from '../../server/src/operations/session.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import type { WorkloadRecord } from '../../server/src/state/records.ts';
import { FakeClusters, FakeServer, forbidden, sleep, until } from '../server/fakeCluster.ts';

const DELETE: Access = { verb: 'delete', group: 'batch', resource: 'jobs', namespace: 'team' };

/** Rights on a cluster that answers as a test says; `asked` is what it was asked. */
function rightsOn(answer: (access: Access) => boolean | undefined | Promise<boolean | undefined>) {
  const asked: string[] = [];
  let clock = 1_000_000;
  let changes = 0;
  const connect = () =>
    ({
      mayI: async (access: Access) => {
        asked.push(`${access.verb} ${access.resource} ${access.namespace ?? '*'}`);
        return answer(access);
      },
    }) as unknown as Cluster;
  let cluster: Cluster | undefined = connect();
  let opened = 0;
  const rights = new Rights(
    {
      cluster: () => cluster,
      isWatched: () => true,
      use: (run) => {
        opened += cluster ? 0 : 1;
        cluster ??= connect();
        return run(cluster);
      },
      changed: () => changes++,
    },
    () => clock,
  );
  return {
    rights,
    asked,
    changes: () => changes,
    opened: () => opened,
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
    reconnect: (there = true) => {
      rights.forget();
      cluster = there ? connect() : undefined;
    },
  };
}

describe('rights', () => {
  test('are unknown until they are asked for, then read at once; a burst of looks asks once', async () => {
    const { rights, asked, changes } = rightsOn(({ namespace }) => namespace !== undefined);
    for (let look = 0; look < 100; look++) assert.equal(rights.may(DELETE), undefined);
    await until('known', () => rights.may(DELETE) === true);
    assert.deepEqual(asked, ['delete jobs *', 'delete jobs team']);
    assert.equal(changes(), 2);
    rights.forget();
  });

  test('that hold everywhere are not asked for in each namespace', async () => {
    const { rights, asked } = rightsOn(() => true);
    const places = Array.from({ length: 50 }, (_, index) => ({ ...DELETE, namespace: `n${index}` }));
    await until('all known', () => places.every((one) => rights.may(one)));
    assert.deepEqual(asked, ['delete jobs *']);
    rights.forget();
  });

  test('hold for minutes; what is refused is asked again sooner at first, and then as rarely', async () => {
    const { rights, asked, pass } = rightsOn(({ verb, namespace }) => namespace !== undefined && verb === 'patch');
    const patch = { ...DELETE, verb: 'patch' };
    await until('both known', () => rights.may(DELETE) === false && rights.may(patch) === true);
    const askedIn = async (milliseconds: number) => {
      asked.length = 0;
      pass(milliseconds);
      rights.lacking([patch, DELETE]);
      await sleep(20);
      return asked.filter((one) => !one.endsWith('*'));
    };
    assert.deepEqual(await askedIn(14_000), []);
    assert.deepEqual(await askedIn(2_000), ['delete jobs team'], 'a role may just be made');
    assert.deepEqual(await askedIn(29_000), []);
    assert.deepEqual(await askedIn(2_000), ['delete jobs team']);
    assert.deepEqual(await askedIn(61_000), ['delete jobs team']);
    assert.deepEqual(await askedIn(70_000), []);
    assert.deepEqual(await askedIn(3_000), ['patch jobs team'], 'what is allowed, for three minutes');
    rights.forget();
  });

  test('of many namespaces are asked for a few at a time, and again only those that somebody reads', async () => {
    let underWay = 0;
    let most = 0;
    const { rights, asked, pass } = rightsOn(async () => {
      most = Math.max(most, ++underWay);
      await sleep(1);
      underWay--;
      return false;
    });
    const places = Array.from({ length: 60 }, (_, index) => ({ ...DELETE, namespace: `n${index}` }));
    await until('all known', () => places.filter((one) => rights.may(one) === false).length === 60);
    assert.equal(most, 4);
    asked.length = 0;
    pass(61_000);
    rights.may(places[7] as Access);
    rights.doubt();
    await until('asked again', () => asked.length > 1);
    await sleep(20);
    assert.deepEqual(asked, ['delete jobs *', 'delete jobs n7']);
    rights.may(places[8] as Access);
    await until('asked when it is read', () => asked.includes('delete jobs n8'));
    rights.forget();
  });

  test('that somebody wants to use now are asked for at once, before all others; the rest follows', async () => {
    let given = false;
    const { rights, asked } = rightsOn(async ({ namespace }) => {
      if (namespace?.startsWith('slow')) await sleep(300);
      return given && namespace === 'team';
    });
    const patch = { ...DELETE, verb: 'patch' };
    await until('refused', () => rights.may(DELETE) === false && rights.may(patch) === false);
    asked.length = 0;
    await rights.renew([DELETE]);
    assert.deepEqual([asked, rights.may(DELETE)], [['delete jobs team'], false]);
    for (let index = 0; index < 20; index++) rights.may({ ...DELETE, namespace: `slow${index}` });
    given = true;
    const began = performance.now();
    await rights.renew([DELETE]);
    assert.equal(rights.may(DELETE), true);
    assert.ok(performance.now() - began < 200);
    await until('the rest, too', () => rights.may(patch) === true);
    rights.forget();
  });

  test('are not asked of the next connection for one that is gone', async () => {
    const late = Promise.withResolvers<boolean>();
    const { rights, asked, reconnect, opened } = rightsOn(() => late.promise);
    for (let index = 0; index < 10; index++) rights.may({ ...DELETE, verb: `v${index}` });
    await until('asked', () => asked.length === 4);
    reconnect(false);
    late.resolve(false);
    await sleep(20);
    assert.deepEqual([opened(), asked.length], [0, 4]);
  });

  test('follow a refusal within a second or two, without a look', async () => {
    let allowed = true;
    const { rights, changes, pass } = rightsOn(() => allowed);
    await until('known', () => rights.may(DELETE) === true);
    allowed = false;
    pass(2_000);
    let before = changes();
    rights.doubt();
    assert.ok(changes() > before, 'what is shown is read again');
    before = changes();
    await until('told of the change', () => changes() > before);
    await until('refused', () => rights.may(DELETE) === false);
    rights.forget();
  });

  test('of another connection are unknown, whatever is still under way', async () => {
    const late = Promise.withResolvers<boolean>();
    const { rights, reconnect, changes } = rightsOn(() => late.promise);
    rights.may(DELETE);
    reconnect(false);
    late.resolve(false);
    await sleep(10);
    assert.equal(rights.may(DELETE), undefined);
    assert.equal(changes(), 0);
  });

  test('that cannot be told, or not be asked for, stay unknown', async () => {
    const { rights, asked } = rightsOn(({ verb }) => {
      if (verb === 'patch') throw new Error('broken');
      return undefined;
    });
    const patch = { ...DELETE, verb: 'patch' };
    rights.lacking([DELETE, patch]);
    await until('asked', () => asked.length === 4);
    await sleep(10);
    assert.equal(rights.lacking([DELETE, patch]), undefined);
    rights.forget();
  });
});

describe('gestures that are refused', () => {
  const workload = (own: Partial<WorkloadRecord>): WorkloadRecord =>
    ({ resource: 'Job', namespace: 'team', name: 'a', jobKind: 'training', ...own }) as WorkloadRecord;

  test('are those that make sense for the job as it is, each with its right', async () => {
    const { rights } = rightsOn(() => false);
    const status = { target: { cluster: 'prod' } } as SessionStatus;
    const of = async (own: Partial<WorkloadRecord>) => {
      refusedGestures({ rights, state: new ClusterState(), status }, workload(own));
      await sleep(10);
      return refusedGestures({ rights, state: new ClusterState(), status }, workload(own));
    };
    assert.deepEqual(Object.keys(await of({})), ['stop', 'delete', 'log', 'terminal', 'forward']);
    assert.deepEqual(Object.keys(await of({ suspended: true, queue: 'q' })), [
      'stop',
      'delete',
      'log',
      'terminal',
      'forward',
    ]);
    assert.deepEqual(Object.keys(await of({ suspended: true })), ['start', 'resume', 'delete', 'log']);
    assert.deepEqual(Object.keys(await of({ resource: 'Deployment' })), [
      'stop',
      'scale',
      'delete',
      'log',
      'terminal',
      'forward',
    ]);
    const { resume } = await of({ outcome: 'failed' });
    assert.equal(
      resume && toText(resume, 'en'),
      'You may not resume training jobs in namespace team of cluster prod. Ask its administrator for “create” on jobs.',
    );
    assert.equal(
      resume && toText(resume, 'zh-cn'),
      '您无权在集群 prod 的命名空间 team 中继续训练任务。请向管理员申请 jobs 的“create”权限。',
    );
    rights.forget();
  });
});

describe('why somebody may not', () => {
  test('is as the cluster says now when they want it', async () => {
    let refused = true;
    const { rights } = rightsOn(() => !refused);
    const job = { resource: 'Job', namespace: 'team', name: 'a', jobKind: 'training' } as WorkloadRecord;
    const state = { workload: (_: string, name: string) => (name === 'a' ? job : undefined) } as ClusterState;
    const seen = { rights, state, status: { target: { cluster: 'prod' } } as SessionStatus };
    await until('refused', () => refusedGestures(seen, job).stop !== undefined);
    const why = await refusalNow(seen, job, 'stop');
    assert.match(why ? toText(why, 'en') : '', /^You may not stop/);
    refused = false;
    assert.equal(await refusalNow(seen, job, 'stop'), undefined);
    assert.equal(await refusalNow(seen, { ...job, name: 'gone' }, 'stop'), undefined);
    rights.forget();
  });
});

describe('a refusal of the cluster', () => {
  test('is noticed in what somebody wanted, and in what is watched', async () => {
    const server = new FakeServer();
    const session = new Session(new FakeClusters({ a: server }), { onStatus: () => {}, onState: () => {} });
    let noticed = 0;
    session.rights.doubt = () => noticed++;
    session.configure({}, true);
    await assert.rejects(
      session.use(() => Promise.reject(forbidden())),
      ({ status }: { status: number }) => status === 403,
    );
    assert.equal(noticed, 1);
    await assert.rejects(
      session.use(() => Promise.reject(new GpuctlError('connection.timeout', message('connection.cancelled')))),
    );
    assert.equal(noticed, 1);
    server.may = () => false;
    session.setInterest(true);
    await until('a watch was refused', () => noticed > 1);
    session.dispose();
  });
});

describe('a document', () => {
  const said = (text: string, rights: Partial<KnownRights>) => {
    const document = readDocument(text, 'gpuctl');
    assert.ok(document?.model, JSON.stringify(document?.findings));
    const known = { cluster: 'prod', missingToSubmit: () => undefined, mayUsePool: () => undefined, ...rights };
    return accessBreaches(document, known).map(({ code, path, message }) => [
      code,
      path.join('.'),
      toText(message, 'en'),
      toText(message, 'zh-cn'),
    ]);
  };
  const job = (more = '') =>
    `kind: training\njob: {name: a${more}}\nenvironment: {image: x:1, command: [a]}\nresources: {pool: h800, gpu: 1}\n`;
  const create = { verb: 'create', resource: 'jobs', namespace: 'team' };

  test('that may not be submitted says where, and which right is missing', () => {
    const [found] = said(job(), { missingToSubmit: () => create });
    assert.deepEqual(found, [
      'access.may-not-submit',
      'kind',
      'You may not submit training jobs to namespace team in cluster prod. Ask its administrator for “create” on jobs there, or choose another namespace.',
      '您无权向集群 prod 的命名空间 team 提交训练任务。请向管理员申请该命名空间中 jobs 的“create”权限，或选择其他命名空间。',
    ]);
    assert.equal(said(job(', namespace: team'), { missingToSubmit: () => create })[0]?.[1], 'job.namespace');
  });

  test('of a pool or a quota names the right on them', () => {
    const text = 'kind: pool\npool: {name: p}\nnodes: {n1: {}}\n';
    const missingToSubmit = () => ({ verb: 'patch', resource: 'nodes', namespace: undefined });
    assert.match(said(text, { missingToSubmit })[0]?.[2] ?? '', /submit a pool to cluster prod.*“patch” on nodes/);
  });

  test('for a pool that is not for everybody says so, and says nothing where that is not known', () => {
    const [found] = said(job(), { mayUsePool: (pool) => pool !== 'h800' });
    assert.deepEqual(found?.slice(0, 2), ['access.pool-restricted', 'resources.pool']);
    assert.match(found?.[2] ?? '', /The pool h800 is not for everybody.*“use”/);
    assert.deepEqual(said(job(), {}), []);
  });
});
