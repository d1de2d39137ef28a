// What the Jupyter extension does with servers of others, by its public types: it asks for the list once and again when it is told that the list has
// changed, resolves a server for each connection, and runs cells on a kernel of it. It chooses the server when a cell is run first.
const vscode = require('vscode');
const { randomUUID } = require('node:crypto');

const NOTEBOOK = 'jupyter-notebook';
/** @type {{ id: string, label: string, provider: any, commandProvider?: any, servers?: any[] }[]} */
const collections = [];

exports.activate = (context) => {
  context.subscriptions.push(vscode.commands.registerCommand('jupyterStandIn.servers', showServers));
  return { createJupyterServerCollection };
};

function createJupyterServerCollection(id, label, provider) {
  const collection = { id, label, provider, commandProvider: undefined, servers: undefined };
  collections.push(collection);
  const none = new vscode.CancellationTokenSource();
  const listening = provider.onDidChangeServers?.(async () => {
    collection.servers = await provider.provideJupyterServers(none.token);
  });
  const controller = vscode.notebooks.createNotebookController(`stand-in-${id}`, NOTEBOOK, label);
  controller.supportedLanguages = ['python'];
  const kernels = new Map();
  controller.executeHandler = async (cells, notebook) => {
    const key = notebook.uri.toString();
    for (const cell of cells) {
      if (kernels.get(key)?.isOver ?? true) kernels.set(key, await choose(collection, none.token));
      await execute(controller, cell, kernels.get(key));
    }
  };
  return {
    id,
    label,
    set commandProvider(value) {
      collection.commandProvider = value;
    },
    dispose() {
      listening?.dispose();
      controller.dispose();
      collections.splice(collections.indexOf(collection), 1);
    },
  };
}

async function choose(collection, token) {
  const { provider, commandProvider, label } = collection;
  collection.servers ??= await provider.provideJupyterServers(token);
  const commands = (await commandProvider?.provideCommands(undefined, token)) ?? [];
  const rows = [
    ...collection.servers.map((server) => ({ label: server.label, server })),
    ...commands.map((command) => ({ label: command.label, description: command.description, command })),
  ];
  const chosen = await vscode.window.showQuickPick(rows, { title: label, ignoreFocusOut: true });
  const server = chosen?.server ?? (chosen && (await commandProvider.handleCommand(chosen.command, token)));
  if (!server) throw new Error('no server was chosen');
  const { connectionInformation: way } = await provider.resolveJupyterServer(server, token);
  return new Kernel(way).open();
}

class Kernel {
  constructor({ baseUrl, token, headers }) {
    this.base = baseUrl.toString(true);
    this.token = token;
    this.headers = { ...headers, ...(token && { authorization: `token ${token}` }) };
    this.isOver = false;
  }

  async open() {
    const answer = await fetch(`${this.base}api/kernels`, { method: 'POST', headers: this.headers, body: '{}' });
    const { id } = await answer.json();
    const address = `${this.base.replace(/^http/, 'ws')}api/kernels/${id}/channels?token=${this.token}`;
    this.socket = new WebSocket(address);
    this.socket.addEventListener('close', () => {
      this.isOver = true;
    });
    await new Promise((resolve, reject) => {
      this.socket.addEventListener('open', resolve, { once: true });
      this.socket.addEventListener('error', () => reject(new Error('no connection to the kernel')), { once: true });
    });
    return this;
  }

  run(code, said) {
    const header = {
      msg_id: randomUUID(),
      msg_type: 'execute_request',
      session: randomUUID(),
      username: '',
      version: '5.3',
    };
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    return new Promise((resolve) => {
      this.socket.addEventListener('close', () => resolve('gone'), { once: true });
      this.socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(data);
        if (message.parent_header?.msg_id !== header.msg_id) return;
        const { data: result, text, ename } = message.content;
        const shown = result?.['text/plain'] ?? text ?? ename;
        if (shown !== undefined) said(shown);
        if (message.msg_type === 'status' && message.content.execution_state === 'idle') resolve('done');
      });
      this.socket.send(
        JSON.stringify({ header, parent_header: {}, metadata: {}, content, channel: 'shell', buffers: [] }),
      );
    });
  }
}

async function execute(controller, cell, kernel) {
  const execution = controller.createNotebookCellExecution(cell);
  execution.start(Date.now());
  const texts = [];
  const how = await kernel.run(cell.document.getText(), (text) => texts.push(text));
  if (how === 'gone') texts.push('The kernel is gone.');
  const item = vscode.NotebookCellOutputItem.text(texts.join('\n'));
  await execution.replaceOutput([new vscode.NotebookCellOutput([item])]);
  execution.end(how === 'done', Date.now());
}

/** The servers as they are remembered. */
async function showServers() {
  const labels = collections.flatMap(({ label, servers }) => (servers ?? []).map((one) => `${label}: ${one.label}`));
  await vscode.window.showQuickPick([...labels, `${labels.length} in all`], { title: 'Servers', ignoreFocusOut: true });
}
