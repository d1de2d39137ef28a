'use strict';
/** Does what the other YAML extension does beside ours: the same language server, for the same documents, all of it on. */
const path = require('node:path');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

exports.activate = async (context) => {
  const server = {
    module: path.join(__dirname, '../../../node_modules/yaml-language-server/bin/yaml-language-server'),
    transport: TransportKind.ipc,
  };
  const client = new LanguageClient(
    'yaml',
    'YAML',
    { run: server, debug: server },
    {
      documentSelector: [{ language: 'yaml' }, { pattern: '*.y(a)ml' }],
      synchronize: { configurationSection: ['yaml', 'http.proxy', 'http.proxyStrictSSL', 'editor', 'files'] },
    },
  );
  context.subscriptions.push(client);
  await client.start();
};
