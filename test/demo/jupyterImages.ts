import { join } from 'node:path';
import type { ImageRule } from '../cluster/demo.ts';
import { ensurePythonPackages } from '../cluster/pythonPackages.ts';

/** The image of the sample notebook, with a real Jupyter in it; none where Python cannot install that: the sample has a stand-in. */
export async function jupyterImages(): Promise<ImageRule[]> {
  try {
    const packages = await ensurePythonPackages('jupyter');
    const prefix = 'registry.example.com/jupyter/';
    return [{ prefix, env: { PYTHONPATH: packages }, pathPrefix: join(packages, 'bin') }];
  } catch {
    return [];
  }
}
