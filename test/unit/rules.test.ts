/** What the fixtures of findings cannot show: the pages, the list of all findings, and findings that a changing cluster decides. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { catalogue, toText } from '../../l10n/index.ts';
import { PAGES, type Page } from '../../l10n/pages.ts';
import { generateFindings } from '../../scripts/generateFindings.ts';
import { type Live, withLiveFindings } from '../../server/src/capacity/liveRules.ts';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { FINDINGS, findingNamed } from '../../server/src/kinds/findingList.ts';
import { NO_LEVELS } from '../../server/src/kinds/levels.ts';
import { toTextChanges } from '../../server/src/model/edits.ts';
import { toPod, toWorkload } from '../../server/src/state/project.ts';
import { fourteenFree, node, outlookOn, POOL, pod, stateOf } from './nodesAndPods.ts';

const root = path.join(import.meta.dirname, '../..');
const codes = FINDINGS.map(({ code }) => code);

/** A document of which only some sections are given; the rest is the least that the kind needs. */
function completed(fragment: string): string {
  return fragment
    .split(/^---\n/m)
    .filter(Boolean)
    .map((part) => {
      if (fragment.startsWith('---')) return `---\n${part}`;
      const has = (key: string) => new RegExp(`^${key}:`, 'm').test(part);
      const isJob = !has('kind') || /^kind: (?!pool|quota|resource)/m.test(part);
      return [
        '---\n',
        has('kind') ? '' : 'kind: training\n',
        isJob && !has('job') ? 'job:\n  name: example\n' : '',
        isJob && !has('environment') ? 'environment:\n  image: registry.example.com/team/image:1.0\n' : '',
        part,
      ].join('');
    })
    .join('');
}

/** Codes of what is found in a text, by the text alone and by its file. */
function found(text: string): string[] {
  const file = checkFile(text, 'gpuctl');
  return documentsOf(file).flatMap(({ document }) =>
    [...document.findings, ...(file.together.get(document) ?? [])].map(({ code }) => code as string),
  );
}

