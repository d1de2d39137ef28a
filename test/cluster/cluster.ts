// Starts and stops a cluster: a real control plane, process nodes, and what the demo puts into it.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ApiClient, FatalError, until } from './apiClient.ts';
import { type BuildProgress, ensureBinaries } from './binaries.ts';
import { CLIENTS, clusterProcesses } from './controlPlane.ts';
import { demoNodes, type ImageRule, type NodesConfig, noNodes } from './demo.ts';
import { contextsFor, writeKubeconfig } from './kubeconfig.ts';
import { freePorts, type Ports } from './ports.ts';
import { seedDemo, waitForJobsOfOthers } from './seed.ts';
import type { ProcessState, Supervisor } from './supervisor.ts';
import {
  FOLDER_PREFIX,
  logTail,
  openSupervisor,
  readProcesses,
  startSupervisor,
  sweepAll,
  sweepFolder,
} from './supervisor.ts';

/** @see startCluster */
export interface ClusterOptions {
  /** The cluster's folder: absent or empty now, removed at the end. Default: a new one in the temporary folder. */
  dir?: string;
  /**
   * `demo` (default): the pools of demo.ts. `none`: no nodes and nothing else in the cluster. Or other nodes, as data or
   * as the path of a JSON file; then users, namespaces and rights are those of the demo, pools and jobs are not there.
   */
  nodes?: 'demo' | 'none' | NodesConfig | string;
  /** Images that mean something, beside those of the nodes. */
  images?: readonly ImageRule[];
  /** Also start kwok, for thousands of fake nodes (see kwok.ts). Default false. */
  kwok?: boolean;
  /** Fill 18 of the 32 A100 with jobs of other people. Default true, only with the demo's nodes. */
  jobsOfOthers?: boolean;
  /** More flags of the API server. */
  apiServerFlags?: string[];
  /** The cluster outlives this process (once it is ready), until `stop` or `npm run cluster -- down`. Default false. */
  detached?: boolean;
  /** Where the compilation stands, if there is one. */
  onProgress?: (progress: BuildProgress) => void;
  signal?: AbortSignal;
}

/** A running cluster. */
export interface Cluster {
  /** Everything of this cluster is below this folder: logs, data of etcd, volumes (`nodes/volumes`, `hostpath`). */
  dir: string;
  /** `https://127.0.0.1:<port>` */
  server: string;
  /** Path of a kubeconfig with the contexts `ml-engineer` (current), `restricted`, `admin`, `unreachable`. */
  kubeconfig: string;
  contexts: string[];
  ports: Ports;
  /** URL of the simulated DCGM metrics, in Prometheus' text format. */
  metrics: string;
  /** What the start took: API server ready, then everything; seconds. Without a compilation. */
  seconds: { ready: number; total: number };
  /** An API client of a user, `admin` where none is named. */
  api(user?: string): ApiClient;
  /** The programs and their pids. */
  processes(): ProcessState[];
  /** Kills the API server as a crash would; only for the process that started the cluster. */
  stopApiServer(): Promise<void>;
  /** Starts it again on the same port and waits until it is ready. */
  startApiServer(): Promise<void>;
  /** Ends everything and removes the folder. May be called more than once. */
  stop(): Promise<void>;
}

type ClusterFacts = Pick<Cluster, 'dir' | 'server' | 'kubeconfig' | 'contexts' | 'ports' | 'metrics' | 'seconds'>;

/**
 * Starts a cluster, compiling its programs first where they are missing, and returns when the nodes are Ready and the
 * jobs of others run. It ends with `stop()`, and at the latest with this process, even if that is killed.
 *
 * `GPUCTL_CLUSTER_KUBECONFIG=<file>` names a cluster that is there already: then nothing is started or put into it.
 *
 * @throws Error that names the program that failed, with the end of its log.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const external = process.env.GPUCTL_CLUSTER_KUBECONFIG;
  if (external) return externalCluster(path.resolve(external));
  const binaries = await ensureBinaries(options);
  sweepAll();
  for (let attempt = 1; ; attempt += 1) {
    const dir = makeFolder(options.dir);
    try {
      return await startIn(dir, binaries, options);
    } catch (error) {
      // Another program may take a port between our look and its use.
      const taken = error instanceof Error && error.message.includes('address already in use');
      if (!taken || attempt === 3) throw error;
    }
  }
}

/** The cluster that another process started in this folder. @throws Error where none runs there. */
export function openCluster(dir: string): Cluster {
  const folder = path.resolve(dir);
  const supervisor = openSupervisor(folder);
  const file = path.join(folder, 'cluster.json');
  if (!supervisor || !existsSync(file)) throw new Error(`No cluster runs in ${folder}.`);
  return toCluster(JSON.parse(readFileSync(file, 'utf8')) as ClusterFacts, supervisor);
}

