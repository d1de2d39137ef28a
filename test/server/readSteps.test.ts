/** What the list of jobs asks for by itself: who is connected, and how far trainings are. */
import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { message } from '../../l10n/index.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { ReadSteps } from '../../server/src/operations/logs/readSteps.ts';
import { Session } from '../../server/src/operations/session.ts';
import { toPod } from '../../server/src/state/project.ts';
import { FakeClusters, FakeServer, forbidden, job, pod, RUNNING } from './fakeCluster.ts';

const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.dispose();
  mock.timers.reset();
});

/** Lets so much time pass, in small steps, with all that happens in it. */
async function pass(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= 100) {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(100);
  }
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function open(server: FakeServer): Session {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.UTC(2026, 0, 1) });
  const session = new Session(new FakeClusters({ a: server }), { onStatus() {}, onState() {} });
  sessions.push(session);
  session.configure({ namespace: 'team-a' }, true);
  session.setInterest(true);
  return session;
}

test('who is connected is asked again where that could not be said at first', async () => {
  const server = new FakeServer();
  let asked = 0;
  Object.defineProperty(server, 'user', {
    get: () => {
      if (++asked === 1) throw new GpuctlError('connection.network', message('connection.cancelled'));
      return 'me';
    },
  });
  const session = open(server);
  await pass(1_000);
  assert.equal(session.user, undefined);
  await pass(31_000);
  assert.equal(session.user, 'me');
  await pass(60_000);
  assert.equal(asked, 2);
});

test('logs that may not be read are not asked for again and again', async () => {
  const server = new FakeServer();
  server.user = 'me';
  const mine = job('team-a', 'j', 'run-1');
  server.put(
    { ...mine, metadata: { ...mine.metadata, annotations: { 'gpuctl/submitted-by': 'me' } } },
    pod('team-a', 'j-0', 'j', 'run-1', RUNNING),
  );
  server.log = async function* () {
    yield* [];
    throw forbidden();
  };
  const session = open(server);
  const steps = new ReadSteps(session);
  await pass(1_000);
  steps.watched.set(true);
  await pass(120_000);
  assert.equal(server.logs.length, 1);
  server.mayI = ({ resource, subresource }) => !(resource === 'pods' && subresource === 'log');
  session.rights.doubt();
  await pass(700_000);
  steps.watched.set(false);
  assert.equal(server.logs.length, 1, 'the cluster has said so');
});

test('a restart of what runs beside a program is none of its own', () => {
  const status = (name: string, restartCount: number) => ({ name, restartCount, state: { running: {} } });
  const { restarts } = toPod(
    pod('team-a', 'j-0', 'j', 'run-1', { containerStatuses: [status('proxy', 3), status('main', 1)] }),
  );
  assert.equal(restarts, 1);
});
