import { askingOf } from '../../capacity/liveRules.ts';
import type { Verdict } from '../../capacity/verdict.ts';
import type { GpuctlDocument } from '../../kinds/document.ts';
import { isJob } from '../../kinds/kind.ts';
import type { Value } from '../../model/canonical.ts';
import type { Path } from '../../model/finding.ts';
import { put } from '../../model/put.ts';
import { mend } from '../../model/schemaFindings.ts';
import type { LiveValues } from '../../operations/liveValues.ts';

/** Whether a document would fit with another value at a place, and what goes with that. */
export interface Tried {
  verdict: Verdict;
  namespace: string;
  /** Whether it may be spread over other numbers of nodes. */
  spreads: boolean;
}
export type Trial = (path: Path, value: Value) => Tried | undefined;

/** A document is judged this many times for one list of proposals. */
const TRIES = 24;

/** Tries values in a document, on what is held of the cluster; `undefined` where nothing is known, or the document says too little. */
export function createTrial(document: GpuctlDocument | undefined, live: Pick<LiveValues, 'outlook'>): Trial {
  let left = TRIES;
  return (path, value) => {
    const outlook = live.outlook();
    const kind = document?.kind;
    if (!kind || !outlook || 'unknown' in outlook || left-- <= 0) return undefined;
    // Name and image decide nothing here: a job whose resources come first has none yet.
    const named = filled(filled(document.tree().value, ['job', 'name']), ['environment', 'image']);
    const changed = put(named, path, value);
    const whole = kind.validate(changed) ? changed : mend(changed, kind.validate);
    const model = whole === undefined ? undefined : kind.toModel(whole);
    if (!isJob(model) || model.demand.gpusPerPod * model.demand.pods === 0) return undefined;
    const { namespace } = outlook.ask(model);
    return { verdict: outlook.verdict(model), namespace, spreads: askingOf(model).spreads };
  };
}

const filled = (root: Value, path: Path): Value => put(root, path, 'any', true);
