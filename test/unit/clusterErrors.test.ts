/** Every refusal of Kubernetes and of the network, in its own words, becomes a sentence with a stable code. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { type About, retryAfterOf, toGpuctlError } from '../../server/src/cluster/errors.ts';
import type { UserEntry } from '../../server/src/cluster/kubeconfig.ts';
import { withoutSecrets } from '../../server/src/cluster/redact.ts';
import { HttpFailure } from '../../server/src/cluster/wire.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';

const about: About = { cluster: 'demo', server: 'https://10.0.0.1:6443', user: {} };
const status = (code: number, message: string, more: object = {}) =>
  toGpuctlError(new HttpFailure(code, JSON.stringify({ kind: 'Status', code, message, ...more })), about);
const english = (error: GpuctlError) => toText(error.say, 'en');

/** Code of the answer, its text, our code, our sentence. Texts: kubernetes-facts §8.3 and §8.4, and a real 1.36. */
const answers: [number, string, string, string, object?][] = [
  [
    403,
    'jobs.batch is forbidden: User "u" cannot create resource "jobs" in API group "batch" in the namespace "n": RBAC: role.rbac.authorization.k8s.io "r" not found',
    'connection.forbidden',
    'You (“u”) may not create jobs in namespace “n”.',
  ],
  [
    403,
    'nodes is forbidden: User "restricted" cannot list resource "nodes" in API group "" at the cluster scope',
    'connection.forbidden',
    'You (“restricted”) may not list nodes in the whole cluster “demo”.',
  ],
  [
    403,
    'pods "p" is forbidden: User "u" cannot create resource "pods/exec" in API group "" in the namespace "n"',
    'connection.forbidden',
    'You (“u”) may not create pods/exec in namespace “n”.',
  ],
  [
    403,
    'pods "x-0-abcde" is forbidden: exceeded quota: team, requested: requests.nvidia.com/gpu=4, used: requests.nvidia.com/gpu=6, limited: requests.nvidia.com/gpu=8',
    'connection.quota',
    'The quota “team” does not leave enough. GPUs: 4 asked for, 6 of 8 in use.',
  ],
  [
    403,
    'Error creating: pods "x" is forbidden: exceeded quota: team, requested: pods=1,requests.cpu=2, used: pods=10,requests.cpu=7, limited: pods=10,requests.cpu=8',
    'connection.quota',
    'The quota “team” does not leave enough. pods: 1 asked for, 10 of 10 in use; cpu: 2 asked for, 7 of 8 in use.',
  ],
  [
    403,
    'pods "x" is forbidden: failed quota: team: must specify limits.cpu for: main; limits.memory for: main',
    'connection.quota-unspecified',
    'The quota “team” demands that these are given: limits.cpu for: main; limits.memory for: main.',
  ],
  [
    403,
    'pods "x" is forbidden: maximum memory usage per Container is 16Gi, but limit is 400Gi',
    'connection.limit',
    'At most 16Gi of memory are allowed per container here; 400Gi was asked for.',
  ],
  [
    403,
    'pods "x" is forbidden: [minimum cpu usage per Container is 100m, but request is 10m, maximum memory usage per Pod is 1Gi, but limit is 2Gi]',
    'connection.limit',
    'At least 100m of cpu are demanded per container here; 10m was asked for.',
  ],
  [
    403,
    'pods "x" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), hostPath volumes (volume "x")',
    'connection.pod-security',
    'The security level “baseline” of the namespace does not allow: host namespaces (hostNetwork=true), hostPath volumes (volume "x").',
  ],
  [
    403,
    'pods "x" is forbidden: error looking up service account ml/x: serviceaccount "x" not found',
    'connection.missing-part',
    '“x” (serviceaccounts) does not exist.',
  ],
  [
    403,
    'pods "x" is forbidden: no PriorityClass with name gold was found',
    'connection.missing-part',
    '“gold” (priorityclasses) does not exist.',
  ],
  [
    403,
    'pods "x" is forbidden: unable to create new content in namespace ml because it is being terminated',
    'connection.namespace-ending',
    'The namespace “ml” is being deleted.',
  ],
  [
    403,
    'pods "x" is forbidden: something new',
    'connection.not-allowed',
    'The cluster does not allow it: something new',
  ],
  [
    400,
    'admission webhook "gpu.example.com" denied the request: no team label',
    'connection.policy',
    'The rule “gpu.example.com” of the cluster refused it: no team label',
  ],
  [
    422,
    "jobs.batch \"x\" is forbidden: ValidatingAdmissionPolicy 'pools' with binding 'b' denied request: not your pool",
    'connection.policy',
    'The rule “pools” of the cluster refused it: not your pool',
  ],
  [
    500,
    'Internal error occurred: failed calling webhook "w": failed to call webhook: Post "https://w.svc:443/": dial tcp 10.0.0.2:443: connect: connection refused',
    'connection.policy-broken',
    'The cluster’s own check “w” is out of order, so it refuses everything.',
  ],
  [404, 'namespaces "x" not found', 'connection.namespace-missing', 'The namespace “x” does not exist.'],
  [
    404,
    'the server could not find the requested resource',
    'connection.no-such-api',
    'The cluster “demo” does not offer what was asked for.',
  ],
  [
    404,
    'jobs.batch "x" not found',
    'connection.not-found',
    '“x” (jobs) does not exist.',
    { reason: 'NotFound', details: { name: 'x', group: 'batch', kind: 'jobs' } },
  ],
  [
    409,
    'jobs.batch "x" already exists',
    'connection.exists',
    '“x” (jobs) exists already.',
    { reason: 'AlreadyExists', details: { name: 'x', kind: 'jobs' } },
  ],
  [
    409,
    'object is being deleted: jobs.batch "x" already exists',
    'connection.being-deleted',
    '“x” (jobs) is still being deleted.',
    { reason: 'AlreadyExists', details: { name: 'x', kind: 'jobs' } },
  ],
  [
    409,
    'Operation cannot be fulfilled on jobs.batch "x": the object has been modified; please apply your changes to the latest version and try again',
    'connection.conflict',
    '“x” (jobs) was changed by somebody else at the same time.',
    { reason: 'Conflict', details: { name: 'x', kind: 'jobs' } },
  ],
  [
    409,
    'Apply failed with 1 conflict: conflict with "kubectl" using batch/v1: .spec.suspend',
    'connection.conflict',
    '“kubectl” has set spec.suspend and would lose it.',
    { reason: 'Conflict' },
  ],
  [
    410,
    'too old resource version: 1 (2)',
    'connection.expired',
    'What is known of the cluster “demo” is too old to go on from.',
  ],
  [
    422,
    'Job.batch "x" is invalid: spec.template: Invalid value: {…}: field is immutable',
    'connection.immutable',
    'What differs in “x” (Job) cannot be changed once it exists.',
    { reason: 'Invalid', details: { name: 'x', kind: 'Job' } },
  ],
  [
    422,
    'Job.batch "x" is invalid: spec.completions: Invalid value: -1: must be greater than or equal to 0',
    'connection.invalid',
    'The cluster does not accept “x” (Job): spec.completions: Invalid value: -1',
    { details: { name: 'x', kind: 'Job', causes: [{ field: 'spec.completions', message: 'Invalid value: -1' }] } },
  ],
  [
    400,
    'Job in version "v1" cannot be handled as a Job: strict decoding error: unknown field "spec.x"',
    'connection.unknown-field',
    'The cluster does not know the field “spec.x”.',
  ],
  [
    400,
    'the body of the request was in an unknown format',
    'connection.bad-request',
    'The cluster does not understand the request: the body of the request was in an unknown format',
  ],
  [
    409,
    'Apply failed with 2 conflicts: conflicts with "kubectl" using batch/v1:\n- .spec.suspend\n- .spec.parallelism',
    'connection.conflict',
    '“kubectl” has set spec.suspend, spec.parallelism and would lose it.',
    { reason: 'Conflict' },
  ],
  [
    403,
    'admission webhook "gpu.example.com" denied the request: no team label',
    'connection.policy',
    'The rule “gpu.example.com” of the cluster refused it: no team label',
  ],
  [
    500,
    'Internal error occurred: failed calling webhook "w": failed to call webhook: Post "https://w.svc:443/": context deadline exceeded',
    'connection.policy-broken',
    'The cluster’s own check “w” is out of order, so it refuses everything.',
  ],
  [
    500,
    'Internal error occurred: failed calling webhook "w": failed to call webhook: Post "https://w.svc:443/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'connection.policy-broken',
    'The cluster’s own check “w” is out of order, so it refuses everything.',
  ],
  [429, 'Too many requests', 'connection.busy', 'The cluster “demo” has too much to do at the moment.'],
  [
    503,
    'the server is currently unable to handle the request',
    'connection.unavailable',
    'The cluster “demo” is not ready to answer (HTTP 503).',
  ],
  [
    504,
    'Timeout: request did not complete',
    'connection.unavailable',
    'The cluster “demo” is not ready to answer (HTTP 504).',
  ],
  [
    500,
    'Get "https://10.0.0.7:10250/containerLogs/a/b/c": dial tcp 10.0.0.7:10250: i/o timeout',
    'connection.node-unreachable',
    'The node on which it runs cannot be reached by the cluster.',
  ],
  [500, 'etcdserver: no leader', 'connection.server-error', 'The cluster “demo” made a mistake: etcdserver: no leader'],
];

