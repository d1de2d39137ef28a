import { message } from '../../../../l10n/index.ts';
import type { QuotaModel } from '../quota/model.ts';
import type { Rule } from '../rule.ts';
import { TINY_MEMORY, tinyMemoryAt } from './sizes.ts';
import { unknownVersion } from './spelling.ts';

const noLimits: Rule<QuotaModel> = {
  code: 'quota.no-limits',
  severity: 'information',
  about: 'sizes',
  check({ namespaces }) {
    if (!namespaces.length)
      return [{ path: ['quota'], at: 'key', message: message('finding.quota.no-limits.no-namespace') }];
    return namespaces
      .filter(({ cpu, memory, gpu }) => cpu === undefined && memory === undefined && gpu === undefined)
      .map(({ name }) => ({
        path: ['namespace', name],
        at: 'key',
        message: message('finding.quota.no-limits', { namespace: name }),
      }));
  },
};

const tinyMemory: Rule<QuotaModel> = {
  ...TINY_MEMORY,
  check({ sections: { default: fallback, namespace = {} } }) {
    const text = (memory: string | number | undefined) => (memory === undefined ? undefined : String(memory));
    return [
      ...tinyMemoryAt(['default', 'memory'], text(fallback?.memory)),
      ...Object.entries(namespace).flatMap(([name, own]) =>
        tinyMemoryAt(['namespace', name, 'memory'], text(own?.memory)),
      ),
    ];
  },
};

/** Every rule on quotas. */
export const QUOTA_RULES: readonly Rule<QuotaModel>[] = [unknownVersion, noLimits, tinyMemory];
