/** What schedulers, kubelets, runtimes, controllers and programs really say (Kubernetes 1.31–1.36, containerd, PyTorch, vLLM), and what we make of it. */

/** Reason, raw text, stable code, sentence. */
export type Example = readonly [reason: string, text: string, code: string, sentence: string];

const nodes = (reasons: string, preemption = 'No preemption victims found for incoming pod') =>
  `0/12 nodes are available: ${reasons}. preemption: 0/12 nodes are available: 12 ${preemption}.`;

/** Of the condition PodScheduled, for a pod that asks for 4 GPUs, 400 GiB and 32 cores. */
export const SCHEDULER: readonly Example[] = [
  [
    'Unschedulable',
    nodes("4 Insufficient nvidia.com/gpu, 8 node(s) didn't match Pod's node affinity/selector"),
    'job.wait.gpus',
    'waiting for 4 free GPUs on one node',
  ],
  [
    'Unschedulable',
    nodes('1 Insufficient memory, 4 Insufficient huawei.com/Ascend910'),
    'job.wait.gpus',
    'waiting for 4 free GPUs on one node',
  ],
  [
    'Unschedulable',
    nodes('1 Insufficient nvidia.com/gpu, 3 Insufficient cpu'),
    'job.wait.cpu',
    'waiting for 32 free CPU cores on one node',
  ],
  [
    'Unschedulable',
    nodes('4 Insufficient memory'),
    'job.wait.memory',
    'waiting for 400 GiB of free memory on one node',
  ],
  [
    'Unschedulable',
    nodes('4 Insufficient ephemeral-storage'),
    'job.wait.disk',
    'waiting for free disk space on a node',
  ],
  ['Unschedulable', nodes('4 Insufficient rdma/hca'), 'job.wait.resource', 'waiting for free rdma/hca on a node'],
  [
    'Unschedulable',
    nodes('3 Too many pods'),
    'job.wait.full-nodes',
    'waiting: 3 nodes hold as many containers as they may',
  ],
  [
    'Unschedulable',
    nodes("12 node(s) didn't match Pod's node affinity/selector", 'Preemption is not helpful for scheduling'),
    'job.wait.no-such-node',
    'waiting: no node matches its pool and GPU type',
  ],
  [
    'Unschedulable',
    nodes('2 node(s) had untolerated taint(s)'),
    'job.wait.tainted',
    'waiting: 2 nodes are kept for other work',
  ],
  [
    'Unschedulable',
    nodes('1 node(s) had untolerated taint {dedicated: vision, team}, 1 node(s) were unschedulable'),
    'job.wait.cordoned',
    'waiting: 1 node takes no new jobs (cordoned)',
  ],
  [
    'Unschedulable',
    nodes('2 node(s) had untolerated taint {dedicated: vision}'),
    'job.wait.tainted',
    'waiting: 2 nodes are kept for other work (taint dedicated)',
  ],
  [
    'Unschedulable',
    nodes("2 node(s) had taints that the pod didn't tolerate"),
    'job.wait.tainted',
    'waiting: 2 nodes are kept for other work',
  ],
  [
    'Unschedulable',
    nodes('2 node(s) were unschedulable'),
    'job.wait.cordoned',
    'waiting: 2 nodes take no new jobs (cordoned)',
  ],
  [
    'Unschedulable',
    nodes("3 node(s) didn't have free ports for the requested pod ports"),
    'job.wait.ports',
    'waiting: the ports that it asks for are taken on 3 nodes',
  ],
  [
    'Unschedulable',
    nodes("2 node(s) didn't match pod affinity rules"),
    'job.wait.together',
    'waiting: 2 nodes are not in the rack of its other ranks',
  ],
  [
    'Unschedulable',
    nodes("1 node(s) didn't match pod anti-affinity rules"),
    'job.wait.apart',
    'waiting for a node of its own: 1 has a rank already',
  ],
  [
    'Unschedulable',
    nodes("2 node(s) didn't match pod topology spread constraints"),
    'job.wait.spread',
    'waiting: on 2 nodes its ranks would be spread unevenly',
  ],
  [
    'Unschedulable',
    '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    'job.wait.storage',
    'waiting for its storage',
  ],
  [
    'Unschedulable',
    '0/3 nodes are available: persistentvolumeclaim "data" not found. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    'job.wait.storage-missing',
    'waiting for ever: there is no storage “data”',
  ],
  [
    'Unschedulable',
    nodes('2 node(s) had volume node affinity conflict'),
    'job.wait.storage-elsewhere',
    'waiting: its storage cannot be reached from 2 nodes',
  ],
  [
    'Unschedulable',
    nodes('2 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)'),
    'job.wait.storage-lost',
    'waiting for ever: the volume behind its storage is gone',
  ],
  [
    'Unschedulable',
    nodes('2 node(s) exceed max volume count'),
    'job.wait.storage-limit',
    'waiting: 2 nodes have as many volumes as they can',
  ],
  [
    'Unschedulable',
    nodes("2 node(s) didn't find available persistent volumes to bind"),
    'job.wait.storage-none',
    'waiting: on 2 nodes there is no volume left for its storage',
  ],
  ['Unschedulable', nodes('4 cannot allocate all claims'), 'job.wait.devices', 'waiting for devices that it claims'],
  [
    'Unschedulable',
    '0/3 nodes are available: resourceclaim "gpus" does not exist.',
    'job.wait.devices-missing',
    'waiting for ever: there is no device claim “gpus”',
  ],
  [
    'Unschedulable',
    'waiting for minCount pods from a gang to appear in scheduling queue',
    'job.wait.gang',
    'waiting for the rest of its ranks',
  ],
  ['Unschedulable', 'no nodes available to schedule pods', 'job.wait.no-nodes', 'waiting: the cluster has no nodes'],
  [
    'SchedulingGated',
    'Scheduling is blocked due to non-empty scheduling gates',
    'job.wait.queue',
    'waiting in the queue',
  ],
  ['Unschedulable', nodes('4 something new of a plug-in'), 'job.wait.unschedulable', 'waiting: no node can take it'],
];

