import type { StepDto } from '../../protocol.ts';
import { readLastStep } from '../../state/explain/steps.ts';

/** Jobs of which a step is remembered. */
const REMEMBERED = 1_000;
/** Milliseconds in which steps are told once: a log may tell hundreds. */
const TOLD_EVERY = 2_000;
/** Milliseconds after which the steps of a longer count are taken for over. */
const OVER = 600_000;

/** How far trainings are, as their logs told it. Whoever reads a log tells it here; nothing is asked for. */
export class Steps {
  private readonly byJob = new Map<string, StepDto>();
  /** When the step of a job was told last. */
  private readonly toldAt = new Map<string, number>();
  private readonly changed: () => void;
  private readonly readAt = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** The newest step of a job, by the uid of its main resource; `undefined` where no log told one. */
  of(uid: string): StepDto | undefined {
    return this.byJob.get(uid);
  }

  /** Notes the last step that a piece of a log tells, if it tells one. */
  read(uid: string, text: string): void {
    this.readAt.delete(uid);
    this.readAt.set(uid, Date.now());
    if (this.readAt.size > REMEMBERED) this.readAt.delete(this.readAt.keys().next().value ?? '');
    const step = readLastStep(text);
    if (step) this.set(uid, step);
  }

  /** When something of a job's log was read last, in milliseconds since 1970; 0 for never. */
  lastRead(uid: string): number {
    return this.readAt.get(uid) ?? 0;
  }

  /** Notes a step that a log told. An evaluation counts its own, fewer: those of the training stay meanwhile. */
  set(uid: string, step: StepDto): void {
    const known = this.byJob.get(uid);
    const now = Date.now();
    const isLess = known?.of !== undefined && (step.of === undefined ? step.at < known.at : step.of < known.of);
    if (isLess && now - (this.toldAt.get(uid) ?? 0) < OVER) return;
    this.toldAt.set(uid, now);
    if (known?.at === step.at && known.of === step.of) return;
    this.byJob.delete(uid);
    this.byJob.set(uid, step);
    if (this.byJob.size > REMEMBERED) {
      const oldest = this.byJob.keys().next().value ?? '';
      this.byJob.delete(oldest);
      this.toldAt.delete(oldest);
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed();
    }, TOLD_EVERY).unref();
  }
}
