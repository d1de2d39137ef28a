import type { NodeRecord } from '../state/records.ts';

/** Types are compared without regard to case, with the pool's label and with the product name that the driver reports. */
export function isOfType(node: NodeRecord, type: string): boolean {
  const wanted = type.toLowerCase();
  return node.gpuType?.toLowerCase() === wanted || node.gpuProduct?.toLowerCase() === wanted;
}