const pull = (cause: string, image = 'a/b:1') => `Back-off pulling image "${image}": ErrImagePull: ${cause}`;
const runc = (cause: string) =>
  `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${cause}: unknown`;

/** Of a container that waits. */
export const WAITING: readonly Example[] = [
  [
    'ImagePullBackOff',
    pull(
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/a/b:1": failed to resolve reference "docker.io/a/b:1": docker.io/a/b:1: not found',
    ),
    'job.image.not-found',
    'cannot fetch its image “a/b:1”: there is no such name or tag',
  ],
  [
    'ErrImagePull',
    'failed to pull and unpack image "docker.io/library/b:1": reading manifest 1 in docker.io/library/b: manifest unknown',
    'job.image.not-found',
    'cannot fetch its image “b:1”: there is no such name or tag',
  ],
  [
    'ImagePullBackOff',
    pull(
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope',
    ),
    'job.image.denied',
    'cannot fetch its image “a/b:1”: its registry refuses access',
  ],
  [
    'ImagePullBackOff',
    pull('unexpected status from HEAD request to https://r.example/v2/a/manifests/1: 401 Unauthorized'),
    'job.image.denied',
    'cannot fetch its image “a/b:1”: its registry refuses access',
  ],
  [
    'ImagePullBackOff',
    pull('unexpected status: 403 Forbidden'),
    'job.image.denied',
    'cannot fetch its image “a/b:1”: its registry refuses access',
  ],
  [
    'ImagePullBackOff',
    pull('toomanyrequests: You have reached your pull rate limit.'),
    'job.image.rate-limit',
    'cannot fetch its image “a/b:1”: its registry was asked too often',
  ],
  [
    'ImagePullBackOff',
    pull('failed to do request: Head "https://r.example/v2/": dial tcp: lookup r.example on 10.0.0.2:53: no such host'),
    'job.image.host',
    'cannot fetch its image “a/b:1”: its registry r.example is not known',
  ],
  [
    'ImagePullBackOff',
    pull('dial tcp 10.0.0.9:443: i/o timeout'),
    'job.image.network',
    'cannot fetch its image “a/b:1”: its registry does not answer',
  ],
  [
    'ImagePullBackOff',
    pull('tls: failed to verify certificate: x509: certificate signed by unknown authority'),
    'job.image.certificate',
    'cannot fetch its image “a/b:1”: the nodes do not trust the certificate of its registry',
  ],
  [
    'ImagePullBackOff',
    pull('no matching manifest for linux/amd64 in the manifest list entries'),
    'job.image.platform',
    'cannot fetch its image “a/b:1”: it was not built for linux/amd64',
  ],
  [
    'ImagePullBackOff',
    pull('write /var/lib/containerd/x: no space left on device'),
    'job.image.disk',
    'cannot fetch its image “a/b:1”: the disk of its node is full',
  ],
  ['ImagePullBackOff', 'Back-off pulling image "a/b:1"', 'job.image.unfetched', 'cannot fetch its image “a/b:1”'],
  [
    'InvalidImageName',
    'Failed to apply default image tag "A/B": couldn\'t parse image name "A/B": invalid reference format: repository name must be lowercase',
    'job.image.name',
    'cannot fetch its image “A/B”: that is no name of an image',
  ],
  [
    'ErrImageNeverPull',
    'Container image "a/b:1" is not present with pull policy of Never',
    'job.image.not-on-node',
    'cannot start: its image “a/b:1” is not on its node and may not be fetched',
  ],
  [
    'CreateContainerConfigError',
    'secret "hf-token" not found',
    'job.start.no-secret',
    'cannot start: the secret “hf-token” is missing',
  ],
  [
    'CreateContainerConfigError',
    'configmap "data" not found',
    'job.start.no-config',
    'cannot start: the settings “data” are missing',
  ],
  [
    'CreateContainerConfigError',
    "couldn't find key HF_TOKEN in Secret ml-team/hf-token",
    'job.start.no-key',
    'cannot start: the Secret “hf-token” has no key “HF_TOKEN”',
  ],
  [
    'RunContainerError',
    runc('exec: "torchrun": executable file not found in $PATH'),
    'job.start.no-program',
    'cannot start: its image has no program “torchrun”',
  ],
  [
    'RunContainerError',
    runc('exec: "/app/run.sh": stat /app/run.sh: no such file or directory'),
    'job.start.no-program',
    'cannot start: its image has no program “/app/run.sh”',
  ],
  [
    'CreateContainerError',
    'executable file `vllm` not found in $PATH',
    'job.start.no-program',
    'cannot start: its image has no program “vllm”',
  ],
  [
    'RunContainerError',
    runc('exec: "/app/run.sh": permission denied'),
    'job.start.not-executable',
    'cannot start: “/app/run.sh” may not be run',
  ],
  [
    'RunContainerError',
    runc('chdir to cwd ("/nowhere") set in config.json failed: no such file or directory'),
    'job.start.no-folder',
    'cannot start: there is no folder “/nowhere” to work in',
  ],
  [
    'RunContainerError',
    'nvidia-container-cli: initialization error: nvml error: driver not loaded: unknown',
    'job.start.driver',
    'cannot start: the GPU driver of its node does not work with containers',
  ],
  [
    'CreateContainerError',
    'could not select device driver "" with capabilities: [[gpu]]',
    'job.start.driver',
    'cannot start: the GPU driver of its node does not work with containers',
  ],
  ['CreateContainerError', 'rpc error: code = Unknown desc = 0xdead', 'job.start.failed', 'cannot be started'],
];