describe('the list of findings', () => {
  test('has every code that the source finds, and a sentence for each', () => {
    const files = globSync('server/src/**/*.ts', { cwd: root }).filter((file) => !file.includes('.generated.'));
    const literals = files.flatMap((file) =>
      [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bcode: '([a-z0-9-]+\.[a-z0-9-]+)'/g)].map(
        (match) => match[1] as string,
      ),
    );
    const isFinding = (code: string) => `finding.${code}` in catalogue;
    const missing = literals.filter((code) => isFinding(code) && !findingNamed(code));
    assert.deepEqual([...new Set(missing)], []);
    assert.deepEqual(
      codes.filter((code) => !isFinding(code)),
      [],
    );
    assert.equal(new Set(codes).size, codes.length);
  });

  test('has a page for each code, and for nothing else', () => {
    assert.deepEqual(Object.keys(PAGES).sort(), [...codes].sort());
  });

  test('has pages that speak English in English and Chinese in Chinese', () => {
    for (const [code, { en, zh }] of Object.entries(PAGES)) {
      for (const text of [en.what, en.more]) assert.match(text, /^[^\p{Script=Han}，。；：！？（）]+\.$/u, code);
      for (const text of [zh.what, zh.more]) {
        assert.match(text, /\p{Script=Han}.*。$/u, code);
        assert.doesNotMatch(
          text.replace(/`[^`]*`/g, ' '),
          /\p{Script=Han}[,;!?](?=\s|\p{Script=Han}|$)|\b(?:the|is|are|of|and)\b/u,
          code,
        );
      }
    }
  });
});

describe('the example of', () => {
  const isCluster = (code: string) => findingNamed(code)?.chapter === 'capacity';
  const examples = (Object.entries(PAGES) as [string, Page][]).filter(([, page]) => page.wrong !== undefined);
  for (const [code, { wrong = '', right = '' }] of examples) {
    test(`${code} does what its page says`, () => {
      assert.ok(found(completed(wrong)).includes(code), completed(wrong));
      assert.ok(right && !found(completed(right)).includes(code), completed(right));
    });
  }

  test('nothing is missing but of those that the cluster, the workspace or a size decides', () => {
    const without = codes.filter((code) => !PAGES[code]?.wrong && !isCluster(code));
    assert.deepEqual(without, ['document.too-large', 'job.twice-in-workspace']);
  });
});

describe('the references of findings', () => {
  test('have one section for each code, which ends where the next begins', () => {
    for (const [file, text] of generateFindings()) {
      const headings = [...text.matchAll(/^### (.*)$/gm)].map((match) => match[1]);
      assert.deepEqual(headings, codes, file);
      const sections = text
        .split(/^### .*$/m)
        .slice(1)
        .map((section) => section.split(/^## .*$/m)[0] ?? '');
      for (const [index, section] of sections.entries()) {
        assert.doesNotMatch(section, /^#{1,6} /m, `${codes[index]}: no line of a page may look like a heading`);
        assert.ok(section.trim().length > 30, codes[index]);
      }
    }
  });
});

describe('findings of the cluster', () => {
  const JOB = `kind: training
job:
  name: sft
environment:
  image: trainer:1
resources:
  pool: training-pool
  gpu: 16
  nodeCount: 2
  cpu: 8
  memory: 64Gi
`;
  const live = (state = fourteenFree()): Live => outlookOn(state);
  function told(text: string, at: Live | undefined) {
    const document = readDocument(text, 'gpuctl');
    assert.ok(document);
    return { document, findings: withLiveFindings(document.findings, document, at, NO_LEVELS) };
  }
  const all = (text: string, at: Live | undefined) =>
    told(text, at).findings.map(({ severity, code, message }) => `${severity} ${code}: ${toText(message, 'en')}`);

  test('stay away where nodes or pods are not known', () => {
    assert.deepEqual(all(JOB, undefined), []);
    assert.equal(all(JOB, live()).length, 1);
    assert.deepEqual(all('kind: pool\npool: {name: p}\nnodes: {nowhere: }\n', undefined), []);
  });

  test('stay away from a job that runs', () => {
    const state = fourteenFree();
    const item = toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'sft',
        namespace: 'default',
        uid: '1',
        labels: { 'gpuctl/job-type': 'training', 'gpuctl/pool': 'training-pool' },
      },
      spec: {
        parallelism: 2,
        template: { spec: { containers: [{ resources: { limits: { 'nvidia.com/gpu': '8' } } }] } },
      },
      status: {},
    });
    assert.ok(item);
    state.applyWorkloads('Job', [{ type: 'reset', items: [item] }]);
    assert.equal(all(JOB, live(state)).length, 1, 'while it waits');
    const labels = { 'batch.kubernetes.io/job-name': 'sft' };
    const amounts = { 'nvidia.com/gpu': '8', cpu: '8', memory: '64Gi' };
    const pods = ['n2', 'n4'].map((nodeName) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `sft-${nodeName}`, namespace: 'default', uid: nodeName, labels },
      spec: { nodeName, containers: [{ resources: { limits: amounts } }] },
      status: { phase: 'Running' },
    }));
    state.applyPods(pods.map((one) => ({ type: 'set', item: toPod(one) })));
    assert.deepEqual(all(JOB, live(state)), []);
    assert.equal(all(JOB.replace('sft', 'other'), live(state)).length, 1);
    assert.equal(all(JOB.replace('gpu: 16', 'gpu: 64').replace('nodeCount: 2', 'nodeCount: 8'), live(state)).length, 1);
  });

  test('a pool that is not named is a warning where there are pools with GPUs, told once', () => {
    const text = JOB.replace('  pool: training-pool\n', '').replace('gpu: 16', 'gpu: 4');
    assert.deepEqual(
      told(text, undefined).findings.map(({ severity, code }) => `${severity} ${code}`),
      ['information pool.absent'],
    );
    const free = stateOf([node('n1', POOL), node('n2', {}), node('n3', {})], []);
    assert.deepEqual(all(text, live(free)), [
      'warning pool.absent: No `pool` is named, so only nodes that belong to no pool are used, and none of `training-pool`. Name one, or write `pool: default` if that is meant.',
    ]);
    assert.deepEqual(all(text, live(stateOf([node('n2', {}), node('n3', {})], []))).length, 1);
  });

  /** The texts of `resources` that fixes leave, by their titles. */
  function fixes(text: string, state = fourteenFree()): string[] {
    const { document, findings } = told(text, live(state));
    return findings.flatMap(({ fixes = [] }) =>
      fixes.map(({ title, changes = [] }) => {
        const made = toTextChanges(changes, document.tree()) ?? [];
        const words = made.map(({ range, text }) => `${document.text.slice(range.start, range.end)}→${text}`);
        return `${toText(title, 'en')} [${words.join(' ')}]`;
      }),
    );
  }

  test('offer what would fit: the same nodes first, then the most', () => {
    assert.deepEqual(fixes(JOB), ['8 GPUs: 2 nodes × 4, fits now [16→8]', '9 GPUs: 3 nodes × 3, fits now [16→9 2→3]']);
  });

  test('offer what the pool could hold where nothing is free', () => {
    const busy = stateOf([node('n1', POOL), node('n2', POOL)], [pod('a', 'n1', 8), pod('b', 'n2', 8)]);
    assert.deepEqual(fixes(JOB.replace('gpu: 16', 'gpu: 32'), busy), ['16 GPUs: 2 nodes × 8 [32→16]']);
  });

  test('offer replicas fewer or smaller ones, and never nodes', () => {
    const service = `${JOB.replace('training\n', 'inference\n').replace('  nodeCount: 2\n', '')}service:\n  replicas: 3\n`;
    assert.deepEqual(fixes(service.replace('gpu: 16', 'gpu: 4')), [
      '2 replicas, 4 GPUs for each, fits now [3→2]',
      '3 replicas, 3 GPUs for each, fits now [4→3]',
    ]);
    const text = all(service, live()).join();
    assert.doesNotMatch(text, /nodeCount/);
  });

  test('offer at most four pools or types, the likeliest first', () => {
    const many = stateOf(
      ['a', 'b', 'c', 'd', 'e', 'training-pool'].map((pool) => node(`n-${pool}`, { pool })),
      [],
    );
    assert.deepEqual(
      fixes(JOB.replace('training-pool', 'training-pol'), many).map((fix) => fix.replace(/ \[.*/, '')),
      ['Change to `training-pool`', 'Change to `a`', 'Change to `b`', 'Change to `c`'],
    );
  });
});
