import { message } from '../../../l10n/index.ts';
import { cancelled, GpuctlError } from '../operations/error.ts';
import type { LogOptions } from '../operations/ports.ts';
import { toPath, toQuery } from './resources.ts';
import type { Transport } from './transport.ts';

/** Of the kubelet and the API server, answered with 400 while a pod comes up. */
const NOT_STARTED =
  /waiting to start: (.+)|(does not have a host assigned)|(trying and failing to pull image)|(image can't be pulled)/s;
const NONE = /previous terminated container|is not valid for pod|container name must be specified/;

/**
 * The log of a container as it comes, whole characters only, without a time limit. The next chunk is read when it is asked for.
 * It returns where the log ends: with the container where it is followed. For a pod that has no node yet the API server gives an
 * empty log that ends at once. Throws GpuctlError `log.not-started`, `log.none`, `log.torn` (go on with `sinceTime`), `cancelled`
 * and those of every call; leaving the loop or the signal ends the request on the server, too.
 */
export async function* readLog(
  transport: Transport,
  pod: { namespace: string; name: string },
  { container, follow, tailLines, sinceTime, previous, timestamps, signal }: LogOptions,
): AsyncGenerator<string, void> {
  const query = toQuery({ container, follow, tailLines, sinceTime, previous, timestamps });
  const path = `${toPath({ apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace }, pod.name)}/log${query}`;
  const response = await transport.open(path, signal).catch((error) => {
    throw refine(error);
  });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') yield text;
    }
  } catch (failure) {
    const error = transport.explain(failure);
    if (signal.aborted) throw cancelled();
    if (error.code === 'cancelled') throw error;
    const options = {
      hint: message('connection.log.torn.hint'),
      cause: failure,
      ...(error.detail && { detail: error.detail }),
    };
    throw new GpuctlError('log.torn', message('connection.log.torn'), options);
  } finally {
    response.destroy();
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

function refine(error: GpuctlError): GpuctlError {
  const { status, detail = '', cause } = error;
  if (status !== 400) return error;
  const more = { status, detail, cause };
  const waiting = NOT_STARTED.exec(detail);
  if (waiting) {
    const reason = waiting.slice(1).find((it) => it !== undefined) ?? '';
    const hint = message('connection.log.not-started.hint');
    return new GpuctlError('log.not-started', message('connection.log.not-started', { reason }), { ...more, hint });
  }
  if (!NONE.test(detail)) return error;
  const hint = message('connection.log.none.hint');
  return new GpuctlError('log.none', message('connection.log.none', { reason: detail }), { ...more, hint });
}
