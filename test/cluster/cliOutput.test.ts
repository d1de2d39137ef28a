/** What the command line shows, completes and says where something is refused or cannot be written, against the real demo cluster. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { EXIT } from '../../server/src/cli/exit.ts';
import { until } from './apiClient.ts';
import { job, ProductStage } from './productStage.ts';

const stage = new ProductStage();
const MAIN = path.join(import.meta.dirname, '../../server/src/cliMain.ts');
const running = new Set<ChildProcess>();

/** A running `gpuctl`: what it said so far, and how it ends. `stdout`: where it writes instead. */
function start(args: string[], stdout: number | 'pipe' = 'pipe') {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, LANG: 'C', GPUCTL_KUBECONFIG: stage.cluster.kubeconfig };
  const child = spawn(process.execPath, [MAIN, ...args], { env, cwd: stage.folder, stdio: ['ignore', stdout, 'pipe'] });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    said.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    said.err += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, ...said }));
  ended.then(() => running.delete(child));
  return { child, said, ended };
}
const gpuctl = (...args: string[]) => start(args).ended;

const file = (name: string, text: string): string => {
  const at = path.join(stage.folder, name);
  writeFileSync(at, text);
  return at;
};

after(() => {
  for (const child of running) child.kill('SIGKILL');
});

describe('gpuctl with a cluster', { timeout: 300_000 }, () => {
  test('completes names from where the words say', async () => {
    const make = (name: string, namespace: string) =>
      gpuctl('create', '-f', file(`${name}.gpuctl.yaml`, job(name, 'sleep 60')), '-n', namespace, '--hold');
    await make('here', 'ml-team');
    await make('there', 'ml-research');
    const complete = async (...words: string[]) => (await gpuctl('__complete', '--', ...words)).out;
    assert.equal(await complete('logs', ''), 'here\n');
    assert.equal(await complete('-n', 'ml-research', 'logs', ''), 'there\n');
    assert.equal(await complete('logs', '--namespace=ml-research', ''), 'there\n');
    assert.equal(await complete('--context', 'unreachable', 'logs', ''), '');
    await gpuctl('delete', 'here', '-y');
    await gpuctl('delete', 'there', '-y', '-n', 'ml-research');
  });

  test('`-w` shows what is gone as deleted', async () => {
    await gpuctl('create', '-f', file('goes.gpuctl.yaml', job('goes', 'sleep 60')));
    const watch = start(['get', 'jobs', '-w', '--lang', 'en']);
    await until('it runs', async () => /^goes .* running/m.test(watch.said.out), 60_000, 100);
    await gpuctl('delete', 'goes', '-y');
    await until('it is gone', async () => /^goes .* deleted$/m.test(watch.said.out), 60_000, 100);
    watch.child.kill('SIGINT');
    const { code, out } = await watch.ended;
    assert.equal(code, EXIT.interrupted);
    assert.match(out.trimEnd().split('\n').at(-1) as string, /^goes +training +0 +default +\d+s +deleted$/);
  });

  test('`get quotas -w` says that it may not watch, and ends with 5', async () => {
    const group = 'rbac.authorization.k8s.io';
    const metadata = { name: 'lists-quotas', namespace: 'vision-team' };
    const roles = `/apis/${group}/v1/namespaces/vision-team`;
    await stage.admin.call('POST', `${roles}/roles`, {
      metadata,
      rules: [{ apiGroups: [''], resources: ['resourcequotas'], verbs: ['get', 'list'] }],
    });
    await stage.admin.call('POST', `${roles}/rolebindings`, {
      metadata,
      roleRef: { apiGroup: group, kind: 'Role', name: 'lists-quotas' },
      subjects: [{ apiGroup: group, kind: 'User', name: 'restricted' }],
    });
    const args = ['get', 'quotas', '--context', 'restricted', '-n', 'vision-team', '--lang', 'en'];
    await until('the right is given', async () => (await gpuctl(...args)).code === EXIT.ok, 30_000, 500);
    const { code, err } = await Promise.race([
      gpuctl(...args, '-w'),
      new Promise<never>((_, reject) => setTimeout(reject, 60_000, new Error('it goes on')).unref()),
    ]);
    assert.equal(code, EXIT.cluster, err);
    assert.match(err, /^error: .*may not.*\n$/);
  });

  test('a submit whose output cannot be written ends in order: what was begun is whole, nothing else is begun', async (t) => {
    if (!existsSync('/dev/full')) return t.skip('there is no /dev/full here');
    const names = ['first', 'second', 'third'];
    const at = file('full.gpuctl.yaml', names.map((name) => job(name, 'sleep 60')).join('---\n'));
    const full = openSync('/dev/full', 'w');
    const { code, err } = await start(['create', '-f', at, '--lang', 'en'], full).ended;
    closeSync(full);
    assert.equal(code, EXIT.failed);
    assert.equal(err, 'error: The output cannot be written (ENOSPC), so the command ended early.\n');
    const listed = JSON.parse((await gpuctl('get', 'jobs', '-o', 'json')).out).items;
    // Several are submitted at a time: another may have been begun when the first was told of. Whole is what need not be finished.
    const begun = listed.map(({ name }: { name: string }) => name);
    assert.ok(begun.includes('first'), begun.join());
    const again = (await gpuctl('create', '-f', at, '-y', '--lang', 'en')).out.trimEnd().split('\n');
    const whole = again.filter((line) => line.endsWith(' unchanged')).map((line) => /\/(\S+) /.exec(line)?.[1]);
    assert.deepEqual(whole.sort(), begun.sort());
    await gpuctl('delete', ...names, '-y');
  });

  test('sentences name kinds and commands in the language of the person', async () => {
    await gpuctl('create', '-f', file('done.gpuctl.yaml', job('done', 'true')));
    await gpuctl('logs', '-f', 'done');
    const ended = await gpuctl('start', 'done', '--lang', 'zh');
    assert.match(ended.err, /已结束.*`gpuctl resume`/);
    assert.match((await gpuctl('start', 'done', '--lang', 'en')).err, /`gpuctl resume` runs it again\.\n$/);
    const scaled = await gpuctl('scale', 'done', '--replicas', '2', '--lang', 'zh');
    assert.match(scaled.err, /类型是“训练”/);
    const taken = file('other.gpuctl.yaml', 'kind: notebook\njob: {name: done}\nenvironment: {image: "a:1"}\n');
    const asked = await gpuctl('create', '-f', taken, '--lang', 'zh');
    assert.doesNotMatch(asked.err.replaceAll('notebook/done', ''), /training|notebook/);
    const needs = `kind: pool\npool: {name: lost-pool}\nnodes: [c1]\n---\n${job('needs', 'true', 'resources: {pool: lost-pool}\n')}`;
    const skipped = await gpuctl('create', '-f', file('needs.yaml', needs), '--context', 'admin', '--lang', 'zh');
    assert.match(skipped.err, /所需的资源池“lost-pool”/);
    await gpuctl('delete', 'done', '-y');
  });
});
