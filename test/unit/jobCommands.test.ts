/** The command lines that are copied for a terminal. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildJobCommands, quote } from '../../client/src/features/source/jobCommands.ts';
import type { JobDto } from '../../server/src/protocol.ts';

const job = (own: Partial<JobDto>) => ({ ref: { namespace: 'team', name: 'sft' }, ...own }) as JobDto;
const lines = (own: Partial<JobDto>, place: { file?: string; context?: string } = {}) =>
  buildJobCommands(job(own), { shell: '/bin/bash', ...place }).map(({ line }) => line);

describe('the command lines of a job', () => {
  test('are those that do something with it as it is', () => {
    assert.deepEqual(lines({ phase: 'running' }, { file: "my jobs/it's.yaml" }), [
      'gpuctl logs -f sft -n team',
      'gpuctl describe job sft -n team',
      "gpuctl create -f 'my jobs/it'\\''s.yaml'",
      'gpuctl stop sft -n team',
      'gpuctl delete sft -n team',
    ]);
    assert.ok(lines({ phase: 'failed' }).includes('gpuctl logs sft -n team'));
    assert.ok(lines({ phase: 'failed' }).includes('gpuctl resume sft -n team'));
    assert.ok(lines({ phase: 'stopped' }).includes('gpuctl start sft -n team'));
    assert.ok(lines({ phase: 'waiting', held: true }).includes('gpuctl start sft -n team'));
  });

  test('name the context, so that they do the same in every shell', () => {
    const place = { file: 'sft.yaml', context: 'admin@prod' };
    const all = lines({ phase: 'running' }, place);
    assert.deepEqual(
      all.filter((line) => !line.endsWith(" --context 'admin@prod'")),
      [],
    );
    assert.equal(all.length, 5);
    assert.ok(all.includes("gpuctl delete sft -n team --context 'admin@prod'"));
  });

  test('leave nothing bare that a shell reads', () => {
    for (const word of ['%PATH%', 'a,b', '@args', '=ls', 'a+b', '~', 'a;b', '*'])
      assert.equal(quote(word, 'zsh'), `'${word}'`);
    assert.equal(quote('%PATH%', 'cmd.exe'), '"%PATH%"');
    assert.equal(quote('@a,b', 'pwsh'), "'@a,b'");
  });

  test('are quoted for the shell of the person', () => {
    const word = "a b'c";
    assert.equal(quote('plain/file.yaml', 'bash'), 'plain/file.yaml');
    assert.equal(quote(word, '/usr/bin/zsh'), "'a b'\\''c'");
    assert.equal(quote(word, 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'), "'a b''c'");
    assert.equal(quote(word, '/usr/bin/pwsh'), "'a b''c'");
    assert.equal(quote(word, 'C:\\Windows\\System32\\cmd.exe'), `"a b'c"`);
    assert.equal(quote('$(rm -rf ~)', ''), "'$(rm -rf ~)'");
    assert.equal(quote('训练.yaml', ''), "'训练.yaml'");
  });
});
