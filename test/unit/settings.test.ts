/** Pools and quotas as manifests: golden files, and what a fixed text cannot show. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { stringify } from 'yaml';
import { toText } from '../../l10n/index.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { BuiltSettings } from '../../server/src/kinds/manifests/built.ts';
import { OFFLINE, type Site } from '../../server/src/kinds/manifests/site.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { mergePatch } from '../../server/src/model/mergePatch.ts';
import { toNode, toPool } from '../../server/src/state/project.ts';

type Labels = Record<string, string>;

const toSiteNodes = (nodes: Record<string, Labels>) =>
  Object.entries(nodes).map(([name, labels]) => toNode({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels } }));

function build(text: string, site: Partial<Site> = {}): BuiltSettings {
  const document = readDocument(text, 'gpuctl');
  assert.ok(document?.model, JSON.stringify(document?.findings));
  return document.kind?.build(document.model, { ...OFFLINE, ...site }) as BuiltSettings;
}

describe('golden files of pools and quotas', () => {
  const folder = path.join(import.meta.dirname, '../fixtures/manifests');
  const files = readdirSync(folder).filter((file) => /^(pool|quota)-.*\.gpuctl\.yaml$/.test(file));

  /** What a document becomes; a first line `# nodes: {…}` gives the nodes of the cluster with their labels. */
  function render(text: string): string {
    const nodes = /^# nodes: (.*)$/m.exec(text)?.[1];
    const site = nodes && { nodes: toSiteNodes(JSON.parse(nodes)), annotations: { source: text } };
    const { kept, applied, obsolete, nodes: changed, leftOut } = build(text, site || {});
    const labelled = changed.map(({ node, labels }) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: node, labels },
    }));
    const notes = [
      ...(obsolete ? [`Removed elsewhere: ${obsolete.kind} with ${obsolete.labelSelector}`] : []),
      ...changed.flatMap(({ node, from }) => (from === undefined ? [] : [`${node} moves from ${from}.`])),
      ...leftOut.map((one) => toText(one, 'en')),
    ];
    return [...kept, ...applied, ...labelled]
      .map((object) => stringify(object, { aliasDuplicateObjects: false, lineWidth: 0 }))
      .concat(notes.length ? notes.map((note) => `# ${note}\n`).join('') : [])
      .join('---\n');
  }

  for (const file of files)
    test(file, () => {
      const golden = path.join(folder, file.replace('.gpuctl.', '.manifests.'));
      const rendered = render(readFileSync(path.join(folder, file), 'utf8'));
      if (process.env.GPUCTL_WRITE_GOLDEN) writeFileSync(golden, rendered);
      assert.equal(rendered, readFileSync(golden, 'utf8'));
    });

  test('there is one of each', () =>
    assert.deepEqual(new Set(files.map((file) => file.split('-')[0])), new Set(['pool', 'quota'])));
});

