import * as vscode from 'vscode';
import { MOST_OPENED, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { toSize } from '../../infrastructure/size.ts';
import { FILES_SCHEME, type JobPart, toAuthority, toPlace } from './jobUri.ts';
import { nameOf } from './route.ts';

/** What a person chose in the files of a job. */
export type Chosen =
  | { do: 'open'; uri: vscode.Uri; size: number }
  | { do: 'download'; uri: vscode.Uri }
  | { do: 'upload'; folder: string }
  | { do: 'add'; uri: vscode.Uri };

interface Item extends vscode.QuickPickItem {
  path?: string;
  isFolder?: boolean;
  size?: number;
}

/** Lets a person go through the folders of a job, and gives what they chose; `undefined`: they have left. */
export function browse(infrastructure: Infrastructure, part: JobPart, begin: string): Promise<Chosen | undefined> {
  const { boundary, server, texts } = infrastructure;
  const { t } = texts;
  const authority = toAuthority(part);
  const toUri = (path: string) => vscode.Uri.from({ scheme: FILES_SCHEME, authority, path });
  const place = toPlace(authority);
  const button = (icon: string, tooltip: string) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip });
  const download = button('cloud-download', t('ui.files.browse.download'));
  const upload = button('cloud-upload', t('ui.files.browse.upload'));
  const add = button('root-folder-opened', t('ui.files.browse.add'));
  const input = vscode.window.createQuickPick<Item>();
  input.placeholder = t('ui.files.browse.placeholder');
  input.ignoreFocusOut = true;
  input.buttons = [upload, download, add];
  let at = begin;
  input.title = t('ui.files.browse.title', { name: nameOf(part, ''), path: at }).replace('::', ':');
  let shown = 0;

  const show = async (path: string) => {
    const turn = ++shown;
    input.busy = true;
    try {
      const found = place ? await server.request(Requests.listFolder, { ...place, path }) : [];
      if (turn !== shown) return;
      at = path;
      input.title = t('ui.files.browse.title', { name: nameOf(part, ''), path }).replace('::', ':');
      input.value = '';
      const parent = path.slice(0, path.lastIndexOf('/')) || '/';
      const folders = found.filter(({ kind }) => kind === 'folder');
      const others = found.filter(({ kind }) => kind !== 'folder');
      input.items = [
        ...(path === '/'
          ? []
          : [
              {
                label: '$(arrow-up) ..',
                description: t('ui.files.browse.up', { path: parent }),
                path: parent,
                isFolder: true,
              },
            ]),
        ...[...folders, ...others].map(({ name, kind, isLink, size }) => ({
          label: name,
          iconPath: kind === 'folder' ? vscode.ThemeIcon.Folder : vscode.ThemeIcon.File,
          description: [kind === 'file' ? toSize(size) : '', isLink ? '↪' : ''].filter(Boolean).join(' '),
          path: `${path === '/' ? '' : path}/${name}`,
          isFolder: kind === 'folder',
          size,
          buttons: [download],
        })),
        ...(found.length ? [] : [{ label: t('ui.files.browse.empty'), alwaysShow: true }]),
      ];
    } catch (error) {
      // Not awaited: what cannot be looked into is said, and where the person is goes on.
      if (turn === shown) void boundary.show(boundary.toFailure(error), () => show(path));
    } finally {
      if (turn === shown) input.busy = false;
    }
  };

  return new Promise((resolve) => {
    const end = (chosen?: Chosen) => {
      resolve(chosen);
      input.dispose();
    };
    input.onDidAccept(() => {
      const [item] = input.activeItems;
      if (item?.path === undefined) return;
      if (item.isFolder) void show(item.path);
      else end({ do: 'open', uri: toUri(item.path), size: item.size ?? 0 });
    });
    input.onDidTriggerItemButton(
      ({ item }) => item.path !== undefined && end({ do: 'download', uri: toUri(item.path) }),
    );
    input.onDidTriggerButton((pressed) => {
      if (pressed === upload) end({ do: 'upload', folder: at });
      else if (pressed === download) end({ do: 'download', uri: toUri(at) });
      else end({ do: 'add', uri: toUri(at) });
    });
    input.onDidHide(() => end());
    input.show();
    void show(begin);
  });
}

/** Opens a file of a job; one that is too large is offered as a download. */
export async function openFile(
  { texts: { t } }: Infrastructure,
  uri: vscode.Uri,
  size: number,
  download: () => Promise<void>,
): Promise<void> {
  if (size <= MOST_OPENED) {
    await vscode.commands.executeCommand('vscode.open', uri);
    return;
  }
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const yes = t('ui.files.large.download');
  const answer = await vscode.window.showInformationMessage(t('ui.files.large', { name, size: toSize(size) }), yes);
  if (answer === yes) await download();
}
