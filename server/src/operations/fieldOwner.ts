import { FIELD_MANAGER, type KubeObject } from './ports.ts';

interface ManagedFields {
  manager?: string;
  operation?: string;
  subresource?: string;
  [field: string]: unknown;
}

/**
 * The `managedFields` of an object that we made by a POST, as if it had been a server-side apply: only then does a later apply take
 * away what it leaves out (client-go's csaupgrade does the same). `undefined` where there is nothing to change.
 */
export function asApplied(object: KubeObject): ManagedFields[] | undefined {
  const entries = (object.metadata.managedFields ?? []) as ManagedFields[];
  const isOurs = (entry: ManagedFields, operation: string) =>
    entry.manager === FIELD_MANAGER && entry.operation === operation && !entry.subresource;
  const made = entries.find((entry) => isOurs(entry, 'Update'));
  if (!made || entries.some((entry) => isOurs(entry, 'Apply'))) return undefined;
  return entries.map((entry) => (entry === made ? { ...entry, operation: 'Apply' } : entry));
}
