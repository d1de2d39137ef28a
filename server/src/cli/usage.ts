import type { CommanderError } from 'commander';
import { type Message, message } from '../../../l10n/index.ts';

/** What commander has to say of a mistake, as a sentence of ours; names stand in quotes in its own. */
export function toUsage({ code, message: said }: CommanderError): Message {
  const [, name = ''] = /'([^']*)'/.exec(said) ?? [];
  const [, guess] = /Did you mean (?:one of )?(.+?)\?\)/.exec(said) ?? [];
  const known = guess !== undefined;
  switch (code) {
    case 'commander.unknownCommand':
      return known ? message('cli.usage.command.guess', { name, guess }) : message('cli.usage.command', { name });
    case 'commander.unknownOption':
      return known ? message('cli.usage.option.guess', { name, guess }) : message('cli.usage.option', { name });
    case 'commander.missingArgument':
      return message('cli.usage.missing', { name });
    case 'commander.optionMissingArgument':
      return message('cli.usage.value', { name });
    case 'commander.excessArguments':
      return message('cli.usage.excess');
    default:
      return message('cli.usage.other', { said: said.replace(/^error: /, '') });
  }
}
