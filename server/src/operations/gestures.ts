import { SYSTEM_NAMESPACE } from '../kinds/pool/manifests.ts';
import type { JobGesture } from '../protocol.ts';
import type { WorkloadRecord } from '../state/records.ts';
import type { Access } from './ports.ts';

/** A resource as rights name it. */
type Resource = Pick<Access, 'group' | 'resource' | 'subresource'>;

/** The main resources of jobs; `docs/submit.md`, rights. */
const MAIN: Readonly<Record<WorkloadRecord['resource'], Resource>> = {
  Job: { group: 'batch', resource: 'jobs' },
  Deployment: { group: 'apps', resource: 'deployments' },
  StatefulSet: { group: 'apps', resource: 'statefulsets' },
};

/** What a kind of job becomes. */
const MAIN_OF_KIND: Readonly<Record<string, WorkloadRecord['resource']>> = {
  training: 'Job',
  inference: 'Deployment',
  compute: 'Deployment',
  notebook: 'StatefulSet',
};

const core = (resource: string, subresource?: string): Resource => ({
  group: '',
  resource,
  ...(subresource && { subresource }),
});
const verbs = (of: Resource, list: readonly string[], namespace?: string): Access[] =>
  list.map((verb) => ({ verb, ...of, ...(namespace !== undefined && { namespace }) }));

/** The rights that a gesture on a job needs, the likeliest to be missing first. */
export function rightsFor(gesture: JobGesture, { resource, namespace, outcome }: WorkloadRecord): Access[] {
  const main = MAIN[resource];
  if (gesture === 'log') return [...verbs(core('pods', 'log'), ['get'], namespace)];
  if (gesture === 'terminal') return [...verbs(core('pods', 'exec'), ['create', 'get'], namespace)];
  if (gesture === 'forward') return [...verbs(core('pods', 'portforward'), ['create', 'get'], namespace)];
  if (gesture === 'delete') return verbs(main, ['delete'], namespace);
  // What has ended is replaced by its next run.
  if (gesture === 'resume' && outcome) return verbs(main, ['create', 'delete'], namespace);
  return verbs(main, ['patch'], namespace);
}

/** The gestures that make sense for a job as it is. */
export function gesturesFor({ resource, deleting, outcome, suspended, stopped, queue }: WorkloadRecord): JobGesture[] {
  if (deleting) return ['log'];
  if (outcome) return ['resume', 'delete', 'log'];
  if (stopped || (suspended && queue === undefined)) return ['start', 'resume', 'delete', 'log'];
  return ['stop', ...(resource === 'Deployment' ? (['scale'] as const) : []), 'delete', 'log', 'terminal', 'forward'];
}

/** The rights to make a job of a kind in a namespace, and to let it go; none are known of a kind that nobody knows. */
export function rightsToSubmit(kind: string, namespace: string): Access[] {
  const main = Object.hasOwn(MAIN_OF_KIND, kind) ? MAIN_OF_KIND[kind] : undefined;
  return main ? verbs(MAIN[main], ['create', 'patch'], namespace) : [];
}

/** The rights to change a job of a kind that is there. */
export const rightsToChange = (kind: string, namespace: string): Access[] =>
  rightsToSubmit(kind, namespace).filter(({ verb }) => verb === 'patch');

/** The rights to make and change pools; `docs/pools.md`, rights. */
export const POOL_RIGHTS: readonly Access[] = [
  ...verbs(core('configmaps'), ['create', 'patch'], SYSTEM_NAMESPACE),
  ...verbs(core('nodes'), ['patch']),
];

/** The rights to make and change the quota of a namespace; `docs/quotas.md`, rights. */
export const quotaRights = (namespace: string): Access[] =>
  verbs(core('resourcequotas'), ['create', 'patch'], namespace);

/** The right to use a pool that is not for everybody; `decisions.md` 28. */
export const useOf = (pool: string): Access => ({ verb: 'use', group: 'gpuctl', resource: 'pools', name: pool });

/** What somebody does with gpuctl, and the rights that it needs; for those who want to know all of them. */
export const featureRights = (namespace: string) =>
  ({
    see: [
      ...Object.values(MAIN).flatMap((main) => verbs(main, ['list', 'watch'], namespace)),
      ...verbs(core('pods'), ['list', 'watch'], namespace),
    ],
    training: [
      ...verbs(MAIN.Job, ['get', 'create', 'patch'], namespace),
      ...verbs(core('services'), ['create'], namespace),
      ...verbs(core('configmaps'), ['create'], namespace),
    ],
    services: [
      ...verbs(MAIN.Deployment, ['get', 'create', 'patch'], namespace),
      ...verbs(core('services'), ['create', 'patch'], namespace),
    ],
    notebooks: [
      ...verbs(MAIN.StatefulSet, ['get', 'create', 'patch'], namespace),
      ...verbs(core('services'), ['create', 'patch'], namespace),
      ...verbs(core('secrets'), ['create'], namespace),
      ...verbs(core('persistentvolumeclaims'), ['create'], namespace),
    ],
    logs: [...verbs(core('pods', 'log'), ['get'], namespace), ...verbs(core('pods'), ['list'], namespace)],
    change: Object.values(MAIN).flatMap((main) => verbs(main, ['patch'], namespace)),
    delete: Object.values(MAIN).flatMap((main) => verbs(main, ['delete'], namespace)),
    exec: verbs(core('pods', 'exec'), ['get', 'create'], namespace),
    forward: verbs(core('pods', 'portforward'), ['get', 'create'], namespace),
    nodes: verbs(core('nodes'), ['list', 'watch']),
    allPods: verbs(core('pods'), ['list', 'watch']),
    poolsRead: verbs(core('configmaps'), ['list', 'watch'], SYSTEM_NAMESPACE),
    poolsChange: [...POOL_RIGHTS, ...verbs(core('configmaps'), ['delete'], SYSTEM_NAMESPACE)],
    quotasRead: verbs(core('resourcequotas'), ['list'], namespace),
    quotasChange: quotaRights(namespace),
  }) satisfies Record<string, Access[]>;

/** A resource as rights name it: `pods/log`. */
export const resourceOf = ({ resource, subresource }: Access): string =>
  subresource ? `${resource}/${subresource}` : resource;
