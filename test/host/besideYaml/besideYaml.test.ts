import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { doubled, MIXED, services } from '../suite/services.ts';
import { eventually, show } from '../suite/window.ts';

const { outline, folding, hovers, completions, format, diagnostics } = services;
/** Both servers have looked at a document when each has said something of it. */
const both = (document: vscode.TextDocument) =>
  eventually(
    'both services',
    async () => (await outline(document)).length > 0 && (await hovers(document, 'gpu')).length,
  );

describe('beside the other YAML extension', function () {
  this.timeout(60_000);

  it('both are there', async () => {
    const extensions = ['redhat.vscode-yaml', 'gpuctl.gpuctl'].map((id) => vscode.extensions.getExtension(id));
    for (const extension of extensions) await (extension ?? assert.fail('one is missing')).activate();
  });

  it('outline, folding and hovers of a YAML file come once, and hovers of ours are for our documents', async () => {
    const document = await show('mixed.yaml', MIXED);
    await both(document);
    const roots = ['0 kind', '1 job', '3 environment', '5 resources', '8 apiVersion', '9 kind', '10 metadata'];
    assert.deepEqual(await outline(document), roots); // as the other has it; ours has the documents at its root
    const folds = await folding(document);
    assert.ok(folds.includes(1), folds.join());
    assert.deepEqual(doubled(folds), []);
    assert.equal((await hovers(document, 'gpu')).length, 1);
    assert.deepEqual(await hovers(document, 'ConfigMap'), []);
  });

  it('completion in a YAML file offers our keys once, and none of them in a foreign document', async () => {
    const document = await show('keys.yaml', MIXED.replace('gpu: 1\n', 'gpu: 1\n    \n').concat('data:\n  \n'));
    await both(document);
    const ours = await completions(document, 'gpu: 1\n    ');
    assert.ok(ours.includes('gpuType'), ours.join());
    assert.deepEqual(doubled(ours), []);
    const foreign = await completions(document, 'data:\n  ');
    assert.ok(!['gpuType', 'storage', 'version'].some((key) => foreign.includes(key)), foreign.join());
  });

  it('a YAML file is formatted without a question', async () => {
    const document = await show('format.yaml', MIXED);
    await both(document);
    const text = await format(document);
    assert.match(text, /^ +image: registry/m);
  });

  it('says of a YAML file what gpuctl knows, and leaves mistakes of YAML itself to the other', async () => {
    const document = await show('broken.yaml', MIXED.replace('kind: training', 'kind: training\nversion: v9'));
    await eventually('ours', () => diagnostics(document).includes('gpuctl version.unknown'));
    for (const [number, mistake] of ['name: "mixed', 'name: *mixed', 'name: mixed\n    name: mixed'].entries()) {
      const clash = await show(`clash-${number}.yaml`, MIXED.replace('name: mixed', mistake));
      await eventually(mistake, () => diagnostics(clash).some((one) => one.startsWith('YAML')));
      const alike = /^gpuctl (?:yaml\.|key\.duplicate)/;
      assert.deepEqual(
        diagnostics(clash).filter((one) => alike.test(one)),
        [],
      );
    }
  });

  it('a gpuctl file is ours alone', async () => {
    const document = await show('own.gpuctl.yaml', MIXED.replace('gpu: 1\n', 'gpu: 1\n    \n'));
    await both(document);
    assert.deepEqual(doubled(await outline(document)), []);
    assert.ok((await folding(document)).includes(1));
    assert.equal((await hovers(document, 'gpu')).length, 1);
    const keys = await completions(document, 'gpu: 1\n    ');
    assert.ok(keys.includes('gpuType'), keys.join());
    assert.deepEqual(doubled(keys), []);
    assert.match(await format(document), /^ +image: registry/m);
    const broken = await show('own-broken.gpuctl.yaml', MIXED.replace('name: mixed', 'name: "mixed'));
    await eventually('ours', () => diagnostics(broken).includes('gpuctl yaml.syntax'));
    assert.deepEqual(
      diagnostics(broken).filter((one) => !one.startsWith('gpuctl')),
      [],
    );
  });
});
