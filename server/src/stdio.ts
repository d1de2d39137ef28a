import { setImmediate as rest } from 'node:timers/promises';
import {
  type Connection,
  type ConnectionOptions,
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** From this size on, in bytes, a message is read in steps. */
const LARGE = 1024 * 1024;

/**
 * The connection over standard input and output. As the library would make it, but a message of many megabytes (a large file that is
 * opened) is decoded and parsed with a rest in between.
 */
export function connectStdio(options: ConnectionOptions): Connection {
  const reader = new StreamMessageReader(process.stdin, {
    contentTypeDecoder: {
      name: 'application/json',
      async decode(bytes) {
        if (bytes.length > LARGE) await rest();
        const text = new TextDecoder().decode(bytes);
        if (bytes.length > LARGE) await rest();
        return JSON.parse(text);
      },
    },
  });
  // The output is the protocol's; the editor that goes away without a word takes us along.
  for (const name of ['log', 'info', 'debug'] as const) console[name] = console.error;
  process.stdin.on('end', () => process.exit(1)).on('close', () => process.exit(1));
  return createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout), options);
}
