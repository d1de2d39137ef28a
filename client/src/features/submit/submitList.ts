import * as vscode from 'vscode';
import {
  type FileToSubmit,
  type LookDto,
  Requests,
  ServerNotifications,
  type SubmitLook,
} from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { buildSubmitRows, type FileInfo, keyOf, type SubmitRow, toListTitle } from './submitRows.ts';

/** Milliseconds that changes are gathered before the verdicts are asked for again. */
const GATHER = 200;
/** What changes by itself takes at most such a part of the server's time. */
const SHARE = 10;

type Item = vscode.QuickPickItem & { row: SubmitRow };

/** What the list begins with. */
export interface ListStart {
  look: SubmitLook;
  files: readonly FileToSubmit[];
  info: ReadonlyMap<string, FileInfo>;
  /** Whether a sound document is chosen at first. */
  isChosen(document: LookDto): boolean;
  /** What else is to be said, such as that not all files were looked at. */
  note?: string | undefined;
}

/** Whom the person chose, and the context that the list named. */
export interface Choice {
  documents: LookDto[];
  context: string | undefined;
}

/**
 * One list of all documents, with a verdict on each and on those together that are chosen, kept current while it is open. Resolves to what is to be
 * submitted; `undefined` where the person leaves it.
 */
export function chooseDocuments(infrastructure: Infrastructure, start: ListStart): Promise<Choice | undefined> {
  const { boundary, connection, interests, server, texts } = infrastructure;
  const { t } = texts;
  const pick = vscode.window.createQuickPick<Item>();
  const open = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: t('ui.submit.list.open') };
  let look = start.look;
  let shown = '';
  let timer: NodeJS.Timeout | undefined;
  let asking = false;
  let took = 0;
  let chosen = new Set(look.documents.filter((one) => !one.errors && start.isChosen(one)).map(keyOf));

  const show = () => {
    const rows = buildSubmitRows(look, start.info, texts);
    const now = JSON.stringify(rows);
    pick.title = [toListTitle(look, texts), start.note].filter(Boolean).join(' · ');
    pick.placeholder = look.together?.text ?? t('ui.submit.list.choose');
    if (now === shown) return;
    shown = now;
    const active = pick.activeItems[0]?.row.key;
    const items = rows.map((row) => toItem(row, open));
    pick.items = items;
    pick.selectedItems = items.filter(({ row }) => row.document && chosen.has(row.key));
    pick.activeItems = items.filter(({ row }) => row.document && row.key === active);
  };

  /** Asks again, of those that are chosen; what is said of the others stays. */
  const refresh = async () => {
    asking = true;
    const begun = performance.now();
    await boundary.runQuietly(async () => {
      const files = onlyChosen(start.files, look.documents, chosen);
      const now = await server.request(Requests.lookAtSubmit, { files });
      const news = new Map(now.documents.map((one) => [keyOf(one), one]));
      const { together: _, ...rest } = { ...look, ...now };
      look = {
        ...rest,
        documents: look.documents.map((one) => news.get(keyOf(one)) ?? one),
        ...(now.together && { together: now.together }),
      };
      show();
    });
    asking = false;
    took = performance.now() - begun;
  };
  const later = (pause = GATHER) => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (asking) later();
      else void refresh();
    }, pause);
  };
  const follow = () => later(Math.max(GATHER, took * SHARE));

  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  interests.set('gpuctl.submit', true); // verdicts need a look at the cluster
  show();

  return new Promise((resolve) => {
    const listening = vscode.Disposable.from(
      pick,
      pick.onDidChangeSelection((selected) => {
        const sound = selected.filter(({ row }) => row.document && !row.broken);
        if (sound.length < selected.length) pick.selectedItems = sound;
        const now = new Set(sound.map(({ row }) => row.key));
        if (now.size === chosen.size && [...now].every((key) => chosen.has(key))) return;
        chosen = now;
        clearTimeout(timer);
        timer = undefined;
        later();
      }),
      pick.onDidTriggerItemButton(({ item }) => {
        pick.hide(); // what is mended there is another text
        void boundary.run(() => openDocument(item.row.document));
      }),
      pick.onDidAccept(() => {
        const documents = look.documents.filter((one) => chosen.has(keyOf(one)));
        if (!documents.length) return;
        resolve({ documents, context: look.context });
        pick.hide();
      }),
      pick.onDidHide(() => {
        resolve(undefined);
        clearTimeout(timer);
        interests.set('gpuctl.submit', false);
        listening.dispose();
      }),
      server.onNotification(ServerNotifications.stateChanged, follow),
      connection.onDidChange(follow),
    );
    pick.show();
    later(); // something may have come to be known meanwhile
  });
}

/** Of files, those documents that are chosen. */
export function onlyChosen(
  files: readonly FileToSubmit[],
  documents: readonly LookDto[],
  chosen: ReadonlySet<string>,
): FileToSubmit[] {
  return files.flatMap((file) => {
    const mine = documents.filter((one) => one.uri === file.uri && chosen.has(keyOf(one)));
    return mine.length ? [{ ...file, chosen: mine.map(({ document, kind, name }) => ({ document, kind, name })) }] : [];
  });
}

const toItem = (row: SubmitRow, open: vscode.QuickInputButton): Item => ({
  row,
  label: row.label,
  ...(row.description !== undefined && { description: row.description }),
  ...(row.detail !== undefined && { detail: row.detail }),
  ...(row.document ? { buttons: [open] } : { kind: vscode.QuickPickItemKind.Separator }),
});

async function openDocument(document: LookDto | undefined): Promise<void> {
  if (!document) return;
  const { line, character } = document.errors ?? { line: 0, character: 0 };
  const selection = new vscode.Range(line, character, line, character);
  const options = document.errors ? { selection } : {};
  await vscode.window.showTextDocument(vscode.Uri.parse(document.uri), options);
}
