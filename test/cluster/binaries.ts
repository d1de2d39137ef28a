// The programs of the test cluster: compiled once from Go modules, kept in a cache folder outside the tree.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { holdBuildLock } from './buildLock.ts';

/** The Kubernetes release that the control plane is compiled from (pinned in controlplane/go.mod). */
export const KUBERNETES_VERSION = '1.36.3';
const KWOK_VERSION = '0.8.0';

/** Absolute paths of the programs. */
export interface Binaries {
  /** etcd, kube-apiserver, kube-controller-manager and kube-scheduler in one: the first argument chooses. */
  controlplane: string;
  /** Process nodes, the certificates and the supervisor. */
  procnodes: string;
  /** Only where it was asked for. */
  kwok?: string;
  /** `kubectl port-forward` alone; only where it was asked for. */
  kubectl?: string;
}

/** Where a build stands. `message` is the whole sentence for a progress line. */
export interface BuildProgress {
  step: string;
  /** Go packages compiled, and all that this program consists of (some of them may come from Go's own cache). */
  done: number;
  total: number;
  elapsedSeconds: number;
  message: string;
}

/** @see ensureBinaries */
export interface BuildOptions {
  kwok?: boolean;
  kubectl?: boolean;
  onProgress?: (progress: BuildProgress) => void;
  signal?: AbortSignal;
}

const HERE = import.meta.dirname;

// Without these the API server says it is v0.0.0-master, and version checks of clients go wrong.
const VERSION_FLAGS = [
  '-s -w',
  `gitVersion=v${KUBERNETES_VERSION}`,
  `gitMajor=${KUBERNETES_VERSION.split('.')[0]}`,
  `gitMinor=${KUBERNETES_VERSION.split('.')[1]}`,
  'gitCommit=0000000',
  'buildDate=2026-01-01T00:00:00Z',
].join(' -X k8s.io/component-base/version.');

/** How one program is made; `packages` and `seconds` (cold, on 2 cores) are what a first estimate goes by. */
interface Recipe {
  name: 'controlplane' | 'procnodes' | 'kwok' | 'kubectl';
  label: string;
  version: string;
  folder?: string;
  goArguments: string[];
  packages: number;
  seconds: number;
}

const RECIPES: Recipe[] = [
  {
    name: 'controlplane',
    label: `kubernetes ${KUBERNETES_VERSION}`,
    version: KUBERNETES_VERSION,
    folder: path.join(HERE, 'controlplane'),
    goArguments: ['build', '-v', '-trimpath', '-ldflags', VERSION_FLAGS],
    packages: 2500,
    seconds: 450,
  },
  {
    name: 'procnodes',
    label: 'process nodes',
    version: KUBERNETES_VERSION,
    folder: path.join(HERE, 'procnodes'),
    goArguments: ['build', '-v', '-trimpath', '-ldflags', '-s -w'],
    packages: 800,
    seconds: 10,
  },
  {
    name: 'kwok',
    label: `kwok ${KWOK_VERSION}`,
    version: KWOK_VERSION,
    goArguments: ['install', '-v', '-trimpath', `sigs.k8s.io/kwok/cmd/kwok@v${KWOK_VERSION}`],
    packages: 1100,
    seconds: 150,
  },
  {
    name: 'kubectl',
    label: 'kubectl port-forward',
    version: KUBERNETES_VERSION,
    folder: path.join(HERE, 'kubectl'),
    goArguments: ['build', '-v', '-trimpath', '-ldflags', '-s -w'],
    packages: 900,
    seconds: 120,
  },
];

/**
 * The cache folder: `$GPUCTL_CACHE`, else `$XDG_CACHE_HOME/gpuctl`, else `~/.cache/gpuctl`. Deleting it costs one build.
 */
export function cacheFolder(): string {
  const { GPUCTL_CACHE, XDG_CACHE_HOME } = process.env;
  return path.resolve(GPUCTL_CACHE || path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'gpuctl'));
}

/**
 * Gives the programs of the cluster, compiling what is missing: about 8 minutes on 2 cores, once for a Kubernetes
 * version; kwok 3 more. `GPUCTL_CLUSTER_BIN=<folder>` names ready-made ones instead. Two builders do not collide: the
 * second waits for the first and passes on its progress.
 *
 * @throws Error with a sentence that says what to do, where Go is missing or too old, or where the build fails.
 */
export async function ensureBinaries(options: BuildOptions = {}): Promise<Binaries> {
  const asked = { controlplane: true, procnodes: true, kwok: options.kwok, kubectl: options.kubectl };
  const wanted = RECIPES.filter(({ name }) => asked[name]);
  const ready = process.env.GPUCTL_CLUSTER_BIN;
  if (ready) return readyMade(path.resolve(ready), wanted);
  const folder = path.join(cacheFolder(), 'cluster');
  mkdirSync(folder, { recursive: true });
  const files = wanted.map((recipe) => ({ recipe, file: path.join(folder, cachedName(recipe)) }));
  for (const { recipe, file } of files) {
    if (existsSync(file)) continue;
    const release = await holdBuildLock(path.join(folder, 'build.lock'), options);
    try {
      if (existsSync(file)) continue; // the builder before us made it
      checkGo(recipe);
      await build(recipe, file, release.report, options.signal);
    } finally {
      release();
    }
  }
  return Object.fromEntries(files.map(({ recipe, file }) => [recipe.name, file])) as unknown as Binaries;
}

