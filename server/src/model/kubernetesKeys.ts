import type { TextKey } from '../../../l10n/index.ts';

type Way = Exclude<Extract<TextKey, `kubernetes.${string}`>, 'kubernetes.here'>;

const KEYS: Record<Way, string> = {
  'kubernetes.structure': 'spec template status data selector jobTemplate items',
  'kubernetes.name': 'metadata generateName',
  'kubernetes.labels': 'labels annotations matchLabels',
  'kubernetes.container': 'containers container initContainers ephemeralContainers workingDir stdin tty',
  'kubernetes.env': 'envFrom valueFrom secretKeyRef configMapKeyRef configMapRef secretRef fieldRef',
  'kubernetes.placement':
    'nodeSelector affinity tolerations nodeName nodeAffinity podAffinity podAntiAffinity topologySpreadConstraints',
  'kubernetes.amounts': 'limits requests nvidia.com/gpu hard',
  'kubernetes.storage':
    'volumes volumeMounts volumeClaimTemplates volumeDevices persistentVolumeClaim pvc claimName mountPath subPath emptyDir',
  'kubernetes.ports': 'ports containerPort hostPort targetPort nodePort clusterIP loadBalancerIP ingress serviceType',
  'kubernetes.replicas': 'replicas parallelism completions completionMode numReplicas replicaSpecs pytorchReplicaSpecs',
  'kubernetes.probes': 'livenessProbe readinessProbe startupProbe httpGet',
  'kubernetes.scaling': 'scaleTargetRef metrics minReplicaCount maxReplicaCount triggers hpa',
  'kubernetes.retries': 'backoffLimit backoffLimitPerIndex maxFailedIndexes restartPolicy podFailurePolicy',
  'kubernetes.timeout': 'activeDeadlineSeconds terminationGracePeriodSeconds ttlSecondsAfterFinished',
  'kubernetes.priority': 'priorityClassName priorityClass',
  'kubernetes.pull-secret': 'imagePullSecrets',
  'kubernetes.pull-policy': 'imagePullPolicy',
  'kubernetes.network': 'hostNetwork dnsPolicy dnsConfig hostAliases',
  'kubernetes.shm': 'hostIPC shmSize shm',
  'kubernetes.left-to-cluster':
    'securityContext serviceAccountName serviceAccount runtimeClassName schedulerName privileged capabilities hostPID lifecycle',
};

const WAYS = new Map(
  Object.entries(KEYS).flatMap(([way, keys]) => keys.split(' ').map((key) => [key, way as Way] as const)),
);

/**
 * The text that names gpuctl's way of saying what a field of Kubernetes says; `undefined` for all other words. `status`, `data` and
 * their like are words of Kubernetes at the root only.
 */
export function kubernetesWay(key: string, atRoot: boolean): Way | undefined {
  const way = WAYS.get(key);
  return way === 'kubernetes.structure' && !atRoot ? undefined : way;
}
