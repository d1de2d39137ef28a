import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { getCacheDir, withLock } from './cache.ts';
import { type Progress, run } from './exec.ts';

/** Flags that keep Chromium on this machine and make it work for root and in small containers. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** A package with Chinese glyphs of 5 MB; the usual one, fonts-noto-cjk, has 90 MB. */
const CJK_FONT_PACKAGE = 'fonts-wqy-microhei';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

/** Looks for a browser of Chromium's family: `$CHROMIUM_PATH`, the PATH, the usual folders of macOS and Windows. */
export function findChromium(): string | undefined {
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...NAMES.map(findOnPath),
    ...MAC_APPS.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`),
    ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)']].flatMap((folder) =>
      folder
        ? [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')]
        : [],
    ),
  ];
  return candidates.find((path) => path && existsSync(path));
}

/**
 * Finds Chromium or installs Debian's.
 * @throws a sentence that says what to do where neither is possible.
 */
export async function ensureChromium({ onProgress = () => {} }: Progress = {}): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (canApt()) {
    onProgress('Installing Chromium (apt-get install chromium)');
    await aptInstall('chromium');
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium, Chrome or Edge was found and it cannot be installed from here. ' +
      'Install one (Debian and Ubuntu: "apt-get install chromium" as root) or set CHROMIUM_PATH to its executable.',
  );
}

/** Sees to a font with Chinese glyphs; where none can be had it says so, since only pictures suffer. */
export async function ensureCjkFont({ onProgress = () => {} }: Progress = {}): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const hasFont = async () => (await run('fc-list', [':lang=zh-cn', 'family'])).output.trim() !== '';
  if (await hasFont()) return true;
  if (canApt()) {
    onProgress(`Installing a font with Chinese glyphs (apt-get install ${CJK_FONT_PACKAGE})`);
    await aptInstall(CJK_FONT_PACKAGE).catch((error: Error) => onProgress(error.message));
    if (await hasFont()) return true;
  }
  onProgress('No font with Chinese glyphs was found: Chinese text in pictures will be boxes');
  return false;
}

/** The first executable of that name on the PATH. */
export function findOnPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

function canApt(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && findOnPath('apt-get') !== undefined;
}

async function aptInstall(name: string): Promise<void> {
  await withLock(
    join(getCacheDir(), 'apt.lock'),
    () => {},
    async () => {
      const install = () =>
        run('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '--no-install-recommends', name]);
      let result = await install();
      if (result.code !== 0) {
        await run('apt-get', ['update']);
        result = await install();
      }
      if (result.code !== 0) throw new Error(`apt-get install ${name} failed:\n${result.output.slice(-1000)}`);
    },
  );
}

if (import.meta.main) {
  const onProgress = (sentence: string) => console.log(sentence);
  console.log(await ensureChromium({ onProgress }));
  console.log('Chinese glyphs:', await ensureCjkFont({ onProgress }));
}
