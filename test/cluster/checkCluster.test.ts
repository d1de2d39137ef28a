/** "Check Cluster" and `gpuctl doctor` on a real control plane: the right words for each user, and unknown where unknown. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CheckLineDto, type ClusterReportDto, Requests } from '../../server/src/protocol.ts';
import { ProductStage } from './productStage.ts';
import { runGpuctl } from './runGpuctl.ts';

const stage = new ProductStage();

const doctor = (...args: string[]) => runGpuctl(['doctor', ...args], stage.cluster.kubeconfig, stage.folder);

/** What the command line tells a user, by the ids of lines. */
async function told(context: string, ...args: string[]) {
  const { code, out, err } = await doctor('--context', context, '-o', 'json', ...args);
  assert.equal(err, '');
  const { items, fit } = JSON.parse(out) as { items: CheckLineDto[]; fit: boolean };
  return { code, fit, line: (id: string) => items.find((one) => one.id === id) ?? assert.fail(`no line ${id}`), items };
}

describe('gpuctl doctor', () => {
  test('tells an administrator what there is, with numbers', async () => {
    const { code, fit, line, items } = await told('admin');
    assert.deepEqual([code, fit], [0, true], JSON.stringify(items.filter(({ needed }) => needed)));
    assert.match(line('version').found, /^v1\.36\.3; 1\.31 or newer/);
    assert.match(line('user').found, /“admin” by context admin/);
    assert.match(line('gpus').found, /^\d+ × nvidia\.com\/gpu on 9 of 10 nodes/);
    assert.match(line('types').found, /training-pool: \d+ × A100-80G/);
    assert.match(line('pools').found, /^3 pools: dev-pool, inference-pool, training-pool; 0 nodes/);
    assert.match(line('racks').found, /^\d+ by the label /);
    assert.deepEqual([line('priorities').status, line('priorities').how], ['good', undefined]);
    for (const id of ['kueue', 'keda', 'prometheus', 'pod-metrics', 'dcgm'])
      assert.equal(line(id).status, 'missing', `${id}: ${line(id).found}`);
    assert.deepEqual(
      items.filter(({ id, status }) => id.startsWith('rights.') && status !== 'good'),
      [],
    );
  });

  test('tells an engineer what an administrator would have to give', async () => {
    const { code, line } = await told('ml-engineer');
    assert.equal(code, 0);
    for (const id of ['see', 'logs', 'training', 'services', 'notebooks', 'change', 'delete', 'nodes', 'allPods'])
      assert.equal(line(`rights.${id}`).status, 'good', `${id}: ${line(`rights.${id}`).found}`);
    assert.equal(line('gpus').status, 'good');
    assert.equal(line('rights.exec').status, 'good');
    assert.equal(line('rights.forward').status, 'good');
    assert.match(line('rights.poolsChange').found, /“create, patch, delete” on configmaps in namespace gpuctl-system/);
    assert.match(line('rights.poolsChange').found, /“patch” on nodes in the whole cluster/);
    for (const id of ['shared-storage', 'default-storage']) {
      assert.equal(line(id).status, 'unknown', 'storage classes may not be listed');
      assert.match(`${line(id).found} ${line(id).how}`, /may not list storageclasses.*“list”/s);
    }
  });

  test('says unknown, and which right, where one sees only a namespace; jobs run there all the same', async () => {
    const { code, fit, line } = await told('restricted');
    assert.deepEqual([code, fit], [0, true]);
    for (const id of ['gpus', 'types', 'pools', 'racks']) {
      assert.equal(line(id).status, 'unknown', id);
      assert.match(`${line(id).found} ${line(id).how}`, /may not list nodes in the whole cluster.*“list” on “nodes”/s);
    }
    assert.equal(line('dcgm').status, 'unknown');
    assert.equal(line('prometheus').status, 'unknown');
    assert.equal(line('priorities').status, 'unknown');
    assert.equal(line('rights.nodes').status, 'missing');
    assert.equal(line('rights.training').status, 'good');
  });

  test('ends with 1 where nothing may be submitted, in words and both languages', async () => {
    const there = await told('restricted', '-n', 'vision-team');
    assert.deepEqual([there.code, there.fit], [1, false]);
    assert.match(
      there.line('rights.see').found,
      /“list, watch” on jobs, deployments, statefulsets, pods in namespace vision-team/,
    );
    const { code, out } = await doctor('--context', 'restricted', '-n', 'vision-team', '--lang', 'zh');
    assert.equal(code, 1);
    assert.match(out, /✗ 缺失 {2}查看任务（必需）：您缺少：/);
    assert.match(out, /\? 未知 {2}节点上的 GPU：.*\n.*作用：.*\n.*如何获得：/);
  });

  test('ends with 5 where there is no cluster to ask', async () => {
    const { code, out, err } = await doctor('--context', 'unreachable');
    assert.deepEqual([code, out], [5, '']);
    assert.match(err, /^error: /);
  });
});

test('the editor is told the same, and no check keeps another waiting', async () => {
  const pair = await stage.connect('ml-engineer', { language: 'zh-cn' });
  const began = performance.now();
  const report: ClusterReportDto = await pair.ask(Requests.checkCluster);
  assert.ok(performance.now() - began < 5_000);
  assert.deepEqual([report.cluster, report.context, report.namespace], ['demo', 'ml-engineer', 'ml-team']);
  assert.equal(report.fit, true);
  assert.deepEqual(
    report.areas.map(({ title }) => title),
    ['连接', 'GPU', '指标', '队列与优先级', '存储', '您的权限'],
  );
});
