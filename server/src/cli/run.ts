import { CommanderError } from 'commander';
import { createTranslate } from '../../../l10n/index.ts';
import { asGpuctlError } from '../operations/error.ts';
import { Cli, type GlobalOptions } from './cli.ts';
import { EXIT, exitCodeOf, UsageError } from './exit.ts';
import { languageAsked, languageOf } from './language.ts';
import type { CliPorts } from './ports.ts';
import { type Act, createProgram } from './program.ts';
import { toUsage } from './usage.ts';

/** Runs a command line; `args` are the words behind `gpuctl`. Gives the exit code and never throws. */
export async function run(args: readonly string[], ports: CliPorts): Promise<number> {
  let language = languageOf(ports.env);
  let cli = new Cli(ports, language, {});
  let code: number = EXIT.ok;
  try {
    language = languageAsked(args) ?? language;
    cli = new Cli(ports, language, {});
    const { out } = cli;
    const act: Act = async (load, words, options) => {
      cli = new Cli(ports, language, options as GlobalOptions, out);
      const command = await load();
      code = await command(cli, words, options as never);
    };
    const t = createTranslate(() => language);
    const writes = { out: (text: string) => void out.write(text), err: (text: string) => void out.write(text) };
    const program = createProgram(t, ports.version, writes, act);
    if (args.length) await program.parseAsync(args, { from: 'user' });
    else program.outputHelp();
    return code;
  } catch (error) {
    if (ports.signal.aborted) return EXIT.interrupted;
    if (cli.out.closed.aborted) return EXIT.ok;
    if (error instanceof CommanderError) {
      if (error.exitCode === 0 || error.code === 'commander.help') return EXIT.ok;
      await cli.tell(new UsageError(toUsage(error)));
      return EXIT.usage;
    }
    await cli.tell(error);
    return error instanceof UsageError ? EXIT.usage : exitCodeOf(asGpuctlError(error));
  } finally {
    await cli.out.flush();
  }
}