async function startIn(
  dir: string,
  binaries: Awaited<ReturnType<typeof ensureBinaries>>,
  options: ClusterOptions,
): Promise<Cluster> {
  const started = Date.now();
  const elapsed = () => (Date.now() - started) / 1000;
  const nodes = nodesOf(options.nodes, options.images);
  const isDemo = (options.nodes ?? 'demo') === 'demo';
  let supervisor: Supervisor | undefined;
  try {
    mkdirSync(path.join(dir, 'logs'));
    const ports = await freePorts();
    const server = `https://127.0.0.1:${ports.apiServer}`;
    const clients = Object.entries(CLIENTS).map(([file, { user, group }]) => `${file}=${user}/${group ?? ''}`);
    execFileSync(binaries.procnodes, ['pki', path.join(dir, 'pki'), ...clients]);
    for (const name of ['admin', 'controller-manager', 'scheduler']) {
      writeKubeconfig(dir, `${name}.kubeconfig`, server, [{ name, user: name }]);
    }
    const contexts = contextsFor(`https://127.0.0.1:1`); // port 1 (tcpmux): nothing listens there
    const kubeconfig = writeKubeconfig(dir, 'kubeconfig', server, contexts);
    writeFileSync(path.join(dir, 'nodes.json'), JSON.stringify(nodesFile(dir, nodes, ports), null, 2));

    const processes = clusterProcesses(dir, binaries, ports, nodes.nodes.length > 0, options.apiServerFlags);
    supervisor = startSupervisor(binaries.procnodes, dir, processes);
    const cluster = toCluster(
      {
        dir,
        server,
        kubeconfig,
        contexts: contexts.map((context) => context.name),
        ports,
        metrics: `http://127.0.0.1:${ports.metrics}/metrics`,
        seconds: { ready: 0, total: 0 },
      },
      supervisor,
    );
    const api = cluster.api();
    await untilReady(cluster, api, 120_000);
    cluster.seconds.ready = elapsed();
    const withJobs = isDemo && (options.jobsOfOthers ?? true);
    if (options.nodes !== 'none') await seedDemo(api, { pools: isDemo, jobsOfOthers: withJobs });
    // The default service account proves that the controllers work.
    await guarded(cluster, 'controllers', () => api.get('/api/v1/namespaces/default/serviceaccounts/default'));
    await guarded(cluster, 'nodes Ready', async () => {
      const list = await api.get('/api/v1/nodes');
      return nodes.nodes.every(({ name }) => isReady(list.items, name));
    });
    if (withJobs) await waitForJobsOfOthers(api);
    api.close();
    cluster.seconds.total = elapsed();
    writeFileSync(path.join(dir, 'cluster.json'), JSON.stringify(cluster, null, 2));
    if (options.detached) supervisor.detach();
    return cluster;
  } catch (error) {
    const reason = explain(error, dir);
    await supervisor?.stop();
    rmSync(dir, { recursive: true, force: true });
    throw reason;
  }
}

function toCluster(facts: ClusterFacts, supervisor: Supervisor): Cluster {
  const { dir, server } = facts;
  let stopped: Promise<void> | undefined;
  const cluster: Cluster = {
    ...facts,
    api: (user = 'admin') => new ApiClient(server, path.join(dir, 'pki'), user),
    processes: () => readProcesses(dir),
    stopApiServer: () => supervisor.kill('kube-apiserver'),
    async startApiServer() {
      await supervisor.start('kube-apiserver');
      const api = cluster.api();
      await untilReady(cluster, api, 60_000);
      api.close();
    },
    stop() {
      stopped ??= supervisor.stop();
      return stopped;
    },
  };
  return cluster;
}

