import { message } from '../../../../l10n/index.ts';
import type { Path } from '../../model/finding.ts';
import type { DocumentModel } from '../kind.ts';
import type { Hit, Rule } from '../rule.ts';

const twoNames: Rule = {
  code: 'key.two-spellings',
  severity: 'error',
  about: 'spelling',
  firm: true,
  check: ({ sections: { resources = {} } }) =>
    resources.gpu !== undefined && resources.acceleratorCount !== undefined
      ? [
          {
            path: ['resources', 'acceleratorCount'],
            at: 'key',
            message: message('finding.key.two-spellings', { key: 'acceleratorCount', first: 'gpu' }),
            fixes: ['acceleratorCount', 'gpu'].map((key) => ({
              title: message('fix.remove', { key }),
              changes: [{ do: 'remove', path: ['resources', key] }],
            })),
          },
        ]
      : [],
};

/** Keys of the dialect that nothing reads yet: better said than silently left out. */
const notYet: Rule = {
  code: 'key.not-yet',
  severity: 'warning',
  about: 'spelling',
  check({ sections }) {
    const { resources = {}, distributed } = sections as typeof sections & { distributed?: { sameRack?: string } };
    const hit = (path: Path, key: string): Hit => ({ path, message: message('finding.key.not-yet', { key }) });
    return [
      ...(resources.queue === undefined ? [] : [hit(['resources', 'queue'], 'queue')]),
      ...(distributed?.sameRack === 'required' ? [hit(['distributed', 'sameRack'], 'sameRack: required')] : []),
    ];
  },
};

/** For every kind. */
export const unknownVersion: Rule<DocumentModel & { sections: { version?: string | number | boolean } }> = {
  code: 'version.unknown',
  severity: 'warning',
  about: 'spelling',
  check: ({ sections: { version } }) =>
    version !== undefined && !['v0.1', 'v1', '0.1', '1'].includes(String(version))
      ? [
          {
            path: ['version'],
            message: message('finding.version.unknown', { version: String(version) }),
            fixes: [
              {
                title: message('fix.replace-with', { text: 'v0.1' }),
                changes: [{ do: 'set', path: ['version'], value: 'v0.1' }],
                preferred: true,
              },
            ],
          },
        ]
      : [],
};

const noFramework: Rule = {
  code: 'framework.not-available',
  severity: 'error',
  about: 'tools',
  firm: true,
  check: ({ framework }) =>
    framework === 'native'
      ? []
      : [
          {
            path: ['framework'],
            message: message('finding.framework.not-available', { framework }),
            fixes: [
              {
                title: message('fix.replace-with', { text: 'native' }),
                changes: [{ do: 'set', path: ['framework'], value: 'native' }],
              },
            ],
          },
        ],
};

export const SPELLING_RULES: readonly Rule[] = [twoNames, notYet, unknownVersion, noFramework];
