import type { GpuctlError } from '../operations/error.ts';
import type { Access, CallOptions } from '../operations/ports.ts';
import { toPath } from './resources.ts';
import type { Transport } from './transport.ts';

/** Milliseconds for which an answer holds. Who was just given a right tries again at once. */
const ALLOWED_HOLDS = 180_000;
const REFUSED_HOLDS = 5_000;

interface Review {
  status?: { allowed?: boolean; denied?: boolean; evaluationError?: string; userInfo?: { username?: string } };
}

/** Questions about ourselves. A right is remembered for three minutes, that it is missing for five seconds; an error or "cannot say" is not. */
export interface AccessReviews {
  /** `fresh`: as it is now, not as it was answered a while ago. */
  mayI(access: Access, options?: CallOptions & { fresh?: boolean }): Promise<boolean | undefined>;
  whoAmI(options?: CallOptions): Promise<string | undefined>;
}

export function createAccess(transport: Transport, now: () => number = Date.now): AccessReviews {
  const answers = new Map<string, { allowed: boolean; until: number }>();

  /** The review as answered; `undefined` where the server would not or could not. */
  async function ask(group: string, kind: string, spec: object, options: CallOptions): Promise<Review['status']> {
    const apiVersion = `${group}/v1`;
    const body = { apiVersion, kind, ...spec };
    try {
      const path = toPath({ apiVersion, kind });
      const { value } = await transport.call({ ...options, method: 'POST', path, body, repeatable: true });
      return (value as Review).status;
    } catch (error) {
      const { status = 0 } = error as GpuctlError;
      if (status >= 400 && status !== 401 && status !== 429) return undefined;
      throw error;
    }
  }

  return {
    async mayI({ verb, group, resource, subresource, namespace, name }, { fresh = false, ...options } = {}) {
      const resourceAttributes = { verb, group, resource, subresource, namespace, name };
      const key = JSON.stringify(Object.values(resourceAttributes));
      const known = answers.get(key);
      if (!fresh && known && known.until > now()) return known.allowed;
      const spec = { spec: { resourceAttributes } };
      const status = await ask('authorization.k8s.io', 'SelfSubjectAccessReview', spec, options);
      // Without an opinion and with an error, an authorizer was out of order.
      if (status?.allowed === undefined || (!status.allowed && status.evaluationError && !status.denied))
        return undefined;
      answers.set(key, { allowed: status.allowed, until: now() + (status.allowed ? ALLOWED_HOLDS : REFUSED_HOLDS) });
      return status.allowed;
    },
    async whoAmI(options = {}) {
      const status = await ask('authentication.k8s.io', 'SelfSubjectReview', {}, options);
      return status?.userInfo?.username;
    },
  };
}
