import type { KubeObject } from '../../model/kubeObject.ts';
import type { BuiltJob } from '../manifests/built.ts';
import { commonLeftOut } from '../manifests/leftOut.ts';
import { inNamespace, jobLabels, mainAnnotations } from '../manifests/metadata.ts';
import { buildPodSpec, MAIN_CONTAINER, type PodTemplate, singlePod } from '../manifests/pod.ts';
import { QUEUE, QUEUE_LABEL } from '../manifests/queue.ts';
import type { Site } from '../manifests/site.ts';
import { buildClaims } from '../manifests/storage.ts';
import { addDeepSpeed, deepSpeedEnv } from './deepspeed.ts';
import type { TrainingModel } from './model.ts';
import { buildRendezvousService, ranksLeftOut, rendezvousEnv, spreadOverNodes } from './ranks.ts';
import { addResume, resumeLeftOut } from './resume.ts';

/** Exit codes that no retry mends: bad usage, not executable, not found (POSIX shell). */
const HOPELESS_EXIT_CODES = [2, 126, 127];
/** Seconds to write a checkpoint in, once a job is told to end. */
const GRACE_SECONDS = 120;

/**
 * A training becomes a Job: of one pod, or, for several nodes, an Indexed Job of one pod a node with a headless Service by which the ranks
 * find each other. No retry is spent on pods that were pushed out or lost with their node.
 */
export function buildTraining(model: TrainingModel, site: Site): BuiltJob {
  const several = model.demand.pods > 1;
  const labels = jobLabels(model, site);
  const metadata = { name: model.name, ...inNamespace(site), labels };
  const spec = buildPodSpec(model, site, [...(several ? rendezvousEnv(model, site) : []), ...deepSpeedEnv(model)]);
  spec.restartPolicy = 'Never';
  spec.terminationGracePeriodSeconds = GRACE_SECONDS;
  if (several) spreadOverNodes(spec, model, site);
  const owned: KubeObject[] = [
    ...(several ? [buildRendezvousService(model, site, metadata)] : []),
    ...addDeepSpeed(spec, model, metadata),
    ...addResume(spec, model, metadata),
  ];
  const template: PodTemplate = { metadata: { labels: { ...labels } }, spec };
  const main: KubeObject = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...metadata,
      annotations: {
        ...mainAnnotations(model, site),
        ...(site.queue !== undefined && { [`${site.prefix}/${QUEUE}`]: site.queue }),
      },
    },
    spec: {
      suspend: true,
      parallelism: model.demand.pods,
      completions: model.demand.pods,
      completionMode: several ? 'Indexed' : 'NonIndexed',
      ...(several ? { backoffLimitPerIndex: model.retries, maxFailedIndexes: 0 } : { backoffLimit: model.retries }),
      ...(model.timeoutSeconds !== undefined && { activeDeadlineSeconds: model.timeoutSeconds }),
      podReplacementPolicy: 'Failed',
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          {
            action: 'FailJob',
            onExitCodes: { containerName: MAIN_CONTAINER, operator: 'In', values: HOPELESS_EXIT_CODES },
          },
        ],
      },
      template,
    },
  };
  return {
    kept: buildClaims(model, site),
    main,
    owned,
    start:
      site.queue === undefined ? { spec: { suspend: false } } : { metadata: { labels: { [QUEUE_LABEL]: site.queue } } },
    pod: singlePod(template, model.name, site),
    leftOut: [...commonLeftOut(model, site), ...ranksLeftOut(model, site), ...resumeLeftOut(model)],
  };
}
