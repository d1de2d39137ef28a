import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { GpuctlDocument } from '../kinds/document.ts';

/** Stands in annotations for a value that looks like a secret. */
export const SECRET_MARKER = '<secret, not kept>';

const GZIP_ABOVE = 8 * 1024;
const LEAVE_OUT_ABOVE = 200 * 1024;

/** Names of variables whose values are kept to oneself. */
const SECRET_NAME = /(?:^|_)(?:token|secret|passw(?:or)?d|pwd|api_?key|access_?key|private_?key|credentials?)(?:$|_)/i;
/** Values that are secrets whatever their name: tokens of well-known services, private keys. */
const SECRET_VALUE =
  /^(?:hf_[A-Za-z0-9]{20,}|gh[pousr]_[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_-]{20,}|AKIA[0-9A-Z]{16}|xox[abpr]-\S+|eyJ[\w-]+\.[\w-]+\.[\w-]+)|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

export const looksSecret = (name: string, value: string): boolean =>
  (SECRET_NAME.test(name) && value !== '') || SECRET_VALUE.test(value);

/** The annotations that make a job known again: what was submitted, from where, and a hash of the original. */
export function sourceAnnotations(
  document: GpuctlDocument,
  path: string | undefined,
  gitCommit: string | undefined,
): Record<string, string> {
  const source = withoutSecrets(document);
  const bytes = Buffer.byteLength(source);
  const kept = bytes > GZIP_ABOVE ? `gzip:${gzipSync(source).toString('base64')}` : source;
  return {
    ...(bytes <= LEAVE_OUT_ABOVE && { source: kept }),
    'spec-hash': specHash(document.text),
    ...(path && { 'source-path': path }),
    ...(gitCommit && { 'git-commit': gitCommit }),
  };
}

/** SHA-256 of the document as submitted, line ends and outer blank lines aside. */
export function specHash(text: string): string {
  const normal = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replace(/^---[^\n]*\n/, '')
    .trim();
  return createHash('sha256').update(normal).digest('hex');
}

/** The document's text with secret-looking values of `environment.env` replaced. */
function withoutSecrets(document: GpuctlDocument): string {
  const tree = document.tree();
  const env = (tree.value as { environment?: { env?: unknown } } | null)?.environment?.env;
  const places: { start: number; end: number }[] = [];
  const look = (name: unknown, value: unknown, path: (string | number)[]) => {
    if (value !== null && value !== undefined && looksSecret(String(name), String(value)))
      places.push(tree.rangeOf(path));
  };
  if (Array.isArray(env)) {
    for (const [index, entry] of env.entries()) {
      const { name, value } = (entry ?? {}) as { name?: unknown; value?: unknown };
      look(name, value, ['environment', 'env', index, 'value']);
    }
  } else if (typeof env === 'object' && env !== null) {
    for (const [name, value] of Object.entries(env)) look(name, value, ['environment', 'env', name]);
  }
  let text = document.text;
  for (const { start, end } of places.sort((a, b) => b.start - a.start))
    text = `${text.slice(0, start)}"${SECRET_MARKER}"${text.slice(end)}`;
  return text;
}