/** Of a pod that failed; the text is that of its status. */
export const REMOVED: readonly Example[] = [
  [
    'Preempting',
    'Preempted in order to admit critical pod',
    'job.node.preempted',
    'stopped by a job of higher priority',
  ],
  [
    'PreemptionByScheduler',
    'default-scheduler: preempting to accommodate a higher priority pod',
    'job.node.preempted',
    'stopped by a job of higher priority',
  ],
  [
    'Evicted',
    'The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi. Container main was using 10Gi, request is 1Gi, has larger consumption of memory. ',
    'job.node.memory',
    'evicted: its node ran low on memory; it used 10Gi, 1Gi were asked for',
  ],
  [
    'Evicted',
    'The node was low on resource: memory. Threshold quantity: 100Mi',
    'job.node.memory',
    'evicted: its node ran low on memory',
  ],
  [
    'Evicted',
    'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ',
    'job.node.disk',
    'evicted: it wrote more than 1Gi to the disk of its node',
  ],
  [
    'Evicted',
    'Usage of EmptyDir volume "scratch" exceeds the limit "5Gi". ',
    'job.node.disk',
    'evicted: it wrote more than 5Gi to the disk of its node',
  ],
  [
    'Evicted',
    'The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available: 500Mi. ',
    'job.node.disk',
    'evicted: too little disk space',
  ],
  ['Evicted', 'The node had condition: [PIDPressure]. ', 'job.node.evicted', 'evicted from its node'],
  ['EvictionByEvictionAPI', 'Eviction API: evicting', 'job.node.drained', 'evicted: its node is being emptied'],
  [
    'TerminationByKubelet',
    'Pod was terminated in response to imminent node shutdown.',
    'job.node.shutdown',
    'stopped: its node was shut down',
  ],
  [
    'Terminated',
    'Pod was terminated in response to imminent node shutdown.',
    'job.node.shutdown',
    'stopped: its node was shut down',
  ],
  ['Shutdown', 'Node is shutting, evicting pods', 'job.node.shutdown', 'stopped: its node was shut down'],
  ['NodeLost', 'Node n1 which was running pod is unresponsive', 'job.node.lost', 'stopped: its node failed'],
  [
    'DeletionByTaintManager',
    'Taint manager: deleting due to NoExecute taint',
    'job.node.lost',
    'stopped: its node failed',
  ],
  [
    'DeadlineExceeded',
    'Pod was active on the node longer than the specified deadline',
    'job.node.timed-out',
    'stopped: its time limit is over',
  ],
  [
    'UnexpectedAdmissionError',
    'Pod was rejected: Allocate failed due to requested number of devices unavailable for nvidia.com/gpu. Requested: 1, Available: 0, which is unexpected',
    'job.node.no-devices',
    'refused by its node: 1 GPU was asked for, 0 are left there',
  ],
  [
    'UnexpectedAdmissionError',
    'Pod was rejected: Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu, which is unexpected',
    'job.node.unhealthy',
    'refused by its node: its GPUs are not healthy',
  ],
  ['UnexpectedAdmissionError', 'Pod was rejected: something new', 'job.node.refused', 'refused by its node'],
  [
    'OutOfcpu',
    "Pod was rejected: Node didn't have enough resource: cpu, requested: 4000, used: 7000, capacity: 8000",
    'job.node.full',
    'refused by its node: too little cpu is left',
  ],
  [
    'OutOfnvidia.com/gpu',
    "Pod was rejected: Node didn't have enough resource: nvidia.com/gpu, requested: 4, used: 8, capacity: 8",
    'job.node.full',
    'refused by its node: too little nvidia.com/gpu is left',
  ],
  [
    'NodeAffinity',
    "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    'job.node.changed',
    'refused by its node: it does not belong to the pool or type any more',
  ],
];

