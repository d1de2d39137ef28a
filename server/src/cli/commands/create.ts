import { message } from '../../../../l10n/index.ts';
import { isJob } from '../../kinds/kind.ts';
import { GpuctlError } from '../../operations/error.ts';
import { type DocumentResult, submitDocuments } from '../../operations/submit/submitDocuments.ts';
import type { Cli } from '../cli.ts';
import { type FileOptions, type NamedDocument, readDocuments } from '../documents.ts';
import { EXIT, exitCodeOf } from '../exit.ts';
import { connect, glance, withSession } from '../liveSession.ts';
import { agreeTo } from '../plans.ts';
import { tellResult, toResultItem } from '../results.ts';

export interface CreateOptions extends FileOptions {
  dryRun?: boolean;
  yes?: boolean;
  hold?: boolean;
  output?: 'text' | 'json';
}

/** `create`: submits the documents of files, and says of each what became of it. */
export async function create(cli: Cli, _: string[], options: CreateOptions): Promise<number> {
  const { dryRun = false, yes = false, hold = false, output = 'text' } = options;
  const documents = await readDocuments(cli, options);
  if (!documents.length) throw new GpuctlError('submit.no-document', message('submit.no-document'));
  const results: DocumentResult[] = [];
  const printItems = () => {
    const items = results.map((result) => toResultItem(cli, result, sourceOf(result, documents)));
    return cli.out.json({ version: 1, kind: 'results', items });
  };
  await withSession(cli, async (session) => {
    await connect(session, cli.signal);
    if (documents.some(({ document }) => isJob(document.model))) await glance(session, cli.signal);
    const agrees = agreeTo(cli, yes);
    const submitting = submitDocuments(session, documents, {
      dryRun,
      hold,
      agree: async (asked) => {
        const answers: ('yes' | 'no')[] = [];
        for (const { plan } of asked) answers.push(await agrees(plan)); // a terminal holds one question at a time
        return answers;
      },
      signal: cli.signal,
    });
    try {
      for await (const result of submitting) {
        results.push(result);
        if (output === 'text') await tellResult(cli, result, sourceOf(result, documents));
      }
    } catch (error) {
      if (output === 'json') await printItems(); // what is done is done, whatever ends the rest
      throw error;
    }
  });
  if (output === 'json') await printItems();
  else if (results.length > 1) await cli.out.note(summarise(cli, results, dryRun));
  return results.map(codeOf).find((code) => code !== EXIT.ok) ?? EXIT.ok;
}

const sourceOf = ({ document }: DocumentResult, documents: NamedDocument[]) =>
  documents.find((one) => one.document === document) as NamedDocument;

function summarise(cli: Cli, results: readonly DocumentResult[], dryRun: boolean): string {
  const done = results.filter(({ is }) => is === 'submitted' || is === 'planned').length;
  const counts = { done, all: results.length };
  return cli.t(dryRun ? 'cli.create.summary.dry' : 'cli.create.summary', counts);
}

function codeOf(result: DocumentResult): number {
  if (result.is === 'failed') return exitCodeOf(result.error);
  if (result.is === 'not-agreed') return EXIT.notAgreed;
  return result.is === 'skipped' ? EXIT.failed : EXIT.ok;
}
