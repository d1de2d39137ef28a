import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MarkupContent } from 'vscode-languageserver';
import type { Language } from '../../l10n/index.ts';
import { documentAt } from '../../server/src/kinds/checkedFile.ts';
import { KINDS, SCHEMAS } from '../../server/src/kinds/index.ts';
import { buildHover } from '../../server/src/language/hover.ts';
import type { LiveValues } from '../../server/src/operations/liveValues.ts';
import { atMark, openText, sayIn } from './openText.ts';

const A100 = { type: 'A100-80G', total: 32, used: 18, free: 14, unavailable: 0, largestBlock: 7 };
const LIVE: Pick<LiveValues, 'pools' | 'gpuTypes' | 'outlook'> = {
  pools: () => [{ name: 'training-pool', description: undefined, gpus: [A100] }],
  gpuTypes: (pool) => (pool === 'training-pool' ? [A100] : []),
  outlook: () => undefined,
};
const OFFLINE: typeof LIVE = { pools: () => [], gpuTypes: () => [], outlook: () => undefined };

interface Options {
  language?: Language;
  live?: typeof LIVE;
  mode?: 'gpuctl' | 'yaml';
}

/** Text and range of the hover at the `|` of a text. */
function hoverAt(marked: string, { language = 'en', live = OFFLINE, mode = 'gpuctl' }: Options = {}) {
  const { text, at } = atMark(marked);
  const file = openText(text, mode);
  const placed = documentAt(file.checked, at);
  const hover = placed && buildHover(placed, at, file.document, { say: sayIn(language), live });
  if (!hover) return undefined;
  return { text: (hover.contents as MarkupContent).value, over: hover.range && file.document.getText(hover.range) };
}
const told = (marked: string, options?: Options) => hoverAt(marked, options)?.text ?? 'nothing';

const head = (kind: string, name = 'a-job') => `kind: ${kind}\njob:\n  name: ${name}\nenvironment:\n  image: app:1\n`;

