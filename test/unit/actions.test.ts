import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Language, toText } from '../../l10n/index.ts';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { KINDS } from '../../server/src/kinds/index.ts';
import type { Demand } from '../../server/src/kinds/kind.ts';
import { offerSections } from '../../server/src/language/actions/addSection.ts';
import { countFixable, fixAll } from '../../server/src/language/actions/fixAll.ts';
import { offerIgnore } from '../../server/src/language/actions/ignore.ts';
import { offerMoveSecret } from '../../server/src/language/actions/moveSecret.ts';
import type { Offer, Place } from '../../server/src/language/actions/offer.ts';
import { respellDocument, respellFile } from '../../server/src/language/actions/spelling.ts';
import { offerSplits } from '../../server/src/language/actions/splitGpus.ts';
import type { LanguageHost } from '../../server/src/language/host.ts';
import { applyChanges } from '../../server/src/model/edits/pieces.ts';
import { toTextChanges } from '../../server/src/model/edits.ts';
import type { Change, Finding } from '../../server/src/model/finding.ts';
import { SPELLINGS } from '../../server/src/model/spelling.ts';
import type { LiveValues } from '../../server/src/operations/liveValues.ts';
import { createRandom } from './random.ts';

const BASE = `kind: training
job:
  name: a
environment:
  image: x:1
`;

/** A place in a text, at the mark `¦`, in an editor that has nothing but this file. */
function placeAt(
  marked: string,
  fits: (demand: Demand) => boolean = () => false,
  nodes: ReturnType<LiveValues['nodes']> = [],
): Place {
  const offset = Math.max(0, marked.indexOf('¦'));
  const text = marked.replace('¦', '');
  const checked = checkFile(text, 'gpuctl');
  const placed = documentsOf(checked).findLast((one) => one.offset <= offset);
  assert.ok(placed);
  const document = TextDocument.create('file:///a.yaml', 'gpuctl', 1, text);
  const host = {
    live: { fits, nodes: () => nodes },
    findings: (_: unknown, { document: own }: typeof placed) => own.findings,
  } as unknown as LanguageHost;
  const range = { start: offset - placed.offset, end: offset - placed.offset };
  return { host, file: { uri: document.uri, document, checked, mode: 'gpuctl' }, placed, range };
}

const textOf = ({ placed }: Place): string => placed.document.text;
const say = ({ title }: Offer, language: Language = 'en') => toText(title, language);
const after = (place: Place, offer: Offer | undefined) => offer && applyChanges(textOf(place), offer.changes);

test('splits that no nodes of the pool can hold are not offered', () => {
  const nodes = ['n1', 'n2', 'n3', 'n4'].map((name) => ({ name, pool: 'fast', gpuType: 'A100', gpus: 8 }));
  const place = placeAt(`${BASE}resources:\n  gpu: ¦16\n  pool: fast\n  nodeCount: 8\n`, undefined, nodes);
  assert.deepEqual(
    offerSplits(place).map(({ changes }) => changes[0]?.text.trim()),
    ['2', '4'],
  );
});

test('splits are even; those that fit now come first and say so', () => {
  const asked: Demand[] = [];
  const place = placeAt(`${BASE}resources:\n  gpu: ¦12 # all\n  pool: fast\n  gpuType: A100\n`, (demand) => {
    asked.push(demand);
    return demand.pods === 3;
  });
  const offers = offerSplits(place);
  assert.deepEqual(
    offers.map((one) => say(one)),
    [
      'Split the 12 GPUs over 3 nodes, 4 on each (fits now)',
      'Split the 12 GPUs over 2 nodes, 6 on each',
      'Split the 12 GPUs over 4 nodes, 3 on each',
      'Split the 12 GPUs over 6 nodes, 2 on each',
      'Split the 12 GPUs over 12 nodes, 1 on each',
    ],
  );
  assert.equal(after(place, offers[0]), textOf(place).replace('A100\n', 'A100\n  nodeCount: 3\n'));
  const { pool, gpuType, gpusPerPod, onePodPerNode } = asked[1] as Demand;
  assert.deepEqual(
    { pool, gpuType, gpusPerPod, onePodPerNode },
    { pool: 'fast', gpuType: 'A100', gpusPerPod: 4, onePodPerNode: true },
  );
});

test('a split that does not come out even is mended, and one node needs no count', () => {
  const place = placeAt(`${BASE}resources:\n  gpu: 8\n  node-¦count: 3\n`);
  const offers = offerSplits(place);
  assert.equal(after(place, offers[0]), `${BASE}resources:\n  gpu: 8\n`);
  assert.equal(after(place, offers[1]), `${BASE}resources:\n  gpu: 8\n  node-count: 2\n`);
  assert.deepEqual(offerSplits(placeAt(`${BASE}resources:\n  gpu: 8\n  cpu: ¦3\n`)), []);
  assert.deepEqual(offerSplits(placeAt(`${BASE.replace('training', 'inference')}resources:\n  gpu: ¦8\n`)), []);
  assert.deepEqual(offerSplits(placeAt(`${BASE}resources:\n  gpu: ¦1\n`)), []);
});

