/** Notebooks with the real Jupyter Server and a real kernel of Python, which run as processes of this machine. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { WebSocket } from 'ws';
import {
  ClientNotifications,
  type ForwardDto,
  type NotebookAccessDto,
  type NotebookSizeDto,
  Requests,
  ServerNotifications,
} from '../../server/src/protocol.ts';
import type { Pair } from '../server/pair.ts';
import { type KubernetesObject, until } from './apiClient.ts';
import { failureOf, findJob, ProductStage, ref, remove, submitText } from './productStage.ts';
import { ensurePythonPackages } from './pythonPackages.ts';

const stage = new ProductStage();
/** Python is slow to start where others work, too. */
const PATIENCE = 90_000;

let pair: Pair;
let packages = '';

const notebook = (name: string, words: string[] = [], more = ''): string => `kind: notebook
job: {name: ${name}, namespace: ml-team}
environment:
  image: registry.example.com/notebook:1.0
  env: {PYTHONPATH: "${packages}", PATH: "${path.join(packages, 'bin')}:${process.env.PATH}"}
  command: ${JSON.stringify(['python3', '-m', 'jupyter_server', '--ip=$(POD_IP)', '--no-browser', '--allow-root', ...words])}
resources: {pool: training-pool, cpu: 1, memory: 1Gi${more}}
`;

async function create(text: string): Promise<void> {
  const { submitted } = await submitText(pair, text, 'yes');
  assert.deepEqual(
    submitted.map(({ result }) => result),
    ['created'],
  );
}

const access = (name: string, more: object = {}): Promise<NotebookAccessDto> =>
  pair.ask(Requests.notebookAccess, { job: ref(name), patience: PATIENCE, ...more });
const podsOf = (name: string): Promise<KubernetesObject[]> => stage.pods(`app=${name}`);

/** A port of this machine that leads to a notebook, when it is ready. */
async function forward(name: string, port: number): Promise<ForwardDto> {
  const { id } = await pair.ask(Requests.forwardStart, { job: ref(name), port, purpose: 'notebook' });
  return pair.until(
    'the forward is ready',
    async () => (await pair.ask(Requests.forwardList)).find((one) => one.id === id && one.state === 'ready'),
    PATIENCE,
  );
}

const call = (base: string, what: string, headers: Record<string, string>, options: RequestInit = {}) =>
  fetch(`${base}${what}`, { ...options, headers });

/** A kernel as a notebook editor uses it. */
class Kernel {
  readonly socket: WebSocket;
  readonly ended: Promise<void>;
  private readonly session = randomUUID();

