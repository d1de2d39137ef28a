// The jobs of other people: resources as gpuctl makes them, running shell loops that print plausible lines.
//
// They are tied to nodes by name, so that what is free is the same in every start:
//
//            rack-1          rack-2                          inference-pool
//        n1       n2      n3       n4                        i1       i2
// used   8 of 8   4 of 8  5 of 8   1 of 8                    2 of 4   0 of 4
// free   0        4       3        7       = 14 of 32        2        4      = 6 of 8
//
// So 8 GPUs fit as 4 on each of two nodes (n2 and n4, not in one rack), but not on one node; 16 do not fit at all.
import type { KubernetesObject } from './apiClient.ts';

/** Where they live. Neither ml-engineer nor restricted may touch them. */
export const OTHERS_NAMESPACE = 'vision-team';

interface Person {
  name: string;
  pool: string;
  priority: 'high' | 'medium' | 'low';
  submittedBy: string;
  /** The nodes it runs on, one pod each. */
  nodes: string[];
  gpusPerPod: number;
  image: string;
  script: string;
}

/** A loop that ends at once on SIGTERM: the first process of a container ignores signals that it does not handle. */
const loop = (first: string, each: string) =>
  `trap 'echo "SIGTERM, ending"; exit 143' TERM\n${first}\nstep=0\nwhile :; do\n  step=$((step + 1))\n  ${each}\n  sleep 4 & wait $!\ndone`;

const trainingLine = (total: number) =>
  `echo "step $((1200 + step))/${total} loss 1.$((900 - step % 300)) grad_norm 0.$((310 + step * 7 % 90)) lr 2.0e-05"`;

const jobs: Person[] = [
  {
    name: 'vit-pretrain',
    pool: 'training-pool',
    priority: 'medium',
    submittedBy: 'li.wei',
    nodes: ['n1', 'n2'],
    gpusPerPod: 4,
    image: 'registry.example/vision/vit:2.4',
    script: loop('echo "rank $NODE_RANK of $NNODES, master $MASTER_ADDR:$MASTER_PORT"', trainingLine(90_000)),
  },
  {
    name: 'segment-finetune',
    pool: 'training-pool',
    priority: 'high',
    submittedBy: 'zhang.min',
    nodes: ['n1'],
    gpusPerPod: 4,
    image: 'registry.example/vision/segment:1.0',
    script: loop('echo "loading checkpoint-1200"', trainingLine(12_000)),
  },
  {
    name: 'detector-sweep',
    pool: 'training-pool',
    priority: 'low',
    submittedBy: 'li.wei',
    nodes: ['n3'],
    gpusPerPod: 4,
    image: 'registry.example/vision/detector:0.9',
    script: loop('echo "trial 7 of 40"', 'echo "epoch $((step / 50)) mAP 0.$((410 + step % 60))"'),
  },
  {
    name: 'depth-eval',
    pool: 'training-pool',
    priority: 'medium',
    submittedBy: 'sofia',
    nodes: ['n3'],
    gpusPerPod: 1,
    image: 'registry.example/vision/depth:3.1',
    script: loop('echo "evaluating on 50000 images"', 'echo "$((step * 64)) images, abs_rel 0.0$((52 + step % 8))"'),
  },
  {
    name: 'clip-embed',
    pool: 'training-pool',
    priority: 'low',
    submittedBy: 'sofia',
    nodes: ['n4'],
    gpusPerPod: 1,
    image: 'registry.example/vision/clip:1.2',
    script: loop('echo "writing embeddings to /data/embeddings"', 'echo "shard $step done, 512 rows/s"'),
  },
];

const service: Person = {
  name: 'caption-vllm',
  pool: 'inference-pool',
  priority: 'high',
  submittedBy: 'zhang.min',
  nodes: ['i1'],
  gpusPerPod: 2,
  image: 'registry.example/vllm/vllm-openai:0.11',
  script: loop(
    'echo "INFO Started server process [1]"\necho "INFO Application startup complete."',
    'echo "INFO Avg prompt throughput: $((300 + step % 90)).0 tokens/s, Running: $((step % 5)) reqs, Waiting: 0 reqs"',
  ),
};

