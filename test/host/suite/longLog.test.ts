import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { provideFileLinks } from '../../../client/src/features/logs/fileLinks.ts';
import { markFirstError } from '../../../client/src/features/logs/firstError.ts';
import { Logs } from '../../../client/src/features/logs/logs.ts';
import { ClientRequests, type LogBatch, Requests } from '../../../server/src/protocol.ts';
import { StandIn } from './standIn.ts';
import { eventually } from './window.ts';

const isFull = process.env.GPUCTL_TEST_SIZE === 'full';
const MEGABYTES = isFull ? 500 : 60;
/** Milliseconds for which nothing in the extension host may stand still. */
const STALL = 50;
/** Batches of a round, in which the beginning of what is shown is dropped at least once. What others on the machine lengthen is long in few of them: half must be short. */
const ROUND = isFull ? Number.POSITIVE_INFINITY : 160;

/** Lines as trainings write them, with errors and places in files. */
function batch(index: number): string {
  let text = '';
  for (let line = 0; text.length < 64_000; line++) {
    text += `[rank ${line % 8}] 2026-01-01 12:00:00,123 - INFO - step ${index * 600 + line}/9000000 loss 2.${line} lr 1e-05 漢字\n`;
    if (line % 100 === 99)
      text += `[rank 1] Traceback (most recent call last):\n[rank 1]   File "/app/train.py", line ${line}, in <module>\n[rank 1] ValueError: no\n`;
  }
  return text;
}

/** Milliseconds of work of the thread that runs extensions. */
function worked(): number {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
}

interface Stall {
  clock: number;
  work: number;
}

/**
 * The longest that the event loop stood still in each round: by the clock, and by the clock or the work that its thread did meanwhile, whichever is less;
 * others on the machine lengthen the former, and the latter less.
 */
class Stalls {
  readonly rounds: Stall[] = [];
  private last = { clock: performance.now(), work: worked() };
  private readonly timer = setInterval(() => {
    const longest = this.rounds.at(-1);
    const now = { clock: performance.now(), work: worked() };
    const clock = now.clock - this.last.clock;
    if (longest) {
      longest.clock = Math.max(longest.clock, clock);
      longest.work = Math.max(longest.work, Math.min(clock, now.work - this.last.work));
    }
    this.last = now;
  }, 1);

  begin(): void {
    this.rounds.push({ clock: 0, work: 0 });
  }

  /** A round that was only begun tells nothing. */
  end(isWhole: boolean): Stall[] {
    clearInterval(this.timer);
    return isWhole || this.rounds.length === 1 ? this.rounds : this.rounds.slice(0, -1);
  }
}

describe('a very long log', function () {
  this.timeout(isFull ? 600_000 : 120_000);
  const job = { namespace: 'team-a', name: 'long' };
  const all: vscode.Disposable[] = [];
  after(() => vscode.Disposable.from(...all).dispose());

  it(`of ${MEGABYTES} MB does not stop the extension host for ${STALL} ms, and takes no more memory with time`, async () => {
    const server = new StandIn();
    let append: (batch: LogBatch) => Promise<void> = async () => {};
    server.infrastructure.server.onRequest = ((method: { method: string }, handler: typeof append) => {
      if (method.method === ClientRequests.appendLog.method) append = handler;
    }) as never;
    const logs = new Logs(server.infrastructure);
    all.push(logs, provideFileLinks(server.infrastructure, logs), markFirstError(server.infrastructure, logs));
    const opened = logs.open({ job });
    await server.answered(Requests.openLog.method, { log: '1', title: 'long' });
    await opened;
    await append({ log: '1', text: batch(0), places: {} });
    const document = await eventually('the channel', () =>
      vscode.workspace.textDocuments.find((one) => logs.of(one) !== undefined && one.lineCount > 100),
    );
    assert.equal(document.languageId, 'gpuctl-log');
    const texts = Array.from({ length: 16 }, (_, index) => batch(index));
    const batches = (MEGABYTES * 2 ** 20) / 64_000;
    const memory: number[] = [];
    const stalls = new Stalls();
    const began = performance.now();
    for (let index = 0; index < batches; index++) {
      if (index % ROUND === 0) stalls.begin();
      await append({ log: '1', text: texts[index % 16] ?? '', places: {} });
      if (index % 100 === 50) memory.push(process.memoryUsage().rss / 2 ** 20);
    }
    const rounds = stalls.end(Math.ceil(batches) % ROUND === 0);
    const seconds = (performance.now() - began) / 1000;
    const grown = Math.max(...memory.slice(memory.length >> 1)) - Math.max(...memory.slice(0, memory.length >> 1));
    console.log(
      `# ${MEGABYTES} MB in ${seconds.toFixed(1)} s: longest stall ${rounds.map(({ work, clock }) => `${work.toFixed(1)} (${clock.toFixed(1)} by the clock)`).join(', ')} ms, ${Math.max(...memory).toFixed(0)} MB resident at the most, ${grown.toFixed(0)} MB more in the second half`,
    );
    assert.ok(
      rounds.some(({ work }) => work > 0 && work <= STALL),
      JSON.stringify(rounds),
    );
    assert.ok(grown < 100, `${grown} MB more`);
    const links = await eventually('links', async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      return found?.filter(({ target }) => target?.scheme === 'command');
    });
    assert.ok(links.length <= 1_000);
  });
});
