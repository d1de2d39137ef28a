import * as vscode from 'vscode';
import { activateCheckCluster } from './features/checkCluster/index.ts';
import { activateFindings } from './features/findings/index.ts';
import { activateJobs } from './features/jobs/index.ts';
import { activateLogs } from './features/logs/index.ts';
import { activateNewFile } from './features/newFile/index.ts';
import { activatePools } from './features/pools/index.ts';
import { activatePreview } from './features/preview/index.ts';
import { activateStatus } from './features/status/index.ts';
import { activateSubmit } from './features/submit/index.ts';
import { activateTarget } from './features/target/index.ts';
import { activateTerminal } from './features/terminal/index.ts';
import { Commands } from './infrastructure/commands.ts';
import { Configuration } from './infrastructure/configuration.ts';
import { Connection } from './infrastructure/connection.ts';
import { ErrorBoundary } from './infrastructure/errorBoundary.ts';
import { Interests } from './infrastructure/interests.ts';
import { Server } from './infrastructure/server.ts';
import { createTexts } from './infrastructure/texts.ts';
import { watchDocuments } from './infrastructure/watchDocuments.ts';
import { watchServer } from './infrastructure/watchServer.ts';
import { serveWorkspaceFiles } from './infrastructure/workspaceFiles.ts';

/** Sets everything up and returns: the server starts when a document, a view or a command needs it. */
export function activate(extension: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('gpuctl', { log: true });
  const configuration = new Configuration(extension);
  const texts = createTexts(() => configuration.language);
  const server = new Server(extension.asAbsolutePath('dist/server.cjs'), configuration, output);
  const boundary = new ErrorBoundary(output, texts);
  const commands = new Commands(boundary);
  const connection = new Connection(server, boundary, texts);
  const interests = new Interests(server);
  const infrastructure = { boundary, commands, configuration, connection, interests, server, texts };

  commands.register('gpuctl.output.show', async () => output.show());
  activateNewFile(infrastructure);
  activateSubmit(infrastructure);
  activateTarget(infrastructure);
  extension.subscriptions.push(
    activateJobs(infrastructure),
    activatePools(infrastructure),
    activateLogs(infrastructure),
    activatePreview(infrastructure),
    activateStatus(infrastructure),
    activateCheckCluster(infrastructure),
    activateTerminal(infrastructure, extension),
    activateFindings(infrastructure, extension.extensionUri),
    watchDocuments(infrastructure),
    serveWorkspaceFiles(server),
    watchServer(infrastructure, configuration.clientOptions.version),
    interests,
    connection,
    commands,
    configuration,
    server,
    output,
  );
}
