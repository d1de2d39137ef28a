import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { KubeObject } from '../../model/kubeObject.ts';
import type { SavedLogDto } from '../../protocol.ts';
import { toWorkload } from '../../state/project.ts';
import type { Cluster } from '../ports.ts';
import { stateFolder } from '../submit/journal.ts';

/** What the files end with: the editor knows them by it. */
const ENDING = '.gpuctl.log';
/** Part of a name: of the whole log that a person asked for. */
export const WHOLE_PART = 'whole';
/** Milliseconds after which a log goes, whatever room there is, and after which nobody writes at half a file any more. */
const OLDEST = 90 * 24 * 3_600_000;
const LEFT_BEHIND = 24 * 3_600_000;

/** A file that is being written. */
const HALF = /\.gpuctl\.log\.[0-9a-f]{8}\.(?:new|older)$/;

/** Folder of the logs of earlier runs. Only its owner may look into it. */
export const savedLogsFolder = (): string => path.join(stateFolder(), 'logs');

/** File of the log of a run, which need not exist: `<cluster>/<namespace>/<name>~<run>~<when it was made>.gpuctl.log`. `part`: a pod alone, or until when. */
export function savedLogFile({ context }: Cluster, main: KubeObject, part?: string): string {
  const { name, namespace = '', creationTimestamp = '' } = main.metadata;
  const made = creationTimestamp.replace(/[-:]|\.\d+/g, '');
  const file = [name, toWorkload(main)?.run ?? 1, made, ...(part === undefined ? [] : [part])].join('~');
  return path.join(savedLogsFolder(), folderOf(context), namespace, file + ENDING);
}

/** A name that every file system takes. Clusters that are called alike are told apart by their address. */
function folderOf({ cluster, server }: Cluster['context']): string {
  const address = createHash('sha256').update(server).digest('hex').slice(0, 8);
  return `${cluster.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 60)}-${address}`;
}

/** The log of the run before the one that there is now, the newest; `undefined` where none is kept. That of a single pod is none. */
export async function savedLogBefore(cluster: Cluster, main: KubeObject): Promise<string | undefined> {
  const now = savedLogFile(cluster, main);
  const { name } = main.metadata;
  const before = (await listSavedLogs()).filter(
    ({ file, name: of, createdAt }) =>
      path.dirname(file) === path.dirname(now) && of === name && createdAt < (main.metadata.creationTimestamp ?? '9'),
  );
  return before
    .filter(({ file }) => missingOf(file) < MUCH)
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || missingOf(a.file) - missingOf(b.file))[0]?.file;
}

const MUCH = 3;

/** How much of a run a file may lack: nothing at its end, what came later, what came after a stop, all other pods. */
function missingOf(file: string): number {
  const part = path.basename(file, ENDING).split('~')[3];
  if (part === undefined) return 0;
  if (part === WHOLE_PART) return 1;
  return part.startsWith('stopped-') ? 2 : MUCH;
}

/** The logs that are kept, the newest first. Files that are not ours are left out. */
export async function listSavedLogs(): Promise<SavedLogDto[]> {
  const folder = savedLogsFolder();
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const logs = await Promise.all(names.filter((name) => name.endsWith(ENDING)).map((name) => describe(folder, name)));
  return logs.filter((one) => one !== undefined).toSorted((a, b) => b.savedAt.localeCompare(a.savedAt));
}

const MADE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

async function describe(folder: string, relative: string): Promise<SavedLogDto | undefined> {
  const [cluster = '', namespace = '', base = '', ...deeper] = relative.split(path.sep);
  const [name = '', run, made = ''] = base.slice(0, -ENDING.length).split('~');
  const file = path.join(folder, relative);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || deeper.length || !Number(run)) return undefined;
  return {
    file,
    cluster: cluster.replace(/-[0-9a-f]{8}$/, ''),
    namespace,
    name,
    run: Number(run),
    createdAt: made.replace(MADE, '$1-$2-$3T$4:$5:$6Z'),
    savedAt: found.mtime.toISOString(),
    bytes: found.size,
  };
}

/** Deletes these logs, or all; tells how many are gone. What is not a log of ours is not touched. */
export async function deleteSavedLogs(files?: readonly string[]): Promise<number> {
  const logs = (await listSavedLogs()).filter(({ file }) => !files || files.includes(file));
  await Promise.all(logs.map(({ file }) => rm(file, { force: true })));
  return logs.length;
}

/** Makes room: the oldest go until no more than `bytes` are kept; so do those of which it is too long ago. */
export async function pruneSavedLogs(bytes: number, now = Date.now()): Promise<void> {
  let sum = 0;
  const tooMany = (await listSavedLogs()).filter((log) => {
    sum += log.bytes;
    return sum > bytes || now - Date.parse(log.savedAt) > OLDEST;
  });
  await deleteSavedLogs(tooMany.map(({ file }) => file));
  const names = await readdir(savedLogsFolder(), { recursive: true }).catch(() => []);
  for (const name of names.filter((one) => HALF.test(one))) {
    const file = path.join(savedLogsFolder(), name);
    const { mtimeMs = now } = (await stat(file).catch(() => undefined)) ?? {};
    if (now - mtimeMs > LEFT_BEHIND) await rm(file, { force: true });
  }
}

/** Makes the folder of a file. */
export const makeFolderOf = (file: string): Promise<unknown> =>
  mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
