import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Host, startHost } from '../host/server.ts';
import { openWorkbench, type Workbench } from './driver.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const SAMPLES = path.join(ROOT, 'test', 'demo', 'workspace');

export interface StageOptions {
  /** Begins the names of the pictures. */
  name: string;
  /** Path of a kubeconfig, which need not exist. */
  kubeconfig: string;
  theme?: 'dark' | 'light';
  language?: 'en' | 'zh-cn';
  trusted?: boolean;
  /** Further files of the workspace, there before the window opens: only then quick open finds them at once. */
  files?: Readonly<Record<string, string>>;
}

/** A real VS Code on a copy of the sample workspace, with our extension as it was built, and a browser window on it. */
export interface Stage {
  host: Host;
  window: Workbench;
  workspace: string;
  /** Closes window and host. Throws if the window asked for anything from elsewhere. */
  close(): Promise<void>;
}

export async function openStage({
  name,
  kubeconfig,
  theme = 'dark',
  language = 'en',
  trusted = true,
  files = {},
}: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-stage-'));
  const workspace = path.join(folder, 'samples');
  cpSync(SAMPLES, workspace, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(workspace, file), text);
  const settings = { 'gpuctl.kubeconfig': kubeconfig, 'gpuctl.language': language };
  const host = await startHost({
    extensions: [ROOT],
    workspace,
    settings,
    theme,
    trusted,
    folders: [folder],
    env: { KUBECONFIG: undefined },
  });
  try {
    const window = await openWorkbench(host, { shotPrefix: `${name}-` });
    return {
      host,
      window,
      workspace,
      close: async () => {
        await window.close().finally(() => host.stop());
      },
    };
  } catch (error) {
    await host.stop();
    throw error;
  }
}

/** A copy of a kubeconfig (of JSON) that begins with another context. */
export function withContext(kubeconfig: string, context: string, folder: string): string {
  const file = path.join(folder, `kubeconfig-${context}`);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(kubeconfig, 'utf8')), 'current-context': context }), {
    mode: 0o600,
  });
  return file;
}

export const temporaryFolder = (): { path: string; remove(): void } => {
  const made = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-ui-'));
  return { path: made, remove: () => rmSync(made, { recursive: true, force: true }) };
};
