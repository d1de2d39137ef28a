/**
 * What 1,000 jobs cost that change 50 times a second while the view of jobs is open: the server's time for a list, the client's for its rows,
 * and the share of a processor that the server takes. `node test/bench/cockpit.ts` runs it alone.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { buildJobGroups, EVERYTHING } from '../../client/src/features/jobs/jobGroups.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import { toText } from '../../l10n/index.ts';
import type { KubeObject } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import { toJobsDto } from '../../server/src/operations/views.ts';
import type { JobsDto } from '../../server/src/protocol.ts';
import { FakeClusters, FakeServer, job, pod, until } from '../server/fakeCluster.ts';

/** Milliseconds from one list to the next, as the view asks for them. */
const SPACING = 500;
const NAMESPACE = 'ml-team';
const SINCE = '2026-11-23T08:00:00Z';

export interface CockpitFigures {
  jobs: number;
  /** Times a second that the client was told of a change, and that it asked for the list. */
  told: number;
  listed: number;
  /** Milliseconds of one list and its text, and of its rows from the text on; medians. */
  list: number;
  rows: number;
  /** Characters of a list. */
  size: number;
  /** Share of a processor for all of it while the jobs change, 1 for the whole. */
  cpu: number;
}

const podStatus = (round: number, isRunning: boolean) =>
  isRunning
    ? {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [{ restartCount: round, state: { running: { startedAt: SINCE } } }],
      }
    : {
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/9 nodes are available.' },
        ],
      };

/** Every second job waits; each has two ranks. */
function podOf(index: number, rank: number, round: number): KubeObject {
  const name = `job-${index}`;
  const made = pod(NAMESPACE, `${name}-${rank}`, name, `uid-${index}`, podStatus(round, index % 2 === 0));
  made.metadata.labels = { ...made.metadata.labels, 'batch.kubernetes.io/job-completion-index': String(rank) };
  return made;
}

const jobOf = (index: number): KubeObject => {
  const made = job(NAMESPACE, `job-${index}`, `uid-${index}`, {
    spec: {
      parallelism: 2,
      template: { spec: { containers: [{ resources: { limits: { 'nvidia.com/gpu': '4' } } }] } },
    },
    status: { startTime: SINCE },
  });
  made.metadata.creationTimestamp = SINCE;
  return made;
};

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Lets jobs change for some seconds while a view is open. */
export async function measureCockpit(jobs = 1_000, changes = 50, seconds = 3): Promise<CockpitFigures> {
  const server = new FakeServer();
  server.put(
    ...Array.from({ length: jobs }, (_, index) => [jobOf(index), podOf(index, 0, 0), podOf(index, 1, 0)]).flat(),
  );
  const texts = createTexts(() => 'en');
  const [lists, rows]: [number[], number[]] = [[], []];
  let [told, listed, size, next] = [0, 0, 0, 0];
  let isStale = false;
  const look = () => {
    const now = performance.now();
    if (!isStale || now < next) return;
    isStale = false;
    next = now + SPACING;
    listed++;
    const text = JSON.stringify(toJobsDto(session, (message) => toText(message, 'en')));
    const sent = performance.now();
    buildJobGroups(JSON.parse(text) as JobsDto, EVERYTHING, { texts, now: Date.now(), namespace: NAMESPACE });
    lists.push(sent - now);
    rows.push(performance.now() - sent);
    size = text.length;
  };
  const session = new Session(new FakeClusters({ a: server }), {
    onStatus: () => undefined,
    onState: () => {
      told++;
      isStale = true;
      look();
    },
  });
  try {
    session.configure({}, true);
    session.setInterest(true);
    await until('all jobs', () => session.status.phase === 'connected' && [...session.state.workloads].length === jobs);
    await sleep(SPACING);
    [told, listed] = [0, 0];
    const begun = performance.now();
    const before = process.cpuUsage();
    let round = 0;
    while (performance.now() - begun < seconds * 1_000) {
      const due = Math.floor(((performance.now() - begun) * changes) / 1_000);
      for (; round < due; round++) server.put(podOf((round * 2) % jobs, round % 2, round + 1));
      look();
      await sleep(5);
    }
    const spent = process.cpuUsage(before);
    const took = (performance.now() - begun) / 1_000;
    const cpu = (spent.user + spent.system) / 1e6 / took;
    return { jobs, told: told / took, listed: listed / took, list: median(lists), rows: median(rows), size, cpu };
  } finally {
    session.dispose();
  }
}

/** Measures and prints. */
export async function benchCockpit(): Promise<CockpitFigures> {
  const figures = await measureCockpit();
  const { jobs, told, listed, list, rows, size, cpu } = figures;
  console.log(`\n${jobs} jobs, 50 changes a second, the view of jobs open`);
  for (const [name, value] of [
    ['told the client, a second', told.toFixed(1)],
    ['lists asked for, a second', listed.toFixed(1)],
    ['a list, ms', list.toFixed(1)],
    ['its rows, ms', rows.toFixed(1)],
    ['characters of a list', String(size)],
    ['share of a processor', `${(cpu * 100).toFixed(1)} %`],
  ] as const)
    console.log(`${name.padEnd(30)}${value.padStart(12)}`);
  return figures;
}

if (import.meta.main) await benchCockpit();
