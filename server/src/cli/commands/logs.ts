import { type Message, message } from '../../../../l10n/index.ts';
import { followLog } from '../../operations/logs/followLog.ts';
import { readLog } from '../../operations/logs/readLog.ts';
import type { Cli } from '../cli.ts';
import { EXIT, UsageError } from '../exit.ts';
import { connect, withSession } from '../liveSession.ts';

export interface LogsOptions {
  follow?: boolean;
  pod?: string;
  rank?: number;
  previous?: boolean;
  tail?: number;
}

/**
 * `logs`: what the pods of a job have said, and with `--follow` what they go on to say until the job ends; in the order of time. What we say about it
 * goes to standard error.
 */
export async function logs(cli: Cli, [name = '']: string[], options: LogsOptions): Promise<number> {
  const { follow, previous, pod, rank, tail: tailLines } = options;
  if (follow && previous) throw new UsageError(message('cli.logs.either'));
  const signal = cli.reading;
  const append = (text: string) => cli.out.write(text);
  const note = (say: Message) => cli.out.note(cli.say(say));
  return withSession(cli, async (session) => {
    await connect(session, cli.signal);
    const asked = { job: { namespace: session.namespace, name }, pod, rank, tailLines, signal, append, note };
    if (follow) await note(await followLog(session, asked));
    else await readLog(session, { ...asked, previous });
    return EXIT.ok;
  });
}
