import { message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import type { FileTransfers, JobFiles, TransferPlan } from '../operations/onCluster.ts';
import { type FilesPlaceDto, type FilesPlanDto, type LeftDto, Requests, ServerNotifications } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests about files of jobs that run. */
export function registerFileRequests({ handle, notify, session, say, onCluster }: RequestHost): void {
  let made: Promise<{ files: JobFiles; transfers: FileTransfers }> | undefined;
  const use = () => {
    made ??= onCluster().then(({ FileTransfers, JobFiles }) => ({
      files: new JobFiles(session),
      transfers: new FileTransfers(session),
    }));
    return made;
  };
  const toLeft = ({ path, why }: TransferPlan['left'][number]): LeftDto => ({ path, why: say(why) });
  const telling = (progress: string) =>
    rarely((bytes, of) => notify(ServerNotifications.filesProgress, { progress, bytes, of }));

  handle(Requests.jobFolders, async (asked, signal) => (await use()).files.folders(placeOf(asked), signal));
  handle(Requests.compareFiles, async ({ progress, ...asked }, signal) => {
    const { transfers } = await use();
    const { direction, here, only, exclude } = asked;
    const there = plain(asked.there);
    const paths = { direction, here, there, only, exclude };
    return toPlan(await transfers.compare({ ...placeOf(asked), ...paths }, telling(progress), signal), toLeft);
  });
  handle(Requests.transferFiles, async ({ plan, choices, progress }, signal) => {
    const result = await (await use()).transfers.carryOut(plan, choices, telling(progress), signal);
    return { ...result, left: result.left.map(toLeft) };
  });
  handle(Requests.forgetFilesPlan, async ({ plan }) => (await made)?.transfers.forget(plan));
  handle(Requests.statFile, async (asked, signal) =>
    (await use()).files.stat(placeOf(asked), plain(asked.path), signal),
  );
  handle(Requests.listFolder, async (asked, signal) =>
    (await use()).files.list(placeOf(asked), plain(asked.path), signal),
  );
  handle(Requests.readJobFile, async (asked, signal) => {
    const bytes = await (await use()).files.read(placeOf(asked), plain(asked.path), signal);
    return { base64: bytes.toString('base64') };
  });
  handle(Requests.writeJobFile, async ({ base64, create, overwrite, ...asked }, signal) => {
    const bytes = Buffer.from(base64, 'base64');
    return (await use()).files.write(placeOf(asked), plain(asked.path), { bytes, create, overwrite }, signal);
  });
  handle(Requests.deleteJobFile, async ({ recursive, ...asked }, signal) =>
    (await use()).files.remove(placeOf(asked), plain(asked.path), recursive, signal),
  );
  handle(Requests.renameJobFile, async ({ to, overwrite, ...asked }, signal) =>
    (await use()).files.rename(placeOf(asked), plain(asked.path), plain(to), overwrite, signal),
  );
  handle(Requests.makeJobFolder, async (asked, signal) =>
    (await use()).files.makeFolder(placeOf(asked), plain(asked.path), signal),
  );
}

const placeOf = ({ job, pod, rank, context, cluster }: FilesPlaceDto) => ({ job, pod, rank, context, cluster });

/** An absolute path without detours. */
function plain(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (!path.startsWith('/') || parts.includes('..') || path.includes('\0'))
    throw new GpuctlError('files.no-folder', message('files.no-folder', { where: path }));
  return `/${parts.join('/')}`;
}

function toPlan(
  { id, met, steps, left, sizeOf }: TransferPlan,
  toLeft: (one: TransferPlan['left'][number]) => LeftDto,
): FilesPlanDto {
  const of = (verb: string) => steps.filter((step) => step.do === verb);
  const count = (verb: string) => {
    const found = of(verb);
    return { count: found.length, bytes: found.reduce((sum, step) => sum + sizeOf(step), 0) };
  };
  const paths = (verb: string) => of(verb).map(({ path }) => path);
  return {
    plan: id,
    met,
    uploads: count('upload'),
    downloads: count('download'),
    deletedThere: paths('delete-there'),
    deletedHere: paths('delete-here'),
    conflicts: paths('conflict'),
    left: left.map(toLeft),
  };
}

/** Tells no more often than people read. */
function rarely(tell: (bytes: number, of: number) => void): (bytes: number, of: number) => void {
  let last = 0;
  return (bytes, of) => {
    if (Date.now() - last < 250 && bytes < of) return;
    last = Date.now();
    tell(bytes, of);
  };
}
