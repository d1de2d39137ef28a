import { readFileSync } from 'node:fs';
import { run } from './cli/run.ts';
import { createClusters } from './cluster/index.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// Our wrapper runs VS Code's own Node; programs that a kubeconfig names for logging in are to know nothing of that.
delete process.env.ELECTRON_RUN_AS_NODE;

const abort = new AbortController();
/** The first asks to end, which takes back what is half made; the second does not wait for that. */
function interrupt(): void {
  if (abort.signal.aborted) process.exit(130);
  abort.abort();
}
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

const code = await run(process.argv.slice(2), {
  version,
  clusters: createClusters(),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: abort.signal,
});
// Not by itself: sockets that are kept open for the next request would keep us, too.
process.exit(code);
