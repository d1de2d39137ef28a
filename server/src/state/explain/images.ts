import { message } from '../../../../l10n/index.ts';
import { type Explanation, explain, type Row, type Said, withoutSecrets } from './explain.ts';

/** Reasons of a container that waits for its image. */
export const IMAGE_REASONS =
  /^(?:ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|RegistryUnavailable|SignatureValidationFailed)$/;

/** An answer of a registry; the same digits in a name or tag are none. */
const status = (codes: string, words: string) =>
  `status(?: ?code)?(?: from registry)?:? (?:${codes})\\b|(?<![\\w.:/-])(?:${codes}) \\(?(?:${words})`;

/** What container runtimes (containerd, CRI-O) and registries say of an image, the most telling first. */
export const IMAGE_ROWS: readonly Row[] = [
  { code: 'job.image.name', reason: /^InvalidImageName$/ },
  { code: 'job.image.not-on-node', reason: /^ErrImageNeverPull$/ },
  { code: 'job.image.rate-limit', pattern: /toomanyrequests|429 Too Many Requests|pull rate limit/i },
  { code: 'job.image.certificate', pattern: /x509: / },
  { code: 'job.image.host', pattern: /lookup (?<host>[\w.-]+).*no such host/ },
  {
    code: 'job.image.denied',
    pattern: new RegExp(
      `insufficient_scope|authentication required|${status('40[13]', 'Unauthorized|Forbidden')}|(?<![\\w./:@-])(?:denied|unauthorized)(?![\\w/@-]|[.:]\\w)`,
      'i',
    ),
  },
  { code: 'job.image.disk', pattern: /no space left on device/ },
  {
    code: 'job.image.platform',
    pattern: /no match(?:ing manifest)? for (?:platform in manifest )?(?<platform>[\w/]+)/,
  },
  {
    code: 'job.image.not-found',
    pattern: new RegExp(`manifest unknown|not found|does not exist|${status('404', 'Not Found')}`, 'i'),
  },
  {
    code: 'job.image.network',
    pattern: new RegExp(
      `i/o timeout|connection (?:refused|reset)|deadline exceeded|TLS handshake timeout|no route to host|(?<![\\w./:@-])EOF\\b|${status('50[0234]', 'Internal|Bad|Service|Gateway')}`,
    ),
  },
  { code: 'job.image.unfetched' },
];

const NAMED = [/image:? \\?"(?<image>[^"\\]+)\\?"/, /image name \\?"(?<image>[^"\\]+)\\?"/];

/** What nobody writes, and runtimes add. */
const HUB = /^docker\.io\/(?:library\/)?/;

/** Why an image cannot be had. The text of a back-off holds the cause of the last try (Kubernetes ≥ 1.31) or none. */
export function explainImage(said: Said): Explanation | undefined {
  const text = said.text ?? '';
  const image = NAMED.map((pattern) => pattern.exec(text)?.groups?.image).find((one) => one !== undefined);
  const what =
    image === undefined
      ? message('job.image.unnamed')
      : message('job.image.named', { image: withoutSecrets(image.replace(HUB, '')) });
  return explain(IMAGE_ROWS, said, { what, platform: 'linux/amd64' });
}
