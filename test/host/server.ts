import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Progress } from './exec.ts';
import { addExtensions, addLanguagePack, type Profile, writeSettings } from './extensions.ts';
import type { GuardTask } from './guard.ts';
import { ensureHost, type HostInstall } from './install.ts';
import { QUIET_SETTINGS, THEMES, type Theme } from './settings.ts';

export interface HostOptions extends Progress {
  /** Extensions to have: `.vsix` files, which are installed as a person would, or folders, which are used where they lie. */
  extensions?: readonly string[];
  /** Folder or `.code-workspace` file to open; empty window without it. */
  workspace?: string;
  /** User settings, on top of {@link QUIET_SETTINGS}. */
  settings?: Readonly<Record<string, unknown>>;
  /** Environment of the server and of its extension host, on top of ours; undefined takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>;
  /** VS Code's display language. */
  locale?: 'en' | 'zh-cn';
  theme?: Theme;
  /** False: the workspace opens in restricted mode, and trust can be granted in the window. Default: true. */
  trusted?: boolean;
  /** Port on loopback; a free one without it. */
  port?: number;
  /** Further folders that are removed at the end. */
  folders?: readonly string[];
  /** Folders of extensions under development, if {@link Host.windowUrl}'s payload is to name them and a suite. */
  developed?: readonly string[];
}

export interface Host {
  /** Address that opens the workspace, fit for a person. */
  url: string;
  origin: string;
  /** Temporary folder of this host; gone after stop. */
  root: string;
  userDataDir: string;
  install: HostInstall;
  /** What the server printed so far. */
  readonly logs: string;
  /** Resolves when the server is gone, stopped or not. */
  exited: Promise<number>;
  /** Address of a window: another folder, a file that opens at once, further `payload` entries of the workbench. */
  windowUrl(options?: { folder?: string; openFile?: string; payload?: [string, string][] }): string;
  /** Uri of a path of this machine as the window sees it. */
  remoteUri(path: string): string;
  /** Ends every process of the host and removes what it wrote. */
  stop(): Promise<void>;
}

/** Time a server may take to listen, in milliseconds. */
const START_LIMIT = 60_000;

/** Starts a real VS Code server on loopback with a profile of its own. Should the caller die, the server goes too. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const install = await ensureHost(options);
  const root = mkdtempSync(join(tmpdir(), 'gpuctl-host-'));
  const profile = await makeProfile(install, root, options).catch((error) => {
    rmSync(root, { recursive: true, force: true });
    throw error;
  });
  const { userDataDir } = profile;
  const own = {
    TMPDIR: root,
    XDG_RUNTIME_DIR: root,
    XDG_DATA_HOME: root,
    XDG_STATE_HOME: root,
    EXTENSIONS_GALLERY: '{}',
  };
  const env = serverEnv({ ...own, ...options.env });
  const child = spawnGuarded(
    install.node,
    [install.serverEntry, ...serverArgs(options), ...profile.flags],
    [root, ...(options.folders ?? [])],
    env,
  );
  let logs = '';
  child.stdout?.on('data', (chunk) => (logs += chunk));
  child.stderr?.on('data', (chunk) => (logs += chunk));
  const exited = new Promise<number>((done) => child.once('close', (code) => done(code ?? 1)));
  const stop = async () => {
    child.stdin?.end();
    await exited;
  };
  const origin = await waitForAddress(child, () => logs).catch(async (error) => {
    await stop();
    throw error;
  });
  return {
    ...windowAddresses(origin, options.workspace),
    origin,
    root,
    userDataDir,
    install,
    get logs() {
      return logs;
    },
    exited,
    stop,
  };
}

async function makeProfile(install: HostInstall, root: string, options: HostOptions): Promise<Profile> {
  const userDataDir = join(root, 'user');
  const extensionsDir = join(root, 'extensions');
  const config = join(root, 'config.yaml');
  mkdirSync(userDataDir);
  mkdirSync(extensionsDir);
  writeFileSync(config, 'cert: false\n');
  const flags = ['--extensions-dir', extensionsDir, '--user-data-dir', userDataDir, '--config', config];
  const profile: Profile = { userDataDir, extensionsDir, flags };
  await addExtensions(install, profile, options.extensions ?? []);
  if (options.locale === 'zh-cn') addLanguagePack(root, profile);
  const theme = { 'workbench.colorTheme': THEMES[options.theme ?? 'dark'] };
  writeSettings(profile, { ...QUIET_SETTINGS, ...theme, ...options.settings }, options.developed);
  return profile;
}

/** Starts a program that ends, with its whole process group, when `stdin` of the returned process closes. */
export function spawnGuarded(command: string, args: string[], folders: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const task: GuardTask = { command, args, folders };
  return spawn(process.execPath, [join(import.meta.dirname, 'guard.ts'), JSON.stringify(task)], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
}

function serverArgs({ port = 0, trusted = true, locale, developed }: HostOptions): string[] {
  return [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--ignore-last-opened'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(trusted ? ['--disable-workspace-trust'] : []),
    ...(locale ? ['--locale', locale] : []),
    // Built versions take a payload about extensions only with this.
    ...(developed ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
}

/** Our environment without what a surrounding VS Code, npm script or Node option would slip into the server. */
function serverEnv(extra: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_(?!TEST_)|ELECTRON_|CODE_SERVER_|npm_)|^(PORT|PASSWORD|NODE_OPTIONS)$/;
  const ours = Object.entries(process.env).filter(([key]) => !foreign.test(key));
  return { ...Object.fromEntries(ours), ...extra };
}

function waitForAddress(child: ChildProcess, getLogs: () => string): Promise<string> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`VS Code did not listen in time:\n${getLogs()}`)), START_LIMIT);
    const look = () => {
      const address = /HTTP server listening on (http:\/\/[^\s/]+)/.exec(getLogs())?.[1];
      if (!address) return;
      clearTimeout(timer);
      done(address);
    };
    child.stdout?.on('data', look);
    child.once('close', (code) => {
      clearTimeout(timer);
      fail(new Error(`VS Code ended at its start (${code}):\n${getLogs()}`));
    });
  });
}

function windowAddresses(origin: string, workspace?: string): Pick<Host, 'url' | 'windowUrl' | 'remoteUri'> {
  const remoteUri = (path: string) => `vscode-remote://${new URL(origin).host}${encodeURI(resolve(path))}`;
  const windowUrl: Host['windowUrl'] = ({ folder = workspace, openFile, payload = [] } = {}) => {
    const url = new URL(origin);
    if (!folder) url.searchParams.set('ew', 'true');
    else url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', resolve(folder));
    const entries = openFile ? [...payload, ['openFile', remoteUri(openFile)]] : payload;
    if (entries.length > 0) url.searchParams.set('payload', JSON.stringify(entries));
    return url.href.replaceAll('%2F', '/');
  };
  return { url: windowUrl(), windowUrl, remoteUri };
}
