import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { Path } from '../model/finding.ts';
import { hideSecrets, looksSecret, SECRET_MARKER } from '../model/secrets.ts';

const GZIP_ABOVE = 8 * 1024;
const LEAVE_OUT_ABOVE = 200 * 1024;

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

/** The document's text with what looks like a secret replaced: values of `environment.env` wherever they stand again, and by their shape. */
function withoutSecrets(document: GpuctlDocument): string {
  const tree = document.tree();
  const env = (tree.value as { environment?: { env?: unknown } } | null)?.environment?.env;
  const entries = Array.isArray(env)
    ? env.map((entry, index) => ({ ...(entry as object), path: ['environment', 'env', index, 'value'] }))
    : Object.entries((env ?? {}) as object).map(([name, value]) => ({
        name,
        value,
        path: ['environment', 'env', name],
      }));
  const secrets = (entries as { name?: unknown; value?: unknown; path: Path }[]).filter(
    ({ name, value }) => value !== undefined && looksSecret(String(name), String(value)),
  );
  let text = document.text;
  const places = secrets.map(({ path }) => tree.rangeOf(path)).sort((a, b) => b.start - a.start);
  for (const { start, end } of places) text = `${text.slice(0, start)}"${SECRET_MARKER}"${text.slice(end)}`;
  // The same value may stand behind an anchor, in a command or in a comment.
  for (const { value } of secrets) if (String(value).length >= 6) text = text.replaceAll(String(value), SECRET_MARKER);
  return hideSecrets(text, SECRET_MARKER);
}