/** Of a program that ended by itself, with its exit code; the reason is that of the container. */
export const ENDED: readonly (readonly [reason: string, exitCode: number, code: string, sentence: string])[] = [
  ['OOMKilled', 137, 'job.crash.out-of-memory', 'ran out of memory (limit 400 GiB)'],
  ['Error', 137, 'job.crash.killed', 'was killed (exit code 137)'],
  ['Error', 143, 'job.crash.terminated', 'was told to stop (exit code 143)'],
  ['Error', 139, 'job.crash.segfault', 'crashed: it used memory that is not its own (exit code 139)'],
  ['Error', 134, 'job.crash.aborted', 'gave up by itself (exit code 134)'],
  ['Error', 135, 'job.crash.shared-memory', 'ran out of shared memory (exit code 135)'],
  ['Error', 136, 'job.crash.signal', 'was ended by signal 8 (exit code 136)'],
  ['Error', 126, 'job.crash.not-executable', 'ended with exit code 126: its command may not be run'],
  ['Error', 127, 'job.crash.no-command', 'ended with exit code 127: its command was not found'],
  ['Error', 1, 'job.crash.exit', 'ended with exit code 1'],
  ['Error', 2, 'job.crash.exit', 'ended with exit code 2'],
  ['Error', 128, 'job.crash.exit', 'ended with exit code 128'],
  ['StartError', 128, 'job.start.failed', 'cannot be started'],
];

