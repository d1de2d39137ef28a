import { message } from '../../../../l10n/index.ts';
import { toPool } from '../../state/project.ts';
import { isForbidden } from '../error.ts';
import { KEDA, listPrometheus, POD_METRICS } from '../services.ts';
import type { Check, Probe } from './check.ts';
import { toList } from './gpus.ts';

/** How NVIDIA's exporter is installed as a rule: by the GPU operator, by its own chart. */
const DCGM = ['app=nvidia-dcgm-exporter', 'app.kubernetes.io/name=dcgm-exporter'];

/** What measures GPUs and services, and what follows the figures. */
export const METRIC_CHECKS: readonly Check[] = [
  {
    id: 'dcgm',
    area: 'metrics',
    what: message('check.dcgm'),
    gives: message('check.dcgm.gives'),
    async look(probe) {
      const pods = await listAny(probe, 'Pod', DCGM).catch((error) => {
        if (!isForbidden(error)) throw error;
      });
      if (pods?.length) return { status: 'good', found: message('check.dcgm.good', { count: pods.length }) };
      const services = pods ? [] : await listAny(probe, 'Service', DCGM);
      if (services.length) return { status: 'good', found: message('check.dcgm.service', { list: toList(services) }) };
      return { status: 'missing', found: message('check.dcgm.none'), how: message('check.dcgm.how') };
    },
  },
  {
    id: 'prometheus',
    area: 'metrics',
    what: message('check.prometheus'),
    gives: message('check.prometheus.gives'),
    async look(probe) {
      const { cluster, options, prometheus } = probe;
      if (prometheus) return { status: 'good', found: message('check.prometheus.setting', { address: prometheus }) };
      const pools = await probe.pools().catch(() => []);
      const named = pools.map((object) => toPool(object)?.site.prometheus).find(Boolean);
      if (named) return { status: 'good', found: message('check.prometheus.pool', { address: named }) };
      const [found] = await listPrometheus(cluster, options.signal);
      const how = message('check.prometheus.how');
      if (!found) return { status: 'missing', found: message('check.prometheus.none'), how };
      const { namespace, address } = found;
      const access = { verb: 'get', group: '', resource: 'services', subresource: 'proxy', namespace };
      const readable = await cluster.mayI(access, options);
      return readable === false
        ? { status: 'good', found: message('check.prometheus.unread', { address, namespace }) }
        : { status: 'good', found: message('check.prometheus.good', { address }) };
    },
  },
  {
    id: 'keda',
    area: 'metrics',
    what: message('check.keda'),
    gives: message('check.keda.gives'),
    async look({ cluster, options }) {
      const served = await cluster.resources(KEDA, options);
      return served?.includes('scaledobjects')
        ? { status: 'good', found: message('check.served', { api: KEDA }) }
        : { status: 'missing', found: message('check.not-served', { api: KEDA }), how: message('check.keda.how') };
    },
  },
  {
    id: 'pod-metrics',
    area: 'metrics',
    what: message('check.pod-metrics'),
    gives: message('check.pod-metrics.gives'),
    async look({ cluster, options }) {
      const lists = await Promise.all(POD_METRICS.map((api) => cluster.resources(api, options)));
      const names = lists.flatMap((list) => list ?? []).filter((name) => name.startsWith('pods/'));
      const [api = ''] = POD_METRICS;
      if (names.length) return { status: 'good', found: message('check.pod-metrics.good', { count: names.length }) };
      const found = lists.some(Boolean) ? message('check.pod-metrics.empty') : message('check.not-served', { api });
      return { status: 'missing', found, how: message('check.pod-metrics.how') };
    },
  },
];

/** Names of what bears any of the labels, in all namespaces. */
async function listAny({ cluster, options }: Probe, kind: string, selectors: readonly string[]): Promise<string[]> {
  const list = (labelSelector: string) => cluster.listNames({ apiVersion: 'v1', kind, labelSelector }, options);
  return [...new Set((await Promise.all(selectors.map(list))).flat())];
}
