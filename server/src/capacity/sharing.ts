import type { GpuSharing } from '../kinds/manifests/site.ts';
import type { NodeRecord } from '../state/records.ts';

/** How device plugins share the memory of GPUs, by the resource that a share is asked for with. */
export const SHARINGS: readonly GpuSharing[] = [
  { resource: 'aliyun.com/gpu-mem', unit: 'GiB', inPlaceOfGpu: true },
  { resource: 'nvidia.com/gpumem', unit: 'MiB', inPlaceOfGpu: false },
];

/** How nodes share the memory of GPUs, where their resources tell. */
export const sharingOf = (nodes: readonly NodeRecord[]): GpuSharing | undefined =>
  SHARINGS.find(({ resource }) => nodes.some(({ allocatable }) => allocatable.others[resource]));
