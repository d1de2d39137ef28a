import assert from 'node:assert/strict';
import { after } from 'node:test';
import { type Message, toText } from '../../l10n/index.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import { planSettingsDeletion, type SettingsName } from '../../server/src/operations/settings/deleteSettings.ts';
import { planSettings } from '../../server/src/operations/settings/settings.ts';
import type { Plan, PlannedChange, Prepared } from '../../server/src/operations/submit/plan.ts';
import { ProductStage } from './productStage.ts';

/** A signal that calls nothing off. */
export const never = new AbortController().signal;

type Step = (session: Session, cluster: Cluster) => Promise<Prepared>;

/** Submits a pool or a quota, as the file at a path of the workspace. */
export const submitting =
  (text: string, path?: string): Step =>
  (session, cluster) => {
    const document = readDocument(text, 'gpuctl');
    assert.ok(document?.model, JSON.stringify(document?.findings));
    return planSettings(session, cluster, document.model, { document, path, gitCommit: undefined }, never);
  };

/** Deletes a pool or a quota. */
export const deleting =
  (name: SettingsName): Step =>
  (session, cluster) =>
    planSettingsDeletion(session, cluster, name, never);

/** What a plan does to which object. */
export const done = ({ changes }: Plan): string[] => changes.map((change) => `${change.do} ${nameOf(change)}`);
const nameOf = ({ object: { kind, namespace, name } }: PlannedChange) =>
  [kind, ...(namespace ? [namespace] : []), name].join('/');

export const english = (messages: readonly Message[]): string[] => messages.map((one) => toText(one, 'en'));

/** What a person is told of an operation that fails. */
export async function errorOf(promise: Promise<unknown>): Promise<{ code: string; say: string; hint: string }> {
  let found: GpuctlError | undefined;
  await assert.rejects(promise, (error) => {
    if (error instanceof GpuctlError) found = error;
    return found !== undefined;
  });
  assert.ok(found);
  return { code: found.code, say: toText(found.say, 'en'), hint: found.hint ? toText(found.hint, 'en') : '' };
}

/** Sessions of the administrator and of a user on the demo cluster, and what they do with pools and quotas. */
export class SettingsStage extends ProductStage {
  private readonly sessions = new Map<string, Session>();

  constructor() {
    super();
    after(() => {
      for (const session of this.sessions.values()) session.dispose();
    });
  }

  get administrator(): Session {
    return this.sessionOf('admin');
  }
  get engineer(): Session {
    return this.sessionOf('ml-engineer');
  }

  sessionOf(context: string): Session {
    let session = this.sessions.get(context);
    if (!session) {
      session = new Session(createClusters(process.env), { onStatus: () => undefined, onState: () => undefined });
      session.configure({ kubeconfig: this.cluster.kubeconfig, context }, true);
      this.sessions.set(context, session);
    }
    return session;
  }

  /** Plans it and does it. */
  readonly carryOut = (step: Step, session = this.administrator): Promise<Plan> =>
    session.use(async (cluster) => {
      const { plan, carryOut } = await step(session, cluster);
      await carryOut(never);
      return plan;
    });

  readonly planOnly = (step: Step, session = this.administrator): Promise<Plan> =>
    session.use(async (cluster) => (await step(session, cluster)).plan);

  /** Does a step, but calls it off after so many writes; whether it came to its end. */
  readonly cutOff = (step: Step, writes: number): Promise<boolean> =>
    this.administrator.use(async (cluster) => {
      const controller = new AbortController();
      let left = writes;
      const counted =
        (method: 'create' | 'apply' | 'patch' | 'remove') =>
        async (...given: unknown[]) => {
          const options = given.at(-1) as { dryRun?: boolean };
          if (!options.dryRun && left-- <= 0) controller.abort();
          return (cluster[method] as (...all: unknown[]) => Promise<unknown>)(...given);
        };
      const cut = {
        ...cluster,
        create: counted('create'),
        apply: counted('apply'),
        patch: counted('patch'),
        remove: counted('remove'),
      } as Cluster;
      const { carryOut } = await step(this.administrator, cut);
      try {
        await carryOut(controller.signal);
        return true;
      } catch (error) {
        assert.equal((error as GpuctlError).code, 'cancelled');
        return false;
      }
    });

  /** Labels of ours on some nodes. */
  async ourLabels(...nodes: string[]): Promise<Record<string, Record<string, string>>> {
    const found: Record<string, Record<string, string>> = {};
    for (const node of nodes) {
      const { labels } = (await this.admin.get(`/api/v1/nodes/${node}`)).metadata as { labels: Record<string, string> };
      const ours = Object.entries(labels).filter(([key]) => /^(gpuctl|runwhere\.ai)\//.test(key));
      found[node] = Object.fromEntries(ours);
    }
    return found;
  }

  /** HTTP status of what is at a path. */
  async statusOf(url: string): Promise<number> {
    return (await this.admin.request('GET', url)).status;
  }
}
