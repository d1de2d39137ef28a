import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createClusters } from './cluster/index.ts';
import { startServer } from './startServer.ts';
import { connectStdio } from './stdio.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// Whatever escapes is a mistake of ours; the person's editor must not lose its language server over it.
process.on('uncaughtException', (error) => console.error('gpuctl: uncaught', error));
process.on('unhandledRejection', (error) => console.error('gpuctl: unhandled', error));

const isStdio = process.argv.includes('--stdio');
startServer((options) => (isStdio ? connectStdio(options) : createConnection(ProposedFeatures.all, options)), {
  version,
  clusters: createClusters(),
  readFile: (uri) => readFile(fileURLToPath(uri), 'utf8'),
  docs: new URL('../../docs/', import.meta.url).href,
  isFile: async (uri) => (await stat(fileURLToPath(uri))).isFile(),
  onGone: (gone) => process.once('disconnect', gone),
});

// Editors kill their servers more often than they let them exit, and only an exit would write the cache.
setTimeout(flushCompileCache, 5_000).unref();
