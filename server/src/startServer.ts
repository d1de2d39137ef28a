import type { Connection, ConnectionOptions, InitializeParams, InitializeResult } from 'vscode-languageserver';
import type { ClientOptions, ServerOptions } from './protocol.ts';
import type { ServerPorts } from './server.ts';

/** `TextDocumentSyncKind.Incremental`; the protocol package is not loaded for a number. */
const INCREMENTAL = 2;

/**
 * Answers `initialize` first and loads the rest then: an editor waits for this answer before it does anything else. What the client
 * says before the rest is there waits for it, in order.
 */
export function startServer(connect: (options: ConnectionOptions) => Connection, ports: ServerPorts): void {
  let client: InitializeParams | undefined;
  let loading: Promise<void> | undefined;
  const connection = connect({
    messageStrategy: {
      async handleMessage(message, next) {
        if (loading) await loading;
        await next(message);
        if (client && !loading) loading = load(connection, client, ports);
      },
    },
  });
  connection.onInitialize((params) => {
    client = params;
    return toInitializeResult(params, ports.version);
  });
  connection.listen();
}

async function load(connection: Connection, params: InitializeParams, ports: ServerPorts): Promise<void> {
  const { createServer } = await import('./server.ts');
  createServer(connection, params, ports);
  const { warmUp } = await import('./language/warmUp.ts');
  void warmUp();
}

function toInitializeResult({ initializationOptions }: InitializeParams, version: string): InitializeResult {
  const ours = (initializationOptions as ClientOptions | undefined)?.version !== undefined;
  const gpuctl: ServerOptions = { version };
  return {
    serverInfo: { name: 'gpuctl', version },
    capabilities: {
      textDocumentSync: { openClose: true, change: INCREMENTAL },
      codeActionProvider: { codeActionKinds: ['quickfix'] },
      ...(ours && { codeLensProvider: {} }), // its commands are our client's
      experimental: { gpuctl },
    },
  };
}
