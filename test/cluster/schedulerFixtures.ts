// Cases in which verdict and scheduler once disagreed, kept as files: what the cluster held, the document, and what came of it.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Verdict } from '../../server/src/capacity/verdict.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import type { Case } from './randomCluster.ts';

/** What became of a job: all its pods have nodes, maybe after others were pushed out; or not all of them. */
export type Outcome = 'bound' | 'bound by preemption' | 'not all bound';

/** What the scheduler will do if a verdict is right. */
export const foretold = ({ is }: Verdict): Outcome =>
  is === 'fits' ? 'bound' : is === 'preempts' ? 'bound by preemption' : 'not all bound';

/** A case with what came of it. */
export interface Fixture extends Case {
  /** What was wrong, in words. */
  about: string;
  outcome: Outcome;
}

const folder = new URL('../fixtures/scheduler/', import.meta.url);

export const readFixtures = (): Fixture[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Fixture);

/** Keeps a case; says where. */
export function writeFixture(fixture: Fixture): string {
  const file = new URL(`${fixture.seed}.json`, folder);
  mkdirSync(folder, { recursive: true });
  const brief = (key: string, value: unknown) => (key === 'managedFields' ? undefined : value);
  writeFileSync(file, `${JSON.stringify(fixture, brief, 1)}\n`);
  return file.pathname;
}

/** One line on what a pod or a node of a case is, for a person who reads why it came out otherwise. */
export function describeObject({ kind, metadata, spec, status }: KubeObject): string {
  const {
    nodeName,
    priority,
    containers,
    initContainers,
    taints,
    unschedulable,
    tolerations: _,
    ...rest
  } = spec as {
    [field: string]: unknown;
    containers?: { resources?: object }[];
    initContainers?: { resources?: object; restartPolicy?: string }[];
  };
  const { allocatable, phase } = status as { allocatable?: object; phase?: string };
  const asked = [...(initContainers ?? []), ...(containers ?? [])].map(({ resources }) => resources);
  const { resources, overhead } = rest as { resources?: object; overhead?: object };
  const deletedAt = (metadata as { deletionTimestamp?: string }).deletionTimestamp;
  const said = { nodeName, priority, phase, deletedAt, asked, resources, overhead, allocatable, taints, unschedulable };
  return `${kind} ${metadata.name} ${JSON.stringify(kind === 'Node' ? { ...said, asked: undefined, labels: metadata.labels } : said)}`;
}