/** Events of a pod that has a node and does not start, or runs and does not answer. */
export const EVENTS: readonly Example[] = [
  [
    'FailedMount',
    'MountVolume.SetUp failed for volume "hf" : secret "hf-token" not found',
    'job.start.no-secret',
    'cannot start: the secret “hf-token” is missing',
  ],
  [
    'FailedMount',
    'MountVolume.SetUp failed for volume "data" : hostPath type check failed: /data is not a directory',
    'job.storage.host-path',
    'cannot start: its node has no “/data” as it is asked for',
  ],
  [
    'FailedMount',
    'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data kube-api-access]: timed out waiting for the condition',
    'job.storage.late',
    'waiting for its storage: data could not be mounted in time',
  ],
  [
    'FailedMount',
    'MountVolume.SetUp failed for volume "nfs" : mount failed: exit status 32',
    'job.storage.mount',
    'waiting for its storage: the volume nfs cannot be mounted',
  ],
  [
    'FailedAttachVolume',
    'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) other-0',
    'job.storage.in-use',
    'waiting for its storage: another node has it (pvc-1)',
  ],
  [
    'FailedAttachVolume',
    'AttachVolume.Attach failed for volume "pvc-1" : rpc error: DeadlineExceeded',
    'job.storage.attach',
    'waiting for its storage: the volume pvc-1 cannot be attached',
  ],
  [
    'FailedCreatePodSandBox',
    'Failed to create pod sandbox: plugin type="calico" failed (add): error getting ClusterInformation',
    'job.start.network',
    'cannot start: its node gives it no network',
  ],
  [
    'FailedCreatePodSandBox',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "nvidia" is configured',
    'job.start.runtime',
    'cannot start: its node has no container runtime “nvidia”',
  ],
];

/** Events of a pod that runs and is not ready. */
export const PROBES: readonly Example[] = [
  [
    'Unhealthy',
    'Startup probe failed: Get "http://10.0.0.1:8000/health": dial tcp: connect: connection refused',
    'job.ready.starting',
    'running, but does not answer yet',
  ],
  [
    'Unhealthy',
    'Readiness probe failed: HTTP probe failed with statuscode: 503',
    'job.ready.no-answer',
    'running, but does not answer',
  ],
  [
    'Unhealthy',
    'Liveness probe failed: context deadline exceeded',
    'job.ready.hung',
    'is started anew, since it does not answer any more',
  ],
];

/** Events of a pod without a node. */
export const SCALING: readonly Example[] = [
  [
    'TriggeredScaleUp',
    'pod triggered scale-up: [{a100-group 1->2 (max: 5)}]',
    'job.wait.scaling-up',
    'waiting for a new node to start (a100-group: 1 → 2)',
  ],
  ['TriggeredScaleUp', 'pod triggered scale-up', 'job.wait.scaling-up', 'waiting for a new node to start'],
];
