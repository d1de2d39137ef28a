import * as vscode from 'vscode';
import { type ForwardDto, Requests, ServerNotifications } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { runOf } from './serverList.ts';

/** What counts as a view while a notebook is used: what becomes of it is then worth knowing. */
const INTEREST = 'gpuctl.notebook';
/** Milliseconds between two looks. */
const SPACING = 1_000;

/** Says that a notebook that is used in this window was started again: its kernels are gone. */
export function watchNotebooks(infrastructure: Infrastructure): vscode.Disposable {
  const { boundary, commands, connection, forwards, interests, server, texts } = infrastructure;
  /** The run of each that is used, by the uid of the notebook. */
  const runs = new Map<string, string>();
  let isStale = false;
  let pausing: NodeJS.Timeout | undefined;

  const used = (): readonly ForwardDto[] =>
    forwards.current.filter(({ purpose, context }) => purpose === 'notebook' && context === connection.current.context);
  const look = async () => {
    const all = used();
    const answers = await server.request(Requests.awaited, { jobs: all.map(({ job }) => job) });
    for (const { job, is } of answers) {
      const after = is ? runOf(is) : undefined;
      if (!is || after === undefined) continue;
      const before = runs.get(is.uid);
      runs.set(is.uid, after);
      const forward = all.find((one) => one.job.name === job.name && one.job.namespace === job.namespace);
      if (before === undefined || before === after || !forward) continue;
      const said = texts.t('ui.notebook.restarted', { name: job.name, url: forward.url });
      const details = texts.t('ui.jobs.details');
      // A message without a button is cut to a line.
      void boundary.run(async () => {
        const chosen = await vscode.window.showWarningMessage(said, details);
        if (chosen === details) await commands.execute('gpuctl.job.details', { job, context: forward.context });
      });
    }
  };
  const changed = () => {
    isStale = true;
    if (pausing || connection.current.phase !== 'connected' || !used().length) return;
    isStale = false;
    pausing = setTimeout(() => {
      pausing = undefined;
      if (isStale) changed();
    }, SPACING);
    void boundary.runQuietly(look);
  };
  return vscode.Disposable.from(
    new vscode.Disposable(() => clearTimeout(pausing)),
    forwards.onDidChange(() => {
      interests.set(INTEREST, used().length > 0);
      changed();
    }),
    server.onNotification(ServerNotifications.stateChanged, ({ parts }) => {
      if (parts.includes('jobs')) changed();
    }),
  );
}
