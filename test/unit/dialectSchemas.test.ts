/** Schemas, their texts, and what is generated from both. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { toText } from '../../l10n/index.ts';
import { keyTexts } from '../../l10n/keys.ts';
import { KIND_NAMES, KINDS, kindsByKey, SCHEMAS } from '../../server/src/kinds/index.ts';
import { becomesText, keyText, valueText } from '../../server/src/kinds/keyTexts.ts';
import { about, modelOf, training } from './dialectText.ts';

const folder = path.join(import.meta.dirname, '../../schemas/published');
const read = (name: string) => JSON.parse(readFileSync(path.join(folder, `${name}.schema.json`), 'utf8'));

const keys = KINDS.flatMap((kind) => SCHEMAS.keyPaths(kind.schema).map((key) => ({ kind, ...key })));
const dotted = [...new Set(keys.map(({ path: keyPath }) => keyPath.join('.')))];

describe('texts of keys', () => {
  const named = (prefix: string) =>
    Object.keys(keyTexts).flatMap((key) => (key.startsWith(prefix) ? key.slice(prefix.length) : []));

  test('there is one for every key of every kind, and none for anything else', () => {
    assert.deepEqual(named('key.').sort(), [...dotted].sort());
    assert.deepEqual(
      named('becomes.').filter((key) => !dotted.includes(key)),
      [],
    );
  });

  test('there is one for every value that is one of a few, and none for anything else', () => {
    const values = keys.flatMap(({ kind, path: keyPath, schema }) => {
      const at = SCHEMAS.resolve(schema, kind.schema)?.schema;
      return (at?.enum ?? (at?.const === undefined ? [] : [at.const])).map((value) => `${keyPath.join('.')}.${value}`);
    });
    const versions = ['version.v0.1', 'version.v1']; // examples rather than all that is possible
    assert.deepEqual(named('value.').sort(), [...new Set([...values, ...versions])].sort());
  });

  test('are found by the path in a document, through lists and the person’s own names', () => {
    const english = (found: ReturnType<typeof keyText>) => found && toText(found, 'en');
    assert.match(english(keyText(['storage', 'workdirs', 0, 'path'])) ?? '', /absolute path/);
    assert.match(english(keyText(['nodes', 'gpu-node-1', 'gpuType'])) ?? '', /Type of the node/);
    assert.match(english(keyText(['namespace', 'team-a', 'gpu'])) ?? '', /GPUs/);
    assert.match(english(becomesText(['job', 'batchSize'])) ?? '', /GPUCTL_BATCH_SIZE/);
    assert.match(english(valueText(['deepspeed', 'stage'], 3)) ?? '', /parameters/);
    assert.equal(keyText(['deepspeed', 'config', 'zero_optimization']), undefined);
    assert.equal(keyText(['nonsense']), undefined);
    assert.equal(valueText(['job', 'priority'], 'urgent'), undefined);
  });

  test('every key but a section has an example, and it is right', () => {
    for (const { kind, path: keyPath, schema } of keys) {
      const at = SCHEMAS.resolve(schema, kind.schema)?.schema;
      const examples = schema.examples ?? at?.examples;
      if (!examples && (at?.properties || at?.const !== undefined || keyPath[0] === 'kind')) continue;
      assert.ok(examples, `${kind.name}: ${keyPath.join('.')}`);
      for (const example of examples) {
        const text = JSON.stringify(withExample(kind.name, keyPath, example));
        assert.deepEqual([...about(text, 'value.', 'text'), ...about(text, 'key.unknown', 'text')], [], text);
      }
    }
  });
});

/** A document that is complete but for this key, which has the value. */
function withExample(kind: string, keyPath: readonly string[], value: unknown): object {
  const document: Record<string, unknown> = { kind };
  if (kind === 'pool' || kind === 'quota') document[kind] = { name: 'a' };
  else Object.assign(document, { job: { name: 'a' }, environment: { image: 'a:1' } });
  let at = document;
  keyPath.slice(0, -1).forEach((key, index) => {
    const inList = key === 'workdirs' || key === 'env';
    const below = (at[key] ?? {}) as Record<string, unknown>;
    const own = index === 0 && (key === 'nodes' || key === 'namespace');
    const item: Record<string, unknown> = key === 'env' ? { name: 'A' } : key === 'workdirs' ? { path: '/a' } : {};
    at[key] = inList ? [item] : own ? { one: item } : below;
    at = inList || own ? item : below;
  });
  at[keyPath.at(-1) as string] = value;
  return document;
}

test('which kinds have a key is known by any spelling', () => {
  assert.deepEqual(kindsByKey().get('service.health_check'), ['inference', 'compute']);
  assert.deepEqual(kindsByKey().get('framework'), ['training']);
  assert.equal(kindsByKey().get('service.banana'), undefined);
});

