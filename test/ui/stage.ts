import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Host, startHost } from '../host/server.ts';
import type { Theme } from '../host/settings.ts';
import { openWorkbench, type Workbench } from './driver.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const SAMPLES = path.join(ROOT, 'test', 'demo', 'workspace');

export interface StageOptions {
  /** Begins the names of the pictures. */
  name: string;
  /** Path of a kubeconfig, which need not exist. */
  kubeconfig: string;
  theme?: Theme;
  /** `en-xa`: the pseudo-locale. */
  language?: 'en' | 'zh-cn' | 'en-xa';
  /** VS Code's own language, in which the manifest's texts are; English without it. */
  locale?: 'en' | 'zh-cn';
  trusted?: boolean;
  /** Further files of the workspace, there before the window opens: only then quick open finds them at once. */
  files?: Readonly<Record<string, string>>;
  /** Folders of further extensions. */
  extensions?: readonly string[];
  /** Further settings. */
  settings?: Readonly<Record<string, unknown>>;
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
  locale,
  trusted = true,
  files = {},
  extensions = [],
  settings: more = {},
}: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-stage-'));
  const workspace = path.join(folder, 'samples');
  cpSync(SAMPLES, workspace, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(workspace, file)), { recursive: true });
    writeFileSync(path.join(workspace, file), text);
  }
  const settings = { ...more, 'gpuctl.kubeconfig': kubeconfig, 'gpuctl.language': language };
  const host = await startHost({
    extensions: [ROOT, ...extensions],
    workspace,
    settings,
    theme,
    ...(locale && { locale }),
    trusted,
    folders: [folder],
    env: { KUBECONFIG: undefined, GPUCTL_STATE: process.env.GPUCTL_STATE ?? path.join(folder, 'state') },
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