describe('membership of a pool', () => {
  const POOL = 'kind: pool\npool: {name: p}\nnodes: {n1: {gpuType: A100}, n2: {}}\n';

  /** The labels of nodes after the pool was applied. */
  function labelsAfter(
    text: string,
    nodes: Record<string, Labels>,
    prefix: Site['prefix'] = 'gpuctl',
  ): Record<string, Labels> {
    const result = { ...nodes };
    for (const { node, labels } of build(text, { nodes: toSiteNodes(nodes), prefix }).nodes)
      result[node] = mergePatch(result[node] as Labels, labels);
    return result;
  }

  test('is written under the prefix of the site, and is the same when it is applied again', () => {
    for (const prefix of ['gpuctl', 'runwhere.ai'] as const) {
      const labelled = labelsAfter(POOL, { n1: { zone: 'a' }, n2: {}, other: {} }, prefix);
      assert.deepEqual(labelled, {
        n1: { zone: 'a', [`${prefix}/pool`]: 'p', [`${prefix}/gpu-type`]: 'A100' },
        n2: { [`${prefix}/pool`]: 'p' },
        other: {},
      });
      assert.deepEqual(build(POOL, { nodes: toSiteNodes(labelled), prefix }).nodes, []);
    }
  });

  test('a node is in one pool and of one type afterwards, whatever labels it bore', () => {
    const keys = ['gpuctl/pool', 'runwhere.ai/pool', 'gpuctl/gpu-type', 'runwhere.ai/gpu-type', 'runwhere.ai/gpuType'];
    for (let bits = 0; bits < 3 ** keys.length; bits++) {
      const labels: Labels = {};
      keys.forEach((key, index) => {
        const choice = Math.floor(bits / 3 ** index) % 3;
        if (choice) labels[key] = choice === 1 ? (key.endsWith('/pool') ? 'p' : 'A100') : 'other';
      });
      for (const prefix of ['gpuctl', 'runwhere.ai'] as const) {
        const result = labelsAfter(POOL, { n1: labels, n2: { 'gpuctl/pool': 'p' } }, prefix);
        const one = (end: RegExp) => [
          ...new Set(
            Object.entries(result.n1 ?? {})
              .filter(([key]) => end.test(key))
              .map(([, value]) => value),
          ),
        ];
        assert.deepEqual([one(/\/pool$/), one(/\/gpu-?[tT]ype$/)], [['p'], ['A100']], JSON.stringify(labels));
        assert.deepEqual(labelsAfter(POOL, result, prefix), result);
      }
    }
  });

  test('a node that is in the pool under the other prefix stays as it is: what runs was placed by that label', () => {
    const nodes = { n1: { 'runwhere.ai/pool': 'p', 'runwhere.ai/gpuType': 'A100' }, n2: { 'runwhere.ai/pool': 'p' } };
    assert.deepEqual(labelsAfter(POOL, nodes), nodes);
  });

  test('a node that left loses every label of ours and keeps the others', () => {
    const left = {
      'gpuctl/pool': 'p',
      'runwhere.ai/pool': 'p',
      'gpuctl/gpu-type': 'A',
      'runwhere.ai/gpuType': 'A',
      zone: 'a',
    };
    const { n9 } = labelsAfter(POOL, { n1: {}, n2: {}, n9: left });
    assert.deepEqual(n9, { zone: 'a' });
  });

  test('a node that left and bears another pool under the other prefix keeps that and its type', () => {
    const { n9 } = labelsAfter(POOL, {
      n9: { 'gpuctl/pool': 'p', 'runwhere.ai/pool': 'q', 'runwhere.ai/gpuType': 'A' },
    });
    assert.deepEqual(n9, { 'runwhere.ai/pool': 'q', 'runwhere.ai/gpuType': 'A' });
  });

  test('a listed node that bears two pools moves away from the other one, under whichever prefix', () => {
    for (const [mine, other] of [
      ['gpuctl', 'runwhere.ai'],
      ['runwhere.ai', 'gpuctl'],
    ]) {
      const nodes = toSiteNodes({ n1: { [`${mine}/pool`]: 'p', [`${other}/pool`]: 'q', 'gpuctl/gpu-type': 'A100' } });
      const [change] = build(POOL, { nodes }).nodes;
      assert.deepEqual(change, { node: 'n1', labels: { [`${other}/pool`]: null }, from: 'q' });
    }
  });

  test('many unknown nodes are few sentences', () => {
    const names = Array.from({ length: 500 }, (_, index) => `x${index}: {}`).join(', ');
    const { leftOut, nodes } = build(`kind: pool\npool: {name: p}\nnodes: {${names}}\n`, {
      nodes: toSiteNodes({ n1: {} }),
    });
    assert.deepEqual(nodes, []);
    assert.equal(leftOut.length, 4);
    assert.equal(
      toText(leftOut[3] as (typeof leftOut)[0], 'en'),
      '497 more nodes of the document are not in this cluster. Nothing is done for them.',
    );
  });
});

describe('what the cluster keeps', () => {
  const dataOf = ({ applied }: BuiltSettings) => applied[0]?.data as Record<string, string>;

  test('of a pool: the document as it was submitted, comments and all', () => {
    const source = '# ours\nkind: pool\npool: {name: p}\nnodes: {b: {}, a: {}}\n';
    assert.deepEqual(dataOf(build(source, { annotations: { source } })), { 'pool.yaml': source, nodes: 'b\na\n' });
  });

  test('of a pool without its text: the same settings, as a job finds them', () => {
    const built = build('kind: pool\npool: {name: p, site: {rack_label: x/rack, network: host}}\n');
    assert.deepEqual(toPool(built.applied[0] as KubeObject)?.site, { rackLabel: 'x/rack', network: 'host' });
  });

  test('of a quota: only what is limited, in quantities of Kubernetes', () => {
    const [first, second] = build(
      'kind: quota\nquota: {name: q}\ndefault: {gpu: 4}\nnamespace: {a: {cpu: 1.5}, b: {gpu: 0, memory: 1Gi}}\n',
    ).applied.map(({ spec }) => spec);
    assert.deepEqual(first, { hard: { 'requests.cpu': '1.5', 'limits.cpu': '1.5', 'requests.nvidia.com/gpu': '4' } });
    assert.deepEqual(second, {
      hard: { 'requests.memory': '1Gi', 'limits.memory': '1Gi', 'requests.nvidia.com/gpu': '0' },
    });
  });
});
