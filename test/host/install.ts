import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export { ensureChromium, ensureCjkFont } from './browser.ts';

import { getCacheDir, withLock } from './cache.ts';
import { type Progress, run } from './exec.ts';

/** The npm package the host is made of; VS Code's own version is in {@link HostInstall.version}. */
export const CODE_SERVER_VERSION = '4.139.1';

/** Raised when what the stand-ins do to the installed tree changes, so that older caches are made anew. */
const RECIPE = 1;

export interface HostInstall {
  /** Node that runs the server: the one running this script (24 or newer). */
  node: string;
  /** Script that starts the server. */
  serverEntry: string;
  /** VS Code's version, such as 1.139.1. */
  version: string;
  /** Whether the integrated terminal works: the native part of node-pty loads on this machine. */
  terminal: boolean;
}

/**
 * Finds or makes the real VS Code server: code-server from npm with VS Code's own dependencies, no install scripts, no
 * compiler. It lies in the cache, keyed by version, and appears there whole or not at all; concurrent callers wait for one.
 */
export async function ensureHost({ onProgress = () => {} }: Progress = {}): Promise<HostInstall> {
  if (Number.parseInt(process.versions.node, 10) < 24) {
    throw new Error(
      `VS Code's server needs Node 24; this is ${process.version}. Start it by an npm script of this project.`,
    );
  }
  const home = join(getCacheDir(), `host-${CODE_SERVER_VERSION}-${RECIPE}-${process.platform}-${process.arch}`);
  if (!existsSync(join(home, 'ready.json'))) {
    const onWait = (pid: number) => onProgress(`VS Code is being installed by process ${pid}; waiting for it`);
    await withLock(`${home}.lock`, onWait, async () => {
      if (!existsSync(join(home, 'ready.json'))) await install(home, onProgress);
    });
  }
  const { version, terminal } = JSON.parse(readFileSync(join(home, 'ready.json'), 'utf8'));
  const serverEntry = join(home, 'node_modules/code-server/out/node/entry.js');
  return { node: process.execPath, serverEntry, version, terminal };
}

async function install(home: string, onProgress: (sentence: string) => void): Promise<void> {
  const partial = `${home}.partial`;
  rmSync(partial, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const manifest = { name: 'gpuctl-host', private: true, dependencies: { 'code-server': CODE_SERVER_VERSION } };
  writeFileSync(join(partial, 'package.json'), JSON.stringify(manifest));
  onProgress('Installing VS Code from npm (1 of 2): the server');
  await runNpm(['install'], partial);
  const vscode = join(partial, 'node_modules/code-server/lib/vscode');
  onProgress('Installing VS Code from npm (2 of 2): its libraries');
  await runNpm(['install', '--omit=dev', '--no-save'], vscode);
  for (const name of ['spdlog', 'native-watchdog']) {
    copyFileSync(
      join(import.meta.dirname, 'standIns', `${name}.cjs`),
      join(vscode, `node_modules/@vscode/${name}/index.js`),
    );
  }
  const { version } = JSON.parse(readFileSync(join(vscode, 'package.json'), 'utf8'));
  const terminal = await canOpenTerminal(vscode);
  if (!terminal) onProgress('This machine cannot load node-pty as npm brings it: VS Code will have no terminal');
  writeFileSync(join(partial, 'ready.json'), JSON.stringify({ version, terminal }));
  renameSync(partial, home);
}

/** node-pty brings its native part prebuilt for Linux (glibc), macOS and Windows; whether it loads is tried, not assumed. */
async function canOpenTerminal(vscode: string): Promise<boolean> {
  const script = `const t = require('node-pty').spawn('sh', ['-c', 'exit 7'], {}); t.onExit(e => process.exit(e.exitCode));`;
  return (await run(process.execPath, ['-e', script], vscode)).code === 7;
}

async function runNpm(args: string[], cwd: string): Promise<void> {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  const { code, output } = await run('npm', [...args, ...flags], cwd);
  if (code !== 0)
    throw new Error(`npm ${args[0]} failed (${code}) while VS Code was being installed:\n${output.slice(-2000)}`);
}

if (import.meta.main) {
  const onProgress = (sentence: string) => console.log(sentence);
  console.log(await ensureHost({ onProgress }));
}
