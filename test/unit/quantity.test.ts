import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../../server/src/model/duration.ts';
import { nearest } from '../../server/src/model/nearest.ts';
import { parseQuantity, toBytes, toMillicores } from '../../server/src/model/quantity.ts';
import { spellingsOfKey } from '../../server/src/model/schema.ts';

test('quantities are read as Kubernetes reads them', () => {
  assert.equal(toBytes('32Gi'), 34_359_738_368);
  assert.equal(toBytes('32G'), 32_000_000_000);
  assert.equal(toBytes('1.5Ki'), 1536);
  assert.equal(toBytes('1e3'), 1000);
  assert.equal(toMillicores('500m'), 500);
  assert.equal(toMillicores(0.1), 100);
  assert.equal(toMillicores('1500u'), 2, 'rounded up');
  for (const bad of ['', 'Gi', '1gi', '1 Gi', '1Gib', 'one', '.']) assert.equal(parseQuantity(bad), undefined, bad);
});

test('durations', () => {
  assert.deepEqual(
    ['90', '90s', '15m', '12h', '2d', '1h30m'].map(parseDuration),
    [90, 90, 900, 43_200, 172_800, 5_400],
  );
  assert.deepEqual(['', '0', '0s', '-1', '1x', '1m1h'].map(parseDuration), Array(6).fill(undefined));
});

test('spellings of a key', () => {
  assert.deepEqual(spellingsOfKey('targetGPUUtilization'), [
    'targetGPUUtilization',
    'target-gpu-utilization',
    'target_gpu_utilization',
  ]);
  assert.deepEqual(spellingsOfKey('targetQPS'), ['targetQPS', 'target-qps', 'target_qps']);
  assert.deepEqual(spellingsOfKey('ncclSocketIfname'), [
    'ncclSocketIfname',
    'nccl-socket-ifname',
    'nccl_socket_ifname',
  ]);
  assert.deepEqual(spellingsOfKey('gpu'), ['gpu']);
});

test('the word that was meant', () => {
  assert.equal(nearest('gpuTpye', ['gpu', 'gpuType', 'gpuShare']), 'gpuType');
  assert.equal(nearest('enviroment', ['environment', 'version']), 'environment');
  assert.equal(nearest('zzz', ['gpu', 'cpu']), undefined);
});