function labels(person: Person, type: string): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': 'gpuctl',
    'gpuctl/job-type': type,
    'gpuctl/priority': person.priority,
    'gpuctl/pool': person.pool,
    'gpuctl/namespace': OTHERS_NAMESPACE,
  };
}

function metadata(name: string, person: Person, type: string) {
  const annotations = { 'gpuctl/submitted-by': person.submittedBy };
  return { name, namespace: OTHERS_NAMESPACE, labels: labels(person, type), annotations };
}

function podSpec(person: Person, more: object = {}, env: object[] = []) {
  const { gpusPerPod: gpus } = person;
  const resources = { cpu: String(gpus * 8), memory: `${gpus * 64}Gi`, 'nvidia.com/gpu': String(gpus) };
  const hosts = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: person.nodes }] }];
  return {
    nodeSelector: { 'gpuctl/pool': person.pool },
    priorityClassName: `gpuctl-${person.priority}`,
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: hosts } } },
    containers: [
      {
        name: 'main',
        image: person.image,
        command: ['sh', '-c', person.script],
        env,
        resources: { requests: resources, limits: resources },
        volumeMounts: [{ name: 'shm', mountPath: '/dev/shm' }],
      },
    ],
    volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: `${gpus * 32}Gi` } }],
    ...more,
  };
}

/** One node: a plain Job. Several: an Indexed Job with a headless Service, one pod a node. */
function trainingJob(person: Person): KubernetesObject[] {
  const { name, nodes } = person;
  const distributed = nodes.length > 1;
  const spec = podSpec(person, { restartPolicy: 'Never', ...(distributed && { subdomain: name }) }, rendezvous(person));
  if (distributed) {
    const labelSelector = { matchLabels: { 'batch.kubernetes.io/job-name': name } };
    const apart = [{ topologyKey: 'kubernetes.io/hostname', labelSelector }];
    Object.assign(spec.affinity, { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: apart } });
  }
  const indexed = {
    parallelism: nodes.length,
    completions: nodes.length,
    completionMode: 'Indexed',
    backoffLimitPerIndex: 3,
    maxFailedIndexes: 0,
  };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(name, person, 'training'),
    spec: {
      ...(distributed ? indexed : { backoffLimit: 3 }),
      podReplacementPolicy: 'Failed',
      template: { metadata: { labels: labels(person, 'training') }, spec },
    },
  };
  if (!distributed) return [job];
  const headless = {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: { 'batch.kubernetes.io/job-name': name },
    ports: [{ name: 'rdzv', port: 29_500 }],
  };
  return [job, { apiVersion: 'v1', kind: 'Service', metadata: metadata(name, person, 'training'), spec: headless }];
}

function rendezvous({ name, nodes, gpusPerPod }: Person): object[] {
  if (nodes.length === 1) return [];
  const fieldPath = "metadata.annotations['batch.kubernetes.io/job-completion-index']";
  return [
    { name: 'NODE_RANK', valueFrom: { fieldRef: { fieldPath } } },
    { name: 'NNODES', value: String(nodes.length) },
    { name: 'NPROC_PER_NODE', value: String(gpusPerPod) },
    { name: 'MASTER_ADDR', value: `${name}-0.${name}` },
    { name: 'MASTER_PORT', value: '29500' },
  ];
}

function inferenceService(person: Person): KubernetesObject[] {
  const selector = { app: person.name };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata(person.name, person, 'inference'),
      spec: {
        replicas: person.nodes.length,
        selector: { matchLabels: selector },
        template: { metadata: { labels: { ...labels(person, 'inference'), ...selector } }, spec: podSpec(person) },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(`svc-${person.name}`, person, 'inference'),
      spec: { selector, ports: [{ name: 'http', port: 8000 }] },
    },
  ];
}

/** All their objects, to be created in this order. */
export const jobsOfOthers: KubernetesObject[] = [...jobs.flatMap(trainingJob), ...inferenceService(service)];

/** How many pods they have, all of them Running once the cluster has started. */
export const podsOfOthers = [...jobs, service].reduce((sum, person) => sum + person.nodes.length, 0);
