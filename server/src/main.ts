import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createClusters } from './cluster/index.ts';
import { createServer } from './server.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// Whatever escapes is a mistake of ours; the person's editor must not lose its language server over it.
process.on('uncaughtException', (error) => console.error('gpuctl: uncaught', error));
process.on('unhandledRejection', (error) => console.error('gpuctl: unhandled', error));

createServer(createConnection(ProposedFeatures.all), {
  version,
  clusters: createClusters(),
  readFile: (uri) => readFile(fileURLToPath(uri), 'utf8'),
});
