// A WebSocket client of the few frames that exec and port-forward need: Node's own cannot present a client certificate.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { ApiClient } from '../apiClient.ts';

/** An open connection. Messages come to the `onMessage` that `openWebSocket` got; `closed` resolves at the end. */
export interface Connection {
  protocol: string;
  send(message: Buffer): void;
  close(): void;
  closed: Promise<void>;
}

/** Opens a WebSocket to the API server. @throws Error with status and text where the server refuses the upgrade. */
export function openWebSocket(
  api: ApiClient,
  url: string,
  protocol: string,
  onMessage: (message: Buffer) => void,
): Promise<Connection> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    'sec-websocket-protocol': protocol,
  };
  return new Promise((resolve, reject) => {
    const request = https.get(api.server + url, { ...api.credentials, headers, agent: false });
    request.on('error', reject);
    request.on('response', (response: IncomingMessage) => {
      let text = '';
      response.on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => reject(new Error(`${response.statusCode} ${text}`)));
    });
    request.on('upgrade', (response: IncomingMessage, socket: Duplex, head: Buffer) => {
      const closed = new Promise<void>((done) => socket.on('close', () => done()).on('error', () => done()));
      const feed = frameReader(onMessage, () => socket.end());
      feed(head);
      socket.on('data', feed);
      resolve({
        protocol: response.headers['sec-websocket-protocol'] ?? '',
        send: (message) => void socket.write(frame(2, message)),
        close: () => void socket.end(frame(8, Buffer.alloc(0))),
        closed,
      });
    });
  });
}

/** A masked frame, as clients must send it. */
function frame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const long = payload.length > 125;
  const header = Buffer.alloc(long ? 10 : 2);
  header[0] = 0x80 | opcode;
  header[1] = 0x80 | (long ? 127 : payload.length);
  if (long) header.writeBigUInt64BE(BigInt(payload.length), 2);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([header, mask, masked]);
}

function frameReader(onMessage: (message: Buffer) => void, onClose: () => void): (piece: Buffer) => void {
  let pending = Buffer.alloc(0);
  return (piece) => {
    pending = Buffer.concat([pending, piece]);
    while (pending.length >= 2) {
      const short = (pending[1] ?? 0) & 0x7f;
      const start = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (pending.length < start) return;
      const length =
        short === 126 ? pending.readUInt16BE(2) : short === 127 ? Number(pending.readBigUInt64BE(2)) : short;
      if (pending.length < start + length) return;
      const opcode = (pending[0] ?? 0) & 0x0f;
      const payload = pending.subarray(start, start + length);
      pending = pending.subarray(start + length);
      if (opcode === 8) onClose();
      else if (opcode <= 2) onMessage(payload);
    }
  };
}
