import { WebSocket } from 'ws';
import type { Session } from './credentials.ts';
import { HttpFailure, readBody } from './wire.ts';

/**
 * Opens a WebSocket with the credentials and on the way of every other request. It comes paused, so that nothing is lost before somebody
 * listens: `resume` it then. Rejects with HttpFailure where the server refuses, else with what the network says. An abort before it is open ends it.
 */
export function openWebSocket(
  url: URL,
  protocols: readonly string[],
  session: Session,
  signal: AbortSignal,
): Promise<WebSocket> {
  const isSecret = url.protocol === 'https:' || url.protocol === 'wss:';
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [...protocols], {
      agent: session.agent,
      headers: { ...session.headers, 'User-Agent': 'gpuctl' } as Record<string, string>,
      ...(session.auth && { auth: session.auth }),
      perMessageDeflate: false,
      skipUTF8Validation: true,
      // A mask keeps what is in between from taking bytes for requests (RFC 6455, 10.3). Nobody reads TLS; and to mask costs more than all the rest.
      ...(isSecret && { generateMask: (mask: Buffer) => void mask.fill(0) }),
    });
    const stop = () => socket.terminate();
    signal.addEventListener('abort', stop, { once: true });
    socket.on('error', reject); // stays for life: an error later must find a listener
    socket.once('open', () => {
      signal.removeEventListener('abort', stop);
      socket.pause();
      resolve(socket);
    });
    socket.once('close', () => signal.removeEventListener('abort', stop));
    socket.once('unexpected-response', (request, response) => {
      readBody(response)
        .then((text) => new HttpFailure(response.statusCode ?? 0, text, response.headers['retry-after']))
        .then(reject, reject)
        .finally(() => request.destroy());
    });
    if (signal.aborted) stop();
  });
}
