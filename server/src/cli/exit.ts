import type { Message } from '../../../l10n/index.ts';
import type { GpuctlError } from '../operations/error.ts';

/** How the command ends; `docs/cli.md` promises these. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  documentErrors: 3,
  notAgreed: 4,
  cluster: 5,
  /** `diff` alone: it could not be compared. There, 1 says that something differs. */
  notCompared: 6,
  interrupted: 130,
} as const;

/** The command line was not written as it must be. */
export class UsageError extends Error {
  readonly say: Message;

  constructor(say: Message) {
    super(say.key);
    this.say = say;
  }
}

const OF_THE_CLUSTER = /^(?:(?:kubeconfig|connection|credentials)\.|settings\.refused$)/;

/** The exit code that a failure of an operation has. */
export function exitCodeOf({ code }: GpuctlError): number {
  if (code === 'cancelled') return EXIT.interrupted;
  if (code === 'submit.has-errors') return EXIT.documentErrors;
  if (code.endsWith('.not-agreed')) return EXIT.notAgreed;
  return OF_THE_CLUSTER.test(code) ? EXIT.cluster : EXIT.failed;
}
