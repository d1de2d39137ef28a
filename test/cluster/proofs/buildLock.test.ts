import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { type BuildProgress, ensureBinaries } from '../binaries.ts';
import { holdBuildLock } from '../buildLock.ts';

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-lock-proof-'));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a second builder waits, is told the progress of the first, and then has its turn', () =>
  inFolder(async (folder) => {
    const file = path.join(folder, 'build.lock');
    const progress: BuildProgress = { step: 'x', done: 1, total: 2, elapsedSeconds: 3, message: 'half' };
    const first = await holdBuildLock(file, {});
    first.report(progress);
    const seen: string[] = [];
    const second = holdBuildLock(file, { onProgress: ({ message }) => seen.push(message) });
    let taken = false;
    second.then(() => {
      taken = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(taken, false);
    assert.ok(seen.includes('half'));
    first();
    (await second)();
    assert.deepEqual(readdirSync(folder), []);
  }));

test('the lock of a builder that is gone is taken over', () =>
  inFolder(async (folder) => {
    const file = path.join(folder, 'build.lock');
    writeFileSync(file, '4194303 a-word'); // the highest pid there can be
    const release = await holdBuildLock(file, {});
    assert.ok(existsSync(file));
    release();
    assert.ok(!existsSync(file));
  }));

test('a wrong folder of ready-made programs is named', () =>
  inFolder(async (folder) => {
    const before = process.env.GPUCTL_CLUSTER_BIN;
    process.env.GPUCTL_CLUSTER_BIN = folder;
    try {
      await assert.rejects(ensureBinaries(), /no controlplane, procnodes in it/);
    } finally {
      if (before === undefined) delete process.env.GPUCTL_CLUSTER_BIN;
      else process.env.GPUCTL_CLUSTER_BIN = before;
    }
  }));

test('without Go, or with an old one, it is said what to do', () =>
  inFolder(async (folder) => {
    const { PATH, GPUCTL_CLUSTER_BIN, GPUCTL_CACHE } = process.env;
    Object.assign(process.env, { PATH: folder, GPUCTL_CACHE: folder });
    delete process.env.GPUCTL_CLUSTER_BIN;
    try {
      await assert.rejects(ensureBinaries(), /Go 1\.26 or newer.*no "go" on PATH.*GPUCTL_CLUSTER_BIN/s);
      writeFileSync(path.join(folder, 'go'), '#!/bin/sh\necho go1.19.8\n', { mode: 0o755 });
      await assert.rejects(ensureBinaries(), /needs Go 1\.26 or newer, "go" here is go1\.19\.8/);
    } finally {
      Object.assign(process.env, { PATH });
      delete process.env.GPUCTL_CACHE;
      if (GPUCTL_CACHE) process.env.GPUCTL_CACHE = GPUCTL_CACHE;
      if (GPUCTL_CLUSTER_BIN) process.env.GPUCTL_CLUSTER_BIN = GPUCTL_CLUSTER_BIN;
    }
  }));
