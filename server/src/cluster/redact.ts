import { hideSecrets } from '../model/secrets.ts';

const MAX_LENGTH = 4000;

/** The text with what looks like a credential replaced, and not longer than a person would read. */
export function withoutSecrets(text: string): string {
  const safe = hideSecrets(text, '…');
  return safe.length > MAX_LENGTH ? `${safe.slice(0, MAX_LENGTH)} …` : safe;
}
