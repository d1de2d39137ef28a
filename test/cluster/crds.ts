import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { type ApiClient, type KubernetesObject, until } from './apiClient.ts';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Go modules that hold CRDs as they are released; modules that are fetched stay in Go's cache. */
export const KEDA = {
  module: 'github.com/kedacore/keda/v2@v2.20.2',
  files: ['config/crd/bases/keda.sh_scaledobjects.yaml'],
};
export const KUEUE = {
  module: 'sigs.k8s.io/kueue@v0.19.2',
  files: ['localqueues', 'workloads'].map((name) => `config/components/crd/bases/kueue.x-k8s.io_${name}.yaml`),
};

/** Has a cluster serve the objects of somebody's CRDs; nothing acts on them. */
export async function installCrds(api: ApiClient, { module, files }: typeof KEDA): Promise<void> {
  const { Dir } = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', module], { cwd: os.tmpdir(), encoding: 'utf8' }),
  ) as { Dir: string };
  for (const file of files) {
    const crd = parse(readFileSync(path.join(Dir, file), 'utf8')) as KubernetesObject;
    await api.call('POST', CRDS, crd);
    await until(`${crd.metadata.name} served`, async () => {
      const { status } = await api.get(`${CRDS}/${crd.metadata.name}`);
      return status?.conditions?.some((one: KubernetesObject) => one.type === 'Established' && one.status === 'True');
    });
  }
}
