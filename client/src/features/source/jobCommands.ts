import type { JobDto } from '../../../../server/src/protocol.ts';

/** A command line for a terminal, and by which text it is offered. */
export interface JobCommand {
  about: 'log' | 'describe' | 'create' | 'stop' | 'start' | 'resume' | 'delete';
  line: string;
}

/** Where command lines are for: the shell of the person, the context of the job, and its document as a terminal there names it. */
export interface JobCommandPlace {
  shell: string;
  context?: string | undefined;
  file?: string | undefined;
}

/** The command lines that make sense for a job as it is. They name the context: another shell knows only that of the kubeconfig. */
export function buildJobCommands(job: JobDto, { shell, context, file }: JobCommandPlace): JobCommand[] {
  const { name, namespace } = job.ref;
  const { phase, held } = job;
  const word = (text: string) => quote(text, shell);
  const cluster = context ? ` --context ${word(context)}` : '';
  const of = `${word(name)} -n ${word(namespace)}${cluster}`;
  const isStopped = phase === 'stopped' || held === true;
  const hasEnded = phase === 'failed' || phase === 'succeeded';
  return [
    { about: 'log', line: `gpuctl logs ${hasEnded ? '' : '-f '}${of}` },
    { about: 'describe', line: `gpuctl describe job ${of}` },
    ...(file === undefined ? [] : [{ about: 'create' as const, line: `gpuctl create -f ${word(file)}${cluster}` }]),
    ...(isStopped
      ? [{ about: 'start' as const, line: `gpuctl start ${of}` }]
      : hasEnded
        ? [{ about: 'resume' as const, line: `gpuctl resume ${of}` }]
        : [{ about: 'stop' as const, line: `gpuctl stop ${of}` }]),
    { about: 'delete', line: `gpuctl delete ${of}` },
  ];
}

/** A word as a shell takes it: bare where nothing in it means anything to one. */
export function quote(word: string, shell: string): string {
  if (/^[\w./:-]+$/.test(word)) return word;
  const name = shell.split(/[\\/]/).at(-1)?.toLowerCase() ?? '';
  if (/^(?:pwsh|powershell)/.test(name)) return `'${word.replaceAll("'", "''")}'`;
  if (/^cmd(?:\.exe)?$/.test(name)) return `"${word.replaceAll('"', '""')}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
