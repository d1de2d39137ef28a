/** A change of a watched collection. `reset` replaces all that was known of it. */
export type Delta<T> = { type: 'reset'; items: T[] } | { type: 'set'; item: T } | { type: 'remove'; key: string };

/** The key of an object in deltas: `namespace/name`, or `name` where it has no namespace. */
export const objectKey = (metadata: { namespace?: string | undefined; name: string }): string =>
  metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;
