/** The view of pools as a person uses it: looked at, nodes moved, files dropped on a pool, the status bar. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage, temporaryFolder, withContext } from './stage.ts';

const PATIENCE = { timeout: 240_000 };
const LONG = `pool-${'of-the-department-for-vision-'.repeat(2)}`.slice(0, 60).replace(/-$/, '');
const TEXT = `kind: training
job: {name: elsewhere}
environment:
  image: registry.example.com/llm/train:1.0
  command: [sh, -c, 'trap "exit 143" TERM; sleep 60 & wait']
resources:
  pool: training-pool # where there is room
  gpu: 2
  cpu: 1
  memory: 1Gi
`;
const FILES = { 'elsewhere.gpuctl.yaml': TEXT, '训练.gpuctl.yaml': TEXT.replace('elsewhere', 'other') };

let cluster: Cluster;
const folder = temporaryFolder();
before(async () => {
  cluster = await startCluster();
  const api = cluster.api('admin');
  await api.call('PATCH', '/api/v1/nodes/c1', { metadata: { labels: { 'gpuctl/pool': LONG } } });
  for (const namespace of ['default', 'ml-team'])
    await api.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'team', namespace },
      spec: { hard: { 'requests.nvidia.com/gpu': '8', 'requests.memory': '512Gi' } },
    });
  api.close();
});
after(async () => {
  await cluster?.stop();
  folder.remove();
});

/** Waits for a sentence of the view, above its rows. */
async function says(window: Workbench, text: RegExp): Promise<void> {
  const pools = await window.view('Pools', 'GPU');
  const end = Date.now() + 60_000;
  while (!text.test(await pools.message())) {
    assert.ok(Date.now() < end, await pools.message());
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe('pools of an administrator, dark', PATIENCE, () => {
  let stage: Stage;
  const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
    test(what, () => stage.window.step(name, () => action(stage.window)));
  before(async () => {
    stage = await openStage({
      name: 'pools',
      kubeconfig: withContext(cluster.kubeconfig, 'admin', folder.path),
      files: FILES,
    });
    const jobs = await stage.window.view('Jobs', 'GPU');
    await jobs.row('vit-pretrain').waitFor();
  });
  after(() => stage?.close());

  step('a node shows who holds it, and a click shows that job', '1-holders', async (window) => {
    const pools = await window.view('Pools', 'GPU');
    await pools.row('n6').waitFor();
    const rows = await pools.rows();
    const described = (name: string) => rows.find(({ label }) => label === name)?.description ?? '';
    assert.match(described('training-pool'), /^▓▓▓░░ free 14 · 18\/32 A100-80G · at most 7 on one node$/);
    assert.match(described('n5'), /^cordoned/);
    assert.match(described('n6'), /^not ready/);
    assert.match(described('Quota of default'), /GPUs 0\/8/);
    assert.equal(rows.find(({ label }) => label === LONG)?.level, 1);
    await pools.expand('n1');
    await pools.row('segment-finetune').last().waitFor();
    await window.page.mouse.move(700, 300);
    await window.shot('1-view');
    await pools.row(/^segment-finetune/).click();
    const jobs = await window.view('Jobs');
    await jobs.row('segment-finetune').and(window.page.locator('.selected')).waitFor();
    await pools.collapse('n1');
  });

  step('two nodes are taken out of their pool by the menu, after a question', '2-taken-out', async (window) => {
    const pools = await window.view('Pools', 'GPU');
    await pools.row(/^n4/).click();
    await pools.row(/^n5/).click({ modifiers: ['ControlOrMeta'] });
    await pools.row(/^n5/).click({ button: 'right' });
    await window.shot('2-menu');
    await window.dialogs.menu('Take Nodes out of Pool');
    const { message, detail, buttons } = await window.dialogs.modal();
    assert.equal(message, 'Take nodes n4, n5 out of their pools in cluster demo?');
    assert.match(
      detail,
      /1 job runs there \(vision-team\/clip-embed\) and goes on; what starts anew needs another node/,
    );
    assert.match(
      detail,
      /In cluster demo:\n• changes Node n4\n• changes Node n5\n• changes ConfigMap gpuctl-pool-training/,
    );
    assert.ok(buttons.includes('Cancel'), buttons.join());
    await window.shot('2-question');
    await window.dialogs.answerModal('Cancel');
    await pools.row('18/32').waitFor();
    await pools.row(/^n5/).click({ button: 'right' });
    await window.dialogs.menu('Take Nodes out of Pool');
    await window.dialogs.answerModal('Take out of Pool');
    await window.dialogs.notification('n4, n5 belong to no pool of demo now.').waitFor();
    await pools.row('17/24').waitFor();
  });

  step('and added again, each with what it holds', '3-added', async (window) => {
    const pools = await window.view('Pools', 'GPU');
    await pools.contextMenu('training-pool', 'Add Nodes to Pool');
    const labels = await window.dialogs.quickPick();
    assert.ok(labels.includes('n4') && labels.includes('d1') && !labels.includes('n1'), labels.join());
    const list = window.page.locator('.quick-input-list .monaco-list-row');
    for (const name of ['n4', 'n5']) {
      await window.page.locator('.quick-input-widget input.input').first().fill(name);
      await list.filter({ hasText: name }).first().click(); // ticks it
    }
    await window.page.locator('.quick-input-widget input.input').first().fill('');
    await window.shot('3-nodes');
    await window.page.keyboard.press('Enter');
    const { message, detail } = await window.dialogs.modal();
    assert.equal(message, 'Put nodes n4, n5 into pool training-pool of cluster demo?');
    assert.match(detail, /Nodes n4, n5, until now of no pool, join “training-pool”\. 1 job runs there/);
    await window.shot('3-question');
    await window.dialogs.answerModal('Put into Pool');
    await pools.row('18/32 A100-80G').waitFor();
  });

  step(
    'a file that is dragged onto a pool is proposed there, and nothing else is done',
    '4-dropped',
    async (window) => {
      await window.palette('Notifications: Clear All Notifications');
      await window.openFile('elsewhere.gpuctl.yaml');
      await window.palette('gpuctl: Choose Cluster'); // the window’s namespace is one that may be used
      await window.dialogs.pick('ml-engineer');
      await window.dialogs.input('ml-team');
      await window.statusItem('ml-engineer · ml-team · training-pool: 14 free').waitFor();
      const pools = await window.view('Pools', 'GPU');
      const tab = window.page.locator('.tab[data-resource-name="elsewhere.gpuctl.yaml"]');
      await tab.dragTo(pools.row('inference-pool'));
      const { message, detail, buttons } = await window.dialogs.modal();
      assert.equal(message, 'Submit elsewhere to inference-pool?');
      assert.match(
        detail,
        /Cluster demo, namespace ml-team\n\nIts pool would be inference-pool, not training-pool\.\n.*fits now/i,
      );
      assert.deepEqual(buttons.toSorted(), ['Cancel', 'Change File and Submit', 'Submit']);
      await window.shot('4-proposal');
      await window.dialogs.answerModal('Cancel');
      await pools.row('inference-pool').waitFor();
      assert.equal(readFileSync(path.join(stage.workspace, 'elsewhere.gpuctl.yaml'), 'utf8'), TEXT);
      await tab.dragTo(pools.row('inference-pool'));
      await window.dialogs.answerModal(/^Submit$/);
      await window.dialogs.notification('Submitted elsewhere to demo').waitFor();
      await pools.row('4/8 A10-24G').waitFor();
      assert.equal(readFileSync(path.join(stage.workspace, 'elsewhere.gpuctl.yaml'), 'utf8'), TEXT);
    },
  );

  step('by the keyboard, too, and then the file is changed', '5-changed', async (window) => {
    await window.palette('gpuctl: Submit to Pool');
    await window.dialogs.pick('dev-pool');
    await window.dialogs.pick('训练');
    const { detail } = await window.dialogs.modal();
    assert.match(detail, /Its pool would be dev-pool, not training-pool\./);
    await window.dialogs.answerModal('Change File and Submit');
    await window.dialogs.notification('Submitted other to demo').waitFor();
    const pools = await window.view('Pools', 'GPU');
    await pools.row('free 0 · 2/2 L40S-48G').waitFor();
    const changed = readFileSync(path.join(stage.workspace, '训练.gpuctl.yaml'), 'utf8');
    assert.match(changed, /pool: dev-pool # where there is room/);
  });

  step('the status bar tells the pool that is chosen', '6-status', async (window) => {
    await window.palette('Notifications: Clear All Notifications');
    await window.statusItem('ml-engineer').click();
    await window.dialogs.pick('Pool in the Status Bar');
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'inference-pool' }).waitFor();
    await window.shot('6-choice');
    await window.dialogs.pick('inference-pool');
    await window.statusItem('ml-engineer · ml-team · inference-pool: 4 free').waitFor();
  });

  step('offline, what is known stays with its age', '7-offline', async (window) => {
    await cluster.stopApiServer();
    await says(window, /As of/);
    const pools = await window.view('Pools', 'GPU');
    await pools.row('training-pool').waitFor();
    await window.shot('7-as-of');
    await cluster.startApiServer();
    await pools.row('training-pool').waitFor();
  });
});

describe('pools of others, light, in Chinese', PATIENCE, () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ name: 'pools-zh', kubeconfig: cluster.kubeconfig, theme: 'light', language: 'zh-cn' });
  });
  after(() => stage?.close());

  test('who may not move nodes is not offered it', async () => {
    const { window } = stage;
    await window.step('1-may-not', async () => {
      const pools = await window.view('Pools', 'GPU');
      await pools.row('training-pool').waitFor();
      await pools.row('ml-team 的配额').waitFor();
      await pools.expand('ml-team 的配额');
      await pools.row(/^n5/).waitFor();
      for (const end = Date.now() + 20_000; ; ) {
        await pools.row(/^n5/).click({ button: 'right' });
        const labels = await window.dialogs.menuLabels().catch(() => []);
        if (!labels.some((label) => /Pool…/.test(label))) break;
        await window.page.keyboard.press('Escape');
        assert.ok(Date.now() < end, labels.join());
      }
    });
  });

  test('and who may not see them is led on', async () => {
    const { window } = stage;
    await window.step('2-no-rights', async () => {
      await window.page.keyboard.press('Escape');
      await window.statusItem('ml-engineer').click();
      await window.dialogs.pick('restricted');
      await window.dialogs.input('sandbox');
      await says(window, /您无权/);
      await (await window.view('Pools')).row('检查您在此处的权限').waitFor();
    });
    await window.step('3-unreachable', async () => {
      await window.statusItem('restricted').click();
      await window.dialogs.pick('unreachable');
      await window.dialogs.input('ml-team');
      await says(window, /无法连接/);
      await (await window.view('Pools')).row('重新连接').waitFor();
    });
  });
});
