import * as vscode from 'vscode';
import { activateCheckCluster } from './features/checkCluster/index.ts';
import { activateDebugger } from './features/debugger/index.ts';
import { activateFiles } from './features/files/index.ts';
import { activateFindings } from './features/findings/index.ts';
import { activateForwards } from './features/forwards/index.ts';
import { activateJobPage } from './features/jobPage/index.ts';
import { activateJobs } from './features/jobs/index.ts';
import { activateLogs } from './features/logs/index.ts';
import { activateNewFile } from './features/newFile/index.ts';
import { activateNotebook } from './features/notebook/index.ts';
import { activatePodTerminal } from './features/podTerminal/index.ts';
import { activatePools } from './features/pools/index.ts';
import { activatePreview } from './features/preview/index.ts';
import { activateSource } from './features/source/index.ts';
import { activateStatus } from './features/status/index.ts';
import { activateSubmit } from './features/submit/index.ts';
import { activateTarget } from './features/target/index.ts';
import { activateTensorBoard } from './features/tensorBoard/index.ts';
import { activateTerminal } from './features/terminal/index.ts';
import { Commands } from './infrastructure/commands.ts';
import { Configuration } from './infrastructure/configuration.ts';
import { Connection } from './infrastructure/connection.ts';
import { ErrorBoundary } from './infrastructure/errorBoundary.ts';
import { Forwards } from './infrastructure/forwards.ts';
import { Interests } from './infrastructure/interests.ts';
import { Server } from './infrastructure/server.ts';
import { createTexts } from './infrastructure/texts.ts';
import { watchDocuments } from './infrastructure/watchDocuments.ts';
import { watchServer } from './infrastructure/watchServer.ts';
import { serveWorkspaceFiles } from './infrastructure/workspaceFiles.ts';

/** How long `activate` took, for who looks at the performance entries of the extension host; `npm run bench` does. */
const ACTIVATION = 'gpuctl/activate';

/** Sets everything up and returns: the server starts when a document, a view or a command needs it. */
export function activate(extension: vscode.ExtensionContext): void {
  performance.mark(ACTIVATION);
  const output = vscode.window.createOutputChannel('gpuctl', { log: true });
  const configuration = new Configuration(extension);
  const texts = createTexts(() => configuration.language);
  const server = new Server(extension.asAbsolutePath('dist/server.cjs'), configuration, output);
  const boundary = new ErrorBoundary(output, texts);
  const commands = new Commands(boundary);
  const connection = new Connection(server, boundary, texts);
  const interests = new Interests(server);
  const forwards = new Forwards({ boundary, connection, server, texts }, extension.workspaceState);
  const infrastructure = { boundary, commands, configuration, connection, forwards, interests, server, texts };

  commands.register('gpuctl.output.show', async () => output.show());
  activateNewFile(infrastructure);
  activateTarget(infrastructure);
  activateForwards(infrastructure);
  extension.subscriptions.push(
    activateSubmit(infrastructure),
    activatePodTerminal(infrastructure),
    activateDebugger(infrastructure),
    activateTensorBoard(infrastructure),
    activateFiles(infrastructure, extension),
    activateNotebook(infrastructure, extension),
    activateJobs(infrastructure, extension),
    activateJobPage(infrastructure, extension),
    activatePools(infrastructure),
    activateLogs(infrastructure),
    activatePreview(infrastructure),
    activateSource(infrastructure),
    activateStatus(infrastructure),
    activateCheckCluster(infrastructure),
    activateTerminal(infrastructure, extension),
    activateFindings(infrastructure, extension.extensionUri),
    watchDocuments(infrastructure),
    serveWorkspaceFiles(server),
    watchServer(infrastructure, configuration.clientOptions.version),
    interests,
    forwards,
    connection,
    commands,
    configuration,
    server,
    output,
  );
  performance.measure(ACTIVATION, ACTIVATION);
}
