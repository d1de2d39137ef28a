/** What completion proposes: texts with `¦` for the cursor. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toText } from '../../l10n/index.ts';
import type { GpuCount } from '../../server/src/capacity/pools.ts';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { KIND_NAMES } from '../../server/src/kinds/index.ts';
import { type Completion, complete } from '../../server/src/language/completion/complete.ts';
import type { Proposal } from '../../server/src/language/completion/proposal.ts';
import { expand, newDocument, RECIPES, withPools } from '../../server/src/language/completion/recipes.ts';
import { createTrial } from '../../server/src/language/completion/trial.ts';
import type { ValueSources } from '../../server/src/language/completion/values.ts';
import type { Value } from '../../server/src/model/canonical.ts';
import type { LiveValues } from '../../server/src/operations/liveValues.ts';
import { createRandom } from './random.ts';

const OFFLINE: LiveValues = {
  pools: () => [],
  gpuTypes: () => [],
  outlook: () => undefined,
  job: () => undefined,
  fits: () => false,
  nodes: () => [],
  names: () => ({ names: [], complete: true }),
};
const gpus = (type: string, free: number, total: number, largestBlock = free): GpuCount => ({
  type,
  total,
  used: total - free,
  free,
  unavailable: 0,
  largestBlock,
});
const LIVE: LiveValues = {
  pools: () => [
    { name: 'training-pool', description: undefined, gpus: [gpus('A100-80G', 14, 32)] },
    { name: 'dev-pool', description: undefined, gpus: [] },
    { name: undefined, description: undefined, gpus: [gpus('L40S', 2, 2)] },
  ],
  gpuTypes: (pool) =>
    pool === 'training-pool' ? [gpus('A100-80G', 14, 32, 6)] : [gpus('A100-80G', 14, 32, 6), gpus('L40S', 2, 2)],
  outlook: () => undefined,
  job: () => undefined,
  fits: () => false,
  nodes: () => [
    { name: 'n1', pool: 'training-pool', gpuType: 'A100-80G', gpus: 8 },
    { name: 'n9', pool: undefined, gpuType: 'L40S', gpus: 2 },
    { name: 'n10', pool: undefined, gpuType: undefined, gpus: 0 },
  ],
  names: (kind, namespace) => ({ names: [`${kind}-of-${namespace ?? 'here'}`], complete: kind !== 'claims' }),
};

interface Given extends Partial<Omit<ValueSources, 'live' | 'used'>> {
  live?: LiveValues;
  used?: Record<string, string[]>;
  mode?: 'gpuctl' | 'yaml';
  language?: 'en' | 'zh-cn';
}

function ask(marked: string, { live = OFFLINE, used = {}, mode = 'gpuctl', language = 'en', ...own }: Given = {}) {
  const offset = marked.indexOf('¦');
  assert.ok(offset >= 0, 'no cursor in the text');
  const text = marked.replace('¦', '');
  const [found] = documentsOf(checkFile(text, mode));
  const read = (path: readonly (string | number)[]) => {
    let at: unknown = found?.document.tree().value;
    for (const part of path) at = (at as Record<string | number, unknown> | null | undefined)?.[part];
    return at as Value | undefined;
  };
  const sources = {
    live,
    used: (key: string) => used[key] ?? [],
    pools: () => [],
    file: 'x.gpuctl.yaml',
    read,
    tryOut: createTrial(found?.document, live),
    ...own,
  };
  const kindName = found?.document.kindName ?? (mode === 'gpuctl' ? '' : undefined);
  return complete({ text, offset, kindName, sources, say: (one) => toText(one, language) });
}

const labels = ({ proposals }: Completion): string[] => proposals.map(({ label }) => label);
const find = (completion: Completion, label: string): Proposal => {
  const found = completion.proposals.find((one) => one.label === label);
  assert.ok(found, `${label} is not among ${labels(completion)}`);
  return found;
};

/** The text after a proposal is taken, with its places as they are. */
function take(marked: string, label: string, given?: Given): string {
  const { range, text } = find(ask(marked, given), label);
  const before = marked.replace('¦', '');
  return before.slice(0, range.start) + text + before.slice(range.end);
}

