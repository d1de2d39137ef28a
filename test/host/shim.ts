import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from './browser.ts';
import { startHost } from './server.ts';

/**
 * Takes the place of VS Code's desktop executable in `runTests`: same arguments, same exit code, but the suite runs in the
 * extension host of the npm-built server, with a headless browser as the window.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
    },
  });
  // The window takes one extension under development; the others are installed.
  const [developed, ...extensions] = (values.extensionDevelopmentPath ?? []) as string[];
  const tests = values.extensionTestsPath;
  if (typeof tests !== 'string' || !developed) throw new Error('This executable only runs extension tests.');

  const socketFolder = mkdtempSync(join(tmpdir(), 'gpuctl-shim-'));
  const socket = join(socketFolder, 'socket');
  const result = receive(socket);
  const host = await startHost({
    workspace: positionals[0],
    developed: [developed],
    extensions,
    settings: readSettings(values['user-data-dir']),
    env: { GPUCTL_SHIM_SOCKET: socket, GPUCTL_SHIM_TESTS: resolve(tests) },
  });
  try {
    const context = await chromium.launchPersistentContext(join(host.root, 'browser'), {
      executablePath: await ensureChromium(),
      args: CHROMIUM_ARGS,
      env: { ...process.env, XDG_CONFIG_HOME: host.root, XDG_CACHE_HOME: host.root },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = context.pages()[0] ?? (await context.newPage());
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    const payload: [string, string][] = [
      ['extensionDevelopmentPath', host.remoteUri(developed)],
      ['extensionTestsPath', host.remoteUri(join(import.meta.dirname, 'shimBoot.cjs'))],
    ];
    await page.goto(host.windowUrl({ payload }));
    const lost = (what: string) => new Error(`${what}. What the window said:\n${complaints.join('\n')}\n${host.logs}`);
    try {
      return await Promise.race([
        result,
        new Promise<never>((_, fail) => page.on('crash', () => fail(lost('The window crashed')))),
        host.exited.then(() => Promise.reject(lost('The server ended'))),
        orphaned().then(() => Promise.reject(new Error('The test runner is gone.'))),
        deadline().then((seconds) => Promise.reject(lost(`No result after ${seconds} s`))),
      ]);
    } finally {
      await context.close();
    }
  } finally {
    await host.stop();
    rmSync(socketFolder, { recursive: true, force: true });
  }
}

/** Prints what the suite prints; resolves to the exit code. A connection that breaks before the end is a failure. */
function receive(socket: string): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer((connection) => {
      const lines = createInterface({ input: connection });
      lines.on('line', (line) => {
        const message = JSON.parse(line) as { out?: string; done?: true; error?: string };
        if (message.out !== undefined) process.stdout.write(message.out);
        if (message.error) console.error(message.error);
        if (message.done) done(message.error ? 1 : 0);
      });
      lines.on('close', () => fail(new Error('The extension host ended before the suite did.')));
    });
    server.on('error', fail);
    server.listen(socket);
  });
}

function readSettings(userDataDir: unknown): Record<string, unknown> {
  const file = typeof userDataDir === 'string' ? join(userDataDir, 'User/settings.json') : '';
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** `runTests` holds the other end of our standard input as long as it lives. */
async function orphaned(): Promise<void> {
  await once(process.stdin.resume(), 'end');
}

async function deadline(): Promise<number> {
  const seconds = Number(process.env.GPUCTL_HOST_TIMEOUT ?? 300);
  await new Promise((done) => setTimeout(done, seconds * 1000).unref());
  return seconds;
}

process.exit(
  await main().catch((error) => {
    console.error(error);
    return 1;
  }),
);
