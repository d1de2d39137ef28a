/** The command line as its own process against the real demo cluster. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { parse } from 'yaml';
import { EXIT } from '../../server/src/cli/exit.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { job, ProductStage } from './productStage.ts';

const stage = new ProductStage();
const MAIN = path.join(import.meta.dirname, '../../server/src/cliMain.ts');
const running = new Set<ChildProcess>();

/** A running `gpuctl`: what it said so far, and how it ended. */
class Started {
  out = '';
  err = '';
  readonly child: ChildProcess;
  readonly ended: Promise<number>;

  constructor(args: string[], env: NodeJS.ProcessEnv = {}) {
    const { PATH, HOME } = process.env;
    const from = { PATH, HOME, LANG: 'C', GPUCTL_KUBECONFIG: stage.cluster.kubeconfig };
    this.child = spawn(process.execPath, [MAIN, ...args], { env: { ...from, ...env }, cwd: stage.folder });
    running.add(this.child);
    this.child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.out += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.err += text;
    });
    this.ended = once(this.child, 'close').then(([code]) => {
      running.delete(this.child);
      return code as number;
    });
  }

  async until(said: RegExp, where: 'out' | 'err' = 'out'): Promise<void> {
    for (
      const end = Date.now() + 30_000;
      !said.test(this[where]);
      await new Promise((resolve) => setTimeout(resolve, 50))
    )
      if (Date.now() > end || this.child.exitCode !== null) assert.match(this[where], said, `${this.out}\n${this.err}`);
  }
}

async function gpuctl(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const one = new Started(args);
  one.child.stdin?.end();
  const code = await one.ended;
  return { code, out: one.out, err: one.err };
}

const file = (name: string, text: string): string => {
  const at = path.join(stage.folder, name);
  writeFileSync(at, text);
  return at;
};
const listed = async (...args: string[]) => JSON.parse((await gpuctl('get', ...args, '-o', 'json')).out);

after(() => {
  for (const child of running) child.kill('SIGKILL');
});

