import * as vscode from 'vscode';

/** Milliseconds that work may take before it is told of: what flashes by cannot be read. */
const SHOWN_AFTER = 300;

/** Tells how far work has come: a message beside its title, and percent of the whole that were added. */
export type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/**
 * Does work that a person waits for and may call off, with a notification while it takes its time. VS Code hides what
 * comes as the fourth notification within 800 ms in the bell: progress that nobody could read would cost the outcome
 * its place.
 */
export async function longWork<T>(
  title: string,
  work: (token: vscode.CancellationToken, progress: Progress) => PromiseLike<T>,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  let shown: Progress | undefined;
  let untold: { message?: string; increment?: number } = {};
  const progress: Progress = {
    report(step) {
      if (shown) return shown.report(step);
      untold = { ...untold, ...step, increment: (untold.increment ?? 0) + (step.increment ?? 0) };
    },
  };
  const done = Promise.resolve(work(source.token, progress));
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (notification, token) => {
      const cancelling = token.onCancellationRequested(() => source.cancel());
      notification.report(untold);
      shown = notification;
      // Its failure is the caller's.
      await done.catch(() => {});
      cancelling.dispose();
    });
  }, SHOWN_AFTER);
  try {
    return await done;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}
