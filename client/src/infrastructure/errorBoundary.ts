import * as vscode from 'vscode';
import type { FailureAction, FailureDto } from '../../../server/src/protocol.ts';
import { ServerAwayError } from './server.ts';
import type { Texts } from './texts.ts';

/** `RequestCancelled`, `ContentModified` and `ServerCancelled` of the protocol. */
const CANCELLED = [-32800, -32801, -32802];

type Run = () => Promise<void>;

/**
 * The one place where a failure becomes something that a person reads: once, the sentence first, with what can be done
 * next. Cancellation is silent; the raw cause is shown in the output channel for the one who asks.
 */
export class ErrorBoundary {
  readonly #output: vscode.LogOutputChannel;
  readonly #texts: Texts;

  constructor(output: vscode.LogOutputChannel, texts: Texts) {
    this.#output = output;
    this.#texts = texts;
  }

  /** Runs what a person asked for. Never rejects. */
  async run(action: Run): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (isCancelled(error)) return;
      // Not awaited: a command has ended when its failure is told, not when somebody reads it.
      void this.show(this.toFailure(error), () => this.run(action));
    }
  }

  /** Runs what nobody asked for. A failure goes to the output channel only; views and status bar tell of the connection. */
  async runQuietly(action: Run): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!isCancelled(error)) this.#log(this.toFailure(error));
    }
  }

  /** Shows a failure and does what the person chooses of its actions. */
  async show(failure: FailureDto, retry?: Run): Promise<void> {
    const { t, join } = this.#texts;
    this.#log(failure);
    const choices = failure.actions.flatMap((action) => {
      if (action.do === 'retry' && !retry) return [];
      return [{ title: t(`ui.action.${action.do}`), run: () => this.act(action, retry) }];
    });
    if (failure.detail) choices.push({ title: t('ui.action.details'), run: async () => this.#output.show(true) });
    const chosen = await vscode.window.showErrorMessage(join(failure.message, failure.hint), ...choices);
    if (chosen) await this.run(async () => chosen.run());
  }

  /** What a person is told of anything that was thrown. */
  toFailure(error: unknown): FailureDto {
    const { t } = this.#texts;
    const data = error instanceof Error && 'data' in error ? error.data : undefined;
    if (isFailure(data)) return data;
    if (error instanceof ServerAwayError) {
      return { code: 'server.away', message: t('ui.server.lost'), actions: [{ do: 'retry' }] };
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { code: 'unexpected', message: t('ui.failure.unexpected'), detail, actions: [] };
  }

  /** Does what was chosen next. */
  async act(action: FailureAction, retry?: Run): Promise<void> {
    switch (action.do) {
      case 'openJob':
        await vscode.commands.executeCommand('gpuctl.job.show', { job: action.job });
        break;
      case 'selectTarget':
        await vscode.commands.executeCommand('gpuctl.target.select');
        break;
      case 'openKubeconfig':
        await vscode.commands.executeCommand('gpuctl.kubeconfig.open', action.path);
        break;
      case 'rename': {
        const { uri, line, character, length } = action;
        const selection = new vscode.Range(line, character, line, character + length);
        await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection });
        break;
      }
      case 'retry':
        await retry?.();
        break;
    }
  }

  #log({ message, detail }: FailureDto): void {
    this.#output.error(detail ? `${message}\n${detail}` : message);
  }
}

function isCancelled(error: unknown): boolean {
  if (error instanceof vscode.CancellationError) return true;
  return error instanceof Error && 'code' in error && CANCELLED.includes(error.code as number);
}

function isFailure(data: unknown): data is FailureDto {
  const failure = data as Partial<FailureDto> | null | undefined;
  return typeof failure?.message === 'string' && Array.isArray(failure.actions);
}
