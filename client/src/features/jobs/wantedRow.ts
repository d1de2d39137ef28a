import type { JobRef } from '../../../../server/src/protocol.ts';

/** Milliseconds after which nobody looks for it any more. */
const PATIENCE = 60_000;

/** The one job whose row is to be selected as soon as it is there. */
export class WantedRow {
  #job: JobRef | undefined;
  #context: string | undefined;
  #until = 0;

  /** `context`: of the kubeconfig, in which the job is. */
  want(job: JobRef, context: string | undefined, now: number): void {
    this.#job = job;
    this.#context = context;
    this.#until = now + PATIENCE;
  }

  /** The job that is wanted; nothing once it came too late, or where a job of that name is in another cluster. */
  in(context: string | undefined, now: number): JobRef | undefined {
    if (now > this.#until || (context !== undefined && context !== this.#context)) this.#job = undefined;
    return this.#job;
  }

  found(): void {
    this.#job = undefined;
  }
}