test('each kind is offered its own missing sections, and none of them brings a warning', () => {
  const least: Record<string, string> = {
    pool: 'kind: pool\npool:\n  name: a\n',
    quota: 'kind: quota\nquota:\n  name: a\n',
  };
  const offered: Record<string, string[]> = {};
  for (const { name } of KINDS) {
    const text = least[name] ?? BASE.replace('training', name);
    const place = placeAt(text);
    const offers = offerSections(place);
    offered[name] = offers.map((one) => String(one.title.args.section));
    for (const offer of offers) {
      const made = readDocument(after(place, offer) ?? '', 'gpuctl');
      const known = new Set(place.placed.document.findings.map(({ code }) => code));
      const graver = made?.findings.filter(({ severity, code }) => /error|warning/.test(severity) && !known.has(code));
      assert.deepEqual(graver, [], `${name}: ${say(offer)}\n${made?.text}`);
      assert.notEqual(made?.text, text);
    }
  }
  assert.deepEqual(offered, {
    training: ['resources', 'storage', 'output', 'deepspeed', 'distributed'],
    inference: ['resources', 'storage', 'service', 'autoscaling', 'model'],
    notebook: ['resources', 'storage', 'service'],
    compute: ['resources', 'storage', 'service'],
    pool: ['nodes', 'pool.site'],
    quota: ['default', 'namespace'],
  });
  assert.deepEqual(offerSections(placeAt(BASE.replace('name: a', 'na¦me: a'))), []);
});

test('a variable is taken from a Secret, in a list and in a mapping', () => {
  const list = placeAt(`${BASE}  env:\n    - name: A\n      value: ¦b # c\n    - {name: B, value: d}\n`);
  assert.equal(
    after(list, offerMoveSecret(list)[0]),
    `${BASE}  env:\n    - name: A\n      secret: a-secrets\n      key: A\n    - {name: B, value: d}\n`,
  );
  assert.match(say(offerMoveSecret(list)[0] as Offer), /`a-secrets`.*`A`/);
  const flow = placeAt(`${BASE}  env: [{ name: B, val¦ue: d }]\n`);
  assert.equal(after(flow, offerMoveSecret(flow)[0]), `${BASE}  env: [{ name: B, secret: a-secrets, key: B }]\n`);
  const mapping = placeAt(`${BASE}  env:\n    A: ¦b\n    B: 1e-5\n`);
  const moved = after(mapping, offerMoveSecret(mapping)[0]) ?? '';
  assert.deepEqual(readDocument(moved, 'gpuctl')?.findings, []);
  assert.match(moved, /secret: a-secrets/);
  const taken = placeAt(`${BASE}  env:\n    - {name: A, secret: ¦s, key: k}\n`);
  assert.deepEqual(offerMoveSecret(taken), []);
});

test('keys are written in each spelling and back; what is the person’s own stays', () => {
  const KEYS = {
    camelCase: ['imagePullSecret', 'gpuType', 'nodeCount', 'hostPath', 'readOnly'],
    'kebab-case': ['image-pull-secret', 'gpu-type', 'node-count', 'host-path', 'read-only'],
    snake_case: ['image_pull_secret', 'gpu_type', 'node_count', 'host_path', 'read_only'],
  };
  const write = ([pull, type, nodes, host, only]: readonly string[]) => `${BASE}  ${pull}: s
  env: {myKey: my-value, my_key: 1}
resources: {"${type}": a100, ${nodes}: 2, gpu: 2} # gpuType
deepspeed:
  config: {train_batch_size: 4, gradientClipping: 1}
x: &x {path: /x, ${host}: /y}
storage:
  workdirs: [*x, {<<: *x, path: /z, ${only}: true}]
`;
  let at = write(KEYS.camelCase);
  for (const spelling of ['kebab-case', 'snake_case', 'camelCase'] as const) {
    const document = readDocument(at, 'gpuctl');
    assert.ok(document);
    at = applyChanges(at, respellDocument(document.tree(), spelling));
    assert.equal(at, write(KEYS[spelling]));
  }
  const twice = readDocument(`${BASE}resources: {gpuType: a, gpu-type: b}\n`, 'gpuctl');
  for (const spelling of SPELLINGS) assert.deepEqual(twice && respellDocument(twice.tree(), spelling), []);
});

test('all documents of a file are respelt; foreign ones are not', async () => {
  const text = `${BASE}resources: {nodeCount: 1}\n---\napiVersion: v1\nkind: Pod\nnodeCount: 1\n---\n${BASE}resources: {node_count: 1}\n`;
  const { file } = placeAt(text);
  assert.equal(
    applyChanges(text, await respellFile(file, 'kebab-case')),
    `${BASE}resources: {node-count: 1}\n---\napiVersion: v1\nkind: Pod\nnodeCount: 1\n---\n${BASE}resources: {node-count: 1}\n`,
  );
});

