import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { activateJobs } from '../../../client/src/features/jobs/index.ts';
import { type JobDto, Requests, ServerNotifications } from '../../../server/src/protocol.ts';
import { Memory, StandIn, withWindow } from './standIn.ts';

describe('a view of 1,000 jobs that change 50 times a second', function () {
  this.timeout(30_000);
  const job = (index: number, restarts: number): JobDto => ({
    ref: { namespace: 'team-a', name: `job-${index}` },
    uid: `uid-${index}`,
    kind: 'training',
    phase: index % 2 ? 'waiting' : 'running',
    state: index % 2 ? 'waiting for 4 free GPUs on one node' : 'running',
    gpus: 8,
    gpuType: 'A100-80G',
    podsWanted: 2,
    podsRunning: index % 2 ? 0 : 2,
    restarts,
    createdAt: '2026-11-23T08:00:00Z',
    pods: [0, 1].map((rank) => ({
      name: `p-${index}-${rank}`,
      rank,
      node: 'n1',
      phase: 'running',
      state: '',
      restarts,
    })),
  });

  it('asks twice a second, tells VS Code of what differs, and leaves the extension host to others', async () => {
    const server = new StandIn();
    let told = 0;
    let rows = 0;
    const createTreeView = (_: string, { treeDataProvider }: vscode.TreeViewOptions<object>) => {
      treeDataProvider.onDidChangeTreeData?.((changed) => {
        told++;
        rows += Array.isArray(changed) ? changed.length : 1;
      });
      return { visible: true, onDidChangeVisibility: () => new vscode.Disposable(() => {}), dispose: () => {} };
    };
    await withWindow({ createTreeView }, async () => {
      const jobs = activateJobs(server.infrastructure, { workspaceState: new Memory() });
      try {
        let round = 0;
        let asked = 0;
        let longest = 0;
        const before = process.cpuUsage();
        const begun = performance.now();
        for (; performance.now() - begun < 3_000; await sleep(20)) {
          round++;
          server.notify(ServerNotifications.stateChanged.method, { parts: ['jobs'] });
          for (const { method, answer } of server.asked.splice(0)) {
            assert.equal(method, Requests.jobs.method);
            asked++;
            // Ten of them differ from the list before.
            const list = Array.from({ length: 1_000 }, (_, index) => job(index, index < 20 ? round : 0));
            const at = performance.now();
            answer({ jobs: list });
            await new Promise((resolve) => setImmediate(resolve));
            longest = Math.max(longest, performance.now() - at);
          }
        }
        const { user, system } = process.cpuUsage(before);
        const share = (user + system) / 1e3 / (performance.now() - begun);
        console.log(
          `# asked ${asked}, told ${told} of ${rows} rows, longest ${longest.toFixed(0)} ms, share ${share.toFixed(2)}`,
        );
        assert.ok(asked >= 3 && asked <= 8, `${asked} lists in 3 s`);
        assert.ok(rows <= 1 + 20 * asked, `${rows} rows told anew`);
        assert.ok(share < 0.5, `${share} of a processor`);
      } finally {
        jobs.dispose();
      }
    });
  });
});
