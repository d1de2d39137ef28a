import { CommanderError } from 'commander';
import { createTranslate, message } from '../../../l10n/index.ts';
import { asGpuctlError, GpuctlError } from '../operations/error.ts';
import { Cli, type GlobalOptions } from './cli.ts';
import { EXIT, exitCodeOf, UsageError } from './exit.ts';
import { languageAsked, languageOf } from './language.ts';
import { Output } from './output.ts';
import type { CliPorts } from './ports.ts';
import { type Act, createProgram } from './program.ts';
import { toUsage } from './usage.ts';

/** Runs a command line; `args` are the words behind `gpuctl`. Gives the exit code and never throws. */
export async function run(args: readonly string[], ports: CliPorts): Promise<number> {
  const out = new Output(ports);
  let language = languageOf(ports.env);
  let cli = new Cli(ports, language, {}, out);
  let code: number = EXIT.ok;
  try {
    language = languageAsked(args) ?? language;
    cli = new Cli(ports, language, {}, out);
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
  } catch (error) {
    code = await tellFailure(cli, error);
  }
  await out.flush();
  if (!out.failed.aborted || ports.signal.aborted) return code;
  // What cannot be written to standard output may still be said.
  await new Cli(ports, language, cli.options).tell(notWritten(out.failed.reason));
  return EXIT.failed;
}

/** Tells why a command ended, where that is to be told; its exit code. */
async function tellFailure(cli: Cli, error: unknown): Promise<number> {
  if (cli.ports.signal.aborted) return EXIT.interrupted;
  if (cli.out.closed.aborted) return EXIT.ok;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0 || error.code === 'commander.help') return EXIT.ok;
    await cli.tell(new UsageError(toUsage(error)));
    return EXIT.usage;
  }
  await cli.tell(error);
  return error instanceof UsageError ? EXIT.usage : exitCodeOf(asGpuctlError(error));
}

function notWritten(cause: NodeJS.ErrnoException): GpuctlError {
  const say = message('cli.output.failed', { reason: cause.code ?? cause.message });
  return new GpuctlError('output.failed', say, { detail: cause.message, cause });
}
