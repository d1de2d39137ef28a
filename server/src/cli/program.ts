import { Argument, Command, Help, Option } from 'commander';
import { message, type Translate } from '../../../l10n/index.ts';
import type { Cli } from './cli.ts';
import { UsageError } from './exit.ts';
import { LISTS } from './items.ts';
import { widthOf } from './table.ts';

/** A command: takes its words and options, gives the exit code. */
type Run<Options> = (cli: Cli, words: string[], options: Options) => Promise<number>;

/** Runs a command with all options, those of the program among them. */
export type Act = (load: () => Promise<Run<never>>, words: string[], options: object) => Promise<void>;

/** Shells that `completion` has a script for. */
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

const heavy = () => import('./commands/index.ts');

/** Where commander writes help. */
interface Writes {
  out(text: string): void;
  err(text: string): void;
}

/** All commands with their options and texts. What a command does is loaded when it is run. */
export function createProgram(t: Translate, version: string, write: Writes, act: Act): Command {
  const program = new Command('gpuctl');
  const [name, file, job] = [t('cli.word.name'), t('cli.word.file'), t('cli.word.job')];
  program
    .description(t('cli.about'))
    .exitOverride()
    .configureOutput({ writeOut: write.out, writeErr: write.err, outputError: () => {} })
    .helpOption('-h, --help', t('cli.help.option'))
    .helpCommand(false)
    .version(version, '-V, --version', t('cli.option.version'))
    .option(`-n, --namespace <${name}>`, t('cli.option.namespace'))
    .option(`--context <${name}>`, t('cli.option.context'))
    .option(`--kubeconfig <${file}>`, t('cli.option.kubeconfig'))
    .addOption(new Option('--lang <en|zh>', t('cli.option.lang')).choices(['en', 'zh']).argParser(String)) // see language.ts
    .option('--details', t('cli.option.details'))
    .option('--no-color', t('cli.option.no-color'));
  program.createHelp = () => Object.assign(new TranslatedHelp(t), { showGlobalOptions: true });

  const add = (called: string, about: string) => {
    const command = program.command(called).description(about);
    command.createHelp = program.createHelp;
    return command;
  };
  const run =
    <Options>(load: () => Promise<Run<Options>>) =>
    (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const words = given.slice(0, -2).flat() as string[];
      return act(load as () => Promise<Run<never>>, words, command.optsWithGlobals());
    };
  const files = (command: Command) =>
    command
      .option(`-f, --filename <${file}>`, t('cli.option.filename'), collect)
      .option('-R, --recursive', t('cli.option.recursive'));
  const yes = (command: Command) => command.option('-y, --yes', t('cli.option.yes'));
  const output = (command: Command, ...choices: string[]) =>
    command.addOption(choice(`-o, --output <${choices.join('|')}>`, t('cli.option.output'), choices));

  output(files(add('validate', t('cli.validate'))), 'text', 'json')
    .argument(`[${file}...]`, t('cli.argument.file'))
    .option('--strict', t('cli.option.strict'))
    .action(run(async () => (await heavy()).validate));
  output(files(add('render', t('cli.render'))), 'yaml', 'json')
    .option('--live', t('cli.option.live'))
    .action(run(async () => (await heavy()).render));
  files(add('diff', t('cli.diff'))).action(run(async () => (await heavy()).diff));
  output(yes(files(add('create', t('cli.create')))), 'text', 'json')
    .alias('apply')
    .option('--dry-run', t('cli.option.dry-run'))
    .option('--hold', t('cli.option.hold'))
    .action(run(async () => (await heavy()).create));
  output(add('get', t('cli.get')), 'table', 'wide', 'json', 'yaml')
    .addArgument(oneOf(`<${t('cli.word.type')}>`, t('cli.argument.list'), LISTS))
    .argument(`[${name}...]`, t('cli.argument.names'))
    .option('-A, --all-namespaces', t('cli.option.all-namespaces'))
    .option('-w, --watch', t('cli.option.watch'))
    .action(run(async () => (await heavy()).get));
  add('describe', t('cli.describe'))
    .addArgument(oneOf(`<${t('cli.word.type')}>`, t('cli.argument.described'), ['job', 'pool', 'node']))
    .argument(`<${name}>`, t('cli.argument.name'))
    .action(run(async () => (await heavy()).describe));
  add('logs', t('cli.logs'))
    .argument(`<${job}>`, t('cli.argument.job'))
    .option('-f, --follow', t('cli.option.follow'))
    .option('-p, --previous', t('cli.option.previous'))
    .addOption(new Option(`--rank <${t('cli.word.number')}>`, t('cli.option.rank')).argParser(wholeNumber('--rank')))
    .option(`--pod <${name}>`, t('cli.option.pod'))
    .addOption(new Option(`--tail <${t('cli.word.lines')}>`, t('cli.option.tail')).argParser(wholeNumber('--tail')))
    .action(run(async () => (await heavy()).logs));
  add('stop', t('cli.stop'))
    .argument(`<${job}...>`, t('cli.argument.job'))
    .action(run(async () => (await heavy()).stopJobs));
  add('start', t('cli.start'))
    .argument(`<${job}...>`, t('cli.argument.job'))
    .action(run(async () => (await heavy()).startJobs));
  add('resume', t('cli.resume'))
    .argument(`<${job}...>`, t('cli.argument.job'))
    .action(run(async () => (await heavy()).resumeJobs));
  add('scale', t('cli.scale'))
    .argument(`<${job}...>`, t('cli.argument.job'))
    .addOption(
      new Option(`--replicas <${t('cli.word.number')}>`, t('cli.option.replicas')).argParser(wholeNumber('--replicas')),
    )
    .action(run(async () => (await heavy()).scaleJobs));
  yes(files(add('delete', t('cli.delete'))))
    .argument(`[${t('cli.word.target')}...]`, t('cli.argument.targets'))
    .action(run(async () => (await heavy()).remove));
  output(add('doctor', t('cli.doctor')), 'text', 'json').action(run(async () => (await heavy()).doctor));
  add('completion', t('cli.completion'))
    .addArgument(oneOf('<shell>', t('cli.argument.shell'), SHELLS))
    .action(run(async () => (await import('./commands/completion.ts')).completion));
  output(add('version', t('cli.version')), 'text', 'json').action(
    run(async () => (await import('./commands/version.ts')).version),
  );
  add('help', t('cli.help.command'))
    .argument(`[${t('cli.word.command')}]`, t('cli.argument.command'))
    .action((asked?: string) => {
      const known = program.commands.find((one) => one.name() === asked || one.aliases().includes(asked ?? ''));
      if (asked !== undefined && !known) throw new UsageError(message('cli.usage.command', { name: asked }));
      (known ?? program).outputHelp();
    });
  program
    .command('__complete', { hidden: true })
    .argument('[word...]')
    .option('--line <text>')
    .option('--breaks <characters>')
    .action(run(async () => (await import('./commands/complete.ts')).completeWords));
  return program;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

function choice(flags: string, about: string, choices: readonly string[]): Option {
  const option = new Option(flags, about).choices(choices);
  return option.argParser((given: string) => {
    if (choices.includes(given)) return given;
    const args = { option: option.long ?? flags, given, choices: choices.join(', ') };
    throw new UsageError(message('cli.usage.choice', args));
  });
}

/** An argument that is one of a few words, in singular or plural. */
function oneOf(flags: string, about: string, choices: readonly string[]): Argument {
  return new Argument(flags, about).choices(choices).argParser((given: string) => {
    const found = choices.find((one) => one === given || one === `${given}s` || `${one}s` === given);
    if (found !== undefined) return found;
    throw new UsageError(message('cli.usage.choice', { option: flags, given, choices: choices.join(', ') }));
  });
}

const wholeNumber = (option: string) => (given: string) => {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new UsageError(message('cli.usage.number', { option, given }));
};

/** Help in the language of the person: commander knows its headings in English only. */
class TranslatedHelp extends Help {
  private readonly titles: Readonly<Record<string, string>>;
  private readonly options: string;

  constructor(t: Translate) {
    super();
    this.options = `[${t('cli.help.options')}]`;
    this.titles = {
      'Usage:': t('cli.help.usage'),
      'Arguments:': t('cli.help.arguments'),
      'Options:': t('cli.help.optionList'),
      'Global Options:': t('cli.help.globalOptions'),
      'Commands:': t('cli.help.commands'),
    };
  }

  override styleTitle(title: string): string {
    return this.titles[title] ?? title;
  }
  override displayWidth(text: string): number {
    return widthOf(text);
  }
  override commandUsage(command: Command): string {
    return super.commandUsage(command).replace('[options]', this.options);
  }
  override subcommandTerm(command: Command): string {
    return command.name();
  }
  override optionDescription(option: Option): string {
    return option.description;
  }
  override argumentDescription(argument: Argument): string {
    const choices = argument.argChoices?.join(', ');
    return [argument.description, choices && `(${choices})`].filter(Boolean).join(' ');
  }
}
