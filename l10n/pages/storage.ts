import type { Page } from './page.ts';

/** Findings on storage. */
export const storagePages: Record<string, Page> = {
  'output.missing-dir': {
    en: {
      what: '`resumeFromCheckpoint` needs `output.dir`.',
      more: 'Without it nobody knows where the checkpoints are to go on from. Name the directory, in a workdir that lasts.',
    },
    zh: {
      what: '`resumeFromCheckpoint` 需要 `output.dir`。',
      more: '没有它就不知道从哪里的检查点继续。请写明目录，并放在能长期保留的 workdir 中。',
    },
    wrong: 'output:\n  resumeFromCheckpoint: true\n',
    right: 'output:\n  dir: /output/sft\n  resumeFromCheckpoint: true\n',
  },
  'output.not-shared': {
    en: {
      what: 'The checkpoints to resume from are not where the job finds them again.',
      more: 'A directory outside all workdirs goes with the job. A directory of the node itself (a workdir with `path` alone, or `hostPath`) stays on that node, and a job on several nodes may start with its ranks in other places. Use an existing `claim`, an `nfs` directory, or storage of its own by `size`. Of a directory of the nodes this is an information: all nodes may mount the same storage there, and then it can be silenced.',
    },
    zh: {
      what: '要恢复的检查点不在任务能再次找到的地方。',
      more: '不在任何 workdir 中的目录会随任务消失。节点自己的目录（只写 `path` 的 workdir 或 `hostPath`）留在该节点上，而多节点任务重启后 rank 可能换到其他节点。请使用已有的 `claim`、`nfs` 目录，或用 `size` 创建存储。对节点上的目录，此项只是信息：各节点可能在该路径挂载了同一存储，此时可以忽略。',
    },
    wrong: 'output:\n  dir: /tmp/sft\n  resumeFromCheckpoint: true\n',
    right:
      'storage:\n  workdirs:\n    - path: /output\n      claim: results\noutput:\n  dir: /output/sft\n  resumeFromCheckpoint: true\n',
  },
  'output.read-only': {
    en: {
      what: '`output.dir` lies in a workdir that may only be read.',
      more: 'The first checkpoint would fail. Remove `readOnly`, or write somewhere else.',
    },
    zh: {
      what: '`output.dir` 位于只读的 workdir 中。',
      more: '写第一个检查点时就会失败。请去掉 `readOnly`，或写到其他位置。',
    },
    wrong: 'storage:\n  workdirs:\n    - path: /data\n      readOnly: true\noutput:\n  dir: /data/sft\n',
    right:
      'storage:\n  workdirs:\n    - path: /data\n      readOnly: true\n    - path: /output\noutput:\n  dir: /output/sft\n',
  },
  'storage.path-twice': {
    en: {
      what: 'Two workdirs are to be mounted at the same path.',
      more: 'Only one can be there. A path below that of another workdir is fine. Jobs with GPUs have `/dev/shm` already: memory that their processes share.',
    },
    zh: {
      what: '两个 workdir 要挂载到同一路径。',
      more: '同一路径只能挂载一个。位于另一个 workdir 之下的路径没有问题。使用 GPU 的任务已有 `/dev/shm`，即各进程共享的内存。',
    },
    wrong: 'storage:\n  workdirs:\n    - path: /data\n    - path: /data\n      claim: datasets\n',
    right: 'storage:\n  workdirs:\n    - path: /data\n    - path: /data/sets\n      claim: datasets\n',
  },
  'storage.two-sources': {
    en: {
      what: 'A workdir comes from one place, and another key stands there without effect.',
      more: '`claim` counts before `nfs`, `nfs` before `size`, and `size` before `hostPath`. The quick fix removes what does not count.',
    },
    zh: {
      what: '一个 workdir 只有一个来源，另一个键不起作用。',
      more: '优先级依次为 `claim`、`nfs`、`size`、`hostPath`。快速修复会删除不起作用的键。',
    },
    wrong: 'storage:\n  workdirs:\n    - path: /data\n      claim: datasets\n      hostPath: /mnt/data\n',
    right: 'storage:\n  workdirs:\n    - path: /data\n      claim: datasets\n',
  },
  'storage.class-without-size': {
    en: {
      what: '`storageClass` has an effect only together with `size`.',
      more: 'With `size` storage is made for the job, of that class, and kept. Without it the directory comes from the node, or from the `claim` or `nfs` that is named.',
    },
    zh: {
      what: '`storageClass` 只有与 `size` 一起才起作用。',
      more: '写了 `size`，就会用该存储类为任务创建并保留存储。不写时，目录来自节点，或来自所写的 `claim`、`nfs`。',
    },
    wrong: 'storage:\n  workdirs:\n    - path: /output\n      storageClass: shared-nvme\n',
    right: 'storage:\n  workdirs:\n    - path: /output\n      size: 100Gi\n      storageClass: shared-nvme\n',
  },
  'storage.shared-writer': {
    en: {
      what: 'Several nodes or replicas write into storage that is made for the job, and its class may let one node have it only.',
      more: 'Block storage of most clouds can be mounted by one node: the other ranks or replicas would wait for ever. Classes of shared file systems (NFS, CephFS, Lustre) can be mounted by many. With a named class this is a hint, since it may well be such a one. Name the class, share an existing `claim`, or set `readOnly` where nothing is written.',
    },
    zh: {
      what: '多个节点或副本同时写入为任务创建的存储，而其存储类可能只允许一个节点挂载。',
      more: '多数云的块存储只能由一个节点挂载：其余 rank 或副本会一直等待。共享文件系统（NFS、CephFS、Lustre）的存储类支持多节点挂载。写明存储类时，此项只是提示，因为它可能正是这种类型。请指定存储类，或共用已有的 `claim`；不写入时请设置 `readOnly`。',
    },
    wrong: 'resources:\n  nodeCount: 2\nstorage:\n  workdirs:\n    - path: /output\n      size: 100Gi\n',
    right: 'resources:\n  nodeCount: 2\nstorage:\n  workdirs:\n    - path: /output\n      claim: results\n',
  },
  'storage.host-path-nodes': {
    en: {
      what: 'The directory is one of each node by itself, and the job runs on several.',
      more: 'A workdir with `path` alone, or with `hostPath`, is a directory of the node: data has to be on every node, and what one rank or replica writes the others do not see. Where all nodes mount the same storage there, all is well. Otherwise use a `claim` or `nfs`.',
    },
    zh: {
      what: '目录是各节点自己的，而任务在多个节点上运行。',
      more: '只写 `path` 或写了 `hostPath` 的 workdir 是节点上的目录：一个 rank 或副本写入的内容其他看不到，数据也必须在每个节点上都有。如果各节点在此挂载了同一存储，则没有问题。否则请使用 `claim` 或 `nfs`。',
    },
    wrong: 'resources:\n  nodeCount: 2\nstorage:\n  workdirs:\n    - path: /data\n',
    right:
      'resources:\n  nodeCount: 2\nstorage:\n  workdirs:\n    - path: /data\n      nfs: {server: 10.0.0.5, path: /export/data}\n',
  },
};
