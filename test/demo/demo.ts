import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { Cluster } from '../cluster/cluster.ts';
import { run } from '../host/exec.ts';
import { type Host, spawnGuarded, startHost } from '../host/server.ts';
import { QUIET_SETTINGS } from '../host/settings.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const COMPANION = join(import.meta.dirname, 'companion');
const FIRST_FILE = '1-first-job.gpuctl.yaml';

export interface DemoOptions {
  /** What is being prepared, as one sentence; undefined when nothing is any more. */
  onProgress: (sentence: string | undefined) => void;
  /** Desktop VS Code's executable; without it the editor is a browser page. */
  desktop?: string | undefined;
  port?: number | undefined;
  locale?: 'en' | 'zh-cn';
  /** Somebody's own cluster (a path, or several as in KUBECONFIG); without it a cluster is started here. */
  kubeconfig?: string | undefined;
}

export interface Demo {
  /** A copy of the sample files, gone after stop. */
  workspace: string;
  /** The browser host; undefined with desktop VS Code. */
  host: Host | undefined;
  /** Resolves when jobs can be submitted, to the kubeconfig's path. */
  clusterReady: Promise<string>;
  /** Resolves when the editor is gone, stopped or closed by the person. */
  closed: Promise<unknown>;
  stop(): Promise<void>;
}

/** What the companion extension shows. */
interface Status {
  state: 'preparing' | 'ready' | 'failed';
  sentence: string;
}

/** Builds the extension, opens it in VS Code on a copy of the samples, and prepares the cluster behind its back. */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  const { onProgress, kubeconfig } = options;
  onProgress('Building the extension');
  await buildExtension();
  const folder = mkdtempSync(join(tmpdir(), 'gpuctl-demo-'));
  const workspace = join(folder, 'workspace');
  const kubeconfigPath = kubeconfig ?? join(folder, 'kubeconfig');
  cpSync(join(import.meta.dirname, 'workspace'), workspace, { recursive: true });
  const writeStatus = (status: Status) => writeWhole(join(folder, 'status.json'), JSON.stringify(status));

  const abort = new AbortController();
  let cluster: Cluster | undefined;
  const startOwnCluster = async () => {
    const prepare = (sentence: string) => {
      writeStatus({ state: 'preparing', sentence });
      onProgress(sentence);
    };
    const { signal } = abort;
    prepare('Preparing the demo cluster');
    const [{ ensureBinaries }, { startCluster }, { jupyterImages }] = await Promise.all([
      import('../cluster/binaries.ts'),
      import('../cluster/cluster.ts'),
      import('./jupyterImages.ts'),
    ]);
    await ensureBinaries({ signal, onProgress: ({ message }) => prepare(message) });
    prepare('Installing Jupyter for the demo cluster');
    const images = await jupyterImages();
    signal.throwIfAborted();
    prepare('Starting the demo cluster');
    cluster = await startCluster({ signal, images });
    writeWhole(kubeconfigPath, readFileSync(cluster.kubeconfig, 'utf8'));
    writeStatus({ state: 'ready', sentence: 'The demo cluster is ready' });
    return kubeconfigPath;
  };

  let editor: Editor;
  try {
    onProgress('Opening VS Code');
    editor = await openEditor(options, folder, workspace, kubeconfigPath);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const clusterReady = kubeconfig ? Promise.resolve(kubeconfig) : startOwnCluster();
  clusterReady.then(
    () => onProgress(undefined),
    (error: Error) => {
      if (abort.signal.aborted) return;
      onProgress(undefined);
      writeStatus({ state: 'failed', sentence: `The demo cluster did not start. ${error.message}` });
    },
  );
  return {
    workspace,
    host: editor.host,
    clusterReady,
    closed: editor.closed,
    async stop() {
      abort.abort();
      await editor.stop();
      await clusterReady.catch(() => {});
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Editor {
  host?: Host;
  closed: Promise<unknown>;
  stop(): Promise<void>;
}

async function openEditor(
  { desktop, port, locale, onProgress }: DemoOptions,
  folder: string,
  workspace: string,
  kubeconfig: string,
): Promise<Editor> {
  // Several files, as KUBECONFIG may name, are no setting: then the environment tells them.
  const isOne = !kubeconfig.includes(delimiter);
  const settings = {
    ...(isOne ? { 'gpuctl.kubeconfig': kubeconfig } : {}),
    'editor.cursorBlinking': 'blink',
    'workbench.reduceMotion': 'auto',
  };
  const env = {
    GPUCTL_DEMO_STATUS: join(folder, 'status.json'),
    GPUCTL_DEMO_OPEN: join(workspace, FIRST_FILE),
    ...(isOne ? {} : { KUBECONFIG: kubeconfig }),
  };
  if (desktop) return openDesktop(desktop, folder, workspace, settings, env);
  const host = await startHost({
    extensions: [ROOT, COMPANION],
    workspace,
    settings,
    env,
    folders: [folder],
    ...(port === undefined ? {} : { port }),
    ...(locale === undefined ? {} : { locale }),
    onProgress,
  });
  return { host, closed: host.exited, stop: host.stop };
}

function openDesktop(
  executable: string,
  folder: string,
  workspace: string,
  settings: Record<string, unknown>,
  env: Record<string, string>,
): Editor {
  const user = join(folder, 'user');
  writeWhole(join(user, 'User/settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  const args = [
    ...['--new-window', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
    ...[`--user-data-dir=${user}`, `--extensions-dir=${join(folder, 'extensions')}`],
    ...[ROOT, COMPANION].map((path) => `--extensionDevelopmentPath=${path}`),
    workspace,
  ];
  const child = spawnGuarded(executable, args, [folder], { ...process.env, ...env });
  child.stdout?.resume();
  child.stderr?.resume();
  const closed = new Promise((done) => child.once('close', done));
  const stop = async () => {
    child.stdin?.end();
    await closed;
  };
  return { closed, stop };
}

async function buildExtension(): Promise<void> {
  const { code, output } = await run(process.execPath, ['esbuild.mjs'], ROOT);
  if (code !== 0) throw new Error(`The extension does not build:\n${output}`);
}

/** Writes a file so that a reader sees the old text or the new one, never a part. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
