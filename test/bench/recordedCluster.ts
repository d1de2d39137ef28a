/** A large cluster as data: nodes and pods as an API server of a company tells them, with all that nobody reads. */
import type { KubeObject } from '../../server/src/operations/ports.ts';

/** Objects of the large cluster. */
export const SIZE = { nodes: 5_000, pods: 50_000 };

const GPUS = ['A100-80G', 'H100-80G', 'L40S-48G', 'A10-24G'];
const CREATED = '2026-03-02T08:15:30Z';
const hex = (index: number, digits: number) =>
  (Math.imul(index + 1, 0x9e3779b1) >>> 0).toString(16).padStart(digits, '0').slice(-digits);
const uidOf = (index: number, kind: number) =>
  `${hex(index, 8)}-${hex(kind, 4)}-4${hex(index + 7, 3)}-a${hex(index + 11, 3)}-${hex(index, 8)}${hex(kind, 4)}`;
const nodeName = (index: number) => `gpu-worker-${String(index).padStart(5, '0')}.cluster.internal`;

/** Five nodes in six have GPUs; pools are of 250 nodes. */
export function recordedNode(index: number, version = 1): KubeObject {
  const gpuType = index % 6 === 5 ? undefined : (GPUS[Math.floor(index / 250) % GPUS.length] as string);
  const name = nodeName(index);
  const amounts = {
    cpu: '128',
    'ephemeral-storage': '1888540476Ki',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: '1056283908Ki',
    pods: '110',
    ...(gpuType && { 'nvidia.com/gpu': '8', 'rdma/hca': '8' }),
  };
  const at = new Date(Date.parse(CREATED) + version * 10_000).toISOString().replace(/\.\d+/, '');
  const condition = (type: string, status: string, reason: string) => ({
    type,
    status,
    lastHeartbeatTime: at,
    lastTransitionTime: CREATED,
    reason,
    message: `kubelet has ${reason.toLowerCase()} on this node`,
  });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: uidOf(index, 1),
      resourceVersion: String(version),
      creationTimestamp: CREATED,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/region': 'region-1',
        'topology.kubernetes.io/zone': `region-1${'abc'[index % 3]}`,
        'topology.kubernetes.io/rack': `rack-${Math.floor(index / 16)}`,
        ...(gpuType && {
          'gpuctl/pool': `pool-${Math.floor(index / 250)}`,
          'gpuctl/gpu-type': gpuType,
          'nvidia.com/gpu.product': `NVIDIA-${gpuType}`,
          'nvidia.com/gpu.count': '8',
          'nvidia.com/gpu.memory': '81920',
          'nvidia.com/cuda.driver.major': '550',
          'nvidia.com/gpu.present': 'true',
        }),
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'csi.volume.kubernetes.io/nodeid': '{"csi.example":"n"}' },
      managedFields: managedFields(['kubelet', 'kube-controller-manager'], 20),
    },
    spec: {
      podCIDR: `10.${index >> 8}.${index & 255}.0/24`,
      providerID: `example:///${name}`,
      ...(index % 50 === 49 && { unschedulable: true }),
      taints: gpuType ? [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] : [],
    },
    status: {
      capacity: amounts,
      allocatable: amounts,
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
        condition('Ready', index % 100 === 7 ? 'Unknown' : 'True', 'KubeletReady'),
      ],
      addresses: [
        { type: 'InternalIP', address: `10.${index >> 8}.${index & 255}.1` },
        { type: 'Hostname', address: name },
      ],
      images: Array.from({ length: 25 }, (_, image) => ({
        names: [`registry.example.com/ml/image-${image}@sha256:${hex(image, 8).repeat(8)}`],
        sizeBytes: 8_123_456_789 + image,
      })),
      nodeInfo: { architecture: 'amd64', kernelVersion: '6.8.0-45-generic', kubeletVersion: 'v1.34.2' },
    },
  };
}

