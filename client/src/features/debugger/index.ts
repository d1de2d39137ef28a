import * as vscode from 'vscode';
import { type PythonProcessDto, Requests } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { pickRunningPart, type RunningPart } from '../../infrastructure/pickPart.ts';
import { untilForwarded } from '../../infrastructure/untilForwarded.ts';
import { matchFolders } from './matchFolders.ts';

/** The extension that debugs Python, and its type of debugger. */
const PYTHON_DEBUGGER = 'ms-python.debugpy';
const TYPE = 'debugpy';

/** Debugging the Python programs of jobs. In an untrusted workspace there is none. */
export function activateDebugger(infrastructure: Infrastructure): vscode.Disposable {
  const { boundary, commands, forwards } = infrastructure;
  commands.register('gpuctl.rank.debug', (target) => debugRank(infrastructure, target));
  return vscode.debug.onDidTerminateDebugSession(({ type, parentSession, configuration }) => {
    if (type !== TYPE || parentSession) return; // one that a debugger began for a process of its program goes on by the same port
    const { port } = (configuration.connect ?? {}) as { port?: unknown };
    const forward = forwards.current.find(({ purpose, localPort }) => purpose === 'debug' && localPort === port);
    if (forward) void boundary.runQuietly(() => forwards.stop(forward));
  });
}

async function debugRank(infrastructure: Infrastructure, target: JobTarget | undefined): Promise<void> {
  const { boundary, configuration, forwards, server, texts } = infrastructure;
  const { t } = texts;
  if (!configuration.trusted) return;
  if (!vscode.extensions.getExtension(PYTHON_DEBUGGER)) {
    const install = t('ui.debug.install');
    // Not awaited: what is missing is said, and stays there.
    void boundary.run(async () => {
      if ((await vscode.window.showInformationMessage(t('ui.debug.noExtension'), install)) === install)
        await vscode.commands.executeCommand('workbench.extensions.search', `@id:${PYTHON_DEBUGGER}`);
    });
    return;
  }
  const part = await pickRunningPart(infrastructure, target, {
    title: t('ui.debug.pick'),
    which: (name) => t('ui.debug.which', { name }),
    none: (name) => t('ui.debug.notRunning', { name }),
  });
  if (!part) return;
  const { job, context, pod } = part;
  const place = { job, context, pod: pod.name };
  const { processes } = await longWork(t('ui.debug.looking', { name: job.name }), (token) =>
    server.request(Requests.pythonProcesses, place, token),
  );
  const chosen = await pickProcess(infrastructure, part, processes);
  if (!chosen) return;
  const { pid, program } = chosen;
  const port =
    chosen.port ??
    (
      await longWork(t('ui.debug.attaching', { program }), (token) =>
        server.request(Requests.attachDebugger, { ...place, pid }, token),
      )
    ).port;
  const started = await forwards.start({
    ...{ job, context, port, purpose: 'debug' },
    ...(pod.rank === undefined ? { pod: pod.name } : { rank: pod.rank }),
  });
  const ready = await untilForwarded(infrastructure, started);
  if (!ready) return;
  const match = await matchFolders(chosen);
  const name = [job.name, toLabel(infrastructure, part, chosen)].join(' · ');
  const isOn = await vscode.debug.startDebugging(match?.workspace, {
    ...{ name, type: TYPE, request: 'attach' },
    connect: { host: '127.0.0.1', port: ready.localPort },
    ...(match && { pathMappings: [{ localRoot: match.localRoot, remoteRoot: match.remoteRoot }] }),
  });
  if (!isOn) return forwards.stop(ready);
  if (part.isOneOfMany || processes.length > 1)
    void boundary.run(async () => void (await vscode.window.showInformationMessage(t('ui.debug.others'))));
}

/** The only program, else the one that the person chooses. */
async function pickProcess(
  infrastructure: Infrastructure,
  part: RunningPart,
  processes: readonly PythonProcessDto[],
): Promise<PythonProcessDto | undefined> {
  if (processes.length < 2) return processes[0];
  const items = processes
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.pid - b.pid)
    .map((one) => ({ one, label: toLabel(infrastructure, part, one), description: `${one.folder} · ${one.pid}` }));
  const title = infrastructure.texts.t('ui.debug.program', { name: part.job.name });
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.one;
}

/** `rank 3 · train.py` */
function toLabel({ texts: { t } }: Infrastructure, { pod }: RunningPart, { program, rank }: PythonProcessDto): string {
  const number = rank ?? pod.rank;
  return [...(number === undefined ? [] : [t('ui.pod.rank', { rank: number })]), program].join(' · ');
}
