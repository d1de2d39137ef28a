import { message } from '../../../../l10n/index.ts';
import { documentsOf } from '../../kinds/checkedFile.ts';
import { NO_LEVELS } from '../../kinds/levels.ts';
import { compareFile } from '../../operations/compare.ts';
import { asGpuctlError, GpuctlError } from '../../operations/error.ts';
import type { Cli } from '../cli.ts';
import { type FileOptions, requireNamespace } from '../documents.ts';
import { EXIT, exitCodeOf, UsageError } from '../exit.ts';
import { readFiles } from '../files.ts';
import { holdState, withSession } from '../liveSession.ts';
import { unifiedDiff } from '../unifiedDiff.ts';

/** `diff`: how the cluster differs from what files say, as a unified diff. Ends with 1 where something differs, as `kubectl diff` does. */
export async function diff(cli: Cli, _: string[], { filename = [], recursive }: FileOptions): Promise<number> {
  try {
    const named = await readFiles(filename, { recursive, stdin: cli.ports.stdin, signal: cli.signal });
    const files = named.filter(({ checked }) => documentsOf(checked).length);
    if (!files.length) throw new GpuctlError('submit.no-document', message('cli.none.document'));
    for (const { checked } of files) for (const { document } of documentsOf(checked)) requireNamespace(cli, document);
    return await withSession(cli, async (session) => {
      await holdState(cli, session);
      let differs = false;
      for (const { name, text } of files) {
        const file = { uri: name, text, languageId: name === '-' ? 'gpuctl' : 'yaml', levels: NO_LEVELS };
        const { cluster, same, before, after } = await compareFile(session, file, cli.say, cli.reading);
        if (same) continue;
        differs = true;
        await cli.out.write(unifiedDiff({ name: cluster, text: before }, { name, text: after }, cli.out));
      }
      return differs ? EXIT.failed : EXIT.ok;
    });
  } catch (error) {
    const told = asGpuctlError(error);
    if (cli.reading.aborted || error instanceof UsageError || exitCodeOf(told) !== EXIT.failed) throw error;
    await cli.tell(told);
    return EXIT.notCompared;
  }
}
