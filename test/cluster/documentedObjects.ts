import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './apiClient.ts';

const FENCE = /^```yaml\n([\s\S]*?)^```$/gm;

/** The Kubernetes objects that a page of `docs/` tells a platform engineer to apply, in order; documents of gpuctl's own are left out. */
export function documentedObjects(page: string): KubernetesObject[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(FENCE)]
    .flatMap(([, block = '']) => parseAllDocuments(block).map((document) => document.toJS()))
    .filter((object) => object?.apiVersion);
}
