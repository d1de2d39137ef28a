import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { message } from '../../l10n/index.ts';
import { type GpuctlDocument, readDocument } from '../../server/src/kinds/document.ts';
import { OFFLINE } from '../../server/src/kinds/manifests/site.ts';
import type { Value } from '../../server/src/model/canonical.ts';
import type { Path } from '../../server/src/model/finding.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { writeManifest } from '../../server/src/operations/manifestText.ts';
import {
  buildDocument,
  listObjects,
  type RenderedDocument,
  renderDocument,
} from '../../server/src/operations/render.ts';
import { withoutSecrets } from '../../server/src/operations/withoutSecrets.ts';

const root = path.join(import.meta.dirname, '../..');

function read(text: string): GpuctlDocument {
  const document = readDocument(text, 'gpuctl');
  assert.ok(document?.model, JSON.stringify(document?.findings));
  return document;
}
function render(text: string): RenderedDocument {
  const rendered = renderDocument(read(text), OFFLINE);
  assert.ok(rendered);
  return rendered;
}
const textOf = ({ objects }: RenderedDocument): string =>
  objects.map(({ lines }) => lines.map(({ text }) => text).join('\n')).join('\n---\n');

/** Keys that gave the first line with a text, as dotted paths. */
function originsOf({ objects, originsOf }: RenderedDocument, text: string): string[] {
  for (const [index, { lines }] of objects.entries()) {
    const line = lines.find((one) => one.text.includes(text));
    if (line)
      return originsOf(index, line.path)
        .map((origin) => origin.join('.'))
        .sort();
  }
  return assert.fail(`no line with ${text}`);
}

const QWEN = `kind: training
job: {name: qwen, priority: high, epochs: 3}
environment:
  image: llama-factory:v1
  command: [torchrun, train.py]
  args: [--lr, 1e-5]
  env: {NCCL_DEBUG: INFO, WANDB_MODE: offline}
resources: {pool: training-pool, gpu: 8, gpuType: a100-80g, nodeCount: 2, cpu: 32, memory: 400Gi}
deepspeed: {stage: 3, config: {zero_optimization: {overlap_comm: false}, steps_per_print: 5}}
storage:
  workdirs:
    - {path: /data, claim: datasets, readOnly: true}
    - {path: /output, size: 100Gi}
timeout: 12h
`;

describe('the text of a manifest', () => {
  const roundTrip = (value: object) =>
    parse(
      writeManifest(value)
        .map(({ text }) => text)
        .join('\n'),
    );

  test('means the same as the object, whatever is in it', () => {
    const odd = {
      texts: [
        '',
        'a: b',
        '- x',
        '#c',
        'yes',
        '1e-5',
        '012',
        'null',
        ' pad ',
        "it's",
        '"q"',
        '中文：说明',
        '| x',
        '&a',
        '*a',
        '{',
        'a\tb',
      ],
      lines: ['one\ntwo\n', 'one\n\n  two', '  deep\nflat\n', '\nfirst', 'ends  \nin blanks ', 'a\r\nb'],
      nested: [[1, [2, []]], [{ a: [{ b: 1, c: [{}] }], 'k e y': { '1': true } }], null, 5e8, -0.5],
      empty: { list: [], mapping: {}, text: '' },
      'a.b/c': { data: 'x: 1\ny: "2"\n', more: { deep: '{\n  "a": [1]\n}\n' } },
    };
    assert.deepEqual(roundTrip(odd), odd);
    assert.deepEqual(roundTrip({ a: 1, gone: undefined }), { a: 1 });
  });

  test('tells for each line what it shows, also within texts of several lines', () => {
    const lines = writeManifest({ a: [{ b: 'x', c: { d: 'one\ntwo\n' } }] });
    assert.deepEqual(
      lines.map(({ text, path: at }) => `${text} ← ${at.join('.')}`),
      [
        'a: ← a',
        '  - b: x ← a.0.b',
        '    c: ← a.0.c',
        '      d: | ← a.0.c.d',
        '        one ← a.0.c.d.0',
        '        two ← a.0.c.d.1',
      ],
    );
  });
});

