import type { NodeRecord } from '../state/records.ts';
import type { Expression, PodNeeds, Toleration } from './podNeeds.ts';

/** Whether a pod may be bound to a node by its labels: pool, type, rack. */
export function isMeantFor({ selector, terms }: PodNeeds, node: NodeRecord): boolean {
  const { labels } = node;
  return (
    selector.every(([key, value]) => labels[key] === value) &&
    (terms.length === 0 || terms.some((term) => term.length > 0 && term.every((one) => holds(one, node))))
  );
}

/** Whether a node takes the pod: ready, not cordoned, and with no taint that keeps it off. */
export function isOpenFor({ tolerations }: PodNeeds, { ready, cordoned, taints }: NodeRecord): boolean {
  return ready && !cordoned && taints.every((taint) => tolerations.some((one) => tolerates(one, taint)));
}

function tolerates({ key, operator = 'Equal', value = '', effect }: Toleration, taint: NodeRecord['taints'][number]) {
  if (effect && effect !== taint.effect) return false;
  if (!key) return operator === 'Exists';
  return key === taint.key && (operator === 'Exists' || value === taint.value);
}

function holds({ key, operator, values = [] }: Expression, { name, labels }: NodeRecord): boolean {
  const value = key === 'metadata.name' ? name : labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
  }
}
