/** Inside a job: the Python debugger with the real `debugpy`, and the real TensorBoard, which run as processes of this machine. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { type FilesPlaceDto, type ForwardDto, type PythonProcessDto, Requests } from '../../server/src/protocol.ts';
import { type Pair, startPair } from '../server/pair.ts';
import { until } from './apiClient.ts';
import { DebugAdapter } from './debugAdapter.ts';
import { failureOf, findJob, ProductStage, ref, submitText } from './productStage.ts';
import { ensurePythonPackages, PROGRAMS } from './pythonPackages.ts';

const stage = new ProductStage();
const PROGRAM = path.join(PROGRAMS, 'counting.py');
/** Python is slow to start where others work, too. */
const PATIENCE = 90_000;
/** The line of `PROGRAM` in which `doubled` is known. */
const LINE = 10;

let pair: Pair;
let debugpy = '';
let tensorboard = '';

const training = (name: string, command: string[], packages: string, more = ''): string => `kind: training
job: {name: ${name}, namespace: ml-team}
environment:
  image: registry.example.com/train:1.0
  env: {PYTHONPATH: "${packages}", PATH: "${process.env.PATH}"}
  command: ${JSON.stringify(command)}
resources: {pool: training-pool, cpu: 1, memory: 1Gi}
${more}`;

async function run(name: string, command: string[], packages = debugpy, more = ''): Promise<void> {
  const { submitted } = await submitText(pair, training(name, command, packages, more), 'yes');
  assert.deepEqual(
    submitted.map(({ result }) => result),
    ['created'],
  );
  await pair.until(
    `${name} runs`,
    async () => (await findJob(pair, ref(name)))?.pods.some(({ phase }) => phase === 'running'),
    PATIENCE,
  );
}

const at = (name: string): FilesPlaceDto => ({ job: ref(name) });

/** The programs of a job, when there are so many. */
async function programs(name: string, count: number): Promise<PythonProcessDto[]> {
  const found = await until(
    `${count} programs in ${name}`,
    async () => {
      const { processes } = await pair.ask(Requests.pythonProcesses, at(name));
      if (processes.length !== count) throw new Error(JSON.stringify(processes));
      return processes;
    },
    PATIENCE,
  );
  return found.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}

async function forward(name: string, port: number, purpose: ForwardDto['purpose'] & string): Promise<ForwardDto> {
  const { id } = await pair.ask(Requests.forwardStart, { ...at(name), port, purpose });
  return pair.until(
    'the forward is ready',
    async () => (await pair.ask(Requests.forwardList)).find((one) => one.id === id && one.state === 'ready'),
    PATIENCE,
  );
}

/** Attaches as an editor does, stops where `doubled` is known, and lets it go on; the value that it had. */
async function stopOnce(localPort: number): Promise<number> {
  const adapter = await DebugAdapter.connect(localPort);
  try {
    await adapter.ask('initialize', { adapterID: 'debugpy', clientID: 'test', pathFormat: 'path' });
    await adapter.ask('attach', { justMyCode: true }, false);
    await adapter.event('initialized');
    const { breakpoints } = await adapter.ask('setBreakpoints', {
      source: { path: PROGRAM },
      breakpoints: [{ line: LINE }],
    });
    assert.equal(breakpoints[0].verified, true);
    await adapter.ask('configurationDone');
    const { threadId } = await adapter.event('stopped');
    const { stackFrames } = await adapter.ask('stackTrace', { threadId });
    assert.deepEqual([stackFrames[0].name, stackFrames[0].line], ['step', LINE]);
    const { result } = await adapter.ask('evaluate', {
      expression: 'doubled - number * 2 + 42',
      frameId: stackFrames[0].id,
    });
    await adapter.ask('disconnect', { terminateDebuggee: false });
    return Number(result);
  } finally {
    adapter.close();
  }
}

/** Processes of this machine whose command line has a word. */
async function processesWith(word: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'args=']);
  return stdout.split('\n').filter((line) => line.includes(word) && !line.includes('ps -A'));
}

