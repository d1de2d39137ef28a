import type { TensorBoards } from '../operations/onCluster.ts';
import { type FilesPlaceDto, Requests } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests about what runs inside a job. Returns what ends that. */
export function registerInsideRequests({ handle, session, onCluster }: RequestHost): () => Promise<void> {
  let made: Promise<TensorBoards> | undefined;
  handle(Requests.pythonProcesses, async (asked, signal) => {
    const { listPython } = await onCluster();
    return { processes: await listPython(session, placeOf(asked), signal) };
  });
  handle(Requests.attachDebugger, async ({ pid, ...asked }, signal) => {
    const { attachDebugger } = await onCluster();
    return { port: await attachDebugger(session, { ...placeOf(asked), pid }, signal) };
  });
  handle(Requests.startTensorBoard, async ({ id, ...asked }, signal) => {
    made ??= onCluster().then(({ TensorBoards }) => new TensorBoards(session));
    return (await made).start(id, placeOf(asked), signal);
  });
  handle(Requests.stopTensorBoard, async ({ id }) => (await made)?.stop(id));
  return async () => (await made)?.dispose();
}

const placeOf = ({ job, pod, rank, context }: FilesPlaceDto) => ({ job, pod, rank, context });