test('fix all takes every right fix of the file, also two in one place', async () => {
  const text = `${BASE.replace('image:', 'imgae:')}resuorces:\n  gpuu: 8\n---\napiVersion: v1\nkind: Pod\nspec: {imgae: 1}\n---\n${BASE}retriess: 1\n`;
  const place = placeAt(text);
  assert.equal(countFixable(place.file, place.host), 3);
  assert.equal(
    applyChanges(text, await fixAll(place.file, place.host)),
    `${BASE}resources:\n  gpu: 8\n---\napiVersion: v1\nkind: Pod\nspec: {imgae: 1}\n---\n${BASE}retries: 1\n`,
  );
});

function ignored(text: string, code: string): string | undefined {
  const document = readDocument(text, 'gpuctl');
  const finding = document?.findings.find((one) => one.code === code) as Finding;
  assert.ok(document && finding, `no ${code} in\n${text}`);
  const offer = offerIgnore(finding, document.tree());
  if (!offer) return undefined;
  const made = applyChanges(text, offer.changes);
  assert.ok(!readDocument(made, 'gpuctl')?.findings.some((one) => one.code === code), made);
  return made;
}

test('a finding is silenced by a comment where there is room for one', () => {
  const typo = (line: string) => `${BASE}${line}\nretries: 1\n`;
  assert.equal(ignored(typo('foo: 1'), 'key.unknown'), typo('foo: 1 # gpuctl-ignore: key.unknown'));
  assert.equal(ignored(typo('foo: 1 # why'), 'key.unknown'), typo('# gpuctl-ignore: key.unknown\nfoo: 1 # why'));
  assert.equal(
    ignored(typo('foo: 1  # gpuctl-ignore: image.latest # why'), 'key.unknown'),
    typo('foo: 1  # gpuctl-ignore: image.latest, key.unknown # why'),
  );
  assert.equal(ignored(typo('foo: "1\n  2"'), 'key.unknown'), typo('# gpuctl-ignore: key.unknown\nfoo: "1\n  2"'));
  assert.equal(ignored(typo('foo: |\n  1'), 'key.unknown'), typo('foo: | # gpuctl-ignore: key.unknown\n  1'));
  assert.equal(ignored(typo('foo: a\n  b'), 'key.unknown'), typo('# gpuctl-ignore: key.unknown\nfoo: a\n  b'));
  const crlf = typo('foo: 1 # why').replaceAll('\n', '\r\n');
  assert.equal(ignored(crlf, 'key.unknown'), crlf.replace('foo', '# gpuctl-ignore: key.unknown\r\nfoo'));
});

test('what keeps a document from running cannot be silenced', () => {
  assert.equal(ignored(`${BASE}retries: -1\n`, 'value.out-of-range'), undefined);
});

const INSERTED = [
  '&a ',
  '*a',
  '<<: *a\n',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '\t',
  ': ',
  '- ',
  '\n',
  '# x\n',
  '|',
  '? ',
  '\r',
  '\uFEFF',
  '---\n',
  '!!str ',
  '\0',
];

test('random damage to a document: nothing is thrown, and what is offered does not break it further', () => {
  const sound = `${BASE}  command: [sh, -c, "x"]\n  env:\n    - {name: A, value: b}\n    - name: C\n      value: d # c\nresources:\n  gpu: 8\n  node-count: 3\n`;
  const random = createRandom(11);
  const below = (count: number) => Math.floor(random() * count);
  for (let round = 0; round < 1500; round++) {
    let text = sound;
    for (let damage = 1 + below(3); damage > 0; damage--) {
      const at = below(text.length);
      text = text.slice(0, at) + (random() < 0.6 ? INSERTED[below(INSERTED.length)] : '') + text.slice(at + below(9));
    }
    const checked = checkFile(text, 'gpuctl');
    if (!documentsOf(checked).length) continue;
    const offset = below(text.length);
    const place = placeAt(`${text.slice(0, offset)}¦${text.slice(offset)}`);
    const tree = place.placed.document.tree();
    const offers = [offerSections, offerMoveSecret, offerSplits].flatMap((offer) => offer(place));
    const broken = (found: readonly Finding[] = []) => found.filter(({ code }) => code === 'yaml.syntax').length;
    const before = broken(place.placed.document.findings);
    for (const offer of offers) {
      const made = readDocument(after(place, offer) ?? '', 'gpuctl');
      assert.ok(made && broken(made.findings) <= before, `${say(offer)}\n${text}`);
    }
    for (const finding of place.placed.document.findings) offerIgnore(finding, tree);
    for (const path of [
      ['resources', 'gpu'],
      ['environment', 'env', 1, 'value'],
      ['environment', 'command'],
      ['job'],
    ]) {
      const changes: Change[] = [
        { do: 'set', path, value: 'x' },
        { do: 'append', path, value: 1 },
        { do: 'rename', path, to: 'y' },
        { do: 'remove', path },
      ];
      for (const change of changes) toTextChanges([change], tree);
    }
  }
});