describe('published schemas', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const byKind = new Map<string, ValidateFunction>(KIND_NAMES.map((kind) => [kind, ajv.compile(read(kind))]));
  const any = ajv.compile(read('gpuctl'));
  /** Whether both the schema of the kind and the one of all kinds take a document. */
  const takes = (text: string): boolean => {
    const value: unknown = parse(text);
    const name = String((value as { kind?: unknown } | null)?.kind);
    const own = byKind.get(name === 'resource' ? 'pool' : name);
    const both = [own?.(value) ?? false, any(value)];
    assert.equal(both[0], both[1], `the schemas disagree on:\n${text}\n${JSON.stringify(any.errors ?? own?.errors)}`);
    return both[0] as boolean;
  };
  const job = (kind: string, more: string) => `kind: ${kind}\njob: {name: a}\nenvironment: {image: "a:1"}\n${more}`;

  test('take what gpuctl takes, in every spelling', () => {
    for (const text of [
      training(),
      training('resources: {pool: p, gpu: "8", node-count: 2, gpu_type: 4090, cpu: 0.5, memory: 400Gi}\n'),
      training(
        'version:\nresources:\nretries: ~\ntimeout: 90\nstorage: {workdirs: [{path: /a, host_path: /b, read-only: }]}\n',
      ),
      training(
        'distributed: {nccl_socket_ifname: eth0, same-rack: off}\noutput: {dir: /o, resume-from-checkpoint: true}\n',
      ),
      training('deepspeed: {stage: "3", offload: cpu, config: {any: [thing]}, path: x}\n'),
      training('service: {replicas: 2}\nengine: vllm\n'),
      training().replace(
        'image: a:1',
        'image: a:1\n  image_pull_secret: s\n  command: [a, 1, true]\n  env: {A: 1, B: }',
      ),
      training().replace('image: a:1', 'image: a:1\n  env: [{name: A, value: 1}, {name: B, secret: s, key: k}]'),
      job(
        'inference',
        'service: {health-check: /h, expose: nodePort}\nautoscaling: {max_replicas: 2, target-gpu-utilization: 80, target_qps: 5}\n',
      ),
      job('notebook', 'service: {port: 8888, replicas: 1}\n'),
      job('compute', 'service: {replicas: "2"}\nautoscaling: {}\n'),
      'kind: pool\npool: {name: p, site: {rack-label: a/b, restricted: true}}\nnodes: {a: , b: {gpu-type: x}}\n',
      'kind: resource\npool: {name: p}\n',
      training('resources: {gpu: "", gpuType: "", memory: ""}\nframework: ""\ntimeout: ""\ndeepspeed: ""\n'),
      training().replace('name: a', 'name: true\n  namespace: ""'),
      'kind: quota\nquota: {name: q}\ndefault: {gpu: "8"}\nnamespace: {a: , b: {cpu: 8, memory: 1Ti}}\n',
    ]) {
      assert.ok(modelOf(text), `gpuctl does not take:\n${text}\n${about(text, '', 'text').join('\n')}`);
      assert.ok(takes(text), `refused:\n${text}\n${JSON.stringify(any.errors)}`);
    }
  });

  test('refuse what gpuctl refuses', () => {
    for (const text of [
      'kind: training\njob: {name: a}\n',
      training('resources: {gpu: eight}\n'),
      training('resources: {gpu: -1}\n'),
      training('resources: {pool: }\n'),
      training('resources: {memory: 64GB}\n'),
      training('timeout: 0s\n'),
      training('framework: natve\n'),
      training().replace('name: a', 'name: My_Job'),
      training().replace('image: a:1', 'image: a:1\n  command: python train.py'),
      training().replace('image: a:1', 'image: a:1\n  env: [{name: A, secret: s}]'),
      job('inference', 'autoscaling: {target_gpu_utilization: 150}\n'),
      job('compute', 'service: {port: 70000}\n'),
      'kind: pool\npool: {}\n',
      'kind: quota\nquota: {name: q}\nnamespace: {a: {gpu: 1.5}}\n',
      'kind: quota\nquota: {name: q}\nnamespace: [a]\n',
    ]) {
      assert.ok(!modelOf(text), `gpuctl takes:\n${text}`);
      assert.ok(!takes(text), `taken:\n${text}`);
    }
    assert.ok(!takes(training('banana: 1\n')), 'unknown keys: gpuctl warns, a schema can only refuse');
  });

  test('the one for all kinds leaves foreign and empty documents alone, and asks all others for their kind', () => {
    assert.ok(any(parse('apiVersion: v1\nkind: ConfigMap\ndata: {}\n')));
    assert.ok(any(null));
    assert.ok(!any(parse('kind: Deployment\n')));
    assert.ok(!any(parse('job: {name: a}\n')));
  });

  test('offer each key once, with a description, and need no other file', () => {
    for (const kind of [...KIND_NAMES, 'gpuctl']) {
      const text = JSON.stringify(read(kind));
      assert.doesNotMatch(text, /"\$ref":"(?!#\/definitions\/)/, kind);
      assert.match(text, /"\$schema":"http:\/\/json-schema\.org\/draft-07\/schema#"/);
    }
    const { properties } = read('training').properties.resources;
    assert.match(properties.nodeCount.markdownDescription, /Nodes/);
    assert.deepEqual(
      Object.keys(properties).filter((key) => !properties[key].doNotSuggest),
      ['pool', 'gpu', 'acceleratorCount', 'gpuType', 'nodeCount', 'queue', 'cpu', 'memory', 'gpuShare'],
    );
    assert.deepEqual(read('training').properties.job.properties.priority.markdownEnumDescriptions.length, 5);
  });
});
