import { message } from '../../../l10n/index.ts';
import { checkFile, documentsOf, errorsOf, modeOf } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { Levels } from '../kinds/levels.ts';
import type { FailureAction, FailureDto, SubmitParams, SubmitResult } from '../protocol.ts';
import { GpuctlError } from './error.ts';
import type { Session } from './session.ts';
import { hasErrors, submit } from './submit.ts';
import type { Say } from './views.ts';

/**
 * Submits one document of a file, or all of them in order. A single one that fails throws; of several, the first that fails ends it, and what was
 * submitted before is told.
 */
export async function submitFile(
  session: Session,
  params: SubmitParams & { text: string; languageId: string; levels: Levels },
  say: Say,
  toFailure: (error: unknown) => FailureDto,
  signal: AbortSignal,
): Promise<SubmitResult> {
  const { uri, text, languageId, levels, path, gitCommit, context } = params;
  const file = checkFile(text, modeOf(languageId, uri), undefined, levels);
  const all = documentsOf(file);
  const chosen = params.document === undefined ? all : all.slice(params.document, params.document + 1);
  if (!chosen.length) throw new GpuctlError('submit.no-document', message('submit.no-document'));
  return session.use(async (cluster) => {
    const result: SubmitResult = { submitted: [], cluster: cluster.context.cluster };
    for (const { document, offset } of chosen) {
      try {
        if (!document.kind)
          throw new GpuctlError('submit.not-yet', message('submit.not-yet', { kind: document.kindName }));
        if (errorsOf(file, document).length) throw hasErrors(document);
        const { namespace, name, kind, outcome, warnings } = await submit(session, {
          document,
          path,
          gitCommit,
          context,
          signal,
        });
        result.submitted.push({ job: { namespace, name }, kind, outcome, warnings: warnings.map(say) });
      } catch (error) {
        const better = withRename(error, document, { uri, text, offset });
        if (chosen.length === 1) throw better;
        result.failed = { name: document.name ?? document.kindName, failure: toFailure(better) };
        break;
      }
    }
    return result;
  });
}

/** A name that is taken can be changed right where it stands. */
function withRename(
  error: unknown,
  document: GpuctlDocument,
  file: { uri: string; text: string; offset: number },
): unknown {
  if (!(error instanceof GpuctlError) || (error.code !== 'submit.job-exists' && error.code !== 'submit.name-taken'))
    return error;
  const { start, end } = document.tree().rangeOf(['job', 'name']);
  const before = file.text.slice(0, file.offset + start);
  const rename: FailureAction = {
    do: 'rename',
    uri: file.uri,
    line: before.split('\n').length - 1,
    character: before.length - before.lastIndexOf('\n') - 1,
    length: end - start,
  };
  error.actions.push(rename);
  return error;
}
