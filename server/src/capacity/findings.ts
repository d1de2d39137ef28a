import { type Message, message } from '../../../l10n/index.ts';
import type { Demand } from '../kinds/kind.ts';
import type { RuleFinding } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import type { Verdict } from './verdict.ts';

/** What a verdict means for the document that makes the demand; nothing where it fits. */
export function toCapacityFindings(demand: Demand, verdict: Verdict): RuleFinding[] {
  const pool = demand.pool ?? message('finding.capacity.default-pool');
  const atGpu = { severity: 'warning', path: ['resources', 'gpu'] } as const;
  switch (verdict.is) {
    case 'fits':
    case 'no-gpus-asked':
      return [];
    case 'insufficient': {
      const { type, asked, free, total } = verdict;
      return [
        {
          ...atGpu,
          code: 'capacity.insufficient-gpus',
          message: message('finding.capacity.insufficient-gpus', { pool, type, asked, free, total }),
        },
      ];
    }
    case 'fragmented': {
      const { split, ...numbers } = verdict;
      const said: Message = split
        ? message('finding.capacity.fragmented.split', {
            ...numbers,
            pool,
            splitNodes: split.nodes,
            splitGpus: split.gpus,
          })
        : message('finding.capacity.fragmented', { ...numbers, pool });
      return [{ ...atGpu, code: 'capacity.fragmented', message: said }];
    }
    case 'too-many': {
      const { type, asked, total } = verdict;
      return [
        {
          ...atGpu,
          code: 'capacity.too-many',
          message: message('finding.capacity.too-many', { pool, type, asked, total }),
        },
      ];
    }
    case 'node-too-small': {
      const { type, perNode, largest } = verdict;
      return [
        {
          ...atGpu,
          code: 'capacity.node-too-small',
          message: message('finding.capacity.node-too-small', { pool, type, perNode, largest }),
        },
      ];
    }
    case 'no-gpus':
      return [{ ...atGpu, code: 'capacity.no-gpus', message: message('finding.capacity.no-gpus', { pool }) }];
    case 'no-such-type': {
      const has = verdict.has.map(({ type, total }) => `${type} (${total})`).join(', ');
      return [
        {
          code: 'capacity.no-such-type',
          severity: 'warning',
          path: ['resources', 'gpuType'],
          message: message('finding.capacity.no-such-type', { pool, type: verdict.type, has }),
        },
      ];
    }
    case 'no-such-pool': {
      const guess = nearest(String(demand.pool), verdict.known);
      return [
        {
          code: 'capacity.no-such-pool',
          severity: 'warning',
          path: ['resources', 'pool'],
          message: guess
            ? message('finding.capacity.no-such-pool.guess', { pool, guess })
            : message('finding.capacity.no-such-pool', {
                pool,
                count: verdict.known.length,
                known: verdict.known.join(', '),
              }),
        },
      ];
    }
  }
}
