import { type Message, message } from '../../../l10n/index.ts';
import type { JobPhase } from '../protocol.ts';
import type { PodRecord } from '../state/records.ts';

/** A pod's phase in our words, and what is wrong with it in a few of them. */
export function describePod(pod: PodRecord): { phase: JobPhase; state: Message } {
  if (pod.phase === 'Succeeded') return { phase: 'succeeded', state: message('job.state.succeeded') };
  // Who was asked to go may end as badly as it likes; who was thrown out says by whom.
  const removed = whyRemoved(pod);
  if (pod.phase === 'Failed' && (removed || !pod.terminating)) return { phase: 'failed', state: whyEnded(pod) };
  if (pod.terminating) return { phase: 'stopped', state: removed ?? message('pod.state.ending') };
  switch (pod.reason) {
    case 'CrashLoopBackOff':
      return {
        phase: 'failed',
        state: message('pod.state.crashing', { restarts: pod.restarts, code: pod.exitCode ?? 0 }),
      };
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
      return { phase: 'failed', state: message('pod.state.image') };
    case 'CreateContainerConfigError':
    case 'CreateContainerError':
    case 'RunContainerError':
    case 'StartError':
    case 'ContainerCannotRun':
      return { phase: 'failed', state: whyNotStarted(pod) };
    case 'Unschedulable':
      return { phase: 'waiting', state: whyUnschedulable(pod) };
    case 'SchedulingGated':
      return { phase: 'waiting', state: message('pod.state.queued') };
  }
  if (pod.phase === 'Running') {
    return {
      phase: 'running',
      state: pod.restarts
        ? message('pod.state.running-restarts', { restarts: pod.restarts })
        : message('job.state.running'),
    };
  }
  if (pod.phase === 'Unknown') return { phase: 'unknown', state: message('pod.state.unknown') };
  return {
    phase: 'waiting',
    state: pod.node ? message('pod.state.starting', { node: pod.node }) : message('job.state.starting'),
  };
}

function whyEnded(pod: PodRecord): Message {
  const removed = whyRemoved(pod);
  if (removed) return removed;
  if (pod.reason === 'OOMKilled') return message('pod.state.out-of-memory');
  if (pod.reason === 'StartError' || pod.reason === 'ContainerCannotRun') return whyNotStarted(pod);
  if (pod.exitCode !== undefined) return message('pod.state.exit-code', { code: pod.exitCode });
  return message('job.state.failed');
}

/** Who ended a pod from outside: the reasons of `status.reason` and of the condition DisruptionTarget (Kubernetes 1.31–1.36). */
function whyRemoved({ reason = '', detail = '' }: PodRecord): Message | undefined {
  switch (reason) {
    case 'Preempting':
    case 'PreemptionByScheduler':
      return message('pod.state.preempted');
    case 'Evicted':
    case 'TerminationByKubelet':
      if (/low on resource: memory/.test(detail)) return message('pod.state.evicted-memory');
      if (/ephemeral|inodes|EmptyDir/i.test(detail)) return message('pod.state.evicted-disk');
      return /shutdown/.test(detail) ? message('pod.state.node-shutdown') : message('pod.state.evicted');
    case 'EvictionByEvictionAPI':
      return message('pod.state.drained');
    case 'Terminated':
    case 'Shutdown':
    case 'NodeShutdown':
      return message('pod.state.node-shutdown');
    case 'NodeLost':
    case 'DeletionByTaintManager':
    case 'DeletionByPodGC':
      return message('pod.state.node-lost');
    case 'DeadlineExceeded':
      return message('pod.state.timed-out');
  }
  return /^(?:UnexpectedAdmissionError|NodeAffinity|OutOf.+)$/.test(reason) ? message('pod.state.refused') : undefined;
}

/** What the kubelet and the container runtimes (runc, crun) say of a container that cannot start. The raw text stays out. */
function whyNotStarted({ detail = '' }: PodRecord): Message {
  const program = /exec(?:utable file)?[:`'"\\ ]+([^`'"\\]+)[`'"\\].*(?:not found|no such file or directory)/.exec(
    detail,
  )?.[1];
  if (program && !/\bhook\b/.test(detail)) return message('pod.state.no-program', { program });
  const [, kind, object] = /\b(secret|configmap) "([^"]+)" not found/i.exec(detail) ?? [];
  if (object) return message('pod.state.no-object', { kind: KINDS[(kind ?? '').toLowerCase()] ?? '', name: object });
  const [, key, holder, name] = /couldn't find key (\S+) in (Secret|ConfigMap) (?:\S+\/)?(\S+)/.exec(detail) ?? [];
  if (key && holder && name) return message('pod.state.no-key', { key, kind: holder, name });
  return message('pod.state.cannot-start');
}

const KINDS: Record<string, string> = { secret: 'Secret', configmap: 'ConfigMap' };

/** The scheduler's text begins with how many nodes it looked at; a lack of GPUs is what people wait for most. */
function whyUnschedulable(pod: PodRecord): Message {
  const detail = pod.detail ?? '';
  const gpus = Object.values(pod.requests.gpus).reduce((sum, count) => sum + count, 0);
  if (gpus > 0 && /Insufficient [\w.-]+\/(?!.*Insufficient cpu)/.test(detail))
    return message('pod.state.waits-gpus', { gpus });
  if (/Insufficient memory/.test(detail)) return message('pod.state.waits-memory');
  if (/Insufficient cpu/.test(detail)) return message('pod.state.waits-cpu');
  if (/PersistentVolumeClaim|persistentvolumeclaim/.test(detail)) return message('pod.state.waits-storage');
  if (/node affinity\/selector/.test(detail)) return message('pod.state.no-such-node');
  return message('pod.state.unschedulable');
}