describe('answers of Kubernetes', () => {
  for (const [code, text, ours, sentence, more] of answers) {
    it(`${code} ${text.slice(0, 90)}`, () => {
      const error = status(code, text, more);
      assert.equal(error.code, ours);
      assert.equal(english(error), sentence);
      assert.equal(error.detail, text);
      assert.equal(error.status, code);
      const texts = [error.say, error.hint ?? error.say].flatMap((it) => [toText(it, 'en'), toText(it, 'zh-cn')]);
      for (const it of texts) assert.doesNotMatch(it, /\{\w+\}|undefined|\[object/);
    });
  }

  it('says the verb in Chinese inside a Chinese sentence', () => {
    const error = status(403, answers[0]?.[1] as string);
    assert.equal(toText(error.say, 'zh-cn'), '您（“u”）无权在命名空间“n”中创建 jobs。');
    assert.match(toText(error.hint ?? error.say, 'en'), /verb “create” on “jobs” \(API group “batch”\)/);
  });

  it('keeps the reason and what the server asks to wait', () => {
    const error = status(429, 'slow down', { reason: 'TooManyRequests', details: { retryAfterSeconds: 7 } });
    assert.equal(error.reason, 'TooManyRequests');
    assert.equal(retryAfterOf(error), 7000);
    assert.equal(retryAfterOf(new Error('x')), 0);
  });

  it('knows what is not Kubernetes', () => {
    const page = (code: number, text: string) => toGpuctlError(new HttpFailure(code, text), about);
    assert.equal(page(200, '<html>Please log in').code, 'connection.not-kubernetes');
    assert.equal(page(302, '').code, 'connection.not-kubernetes');
    assert.equal(page(404, '404 page not found').code, 'connection.no-such-api');
    assert.equal(page(503, 'no healthy upstream').code, 'connection.unavailable');
  });
});

describe('a login that is refused', () => {
  const hints: [UserEntry, RegExp][] = [
    [{ exec: { command: '/usr/bin/aws' } }, /run “aws sso login”.*“\/usr\/bin\/aws”/],
    [{ exec: { command: 'kubelogin.exe' } }, /run “az login”/],
    [{ exec: { command: 'kubectl', args: ['oidc-login', 'get-token'] } }, /run “kubectl oidc-login clean”/],
    [{ exec: { command: 'corp-login' } }, /Log in again with “corp-login”/],
    [{ 'auth-provider': { name: 'oidc' } }, /the “oidc” login/],
    [{ tokenFile: '/t' }, /token in \/t/],
    [{ token: 's3cr3t' }, /token in the kubeconfig has expired/],
    [{ 'client-certificate-data': 'x' }, /certificate in the kubeconfig/],
    [{}, /holds no login/],
  ];
  for (const [user, hint] of hints) {
    it(String(hint), () => {
      const error = toGpuctlError(new HttpFailure(401, ''), { ...about, user });
      assert.equal(error.code, 'connection.unauthorized');
      assert.match(toText(error.hint ?? error.say, 'en'), hint);
      assert.deepEqual(error.actions, [{ do: 'retry' }]);
      assert.doesNotMatch(JSON.stringify(error), /s3cr3t/);
    });
  }
});

describe('failures on the way', () => {
  const codes: [string, string][] = [
    ['ECONNREFUSED', 'connection.refused'],
    ['ENOTFOUND', 'connection.unknown-host'],
    ['EAI_AGAIN', 'connection.unknown-host'],
    ['ETIMEDOUT', 'connection.timeout'],
    ['EHOSTUNREACH', 'connection.unreachable'],
    ['ENETUNREACH', 'connection.unreachable'],
    ['ECONNRESET', 'connection.broken'],
    ['EPIPE', 'connection.broken'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'connection.untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'connection.untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'connection.untrusted'],
    ['CERT_HAS_EXPIRED', 'connection.certificate-expired'],
    ['CERT_NOT_YET_VALID', 'connection.certificate-expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'connection.wrong-name'],
    ['ERR_INVALID_PROTOCOL', 'kubeconfig.server'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'connection.wrong-name'],
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'connection.unauthorized'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'connection.not-kubernetes'],
    ['EPROTO', 'connection.not-kubernetes'],
    ['HPE_INVALID_CONSTANT', 'connection.not-kubernetes'],
    ['ERR_OSSL_PEM_NO_START_LINE', 'kubeconfig.certificate'],
    ['ERR_INVALID_URL', 'kubeconfig.server'],
  ];
  for (const [code, ours] of codes) {
    it(`${code} is ${ours}`, () => {
      const error = toGpuctlError(Object.assign(new Error('raw text'), { code }), about);
      assert.equal(error.code, ours);
      assert.equal(error.detail, `${code}: raw text`);
      assert.ok(error.hint);
    });
  }

  it('a file that the kubeconfig names', () => {
    const failure = Object.assign(new Error('no'), { code: 'ENOENT', syscall: 'open', path: '/a.pem' });
    assert.match(english(toGpuctlError(failure, about)), /file \/a\.pem, which cannot be read \(ENOENT\)/);
  });
  it('anything at all', () => {
    for (const thing of [undefined, null, 'text', 7, new Error('x')]) {
      assert.equal(toGpuctlError(thing, about).code, 'connection.broken');
    }
    assert.equal(toGpuctlError(new DOMException('x', 'AbortError'), about).code, 'cancelled');
    assert.equal(toGpuctlError(new DOMException('x', 'TimeoutError'), about).code, 'connection.timeout');
  });
});

describe('secrets', () => {
  const secrets: [string, string][] = [
    ['Authorization: Bearer abcdefghijkl', 'abcdefghijkl'],
    ['bad token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl here', 'eyJ'],
    ['https://bob:hunter2@proxy:3128 failed', 'hunter2'],
    ['refresh_token=0123456789, rest', '0123456789'],
    ['{"access_token": "abcd1234"}', 'abcd1234'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'MIIE'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE cut off', 'MIIE'],
  ];
  for (const [text, secret] of secrets) {
    it(text.slice(0, 40), () => assert.ok(!withoutSecrets(text).includes(secret), withoutSecrets(text)));
  }
  it('leaves the rest as it is', () => {
    const text = 'jobs.batch "x" is forbidden: exceeded quota: team, requested: pods=1';
    assert.equal(withoutSecrets(text), text);
    assert.ok(withoutSecrets('x'.repeat(10_000)).length < 5000);
  });
});
