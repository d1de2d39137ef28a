/** The view of jobs as a person uses it: one job, many, none that may be seen, no connection; groups, filter, several at once, and what is told. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ApiClient, KubernetesObject } from '../cluster/apiClient.ts';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage, temporaryFolder, withContext } from './stage.ts';
import type { SideView } from './views.ts';

const PATIENCE = { timeout: 240_000 };
const SOON = { timeout: 30_000 };
const LONG = 'qwen2-72b-instruct-sft-on-customer-conversations-2026';
const MANY = 1_000;
const FILES = {
  'a.gpuctl.yaml': 'kind: training\njob:\n  name: a\nenvironment:\n  image: demo/sleep\nresources:\n  gpu: 1\n',
};

interface Seed {
  command?: string;
  gpus?: number;
  owner?: string;
  held?: boolean;
  annotations?: Record<string, string>;
  namespace?: string;
}

/** A training as a submit makes it. */
function job(
  name: string,
  { command = 'sleep 600', gpus = 1, owner = 'ml-engineer', ...more }: Seed = {},
): KubernetesObject {
  const labels = { 'gpuctl/job-type': 'training', 'gpuctl/pool': 'training-pool' };
  const limits = { 'nvidia.com/gpu': String(gpus), cpu: '1', memory: '1Gi' };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...{ name, namespace: more.namespace ?? 'ml-team', labels },
      annotations: { 'gpuctl/submitted-by': owner, 'gpuctl/gpu-type': 'A100-80G' },
    },
    spec: {
      backoffLimit: 0,
      suspend: more.held ?? false,
      template: {
        metadata: { labels, annotations: more.annotations ?? {} },
        spec: {
          restartPolicy: 'Never',
          nodeSelector: { 'gpuctl/pool': 'training-pool' },
          terminationGracePeriodSeconds: 0,
          containers: [{ name: 'main', image: 'demo/train', command: ['sh', '-c', command], resources: { limits } }],
        },
      },
    },
  };
}

const MIXED = [
  job(LONG, { gpus: 2 }),
  job('needs-8', { gpus: 8 }),
  job('out-of-memory', { annotations: { 'gpuctl.test/oom-after': '1s' } }),
  job('wrong-path', { command: 'echo no such file; exit 2' }),
  job('short', { command: 'true' }),
  job('of-zhang', { owner: '张伟@算法平台' }),
  job('kept-back', { held: true, command: 'sleep 2' }),
  job('sweep-1', { command: 'sleep 600' }),
  job('sweep-2', { command: 'sleep 600' }),
];

let cluster: Cluster;
let api: ApiClient;
const folder = temporaryFolder();
before(async () => {
  cluster = await startCluster();
  api = cluster.api();
});
after(async () => {
  api?.close();
  await cluster?.stop();
  folder.remove();
});

const labelsOf = async (view: SideView) => (await view.rows()).map(({ label }) => label);
/** The width in which VS Code opens the side bar, and nothing else. */
const SIDE_BAR = { x: 0, y: 0, width: 360, height: 800 };

