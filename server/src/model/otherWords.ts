/** Words by which people who come from other tools call a key of ours, in lower case and without dashes. */
const WORDS: Record<string, string> = {
  gpu: 'gpucount gpunum gpunumber numgpu numgpus ngpus accelerator accelerators',
  gpuType: 'gpumodel gpukind acceleratortype',
  nodeCount: 'nodes nodenum numnodes nnodes',
  cpu: 'cpucount cpunum numcpus cores cpucores vcpu vcpus',
  memory: 'mem ram memorysize',
  pool: 'poolname resourcepool',
  image: 'imagename dockerimage containerimage',
  command: 'cmd entrypoint',
  args: 'arguments argv',
  env: 'envs envvars environmentvariables variables vars',
  imagePullSecret: 'pullsecret imagesecret registrysecret',
  workdirs: 'workdir mounts dirs directories',
  path: 'mountpath containerpath target',
  claim: 'pvc claimname pvcname',
  hostPath: 'source src',
  dir: 'path directory outputdir savedir checkpointdir',
  resumeFromCheckpoint: 'resume autoresume',
  stage: 'zero zerostage',
  replicas: 'replicacount numreplicas instances',
  port: 'containerport targetport',
  healthCheck: 'health healthpath healthcheckpath healthz',
  expose: 'type servicetype',
  minReplicas: 'min minreplicacount',
  maxReplicas: 'max maxreplicacount',
  retries: 'retry maxretries backofflimit',
  timeout: 'deadline walltime timelimit activedeadlineseconds',
  description: 'desc comment note',
};

const KEYS = new Map<string, string[]>();
for (const [key, words] of Object.entries(WORDS))
  for (const word of words.split(' ')) KEYS.set(word, [...(KEYS.get(word) ?? []), key]);

/** The key among `known` that another tool calls so. */
export const otherWord = (written: string, known: readonly string[]): string | undefined =>
  KEYS.get(written.toLowerCase().replaceAll(/[-_]/g, ''))?.find((key) => known.includes(key));
