import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { KIND_NAMES } from '../../server/src/kinds/index.ts';
import { isJob } from '../../server/src/kinds/kind.ts';
import type { PoolModel } from '../../server/src/kinds/pool/model.ts';
import { demoNodes, notReadyNode } from '../cluster/demo.ts';

const root = path.join(import.meta.dirname, '../..');
const samples = globSync('test/demo/workspace/**/*.yaml', { cwd: root })
  .sort()
  .map((file) => ({ name: path.basename(file), text: readFileSync(path.join(root, file), 'utf8') }));
const models = samples.flatMap(({ text }) =>
  documentsOf(checkFile(text, 'gpuctl')).flatMap(({ document: { model } }) => model ?? []),
);

describe('samples', () => {
  for (const { name, text } of samples) {
    it(`draw no finding: ${name}`, () => {
      const documents = documentsOf(checkFile(text, 'gpuctl'));
      assert.ok(documents.length > 0);
      assert.deepEqual(
        documents.flatMap(({ document }) => document.findings.map(({ code }) => code)),
        [],
      );
    });
  }

  it('stand in the order in which they are read, and say at their top what they are', () => {
    assert.deepEqual(
      samples.map(({ name }) => Number.parseInt(name, 10)),
      samples.map((_, index) => index + 1),
    );
    for (const { name, text } of samples) {
      assert.match(text, /^# \S/, name);
      assert.doesNotMatch(text, /\p{Script=Han}/u, name);
    }
  });

  it('show every kind, each under a name of its own', () => {
    assert.deepEqual([...new Set(models.map(({ kind }) => kind))].sort(), [...KIND_NAMES].sort());
    const names = models.map((model) => `${isJob(model) ? 'job' : model.kind}/${model.name}`);
    assert.equal(new Set(names).size, names.length, names.join());
  });

  it('run programs that the nodes of the demo cluster have', () => {
    for (const { name, environment } of models.filter(isJob))
      assert.match(environment.command[0] ?? '', /^(?:sh|python3)$/, name);
  });

  it('take no node from the pools that can do work', () => {
    const idle = [...demoNodes.nodes.filter(({ cordoned }) => cordoned), notReadyNode].map(({ name }) => name);
    const taken = models.filter(({ kind }) => kind === 'pool').flatMap((model) => (model as PoolModel).nodes);
    assert.ok(taken.length > 0);
    assert.deepEqual(
      taken.filter(({ name }) => !idle.includes(name)),
      [],
    );
  });

  it('of the read-me draw no error or warning', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const yaml = [...readme.matchAll(/```yaml\n([\s\S]+?)```/g)].map(([, text]) => text as string);
    assert.ok(yaml.length > 0);
    const graver = yaml.flatMap((text) =>
      documentsOf(checkFile(text, 'gpuctl')).flatMap(({ document }) =>
        document.findings.filter(({ severity }) => severity === 'error' || severity === 'warning'),
      ),
    );
    assert.deepEqual(graver, []);
  });
});
