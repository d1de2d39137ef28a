// What the proofs share: small manifests, and exec and port-forward as a client does them.
import type { ApiClient, KubernetesObject } from '../apiClient.ts';
import { until } from '../apiClient.ts';
import { IMAGES, type NodesConfig } from '../demo.ts';
import { openWebSocket } from './webSocket.ts';

/** Two small nodes with 4 GPUs each; crashing containers come back after 1, 2, 4 … seconds. */
export const twoNodes: NodesConfig = {
  images: IMAGES,
  backoffSeconds: 1,
  nodes: ['a', 'b'].map((name) => ({
    name,
    labels: { 'gpuctl/pool': 'proof-pool' },
    allocatable: { cpu: '8', memory: '16Gi', pods: '110', 'ephemeral-storage': '10Gi', 'nvidia.com/gpu': '4' },
    gpuModel: 'NVIDIA Proof 24GB',
    gpuMemoryMiB: 24_000,
  })),
};

/** The URL path of the pods of a namespace. */
export const podsPath = (namespace = 'default') => `/api/v1/namespaces/${namespace}/pods`;

/** The command of a shell script. */
export const sh = (script: string) => ['sh', '-c', script];

/** The command of a JavaScript program: the only interpreter that is surely there. */
export const js = (program: string) => [process.execPath, '-e', program];

/** A pod of one container `main`. */
export function pod(name: string, command: string[] | undefined, more: Partial<PodParts> = {}): KubernetesObject {
  const container = { name: 'main', image: 'proof', command, ...more.container };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name }, annotations: more.annotations },
    spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 2, ...more.spec, containers: [container] },
  };
}

interface PodParts {
  container: object;
  spec: object;
  annotations: Record<string, string>;
}

/** Waits for a pod in a state that `test` accepts and gives it. */
export function podWhen(
  api: ApiClient,
  name: string,
  test: (pod: KubernetesObject) => boolean,
  timeoutMilliseconds?: number,
): Promise<KubernetesObject> {
  const ask = async () => {
    const response = await api.request('GET', `${podsPath()}/${name}`);
    return response.status === 200 && test(response.body) && response.body;
  };
  return until(`pod ${name}`, ask, timeoutMilliseconds);
}

export const isRunning = (object: KubernetesObject): boolean => object.status.phase === 'Running';
export const isOver = (object: KubernetesObject): boolean => /Succeeded|Failed/.test(object.status.phase);
export const isReady = (object: KubernetesObject): boolean =>
  (object.status.conditions ?? []).some((c: KubernetesObject) => c.type === 'Ready' && c.status === 'True');

/** Creates a pod and waits until it runs. */
export async function startPod(api: ApiClient, object: KubernetesObject): Promise<KubernetesObject> {
  await api.create(object);
  return podWhen(api, object.metadata.name, isRunning);
}

/** Events of an object, `Reason: message`, oldest first. */
export async function eventsOf(api: ApiClient, name: string, namespace = 'default'): Promise<string[]> {
  const list = await api.get(`/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name=${name}`);
  return list.items.map((event: KubernetesObject) => `${event.reason}: ${event.message}`);
}

/** What an exec gave. */
export interface ExecResult {
  stdout: Buffer;
  stderr: string;
  code: number;
  message: string;
}

/** Runs a command in a pod's container, protocol v5; stdin is closed after `stdin`. */
export async function exec(api: ApiClient, name: string, argv: string[], stdin?: Buffer): Promise<ExecResult> {
  const query = argv.map((word) => `command=${encodeURIComponent(word)}`).join('&');
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let status: KubernetesObject = {};
  const connection = await openWebSocket(
    api,
    `${podsPath()}/${name}/exec?${query}&stdout=true&stderr=true&stdin=${stdin !== undefined}`,
    'v5.channel.k8s.io',
    (message) => {
      const data = Buffer.from(message.subarray(1));
      if (message[0] === 1) out.push(data);
      else if (message[0] === 2) err.push(data);
      else if (message[0] === 3) status = JSON.parse(data.toString());
    },
  );
  if (stdin) {
    for (let at = 0; at < stdin.length; at += 32_768) {
      connection.send(Buffer.concat([Buffer.from([0]), stdin.subarray(at, at + 32_768)]));
    }
    connection.send(Buffer.from([255, 0])); // v5: half-close of channel 0
  }
  await connection.closed;
  const cause = status.details?.causes?.find((each: KubernetesObject) => each.reason === 'ExitCode');
  const code = status.status === 'Success' ? 0 : Number(cause?.message ?? -1);
  return { stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString(), code, message: status.message ?? '' };
}

/** Sends bytes to a port of a pod through port-forward and gives what came back, until the server closed. */
export async function forward(api: ApiClient, name: string, port: number, bytes: string): Promise<string> {
  let data = '';
  let error = '';
  const seen = new Set<number>();
  const connection = await openWebSocket(
    api,
    `${podsPath()}/${name}/portforward?ports=${port}`,
    'v4.channel.k8s.io',
    (message) => {
      const channel = message[0] ?? 0;
      const first = !seen.has(channel); // the first message of a channel is the port number
      seen.add(channel);
      if (first) return;
      if (channel === 0) data += message.subarray(1).toString();
      else error += message.subarray(1).toString();
    },
  );
  connection.send(Buffer.concat([Buffer.from([0]), Buffer.from(bytes)]));
  await connection.closed;
  if (error) throw new Error(error);
  return data;
}
