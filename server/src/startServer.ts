import type { Connection, ConnectionOptions, InitializeParams, InitializeResult } from 'vscode-languageserver';
import { buildCapabilities } from './language/capabilities.ts';
import type { ClientOptions, OtherClientOptions, ServerOptions } from './protocol.ts';
import type { Ready, ServerPorts } from './server.ts';

/**
 * Answers `initialize` first and loads the rest then: an editor waits for this answer before it does anything else. What the client
 * says before the rest is there waits for it, in order.
 */
export function startServer(connect: (options: ConnectionOptions) => Connection, ports: ServerPorts): void {
  let client: InitializeParams | undefined;
  let loading: Promise<Ready> | undefined;
  let ready: Ready | undefined;
  const connection = connect({
    messageStrategy: {
      async handleMessage(message, next) {
        if (loading) ready = await loading;
        await ready?.(message);
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

async function load(connection: Connection, params: InitializeParams, ports: ServerPorts): Promise<Ready> {
  const { createServer } = await import('./server.ts');
  const ready = createServer(connection, params, ports);
  const { warmUp } = await import('./language/warmUp.ts');
  void warmUp();
  return ready;
}

function toInitializeResult(
  { initializationOptions, capabilities }: InitializeParams,
  version: string,
): InitializeResult {
  const ours = (initializationOptions as ClientOptions | undefined)?.version !== undefined;
  const pulls = (initializationOptions as OtherClientOptions | undefined)?.diagnostics === 'pull';
  const tellLater = capabilities.textDocument?.formatting?.dynamicRegistration ?? false;
  const gpuctl: ServerOptions = { version };
  return {
    serverInfo: { name: 'gpuctl', version },
    capabilities: { ...buildCapabilities(ours, tellLater, pulls), experimental: { gpuctl } },
  };
}
