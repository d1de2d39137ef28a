import { type Message, message } from '../../../l10n/index.ts';
import type { Plan } from '../operations/submit/plan.ts';
import type { Cli } from './cli.ts';

/** What a plan changes, one sentence each. */
export const changesOf = ({ changes }: Plan): Message[] =>
  changes.flatMap((change) =>
    change.do === 'leave' ? [] : [message(`plan.${change.do}`, { kind: change.object.kind, name: change.object.name })],
  );

/** Asks whether a plan may be done that takes something from somebody; with `--yes` it may. */
export function agreeTo(cli: Cli, yes: boolean): (plan: Plan) => Promise<'yes' | 'no'> {
  return async (plan) => {
    if (yes) return 'yes';
    for (const one of plan.asks) await cli.out.note(cli.say(one));
    for (const one of changesOf(plan)) await cli.out.note(`  ${cli.say(one)}`);
    return (await cli.isAgreed(cli.t('cli.ask.go-on'))) ? 'yes' : 'no';
  };
}
