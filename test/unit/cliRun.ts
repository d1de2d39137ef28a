import { PassThrough, Readable } from 'node:stream';
import { run } from '../../server/src/cli/run.ts';
import { createClusters } from '../../server/src/cluster/index.ts';

/** What a command line said and how it ended. */
export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs the command line in this process, with an environment of its own. */
export async function gpuctl(
  args: string[],
  { stdin = '', env = {} }: { stdin?: string | Readable; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const collect = () => {
    const stream = new PassThrough();
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    return { stream, text: () => text };
  };
  const [out, err] = [collect(), collect()];
  const code = await run(args, {
    version: '1.2.3',
    clusters: createClusters(env),
    env: { LANG: 'en_US.UTF-8', ...env },
    stdin: typeof stdin === 'string' ? Readable.from([stdin]) : stdin,
    stdout: out.stream,
    stderr: err.stream,
    signal: new AbortController().signal,
  });
  return { code, out: out.text(), err: err.text() };
}