describe('gpuctl with a cluster', { timeout: 300_000 }, () => {
  test('submits a job, follows and reads its log, lists, describes and deletes it', async () => {
    const at = file('short.gpuctl.yaml', job('short', 'for i in 1 2 3; do echo line $i; sleep 1; done'));
    const created = await gpuctl('create', '-f', at);
    assert.deepEqual(created, { code: EXIT.ok, out: 'training/short in ml-team created\n', err: '' });
    const again = await gpuctl('create', '-f', at);
    assert.equal(again.out, 'training/short in ml-team unchanged\n');

    const followed = await gpuctl('logs', '-f', 'short');
    assert.deepEqual(followed, {
      code: EXIT.ok,
      out: 'line 1\nline 2\nline 3\n',
      err: 'The job has ended: completed.\n',
    });
    assert.equal((await gpuctl('logs', 'short')).out, 'line 1\nline 2\nline 3\n');
    assert.equal((await gpuctl('logs', 'short', '--tail', '1')).out, 'line 3\n');

    const table = await gpuctl('get', 'jobs', 'short');
    assert.match(table.out, /^NAME +KIND +GPUS +POOL +AGE +STATE\nshort +training +0 +default +\d+s +completed\n$/);
    const { version, kind, items } = await listed('jobs', 'short');
    assert.deepEqual([version, kind, items.length], [1, 'jobs', 1]);
    assert.deepEqual([items[0].phase, items[0].submittedBy, items[0].pods.length], ['succeeded', 'ml-engineer', 1]);
    const described = await gpuctl('describe', 'job', 'short');
    assert.match(described.out, /^NAME +short\n[\s\S]*^FILE +short\.gpuctl\.yaml$[\s\S]*^RANK +POD +NODE/m);

    const removed = await gpuctl('delete', 'short', '-y');
    assert.deepEqual(removed, { code: EXIT.ok, out: 'job/short deleted\n', err: '' });
    const gone = await gpuctl('describe', 'job', 'short');
    assert.deepEqual([gone.code, gone.err], [EXIT.failed, 'error: There is no job “short” in ml-team.\n']);
  });

  test('asks before it deletes; where nobody can answer it does nothing and ends with 4', async () => {
    await gpuctl('create', '-f', file('kept.gpuctl.yaml', job('kept', 'sleep 60')));
    const { code, out, err } = await gpuctl('delete', 'job', 'kept');
    assert.deepEqual([code, out], [EXIT.notAgreed, '']);
    assert.match(err, /This goes from cluster demo, namespace ml-team:\n {2}the job kept\n[\s\S]*`--yes` agrees/);
    assert.equal((await listed('jobs', 'kept')).items.length, 1);
    assert.equal((await gpuctl('delete', '-f', path.join(stage.folder, 'kept.gpuctl.yaml'), '--yes')).code, EXIT.ok);
  });

  test('a job that has ended is run anew only when that is agreed to', async () => {
    const at = file('anew.gpuctl.yaml', job('anew', 'echo done'));
    await gpuctl('create', '-f', at);
    await gpuctl('logs', '-f', 'anew');
    const { code, err } = await gpuctl('create', '-f', at);
    assert.equal(code, EXIT.notAgreed);
    assert.match(err, /“anew”[\s\S]*`--yes` agrees in advance[\s\S]*training\/anew was not submitted/);
    assert.equal((await gpuctl('create', '-f', at, '-y')).out, 'training/anew in ml-team replaced\n');
    await gpuctl('delete', 'anew', '-y');
  });

  test('several documents: pools before jobs, one that fails keeps only those that need it, each is told of', async (t) => {
    const jobs = file(
      'several.yaml',
      [
        job('into-new', 'true', 'resources: {pool: new-pool}\n'),
        job('into-lost', 'true', 'resources: {pool: lost-pool}\n'),
        job('Bad', 'true'),
      ].join('---\n'),
    );
    const pools = file(
      'pools.yaml',
      'kind: pool\npool: {name: new-pool}\nnodes: {c1: {}}\n---\nkind: pool\npool: {name: lost-pool}\nnodes: [c1]\n',
    );
    const args = ['create', '-f', jobs, '-f', pools, '--context', 'admin', '-n', 'ml-team'];
    t.after(() => gpuctl('delete', '-y', '-f', pools, '--context', 'admin')); // c1 is the only node of the other tests

    const tried = await gpuctl(...args, '--dry-run', '-o', 'json');
    const planned = JSON.parse(tried.out).items.map(
      (one: { name: string; result: string }) => `${one.name} ${one.result}`,
    );
    assert.deepEqual(planned.slice(0, 1), ['new-pool created']);
    const configMap = await stage.admin
      .get('/api/v1/namespaces/gpuctl-system/configmaps/gpuctl-pool-new-pool')
      .catch(() => undefined);
    assert.equal(configMap, undefined, 'a dry run makes nothing');

    const { code, out, err } = await gpuctl(...args);
    assert.equal(code, EXIT.documentErrors);
    assert.deepEqual(out.trimEnd().split('\n'), ['pool/new-pool created', 'training/into-new in ml-team created']);
    assert.match(err, /pools\.yaml:7:\d+: error: /);
    assert.match(err, /pool\/lost-pool was not submitted: it has 1 error\./);
    assert.match(err, /training\/into-lost: not submitted, since the pool “lost-pool” that it needs was not/);
    assert.match(err, /several\.yaml:\d+:\d+: error: .*Bad/);
    assert.match(err, /2 of 5 documents submitted\n$/);
    const pod = await gpuctl('logs', '-f', 'into-new', '--context', 'admin', '-n', 'ml-team');
    assert.equal(pod.err, 'The job has ended: completed.\n');

    const removed = await gpuctl(
      'delete',
      '-y',
      'job/into-new',
      'pool/new-pool',
      '--context',
      'admin',
      '-n',
      'ml-team',
    );
    assert.deepEqual([removed.code, removed.out], [EXIT.ok, 'job/into-new deleted\npool/new-pool deleted\n']);
  });

  test('a file with errors is told of by line, and nothing is submitted', async () => {
    const { code, out, err } = await gpuctl(
      'create',
      '-f',
      file('bad.gpuctl.yaml', 'kind: training\njob: {name: x}\n'),
    );
    assert.deepEqual([code, out], [EXIT.documentErrors, '']);
    assert.match(
      err,
      /bad\.gpuctl\.yaml:\d+:\d+: error: .*\[key\.missing\]\ntraining\/x was not submitted: it has 1 error\.\n/,
    );
  });

  test('flags win over the environment, the environment over the kubeconfig', async () => {
    const named = async (args: string[], env: NodeJS.ProcessEnv) => {
      const one = new Started(['get', 'jobs', ...args], env);
      await one.ended;
      return one.err;
    };
    assert.match(await named([], { GPUCTL_NAMESPACE: 'ml-research' }), /No jobs in ml-research/);
    assert.match(await named(['-n', 'ml-team'], { GPUCTL_NAMESPACE: 'ml-research' }), /No jobs in ml-team/);
    assert.match(await named([], { GPUCTL_CONTEXT: 'unreachable' }), /refuse|connect/i);
    assert.match(await named(['--context', 'restricted'], { GPUCTL_CONTEXT: 'unreachable' }), /No jobs in sandbox/);
  });

  test('a namespace that is asked for and another that is written are not both meant', async () => {
    const at = file(
      'elsewhere.gpuctl.yaml',
      job('elsewhere', 'true').replace('name: elsewhere', 'name: elsewhere, namespace: ml-research'),
    );
    const { code, err } = await gpuctl('create', '-f', at, '-n', 'ml-team');
    assert.equal(code, EXIT.usage);
    assert.match(err, /namespace ml-research, but `--namespace` says ml-team/);
  });

  test('an unreachable cluster ends with 5, in the language that was asked for', async () => {
    const { code, err } = await gpuctl('get', 'jobs', '--context', 'unreachable', '--lang', 'zh');
    assert.equal(code, EXIT.cluster);
    assert.match(err, /^错误：.*\p{Script=Han}/u);
  });

  test('pools and nodes with their GPUs; what may not be seen is said, not counted', async () => {
    const { items: pools } = await listed('pools');
    const { gpus, nodes } = pools.find(({ name }: { name: string }) => name === 'training-pool');
    const [{ type, total, used, free, unavailable }] = gpus;
    assert.deepEqual(
      { type, total, used, free, unavailable },
      { type: 'A100-80G', total: 32, used: 18, free: 14, unavailable: 16 },
    );
    assert.deepEqual(nodes, ['n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
    const yaml = parse((await gpuctl('get', 'nodes', 'n1', 'n5', '-o', 'yaml')).out);
    assert.deepEqual(
      yaml.items.map((one: { name: string; pool: string; cordoned: boolean }) => [one.name, one.pool, one.cordoned]),
      [
        ['n1', 'training-pool', false],
        ['n5', 'training-pool', true],
      ],
    );
    const described = await gpuctl('describe', 'pool', 'training-pool');
    assert.match(described.out, /A100-80G: 14 of 32 free, 18 in use, at most 7 free on one node \(16 more on nodes/);
    assert.match((await gpuctl('describe', 'node', 'n1')).out, /^vision-team +\S+ +\d$/m);
    const unknown = await gpuctl('get', 'pools', '--context', 'restricted');
    assert.deepEqual([unknown.code, unknown.out], [EXIT.ok, '']);
    assert.match(unknown.err, /Free GPUs are unknown/);
  });

  test('quotas with what is used of them', async () => {
    const at = file(
      'quota.gpuctl.yaml',
      'kind: quota\nquota: {name: teams}\nnamespace: {ml-research: {gpu: 4, cpu: 8}}\n',
    );
    const args = ['--context', 'admin', '-n', 'ml-research'];
    assert.equal((await gpuctl('create', '-f', at, ...args)).out, 'quota/teams created\n');
    const { items } = await listed('quotas', ...args);
    assert.deepEqual(items[0].name, 'teams');
    assert.deepEqual(items[0].gpu.limit, '4');
    assert.match((await gpuctl('get', 'quotas', ...args)).out, /^teams +ml-research +\S+\/4 +\S+\/8 +-$/m);
    const asked = await gpuctl('delete', 'quota', 'teams', ...args);
    assert.deepEqual([asked.code, asked.out], [EXIT.notAgreed, '']);
    assert.match(asked.err, /^Namespace ml-research is not limited by the quota “teams” any more\.$/m);
    assert.equal((await listed('quotas', ...args)).items.length, 1);
    assert.equal((await gpuctl('delete', 'quota', 'teams', '-y', ...args)).out, 'quota/teams deleted\n');
  });

  test('`-w` shows what changes until Ctrl-C', async () => {
    const watch = new Started(['get', 'jobs', '-w', '-o', 'json']);
    await gpuctl('create', '-f', file('seen.gpuctl.yaml', job('seen', 'echo hello')));
    await watch.until(/"type":"added".*"name":"seen"/);
    await watch.until(/"type":"changed".*"name":"seen".*"phase":"succeeded"/);
    await gpuctl('delete', 'seen', '-y');
    await watch.until(/"type":"removed".*"name":"seen"/);
    watch.child.kill('SIGINT');
    assert.equal(await watch.ended, EXIT.interrupted);
    assert.equal(watch.err, '');
    for (const line of watch.out.trimEnd().split('\n')) JSON.parse(line);
  });

  test('a log that nobody reads any more ends without a word', async () => {
    await gpuctl('create', '-f', file('talks.gpuctl.yaml', job('talks', 'while true; do echo talk; sleep 0.1; done')));
    const log = new Started(['logs', '-f', 'talks']);
    await log.until(/talk/);
    log.child.stdout?.destroy();
    assert.equal(await log.ended, EXIT.ok);
    assert.equal(log.err, '');
    await gpuctl('delete', 'talks', '-y');
  });

  test('stop, start, scale and resume', async () => {
    const service = `kind: compute\njob: {name: web}\nenvironment: {image: alpine, command: [sleep, "600"]}\nservice: {replicas: 1}\n`;
    await gpuctl('create', '-f', file('web.gpuctl.yaml', service));
    assert.equal((await gpuctl('scale', 'web', '--replicas', '2')).out, 'job/web scaled to 2 replicas\n');
    assert.equal((await gpuctl('stop', 'web')).out, 'job/web stopped\n');
    assert.equal((await gpuctl('stop', 'web')).out, 'job/web unchanged\n');
    assert.equal((await gpuctl('start', 'web')).out, 'job/web started\n');
    const { spec } = (await stage.admin.get('/apis/apps/v1/namespaces/ml-team/deployments/web')) as KubeObject;
    assert.equal((spec as { replicas: number }).replicas, 2);
    await gpuctl('create', '-f', file('once.gpuctl.yaml', job('once', 'echo run')));
    await gpuctl('logs', '-f', 'once');
    const resumed = await gpuctl('resume', 'once', 'missing');
    assert.deepEqual([resumed.code, resumed.out], [EXIT.failed, 'job/once runs again (run 2)\n']);
    assert.match(resumed.err, /job\/missing: error: /);
    await gpuctl('delete', 'web', 'once', '-y');
  });

  test('diff says what a submit would change, and ends with 1; after the submit with 0', async () => {
    const at = file('differs.gpuctl.yaml', job('differs', 'sleep 60'));
    await gpuctl('create', '-f', at);
    const same = await gpuctl('diff', '-f', at);
    assert.deepEqual([same.code, same.out], [EXIT.ok, ''], same.err);
    file('differs.gpuctl.yaml', job('differs', 'sleep 61'));
    const { code, out } = await gpuctl('diff', '-f', at);
    assert.equal(code, EXIT.failed);
    assert.match(out, /^-.*sleep 60$[\s\S]*^\+.*sleep 61$/m);
    assert.equal((await gpuctl('diff', '-f', '/no/such')).code, EXIT.notCompared);
    await gpuctl('delete', 'differs', '-y');
  });

  test('completes names from the cluster', async () => {
    await gpuctl('create', '-f', file('named.gpuctl.yaml', job('named', 'sleep 60')));
    assert.equal((await gpuctl('__complete', '--', 'logs', '')).out, 'named\n');
    assert.equal(
      (await gpuctl('__complete', '--', 'get', 'pools', '')).out,
      'dev-pool\ninference-pool\ntraining-pool\n',
    );
    assert.deepEqual(
      (await gpuctl('__complete', '--', '--context', '')).out.trim().split('\n'),
      [...stage.cluster.contexts].sort(),
    );
    await gpuctl('delete', 'named', '-y');
  });
});
