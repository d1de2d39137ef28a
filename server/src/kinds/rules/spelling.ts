import { message } from '../../../../l10n/index.ts';
import type { DocumentModel } from '../kind.ts';
import type { Rule } from '../rule.ts';

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

export const SPELLING_RULES: readonly Rule[] = [twoNames, unknownVersion, noFramework];
