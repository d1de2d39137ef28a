import { type Message, message } from '../../../l10n/index.ts';
import type { FailureAction } from '../protocol.ts';

export interface GpuctlErrorOptions {
  /** What to do next, as a sentence. */
  hint?: Message;
  /** The raw cause, for the one who asks: a Kubernetes Status message, a system error. Never holds a secret. */
  detail?: string;
  cause?: unknown;
  actions?: FailureAction[];
  /** HTTP status, where the API server answered. */
  status?: number;
  /** Kubernetes reason such as `AlreadyExists`. */
  reason?: string;
}

/** The only error that operations and `cluster/` throw. `code` is stable, `say` is the sentence for people. */
export class GpuctlError extends Error {
  override readonly name = 'GpuctlError';
  readonly code: string;
  readonly say: Message;
  readonly hint: Message | undefined;
  readonly detail: string | undefined;
  readonly actions: FailureAction[];
  readonly status: number | undefined;
  readonly reason: string | undefined;

  constructor(code: string, say: Message, options: GpuctlErrorOptions = {}) {
    super(options.detail ?? code, { cause: options.cause });
    this.code = code;
    this.say = say;
    this.hint = options.hint;
    this.detail = options.detail;
    this.actions = options.actions ?? [];
    this.status = options.status;
    this.reason = options.reason;
  }
}

/** Whatever was thrown, as the one error of ours. */
export function asGpuctlError(error: unknown): GpuctlError {
  if (error instanceof GpuctlError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new GpuctlError('internal', message('session.internal'), { detail, cause: error });
}

/** Whether a failure is that something may not be done. */
export const isForbidden = (error: unknown): boolean => error instanceof GpuctlError && error.status === 403;

/** Who asked wants it no more. */
export const cancelled = (): GpuctlError => new GpuctlError('cancelled', message('connection.cancelled'));
