import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { PodTerminal } from '../../../client/src/features/podTerminal/podTerminal.ts';
import { type OpenTerminalParams, Requests } from '../../../server/src/protocol.ts';
import { StandIn } from './standIn.ts';

const PLACE = { job: { namespace: 'team', name: 'a' }, pod: 'a-0', context: 'prod', name: 'a rank 0' };

describe('a terminal in a job', () => {
  function open() {
    const server = new StandIn();
    const terminal = new PodTerminal(server.infrastructure, PLACE);
    let shown = '';
    terminal.onDidWrite((text) => {
      shown += text;
    });
    terminal.open({ columns: 100, rows: 30 });
    return { server, terminal, shown: () => shown };
  }
  const opened = async (server: StandIn) =>
    (await server.answered(Requests.openTerminal.method, null)) as OpenTerminalParams;

  it('keeps what is typed until the shell is there, and tells it the size that it has by then', async () => {
    const { server, terminal } = open();
    terminal.handleInput('l');
    terminal.handleInput('s\r');
    terminal.setDimensions({ columns: 61, rows: 17 });
    await sleep(20);
    assert.deepEqual(
      server.asked.map(({ method }) => method),
      [Requests.openTerminal.method, Requests.resizeTerminal.method],
    );
    const { terminal: id, size, pod, context } = await opened(server);
    assert.deepEqual([size, pod, context], [{ columns: 100, rows: 30 }, 'a-0', 'prod']);
    const typed = await server.answered(Requests.typeInTerminal.method, null);
    assert.deepEqual(typed, { terminal: id, text: 'ls\r' });
  });

  it('shows what its own shell prints, says how it ended, and opens another at Enter', async () => {
    const { server, terminal, shown } = open();
    const { terminal: id } = await opened(server);
    await terminal.append(id, 'hello');
    await terminal.append('another', 'not mine');
    terminal.end(id, 'The shell has ended with exit code 3.');
    assert.match(shown(), /hello.*exit code 3\..*\r\n.*Press Enter/s);
    assert.doesNotMatch(shown(), /not mine/);
    assert.ok(!shown().includes('[?1049l'), 'who was never on the other screen would jump to the top');
    terminal.handleInput('x');
    assert.deepEqual(server.asked, []);
    terminal.handleInput('\r');
    assert.notEqual((await opened(server)).terminal, id);
  });

  it('leaves the other screen that a program had', async () => {
    const { server, terminal, shown } = open();
    const { terminal: id } = await opened(server);
    await terminal.append(id, '\x1b[?1049hvim');
    terminal.end(id, 'The connection was interrupted.');
    assert.match(shown(), /vim.*\[\?1049l.*interrupted/s);
  });

  it('says why there is none, in place of a message over the window', async () => {
    const { server, shown } = open();
    const failure = { code: 'exec.ended', message: 'It has ended.', actions: [] };
    await server.failed(Requests.openTerminal.method, failure);
    await sleep(0);
    assert.match(shown(), /It has ended\..*Press Enter/s);
  });

  it('ends its shell when it is closed', async () => {
    const { server, terminal } = open();
    const { terminal: id } = await opened(server);
    terminal.close();
    assert.deepEqual(await server.answered(Requests.closeTerminal.method, null), { terminal: id });
  });

  it('tells the server at once where it is closed while its shell is opened', async () => {
    const { server, terminal } = open();
    terminal.close();
    const closed = await server.answered(Requests.closeTerminal.method, null);
    assert.deepEqual(closed, { terminal: (await opened(server)).terminal });
  });
});