describe('inside a job', () => {
  before(async () => {
    [debugpy, tensorboard] = await Promise.all([ensurePythonPackages('jupyter'), ensurePythonPackages('tensorboard')]);
    pair = await stage.connectForAll('ml-engineer');
  });

  test('a program that was started with the debugger stops at a breakpoint, shows its values, goes on, and stops again', async () => {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    await run('listening', ['python3', '-m', 'debugpy', '--listen', String(port), PROGRAM]);
    const [program] = await programs('listening', 1);
    assert.equal(program?.program.endsWith('counting.py'), true, JSON.stringify(program));
    await until('its port', async () => (await programs('listening', 1))[0]?.port === port, PATIENCE);
    const { localPort } = await forward('listening', port, 'debug');
    assert.equal(await stopOnce(localPort), 42);
    assert.equal(await stopOnce(localPort), 42);
    assert.equal((await findJob(pair, ref('listening')))?.phase, 'running');
  });

  test('into one that runs already the debugger is let where the image has what it takes, else that is said', async () => {
    await run('counting', ['python3', PROGRAM]);
    const [program] = await programs('counting', 1);
    assert.ok(program && program.port === undefined);
    const asked = { ...at('counting'), pid: program.pid };
    const hasGdb = await promisify(execFile)('gdb', ['--version']).then(
      () => true,
      () => false,
    );
    if (hasGdb) {
      const { port } = await pair.ask(Requests.attachDebugger, asked);
      const { localPort } = await forward('counting', port, 'debug');
      assert.equal(await stopOnce(localPort), 42);
      assert.equal((await programs('counting', 1))[0]?.port, port);
    } else {
      const { code, hint } = await failureOf(pair.ask(Requests.attachDebugger, asked));
      assert.equal(code, 'debug.no-gdb');
      assert.match(hint ?? '', /python -m debugpy --listen 5678/);
    }
    const { code } = await failureOf(pair.ask(Requests.attachDebugger, { ...asked, pid: 999_999 }));
    assert.equal(code, 'debug.ended');
  });

  test('of the ranks of one machine each is a program, without their launcher and the workers that they made', async () => {
    await run('ranks', ['python3', PROGRAM, 'ranks', '3'], '');
    const found = await programs('ranks', 3);
    assert.deepEqual(
      found.map(({ rank, localRank }) => [rank, localRank]),
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
    );
    const failure = await failureOf(pair.ask(Requests.attachDebugger, { ...at('ranks'), pid: found[1]?.pid ?? 0 }));
    assert.equal(failure.code, 'debug.no-debugpy');
    assert.match(failure.message, /-m pip install debugpy/);
  });

  test('where no Python runs, or the job does not, that is said', async () => {
    await run('asleep', ['sleep', '600'], '');
    assert.equal((await failureOf(pair.ask(Requests.pythonProcesses, at('asleep')))).code, 'debug.no-process');
    assert.equal((await failureOf(pair.ask(Requests.pythonProcesses, at('nowhere')))).code, 'job.gone');
  });

  test('TensorBoard shows what the job wrote, and ends with its request and with the window', async () => {
    const folder = '/tensorboard-lab';
    const events = [
      ...['sh', '-c', `mkdir -p ${folder}/runs/a && exec python3 ${path.join(PROGRAMS, 'events.py')} ${folder}/runs/a`],
    ];
    await run('shown', events, tensorboard, `storage: {workdirs: [{path: ${folder}}]}\n`);
    const one = await startPair({ connection: { kubeconfig: stage.cluster.kubeconfig, context: 'ml-engineer' } });
    await one.open('file:///work/b.gpuctl.yaml', training('idle', ['true'], ''));
    const wait = () =>
      one.ask(Requests.startTensorBoard, { ...at('shown'), id: 'a' }).catch((error) => {
        if (error.data?.code !== 'tensorboard.no-events') throw error;
        return undefined;
      });
    const shown = await one.until('what it wrote', wait, PATIENCE);
    assert.equal(shown.folder, `${folder}/runs/a`);
    const { localPort } = await forward('shown', shown.port, 'tensorboard');
    const runs = await fetch(`http://127.0.0.1:${localPort}/data/plugin/scalars/tags`);
    assert.match(await runs.text(), /loss/);

    const marks = async (port: number) =>
      (await processesWith(`tensorboard.main`)).filter((line) => line.includes(` ${port}`));
    assert.notDeepEqual(await marks(shown.port), []);
    await one.ask(Requests.stopTensorBoard, { id: 'a' });
    await until('its end', async () => !(await marks(shown.port)).length);

    const again = await one.ask(Requests.startTensorBoard, { ...at('shown'), id: 'b' });
    assert.notDeepEqual(await marks(again.port), []);
    await one.stop();
    await until('its end with the window', async () => !(await marks(again.port)).length);
  });

  test('without TensorBoard, or with nothing to show, that is said', async () => {
    const bare = await failureOf(pair.ask(Requests.startTensorBoard, { ...at('ranks'), id: 'c' }));
    assert.equal(bare.code, 'tensorboard.missing');
    const empty = 'storage: {workdirs: [{path: /tensorboard-empty}]}\n';
    await run('silent', ['python3', path.join(PROGRAMS, 'events.py')], tensorboard, empty);
    const silent = await failureOf(pair.ask(Requests.startTensorBoard, { ...at('silent'), id: 'd' }));
    assert.equal(silent.code, 'tensorboard.no-events');
  });
});