const JOB = 'kind: training\njob:\n  name: a\nenvironment:\n  image: i:1\n';

describe('keys', () => {
  it('come in the order of the schema, required ones first, without those that are there', () => {
    assert.deepEqual(labels(ask('kind: training\njob:\n  priority: low\n  ¦\n')), [
      'name',
      'namespace',
      'description',
      'epochs',
      'batchSize',
    ]);
  });

  it('are not proposed again in another spelling, or by another name', () => {
    const found = labels(ask('kind: training\nresources:\n  gpu-type: x\n  accelerator-count: 1\n  ¦\n'));
    assert.deepEqual(found, ['pool', 'node-count', 'queue', 'cpu', 'memory', 'gpu-share']);
  });

  it('are those of the kind', () => {
    const roots = Object.fromEntries(KIND_NAMES.map((kind) => [kind, labels(ask(`kind: ${kind}\n¦`)).join(' ')]));
    assert.match(roots.training ?? '', /^job, environment job environment version .*deepspeed.*output/);
    assert.doesNotMatch(roots.training ?? '', /service|autoscaling|nodes/);
    assert.match(roots.inference ?? '', /service.*autoscaling.*engine.*model/);
    assert.match(roots.notebook ?? '', /service/);
    assert.doesNotMatch(roots.notebook ?? '', /deepspeed|autoscaling/);
    assert.match(roots.compute ?? '', /service/);
    assert.match(roots.pool ?? '', /^pool version nodes$/);
    assert.match(roots.quota ?? '', /^quota version .*namespace/);
  });

  it('hold the whole word, before and behind the cursor, and keep the colon that is there', () => {
    assert.equal(take('kind: training\njob:\n  na¦me: a\n', 'namespace'), 'kind: training\njob:\n  namespace: a\n');
    assert.equal(take('kind: training\nresources:\n  gp¦\n', 'gpuType'), 'kind: training\nresources:\n  gpuType: $1\n');
  });

  it('bring what follows them: sections with what they must have, lists with an item, a choice of few', () => {
    assert.equal(take('kind: training\n¦', 'job'), 'kind: training\njob:\n  name: $1');
    assert.equal(take('kind: training\n¦', 'storage'), 'kind: training\nstorage:\n  $1');
    assert.equal(
      take('kind: training\nstorage:\n  ¦', 'workdirs'),
      'kind: training\nstorage:\n  workdirs:\n    - path: $1',
    );
    assert.equal(
      take(`${JOB}output:\n  ¦`, 'resumeFromCheckpoint').split('\n').at(-1),
      `  resumeFromCheckpoint: \${1|false,true|}`,
    );
    assert.equal(
      take('kind: training\njob:\n  ¦', 'priority').split('\n').at(-1),
      `  priority: \${1|medium,high,low|}`,
    );
    assert.equal(take(`${JOB}¦`, 'retries').split('\n').at(-1), `retries: \${1:3}`);
  });

  it('follow the indentation of list items', () => {
    assert.equal(
      take('kind: training\nstorage:\n  workdirs:\n  - path: /a\n    ¦', 'nfs').split('nfs:')[1],
      `\n      server: \${1:10.0.0.5}\n      path: \${2:/export/data}`,
    );
    assert.equal(take('kind: training\nstorage:\n  workdirs:\n  -¦', 'path').split('workdirs:')[1], '\n  - path: $1');
  });

  it('begin a new item of a list', () => {
    assert.equal(
      take('kind: training\nstorage:\n  workdirs:\n    - path: /a\n    ¦', '- path').split('/a')[1],
      '\n    - path: $1',
    );
    assert.equal(take('kind: training\nenvironment:\n  command:\n    ¦', '-').split('command:')[1], '\n    - $1');
  });

  it('offer all that is required at once', () => {
    assert.equal(
      take('kind: training\n¦', 'job, environment'),
      'kind: training\njob:\n  name: $1\nenvironment:\n  image: $2',
    );
  });

  it('come after a half-typed key, in flow style, in JSON', () => {
    assert.ok(labels(ask('kind: training\njob:\n  name: a\n  prio¦\n')).includes('priority'));
    assert.equal(
      take('kind: training\njob: {name: a, ¦}\n', 'priority').split('\n')[1],
      `job: {name: a, priority: \${1|medium,high,low|}}`,
    );
    assert.equal(take('kind: training\nstorage: {¦}\n', 'workdirs').split('\n')[1], 'storage: {workdirs: [$1]}');
    assert.equal(take('{"kind": "training", "job": {"na¦"}}', 'name'), '{"kind": "training", "job": {"name": $1}}');
  });

  it('come inside a document that is broken above and below', () => {
    const broken = 'kind: training\nenvironment:\n  command: [python, "train.py\nresources:\n  ¦\njob\n  name: ]\n';
    assert.deepEqual(labels(ask(broken)).slice(0, 2), ['pool', 'gpu']);
  });

  it('are spelt as the document spells, or as one begins to', () => {
    assert.ok(labels(ask('kind: training\njob:\n  batch_size: 1\nresources:\n  ¦')).includes('gpu_type'));
    assert.ok(labels(ask('kind: training\nresources:\n  gpu-¦')).includes('gpu-type'));
    assert.ok(
      labels(ask('kind: training\nenvironment:\n  env:\n    BATCH_SIZE: 1\nresources:\n  ¦')).includes('gpuType'),
    );
    const { filter } = find(ask('kind: training\nresources:\n  g¦'), 'gpuType');
    assert.match(filter ?? '', /^gpuType .*gpu-type.*gpu_type/, 'typing goes on in any spelling');
  });

  it('explain themselves, in both languages', () => {
    const english = find(ask('kind: training\nresources:\n  ¦'), 'gpu');
    assert.match(english.documentation ?? '', /GPUs.*over all nodes[\s\S]*Default: `0`/);
    const chinese = find(ask('kind: training\nresources:\n  ¦', { language: 'zh-cn' }), 'gpu');
    assert.match(chinese.documentation ?? '', /默认值：`0`/);
    assert.equal(find(ask('kind: training\njob:\n  ¦'), 'name').detail, 'required');
  });

  it('of a document without a kind are `kind` and the recipes; in its sections those of any kind that has them', () => {
    assert.deepEqual(labels(ask('¦'))[0], 'kind');
    assert.equal(take('¦', 'kind'), `kind: \${1|${KIND_NAMES.join(',')}|}`);
    assert.deepEqual(labels(ask('job:\n  name: a\n¦')), ['kind']);
    assert.ok(labels(ask('job:\n  name: a\n  ¦')).includes('priority'));
  });

  it('that are names come from the cluster', () => {
    const nodes = ask('kind: pool\npool:\n  name: p\nnodes:\n  n1: {}\n  ¦', { live: LIVE });
    assert.deepEqual(labels(nodes), ['n9', 'n10']);
    assert.equal(find(nodes, 'n9').detail, '2 × L40S');
    assert.equal(
      take('kind: pool\npool:\n  name: p\nnodes:\n  ¦', 'n1', { live: LIVE }).split('nodes:')[1],
      '\n  n1:\n    gpuType: A100-80G',
    );
    const quota = ask('kind: quota\nquota:\n  name: q\nnamespace:\n  ¦', { live: LIVE });
    assert.deepEqual(labels(quota), ['namespaces-of-here']);
  });
});

