import { type Message, message } from '../../../../l10n/index.ts';

/** A refusal in our words. */
export interface Refusal {
  code: string;
  say: Message;
  hint: Message;
}

/** A refusal that only its text tells apart. */
type RefusalRow = readonly [pattern: RegExp, meaning: (match: RegExpExecArray) => Refusal];

/**
 * What quotas, limits, security levels, policies and missing parts say, both in an answer to us and in the event of a controller that may not make
 * its pods (Kubernetes 1.31–1.36). The most telling first.
 */
const ADMISSION_ROWS: readonly RefusalRow[] = [
  [
    /exceeded quota: ([^,]+), requested: (.+?), used: (.+?), limited: ([^ ]+)/,
    ([, quota = '', requested = '', used = '', limited = '']) => ({
      code: 'connection.quota',
      say: message('connection.quota', { quota, amounts: amounts(requested, used, limited) }),
      hint: message('connection.quota.hint'),
    }),
  ],
  [
    /failed quota: ([^:]+): must specify (.+)/,
    ([, quota = '', fields = '']) => ({
      code: 'connection.quota-unspecified',
      say: message('connection.quota-unspecified', { quota, fields }),
      hint: message('connection.quota-unspecified.hint'),
    }),
  ],
  [
    /violates PodSecurity "([^":]+)[^"]*": (.+)/s,
    ([, level = '', settings = '']) => ({
      code: 'connection.pod-security',
      say: message('connection.pod-security', { level, settings }),
      hint: message('connection.pod-security.hint'),
    }),
  ],
  [
    /(maximum|minimum) (\S+) usage per (\w+) is (\S+?), but (?:limit|request) is ([^\s,\]]+?)\.?(?=[\s,\]]|$)/,
    ([, bound, resource = '', per = '', limit = '', asked = '']) => {
      const args = { resource, per: per.toLowerCase(), limit, asked };
      return {
        code: 'connection.limit',
        say: bound === 'maximum' ? message('connection.limit.most', args) : message('connection.limit.least', args),
        hint: message('connection.limit.hint'),
      };
    },
  ],
  [
    /failed calling webhook "([^"]+)"/,
    ([, rule = '']) => ({
      code: 'connection.policy-broken',
      say: message('connection.policy-broken', { rule }),
      hint: message('connection.policy-broken.hint'),
    }),
  ],
  [/admission webhook "([^"]+)" denied the request(?: without explanation|: (.*))/s, policy],
  [/ValidatingAdmissionPolicy '([^']+)' with binding '[^']*' denied request: (.*)/s, policy],
  [/serviceaccount "([^"]+)" not found/, ([, name = '']) => missing(name, 'serviceaccounts')],
  [/no PriorityClass with name (\S+) was found/, ([, name = '']) => missing(name, 'priorityclasses')],
  [
    /namespaces? "?([^" ]+)"? (?:because it is being terminated)/,
    ([, namespace = '']) => ({
      code: 'connection.namespace-ending',
      say: message('connection.namespace-ending', { namespace }),
      hint: message('connection.namespace-missing.hint'),
    }),
  ],
];

/** What a text says of what was not allowed; `undefined` where it says none of these. */
export function readRefusal(text: string): Refusal | undefined {
  for (const [pattern, meaning] of ADMISSION_ROWS) {
    const match = pattern.exec(text);
    if (match) return meaning(match);
  }
  return undefined;
}

function policy([, rule = '', reason = '']: RegExpExecArray): Refusal {
  return {
    code: 'connection.policy',
    say: message('connection.policy', { rule, reason: reason || '–' }),
    hint: message('connection.policy.hint'),
  };
}

function missing(name: string, kind: string): Refusal {
  return {
    code: 'connection.missing-part',
    say: message('connection.not-found', { name, kind }),
    hint: message('connection.missing-part.hint'),
  };
}

/** `pods=1,requests.nvidia.com/gpu=4` of the three lists, resource by resource. */
function amounts(requested: string, used: string, limited: string): Message {
  const toMap = (list: string) => new Map(list.split(',').map((it) => it.split('=') as [string, string]));
  const [inUse, limits] = [toMap(used), toMap(limited)];
  const lines = [...toMap(requested)].map(([resource, amount]) => {
    const name = resource.replace(/^requests\./, '');
    return message('connection.quota.amount', {
      resource: /\/gpu$/.test(name) ? message('connection.gpus') : name,
      requested: amount,
      used: inUse.get(resource) ?? '0',
      limit: limits.get(resource) ?? '?',
    });
  });
  return lines.reduceRight((rest, first) => message('connection.quota.and', { first, rest }));
}
