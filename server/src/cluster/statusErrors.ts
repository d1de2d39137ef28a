import { type Message, message } from '../../../l10n/index.ts';
import { type Refusal, readRefusal } from '../state/explain/admission.ts';
import type { Status } from './wire.ts';

interface Asked {
  status: Status;
  http: number;
  cluster: string;
}

/** What an answer of the API server means. The texts are those of Kubernetes 1.31–1.36 (docs: API conventions, `Status`). */
export function readStatus(status: Status, http: number, { cluster }: { cluster: string }): Refusal {
  const text = status.message ?? '';
  const refusal = readRefusal(text);
  if (refusal) return refusal;
  for (const [pattern, meaning] of TEXTS) {
    const match = pattern.exec(text);
    if (match) return meaning(match, { status, http, cluster });
  }
  return byCode({ status, http, cluster });
}

type Rule = [pattern: RegExp, meaning: (match: RegExpExecArray, asked: Asked) => Refusal];

/** Refusals that only their text tells apart, most telling first. */
const TEXTS: Rule[] = [
  [
    /namespaces "([^"]+)" not found/,
    ([, namespace = '']) => ({
      code: 'connection.namespace-missing',
      say: message('connection.namespace-missing', { namespace }),
      hint: message('connection.namespace-missing.hint'),
    }),
  ],
  [
    /User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/,
    ([, user = '', raw = '', resource = '', group = '', namespace], { cluster }) => {
      const verb = VERBS[raw] ?? raw;
      return {
        code: 'connection.forbidden',
        say: namespace
          ? message('connection.forbidden.namespace', { user, verb, resource, namespace })
          : message('connection.forbidden.cluster', { user, verb, resource, cluster }),
        hint: message('connection.forbidden.hint', { cluster, verb: raw, resource, group: group || 'core' }),
      };
    },
  ],
  [
    /(?:the server could not find the requested resource|^404 page not found|no matches for kind)/,
    (_, { cluster }) => ({
      code: 'connection.no-such-api',
      say: message('connection.no-such-api', { cluster }),
      hint: message('connection.no-such-api.hint'),
    }),
  ],
  [
    /Apply failed with \d+ conflicts?: (?:conflicts? with )"([^"]+)"[^:]*:? ?(.*)/s,
    ([, manager = '', fields = '']) => ({
      code: 'connection.conflict',
      say: message('connection.conflict.owner', { manager, fields: fieldsOf(fields) }),
      hint: message('connection.conflict.hint'),
    }),
  ],
  [
    /strict decoding error: (?:.*?)unknown field "([^"]+)"/s,
    ([, field = '']) => ({
      code: 'connection.unknown-field',
      say: message('connection.unknown-field', { field }),
      hint: message('connection.bad-request.hint'),
    }),
  ],
  [
    /object is being deleted/,
    (_, { status }) => ({
      code: 'connection.being-deleted',
      say: message('connection.being-deleted', named(status)),
      hint: message('connection.being-deleted.hint'),
    }),
  ],
  [
    /field is immutable|for fields other than .* are forbidden/s,
    (_, { status }) => ({
      code: 'connection.immutable',
      say: message('connection.immutable', named(status)),
      hint: message('connection.immutable.hint'),
    }),
  ],
  [
    /containerLogs|dial tcp [^ ]*:10250|error dialing backend/,
    () => ({
      code: 'connection.node-unreachable',
      say: message('connection.node-unreachable'),
      hint: message('connection.node-unreachable.hint'),
    }),
  ],
];

function byCode({ status, http, cluster }: Asked): Refusal {
  const reason = withoutSubject(status.message ?? '') || `HTTP ${http}`;
  const of = (code: string, say: Message, hint: Message): Refusal => ({ code: `connection.${code}`, say, hint });
  switch (http) {
    case 400:
      return of('bad-request', message('connection.bad-request', { reason }), message('connection.bad-request.hint'));
    case 403:
      return of(
        'not-allowed',
        message('connection.forbidden.other', { reason }),
        message('connection.forbidden.other.hint', { cluster }),
      );
    case 404:
      return of('not-found', message('connection.not-found', named(status)), message('connection.not-found.hint'));
    case 409:
      return status.reason === 'AlreadyExists'
        ? of('exists', message('connection.exists', named(status)), message('connection.exists.hint'))
        : of('conflict', message('connection.conflict', named(status)), message('connection.conflict.hint'));
    case 410:
      return of('expired', message('connection.expired', { cluster }), message('connection.later.hint'));
    case 422: {
      const { field = '', message: problem = reason } = status.details?.causes?.[0] ?? {};
      const what = field ? `${field}: ${problem}` : problem;
      return of(
        'invalid',
        message('connection.invalid', { ...named(status), problem: what }),
        message('connection.invalid.hint'),
      );
    }
    case 429:
      return of('busy', message('connection.busy', { cluster }), message('connection.later.hint'));
    case 502:
    case 503:
    case 504:
      return of(
        'unavailable',
        message('connection.unavailable', { cluster, status: http }),
        message('connection.later.hint'),
      );
  }
  return http >= 500
    ? of(
        'server-error',
        message('connection.server-error', { cluster, reason }),
        message('connection.server-error.hint'),
      )
    : of(
        'refusal',
        message('connection.refusal', { cluster, status: http, reason }),
        message('connection.bad-request.hint'),
      );
}

/** The verbs that we have a word for. */
const VERBS: Record<string, Message> = {
  create: message('connection.verb.create'),
  get: message('connection.verb.get'),
  list: message('connection.verb.list'),
  watch: message('connection.verb.watch'),
  update: message('connection.verb.update'),
  patch: message('connection.verb.patch'),
  delete: message('connection.verb.delete'),
  use: message('connection.verb.use'),
};

const named = ({ details, message: text = '' }: Status) => ({
  name: details?.name ?? /"([^"]+)"/.exec(text)?.[1] ?? '',
  kind: details?.kind ?? '',
});

/** Fields of a conflict of server-side apply: `.spec.suspend`, or a list with a dash a line. */
const fieldsOf = (text: string): string =>
  [...text.matchAll(/\.[\w.[\]"=:{},/-]+/g)].map(([field]) => field.slice(1)).join(', ') || text;

/** `jobs.batch "x" is forbidden: y` → `y` */
const withoutSubject = (text: string) => text.replace(/^\S+ "[^"]*" is (?:forbidden|invalid): /, '');
