import * as vscode from 'vscode';
import { Requests, type SubmitResult } from '../../../../server/src/protocol.ts';
import type { SubmitTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { toSubmitParams, toTarget } from './submittable.ts';

/** Submitting the documents of a file. */
export function activateSubmit(infrastructure: Infrastructure): void {
  infrastructure.commands.register('gpuctl.job.submit', (target) => submit(infrastructure, target));
}

async function submit(infrastructure: Infrastructure, from: SubmitTarget | vscode.Uri | undefined): Promise<void> {
  const { server, connection, texts } = infrastructure;
  const { t } = texts;
  const target = toTarget(from);
  if (!target) {
    void vscode.window.showInformationMessage(t('ui.submit.nothing'));
    return;
  }
  const params = await toSubmitParams(target);
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('ui.submit.progress', { file: target.uri.path.split('/').at(-1) ?? '' }),
      cancellable: true,
    },
    async (progress, token) => {
      // The connection may only be made for this submit: where it goes is said as soon as it is known. The document may
      // name a namespace of its own, so that only the result tells that.
      const tell = () => {
        const { cluster } = connection.current;
        if (cluster) progress.report({ message: t('ui.submit.to', { cluster }) });
      };
      tell();
      const telling = connection.onDidChange(tell);
      try {
        return await server.request(Requests.submit, params, token);
      } finally {
        telling.dispose();
      }
    },
  );
  await tell(infrastructure, result, () => submit(infrastructure, from));
}

/** One message for one submit: what was done, what was left out, what failed. */
async function tell(infrastructure: Infrastructure, result: SubmitResult, retry: () => Promise<void>): Promise<void> {
  const { boundary, commands, texts } = infrastructure;
  const { t, join } = texts;
  const { submitted, failed, cluster } = result;
  const last = submitted.at(-1);
  if (last) await commands.execute('gpuctl.job.reveal', last.job);
  const done = submitted.map(({ job, outcome }) =>
    t(`ui.submit.${outcome}`, { name: job.name, cluster, namespace: job.namespace }),
  );
  if (failed) {
    const message = join(...done, failed.failure.message);
    void boundary.show({ ...failed.failure, message }, retry);
    return;
  }
  if (!last) return;
  const warnings = submitted.flatMap((job) => job.warnings);
  const message = join(...done, ...warnings);
  const log = t('ui.action.log');
  const show = warnings.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Not awaited: the submit has ended, whether or not somebody reads about it.
  void boundary.run(async () => {
    if ((await show(message, log)) === log) await commands.execute('gpuctl.job.log', { job: last.job });
  });
}
