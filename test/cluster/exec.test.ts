/** Programs and terminals in the pods of jobs, through the real API server and kubelet's streams. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import net from 'node:net';
import { before, describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster, ExecOptions } from '../../server/src/operations/ports.ts';
import { Terminals } from '../../server/src/operations/terminals.ts';
import { until } from './apiClient.ts';
import { SettingsStage } from './settingsStage.ts';

const stage = new SettingsStage();
const BOX = { namespace: 'ml-team', name: 'box' };
const podsPath = '/api/v1/namespaces/ml-team/pods';

async function startPod(name: string, command?: string[]): Promise<void> {
  const container = { name: 'main', image: 'demo/sleep', ...(command && { command, image: 'alpine:3.22' }) };
  const spec = { restartPolicy: 'Never', containers: [container] };
  await stage.admin.call('POST', podsPath, { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });
}
const isIn = (name: string, phase: string) => () =>
  stage.admin.get(`${podsPath}/${name}`).then((pod) => pod.status.phase === phase);

const on = <T>(run: (cluster: Cluster) => Promise<T>, session = stage.engineer): Promise<T> => session.use(run);

/** Runs a program to its end; what it printed. */
function run(
  command: readonly string[],
  options: Partial<ExecOptions> = {},
  write?: (execution: Awaited<ReturnType<Cluster['exec']>>) => Promise<unknown>,
  pod = BOX,
) {
  return on(async (cluster) => {
    const { signal } = new AbortController();
    const execution = await cluster.exec(pod, { container: 'main', command, signal, stdin: !!write, ...options });
    const writing = write?.(execution);
    const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    for await (const { from, bytes } of execution.output) printed[from].push(bytes);
    await writing;
    return {
      stdout: Buffer.concat(printed.stdout),
      stderr: Buffer.concat(printed.stderr).toString(),
      code: await execution.ended,
    };
  });
}
const sh = (script: string) => ['sh', '-c', script];

async function errorOf(promise: Promise<unknown>): Promise<GpuctlError> {
  const error = await promise.then(
    () => undefined,
    (thrown) => thrown,
  );
  assert.ok(error instanceof GpuctlError, String(error));
  return error;
}