  constructor(address: string, headers: Record<string, string>) {
    this.socket = new WebSocket(address, { headers });
    this.socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  async open(): Promise<void> {
    await new Promise((resolve, reject) => {
      this.socket.once('open', resolve);
      this.socket.once('error', reject);
    });
  }

  /** The first message of a type that answers a cell. */
  run(code: string, answer: string): Promise<KubernetesObject> {
    const header = {
      msg_id: randomUUID(),
      msg_type: 'execute_request',
      session: this.session,
      username: 'li',
      version: '5.3',
    };
    return new Promise((resolve, reject) => {
      this.ended.then(() => reject(new Error('the connection has ended')));
      this.socket.on('message', (data) => {
        const message = JSON.parse(data.toString());
        if (message.parent_header?.msg_id === header.msg_id && message.msg_type === answer) resolve(message.content);
      });
      const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
      this.socket.send(
        JSON.stringify({ header, parent_header: {}, metadata: {}, content, channel: 'shell', buffers: [] }),
      );
    });
  }
}

async function startKernel(base: string, token: string): Promise<Kernel> {
  const headers = { authorization: `token ${token}` };
  const answer = await call(base, 'api/kernels', headers, { method: 'POST', body: '{"name": "python3"}' });
  const { id } = (await answer.json()) as { id: string };
  const kernel = new Kernel(`${base.replace('http', 'ws')}api/kernels/${id}/channels`, headers);
  await kernel.open();
  return kernel;
}

describe('notebooks', { concurrency: 2 }, () => {
  before(async () => {
    packages = await ensurePythonPackages('jupyter');
    pair = await stage.connectForAll('ml-engineer');
  });

  test('a cell runs through the forward; after its pod is deleted the kernel is gone and the server is back on the same address', async () => {
    await pair.tell(ClientNotifications.interests, { views: ['gpuctl.jobs'] });
    await create(notebook('desk', [], ', gpu: 1'));
    const { token = '', ...first } = await access('desk');
    const { data } = await stage.admin.get('/api/v1/namespaces/ml-team/secrets/desk-jupyter');
    assert.equal(token, Buffer.from(data.token, 'base64').toString());
    assert.deepEqual(first, { port: 8888, scheme: 'http', path: '/' });

    const { localPort, id } = await forward('desk', first.port);
    const base = `http://127.0.0.1:${localPort}/`;
    const headers = { authorization: `token ${token}` };
    assert.equal((await call(base, 'api/status', {})).status, 403);
    assert.equal((await call(base, 'api/status', headers)).status, 200);
    const kernel = await startKernel(base, token);
    assert.equal((await kernel.run('1+1', 'execute_result')).data['text/plain'], '2');

    // Large enough to be cut into many pieces on its way.
    const printed = await kernel.run('print("x" * 3_000_000)', 'stream');
    assert.ok(printed.text.length > 0);
    await kernel.run('import time; kept = 41', 'execute_reply');
    const running = kernel.run('print("begun"); time.sleep(600)', 'execute_result');
    running.catch(() => undefined);
    const kernels = async () =>
      (await (await call(base, 'api/kernels', headers)).json()) as { execution_state: string }[];
    await until('the cell runs', async () => (await kernels())[0]?.execution_state === 'busy', PATIENCE);
    // It is asked each minute while it answers.
    await pair.until('it is told', async () => (await findJob(pair, ref('desk')))?.activity?.busy === 1, 2 * PATIENCE);

    const [pod] = await podsOf('desk');
    await stage.admin.request('DELETE', `/api/v1/namespaces/ml-team/pods/${pod?.metadata.name}`);
    await kernel.ended;
    await assert.rejects(running);
    await until('another pod', async () => (await podsOf('desk'))[0]?.metadata.uid !== pod?.metadata.uid, PATIENCE);
    assert.equal((await access('desk')).token, token);
    const again = await pair.until(
      'ready again',
      async () => (await pair.ask(Requests.forwardList)).find((one) => one.id === id && one.state === 'ready'),
      PATIENCE,
    );
    assert.equal(again.localPort, localPort);
    await until('it answers where it was', async () => (await call(base, 'api/status', headers)).ok, PATIENCE);
    assert.deepEqual(await kernels(), []);
    const next = await startKernel(base, token);
    const lost = await next.run('kept', 'error');
    assert.match(lost.evalue, /kept.*not defined/);
    next.socket.close();

    const told = pair.notifications.filter(({ method }) => method === ServerNotifications.forwardsChanged.method);
    assert.ok(
      !JSON.stringify([told, await pair.ask(Requests.jobs)]).includes(token),
      'the token is in nothing that is shown',
    );
    await pair.ask(Requests.forwardStop, { id });
    await remove(pair, ref('desk'));
  });

  test('an address that is good once leads the browser in, and its token is in nothing else', async () => {
    await create(notebook('browsed', ['--ServerApp.base_url=/team/li']));
    const { port, path: at, token = '' } = await access('browsed');
    assert.deepEqual([at, token.length], ['/team/li/', 48], 'another base, and the token of gpuctl');
    const { localPort, url: shown } = await forward('browsed', port);
    const { url } = await pair.ask(Requests.notebookTicket, {
      job: ref('browsed'),
      at: `http://127.0.0.1:${localPort}`,
    });
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
    assert.ok(!url.includes(token) && !shown.includes(token));
    assert.equal((await fetch(url, { method: 'HEAD' })).status, 405, 'who only looks uses nothing up');
    const answer = await fetch(url, { redirect: 'manual' });
    const location = answer.headers.get('location') ?? '';
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [302, 'no-store']);
    assert.equal(location, `http://127.0.0.1:${localPort}/team/li/?token=${token}`);
    assert.equal((await fetch(location)).status, 200);
    const second = await fetch(url, { redirect: 'manual' });
    assert.deepEqual([second.status, second.headers.get('location')], [410, null]);
    await remove(pair, ref('browsed'));
  });

  test('a token that the command sets is found in the job', async () => {
    await create(notebook('ownToken'.toLowerCase(), ['--IdentityProvider.token=my-own-one']));
    const found = await access('owntoken');
    assert.deepEqual(found, { port: 8888, scheme: 'http', path: '/', token: 'my-own-one' });
    await remove(pair, ref('owntoken'));
  });

  test('one that begins to answer while it is looked for is let in by its own token, whatever another left in its folder', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gpuctl-jupyter-'));
    // A pipe begins to be written when it is read: by then nobody had answered. What it tells comes when somebody does.
    const script = `
pipe="$JUPYTER_RUNTIME_DIR/jpserver-1.json"
mkfifo "$pipe" && exec 3>"$pipe" && rm "$pipe"
python3 -m jupyter_server --ip=$POD_IP --no-browser --allow-root 3>&- &
until python3 -c 'import os, socket; socket.create_connection((os.environ["POD_IP"], 8888))' 2>/dev/null; do sleep 0.1; done
printf '{"port": 8888, "base_url": "/", "token": "of-another"}\\n' >&3
exec 3>&-
wait`;
    const text = notebook('late').replace('PYTHONPATH:', `JUPYTER_RUNTIME_DIR: ${folder}, PYTHONPATH:`);
    await create(text.replace(/command: .*/, `command: ${JSON.stringify(['sh', '-c', script])}`));
    const { token = '', ...found } = await access('late');
    assert.deepEqual([found, token.length], [{ port: 8888, scheme: 'http', path: '/' }, 48]);
    assert.deepEqual(await readdir(folder).then((all) => all.includes('jpserver-1.json')), false, 'the pipe was read');
    await remove(pair, ref('late'));
    await rm(folder, { recursive: true, force: true });
  });

