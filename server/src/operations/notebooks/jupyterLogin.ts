import { message } from '../../../../l10n/index.ts';
import { GpuctlError } from '../error.ts';
import type { Cluster } from '../ports.ts';
import { callJupyter, type JupyterAnswer } from './jupyterCalls.ts';
import type { NotebookAccess } from './notebooks.ts';

/** Exchanges a password for the cookies that every further request bears. Throws `notebook.wrong-password`. */
export async function logInToJupyter(
  cluster: Cluster,
  access: NotebookAccess,
  { secret, host }: { secret: string; host: string },
  signal: AbortSignal,
): Promise<NotebookAccess> {
  const { place, path } = access;
  const page = await callJupyter(cluster, place, `${path}login`, { headers: { host }, signal });
  const cookies = cookiesOf(page);
  const xsrf = cookies.get('_xsrf') ?? '';
  const answer = await callJupyter(cluster, place, `${path}login`, {
    method: 'POST',
    headers: { host, cookie: toHeader(cookies), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _xsrf: xsrf, password: secret }).toString(),
    signal,
  });
  const given = cookiesOf(answer);
  if (answer.status >= 400 || ![...given.keys()].some((name) => name !== '_xsrf'))
    throw new GpuctlError('notebook.wrong-password', message('notebook.wrong-password'));
  const headers = { Cookie: toHeader(new Map([...cookies, ...given])), 'X-XSRFToken': xsrf };
  return { ...access, headers, needsPassword: false };
}

function cookiesOf({ headers }: JupyterAnswer): Map<string, string> {
  const pairs = (headers['set-cookie'] ?? []).map((line) => /^([^=;]+)=([^;]*)/.exec(line));
  return new Map(pairs.flatMap((pair) => (pair?.[1] && pair[2] !== undefined ? [[pair[1], pair[2]] as const] : [])));
}

const toHeader = (cookies: Map<string, string>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