describe('a program in a container', () => {
  before(async () => {
    await startPod('box');
    await startPod('over', ['true']);
    await until('box runs', isIn('box', 'Running'));
    await until('over is over', isIn('over', 'Succeeded'));
  });

  test('prints on two streams and ends with its exit code', async () => {
    const { stdout, stderr, code } = await run(sh('echo out; echo err >&2; exit 42'));
    assert.deepEqual([stdout.toString(), stderr, code], ['out\n', 'err\n', 42]);
    assert.equal((await run(['true'])).code, 0);
  });

  test('gets its arguments as they are, whatever is in them', async () => {
    const words = ['a b', '$HOME', '"q"', '任务', '&x=1', ''];
    assert.equal((await run(['printf', '%s|', ...words])).stdout.toString(), `${words.join('|')}|`);
  });

  test('reads its input to the end, which is told', async () => {
    const { stdout } = await run(['cat'], {}, async (execution) => {
      await execution.write('half-closed');
      assert.equal(await execution.endInput(), true);
    });
    assert.equal(stdout.toString(), 'half-closed');
  });

  test('takes and gives 5 MB byte by byte, also to a slow reader', async () => {
    const bytes = randomBytes(5 << 20);
    const { stdout, code } = await run(['cat'], {}, async (execution) => {
      await execution.write(bytes);
      await execution.endInput();
    });
    assert.equal(code, 0);
    assert.ok(stdout.equals(bytes), `${stdout.length} bytes came back`);
    await on(async (cluster) => {
      const command = sh('head -c 5242880 /dev/urandom | tee /tmp/sent; sha256sum /tmp/sent >&2');
      const { signal } = new AbortController();
      const slow = await cluster.exec(BOX, { container: 'main', command, signal });
      const hash = createHash('sha256');
      let sum = '';
      let largest = 0;
      for await (const { from, bytes: part } of slow.output) {
        largest = Math.max(largest, part.length);
        if (from === 'stdout') hash.update(part);
        else sum += part;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      assert.ok(largest <= 64 << 10, `${largest} bytes at once`);
      assert.equal(sum.split(' ')[0], hash.digest('hex'));
    });
  });

  test('that is not there, or a container that is not, or a pod that has ended: each is said', async () => {
    const missing = await errorOf(run(['not-there']));
    assert.match(toText(missing.say, 'en'), /no program “not-there”/);
    assert.equal((await errorOf(run(['true'], { container: 'other' }))).code, 'exec.none');
    const over = await errorOf(run(['true'], {}, undefined, { ...BOX, name: 'over' }));
    assert.match(over.code, /^exec\.(ended|none)$/, over.detail);
    assert.equal((await errorOf(run(['true'], {}, undefined, { ...BOX, name: 'nobody' }))).status, 404);
  });

  test('on a terminal knows its size, and hears when that changes', async () => {
    const { stdout } = await run(
      sh('stty size; trap "stty size; exit 7" WINCH; echo ready; while :; do sleep 0.1; done'),
      { tty: { columns: 100, rows: 30 } },
      async (execution) => {
        await new Promise((resolve) => setTimeout(resolve, 700));
        execution.resize({ columns: 61, rows: 17 });
      },
    );
    assert.match(stdout.toString(), /^30 100\r\nready\r\n17 61\r\n$/);
  });

  test('whose connection breaks ends with that, and so does one that is called off', async () => {
    const sockets = new Set<net.Socket>();
    const upstream = new URL(stage.cluster.server);
    const way = net.createServer((client) => {
      const server = net.connect(Number(upstream.port), upstream.hostname);
      for (const socket of [client, server]) sockets.add(socket.on('error', () => undefined));
      client.pipe(server).pipe(client);
    });
    await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
    const { port } = way.address() as net.AddressInfo;
    const { createClusters } = await import('../../server/src/cluster/index.ts');
    const { kubeconfigThrough } = await import('./execStage.ts');
    const kubeconfig = kubeconfigThrough(stage.cluster.kubeconfig, stage.folder, `https://127.0.0.1:${port}`);
    const cluster = await createClusters(process.env).connect({ kubeconfig, context: 'ml-engineer' });
    try {
      const reading = async (signal: AbortSignal, then: () => void) => {
        const execution = await cluster.exec(BOX, { container: 'main', command: sh('echo on; sleep 60'), signal });
        for await (const { bytes } of execution.output) if (String(bytes) === 'on\n') then();
      };
      const torn = await errorOf(
        reading(new AbortController().signal, () => {
          for (const socket of sockets) socket.destroy();
        }),
      );
      assert.equal(torn.code, 'exec.torn');
      const controller = new AbortController();
      assert.equal((await errorOf(reading(controller.signal, () => controller.abort()))).code, 'cancelled');
    } finally {
      cluster.close();
      way.close();
      for (const socket of sockets) socket.destroy();
    }
  });

  test('is refused in a sentence to who may not', async () => {
    const error = await errorOf(
      on(
        (cluster) => cluster.exec(BOX, { container: 'main', command: ['true'], signal: new AbortController().signal }),
        stage.sessionOf('restricted'),
      ),
    );
    assert.deepEqual([error.code, error.status], ['connection.forbidden', 403]);
    assert.match(toText(error.say, 'en'), /restricted.*may not.*exec.*ml-team/);
  });
});

describe('a terminal', () => {
  /** A terminal with what it printed. */
  function desk(session = stage.engineer) {
    const printed = { text: '', end: undefined as string | undefined, code: undefined as number | undefined };
    const terminals = new Terminals(session, {
      append: async (_, text) => {
        printed.text += text;
      },
      ended: (_, say, code) => Object.assign(printed, { end: toText(say, 'en'), code }),
    });
    return { terminals, printed };
  }
  const place = { namespace: 'ml-team', pod: 'box', context: undefined };
  const size = { columns: 90, rows: 20 };
  const ps = async () => (await run(sh("cat /proc/[0-9]*/cmdline | tr '\\0' ' '"))).stdout.toString();

  test('is a shell that is typed into, knows its size, and ends with its code in a sentence', async () => {
    const { terminals, printed } = desk();
    await terminals.open('t1', place, size);
    await until('the prompt', async () => /[#$] $/.test(printed.text));
    await terminals.type('t1', 'stty size; echo $((6*7)); echo 你好\r');
    await until('the answer', async () => /20 90\r\n42\r\n你好/.test(printed.text));
    assert.doesNotMatch(printed.text, /gpuctl;/, 'what it says of itself is not shown');
    terminals.resize('t1', { columns: 50, rows: 10 });
    await terminals.type('t1', 'stty size\r');
    await until('the new size', async () => /10 50/.test(printed.text));
    await terminals.type('t1', 'exit 3\r');
    await until('the end', async () => printed.end !== undefined);
    assert.deepEqual([printed.end, printed.code], ['The shell has ended with exit code 3.', 3]);
  });

  test('that is closed leaves no process, whatever ran in it', async () => {
    const { terminals, printed } = desk();
    await terminals.open('t2', place, size);
    await terminals.type('t2', 'sleep 4711 & sleep 4712\r');
    await until('it runs', async () => /sleep 4712/.test(await ps()));
    await terminals.close('t2');
    await until('all is gone', async () => !/sleep 471|GPUCTL|bash/.test(await ps()), 5_000);
    assert.equal(printed.end, undefined, 'who closes it needs no word');
  });

  test('whose shell takes no notice is gone all the same, at the end of the server, too', async () => {
    const { terminals } = desk();
    await terminals.open('t3', place, size);
    await terminals.type('t3', "trap '' HUP TERM; (trap '' HUP; exec sleep 4713)\r");
    await until('it runs', async () => /sleep 4713/.test(await ps()));
    await terminals.dispose(5_000);
    await until('the shell is gone', async () => !/bash/.test(await ps()), 5_000);
    await run(sh('pkill -f "sleep 4713" || true'));
  });

  test('in a pod that has ended, or is not there, is refused in a sentence', async () => {
    const { terminals } = desk();
    assert.equal((await errorOf(terminals.open('t4', { ...place, pod: 'over' }, size))).code, 'exec.ended');
    assert.equal((await errorOf(terminals.open('t5', { ...place, pod: 'nobody' }, size))).code, 'terminal.gone');
    const elsewhere = terminals.open('t6', { ...place, context: 'admin' }, size);
    assert.equal((await errorOf(elsewhere)).code, 'terminal.other-cluster');
  });
});
