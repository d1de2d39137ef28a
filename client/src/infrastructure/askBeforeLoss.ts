import * as vscode from 'vscode';

/** What a question says, and the button that only looks at what it is about. */
export interface LossQuestion {
  question: string;
  detail: string;
  look: { title: string; run: () => PromiseLike<unknown> };
}

/**
 * Asks before somebody loses something; gives the answer that was chosen, `undefined` for none. The first button is the one that a stray key
 * presses: it shows what would be lost, and nothing is done.
 */
export async function askBeforeLoss<T extends vscode.MessageItem>(
  { question, detail, look }: LossQuestion,
  ...answers: T[]
): Promise<T | undefined> {
  const looking: vscode.MessageItem = { title: look.title };
  const options = { modal: true, detail };
  const chosen = await vscode.window.showWarningMessage<vscode.MessageItem>(question, options, looking, ...answers);
  if (chosen === looking) await look.run();
  return answers.find((answer) => answer === chosen);
}
