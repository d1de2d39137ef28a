import { message } from '../../../../l10n/index.ts';
import type { Check } from './check.ts';

/** The oldest release that is supported; `decisions.md` 15b. */
const OLDEST = { major: 1, minor: 31 };

/** Who answers, and who we are there. */
export const CONNECTION_CHECKS: readonly Check[] = [
  {
    id: 'version',
    area: 'connection',
    needed: 'if-seen',
    what: message('check.version'),
    gives: message('check.version.gives'),
    async look(probe) {
      const version = await probe.version();
      const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
      if (major === undefined || minor === undefined)
        return { status: 'unknown', found: message('check.version.unknown') };
      const oldest = `${OLDEST.major}.${OLDEST.minor}`;
      if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor))
        return { status: 'good', found: message('check.version.good', { version, oldest }) };
      return {
        status: 'missing',
        found: message('check.version.old', { version, oldest }),
        how: message('check.version.how', { oldest }),
      };
    },
  },
  {
    id: 'user',
    area: 'connection',
    what: message('check.user'),
    gives: message('check.user.gives'),
    async look({ cluster, namespace, options }) {
      const user = await cluster.whoAmI(options);
      const { context } = cluster.context;
      return user === undefined
        ? { status: 'unknown', found: message('check.user.unknown', { context, namespace }) }
        : { status: 'good', found: message('check.user.good', { user, context, namespace }) };
    },
  },
];
