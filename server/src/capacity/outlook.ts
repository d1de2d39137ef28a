import { isDeepStrictEqual } from 'node:util';
import type { DocumentModel, JobModel } from '../kinds/kind.ts';
import type { Site } from '../kinds/manifests/site.ts';
import { amountOf, namesOf } from '../state/amounts.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { Amounts } from '../state/records.ts';
import { type Ask, toAsk } from './ask.ts';
import { heldSite, type SiteSettings } from './heldSite.ts';
import { addHeld, lessHeld, NO_ONE, NONE_TAKEN, roomsFor, type Taken } from './room.ts';
import { judge, runs, type Verdict } from './verdict.ts';
import { type WhenFree, whenFree } from './whenFree.ts';

/** Of how many jobs it is remembered what must end for them. */
const REMEMBERED = 100;
/** Milliseconds that nobody feels. */
const SLOW = 5;

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
  readonly #whens = new Map<string, { when: WhenFree | undefined; version: number }>();
  /** Until when nothing is looked for that takes a while; as `performance.now()`. */
  #rests = 0;
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
      if (this.settings.queues === false) ask = { ...ask, queue: undefined };
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
   * What must end before a job has room, and when that is. In a large pool that takes a while: then it may be as old as twenty times what it
   * took, and is not looked for again before, so that it never takes more than a twentieth of the time. `isCurrent`: of the state as it is.
   */
  whenFree(model: JobModel): { when: WhenFree | undefined; isCurrent: boolean } {
    const ask = this.ask(model);
    const { name, namespace, pool, gpuType, pods, rackLabel, needs } = ask;
    const { requests, apart, selector, terms, tolerations } = needs;
    const key = JSON.stringify([
      ...[name, namespace, pool, gpuType, pods, rackLabel],
      ...[requests, apart, selector, terms, tolerations],
    ]);
    const known = this.#whens.get(key);
    const { state } = this;
    const asked = performance.now();
    if (known?.version === state.version) return { when: known.when, isCurrent: true };
    const isThere = known?.when?.jobs.every(({ namespace, job }) => state.holdsPodsOf(namespace, job)) ?? true;
    if (asked < this.#rests) return { when: isThere ? known?.when : undefined, isCurrent: false };
    const when = whenFree(state, ask);
    const took = performance.now() - asked;
    if (this.#whens.size >= REMEMBERED) this.#whens.clear();
    this.#whens.set(key, { when, version: state.version });
    if (took > SLOW) this.#rests = asked + took * 20;
    return { when, isCurrent: true };
  }

  /** Whether a job runs as the document asks: then it has what it needs. */
  holds(model: JobModel): boolean {
    const { pods, pool, gpuType } = model.demand;
    const ask = this.ask(model);
    const running = this.state.workload(ask.namespace, ask.name);
    if (!running || running.outcome || running.suspended || running.podsWanted !== pods) return false;
    if (running.pool !== pool || running.gpuType !== gpuType) return false;
    const present = this.state
      .podsOf(ask.namespace, ask.name, running)
      .filter(({ node, phase }) => node !== undefined && phase !== 'Succeeded' && phase !== 'Failed');
    const { requests } = ask.needs;
    return (
      present.length >= pods &&
      present.every((pod) => isDeepStrictEqual(namesAndAmounts(pod.requests), namesAndAmounts(requests)))
    );
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
    const before: Ask[] = [];
    return models.map((model) => {
      const ask = this.ask(model);
      const verdict = before.length ? judge(this.state, ask, taken, before) : this.verdict(model);
      // What runs or has ended takes nothing more.
      const isThere = this.holds(model) || this.state.workload(ask.namespace, ask.name)?.outcome !== undefined;
      if (!isThere && runs(verdict)) {
        taken = place(this.state, ask, taken);
        before.push(ask);
      }
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
  for (const { node, nominatedNode, phase, requests } of state.podsOf(ask.namespace, ask.name)) {
    // Its pods of before go.
    const at = node ?? nominatedNode;
    if (at === undefined || phase === 'Succeeded' || phase === 'Failed') continue;
    after.set(at, lessHeld(after.get(at) ?? NO_ONE, { amounts: requests, pods: 1 }));
  }
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

/** Amounts without those that are nothing. */
const namesAndAmounts = (amounts: Amounts): Record<string, number> =>
  Object.fromEntries(
    namesOf(amounts)
      .toSorted()
      .map((name) => [name, amountOf(amounts, name)]),
  );
