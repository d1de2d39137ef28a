import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findOnPath } from './browser.ts';

/**
 * Finds desktop VS Code's own executable (not its command-line script): `$GPUCTL_VSCODE`, or where an installation has it.
 * Undefined also where there is one but no screen to show it on; `$GPUCTL_VSCODE` is taken as it is.
 */
export function findDesktop(): string | undefined {
  if (process.env.GPUCTL_VSCODE) return process.env.GPUCTL_VSCODE;
  const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  return hasScreen ? candidates().find((path) => existsSync(path)) : undefined;
}

function candidates(): string[] {
  if (process.platform === 'darwin') {
    const app = '/Applications/Visual Studio Code.app/Contents/MacOS';
    return [join(app, 'Code'), join(app, 'Electron')];
  }
  if (process.platform === 'win32') {
    const folders = [process.env.LOCALAPPDATA && join(process.env.LOCALAPPDATA, 'Programs'), process.env.PROGRAMFILES];
    return folders.flatMap((folder) => (folder ? [join(folder, 'Microsoft VS Code/Code.exe')] : []));
  }
  // <installation>/bin/code is a script beside <installation>/code. In a remote terminal `code` lies in remote-cli: not this.
  return ['code', 'code-insiders', 'codium'].flatMap((name) => {
    const script = findOnPath(name);
    return script ? [join(dirname(dirname(realpathSync(script))), name)] : [];
  });
}
