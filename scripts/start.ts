import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { checkDemo } from '../test/demo/check.ts';
import { type Demo, openDemo } from '../test/demo/demo.ts';
import { findOnPath } from '../test/host/browser.ts';
import { findDesktop } from '../test/host/desktop.ts';

const HELP = `npm start [-- options]

Opens VS Code with gpuctl on a sample workspace, and starts a small GPU cluster on this machine for it.
The first start compiles that cluster (minutes); the editor can be used meanwhile.

  --kubeconfig FILE    use this cluster and start none (also: the environment variable KUBECONFIG)
  --browser            a browser page even where desktop VS Code is installed
  --port N             port of the browser page; without it a free one
  --language LANGUAGE  en or zh-cn; without it as LANG says
  --no-open            only print the address
  --check              do the whole path without a screen, say what was done, and end
  --help`;

const options = {
  kubeconfig: { type: 'string' },
  browser: { type: 'boolean' },
  port: { type: 'string' },
  language: { type: 'string' },
  'no-open': { type: 'boolean' },
  check: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** One line of the terminal that is rewritten; where there is no terminal, a line now and then. */
class ProgressLine {
  private shown = '';
  private last = 0;

  set(sentence: string | undefined): void {
    if (process.stdout.isTTY) {
      const width = (process.stdout.columns || 80) - 3;
      process.stdout.write(`\r\x1b[K${sentence ? `… ${sentence.slice(0, width)}` : ''}`);
    } else if (sentence && sentence !== this.shown && Date.now() - this.last > 10_000) {
      process.stdout.write(`… ${sentence}\n`);
      this.last = Date.now();
    }
    this.shown = sentence ?? '';
  }

  /** Prints a line that stays, above the progress. */
  say(line: string): void {
    const current = this.shown;
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
    process.stdout.write(`${line}\n`);
    if (current && process.stdout.isTTY) this.set(current);
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const line = new ProgressLine();
  const stopped = waitForSignal();
  const demo = await openDemo({
    onProgress: (sentence) => line.set(sentence),
    desktop: values.browser || values.check ? undefined : findDesktop(),
    port: values.port === undefined ? undefined : Number(values.port),
    locale: toLocale(values.check ? 'en' : (values.language ?? process.env.LC_ALL ?? process.env.LANG)),
    kubeconfig: values.kubeconfig || process.env.GPUCTL_CLUSTER_KUBECONFIG || process.env.KUBECONFIG || undefined,
  });
  try {
    if (values.check) {
      const check = checkDemo(demo, (text) => line.say(text));
      return await Promise.race([check, stopped.then(() => 130)]);
    }
    present(demo, line, !values['no-open']);
    await Promise.race([stopped, demo.closed]);
    return 0;
  } finally {
    line.set('Stopping');
    await demo.stop();
    line.set(undefined);
  }
}

function present(demo: Demo, line: ProgressLine, open: boolean): void {
  if (demo.host) {
    line.say(`VS Code   ${demo.host.url}`);
    if (open) openInBrowser(demo.host.url);
  } else {
    line.say('VS Code   opens in its own window');
  }
  line.say(`Files     ${demo.workspace} (a copy of the samples, removed at the end)`);
  line.say('Ctrl-C ends everything.');
  demo.clusterReady.then(
    (kubeconfig) => line.say(`Cluster   ready; kubeconfig ${kubeconfig}`),
    (error: Error) => line.say(`Cluster   did not start: ${error.message}`),
  );
}

function openInBrowser(url: string): void {
  const hasScreen = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const opener = process.platform === 'darwin' ? 'open' : hasScreen && findOnPath('xdg-open') && 'xdg-open';
  if (opener) spawn(opener, [url], { stdio: 'ignore', detached: true }).unref();
}

function toLocale(language = 'en'): 'en' | 'zh-cn' {
  return /^zh/i.test(language) ? 'zh-cn' : 'en';
}

/** Resolves at the first signal to end; a second one ends at once, and the watchdogs clean up. */
function waitForSignal(): Promise<void> {
  return new Promise((done) => {
    let count = 0;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        count += 1;
        if (count > 1) process.exit(130);
        done();
      });
    }
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? `\n${error.message}` : error);
  process.exitCode = 1;
}
