import { minus, NOTHING, plus } from './amounts.ts';
import type { Amounts, PodRecord } from './records.ts';

/** What pods hold together. */
export interface Held {
  amounts: Amounts;
  pods: number;
}

const NONE: Held = { amounts: NOTHING, pods: 0 };

/** What the pods of a node hold: all of them, and by their priority, since who has more may push out who has less. */
export class NodeUsage {
  /** Of a node without pods. */
  static readonly IDLE = new NodeUsage();

  #all: Held = NONE;
  readonly #byPriority = new Map<number, Held>();

  get amounts(): Amounts {
    return this.#all.amounts;
  }

  get pods(): number {
    return this.#all.pods;
  }

  /** What is held by pods of less than this priority. */
  below(priority: number): Held {
    let held = NONE;
    for (const [of, { amounts, pods }] of this.#byPriority)
      if (of < priority) held = { amounts: plus(held.amounts, amounts), pods: held.pods + pods };
    return held;
  }

  add({ requests, priority }: PodRecord): void {
    this.#all = { amounts: plus(this.#all.amounts, requests), pods: this.#all.pods + 1 };
    const { amounts, pods } = this.#byPriority.get(priority) ?? NONE;
    this.#byPriority.set(priority, { amounts: plus(amounts, requests), pods: pods + 1 });
  }

  remove({ requests, priority }: PodRecord): void {
    this.#all = { amounts: minus(this.#all.amounts, requests), pods: this.#all.pods - 1 };
    const { amounts, pods } = this.#byPriority.get(priority) ?? NONE;
    if (pods <= 1) this.#byPriority.delete(priority);
    else this.#byPriority.set(priority, { amounts: minus(amounts, requests), pods: pods - 1 });
  }
}