function readyMade(folder: string, wanted: Recipe[]): Binaries {
  const missing = wanted.filter((recipe) => !existsSync(path.join(folder, recipe.name)));
  if (missing.length > 0) {
    const names = missing.map((recipe) => recipe.name).join(', ');
    throw new Error(`GPUCTL_CLUSTER_BIN is ${folder}, but there is no ${names} in it.`);
  }
  return Object.fromEntries(wanted.map(({ name }) => [name, path.join(folder, name)])) as unknown as Binaries;
}

/** The name says everything that the program depends on, so an old one is never taken for a new one. */
function cachedName(recipe: Recipe): string {
  const name = [recipe.name, recipe.version, os.platform(), os.arch()];
  if (recipe.folder) {
    const hash = createHash('sha256').update(recipe.goArguments.join(' '));
    for (const file of readdirSync(recipe.folder).sort()) {
      if (/\.go$|^go\.(mod|sum)$/.test(file)) hash.update(file).update(readFileSync(path.join(recipe.folder, file)));
    }
    name.push(hash.digest('hex').slice(0, 12));
  }
  return name.join('-');
}

function checkGo(recipe: Recipe): void {
  const instead =
    'Or take programs made elsewhere (GPUCTL_CLUSTER_BIN=<folder with controlplane and procnodes>), ' +
    'or a cluster that you have (GPUCTL_CLUSTER_KUBECONFIG=<file>).';
  let version: string;
  try {
    // In the folder of the module: Go 1.21 and newer fetch the tool chain that its go.mod asks for.
    version = execFileSync('go', ['env', 'GOVERSION'], { cwd: recipe.folder ?? HERE, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const what = missing ? 'there is no "go" on PATH' : String((error as { stderr?: string }).stderr ?? error).trim();
    throw new Error(
      `The test cluster is compiled with Go 1.26 or newer (https://go.dev/dl; Debian's own golang is too old), ` +
        `but ${what}. ${instead}`,
    );
  }
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 26)) {
    throw new Error(`The test cluster needs Go 1.26 or newer, "go" here is ${version.trim()}. ${instead}`);
  }
}

async function build(
  recipe: Recipe,
  file: string,
  report: (progress: BuildProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const started = Date.now();
  const temporary = `${file}.new`; // only the holder of the lock writes it
  rmSync(temporary, { recursive: true, force: true });
  const progress = { done: 0, total: recipe.packages };
  let downloads = 0;
  const tell = () => report(describe(recipe, progress.done, progress.total, downloads, (Date.now() - started) / 1000));
  const environment = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOBIN: temporary };
  const onLine = (line: string) => {
    if (line.startsWith('go: downloading')) downloads += 1;
    else if (/^[\w.-]+(\/[\w.~-]+)*$/.test(line)) progress.done += 1; // go build -v prints what it compiles
    tell();
  };
  const go = (goArguments: string[], each: (line: string) => void) =>
    run('go', goArguments, { cwd: recipe.folder ?? os.tmpdir(), env: environment, signal, onLine: each });
  const clock = setInterval(tell, 1000);
  try {
    tell();
    if (recipe.folder) {
      const packages = await go(['list', '-deps', '.'], onLine);
      progress.done = 0;
      progress.total = packages.length;
      await go([...recipe.goArguments, '-o', temporary, '.'], onLine);
      renameSync(temporary, file);
    } else {
      await go(recipe.goArguments, onLine);
      renameSync(path.join(temporary, recipe.name), file);
    }
  } finally {
    clearInterval(clock);
    rmSync(temporary, { recursive: true, force: true });
  }
}

function describe(recipe: Recipe, done: number, total: number, downloads: number, seconds: number): BuildProgress {
  const base = { step: recipe.name, done, total, elapsedSeconds: Math.round(seconds) };
  if (done === 0 && downloads > 0) {
    return { ...base, message: `Fetching the modules of the demo cluster: ${recipe.label}, ${downloads} so far` };
  }
  // First the figure of a machine with 2 cores, more and more what is measured here; the last tenth is the linker's.
  const share = Math.min(1, done / total);
  const measured = done === 0 ? 0 : (seconds / done) * total * 1.1;
  const left = Math.max(5, recipe.seconds * (1 - share) + measured * share - seconds);
  const about = left < 90 ? `${Math.ceil(left / 5) * 5} s` : `${Math.round(left / 60)} min`;
  const count = done === 0 ? '' : `, ${Math.min(done, total)} of ${total} packages`;
  return { ...base, message: `Compiling the demo cluster: ${recipe.label}${count}, about ${about} left` };
}

interface RunOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  onLine: (line: string) => void;
}

/** Runs a program and gives the lines that it wrote to stdout; `onLine` sees those of stderr. */
function run(command: string, commandArguments: string[], options: RunOptions): Promise<string[]> {
  const { cwd, env, signal, onLine } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    const errors: string[] = [];
    createInterface(child.stdout).on('line', (line) => output.push(line));
    createInterface(child.stderr).on('line', (line) => {
      errors.push(line);
      onLine(line);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${commandArguments[0]} failed:\n${errors.slice(-15).join('\n')}`));
    });
  });
}
