import type { NotebookActivityDto } from '../../protocol.ts';

/** What runs in a notebook. */
export interface NotebookActivity {
  kernels: number;
  /** Kernels that compute at this moment. */
  busy: number;
  /** ISO time of the last thing that was asked of it; `undefined` where it does not say. */
  lastActivity: string | undefined;
}

/** What runs in notebooks, as their servers told it. */
export class Activities {
  private readonly byJob = new Map<string, NotebookActivity>();
  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** By the uid of the main resource; `undefined` where nobody asked, or nothing was said. */
  of(uid: string): NotebookActivityDto | undefined {
    const held = this.byJob.get(uid);
    return held && toActivityDto(held);
  }

  set(uid: string, activity: NotebookActivity | undefined): void {
    if (JSON.stringify(this.byJob.get(uid)) === JSON.stringify(activity)) return;
    if (activity) this.byJob.set(uid, activity);
    else this.byJob.delete(uid);
    this.changed();
  }
}

/** What works is not idle, whenever it was asked for. */
export const toActivityDto = ({ kernels, busy, lastActivity }: NotebookActivity): NotebookActivityDto => ({
  kernels,
  busy,
  ...(busy === 0 && lastActivity !== undefined && { idleSince: lastActivity }),
});
