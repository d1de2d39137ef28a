import { minus, NOTHING, plus } from './amounts.ts';
import type { Amounts, PodRecord } from './records.ts';

/** What pods hold together. */
export interface Held {
  amounts: Amounts;
  pods: number;
}

const NONE: Held = { amounts: NOTHING, pods: 0 };

/** What the pods of a node hold: all of them, and by their priority those that may be pushed out; who goes already cannot be. */
export class NodeUsage {
  /** Of a node without pods. */
  static readonly IDLE = new NodeUsage();

  amounts = NOTHING;
  pods = 0;
  /** What runs on every node and never ends. */
  daemons: Held = NONE;
  readonly #byPriority = new Map<number, Held>();
  /** What `below` gave since the last change: few priorities are asked for, again and again. */
  #below: Map<number, Held> | undefined;

  /** What is held by pods of less than this priority, without those that are going. */
  below(priority: number): Held {
    let held = this.#below?.get(priority);
    if (!held) {
      held = NONE;
      for (const [of, { amounts, pods }] of this.#byPriority)
        if (of < priority) held = { amounts: plus(held.amounts, amounts), pods: held.pods + pods };
      this.#below ??= new Map();
      this.#below.set(priority, held);
    }
    return held;
  }

  add({ requests, priority, terminating, isDaemon }: PodRecord): void {
    this.#change(plus(this.amounts, requests), this.pods + 1);
    if (isDaemon) this.daemons = { amounts: plus(this.daemons.amounts, requests), pods: this.daemons.pods + 1 };
    if (terminating) return;
    const { amounts, pods } = this.#byPriority.get(priority) ?? NONE;
    this.#byPriority.set(priority, { amounts: plus(amounts, requests), pods: pods + 1 });
  }

  remove({ requests, priority, terminating, isDaemon }: PodRecord): void {
    this.#change(minus(this.amounts, requests), this.pods - 1);
    if (isDaemon) this.daemons = { amounts: minus(this.daemons.amounts, requests), pods: this.daemons.pods - 1 };
    if (terminating) return;
    const { amounts, pods } = this.#byPriority.get(priority) ?? NONE;
    if (pods <= 1) this.#byPriority.delete(priority);
    else this.#byPriority.set(priority, { amounts: minus(amounts, requests), pods: pods - 1 });
  }

  #change(amounts: Amounts, pods: number): void {
    this.amounts = amounts;
    this.pods = pods;
    this.#below = undefined;
  }
}
