/** Extended resources that are accelerators. Names are data: what the vendors' device plugins register (as of 2026). */
const NAMES = new Set([
  'nvidia.com/gpu',
  'nvidia.com/gpu.shared',
  'amd.com/gpu',
  'cambricon.com/vmlu',
  'hygon.com/dcu',
  'metax-tech.com/gpu',
  'iluvatar.com/gpu',
  'mthreads.com/gpu',
  'mthreads.com/vgpu',
  'kunlunxin.com/xpu',
  'enflame.com/gcu',
  'gpu.intel.com/i915',
  'gpu.intel.com/xe',
  'habana.ai/gaudi',
  'google.com/tpu',
  'aws.amazon.com/neuron',
  'aws.amazon.com/neurondevice',
]);
/** Beginnings that stand for a family: MIG slices, models of one vendor. */
const FAMILIES = ['nvidia.com/mig-', 'huawei.com/Ascend', 'cambricon.com/mlu'];

export const isAccelerator = (resource: string): boolean =>
  NAMES.has(resource) || FAMILIES.some((family) => resource.startsWith(family));

/** The resource that a plain `gpu: n` asks for. */
export const DEFAULT_ACCELERATOR = 'nvidia.com/gpu';

/** Whether a resource is the slice that is asked for as a GPU type: `mig-1g.10gb` is `nvidia.com/mig-1g.10gb`. */
export const isSliceOf =
  (gpuType: string) =>
  (resource: string): boolean =>
    resource.endsWith(`/${gpuType.toLowerCase()}`);
