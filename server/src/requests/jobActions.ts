import { message } from '../../../l10n/index.ts';
import { type FewWords, inFewWords } from '../language/fewWords.ts';
import { type LensSetting, listCommands } from '../language/lenses.ts';
import { splitDocuments } from '../model/splitDocuments.ts';
import { firstLine } from '../model/yamlTree.ts';
import { judgeScale } from '../operations/scaleVerdict.ts';
import { specHash } from '../operations/source.ts';
import { Requests, type ScaleVerdictDto } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests behind gestures on one job. `lenses`: what lines above documents are made from. */
export function registerJobActionRequests(host: RequestHost, lenses: () => LensSetting): void {
  const { handle, session, checks, say, onCluster } = host;
  handle(Requests.jobSource, async ({ job, context }, signal) => {
    const { readJobSource } = await onCluster();
    return readJobSource(session, { job, context }, say, signal);
  });
  handle(Requests.findDocument, async ({ text, hash }) => {
    const found = splitDocuments(text).find((one) => specHash(one.text) === hash);
    return found ? { line: text.slice(0, found.offset + firstLine(found.text).start).split('\n').length - 1 } : null;
  });
  handle(Requests.scaleVerdict, async ({ job, replicas }): Promise<ScaleVerdictDto | null> => {
    const judged = judgeScale(session, job, replicas);
    if (!judged) return null;
    const { more, gpusPerPod, ask, verdict } = judged;
    if (!verdict) {
      const gpus = -more * gpusPerPod;
      return gpus > 0 ? { severity: 'info', text: say(message('scale.frees', { gpus })) } : null;
    }
    const { title }: FewWords = inFewWords(verdict, ask, session.state);
    const text = say(message('scale.verdict', { more, said: title }));
    return { severity: verdict.is === 'fits' ? 'info' : 'warning', text };
  });
  handle(Requests.lineCommands, async ({ textDocument, line }) => {
    const file = checks.get(textDocument.uri);
    const commands = file ? listCommands(file, line, lenses()) : [];
    return {
      commands: commands.map(({ title, command, arguments: args }) => ({
        title,
        command,
        ...(args && { arguments: args }),
      })),
    };
  });
}