  test('a password is asked for where there is nothing else, and exchanged for what requests bear', async () => {
    const program = 'from jupyter_server.auth.security import passwd; print(passwd("open sesame", "sha1"))';
    const env = { ...process.env, PYTHONPATH: packages };
    const { stdout } = await promisify(execFile)('python3', ['-c', program], { env });
    const words = ['--IdentityProvider.token=', `--PasswordIdentityProvider.hashed_password=${stdout.trim()}`];
    await create(notebook('locked', words));
    const found = await access('locked');
    assert.deepEqual(found, { port: 8888, scheme: 'http', path: '/', needsPassword: true });
    const { localPort } = await forward('locked', found.port);
    const host = `127.0.0.1:${localPort}`;
    const wrong = await failureOf(access('locked', { password: { secret: 'please', host } }));
    assert.equal(wrong.code, 'notebook.wrong-password');
    assert.ok(!JSON.stringify(wrong).includes('please'));
    const { headers = {}, ...rest } = await access('locked', { password: { secret: 'open sesame', host } });
    assert.deepEqual(rest, { port: 8888, scheme: 'http', path: '/' });
    assert.equal((await call(`http://${host}/`, 'api/contents', {})).status, 403);
    assert.equal((await call(`http://${host}/`, 'api/contents', headers)).status, 200);
    const made = await call(`http://${host}/`, 'api/kernels', headers, { method: 'POST', body: '{"name": "python3"}' });
    assert.equal(made.status, 201);
    await remove(pair, ref('locked'));
  });

