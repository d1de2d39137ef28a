import { isDeepStrictEqual } from 'node:util';
import type { Delta } from './delta.ts';

/** Records by their keys, changed by deltas. For collections that are small. */
export class Collection<T extends { key: string }> {
  readonly #byKey = new Map<string, T>();

  values(): Iterable<T> {
    return this.#byKey.values();
  }

  /** Whether anything differs from before. */
  apply(deltas: readonly Delta<T>[]): boolean {
    let changed = false;
    for (const delta of deltas) {
      if (delta.type === 'reset') {
        changed ||= !isDeepStrictEqual([...this.#byKey.values()], delta.items);
        this.#byKey.clear();
        for (const item of delta.items) this.#byKey.set(item.key, item);
      } else if (delta.type === 'set') {
        changed ||= !isDeepStrictEqual(this.#byKey.get(delta.item.key), delta.item);
        this.#byKey.set(delta.item.key, delta.item);
      } else changed = this.#byKey.delete(delta.key) || changed;
    }
    return changed;
  }
}
