import type { ConnectionDto } from '../../../server/src/protocol.ts';

/** Where something was seen, as far as that is known. */
export type Place = Pick<ConnectionDto, 'context' | 'id' | 'namespace'>;

const PARTS = ['context', 'id', 'namespace'] as const;

/** Whether the window is known to be at another place. A server that begins anew, or connects again, may not know yet where it is. */
export const isElsewhere = (before: Place, now: Place): boolean =>
  PARTS.some((part) => before[part] !== undefined && now[part] !== undefined && before[part] !== now[part]);

/** What is known of a place, with what is said of it now. */
export const withKnown = (before: Place, now: Place): Place => ({
  ...before,
  ...Object.fromEntries(PARTS.flatMap((part) => (now[part] === undefined ? [] : [[part, now[part]]]))),
});