describe('values', () => {
  const at = (path: string, given?: Given) =>
    ask(`${JOB.replace('name: a', 'name: a\n  namespace: team-a')}${path}`, given);

  it('of few are all there, the default marked', () => {
    const found = ask('kind: training\njob:\n  priority: ¦');
    assert.deepEqual(labels(found), ['high', 'medium', 'low']);
    assert.equal(find(found, 'medium').detail, 'default');
    assert.deepEqual(labels(at('output:\n  resumeFromCheckpoint: ¦')), ['true', 'false']);
  });

  it('of `kind` are all six, and the word is replaced', () => {
    const found = ask('kind: tr¦aining\njob:\n  name: a\n');
    assert.deepEqual(labels(found), [...KIND_NAMES]);
    assert.equal(take('kind: tr¦aining\njob:\n  name: a\n', 'inference'), 'kind: inference\njob:\n  name: a\n');
    assert.match(find(found, 'training').documentation ?? '', /one or several nodes/);
  });

  it('of pools have their free GPUs', () => {
    const found = at('resources:\n  pool: ¦', { live: LIVE });
    assert.deepEqual(
      found.proposals.map(({ label, detail }) => [label, detail]),
      [
        ['training-pool', '14 of 32 A100-80G free'],
        ['dev-pool', 'no GPUs'],
        ['default', 'nodes that belong to no pool · 2 of 2 L40S free'],
      ],
    );
    assert.deepEqual(labels(at('resources:\n  pool: ¦', { pools: () => ['mine'] })), ['mine', 'default']);
  });

  it('of GPU types are those of the pool that is written', () => {
    const found = at('resources:\n  pool: training-pool\n  gpuType: ¦', { live: LIVE });
    assert.deepEqual(labels(found), ['A100-80G']);
    assert.equal(found.proposals[0]?.detail, '14 of 32 free');
    assert.deepEqual(labels(at('resources:\n  gpu-type: ¦', { live: LIVE })), ['A100-80G', 'L40S']);
  });

  it('of GPUs are what people ask for, and the largest free block', () => {
    const found = at('resources:\n  pool: training-pool\n  gpu: ¦', { live: LIVE });
    assert.deepEqual(labels(found), ['1', '2', '4', '6', '8']);
    assert.match(find(found, '6').detail ?? '', /on one node/);
    assert.deepEqual(labels(at('resources:\n  nodeCount: 2\n  gpu: ¦', { live: LIVE })), ['2', '4', '8', '16']);
  });

  it('that are names are asked of the namespace of the document, and say when they are under way', () => {
    const claims = at('storage:\n  workdirs:\n    - path: /data\n      claim: ¦', { live: LIVE });
    assert.deepEqual(labels(claims), ['claims-of-team-a']);
    assert.equal(claims.complete, false);
    const secrets = ask('kind: training\nenvironment:\n  env:\n    - name: TOKEN\n      secret: ¦', { live: LIVE });
    assert.deepEqual(labels(secrets), ['secrets-of-here']);
    assert.equal(secrets.complete, true);
    assert.deepEqual(labels(at('resources:\n  queue: ¦', { live: LIVE })), ['queues-of-team-a']);
  });

  it('used before come first; examples only where nothing else is known', () => {
    const used = { 'environment.image': ['team/train:2', 'team/train:1'] };
    assert.deepEqual(labels(ask('kind: training\nenvironment:\n  image: ¦', { used })), used['environment.image']);
    const [example] = ask('kind: training\nenvironment:\n  image: ¦').proposals;
    assert.equal(example?.detail, 'example');
  });

  it('of a name to be invented come from the file', () => {
    const named = (file: string) => labels(ask('kind: training\njob:\n  name: ¦', { file }));
    assert.deepEqual(named('Qwen2 72B_sft.gpuctl.yaml'), ['qwen2-72b-sft']);
    assert.deepEqual(named('Untitled-1'), []);
    assert.deepEqual(named('千问.yaml'), []);
  });

  it('of commands are the words that start known programs', () => {
    const first = ask('kind: inference\nenvironment:\n  command: [¦]\n');
    assert.equal(find(first, 'vllm').detail, 'vLLM');
    assert.deepEqual(labels(ask('kind: inference\nenvironment:\n  command:\n    - vllm\n    - ¦\n')), ['serve']);
  });

  it('stand in the quotes that are there, and get some where they need them', () => {
    assert.equal(
      take(`${JOB}resources:\n  pool: "tr¦"\n`, 'training-pool', { live: LIVE }).split('pool: ')[1],
      '"training-pool"\n',
    );
    assert.equal(take(`${JOB}resources:\n  pool:¦\n`, 'dev-pool', { live: LIVE }).split('pool:')[1], ' dev-pool\n');
    const used = { 'environment.image': ['a: b'] };
    assert.match(take('kind: training\nenvironment:\n  image: ¦', 'a: b', { used }), /image: "a: b"$/);
  });

  it('are none in comments, block scalars and for keys that nobody knows', () => {
    for (const text of [
      'kind: training # ¦',
      'kind: training\njob:\n  description: |\n    a¦\n',
      'kind: training\nfoo: ¦',
      'kind: training\njob:\n  name: a\n    ¦',
    ])
      assert.deepEqual(labels(ask(text)), [], text);
  });
});