describe('where a field comes from', () => {
  const rendered = render(QWEN);

  test('a value of the document is found where it stands, and where something follows from it', () => {
    assert.deepEqual(originsOf(rendered, 'image: llama-factory'), ['environment.image']);
    assert.deepEqual(originsOf(rendered, '- torchrun'), ['environment.command.0']);
    assert.deepEqual(originsOf(rendered, '- "1e-5"'), ['environment.args.1']);
    assert.deepEqual(originsOf(rendered, 'activeDeadlineSeconds: 43200'), ['timeout']);
    assert.deepEqual(originsOf(rendered, 'priorityClassName: gpuctl-high'), ['job.priority']);
    assert.deepEqual(originsOf(rendered, 'sizeLimit: 204800Mi'), ['resources.memory']);
    assert.deepEqual(originsOf(rendered, 'storage: 100Gi'), ['storage.workdirs.1.size']);
    assert.deepEqual(originsOf(rendered, 'parallelism: 2'), ['resources.nodeCount']);
    assert.deepEqual(originsOf(rendered, 'nvidia.com/gpu: 4'), ['resources.gpu', 'resources.nodeCount']);
    assert.deepEqual(originsOf(rendered, 'name: WANDB_MODE'), ['environment.env.WANDB_MODE']);
    assert.deepEqual(originsOf(rendered, 'value: offline'), ['environment.env.WANDB_MODE']);
    assert.deepEqual(originsOf(rendered, 'name: qwen-deepspeed'), ['job.name']);
  });

  test('what is only there because of a key comes from that key', () => {
    assert.deepEqual(originsOf(rendered, 'completionMode: Indexed'), ['resources.nodeCount']);
    assert.deepEqual(originsOf(rendered, 'kind: ConfigMap'), ['deepspeed']);
    assert.deepEqual(originsOf(rendered, 'kind: Service'), ['resources.nodeCount']);
    assert.deepEqual(originsOf(rendered, 'kind: PersistentVolumeClaim'), ['storage.workdirs.1.size']);
    assert.deepEqual(originsOf(rendered, 'medium: Memory'), ['resources.gpu']);
    assert.deepEqual(originsOf(rendered, 'kind: Job'), ['kind']);
  });

  test('lines of a generated file have origins of their own', () => {
    assert.deepEqual(originsOf(rendered, '"stage": 3'), ['deepspeed.stage']);
    assert.deepEqual(originsOf(rendered, '"steps_per_print": 5'), ['deepspeed.config.steps_per_print']);
    assert.deepEqual(originsOf(rendered, '"overlap_comm": false'), ['deepspeed.config.zero_optimization.overlap_comm']);
  });

  test('what every job of the kind has comes from nowhere', () => {
    for (const text of ['terminationGracePeriodSeconds: 120', 'podReplacementPolicy: Failed', 'restartPolicy: Never'])
      assert.deepEqual(originsOf(rendered, text), []);
  });

  test('nothing is said of a document that is too big to be measured, and it costs nothing', () => {
    const args = Array.from({ length: 2000 }, (_, index) => `a${index}`).join(', ');
    const big = render(`kind: training\njob: {name: big}\nenvironment: {image: "x:1", args: [${args}]}\n`);
    assert.deepEqual(originsOf(big, '- a7'), []);
  });
});

/** The golden documents of all kinds. */
const GOLDEN = globSync('test/fixtures/manifests/*.gpuctl.yaml', { cwd: root }).map((file) => ({
  name: path.basename(file, '.gpuctl.yaml'),
  document: read(readFileSync(path.join(root, file), 'utf8')),
}));

/** Words and numbers of a document that stand in it once, with their dotted paths. */
function uniqueValues(value: Value): { key: string; text: string }[] {
  const leaves = (at: Value, place: Path): { key: string; text: string }[] =>
    typeof at === 'object' && at !== null
      ? Object.entries(at).flatMap(([key, child]) => leaves(child, [...place, key]))
      : [{ key: place.join('.'), text: String(at) }];
  const all = leaves(value, []).filter(({ key, text }) => key !== 'kind' && !/^(?:.{0,3}|true|false)$/.test(text));
  return all.filter(({ text }) => all.filter((other) => other.text === text).length === 1);
}

/** Values that are also the name of something else, which comes from more than that value. */
const BY_CHANCE = ['nvme'];

