import { message } from '../../../../l10n/index.ts';
import { priorityClassOf } from '../../kinds/manifests/priority.ts';
import { findKueue } from '../queue.ts';
import type { Check } from './check.ts';
import { toList } from './gpus.ts';

const PRIORITIES = ['high', 'medium', 'low'] as const;

/** Who goes first. */
export const SCHEDULING_CHECKS: readonly Check[] = [
  {
    id: 'kueue',
    area: 'scheduling',
    what: message('check.kueue'),
    gives: message('check.kueue.gives'),
    async look({ cluster, namespace, options }) {
      const kueue = await findKueue(cluster, options.signal);
      if (!kueue) return { status: 'missing', found: message('check.kueue.none'), how: message('check.kueue.how') };
      const { apiVersion } = kueue;
      const queues = await cluster.listNames({ apiVersion, kind: 'LocalQueue', namespace }, options);
      return queues.length
        ? {
            status: 'good',
            found: message('check.kueue.good', { count: queues.length, list: toList(queues), namespace }),
          }
        : {
            status: 'missing',
            found: message('check.kueue.no-queue', { namespace }),
            how: message('check.kueue.no-queue.how', { namespace }),
          };
    },
  },
  {
    id: 'priorities',
    area: 'scheduling',
    what: message('check.priorities'),
    gives: message('check.priorities.gives'),
    async look({ cluster, options }) {
      const refs = PRIORITIES.map((priority) => ({
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        name: priorityClassOf(priority),
      }));
      const found = await Promise.all(refs.map((ref) => cluster.read(ref, options)));
      const list = (there: boolean) => refs.filter((_, index) => !found[index] !== there).map(({ name }) => name);
      const absent = list(false);
      if (!absent.length)
        return { status: 'good', found: message('check.priorities.good', { list: toList(list(true)) }) };
      const access = { verb: 'create', group: 'scheduling.k8s.io', resource: 'priorityclasses' };
      const mayMake = await cluster.mayI(access, options);
      const how = mayMake ? message('check.priorities.made') : message('check.priorities.how');
      return { status: 'missing', found: message('check.priorities.absent', { list: toList(absent) }), how };
    },
  },
];