describe('recipes', () => {
  it('make documents in which nothing is to be found', () => {
    const found = RECIPES.flatMap(({ id, kind, body }) =>
      documentsOf(checkFile(`${expand(body)}\n`, 'gpuctl')).flatMap(({ document }) => [
        ...(document.kindName === kind && document.model ? [] : [`${id}: no ${kind}`]),
        ...document.findings.map((finding) => `${id}: ${toText(finding.message, 'en')}`),
      ]),
    );
    assert.deepEqual(found, []);
  });

  it('are there for each kind', () => {
    assert.deepEqual([...new Set(RECIPES.map(({ kind }) => kind))].sort(), KIND_NAMES.toSorted());
  });

  it('are proposed in an empty document of ours, with the pools that are there', () => {
    const found = ask('# my job\n¦', { live: LIVE });
    assert.deepEqual(
      labels(found).slice(1),
      RECIPES.map((recipe) => toText({ key: `recipe.${recipe.id}.title`, args: {} }, 'en')),
    );
    assert.match(find(found, 'Training').text, /pool: \$\{5\|training-pool,dev-pool,default\|\}/);
    assert.match(find(found, 'Training').documentation ?? '', /pool: training-pool/);
  });

  it('are proposed behind `kind:`, and take its line', () => {
    assert.match(take('kind: inf¦', 'Inference with vLLM'), /^kind: inference\njob:/);
    assert.ok(labels(ask('---\nkind: ¦\n')).includes('Notebook'));
  });

  it('are not proposed where something else stands', () => {
    for (const text of ['kind: training\n¦', 'job:\n  name: a\n¦', `${JOB}¦`])
      assert.ok(!labels(ask(text)).includes('Notebook'), text);
  });

  it('are all that other YAML files get, and only where somebody begins to write one', () => {
    const yaml = (text: string) => labels(ask(text, { mode: 'yaml' }));
    assert.ok(yaml('kind: t¦').includes('Training with torchrun'));
    assert.ok(yaml('¦').length > 0);
    assert.deepEqual(yaml('tor¦'), ['Training with torchrun']);
    for (const text of ['xyz¦', 'services:\n  web¦', 'kind: training\nna¦', 'name: ¦'])
      assert.deepEqual(yaml(text), [], text);
  });

  it('take the answers of a new file as they are, and leave the rest to fill', () => {
    const { snippet } = newDocument({ recipe: 'training', name: 'my-job', pool: 'dev-pool', gpus: 4 });
    assert.match(snippet, /name: my-job\n[\s\S]*pool: dev-pool\n {2}gpu: 4\n/);
    assert.match(snippet, /image: \$\{2:/);
    assert.match(newDocument({ recipe: 'pool', name: 'big' }).snippet, /pool:\n {2}name: big\n/);
    assert.match(newDocument({ recipe: 'training', name: 'a', pool: 'x}$1' }).snippet, /pool: x\\}\\\$1\n/);
    assert.equal(newDocument({ recipe: 'nonsense', name: 'a' }).snippet, '');
  });

  it('stay as they are where no pool is known', () => {
    for (const recipe of RECIPES) assert.equal(withPools(recipe, []), recipe.body);
  });
});

