import { type Message, message } from '../../../../l10n/index.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import { RESUME_ARGUMENT, takesTrainerArguments } from '../../tools/trainer.ts';
import type { PodSpec } from '../manifests/pod.ts';
import type { TrainingModel } from './model.ts';

const MOUNT = '/etc/gpuctl/resume';
const FILE = 'resume.sh';
/** How a command begins that goes on from a checkpoint; the directory of its output follows. */
export const RESUME_START: readonly string[] = ['/bin/sh', `${MOUNT}/${FILE}`];

/**
 * Starts what follows its first argument, a directory, and adds the newest complete checkpoint in there, if there is one. The Trainer
 * writes `trainer_state.json` last, and its closing brace at the very end. POSIX sh with `tail`.
 */
export const RESUME_SCRIPT = `#!/bin/sh
# Starts the training. Where its output holds a complete checkpoint, it goes on from the newest one.
output=\${1%/}
shift
newest=
step=-1
for state in "$output"/checkpoint-*/trainer_state.json; do
  checkpoint=\${state%/trainer_state.json}
  number=\${checkpoint##*/checkpoint-}
  case $number in '' | *[!0-9]*) continue ;; esac
  [ "$number" -gt "$step" ] || continue
  case $(tail -c 2 "$state" 2>/dev/null) in *'}') ;; *) continue ;; esac
  newest=$checkpoint
  step=$number
done
if [ -n "$newest" ]; then
  echo "gpuctl: going on from $newest"
  set -- "$@" ${RESUME_ARGUMENT} "$newest"
fi
exec "$@"
`;

/** An option that says from where to go on; the value of one, such as a path with “resume” in it, says nothing. */
const SAYS_ITSELF =
  /(?:^|[\s"'])(?:--?[\w.-]*resume|[\w.]*resume[\w.]*=|resume(?=[\s"']|$)|--(?:load(?![-_](?:best|in)[-_])|restore|ckpt|checkpoint))/i;

/** Who sees to it that the training goes on from a checkpoint, where the document asks for that. */
type Resume = 'nobody asked' | 'itself' | 'prelude' | 'shell line' | 'unknown';

function resumeOf({ output, tool, environment: { command, args } }: TrainingModel): Resume {
  if (!output.resumeFromCheckpoint || output.dir === undefined) return 'nobody asked';
  if (tool && ['llama-factory', 'verl'].includes(tool.tool.name)) return 'itself';
  if ([...command, ...args].some((word) => SAYS_ITSELF.test(word))) return 'itself';
  if (!tool || !takesTrainerArguments(tool)) return 'unknown';
  return tool.first === undefined ? 'shell line' : 'prelude';
}

/** Has the training started through the prelude, where it needs one; gives the ConfigMap that holds it. */
export function addResume(spec: PodSpec, model: TrainingModel, metadata: KubeObject['metadata']): KubeObject[] {
  if (resumeOf(model) !== 'prelude') return [];
  const name = `${model.name}-resume`;
  const [container] = spec.containers;
  const start = [...RESUME_START, outputPath(model)];
  if (container.command) container.command = [...start, ...container.command];
  else container.args = [...start, ...(container.args ?? [])]; // the image's own start runs what it is given
  spec.volumes = [...(spec.volumes ?? []), { name: 'resume', configMap: { name } }];
  container.volumeMounts = [...(container.volumeMounts ?? []), { name: 'resume', mountPath: MOUNT, readOnly: true }];
  return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, name }, data: { [FILE]: RESUME_SCRIPT } }];
}

export function resumeLeftOut(model: TrainingModel): Message[] {
  const dir = model.output.dir ?? '';
  switch (resumeOf(model)) {
    case 'shell line':
      return [message('left-out.resume.shell', { argument: RESUME_ARGUMENT })];
    case 'unknown':
      return [message('left-out.resume', { dir })];
    default:
      return [];
  }
}

/** A relative directory begins at the first workdir. */
function outputPath({ output: { dir = '' }, workdirs }: TrainingModel): string {
  const [first] = workdirs;
  return dir.startsWith('/') || !first ? dir : `${first.path.replace(/\/$/, '')}/${dir}`;
}
