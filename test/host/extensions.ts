import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './exec.ts';
import type { HostInstall } from './install.ts';

/** An entry of VS Code's list of installed extensions. */
interface InstalledExtension {
  identifier: { id: string };
  version: string;
  location: { path: string };
}

interface Manifest {
  contributes?: { configuration?: Configuration | Configuration[] };
}

interface Configuration {
  properties?: Record<string, { scope?: string }>;
}

/** VS Code's list of installed extensions, in their folder. */
const LIST = 'extensions.json';

/** Where a profile lies, and the flags that tell it to the server. */
export interface Profile {
  userDataDir: string;
  extensionsDir: string;
  flags: string[];
}

/** Installs `.vsix` files as a person would, and enters folders into the profile so that they are used where they lie. */
export async function addExtensions(install: HostInstall, profile: Profile, paths: readonly string[]): Promise<void> {
  const absolute = paths.map((path) => resolve(path));
  for (const vsix of absolute.filter((path) => path.endsWith('.vsix'))) {
    const args = [install.serverEntry, '--install-extension', vsix, '--force', ...profile.flags];
    const { output } = await run(install.node, args);
    if (!/successfully installed/.test(output)) throw new Error(`VS Code refused ${vsix}:\n${output}`);
  }
  const folders = absolute.filter((path) => !path.endsWith('.vsix'));
  if (folders.length > 0) registerFolders(profile.extensionsDir, folders);
}

function registerFolders(extensionsDir: string, folders: readonly string[]): void {
  const entries = folders.map((path) => {
    const { publisher, name, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    return { identifier: { id: `${publisher}.${name}` }, version, location: { $mid: 1, path, scheme: 'file' } };
  });
  writeFileSync(join(extensionsDir, LIST), JSON.stringify([...readInstalled(extensionsDir), ...entries]));
}

function readInstalled(extensionsDir: string): InstalledExtension[] {
  try {
    return JSON.parse(readFileSync(join(extensionsDir, LIST), 'utf8'));
  } catch {
    return []; // no list yet
  }
}

/**
 * Writes the person's settings, and those that extensions declare for a machine to the machine's file, too: a window whose
 * extension host is remote, as all of this host's are, takes them only from there. `developed`: extensions not installed.
 */
export function writeSettings(
  { userDataDir, extensionsDir }: Profile,
  settings: Readonly<Record<string, unknown>>,
  developed: readonly string[] = [],
): void {
  const folders = [...readInstalled(extensionsDir).map(({ location }) => location.path), ...developed];
  const scopes = new Map<string, string | undefined>();
  for (const folder of folders) {
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const { properties = {} } of [manifest.contributes?.configuration ?? []].flat()) {
      for (const [key, { scope }] of Object.entries(properties)) scopes.set(key, scope);
    }
  }
  const ofMachine = Object.entries(settings).filter(([key]) => scopes.get(key)?.startsWith('machine'));
  for (const [folder, content] of [
    ['User', settings],
    ['Machine', Object.fromEntries(ofMachine)],
  ] as const) {
    mkdirSync(join(userDataDir, folder), { recursive: true });
    writeFileSync(join(userDataDir, folder, 'settings.json'), JSON.stringify(content, null, 2));
  }
}

/**
 * Makes Chinese a display language VS Code accepts: extensions see `vscode.env.language` zh-cn and their own manifests and
 * bundles appear in Chinese. Microsoft's translation of the workbench itself is in no package we may fetch, so its own words
 * stay English.
 */
export function addLanguagePack(root: string, { userDataDir, extensionsDir }: Profile): void {
  const folder = join(root, 'language-pack-zh-cn');
  const translation = join(folder, 'main.i18n.json');
  mkdirSync(folder);
  const localization = {
    languageId: 'zh-cn',
    languageName: 'Chinese Simplified',
    localizedLanguageName: '中文(简体)',
    translations: [{ id: 'vscode', path: './main.i18n.json' }],
  };
  const id = { publisher: 'gpuctl-test', name: 'language-pack-zh-cn', version: '1.0.0' };
  const manifest = { ...id, engines: { vscode: '*' }, contributes: { localizations: [localization] } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(translation, JSON.stringify({ version: '1.0.0', contents: {} }));
  registerFolders(extensionsDir, [folder]);
  const pack = {
    hash: createHash('sha256').update(translation).digest('hex').slice(0, 32),
    extensions: [{ extensionIdentifier: { id: `${id.publisher}.${id.name}` }, version: id.version }],
    translations: { vscode: translation },
    label: localization.localizedLanguageName,
  };
  writeFileSync(join(userDataDir, 'languagepacks.json'), JSON.stringify({ 'zh-cn': pack }));
}
