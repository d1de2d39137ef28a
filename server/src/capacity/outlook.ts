import type { DocumentModel, JobModel } from '../kinds/kind.ts';
import type { Site } from '../kinds/manifests/site.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { type Ask, toAsk } from './ask.ts';
import { heldSite, type SiteSettings } from './heldSite.ts';
import { addHeld, NO_ONE, NONE_TAKEN, roomsFor, type Taken } from './room.ts';
import { judge, runs, type Verdict } from './verdict.ts';
import { type WhenFree, whenFree } from './whenFree.ts';

/** Of how many jobs it is remembered what must end for them. */
const REMEMBERED = 100;

/**
 * The held state as jobs are judged on it. What follows from nodes and pools alone is worked out once for each pool, what follows from a
 * model once for each model, and a verdict once for each state: a key that is typed pays for its own document.
 */
export class Outlook {
  readonly state: ClusterState;
  readonly settings: SiteSettings;
  #siteVersion = -1;
  #version = -1;
  #sites = new Map<string, Site>();
  #asks = new WeakMap<JobModel, Ask>();
  #verdicts = new WeakMap<Ask, Verdict>();
  readonly #whens = new Map<string, { when: WhenFree | undefined; version: number; until: number }>();
  /** Those that were judged together last. */
  #together: { models: readonly JobModel[]; verdicts: readonly Verdict[] } | undefined;

  constructor(state: ClusterState, settings: SiteSettings) {
    this.state = state;
    this.settings = settings;
  }

  /** What the resources of a document depend on, as far as it is held. */
  site(model: DocumentModel): Site {
    return heldSite(this.state, this.settings, model);
  }

  /** What a job asks of the cluster. */
  ask(model: JobModel): Ask {
    this.#refresh();
    let ask = this.#asks.get(model);
    if (!ask) {
      ask = toAsk(model, this.#briefSite(model), this.state);
      this.#asks.set(model, ask);
    }
    return ask;
  }

  verdict(model: JobModel): Verdict {
    const ask = this.ask(model);
    let verdict = this.#verdicts.get(ask);
    if (!verdict) {
      verdict = judge(this.state, ask);
      this.#verdicts.set(ask, verdict);
    }
    return verdict;
  }

  /**
   * What must end before a job has room, and when that is. In a large pool that takes a while: there it may be as old as twenty times what
   * it took, so that it never takes more than a twentieth of the time.
   */
  whenFree(model: JobModel): WhenFree | undefined {
    const ask = this.ask(model);
    const { name, namespace, pool, gpuType, pods, rackLabel, needs } = ask;
    const key = JSON.stringify([name, namespace, pool, gpuType, pods, rackLabel, needs.requests, needs.apart]);
    const known = this.#whens.get(key);
    const { version } = this.state;
    const asked = performance.now();
    if (known && (known.version === version || asked < known.until)) return known.when;
    const when = whenFree(this.state, ask);
    const answered = performance.now();
    if (this.#whens.size >= REMEMBERED) this.#whens.clear();
    this.#whens.set(key, { when, version, until: answered + (answered - asked) * 20 });
    return when;
  }

  /**
   * The verdict for each of several jobs that are submitted one after the other: each beside those before it that run, packed as tightly
   * as they can be.
   */
  together(models: readonly JobModel[]): readonly Verdict[] {
    this.#refresh();
    const known = this.#together;
    if (known && known.models.length === models.length && known.models.every((one, i) => one === models[i]))
      return known.verdicts;
    const verdicts = this.#judgeAll(models);
    this.#together = { models, verdicts };
    return verdicts;
  }

  #judgeAll(models: readonly JobModel[]): Verdict[] {
    let taken: Taken = NONE_TAKEN;
    return models.map((model) => {
      const ask = this.ask(model);
      const verdict = taken === NONE_TAKEN ? this.verdict(model) : judge(this.state, ask, taken);
      if (runs(verdict)) taken = place(this.state, ask, taken);
      return verdict;
    });
  }

  /** A site whose nodes differ in what builds look at: of thousands that are alike one stands for all. */
  #briefSite(model: JobModel): Site {
    const key = JSON.stringify([model.demand.pool, model.demand.gpuType]);
    let site = this.#sites.get(key);
    if (!site) {
      const whole = this.site(model);
      const distinct = new Map(whole.nodes.map((node) => [looksOf(node.labels), node]));
      site = { ...whole, nodes: [...distinct.values()] };
      this.#sites.set(key, site);
    }
    return { ...site, namespace: model.namespace ?? this.settings.namespace };
  }

  #refresh(): void {
    const { siteVersion, version } = this.state;
    if (siteVersion !== this.#siteVersion) this.#sites = new Map();
    if (version !== this.#version) {
      // Quotas, priorities and defaults are part of an ask; building one anew costs less than telling which of them changed.
      this.#asks = new WeakMap();
      this.#verdicts = new WeakMap();
      this.#together = undefined;
    }
    this.#siteVersion = siteVersion;
    this.#version = version;
  }
}

/** The labels that decide selectors; see `kinds/manifests/placement.ts`. */
const looksOf = (labels: Readonly<Record<string, string>>): string =>
  [
    'gpuctl/pool',
    'runwhere.ai/pool',
    'gpuctl/gpu-type',
    'runwhere.ai/gpu-type',
    'runwhere.ai/gpuType',
    'nvidia.com/gpu.product',
  ]
    .map((key) => labels[key] ?? '')
    .join('\n');

/** What a job takes when it runs: the nodes with the least room first, so that large blocks stay. */
function place(state: ClusterState, ask: Ask, taken: Taken): Taken {
  const after = new Map(taken);
  const one = { amounts: ask.needs.requests, pods: 1 };
  let missing = ask.pods;
  const rooms = roomsFor(state, ask, taken)
    .filter(({ open, now }) => open && now > 0)
    .sort((a, b) => a.now - b.now);
  for (const { node, now } of rooms) {
    for (let places = now; places > 0 && missing > 0; places--, missing--)
      after.set(node.name, addHeld(after.get(node.name) ?? NO_ONE, one));
    if (missing === 0) break;
  }
  return after;
}
