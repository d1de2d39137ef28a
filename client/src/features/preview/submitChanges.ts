import * as vscode from 'vscode';
import type { JobTarget, SubmitTarget } from '../../infrastructure/commands.ts';
import { documentInFront } from '../../infrastructure/documents.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { type Comparison, type Comparisons, nameOf } from './compare.ts';
import { findJobDocument } from './jobDocument.ts';

/**
 * Shows what a submit of a document would change of its job, then asks; the same button stands in the title of the comparison for as long as
 * that is open. What was compared is what is submitted, in the cluster and namespace that were named: where the text is another one by then,
 * it is compared and asked again. What is asked for more than that, such as a replacement, the submit asks itself.
 */
export function activateSubmitChanges(infrastructure: Infrastructure, compared: Comparisons): void {
  const { boundary, commands, texts } = infrastructure;
  const { t } = texts;
  commands.register('gpuctl.job.submitChanges', async (from) => {
    // Whoever tries again means the same document, not the one before them by then.
    const inFront = from ? undefined : documentInFront();
    await boundary.run(async () => {
      const target = from ? await toTarget(infrastructure, from) : inFront && { uri: inFront.toString() };
      if (target) return compareAndAsk(target);
      const name = from && 'job' in from ? from.job?.name : undefined;
      void vscode.window.showInformationMessage(
        name === undefined ? t('compare.nothing') : t('ui.changes.no-document', { name }),
      );
    });
  });
  commands.register('gpuctl.changes.submit', async (given) => {
    const side = given ?? vscode.window.activeTextEditor?.document.uri;
    if (!side) return;
    const comparison = compared.find(side);
    if (comparison) return submit(comparison);
    const target = compared.targetOf(side);
    if (target) await boundary.run(() => compareAndAsk(target));
    else void vscode.window.showInformationMessage(t('compare.again'));
  });

  async function compareAndAsk(target: SubmitTarget): Promise<void> {
    const comparison = await compared.open(target, true);
    const { same, cluster, namespace } = comparison;
    // Nothing of it is there: there is nothing to compare with.
    if (comparison.before === '' && !same) return commands.execute('gpuctl.job.submit', comparison.of);
    const asked = { name: nameOf(target), cluster };
    const yes = t('ui.changes.submit');
    const question = same
      ? t('ui.changes.same', asked)
      : namespace === undefined
        ? t('ui.changes.ask.cluster', asked)
        : t('ui.changes.ask', { ...asked, namespace });
    // Not awaited: whoever reads the comparison may take as long as they like.
    void boundary.run(async () => {
      if ((await vscode.window.showInformationMessage(question, yes)) === yes) await submit(comparison);
    });
  }

  /** What was compared is not so any more afterwards. */
  async function submit(comparison: Comparison): Promise<void> {
    const { of } = comparison;
    if (!(await compared.isSame(comparison))) {
      void vscode.window.showInformationMessage(t('ui.changes.edited', { name: nameOf(of) }));
      return boundary.run(() => compareAndAsk(of));
    }
    await commands.execute('gpuctl.job.submit', of);
    await compared.close(of.uri);
  }
}

/** What a menu names: a document, a file, or a job whose document lies in the workspace. */
async function toTarget(
  infrastructure: Infrastructure,
  from: SubmitTarget | JobTarget | vscode.Uri,
): Promise<SubmitTarget | undefined> {
  if (from instanceof vscode.Uri) return { uri: from.toString() };
  if (!('job' in from)) return 'uri' in from ? from : undefined;
  return from.job && findJobDocument(infrastructure, from.job, from.context);
}