describe('every golden document', () => {
  test('is shown as it is built', () => {
    assert.ok(GOLDEN.length > 40);
    for (const { name, document } of GOLDEN) {
      const { kind, model } = document;
      assert.ok(kind && model);
      const objects = listObjects(buildDocument(kind, model, OFFLINE)).map(({ object }) => object);
      const plain = objects.map((object) => withoutSecrets(JSON.parse(JSON.stringify(object))));
      const shown = renderDocument(document, OFFLINE)?.objects.map(({ lines }) =>
        parse(lines.map(({ text }) => text).join('\n')),
      );
      assert.deepEqual(shown, plain, name);
    }
  });

  test('leads from each line to keys that are there, and from what shows a value to the key of that value alone', () => {
    const wrong: string[] = [];
    const silent: string[] = [];
    let checked = 0;
    for (const { name, document } of GOLDEN) {
      const rendered = renderDocument(document, OFFLINE);
      const lines = (rendered?.objects ?? []).flatMap(({ lines }, index) =>
        lines.map(({ text, path: at }) => ({
          shown: /^ *(?:- )?(?:[\w./-]+: )?"?([^"]+)"?$/.exec(text)?.[1],
          origins: rendered?.originsOf(index, at) ?? [],
        })),
      );
      for (const origin of lines.flatMap(({ origins }) => origins))
        assert.ok(document.tree().hasKey(origin), `${name}: ${origin}`);
      for (const { key, text } of uniqueValues(document.value)) {
        const showing = lines
          .filter(({ shown }) => shown === text)
          .map(({ origins }) => origins.map((one) => one.join('.')));
        if (!showing.length) continue;
        checked++;
        if (showing.every((origins) => !origins.length)) silent.push(key);
        else if (!showing.some((origins) => origins.join() === key || BY_CHANCE.includes(text)))
          wrong.push(`${name}: ${text} ← ${showing}, not ${key}`);
      }
    }
    assert.deepEqual(wrong, []);
    // A word that the builder would put there by itself, were it not in the document, comes from nowhere.
    assert.deepEqual(silent.sort(), ['environment.args.2', 'environment.env.0.name', 'environment.env.1.name']);
    assert.ok(checked > 200, `only ${checked} values were checked`);
  });
});

describe('secrets', () => {
  const SECRET = `kind: training
job: {name: secret}
environment:
  image: x:1
  command: [sh, -c, 'login --api-key hunter22; HF_TOKEN=abcdef run $HF_TOKEN']
  args: [https://me:hunter22@example.com/x, --api-key, hunter23, --wandb-token=hunter24, --token, $(HF_TOKEN), --max-tokens, "4096"]
  env:
    - {name: HF_TOKEN, value: hunter21}
    - {name: OTHER, value: see hunter21 here}
    - {name: FROM, secret: mine, key: token}
deepspeed: {stage: 2, config: {wandb: {api_key: hunter25}}}
`;

  test('are in no line', () => {
    const text = textOf(render(SECRET));
    assert.doesNotMatch(text, /hunter2|abcdef/);
    assert.match(text, /name: HF_TOKEN\n +value: <secret>/);
    assert.match(text, /- \$\(HF_TOKEN\)/);
    assert.match(text, /- "4096"/);
    assert.match(text, /- --wandb-token=<secret>/);
    assert.match(text, /name: mine\n +key: token/);
  });

  test('that gpuctl makes are said to be generated; those of others are hidden, too', () => {
    const secret = (labels: Record<string, string>): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', labels },
      stringData: { token: 'abc' },
      data: { other: 'YWJj' },
    });
    const ours = withoutSecrets(secret({ 'app.kubernetes.io/managed-by': 'gpuctl' }));
    assert.deepEqual([ours.stringData, ours.data], [{ token: '<generated>' }, { other: '<generated>' }]);
    assert.deepEqual(withoutSecrets(secret({})).data, { other: '<secret>' });
  });
});

test('a framework that is not there is said in place of its resources', () => {
  const text = 'kind: training\nframework: kubeflow\njob: {name: a}\nenvironment: {image: "x:1"}\n';
  const document = readDocument(text, 'gpuctl');
  assert.ok(document?.kind);
  const model = document.kind.toModel(document.value);
  const rendered = renderDocument({ ...document, model }, OFFLINE);
  assert.deepEqual(rendered?.objects, []);
  assert.deepEqual(rendered?.notes, [message('finding.framework.not-available', { framework: 'kubeflow' })]);
});
