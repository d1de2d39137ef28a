'use strict';
/** Shows the state that `npm start` writes into a file as one progress line in the status bar, and opens the first sample with the first steps beside it. */
const fs = require('node:fs');
const vscode = require('vscode');

const WALKTHROUGH = 'gpuctl.gpuctl#gpuctl.start';
/** How often the file is looked at, and how long "ready" stays, in milliseconds. */
const INTERVAL = 500;
const READY_SHOWN = 15_000;

exports.activate = (context) => {
  const { GPUCTL_DEMO_STATUS: file, GPUCTL_DEMO_OPEN: first } = process.env;
  if (first) void openFirst(context, first);
  if (file) followStatus(context, file);
};

/** Once a window: what the person opened or closed since stays so over a reload. */
async function openFirst(context, path) {
  if (context.workspaceState.get('opened')) return;
  await context.workspaceState.update('opened', true);
  const sample = vscode.Uri.file(path);
  const shown = { preview: false, viewColumn: vscode.ViewColumn.One };
  await vscode.window.showTextDocument(sample, shown);
  await vscode.commands.executeCommand('workbench.view.extension.gpuctl');
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, true);
  await vscode.window.showTextDocument(sample, shown);
}

function followStatus(context, file) {
  let state = '';
  /** The line in the status bar, while there is one. */
  let line;
  const look = () => {
    const status = read(file);
    if (!status) return;
    if (status.state === 'preparing') {
      line ??= openLine();
      line.report(status.sentence);
    } else if (status.state !== state) {
      line?.close();
      line = undefined;
      if (status.state === 'failed') void vscode.window.showErrorMessage(status.sentence);
      // A window that opens when all is ready says nothing.
      else if (state) vscode.window.setStatusBarMessage(`$(check) ${status.sentence}`, READY_SHOWN);
    }
    state = status.state;
  };
  const timer = setInterval(look, INTERVAL);
  look();
  context.subscriptions.push({ dispose: () => clearInterval(timer) });
}

function openLine() {
  let close = () => {};
  let report = () => {};
  void vscode.window.withProgress({ location: vscode.ProgressLocation.Window }, (progress) => {
    report = (message) => progress.report({ message });
    return new Promise((done) => {
      close = done;
    });
  });
  return { report: (message) => report(message), close: () => close() };
}

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
