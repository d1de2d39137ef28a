/** What client and server say of several documents, and of a terminal, before any cluster is asked. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { ClientNotifications, Requests } from '../../server/src/protocol.ts';
import { FakeClusters, FakeServer, job } from './fakeCluster.ts';
import { type Pair, type PairOptions, startPair } from './pair.ts';

const pairs: Pair[] = [];
after(async () => {
  for (const pair of pairs) await pair.stop();
});
async function start(options: PairOptions = {}): Promise<Pair> {
  const pair = await startPair({ clusters: new FakeClusters({ prod: new FakeServer() }), ...options });
  pairs.push(pair);
  return pair;
}
const training = (name: string) => `kind: training
job: {name: ${name}}
environment: {image: x:1, command: [a]}
`;

describe('a look at several documents', () => {
  test('takes the text of an editor before that of the file, needs no cluster, and never waits for one', async () => {
    const clusters = new FakeClusters({ prod: new FakeServer() });
    clusters.before = () => new Promise(() => {});
    const pair = await start({ clusters });
    const uri = 'file:///work/open.gpuctl.yaml';
    await pair.open(uri, training('typed'));
    const other = { uri: 'file:///work/closed.yaml', text: `${training('a')}---\nkind: pool\npool: {name: [p]}\n` };
    const look = await pair.ask(Requests.lookAtSubmit, { files: [{ uri, text: training('saved') }, other] });
    assert.deepEqual(
      look.documents.map(({ name, kind, errors }) => [name, kind, errors !== undefined]),
      [
        ['pool', 'pool', true],
        ['typed', 'training', false],
        ['a', 'training', false],
      ],
    );
    assert.equal(look.cluster, undefined);
  });

  test('names the cluster once it is known, and speaks Chinese to who does', async () => {
    const pair = await start({ language: 'zh-cn' });
    await pair.tell(ClientNotifications.interests, { views: ['gpuctl.submit'] });
    await pair.until('connected', () => pair.connection?.phase === 'connected');
    const file = { uri: 'file:///work/a.gpuctl.yaml', text: 'kind: training\njob: {name: a}\n' };
    const { cluster, documents } = await pair.ask(Requests.lookAtSubmit, { files: [file] });
    assert.equal(cluster, 'prod');
    assert.match(documents[0]?.errors?.message ?? '', /\p{Script=Han}/u);
  });
});

describe('several files', () => {
  test('of which one cannot be read: that one fails, in the look as in the submit', async () => {
    const pair = await start();
    const gone = { uri: 'file:///work/gone.gpuctl.yaml' };
    const there = { uri: 'file:///work/there.gpuctl.yaml', text: 'kind: training\njob: {name: there}\n' };
    const { documents } = await pair.ask(Requests.lookAtSubmit, { files: [gone, there] });
    assert.deepEqual(
      documents.map(({ name, errors }) => [name, errors?.message.slice(0, 24)]),
      [
        ['there', documents[0]?.errors?.message.slice(0, 24)],
        ['gone.gpuctl.yaml', 'The file cannot be read:'],
      ],
    );
    const chosen = [1, 0].map((document) => ({ document, kind: 'training', name: `of-gone-${document}` }));
    const result = await pair.ask(Requests.submit, { files: [{ ...gone, chosen }, there] });
    assert.deepEqual(
      result.documents.map((one) => [one.name, one.document, one.result === 'failed' && one.failure.code]),
      [
        ['of-gone-1', 1, 'submit.unreadable'],
        ['of-gone-0', 0, 'submit.unreadable'],
        ['there', 0, 'submit.has-errors'],
      ],
    );
  });

  test('whose submit is called off while a question is open: it ends at once, and asks nothing more', async () => {
    const server = new FakeServer();
    const ended = { status: { conditions: [{ type: 'Complete', status: 'True' }] } };
    server.put(...['a', 'b'].map((name) => job('default', name, name, ended)));
    const pair = await start({ clusters: new FakeClusters({ prod: server }) });
    let asked = 0;
    const question = new Promise<void>((resolve) => {
      pair.answer = () => {
        asked++;
        resolve();
        return new Promise(() => {});
      };
    });
    const calledOff = new CancellationTokenSource();
    const text = [training('a'), training('b').replace('image: x:1', 'image: y:2')].join('---\n');
    const submitting = pair.client
      .sendRequest(Requests.submit.method, { files: [{ uri: 'file:///work/a.gpuctl.yaml', text }] }, calledOff.token)
      .catch(({ code }) => code);
    await question;
    calledOff.cancel();
    const late = new Promise((resolve) => setTimeout(resolve, 3_000, 'still waiting'));
    assert.equal(await Promise.race([submitting, late]), LSPErrorCodes.RequestCancelled);
    assert.equal(asked, 1);
  });
});

describe('in an untrusted workspace', () => {
  test('no terminal is opened, and nothing is submitted', async () => {
    const pair = await start({ trusted: false });
    const place = { terminal: 't', job: { namespace: 'd', name: 'a' }, pod: 'a-0', size: { columns: 80, rows: 24 } };
    const isUntrusted = ({ data }: { data: { code: string } }) => data.code === 'connection.untrusted-workspace';
    await assert.rejects(pair.ask(Requests.openTerminal, place), isUntrusted);
    await pair.ask(Requests.typeInTerminal, { terminal: 't', text: 'x' });
    await pair.ask(Requests.closeTerminal, { terminal: 't' });
    const files = [{ uri: 'file:///work/a.gpuctl.yaml', text: training('a') }];
    await assert.rejects(pair.ask(Requests.submit, { files }), isUntrusted);
  });
});

describe('a submit of what was compared', () => {
  const file = { uri: 'file:///work/a.gpuctl.yaml', text: training('a') };
  const target = { context: 'prod', namespace: 'default' };

  test('is told where that was, and goes nowhere else: neither to another cluster nor to another namespace', async () => {
    const pair = await start();
    const compared = await pair.ask(Requests.compare, { ...file, context: 'prod' });
    assert.deepEqual(compared.target, target);
    const refusalOf = async (elsewhere: object) => {
      const { documents } = await pair.ask(Requests.submit, { files: [file], ...target, ...elsewhere });
      return documents.map((one) => (one.result === 'failed' ? one.failure.code : one.result));
    };
    assert.deepEqual(await refusalOf({ namespace: 'team-b' }), ['submit.other-namespace']);
    assert.deepEqual(await refusalOf({ context: 'other' }), ['submit.other-cluster']);
    const isElsewhere = ({ data }: { data: { code: string } }) => data.code === 'submit.other-cluster';
    await assert.rejects(pair.ask(Requests.compare, { ...file, context: 'other' }), isElsewhere);
  });

  test('is let go where the document names its own namespace, whatever the window looks at', async () => {
    const pair = await start();
    const own = { uri: file.uri, text: training('a').replace('name: a', 'name: a, namespace: team-c') };
    const { documents } = await pair.ask(Requests.submit, { files: [own], ...target, namespace: 'team-b' });
    assert.ok(
      documents.every((one) => one.result !== 'failed' || one.failure.code !== 'submit.other-namespace'),
      JSON.stringify(documents),
    );
  });
});