  test('CPU and memory change under a kernel that goes on, and are kept; another number of GPUs starts it again', async () => {
    await create(notebook('grown', [], ', gpu: 1'));
    const target = { job: ref('grown') };
    const { token = '', port } = await access('grown');
    const { localPort } = await forward('grown', port);
    const kernel = await startKernel(`http://127.0.0.1:${localPort}/`, token);
    await kernel.run('kept = 41', 'execute_reply');
    const size = (): Promise<NotebookSizeDto> => pair.ask(Requests.notebookSize, target);
    assert.deepEqual(await size(), {
      next: { cpu: '1', memory: '1Gi', gpus: 1 },
      now: { cpu: '1', memory: '1Gi', gpus: 1 },
      activity: (await size()).activity,
    });
    assert.equal((await size()).activity?.kernels, 1);

    assert.deepEqual(await pair.ask(Requests.resizeNotebook, { ...target, cpu: '2', memory: '3Gi' }), { how: 'asked' });
    const after = await pair.until('it has it', async () => {
      const now = await size();
      return now.resizing === undefined && now.now?.cpu === '2' && now;
    });
    assert.deepEqual(
      [after.now, after.next],
      [
        { cpu: '2', memory: '3Gi', gpus: 1 },
        { cpu: '2', memory: '3Gi', gpus: 1 },
      ],
    );
    assert.equal((await kernel.run('kept + 1', 'execute_result')).data['text/plain'], '42');
    assert.deepEqual(await pair.ask(Requests.resizeNotebook, { ...target, memory: '3072Mi' }), { how: 'same' });

    const refused = await failureOf(pair.ask(Requests.resizeNotebook, { ...target, cpu: '4000' }));
    assert.equal(refused.code, 'notebook.too-much');
    assert.deepEqual((await size()).next, { cpu: '2', memory: '3Gi', gpus: 1 }, 'nothing was changed');
    assert.equal(
      (await failureOf(pair.ask(Requests.resizeNotebook, { ...target, cpu: 'much' }))).code,
      'notebook.bad-amount',
    );

    assert.deepEqual(await pair.ask(Requests.resizeNotebook, { ...target, gpus: 2 }), { how: 'restarted' });
    await kernel.ended;
    await access('grown');
    assert.deepEqual(
      (await size()).now,
      { cpu: '2', memory: '3Gi', gpus: 2 },
      'with the size that it was given before',
    );

    await pair.ask(Requests.stop, target);
    await until('stopped', async () => (await podsOf('grown')).length === 0, PATIENCE);
    const stopped = await failureOf(access('grown'));
    assert.deepEqual([stopped.code, stopped.hint], ['notebook.stopped', 'Start it first. Its files are there.']);
    assert.deepEqual(await pair.ask(Requests.resizeNotebook, { ...target, cpu: '1' }), { how: 'next-start' });
    await pair.ask(Requests.start, target);
    await access('grown');
    assert.deepEqual((await size()).now, { cpu: '1', memory: '3Gi', gpus: 2 });

    const { submitted } = await submitText(pair, notebook('grown', [], ', gpu: 1'), 'yes');
    assert.deepEqual(
      submitted.map(({ result }) => result),
      ['changed'],
    );
    assert.deepEqual((await size()).next, { cpu: '1', memory: '1Gi', gpus: 1 }, 'the file has the last word');
    await remove(pair, target.job);
  });

  test('one that others made is not started again by a change of its CPU', async () => {
    await create(notebook('foreign'));
    const set = '/apis/apps/v1/namespaces/ml-team/statefulsets/foreign';
    const rolling = { type: 'RollingUpdate', rollingUpdate: { partition: 0 } };
    await stage.admin.call('PATCH', set, { spec: { updateStrategy: rolling } });
    await access('foreign');
    const [before] = await podsOf('foreign');
    const target = { job: ref('foreign') };
    assert.deepEqual(await pair.ask(Requests.resizeNotebook, { ...target, cpu: '2' }), { how: 'asked' });
    await until('the cluster has seen the change', async () => {
      const { metadata, status } = await stage.admin.get(set);
      return status.observedGeneration === metadata.generation && status.updateRevision !== status.currentRevision;
    });
    const [after] = await podsOf('foreign');
    assert.deepEqual([after.metadata.uid, after.metadata.deletionTimestamp], [before.metadata.uid, undefined]);
    await remove(pair, target.job);
  });

  test('one that is stopped for another number of GPUs is started again, also where nobody waits for it any more', async () => {
    await create(notebook('unwatched', [], ', gpu: 1'));
    await access('unwatched');
    const { method } = Requests.resizeNotebook;
    const nobody = new CancellationTokenSource();
    const done = pair.client.sendRequest(method, { job: ref('unwatched'), gpus: 2 }, nobody.token);
    const settled = done.then(
      () => 'done',
      () => 'called off',
    );
    const set = '/apis/apps/v1/namespaces/ml-team/statefulsets/unwatched';
    await until('it is stopped', async () => (await stage.admin.get(set)).spec.replicas === 0, PATIENCE);
    nobody.cancel();
    await until('it is started again', async () => (await stage.admin.get(set)).spec.replicas === 1, PATIENCE);
    await settled;
    await access('unwatched');
    const { now } = await pair.ask(Requests.notebookSize, { job: ref('unwatched') });
    assert.equal(now?.gpus, 2);
    await remove(pair, ref('unwatched'));
  });
});
