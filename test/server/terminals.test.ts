/** What becomes of the shell of a terminal that is closed, or lost, at any moment. The cluster is played: the real one is in test/cluster. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { message } from '../../l10n/index.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster, ExecOptions, Execution } from '../../server/src/operations/ports.ts';
import type { Session } from '../../server/src/operations/session.ts';
import { Terminals } from '../../server/src/operations/terminals.ts';
import { sleep, until } from './fakeCluster.ts';

const PLACE = { namespace: 'demo', pod: 'a-0', context: 'prod' };
const SIZE = { columns: 80, rows: 24 };
const GREETING = '\x1b]gpuctl;7\x07$ ';

/** A cluster with one container, and what is asked of it. */
function stage() {
  const shells: ExecOptions[] = [];
  const hungUp: string[][] = [];
  const ends: string[] = [];
  const connected = Promise.withResolvers<void>();
  const greets = Promise.withResolvers<void>();
  const play = {
    connected: connected.promise as Promise<void>,
    greets: Promise.resolve(),
    print: async function* (): AsyncGenerator<string> {},
    append: async () => {},
  };
  const exec = async (_: unknown, options: ExecOptions): Promise<Execution> => {
    const isShell = options.tty !== undefined;
    if (isShell) shells.push(options);
    else hungUp.push(options.command.slice(-2));
    const output = async function* () {
      if (!isShell) return;
      await play.greets;
      yield { from: 'stdout' as const, bytes: Buffer.from(GREETING) };
      for await (const text of play.print()) yield { from: 'stdout' as const, bytes: Buffer.from(text) };
      await new Promise((_, reject) => {
        const cancelled = () => reject(new GpuctlError('cancelled', message('connection.cancelled')));
        if (options.signal.aborted) cancelled();
        options.signal.addEventListener('abort', cancelled);
      });
    };
    const ended = new Promise<number>(() => {});
    return { output: output(), ended, write: async () => {}, endInput: async () => true, resize() {}, close() {} };
  };
  const read = async () => ({ status: { phase: 'Running' }, spec: { containers: [{ name: 'main' }] } });
  const cluster = { context: { context: 'prod' }, read, exec } as unknown as Cluster;
  const session = {
    use: async <T>(run: (open: Cluster) => Promise<T>) => {
      await play.connected;
      return run(cluster);
    },
    isOpen: () => true,
  } as unknown as Session;
  const terminals = new Terminals(session, {
    append: () => play.append(),
    ended: (_, say) => void ends.push(say.key),
  });
  return { play, connected, greets, shells, hungUp, ends, terminals };
}
const isCancelled = ({ code }: GpuctlError) => code === 'cancelled';

describe('a terminal', () => {
  test('that is closed while its connection is made has no shell, and is told so at once', async () => {
    const { connected, shells, terminals } = stage();
    const opening = assert.rejects(terminals.open('t', PLACE, SIZE), isCancelled);
    await terminals.close('t');
    await opening;
    connected.resolve();
    await sleep(20);
    assert.equal(shells.length, 0);
  });

  test('that is closed while its shell starts has it hung up once that says who it is', async () => {
    const { play, greets, connected, shells, hungUp, terminals } = stage();
    play.greets = greets.promise;
    connected.resolve();
    const opening = assert.rejects(terminals.open('t', PLACE, SIZE), isCancelled);
    await until('the shell is asked for', () => shells.length === 1);
    const closing = terminals.close('t');
    greets.resolve();
    await Promise.all([opening, closing]);
    assert.deepEqual(
      hungUp.map(([pid]) => pid),
      ['7'],
    );
    assert.equal(shells[0]?.signal.aborted, true);
  });

  test('whose editor takes no more leaves no shell and no connection', async () => {
    const { play, connected, shells, hungUp, ends, terminals } = stage();
    connected.resolve();
    play.append = async () => {
      throw new Error('Pending response rejected since connection got disposed');
    };
    await terminals.open('t', PLACE, SIZE);
    await until('the connection is ended', () => shells[0]?.signal.aborted === true);
    assert.deepEqual([hungUp.length, ends.length], [1, 1]);
  });

  test('that cannot be opened says why, and not that it was called off', async () => {
    const { connected, terminals } = stage();
    connected.resolve();
    const elsewhere = { ...PLACE, context: 'other' };
    await assert.rejects(
      terminals.open('t', elsewhere, SIZE),
      ({ code }: GpuctlError) => code === 'terminal.other-cluster',
    );
  });
});
