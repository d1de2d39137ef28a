const MAX_LENGTH = 4000;

/** The text with what looks like a credential replaced, and not longer than a person would read. */
export function withoutSecrets(text: string): string {
  const safe = text
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 …')
    .replace(/\beyJ[\w-]{8,}(\.[\w-]*){0,2}/g, '…')
    .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, '…')
    .replace(/:\/\/[^/\s:@]+:[^/\s@]+@/g, '://…@')
    .replace(
      /\b((?:access|id|refresh|session|auth)?[-_]?(?:token|password|passwd|secret|api[-_]?key))(["']?\s*[=:]\s*["']?)[^\s"',;&]{4,}/gi,
      '$1$2…',
    );
  return safe.length > MAX_LENGTH ? `${safe.slice(0, MAX_LENGTH)} …` : safe;
}
