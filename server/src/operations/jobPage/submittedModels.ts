import { readDocument } from '../../kinds/document.ts';
import { isJob, type JobModel } from '../../kinds/kind.ts';
import type { WorkloadRecord } from '../../state/records.ts';
import { findMain } from '../mainResource.ts';
import type { Session } from '../session.ts';
import { sourceOf } from '../source.ts';

/** Jobs whose documents are remembered. */
const REMEMBERED = 50;

/** What jobs that are there were submitted with, as their documents mean it: each is read once. */
export class SubmittedModels {
  readonly #models = new Map<string, Promise<JobModel | undefined>>();

  /** `undefined` where the document was not noted down, is of another time, or cannot be read. */
  of(session: Session, workload: WorkloadRecord): Promise<JobModel | undefined> {
    const { uid, specHash, podsWanted } = workload;
    const key = `${uid} ${specHash} ${podsWanted}`;
    let model = this.#models.get(key);
    if (!model) {
      model = readModel(session, workload).catch(() => {
        this.#models.delete(key); // asked again with the next look
        return undefined;
      });
      if (this.#models.size >= REMEMBERED) this.#models.clear();
      this.#models.set(key, model);
    }
    return model;
  }
}

async function readModel(
  session: Session,
  { uid, namespace, name, podsWanted }: WorkloadRecord,
): Promise<JobModel | undefined> {
  // Others may wait for the same: who calls off does so for nobody but themselves.
  const main = await session.use((cluster) => findMain(cluster, namespace, name, new AbortController().signal));
  const source = main?.metadata.uid === uid ? sourceOf(main) : undefined;
  const model = source === undefined ? undefined : readDocument(source, 'gpuctl')?.model;
  // A service that was scaled since asks for something else than its document.
  return isJob(model) && model.demand.pods === podsWanted ? { ...model, namespace } : undefined;
}
