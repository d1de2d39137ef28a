/** Lines, waits, paths, slots: the small parts of `cluster/`. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';
import { createBackoff } from '../../server/src/cluster/backoff.ts';
import { createDeadline, sleep, whileNotAborted } from '../../server/src/cluster/deadline.ts';
import { createLineSplitter } from '../../server/src/cluster/jsonLines.ts';
import { toPath, toQuery } from '../../server/src/cluster/resources.ts';
import { createSlots } from '../../server/src/cluster/slots.ts';
import { retryDelay } from '../../server/src/cluster/transport.ts';
import { HttpFailure } from '../../server/src/cluster/wire.ts';

describe('lines of a stream', () => {
  const text = '{"a":"é漢🙂"}\n\n{"b":1}\n{"c":"終"}\n';
  const expected = ['{"a":"é漢🙂"}', '{"b":1}', '{"c":"終"}'];
  it('are the same however the bytes are cut', () => {
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      const split = createLineSplitter();
      const lines: string[] = [];
      for (let at = 0; at < bytes.length; at += size) lines.push(...split(bytes.subarray(at, at + size)));
      assert.deepEqual(lines, expected);
    }
  });
  it('keep what is not complete to themselves', () => {
    const split = createLineSplitter();
    assert.deepEqual(split(Buffer.from('{"a"')), []);
    assert.deepEqual(split(Buffer.from(':1}\n{')), ['{"a":1}']);
  });
  it('have a longest length', () => {
    const split = createLineSplitter(10);
    assert.deepEqual(split(Buffer.from('0123456')), []);
    assert.throws(() => split(Buffer.from('78901')), /more than 10 bytes/);
  });
  it('cost no more than their length, also in many chunks', () => {
    const run = (chunks: number) => {
      const split = createLineSplitter(1 << 30);
      const chunk = Buffer.alloc(1024, 'x');
      const started = performance.now();
      for (let i = 0; i < chunks; i++) split(chunk);
      assert.equal(split(Buffer.from('\n'))[0]?.length, chunks * 1024);
      return performance.now() - started;
    };
    run(1000);
    // 16 times the chunks would be 256 times the work if it were quadratic.
    assert.ok(run(16_000) < 64 * Math.max(run(1000), 2));
  });
});

describe('waiting', () => {
  it('doubles, with jitter, up to a limit, and begins anew', () => {
    const low = createBackoff(500, 4000, () => 0);
    assert.deepEqual(
      [1, 2, 3, 4, 5].map(() => low.next()),
      [250, 500, 1000, 2000, 2000],
    );
    low.reset();
    assert.equal(low.next(), 250);
    assert.equal(low.next(9000), 9000);
    assert.equal(createBackoff(500, 4000, () => 1).next(), 500);
  });
  it('ends early with an abort', async () => {
    const stop = new AbortController();
    const slept = sleep(60_000, stop.signal);
    stop.abort();
    await slept;
    await sleep(60_000, stop.signal);
    await assert.rejects(whileNotAborted(new Promise(() => {}), stop.signal), { name: 'AbortError' });
  });
  it('a deadline tells the clock from a signal and lets go', async () => {
    const outer = new AbortController();
    const passed = createDeadline(5, [outer.signal, undefined]);
    await sleep(1000, passed.signal);
    assert.ok(passed.signal.aborted && passed.passed);
    const called = createDeadline(60_000, [outer.signal]);
    const over = createDeadline(60_000, [outer.signal]);
    over.end();
    outer.abort();
    assert.ok(called.signal.aborted && !called.passed && !over.signal.aborted);
    const late = createDeadline(60_000, [outer.signal]);
    assert.ok(late.signal.aborted && !late.passed);
    for (const it of [passed, called, late]) it.end();
  });
});

describe('trying again', () => {
  const failure = (code: number, retryAfter?: string) => new HttpFailure(code, '', retryAfter);
  const reset = Object.assign(new Error(), { code: 'ECONNRESET' });
  it('waits as long as the server asks', () => {
    assert.equal(retryDelay(failure(429, '3'), 1, false), 3000);
    assert.equal(retryDelay(failure(503, '2'), 1, true), 2000);
    assert.equal(
      retryDelay(failure(503), 2, true, () => 1),
      500,
    );
  });
  it('does not repeat what may have been done', () => {
    assert.equal(retryDelay(failure(503, '2'), 1, false), undefined);
    assert.equal(retryDelay(reset, 1, false), undefined);
    assert.ok(retryDelay(reset, 1, true));
  });
  it('ends', () => {
    assert.equal(retryDelay(failure(429, '0'), 4, true), undefined);
    for (const code of [400, 401, 403, 404, 409, 410, 422, 500])
      assert.equal(retryDelay(failure(code), 1, true), undefined);
    assert.equal(
      retryDelay(failure(429, 'Fri, 31 Dec 1999 23:59:59 GMT'), 1, true, () => 1),
      250,
    );
  });
});

describe('REST paths', () => {
  it('know group, namespace and name', () => {
    assert.equal(toPath({ apiVersion: 'v1', kind: 'Pod', namespace: 'a' }), '/api/v1/namespaces/a/pods');
    assert.equal(toPath({ apiVersion: 'v1', kind: 'Pod' }), '/api/v1/pods');
    assert.equal(toPath({ apiVersion: 'v1', kind: 'Node', namespace: 'a' }, 'n1'), '/api/v1/nodes/n1');
    assert.equal(
      toPath({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'a/../b' }, 'x y'),
      '/apis/batch/v1/namespaces/a%2F..%2Fb/jobs/x%20y',
    );
    assert.throws(() => toPath({ apiVersion: 'v1', kind: 'Job' }), { code: 'connection.unknown-kind' });
    assert.throws(() => toPath({ apiVersion: 'v1', kind: 'constructor' }), { code: 'connection.unknown-kind' });
  });
  it('leave out what has no value', () => {
    assert.equal(toQuery({ a: undefined }), '');
    assert.equal(toQuery({ labelSelector: 'a=b,c', limit: 5, x: undefined }), '?labelSelector=a%3Db%2Cc&limit=5');
  });
});

describe('slots', () => {
  it('let so many run, the rest in order, and forget the aborted', async () => {
    const slots = createSlots(2);
    const { signal } = new AbortController();
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const work = (n: number) => async () => {
      most = Math.max(most, ++running);
      await sleep(5, signal);
      order.push(n);
      running--;
    };
    const stop = new AbortController();
    const all = [1, 2, 3, 4, 5].map((n) => slots.use(signal, work(n)));
    const gone = slots.use(stop.signal, work(9));
    stop.abort();
    await assert.rejects(gone, { name: 'AbortError' });
    await assert.rejects(slots.use(stop.signal, work(9)), { name: 'AbortError' });
    await Promise.all(all);
    assert.equal(most, 2);
    assert.deepEqual(order, [1, 2, 3, 4, 5]);
    await assert.rejects(slots.use(signal, () => Promise.reject(new Error('x'))));
    await slots.use(signal, work(6));
    assert.equal(running, 0);
  });
});

describe('the door', () => {
  it('loads nothing from npm until a cluster is asked for', () => {
    const index = path.join(import.meta.dirname, '../../server/src/cluster/index.ts');
    const script = `
      import { registerHooks } from 'node:module';
      const seen = [];
      registerHooks({ resolve(name, context, next) { const it = next(name, context); seen.push(it.url); return it; } });
      const { createClusters } = await import(${JSON.stringify(index)});
      createClusters({}).onChange({ kubeconfig: '/nowhere' }, () => {}).dispose();
      console.log(JSON.stringify(seen));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    const seen = JSON.parse(stdout || 'null') as string[] | null;
    assert.ok(seen && seen.length > 0, stderr);
    assert.deepEqual(
      seen.filter((url) => url.includes('node_modules')),
      [],
    );
  });
});
