/** How a watch finds back to the truth: what it lists anew, when, and how often it asks. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, event, follow, page, pod, status, timing } from './clusterStage.ts';

describe('a watch that begins anew', () => {
  it('tells a long list in pieces, and of a later one what went', async () => {
    const many = Array.from({ length: 1200 }, (_, index) => pod(`p${index}`, 1));
    let watches = 0;
    const { cluster } = await connect((_, response, url) => {
      if (!url.searchParams.has('watch')) return void page(response, watches ? many.slice(0, 1100) : many);
      response.writeHead(200).flushHeaders();
      if (watches++ === 0) response.end(event('ERROR', { kind: 'Status', code: 410 }));
    });
    const { held, batches } = follow(cluster);
    for (let tries = 0; tries < 200 && (watches < 2 || held.size !== 1100); tries++) await wait(10);
    assert.equal(held.size, 1100);
    const [first, ...others] = batches.map((batch) => [batch[0]?.type, batch.length]);
    assert.deepEqual(first, ['reset', 1]);
    assert.deepEqual(others, [
      ...[
        ['set', 500],
        ['set', 200],
      ], // the rest of the first list
      ...[
        ['set', 500],
        ['set', 500],
        ['set', 100],
        ['remove', 100],
      ],
    ]);
  });

  it('lists all at once where the pages took longer than the server keeps them', async () => {
    const limits: (string | null)[] = [];
    const { cluster } = await connect((_, response, url) => {
      if (url.searchParams.has('watch')) return void response.writeHead(200).flushHeaders();
      limits.push(url.searchParams.get('limit'));
      if (url.searchParams.has('continue'))
        return void status(response, 410, 'The provided continue parameter is too old');
      if (url.searchParams.has('limit')) page(response, [pod('half', 2)], 2, 'stale');
      else page(response, [pod('x', 3), pod('y', 3)], 3);
    });
    const { is, batches } = follow(cluster);
    await is({ 'a/x': '3', 'a/y': '3' });
    assert.deepEqual(limits, ['500', '500', null]);
    assert.equal(batches.length, 1);
  });

  it('asks for smaller pages where one takes too long, as one that trickles does', async () => {
    const limits: number[] = [];
    const { cluster } = await connect(
      (_, response, url) => {
        if (url.searchParams.has('watch')) return void response.writeHead(200).flushHeaders();
        limits.push(Number(url.searchParams.get('limit')));
        if (limits.length > 2) return void page(response, [pod('x', 1)]);
        response.writeHead(200);
        const drop = setInterval(() => response.write(' '), 10);
        response.on('close', () => clearInterval(drop));
      },
      undefined,
      { ...timing, answer: 150 },
    );
    const { is } = follow(cluster);
    await is({ 'a/x': '1' });
    assert.deepEqual(limits, [500, 250, 125]);
  });

  it('takes bytes that never make a line for silence, and lists anew where two watches in a row bring nothing', async () => {
    const watchesBefore: number[] = [];
    let watches = 0;
    const { cluster } = await connect((_, response, url) => {
      if (!url.searchParams.has('watch')) {
        const lists = watchesBefore.push(watches);
        return void page(response, [pod(`list${lists}`, lists)], lists);
      }
      response.writeHead(200).flushHeaders();
      if (++watches > 2) return;
      const drop = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drop));
    });
    const { is } = follow(cluster);
    await is({ 'a/list2': '2' });
    assert.deepEqual(watchesBefore, [0, 2]);
  });

  it('doubts its version where a watch from it fails again and again, and where the server says that it is wrong', async () => {
    for (const answer of [
      (response: ServerResponse) =>
        response.writeHead(200).end(event('ERROR', { kind: 'Status', code: 500, message: 'broken' })),
      (response: ServerResponse) => status(response, 400, 'Invalid value: "resourceVersion"'),
    ]) {
      let lists = 0;
      const { cluster } = await connect((_, response, url) => {
        if (!url.searchParams.has('watch')) return void page(response, [pod(`list${++lists}`, lists)], lists);
        if (lists === 1) answer(response);
        else response.writeHead(200).flushHeaders();
      });
      await follow(cluster).is({ 'a/list2': '2' });
    }
  });

  it('believes that it may no more, or is nobody, only when it is said again', async () => {
    for (const code of [401, 403]) {
      let watches = 0;
      const { cluster } = await connect(
        (_, response, url) => {
          if (!url.searchParams.has('watch')) return void page(response, [pod('x', 1)]);
          watches++;
          if (watches === 1) return void response.writeHead(200).end(event('ADDED', pod('y', 2)));
          if (watches < 5) return void status(response, code, 'not yet');
          response.writeHead(200).write(event('ADDED', pod('z', 3)));
        },
        undefined,
        { ...timing, refused: 60_000 },
      );
      const { is, phases } = follow(cluster);
      await is({ 'a/x': '1', 'a/y': '2', 'a/z': '3' });
      assert.ok(!phases().includes('forbidden'));
    }
  });

  it('comes back soon after a long watch that broke, however long it waited before', async () => {
    let watches = 0;
    let brokenAt = 0;
    let backAt = 0;
    const { cluster } = await connect(
      (request, response, url) => {
        if (!url.searchParams.has('watch')) return void page(response, []);
        if (++watches <= 4) return void status(response, 500, 'no');
        response.writeHead(200).flushHeaders();
        if (watches > 5) backAt = performance.now();
        else
          setTimeout(() => {
            brokenAt = performance.now();
            request.socket.resetAndDestroy();
          }, 1100);
      },
      undefined,
      { ...timing, silence: 5000, backoff: [20, 2000] },
    );
    follow(cluster);
    for (let tries = 0; tries < 500 && backAt === 0; tries++) await wait(10);
    assert.ok(backAt > 0 && backAt - brokenAt < 150, `after ${Math.round(backAt - brokenAt)} ms`);
  });

  it('waits as long as the server asks, within reason', async () => {
    for (const [asked, least, most] of [
      ['1', 950, 2500],
      ['86400', 150, 2500],
    ] as const) {
      let lists = 0;
      const { cluster } = await connect((_, response, url) => {
        if (url.searchParams.has('watch')) return void response.writeHead(200).flushHeaders();
        if (++lists < 2) return void status(response, 429, 'slow', { 'retry-after': asked });
        page(response, [pod('x', 1)]);
      });
      const began = performance.now();
      await follow(cluster).is({ 'a/x': '1' });
      const took = performance.now() - began;
      assert.ok(took >= least && took < most, `${asked} s: ${Math.round(took)} ms`);
    }
  });
});
