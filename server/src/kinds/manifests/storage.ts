import type { KubeObject } from '../../model/kubeObject.ts';
import { sharedMemoryBytes } from '../job.ts';
import type { JobModel, Workdir } from '../kind.ts';
import { inNamespace, MANAGED } from './metadata.ts';
import type { Volume, VolumeMount } from './pod.ts';
import type { Site } from './site.ts';

/** Name of the claim that is made for the i-th workdir of a job. */
const workdirClaim = (job: string, index: number): string => `${job}-workdir-${index}`;

/** The volumes of a job's pods and where they are mounted; with GPUs also `/dev/shm`, in memory. */
export function buildStorage(model: JobModel): { volumes: Volume[]; mounts: VolumeMount[] } {
  const volumes: Volume[] = model.workdirs.map((workdir, index) => ({
    name: `workdir-${index}`,
    ...volumeSource(model, workdir, index),
  }));
  const mounts: VolumeMount[] = model.workdirs.map(({ path, readOnly }, index) => ({
    name: `workdir-${index}`,
    mountPath: path,
    ...(readOnly && { readOnly }),
  }));
  if (model.demand.gpusPerPod > 0) {
    volumes.push({ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: `${sharedMemoryBytes(model) / 2 ** 20}Mi` } });
    mounts.push({ name: 'shm', mountPath: '/dev/shm' });
  }
  return { volumes, mounts };
}

function volumeSource(model: JobModel, { source, readOnly }: Workdir, index: number): object {
  switch (source.from) {
    case 'hostPath':
      return { hostPath: { path: source.path, type: 'DirectoryOrCreate' } };
    case 'claim':
      return { persistentVolumeClaim: { claimName: source.name, ...(readOnly && { readOnly }) } };
    case 'nfs':
      return { nfs: { server: source.server, path: source.path, ...(readOnly && { readOnly }) } };
    case 'new':
      return { persistentVolumeClaim: { claimName: workdirClaim(model.name, index) } };
  }
}

/** Storage that is made for the job and kept: mounted by many where the job has, or may come to have, several pods. */
export function buildClaims(model: JobModel, site: Site, pods = model.demand.pods): KubeObject[] {
  return model.workdirs.flatMap(({ source }, index) => {
    if (source.from !== 'new') return [];
    const storageClass = source.storageClass ?? site.pool.storageClass;
    return [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: workdirClaim(model.name, index), ...inNamespace(site), labels: { ...MANAGED } },
        spec: {
          accessModes: [pods > 1 ? 'ReadWriteMany' : 'ReadWriteOnce'],
          resources: { requests: { storage: source.size } },
          ...(storageClass && { storageClassName: storageClass }),
        },
      },
    ];
  });
}