/** A cluster of the user's own: we know its kubeconfig and no more. */
function externalCluster(kubeconfig: string): Cluster {
  const text = readFileSync(kubeconfig, 'utf8');
  const refuse = () => {
    throw new Error('This cluster is not ours (GPUCTL_CLUSTER_KUBECONFIG): it can only be used by its kubeconfig.');
  };
  return {
    dir: path.dirname(kubeconfig),
    server: /server"?:\s*"?([^"\s,]+)/.exec(text)?.[1] ?? '',
    kubeconfig,
    contexts: [],
    ports: {} as Ports,
    metrics: '',
    seconds: { ready: 0, total: 0 },
    api: refuse,
    processes: () => [],
    stopApiServer: refuse,
    startApiServer: refuse,
    stop: async () => {},
  };
}

/** A real path: /tmp and /var are symbolic links on macOS, and the supervisor's folder is recognised by its name. */
function makeFolder(dir?: string): string {
  if (!dir) return realpathSync(mkdtempSync(path.join(os.tmpdir(), FOLDER_PREFIX)));
  if (existsSync(dir)) sweepFolder(realpathSync(dir));
  mkdirSync(dir, { recursive: true });
  if (readdirSync(dir).length > 0) {
    const why = existsSync(path.join(dir, 'cluster.json')) ? 'a cluster runs in it' : 'it is not empty';
    throw new Error(`${dir} cannot be the folder of a new cluster: ${why}.`);
  }
  return realpathSync(dir);
}

function nodesOf(nodes: ClusterOptions['nodes'] = 'demo', images: readonly ImageRule[] = []): NodesConfig {
  const config = configOf(nodes);
  return { ...config, images: [...(config.images ?? []), ...images] };
}

function configOf(nodes: NonNullable<ClusterOptions['nodes']>): NodesConfig {
  if (nodes === 'demo') return demoNodes;
  if (nodes === 'none') return noNodes;
  return typeof nodes === 'string' ? (JSON.parse(readFileSync(nodes, 'utf8')) as NodesConfig) : nodes;
}

function nodesFile(dir: string, nodes: NodesConfig, ports: Ports): object {
  return {
    ...nodes,
    kubeconfig: path.join(dir, 'admin.kubeconfig'),
    stateDir: path.join(dir, 'nodes'),
    hostPathDir: path.join(dir, 'hostpath'),
    listen: `127.0.0.1:${ports.kubelet}`,
    metricsListen: `127.0.0.1:${ports.metrics}`,
    tlsCert: path.join(dir, 'pki', 'kubelet.crt'),
    tlsKey: path.join(dir, 'pki', 'kubelet.key'),
  };
}

function untilReady(cluster: Cluster, api: ApiClient, timeout: number): Promise<unknown> {
  const ask = async () =>
    (await api.request('GET', '/readyz', undefined, { timeoutMilliseconds: 5000 })).status === 200;
  return guarded(cluster, 'API server ready', ask, timeout);
}

/** `until` that gives up as soon as a program has ended. */
function guarded(cluster: Cluster, what: string, ask: () => Promise<unknown>, timeout = 60_000): Promise<unknown> {
  return until(
    what,
    () => {
      const ended = cluster.processes().find((state) => state.exit);
      if (ended) throw new FatalError(`${ended.name} ended early (${ended.exit})`);
      return ask();
    },
    timeout,
  );
}

/** The error with the end of the log of what failed: the folder with the logs is about to go. */
function explain(error: unknown, dir: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  const failed = readProcesses(dir).find((state) => state.exit) ?? { name: 'kube-apiserver' };
  const text = `The test cluster did not start: ${message}. The end of ${failed.name}.log:\n${logTail(dir, failed.name)}`;
  return new Error(text, { cause: error });
}

// biome-ignore lint/suspicious/noExplicitAny: Node objects of the API
function isReady(nodes: any[], name: string): boolean {
  const node = nodes.find((item) => item.metadata.name === name);
  const conditions: { type: string; status: string }[] = node?.status.conditions ?? [];
  const starting = (node?.spec.taints ?? []).some(({ key }: { key: string }) => /not-ready|unreachable/.test(key));
  return !starting && conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
