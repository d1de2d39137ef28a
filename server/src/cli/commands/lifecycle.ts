import { message } from '../../../../l10n/index.ts';
import { asGpuctlError } from '../../operations/error.ts';
import { type JobTarget, scale, start, stop } from '../../operations/lifecycle.ts';
import { resume } from '../../operations/resume.ts';
import type { Session } from '../../operations/session.ts';
import type { Cli } from '../cli.ts';
import { EXIT, exitCodeOf, UsageError } from '../exit.ts';
import { connect, withSession } from '../liveSession.ts';
import { toTargets } from '../targets.ts';

/** `stop`: ends what jobs run and keeps the jobs. */
export const stopJobs = (cli: Cli, words: string[]): Promise<number> =>
  onJobs(cli, words, async (session, target, what) =>
    cli.t((await stop(session, target, cli.signal)) ? 'cli.outcome.stopped' : 'cli.outcome.unchanged', { what }),
  );

/** `start`: lets jobs run that were stopped or held. */
export const startJobs = (cli: Cli, words: string[]): Promise<number> =>
  onJobs(cli, words, async (session, target, what) =>
    cli.t((await start(session, target, cli.signal)) ? 'cli.outcome.started' : 'cli.outcome.unchanged', { what }),
  );

/** `scale`: sets the number of replicas of services. */
export async function scaleJobs(cli: Cli, words: string[], { replicas }: { replicas?: number }): Promise<number> {
  if (replicas === undefined) throw new UsageError(message('cli.usage.missing', { name: '--replicas' }));
  return onJobs(cli, words, async (session, target, what) =>
    (await scale(session, target, replicas, cli.signal))
      ? cli.t('cli.outcome.scaled', { what, replicas })
      : cli.t('cli.outcome.unchanged', { what }),
  );
}

/** `resume`: lets stopped jobs go on, and ended ones run once more under their name. */
export const resumeJobs = (cli: Cli, words: string[]): Promise<number> =>
  onJobs(cli, words, async (session, target, what) => {
    const { how, run, log, warnings } = await resume(session, target, cli.signal);
    for (const one of warnings) await cli.out.note(`${what}: ${cli.join(cli.t('cli.severity.warning'), cli.say(one))}`);
    if (log) await cli.out.note(cli.t('cli.resume.log', { folder: log }));
    return how === 'started' ? cli.t('cli.outcome.started', { what }) : cli.t('cli.outcome.resumed', { what, run });
  });

/** Does the same to several jobs; one that fails does not keep the others from it. */
function onJobs(
  cli: Cli,
  words: string[],
  run: (session: Session, target: JobTarget, what: string) => Promise<string>,
): Promise<number> {
  const named = toTargets(words, ['job']);
  return withSession(cli, async (session) => {
    const { context } = await connect(session, cli.signal);
    let code: number = EXIT.ok;
    for (const { name } of named) {
      const what = `job/${name}`;
      try {
        const target = { job: { namespace: session.namespace, name }, context: context.context };
        await cli.out.line(await run(session, target, what));
      } catch (error) {
        if (cli.signal.aborted) throw error;
        await cli.tell(error, what);
        code ||= exitCodeOf(asGpuctlError(error));
      }
    }
    return code;
  });
}
