import type * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { ClientOptions } from '../../../server/src/protocol.ts';
import { documentSelector } from './documents.ts';
import { linkToPages } from './findingPages.ts';
import { hideSecrets } from './hideSecrets.ts';

/** The library reports trouble by popups of its own; ours goes to the output channel, the status bar and the views. */
class QuietLanguageClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** The library stops a server that died at its start, and does not look after what comes of it. */
  override stop(timeout?: number): Promise<void> {
    return super.stop(timeout).catch((error) => this.outputChannel.debug(String(error)));
  }
}

export interface LanguageClientSetup {
  /** Path of the server's module. */
  module: string;
  output: vscode.LogOutputChannel;
  options: () => ClientOptions;
  /** Variables that each start of the server adds to those of the editor. */
  environment: () => Record<string, string>;
  /** The server has gone. Resolves to whether it shall be started again, when the time for that has come. */
  closed: () => Promise<boolean>;
}

/** The same channel, with what nobody is to read left out. */
const withoutSecrets = (output: vscode.LogOutputChannel): vscode.LogOutputChannel =>
  new Proxy(output, {
    get(target, key) {
      const value = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) =>
        value.apply(
          target,
          args.map((one) => (typeof one === 'string' ? hideSecrets(one) : one)),
        );
    },
  });

/** Makes the client of the language server. Loaded when first needed, since this library is most of our code. */
export function createLanguageClient({
  module,
  output,
  options,
  environment,
  closed,
}: LanguageClientSetup): LanguageClient {
  const server = {
    module,
    transport: TransportKind.ipc,
    // A small young generation: the server lives long, and its memory is the person's.
    options: {
      execArgv: ['--max-semi-space-size=1', '--v8-pool-size=2'],
      get env() {
        return environment();
      },
    },
  };
  return new QuietLanguageClient(
    'gpuctl',
    'gpuctl',
    { run: server, debug: server },
    {
      documentSelector: documentSelector(),
      initializationOptions: options,
      initializationFailedHandler: () => false,
      outputChannel: output,
      traceOutputChannel: withoutSecrets(output),
      diagnosticCollectionName: 'gpuctl',
      middleware: { handleDiagnostics: (uri, diagnostics, next) => next(uri, linkToPages(diagnostics)) },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: async () => ({
          action: (await closed()) ? CloseAction.Restart : CloseAction.DoNotRestart,
          handled: true,
        }),
      },
    },
  );
}
