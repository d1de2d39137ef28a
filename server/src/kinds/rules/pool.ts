import { message } from '../../../../l10n/index.ts';
import type { PoolModel } from '../pool/model.ts';
import type { Rule } from '../rule.ts';
import { unknownVersion } from './spelling.ts';

/** `resource` was the word for a pool in older files. */
const oldName: Rule<PoolModel> = {
  code: 'kind.old-name',
  severity: 'hint',
  about: 'spelling',
  check: ({ sections }) =>
    sections.kind === 'resource'
      ? [
          {
            path: ['kind'],
            message: message('finding.kind.old-name'),
            tag: 'deprecated',
            fixes: [
              {
                title: message('fix.replace-with', { text: 'pool' }),
                changes: [{ do: 'set', path: ['kind'], value: 'pool' }],
                preferred: true,
              },
            ],
          },
        ]
      : [],
};

/** Every rule on pools that a document alone can break; `capacity/liveRules.ts` has those that the cluster decides. */
export const POOL_RULES: readonly Rule<PoolModel>[] = [oldName, unknownVersion];