/** Ten pods a node: two of jobs with GPUs, the others services and daemons. About 7 KB of JSON each. */
export function recordedPod(index: number, version = 1): KubeObject {
  const node = Math.floor(index / 10);
  const ofJob = index % 10 < 2 && node % 6 !== 5;
  const job = `qwen2-sft-${Math.floor(index / 40)}`;
  const app = `service-${Math.floor(index / 25) % 400}`;
  const name = ofJob ? `${job}-${index % 40}-${hex(index, 5)}` : `${app}-7c9d8b6f5d-${hex(index, 5)}`;
  const namespace = `team-${Math.floor(index / 40) % 60}`;
  const phase = index % 97 === 3 ? 'Succeeded' : index % 89 === 5 ? 'Pending' : 'Running';
  const env = Array.from({ length: 18 }, (_, at) => ({
    name: `SETTING_${at}_OF_THE_PROGRAM`,
    value: `value-${at}-${index}`,
  }));
  const condition = (type: string) => ({
    type,
    status: phase === 'Pending' ? 'False' : 'True',
    lastProbeTime: null,
    lastTransitionTime: CREATED,
    ...(phase === 'Pending' && {
      reason: type === 'PodScheduled' ? 'Unschedulable' : 'ContainersNotReady',
      message: `0/${SIZE.nodes} nodes are available: 4000 Insufficient nvidia.com/gpu, 1000 node(s) had taints.`,
    }),
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      generateName: name.slice(0, -5),
      namespace,
      uid: uidOf(index, 2),
      resourceVersion: String(version),
      creationTimestamp: CREATED,
      labels: ofJob
        ? {
            app: job,
            'batch.kubernetes.io/job-name': job,
            'batch.kubernetes.io/controller-uid': uidOf(Math.floor(index / 40), 3),
            'batch.kubernetes.io/job-completion-index': String(index % 40),
            'gpuctl/job-type': 'training',
            'gpuctl/pool': `pool-${Math.floor(node / 250)}`,
            'gpuctl/priority': 'medium',
          }
        : {
            app,
            'pod-template-hash': '7c9d8b6f5d',
            'app.kubernetes.io/instance': app,
            'app.kubernetes.io/part-of': 'ml',
          },
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '9400',
        'cni.projectcalico.org/podIP': `10.${node >> 8}.${node & 255}.${index % 10}/32`,
        'kubectl.kubernetes.io/restartedAt': CREATED,
      },
      ownerReferences: [
        {
          apiVersion: ofJob ? 'batch/v1' : 'apps/v1',
          kind: ofJob ? 'Job' : 'ReplicaSet',
          name: ofJob ? job : `${app}-7c9d8b6f5d`,
          uid: uidOf(Math.floor(index / 40), 3),
          controller: true,
        },
      ],
      managedFields: managedFields(['kube-controller-manager', 'kubelet'], 14),
    },
    spec: {
      volumes: [
        { name: 'dataset', persistentVolumeClaim: { claimName: 'dataset-imagenet-shared' } },
        { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '64Gi' } },
        {
          name: `kube-api-access-${hex(index, 5)}`,
          projected: {
            sources: [
              { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
              { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            ],
            defaultMode: 420,
          },
        },
      ],
      containers: [
        {
          name: 'main',
          image: 'registry.example.com/llm/llama-factory:0.9.5',
          command: ['torchrun', '--nnodes=4', '--nproc-per-node=8', 'train.py', '--config', '/config/sft.yaml'],
          env,
          resources: ofJob
            ? {
                limits: { cpu: '32', memory: '400Gi', 'nvidia.com/gpu': '4' },
                requests: { cpu: '32', memory: '400Gi', 'nvidia.com/gpu': '4' },
              }
            : { limits: { memory: '2Gi' }, requests: { cpu: '250m', memory: '1Gi' } },
          volumeMounts: ['dataset', 'shm', `kube-api-access-${hex(index, 5)}`].map((volume) => ({
            name: volume,
            mountPath: `/mnt/${volume}`,
          })),
          livenessProbe: { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' }, periodSeconds: 10 },
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'FallbackToLogsOnError',
          imagePullPolicy: 'IfNotPresent',
        },
      ],
      restartPolicy: ofJob ? 'Never' : 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: 'default',
      ...(phase !== 'Pending' && { nodeName: nodeName(node) }),
      securityContext: {},
      schedulerName: 'default-scheduler',
      tolerations: ['not-ready', 'unreachable', 'memory-pressure'].map((key) => ({
        key: `node.kubernetes.io/${key}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
      priorityClassName: 'gpuctl-medium',
      priority: 500_000,
      preemptionPolicy: 'PreemptLowerPriority',
    },
    status: {
      phase,
      conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
        condition,
      ),
      qosClass: 'Burstable',
      hostIP: `10.${node >> 8}.${node & 255}.1`,
      podIP: `10.${node >> 8}.${node & 255}.${index % 10}`,
      startTime: CREATED,
      containerStatuses:
        phase === 'Pending'
          ? []
          : [
              {
                name: 'main',
                state:
                  phase === 'Succeeded'
                    ? { terminated: { exitCode: 0, reason: 'Completed', startedAt: CREATED, finishedAt: CREATED } }
                    : { running: { startedAt: CREATED } },
                lastState: {},
                ready: true,
                restartCount: index % 3,
                image: 'registry.example.com/llm/llama-factory:0.9.5',
                imageID: `registry.example.com/llm/llama-factory@sha256:${hex(3, 8).repeat(8)}`,
                containerID: `containerd://${hex(index, 8).repeat(8)}`,
                started: true,
              },
            ],
    },
  };
}

/** Who wrote which field: a third of what an API server sends. */
function managedFields(managers: string[], fields: number): object[] {
  return managers.map((manager) => ({
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: CREATED,
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:metadata': { 'f:annotations': { '.': {} }, 'f:labels': { '.': {}, 'f:app': {} } },
      'f:spec': Object.fromEntries(
        Array.from({ length: fields }, (_, at) => [
          `k:{"name":"SETTING_${at}"}`,
          { '.': {}, 'f:name': {}, 'f:value': {} },
        ]),
      ),
    },
  }));
}
