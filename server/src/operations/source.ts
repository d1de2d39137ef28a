import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { Path } from '../model/finding.ts';
import { type KubeObject, ourLabel } from '../model/kubeObject.ts';
import { hideSecrets, looksSecret, SECRET_MARKER, secretsIn } from '../model/secrets.ts';

const GZIP_ABOVE = 8 * 1024;
const LEAVE_OUT_ABOVE = 200 * 1024;

/** The annotations that make a job known again: what was submitted, from where, and a hash of the original. */
export function sourceAnnotations(
  document: GpuctlDocument,
  path: string | undefined,
  gitCommit: string | undefined,
): Record<string, string> {
  const source = withoutDocumentSecrets(document);
  const bytes = Buffer.byteLength(source);
  const kept = bytes > GZIP_ABOVE ? `gzip:${gzipSync(source).toString('base64')}` : source;
  return {
    ...(bytes <= LEAVE_OUT_ABOVE && { source: kept }),
    'spec-hash': specHash(document.text),
    ...(path && { 'source-path': path }),
    ...(gitCommit && { 'git-commit': gitCommit }),
  };
}

/**
 * The document that a job was submitted with, as `sourceAnnotations` noted it down; `undefined` where that was not done, or is damaged.
 * A submit leaves out secrets; what another hand wrote there may hold some.
 */
export function sourceOf(main: KubeObject): string | undefined {
  const kept = unpack(ourLabel(main.metadata.annotations, 'source'));
  const safe = kept && secretsIn(main).reduce((text, secret) => text.replaceAll(secret, SECRET_MARKER), kept);
  return safe && hideSecrets(safe, SECRET_MARKER);
}

function unpack(kept: string | undefined): string | undefined {
  if (!kept?.startsWith('gzip:')) return kept;
  try {
    const packed = Buffer.from(kept.slice('gzip:'.length), 'base64');
    return gunzipSync(packed, { maxOutputLength: 2 * LEAVE_OUT_ABOVE }).toString();
  } catch {
    return undefined; // somebody's hand
  }
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
export function withoutDocumentSecrets(document: GpuctlDocument): string {
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