describe('hover', () => {
  test('tells meaning, type, default, example and what it becomes here', () => {
    const found = hoverAt(`${head('training')}resources:\n  g|pu: 8\n  nodeCount: 2\n  memory: 64Gi\n`);
    assert.equal(found?.over, 'gpu');
    const lines = found?.text.split('\n\n') ?? [];
    assert.equal(lines[0], '**`resources.gpu`** · a whole number, 0 or more · default `0`');
    assert.match(lines[1] ?? '', /^GPUs \*\*in total/);
    assert.equal(lines.at(-2), '- 4 GPUs on each of 2 nodes\n- Shared memory at `/dev/shm`: 32 GiB');
    assert.equal(lines.at(-1), 'Example: `8`');
  });

  test('tells it in Chinese', () => {
    const found = told(`${head('training')}resources:\n  g|pu: 8\n  nodeCount: 2\n`, { language: 'zh-cn' });
    assert.match(found, /不小于 0 的整数 · 默认 `0`/);
    assert.match(found, /2 个节点，每个节点 4 张 GPU/);
    assert.match(found, /示例：`8`/);
  });

  test('lists the values of a choice, the present one in bold', () => {
    const found = hoverAt('kind: training\njob: { name: a, priority: l|ow }\n');
    assert.equal(found?.over, 'low');
    assert.match(found?.text ?? '', /default `medium`/);
    assert.match(found?.text ?? '', /- `high`: Starts before others.*\n- `medium`: .*\n- \*\*`low`\*\*: Waits/);
    assert.match(told('ki|nd: notebook\n'), /- \*\*`notebook`\*\*: A notebook that keeps its files\.\n- `compute`/);
    assert.match(told('kind: traning|\n'), /- `training`: Runs to its end/);
  });

  test('says what is required', () => {
    assert.match(told(head('training').replace('name', 'na|me')), /\*\*`job.name`\*\* · required/);
    assert.doesNotMatch(told('kind: training\njob:\n  epo|chs: 3\n'), /required/);
  });

  test('spells sizes, cores and durations out', () => {
    const of = (key: string) => told(`${head('training')}${key}`);
    assert.match(of('resources:\n  memory: 32|G\n'), /`32G` is 29.8 GiB: .* `32Gi` is 32 GiB/);
    assert.doesNotMatch(of('resources:\n  memory: 32|Gi\n'), /`32Gi` is/);
    assert.match(of('resources:\n  memory: 64000|M\n'), /`64000M` is 59.6 GiB/);
    assert.match(of('resources:\n  cpu: 500|m\n'), /`500m` is 0.5 cores/);
    assert.match(of('timeout: 1h|30m\n'), /`1h30m` is 1 hour 30 minutes/);
    assert.match(of('timeout: 90|000\n'), /`90000` is 1 day 1 hour/);
  });

  test('knows the addresses and variables of this document', () => {
    assert.match(told(head('inference', 'ch|at')), /`svc-chat:8000`/);
    assert.match(told(`${head('notebook', 'nb')}service:\n  po|rt: 9999\n`), /`svc-nb:9999`/);
    assert.match(told(`${head('compute', 'c')}ser|vice:\n  port: 80\n`), /`svc-c:80`/);
    assert.match(told(head('training').replace('\nenv', '\n  epo|chs: 3\nenv')), /`GPUCTL_EPOCHS=3`/);
    assert.match(told(`${head('training')}  env: { LR: 1|e-5 }\n`), /`LR=1e-5`/);
    assert.match(told(`${head('training')}  env:\n    - name: LR\n      va|lue: 1e-5\n`), /`LR=1e-5`/);
    assert.match(told(`${head('training')}deepspeed:\n  pa|th: ds.json\n`), /Your own file at `.*\/ds.json`/);
    assert.match(told(`${head('training')}deep|speed:\n  offload: cpu\n`), /ZeRO stage 3, offload `cpu`/);
    assert.match(told(`${head('training')}retr|ies: 2\n`), /tried 3 times at most/);
    assert.match(
      told(`${head('training', 'r')}resources:\n  gpu: 2\n  node|Count: 2\n`),
      /Ranks 0 to 1; they find each other at `r-0.r`/,
    );
  });

  test('knows GPUs of replicas, and where a workdir comes from', () => {
    const gpus = `${head('inference')}resources:\n  gpu: 4\n`;
    assert.match(told(`${gpus}service:\n  repli|cas: 3\n`), /4 GPUs for each of 3 replicas, 12 in all/);
    assert.match(told(`${gpus}autoscaling:\n  max|Replicas: 6\n  targetQPS: 5\n`), /At most 24 GPUs, with 6 replicas/);
    const workdir = (rest: string) => told(`${head('training')}storage:\n  workdirs:\n    - { pa|th: /data${rest} }\n`);
    assert.match(workdir(''), /directory `\/data` of the node/);
    assert.match(workdir(', claim: c1'), /storage claim `c1`/);
    assert.match(workdir(', nfs: { server: s, path: /x }'), /`\/x` of the server `s`/);
    assert.match(workdir(', size: 1Ti'), /storage claim `a-job-workdir-0` of 1Ti/);
  });

  test('knows what runs and what gpuctl adds', () => {
    const served = head('inference').replace('app:1', 'vllm/vllm-openai:v0.11.0');
    const found = told(`${served}  command: [vllm, ser|ve, m]\nresources:\n  gpu: 4\n`);
    assert.match(found, /Recognised as vLLM\n- gpuctl adds `--tensor-parallel-size 4`/);
  });

  test('tells what is free now, and nothing of it offline', () => {
    const pool = `${head('training')}resources:\n  pool: training|-pool\n`;
    assert.match(told(pool, { live: LIVE }), /A100-80G: 14 of 32 free now, 7 together on one node at most/);
    assert.doesNotMatch(told(pool), /free now/);
    const type = `${head('training')}resources:\n  pool: training-pool\n  gpuType: a100|-80g\n`;
    assert.match(
      told(type, { live: LIVE }),
      /A100, 80 GB of memory\n- Has BF16, .*\n- Lacks FP8\n- A100-80G: 14 of 32/,
    );
    const away = {
      ...LIVE,
      pools: () => [{ name: 'p', description: undefined, gpus: [{ ...A100, unavailable: 16 }] }],
    };
    assert.match(
      told('kind: pool\npool: { name: |p }\nnodes: { n1: {} }\n', { live: away }),
      /- A100-80G: 14 of 32 free now.*\n- A100-80G: 16 more on nodes that take no jobs at the moment/,
    );
    assert.match(told('kind: pool\npool: { name: p }\nnodes: { n1: { gpuType: L|4 } }\n'), /L4, 24 GB of memory/);
  });

  test('works in every spelling, in flow style, behind an alias and in what is merged', () => {
    const about = (marked: string, key: string) => assert.match(told(marked), new RegExp(`^\\*\\*\`${key}\`\\*\\*`));
    about(`${head('training')}resources: { node_c|ount: 2 }\n`, 'resources.nodeCount');
    about(`${head('training')}resources: { node-count: |2 }\n`, 'resources.nodeCount');
    about(`x: &p a\n${head('training')}resources:\n  pool: *|p\n`, 'resources.pool');
    about(`x: &r\n  po|ol: a\n${head('training')}resources:\n  <<: *r\n  gpu: 1\n`, 'resources.pool');
    about(`x: &r { gpu: |1 }\n${head('training')}resources: *r\n`, 'resources.gpu');
    about(`${head('training')}  command:\n    - python\n    - tra|in.py\n`, 'environment.command');
  });

  test('works in broken documents', () => {
    const broken = 'kind: training\njob:\n  name: "a\nresources:\n  gpu: [\n  po|ol: b\n';
    assert.match(told(broken.replace('po|ol', 'pool').replace('na', 'n|a')), /`job.name`/);
    assert.match(told(`kind: training\nresources:\n  po|ol: b\n  gpu: {\n`), /`resources.pool`/);
  });

  test('says nothing in comments, between words, for unknown keys, and in foreign or huge documents', () => {
    for (const marked of [
      `# no|te\n${head('training')}`,
      `${head('training')}resources:  # no|te\n  gpu: 1\n`,
      `${head('training')}resources: { gpu: 1,  |  cpu: 2 }\n`,
      `${head('training')}resources:\n  fo|o: 1\n`,
      `${head('training')}service:\n  po|rt: 1\n`,
      'apiVersion: v1\nkind: Pod|\njob:\n  name: a\n',
      `${head('training')}deepspeed: { config: { tr|ain: 1 } }\n`,
      `${head('training')}x: ${'y'.repeat(300_000)}\nresour|ces:\n  gpu: 1\n`,
    ])
      assert.equal(hoverAt(marked), undefined, marked.slice(0, 200));
    assert.equal(hoverAt('kind: training\nfoo: ba|r\n', { mode: 'yaml' }), undefined);
  });

  test('text of the document cannot leave its code', () => {
    const found = told(`${head('training')}  env: { A: "x\` [go](command:x) |\`y" }\n`);
    assert.match(found, /`A=x {2}?\[go\]\(command:x\) y`|`A=x \[go\]\(command:x\) y`/);
  });

  test('every key of every kind has one, in both languages', () => {
    let keys = 0;
    for (const { name, schema } of KINDS) {
      for (const { path } of SCHEMAS.keyPaths(schema)) {
        if (path[0] === 'kind') continue;
        keys++;
        const marked = `kind: ${name}\n${nested(path)}`;
        const named = path.join('.').replace(/^(nodes|namespace)\./, '$1.own.');
        for (const language of ['en', 'zh-cn'] as const)
          assert.ok(told(marked, { language }).startsWith(`**\`${named}\`**`), marked);
      }
    }
    assert.ok(keys > 150, `${keys} keys`);
  });
});

/** A mark at the key that a path without list indexes and own names leads to. */
function nested(path: readonly string[]): string {
  const lines = path.flatMap((key, index) => {
    const parent = path[index - 1];
    const dash = parent === 'workdirs' || parent === 'env' ? '- ' : '';
    const own = ['nodes', 'namespace'].includes(parent ?? '') && index === 1 ? ['own: '] : [];
    return [...own, `${dash}${key}${index === path.length - 1 ? '|' : ''}:`];
  });
  return lines.map((line, depth) => `${' '.repeat(4 * depth)}${line}\n`).join('');
}
