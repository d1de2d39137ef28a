import { message } from '../../../../l10n/index.ts';
import { deleteJob, planDelete } from '../../operations/deleteJob.ts';
import { asGpuctlError, GpuctlError } from '../../operations/error.ts';
import type { Session } from '../../operations/session.ts';
import { planSettingsDeletion } from '../../operations/settings/deleteSettings.ts';
import { rankOf } from '../../operations/submit/documentOrder.ts';
import type { Cli } from '../cli.ts';
import { type FileOptions, readDocuments } from '../documents.ts';
import { EXIT, exitCodeOf } from '../exit.ts';
import { connect, withSession } from '../liveSession.ts';
import { agreeTo } from '../plans.ts';
import { type Target, toTargets } from '../targets.ts';

export interface DeleteOptions extends FileOptions {
  yes?: boolean;
}

interface Named extends Target {
  namespace?: string | undefined;
}

const SETTINGS = ['pool', 'quota'] as const;

/** `delete`: deletes jobs, pools and quotas by name, or those that the documents of files name; says before what goes and what stays. */
export async function remove(cli: Cli, words: string[], options: DeleteOptions): Promise<number> {
  const named: Named[] = options.filename ? await fromFiles(cli, options) : toTargets(words, ['job', ...SETTINGS]);
  return withSession(cli, async (session) => {
    await connect(session, cli.signal);
    let code: number = EXIT.ok;
    for (const one of named) {
      const what = `${one.type}/${one.name}`;
      try {
        const kind = SETTINGS.find((setting) => setting === one.type);
        const yes = options.yes ?? false;
        const done = kind
          ? await removeSettings(cli, session, kind, one.name, yes)
          : await removeJob(cli, session, one, yes);
        if (done) await cli.out.line(cli.t('cli.outcome.deleted', { what }));
        else code ||= EXIT.notAgreed;
      } catch (error) {
        if (cli.signal.aborted) throw error;
        await cli.tell(error, what);
        code ||= exitCodeOf(asGpuctlError(error));
      }
    }
    return code;
  });
}

async function removeJob(cli: Cli, session: Session, { name, namespace }: Named, yes: boolean): Promise<boolean> {
  const job = { namespace: namespace ?? session.namespace, name };
  const { removes, keeps, context, uid, cluster } = await planDelete(session, job, cli.signal);
  if (!yes) {
    await cli.out.note(cli.t('cli.delete.removes', { cluster, namespace: job.namespace }));
    for (const one of removes) await cli.out.note(`  ${cli.say(one)}`);
    if (keeps.length) await cli.out.note(cli.t('cli.delete.keeps'));
    for (const one of keeps) await cli.out.note(`  ${cli.say(one)}`);
    if (!(await cli.isAgreed(cli.t('cli.ask.delete', { what: `job/${name}` })))) return false;
  }
  await deleteJob(session, { job, context, uid }, cli.signal);
  return true;
}

function removeSettings(
  cli: Cli,
  session: Session,
  kind: (typeof SETTINGS)[number],
  name: string,
  yes: boolean,
): Promise<boolean> {
  return session.use(async (cluster) => {
    const { plan, carryOut } = await planSettingsDeletion(session, cluster, { kind, name }, cli.signal);
    if ((await agreeTo(cli, yes)(plan)) !== 'yes') return false;
    await carryOut(cli.signal);
    return true;
  });
}

/** What was made last goes first: jobs, then pools, then quotas. A document with errors has a name, too. */
async function fromFiles(cli: Cli, options: FileOptions): Promise<Named[]> {
  const documents = await readDocuments(cli, options);
  documents.sort((a, b) => rankOf(b.document) - rankOf(a.document));
  const named = documents.flatMap(({ document: { kind, value } }): Named[] => {
    const sections = (value ?? {}) as Record<string, { name?: unknown; namespace?: unknown } | undefined>;
    const type = SETTINGS.find((setting) => setting === kind?.name) ?? 'job';
    const { name, namespace } = sections[type] ?? {};
    if (!kind || typeof name !== 'string') return [];
    return [{ type, name, namespace: typeof namespace === 'string' ? namespace : undefined }];
  });
  if (!named.length) throw new GpuctlError('submit.no-document', message('cli.none.document'));
  return named;
}
