// Builds the extension into dist/: `node esbuild.mjs [--production] [--watch]`.
//
//   extension.cjs   the client, loaded by VS Code
//   server.cjs      tiny entry of the server: turns on Node's compile cache, loads server/main.mjs
//   gpuctl.cjs      tiny entry of the command line, which shares the chunks of the server
//   webview/*       pages in the editor, each a script and a style, loaded by the browser part of VS Code
//   server/*.mjs    the server in chunks; what talks to Kubernetes is a chunk of its own, loaded when first needed
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as esbuild from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node22.19',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** @type {esbuild.BuildOptions[]} */
const builds = [
  {
    ...common,
    entryPoints: { extension: 'client/src/extension.ts' },
    // Read by the same who read how long `activate` took.
    banner: { js: "performance.mark('gpuctl/load');" },
    footer: { js: "performance.measure('gpuctl/load', 'gpuctl/load');" },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: ['vscode'],
  },
  {
    ...common,
    entryPoints: { jobPage: 'client/webview/jobPage/main.tsx' },
    outdir: 'dist/webview',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    tsconfig: 'client/webview/tsconfig.json',
  },
  {
    ...common,
    entryPoints: { main: 'server/src/main.ts', gpuctl: 'server/src/cliMain.ts' },
    outdir: 'dist/server',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    mainFields: ['module', 'main'],
    // CommonJS packages inside ESM chunks still call require() for Node's built-in modules.
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
  },
];

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/server', { recursive: true });
for (const [entry, module] of Object.entries({ server: 'main', gpuctl: 'gpuctl' })) {
  const text = `#!/usr/bin/env node
'use strict';
require('node:module').enableCompileCache?.();
import('./server/${module}.mjs');
`;
  writeFileSync(`dist/${entry}.cjs`, text, { mode: 0o755 });
}

if (watch) for (const build of builds) await (await esbuild.context(build)).watch();
else await Promise.all(builds.map((build) => esbuild.build(build)));