describe('proposals', () => {
  it('never repeat a label', () => {
    const texts = [
      '¦',
      'kind: ¦',
      ...KIND_NAMES.flatMap((kind) => [
        `kind: ${kind}\n¦`,
        `kind: ${kind}\nresources:\n  ¦`,
        `kind: ${kind}\nservice:\n  ¦`,
      ]),
    ];
    for (const text of texts) {
      const found = labels(ask(text, { live: LIVE }));
      assert.deepEqual(found, [...new Set(found)], text);
    }
  });

  it('have a range that holds the cursor on one line', () => {
    for (const text of ['ki¦nd: training\n', 'kind: tr¦\n', `${JOB}res¦`, `${JOB}resources: {gp¦`]) {
      const offset = text.indexOf('¦');
      for (const { range } of ask(text).proposals) {
        assert.ok(range.start <= offset && offset <= range.end, text);
        assert.ok(!text.replace('¦', '').slice(range.start, range.end).includes('\n'), text);
      }
    }
  });

  it('leave a document as well as they found it, wherever one is taken', () => {
    const broken = (text: string) =>
      documentsOf(checkFile(text, 'gpuctl'))
        .flatMap(({ document }) => document.findings)
        .filter(({ code }) => /^yaml\.|^key\.(?!missing)/.test(code));
    const wrong: string[] = [];
    let taken = 0;
    for (const { body } of RECIPES) {
      const lines = expand(body).split('\n');
      for (const at of lines.keys()) {
        for (const indent of [0, 2, 4, 6]) {
          const marked = lines.toSpliced(at, 0, `${' '.repeat(indent)}¦`).join('\n');
          for (const { text, isSnippet, range, label } of ask(marked, { live: LIVE }).proposals) {
            const before = marked.replace('¦', '');
            const after = before.slice(0, range.start) + (isSnippet ? expand(text) : text) + before.slice(range.end);
            taken++;
            const [finding] = broken(after);
            if (finding && !broken(before).length) wrong.push(`${label}: ${finding.code} in\n${after}`);
          }
        }
      }
    }
    assert.ok(taken > 500, `${taken} taken`);
    assert.deepEqual(wrong, []);
  });

  it('come at any place of any broken text, without an error and with a sound range', () => {
    const random = createRandom(7);
    const below = (limit: number) => Math.floor(random() * limit);
    const odd = [
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '>',
      ':',
      ' ',
      '\n',
      '\r\n',
      '\t',
      '#',
      '-',
      '- ',
      '&a ',
      '*a',
      '---\n',
      '千',
      '🎉',
      '\0',
    ];
    for (let round = 0; round < 3_000; round++) {
      let text = expand(RECIPES[round % RECIPES.length]?.body ?? '');
      for (let edits = 1 + below(6); edits > 0; edits--) {
        const at = below(text.length + 1);
        text = text.slice(0, at) + (random() < 0.5 ? odd[below(odd.length)] : '') + text.slice(at + below(10));
      }
      const offset = below(text.length + 1);
      for (const { range } of ask(`${text.slice(0, offset)}¦${text.slice(offset)}`).proposals) {
        const fits = range.start <= offset && offset <= range.end && range.end <= text.length;
        assert.ok(fits && !/[\r\n]/.test(text.slice(range.start, range.end)), JSON.stringify([text, offset, range]));
      }
    }
  });
});
