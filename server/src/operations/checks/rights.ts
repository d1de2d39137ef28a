import { type Message, message } from '../../../../l10n/index.ts';
import { featureRights, resourceOf } from '../gestures.ts';
import type { Access } from '../ports.ts';
import type { Check, Found } from './check.ts';
import { toList } from './gpus.ts';

type Feature = keyof ReturnType<typeof featureRights>;

/** Features in the order in which they are told; without the first two nothing goes. */
const FEATURES: readonly (readonly [Feature, 'user' | 'right' | 'capacity' | 'pools' | 'quotas', needed?: true])[] = [
  ['see', 'user', true],
  ['logs', 'user', true],
  ['training', 'user'],
  ['services', 'user'],
  ['notebooks', 'user'],
  ['change', 'user'],
  ['delete', 'user'],
  ['exec', 'right'],
  ['forward', 'right'],
  ['nodes', 'capacity'],
  ['allPods', 'capacity'],
  ['poolsRead', 'capacity'],
  ['quotasRead', 'user'],
  ['poolsChange', 'pools'],
  ['quotasChange', 'quotas'],
];

/** What the person may do; each right that a feature needs is asked for. */
export const RIGHT_CHECKS: readonly Check[] = FEATURES.map(([feature, page, needed]) => ({
  id: `rights.${feature}`,
  area: 'rights',
  what: message(`check.rights.${feature}`),
  gives: message(`check.rights.${feature}.gives`),
  ...(needed && { needed: 'always' as const }),
  async look({ cluster, namespace, options }): Promise<Found> {
    const accesses = featureRights(namespace)[feature];
    const answers = await Promise.all(accesses.map((access) => cluster.mayI(access, { ...options, fresh: true })));
    const those = (allowed: boolean | undefined) => accesses.filter((_, index) => answers[index] === allowed);
    const [refused, unknown] = [those(false), those(undefined)];
    if (refused.length) {
      const how = message(`check.rights.how.${page}`);
      return { status: 'missing', found: message('check.rights.missing', { list: toWords(refused) }), how };
    }
    if (unknown.length)
      return { status: 'unknown', found: message('check.rights.unknown', { list: toWords(unknown) }) };
    return { status: 'good', found: message('check.rights.good', { list: toWords(accesses) }) };
  },
}));

/** `“get, create” on pods/exec in namespace ml-team`: resources with the same verbs together. */
function toWords(accesses: readonly Access[]): string | Message {
  const byResource = Map.groupBy(accesses, (access) => JSON.stringify([resourceOf(access), access.namespace]));
  const grants = [...byResource.values()].flatMap((group) =>
    group.slice(0, 1).map((first) => ({
      verbs: group.map(({ verb }) => verb).join(', '),
      resource: resourceOf(first),
      namespace: first.namespace,
    })),
  );
  const byVerbs = Map.groupBy(grants, ({ verbs, namespace }) => JSON.stringify([verbs, namespace]));
  return toList(
    [...byVerbs.values()].flatMap((group) =>
      group.slice(0, 1).map(({ verbs, namespace }) => {
        const args = { verbs, resource: toList(group.map(({ resource }) => resource)) };
        return namespace === undefined
          ? message('check.rights.everywhere', args)
          : message('check.rights.there', { ...args, namespace });
      }),
    ),
  );
}
