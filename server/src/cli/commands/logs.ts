import { followLog } from '../../operations/followLog.ts';
import { readLog } from '../../operations/readLog.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { connect, withSession } from '../liveSession.ts';

export interface LogsOptions {
  follow?: boolean;
  pod?: string;
  tail?: number;
}

/** `logs`: what the pods of a job have said, and with `--follow` what they go on to say until the job ends. */
export async function logs(cli: Cli, [name = '']: string[], { follow, pod, tail }: LogsOptions): Promise<number> {
  const signal = cli.reading;
  const append = (text: string) => cli.out.write(text);
  return withSession(cli, async (session) => {
    await connect(session, cli.signal);
    const job = { namespace: session.namespace, name };
    if (!follow) await readLog(session, { job, pod, tailLines: tail, signal, append });
    else await cli.out.note(cli.say(await followLog(session, { job, pod, tailLines: tail, signal, append })));
    return EXIT.ok;
  });
}
