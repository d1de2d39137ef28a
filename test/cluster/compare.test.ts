/** "Compare with cluster" on the real API server: its defaults, its way to write things, and what it refuses to change. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { type ComparedDto, Requests } from '../../server/src/protocol.ts';
import type { Pair } from '../server/pair.ts';
import { failureOf, ProductStage, submitText } from './productStage.ts';

const stage = new ProductStage();

const training = (name: string, more = '', args = '') => `kind: training
job: {name: ${name}, priority: low}
environment:
  image: demo/sleep:1
  command: [sleep, "600"${args}]
  env: {MODE: fast, HF_TOKEN: hunter2-hunter2}
resources: {pool: training-pool, cpu: "1000m", memory: 1024Mi${more}}
`;
const KINDS = {
  inference: `kind: inference
job: {name: cmp-serve}
environment: {image: demo/sleep:1, command: [sleep, "600"]}
resources: {pool: inference-pool, cpu: "500m", memory: 512Mi}
service: {replicas: 1, port: 8000, healthCheck: /health, timeout: 90s}
`,
  notebook: `kind: notebook
job: {name: cmp-note}
environment: {image: demo/sleep:1, command: [sleep, "600"]}
storage: {workdirs: [{path: /work, size: 1Gi}]}
`,
  compute: `kind: compute
job: {name: cmp-compute}
environment: {image: demo/sleep:1, command: [sleep, "600"]}
service: {port: 9000, expose: nodePort}
`,
  pool: `kind: pool
pool: {name: cmp-pool}
nodes: {c1: {}}
`,
  quota: `kind: quota
quota: {name: cmp-quota}
namespace: {sandbox: {cpu: 1000m, memory: 1024Gi, gpu: 4}}
`,
};
const compare = (pair: Pair, text: string): Promise<ComparedDto> =>
  pair.ask(Requests.compare, { uri: 'file:///work/b.gpuctl.yaml', text });

/** Lines that only one side has, as a diff shows them. */
function difference({ before, after }: ComparedDto): string[] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `- ${line.trim()}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}
const namesIn = (text: string): string[] =>
  parseAllDocuments(text).flatMap((document) => {
    const object = document.toJS() as { kind: string; metadata: { name: string } } | null;
    return object ? [`${object.kind} ${object.metadata.name}`] : [];
  });

describe('a comparison with the cluster', () => {
  test('of what is not there has one side; of what was submitted none differs, whatever the cluster added to it', async () => {
    const pair = await stage.connect('ml-engineer');
    const text = training('compared', ', gpu: 2, nodeCount: 2');
    const absent = await compare(pair, text);
    assert.equal(absent.same, false);
    assert.equal(absent.before, '');
    assert.deepEqual(namesIn(absent.after), ['Job compared', 'Service compared']);
    await submitText(pair, text);
    const same = await compare(pair, text);
    assert.deepEqual(difference(same), []);
    assert.equal(same.same, true);
    const noise =
      /managedFields|controller-uid:|clusterIPs|creationTimestamp|spec-hash|dnsPolicy|ownerReferences|^status:/m;
    assert.doesNotMatch(same.before, noise);
  });

  test('shows what a submit would change, also of what can never be changed, and what it would take away', async () => {
    const pair = await stage.connect('ml-engineer');
    await submitText(pair, training('edited', ', gpu: 2, nodeCount: 2'));
    const changed = await compare(
      pair,
      training('edited', ', gpu: 2, nodeCount: 2', ', x').replace('MODE: fast, ', ''),
    );
    assert.deepEqual(difference(changed), ['- - name: MODE', '- value: fast', '+ - x']);
    const single = await compare(pair, training('edited'));
    assert.deepEqual(namesIn(single.before), ['Job edited', 'Service edited']);
    assert.deepEqual(namesIn(single.after), ['Job edited']);
    assert.ok(difference(single).includes('- completionMode: Indexed'), difference(single).join('\n'));
  });

  test('shows that a secret changes, and neither its old nor its new value', async () => {
    const pair = await stage.connect('ml-engineer');
    await submitText(pair, training('secret'));
    const changed = await compare(pair, training('secret').replace('hunter2-hunter2', 'hunter3-hunter3'));
    assert.equal(changed.same, false);
    assert.deepEqual(difference(changed), ['- value: <secret>', '+ value: <secret> (changed)']);
    assert.doesNotMatch(JSON.stringify(changed), /hunter/);
  });

  test('agrees with what was submitted, of every kind of document', async () => {
    const pair = await stage.connect('admin');
    for (const [name, text] of Object.entries(KINDS)) {
      await submitText(pair, text);
      const same = await compare(pair, text);
      assert.deepEqual(difference(same), [], name);
      assert.equal(same.same, true, name);
      assert.notEqual(same.before, '', name);
    }
  });

  test('of a file with errors is refused with the reason; nothing is made by any of it', async () => {
    const pair = await stage.connect('ml-engineer');
    const before = await stage.objectsOfOurs('ml-team');
    const failure = await failureOf(compare(pair, training('Not A Name')));
    assert.equal(failure.code, 'submit.has-errors');
    await compare(pair, training('never'));
    assert.deepEqual(await stage.objectsOfOurs('ml-team'), before);
  });
});
