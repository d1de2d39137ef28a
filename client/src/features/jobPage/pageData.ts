import type { JobDto, JobPageDto, JobPartsDto, WhyDto } from '../../../../server/src/protocol.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** What is known of a job. */
export interface PageData {
  page: JobPageDto;
  /** Absent: not read yet. */
  parts?: JobPartsDto | undefined;
  /** What its log says of why it failed; absent: being read; null: nothing is wrong. */
  why?: WhyDto | null | undefined;
  /** Path in the workspace of the file that it came from, where that is there. */
  file?: string | undefined;
}

/** Where and when it is told, and to whom. */
export interface PageContext {
  texts: Texts;
  now: number;
  /** Name of the cluster. */
  cluster: string;
  /** Only looks, since the job is gone or elsewhere. */
  onlyLooks: boolean;
}

/** Whether a job has replicas that are all alike. */
export const isService = ({ pods, kind }: JobDto): boolean => kind !== 'training' && !pods.some(({ rank }) => rank);

/** A state without the word for its phase in front, where that stands beside it: `rank 1 ran out of memory`. */
export function withoutPhase(state: string, phaseWord: string): string {
  const rest = state.startsWith(phaseWord) ? /^[:：]\s*(.+)$/s.exec(state.slice(phaseWord.length))?.[1] : undefined;
  return rest ?? (state === phaseWord ? '' : state);
}
