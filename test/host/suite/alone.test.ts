import assert from 'node:assert/strict';
import { doubled, MIXED, services } from './services.ts';
import { eventually, show } from './window.ts';

const { outline, folding, format, diagnostics } = services;

describe('where no other YAML extension is', function () {
  this.timeout(60_000);

  it('outline, folding and formatting of a YAML file with a gpuctl document are ours', async () => {
    const document = await show('alone.yaml', MIXED);
    const names = await eventually('an outline', async () => {
      const found = await outline(document);
      return found.length > 0 && found;
    });
    assert.ok(names.some((name) => name.startsWith('0 ')));
    assert.deepEqual(doubled(names), []);
    assert.ok((await folding(document)).includes(1));
    assert.match(await format(document), /^ +image: registry/m);
  });

  it('mistakes of YAML itself are said in our documents', async () => {
    const document = await show('alone-broken.yaml', MIXED.replace('name: mixed', 'name: "mixed'));
    await eventually('the finding', () => diagnostics(document).includes('gpuctl yaml.syntax'));
  });
});
