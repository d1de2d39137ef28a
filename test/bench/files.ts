/** The files that both servers are given. */

/** Lines of one document, its `---` included. */
export const LINES = 26;
/** Line within a document that holds the number of nodes, and where the number stands. */
export const NODE_COUNT = { line: 15, from: 13, to: 14 };

/** One training document as people write it: right from end to end. */
const document = (name: string) => `---
kind: training
version: v0.1
job:
  name: ${name}
  priority: high
  description: Fine-tuning of Qwen2 with LLaMA-Factory
environment:
  image: registry.example.com/llm/llama-factory:0.9.5
  command: [llamafactory-cli, train, /config/sft.yaml]
  env:
    - { name: NCCL_DEBUG, value: INFO }
    - { name: HF_HOME, value: /models }
resources:
  pool: training-pool
  nodeCount: 2
  gpu: 8
  gpuType: a100-80g
  cpu: 32
  memory: 400Gi
storage:
  workdirs:
    - { path: /models, claim: models }
    - { path: /output, claim: results }
output:
  dir: /output/${name}
`;

/**
 * A file of so many documents. The last one has a mistake, an image of the wrong type: who reports it has looked at all.
 */
export function buildFile(documents: number): string {
  const names = Array.from({ length: documents }, (_, index) => `qwen2-sft-${index}`);
  const last = document(names.at(-1) ?? '').replace(/image: .*/, 'image: [wrong]');
  return [...names.slice(0, -1).map(document), last].join('');
}