describe('the view of jobs', PATIENCE, () => {
  let stage: Stage;
  let jobs: SideView;
  const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
    test(what, () => stage.window.step(name, () => action(stage.window)));
  const filterBy = async (window: Workbench, text: string) => {
    await jobs.titleAction('Filter Jobs');
    await window.dialogs.input(text);
  };

  before(async () => {
    stage = await openStage({ name: 'jobs-view', kubeconfig: cluster.kubeconfig, files: FILES });
    await stage.window.page.setViewportSize({ width: 1200, height: 900 });
    jobs = await stage.window.view('Jobs', 'GPU');
    await (await stage.window.view('Pools')).header.click(); // closed, so that all rows are in sight
  });
  after(() => stage?.close());

  step('without a job it says so and offers a file', '1-none', async () => {
    await jobs.row('New gpuctl File').waitFor(SOON);
    assert.match(await jobs.message(), /No jobs\..*ml-team only/s);
  });

  step('one job', '2-one', async () => {
    await api.create(job('first', { gpus: 2 }));
    await jobs.spokenRow('first, running').waitFor(SOON);
    assert.deepEqual(await labelsOf(jobs), ['Running', 'first']);
  });

  step('reasons stand first, and the whole of them below', '3-mixed', async (window) => {
    for (const one of MIXED) await api.create(one);
    await jobs.spokenRow('out-of-memory, failed').waitFor(SOON);
    await jobs.spokenRow('short, completed').waitFor(SOON);
    await jobs.row(/needs-8.*needs 8, \d together/).waitFor(SOON);
    await window.shot('3-mixed-side-bar', SIDE_BAR);
    await jobs.row(/out-of-memory.*out of memory/).waitFor();
    await jobs.expand('out-of-memory');
    await jobs.row('failed: ran out of memory (limit 1 GiB)').waitFor();
    await jobs.expand('needs-8');
    await jobs.row('needs 8 GPUs on one node, training-pool has').waitFor();
    await window.shot('3-reasons-side-bar', SIDE_BAR);
    const why = window.page.locator('.workbench-hover a', { hasText: 'Why' });
    // A row that is drawn anew under the mouse shows its words when the mouse comes again.
    for (let tries = 0; tries < 5 && !(await why.isVisible()); tries++) {
      await window.page.mouse.move(600, 700);
      await jobs.row('out-of-memory').hover();
      await why.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
    await why.waitFor();
    await window.shot('3-hover');
    await window.page.mouse.move(600, 700);
    await jobs.collapse('out-of-memory');
    await jobs.collapse('needs-8');
  });

  step('are grouped as one likes, which is remembered', '4-by-owner', async (window) => {
    await jobs.titleAction('Group Jobs By');
    assert.deepEqual(await window.dialogs.quickPick(), ['State', 'Kind', 'Pool', 'Namespace', 'Owner']);
    await window.shot('4-question');
    await window.dialogs.pick('Owner');
    await jobs.row('ml-engineer (you)').waitFor();
    await jobs.row('张伟@算法平台').waitFor();
    await window.page.waitForTimeout(1_000); // the editor writes down what is remembered a moment later
    await window.reload();
    jobs = await window.view('Jobs', 'GPU');
    await jobs.row('张伟@算法平台').waitFor(SOON);
  });

  step('only mine, and those with a word; one click shows all again', '5-filtered', async (window) => {
    await jobs.titleAction('Show Only My Jobs');
    await jobs.row('张伟').waitFor({ state: 'detached' });
    await jobs.header.filter({ hasText: /only yours/i }).waitFor();
    await window.shot('5-mine');
    await jobs.titleAction('Show the Jobs of All');
    await jobs.row('张伟').waitFor();
    await filterBy(window, 'sweep');
    await jobs.row('sweep-1').waitFor();
    await jobs.row('of-zhang').waitFor({ state: 'detached' });
    await jobs.header.filter({ hasText: /“sweep”/i }).waitFor();
    await window.shot('5-filter');
    await filterBy(window, 'nothing-like-it');
    await jobs.row('Clear Filter').waitFor();
    assert.match(await jobs.message(), /None of the jobs here \(\d+\) has “nothing-like-it”/);
    await window.shot('5-none-match');
    await jobs.titleAction('Clear Filter');
    await jobs.row('of-zhang').waitFor();
    await jobs.titleAction('Group Jobs By');
    await window.dialogs.pick('State');
    await jobs.row('Ended today').waitFor();
  });

  step('several are stopped after one question that names them', '6-several', async (window) => {
    await jobs.row('sweep-1').click();
    await jobs.row('sweep-2').click({ modifiers: ['ControlOrMeta'] });
    await jobs.contextMenu('sweep-2', 'Stop Job');
    const { message, detail, buttons } = await window.dialogs.modal();
    assert.equal(message, 'Stop 2 jobs?');
    assert.match(detail, /In cluster demo:\n• ml-team: sweep-[12], sweep-[12]/);
    assert.deepEqual(buttons.toSorted(), ['Cancel', 'Show Jobs', 'Stop 2']);
    await window.shot('6-question');
    await window.dialogs.answerModal('Stop 2');
    await window.dialogs.notification('Stopped 2 of 2 jobs.').waitFor(SOON);
    await jobs.spokenRow('sweep-1, stopped').waitFor(SOON);
  });

  step('delete says what goes and what stays, and a stray key deletes nothing', '7-delete', async (window) => {
    await window.palette('Notifications: Clear All Notifications');
    await jobs.contextMenu('wrong-path', 'Delete');
    const { detail } = await window.dialogs.modal();
    assert.match(detail, /Cluster demo, namespace ml-team/);
    assert.match(detail, /the job wrong-path.*kept:.*logs of it that were saved on this computer/s);
    assert.doesNotMatch(detail, /\(Job\)|\bpod/);
    const focused = await window.page.evaluate('document.activeElement?.textContent');
    assert.doesNotMatch(String(focused), /Delete/);
    await window.shot('7-question');
    await window.dialogs.answerModal('Cancel');
    await jobs.row('wrong-path').waitFor();
  });

  step('a held job is released, and its end is told, with the log at hand', '8-told', async (window) => {
    await jobs.inlineAction('kept-back', 'Start Job');
    const told = window.dialogs.notification('kept-back in ml-team has completed');
    await told.waitFor({ timeout: 60_000 });
    await window.shot('8-completed');
    await told.getByRole('button', { name: 'Log' }).waitFor();
    // What somebody else made is not told of.
    assert.ok((await window.dialogs.notifications()).every((text) => text.includes('kept-back')));
    await window.palette('Notifications: Clear All Notifications');
  });

  step('a thousand: a page at a time, and the place is kept while they change', '9-many', async (window) => {
    await jobs.collapse('Ended today');
    const names = Array.from({ length: MANY }, (_, index) => `held-${String(index).padStart(4, '0')}`);
    await Promise.all(
      Array.from({ length: 20 }, async (_, worker) => {
        for (let at = worker; at < MANY; at += 20) await api.create(job(names[at] as string, { held: true }));
      }),
    );
    await jobs.row(/Waiting\s*100\d/).waitFor(SOON);
    await window.shot('9-top');
    await jobs.row('Running').click();
    await window.page.keyboard.press('End');
    const more = jobs.row(/Show 500 More \(\d+ left\)/);
    await more.waitFor(SOON);
    await window.shot('9-page');
    await more.click();
    await more.waitFor({ state: 'detached', ...SOON });
    await filterBy(window, 'held-0999');
    await jobs.row('held-0999').waitFor(SOON);
  });

  step('offline: what is known stays, with its age and what helps', '10-offline', async (window) => {
    await jobs.titleAction('Clear Filter');
    await cluster.stopApiServer();
    const end = Date.now() + 40_000;
    while (!/As of/.test(await jobs.message())) {
      assert.ok(Date.now() < end, 'the age');
      await window.page.waitForTimeout(200);
    }
    await jobs.row('Waiting').waitFor();
    await window.shot('10-side-bar', SIDE_BAR);
    await jobs.titleAction('Connect Again');
    await cluster.startApiServer();
    await jobs.row('Running').waitFor(SOON);
  });
});

describe('who may see little', PATIENCE, () => {
  test('is told what is shown, in Chinese and in light', async () => {
    const kubeconfig = withContext(cluster.kubeconfig, 'restricted', folder.path);
    const stage = await openStage({
      name: 'jobs-view-zh',
      kubeconfig,
      language: 'zh-cn',
      theme: 'light',
      files: FILES,
    });
    const { window } = stage;
    try {
      await window.page.setViewportSize({ width: 1200, height: 800 });
      const jobs = await window.view('Jobs', 'GPU');
      await window.step('none', async () => {
        await jobs.row('新建 gpuctl 文件').waitFor(SOON);
        assert.match(await jobs.message(), /暂无任务。.*sandbox/s);
      });
      await window.step('rows', async () => {
        const own = { namespace: 'sandbox', owner: 'restricted' };
        await api.create(job('out-of-memory', { ...own, annotations: { 'gpuctl.test/oom-after': '1s' } }));
        await api.create(job('needs-8', { ...own, gpus: 8 }));
        await api.create(job('kept-back', { ...own, held: true }));
        await jobs.row(/out-of-memory.*内存不足.*失败/).waitFor(SOON);
        await jobs.expand('out-of-memory');
        await jobs.row('kept-back').waitFor();
        await window.shot('side-bar', SIDE_BAR);
      });
      await window.step('delete', async () => {
        await jobs.contextMenu('kept-back', /Delete|删除/);
        const { detail } = await window.dialogs.modal();
        assert.match(detail, /集群 demo，命名空间 sandbox.*任务 kept-back.*已保存在本机的日志/s);
      });
    } finally {
      await stage.close();
    }
  });
});
