import { message } from '../../../../l10n/index.ts';
import type { Entry, Left } from './tree.ts';

/** What a name may not hold on Windows, and may not be. */
const ODD = /[<>:"\\|?*]|[ .]$/;
/** Where letters do not matter, what git runs lies in these, too. */
const GIT = /^(\.git|git~\d)$/i;
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** What of the other side cannot lie on this machine: names that it does not take, and names that it takes for the same. */
export function unfitFor(
  platform: NodeJS.Platform,
  there: ReadonlyMap<string, Entry>,
  here: ReadonlyMap<string, Entry>,
): Left[] {
  if (platform !== 'win32' && platform !== 'darwin') return [];
  const names = new Map([...here.keys()].map((path) => [fold(path), path]));
  return [...there.keys()].sort().flatMap((path): Left[] => {
    if (
      platform === 'win32' &&
      path.split('/').some((part) => hasControl(part) || ODD.test(part) || DEVICES.test(part))
    )
      return [{ path, why: message('files.left.name-here') }];
    if (path.split('/').some((part) => GIT.test(part))) return [{ path, why: message('files.left.name-here') }];
    const other = names.get(fold(path)) ?? path;
    names.set(fold(path), other);
    return other === path ? [] : [{ path, why: message('files.left.case', { other }) }];
  });
}

const fold = (path: string): string => path.normalize('NFC').toLowerCase();
const hasControl = (part: string): boolean => [...part].some((one) => one < ' ');
