/** A hundred documents in one go: what it costs, in requests and in seconds, and that everything is there afterwards. */
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { describe, test } from 'node:test';
import { ClientNotifications, Requests, ServerNotifications, type SubmitAsk } from '../../server/src/protocol.ts';
import { until } from './apiClient.ts';
import { ProductStage } from './productStage.ts';

const stage = new ProductStage();
const COUNT = 100;

/** Counts the requests of this process, the most at once, and what they ask for. */
function countRequests() {
  const counts = { all: 0, open: 0, most: 0, byKind: new Map<string, number>() };
  const restore = [http, https].map((module) => {
    const { request } = module;
    module.request = ((...given: Parameters<typeof request>) => {
      const [url, options] = given as unknown as [URL, { method?: string }];
      const made = Reflect.apply(request, module, given);
      if (String(url).includes('watch=')) return made;
      counts.all++;
      counts.most = Math.max(counts.most, ++counts.open);
      const kind = `${options.method} ${/\/([a-z]+)(\/[^/?]+)?(\?.*)?$/.exec(String(url))?.[1] ?? ''}${
        String(url).includes('dryRun') ? ' (dry run)' : ''
      }`;
      counts.byKind.set(kind, (counts.byKind.get(kind) ?? 0) + 1);
      made.once('close', () => counts.open--);
      return made;
    }) as typeof request;
    return () => {
      module.request = request;
    };
  });
  return { counts, restore: () => restore.forEach((one) => void one()) };
}

const service = (name: string, replicas = 0) => `kind: compute
job: {name: ${name}}
environment: {image: alpine:3.22, command: [sleep, "600"]}
service: {replicas: ${replicas}, port: 8080}
resources: {cpu: 10m, memory: 16Mi}
`;
const training = (name: string, argument: string) => `kind: training
job: {name: ${name}}
environment: {image: alpine:3.22, command: ["true", ${argument}]}
resources: {cpu: 10m, memory: 16Mi}
`;
/** Half of each kind, in ten files. */
const files = (argument = 'a') =>
  Array.from({ length: 10 }, (_, at) => ({
    uri: `file:///work/many-${at}.gpuctl.yaml`,
    text: Array.from({ length: COUNT / 10 }, (_, index) =>
      index % 2 ? service(`many-${at}-${index}`) : training(`many-${at}-${index}`, argument),
    ).join('---\n'),
  }));

describe('a hundred documents', () => {
  test('are submitted in seconds, several at a time, and each is told as it is done', async (context) => {
    const pair = await stage.connect('ml-engineer');
    await pair.tell(ClientNotifications.interests, { views: ['gpuctl.jobs'] });
    const look = await pair.ask(Requests.lookAtSubmit, { files: files() });
    assert.equal(look.documents.length, COUNT);
    const { counts, restore } = countRequests();
    const begun = performance.now();
    const { documents } = await pair.ask(Requests.submit, { files: files(), submit: 's1' });
    const seconds = (performance.now() - begun) / 1000;
    restore();
    context.diagnostic(
      `${COUNT} documents: ${seconds.toFixed(1)} s, ${counts.all} requests, at most ${counts.most} at once`,
    );
    for (const [kind, count] of [...counts.byKind].sort((a, b) => b[1] - a[1]).slice(0, 20))
      context.diagnostic(`${String(count).padStart(5)}  ${kind}`);
    assert.deepEqual(
      documents.filter(({ result }) => result !== 'created'),
      [],
    );
    assert.ok(seconds < 60, `${seconds} s`);
    assert.ok(counts.all < COUNT * 25, `${counts.all} requests`);
    const told = pair.notifications.filter(({ method }) => method === ServerNotifications.submitProgress.method);
    assert.deepEqual(
      told.map(({ params }) => (params as { done: number }).done),
      Array.from({ length: COUNT }, (_, index) => index + 1),
    );
    const names = (await stage.objectsOfOurs('ml-team')).filter((name) => /^(jobs|deployments)\/many-/.test(name));
    assert.equal(names.length, COUNT);
  });

  test('that ended are run again after one question, and called off on the way leave nothing half-made', async () => {
    const pair = await stage.connect('ml-engineer');
    const ended = async () => {
      const { jobs } = await pair.ask(Requests.jobs);
      return jobs.filter(({ ref, phase }) => ref.name.startsWith('many-') && phase === 'succeeded').length;
    };
    await until('all trainings have ended', async () => (await ended()) === COUNT / 2, 60_000);
    const asks: SubmitAsk[] = [];
    pair.answer = (ask) => {
      asks.push(ask);
      return 'yes';
    };
    const again = files('b')
      .slice(0, 2)
      .map((file) => ({ ...file, chosen: [0, 2, 4].map((document) => meant(file.uri, document)) }));
    const { documents } = await pair.ask(Requests.submit, { files: again });
    assert.deepEqual(
      documents.map(({ result }) => result),
      Array.from({ length: 6 }, () => 'replaced'),
    );
    assert.deepEqual(
      asks.map(({ all, cluster, namespaces }) => [all?.length, cluster, namespaces]),
      [[6, 'demo', ['ml-team']]],
    );
    const more = {
      uri: 'file:///work/more.gpuctl.yaml',
      text: Array.from({ length: 40 }, (_, at) => service(`more-${at}`)).join('---\n'),
    };
    const source = new AbortController();
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const token = new CancellationTokenSource();
    source.signal.addEventListener('abort', () => token.cancel());
    const submitting = pair.client.sendRequest<{ documents: { name: string }[]; cancelled?: number }>(
      Requests.submit.method,
      { files: [more], submit: 's2' },
      token.token,
    );
    await pair.until('some are done', () =>
      pair.notifications.some(({ params }) => {
        const told = params as { submit?: string; done?: number };
        return told.submit === 's2' && (told.done ?? 0) >= 5;
      }),
    );
    source.abort();
    const result = await submitting.catch(() => undefined);
    const left = async () => (await stage.objectsOfOurs('ml-team')).filter((name) => name.includes('more-'));
    const made = (await left()).filter((name) => name.startsWith('deployments/'));
    assert.ok(made.length >= 5 && made.length < 40, made.join());
    if (result) assert.equal(result.documents.length + (result.cancelled ?? 0), 40);
    for (const name of made) {
      const one = await stage.read(`apis/apps/v1/%/${name}`);
      assert.doesNotMatch(JSON.stringify(one?.metadata.annotations), /unfinished/, name);
    }
    const services = (await left()).filter((name) => name.startsWith('services/'));
    assert.equal(services.length, made.length, 'no part without its job');
  });
});

const meant = (uri: string, document: number) => ({
  ...{ document, kind: 'training' },
  name: `many-${/many-(\d)/.exec(uri)?.[1]}-${document}`,
});
