import type { Page } from './page.ts';

/** Findings on names. */
export const namePages: Record<string, Page> = {
  'name.too-long': {
    en: {
      what: 'What is built from the name would be too long.',
      more: 'Names in the cluster have at most 63 characters, and something is added to this one: a number for each rank of a job on several nodes (50 are left), `svc-` for the address of a service (59), 11 characters for a notebook (52). A training on one node has all 63.',
    },
    zh: {
      what: '由此名称生成的名称会过长。',
      more: '集群中的名称最多 63 个字符，而此名称还会加上其他内容：多节点任务每个 rank 的序号（剩 50 个）、服务地址的 `svc-`（剩 59 个）、Notebook 的 11 个字符（剩 52 个）。单节点训练可用全部 63 个。',
    },
    wrong: 'kind: notebook\njob:\n  name: experiments-with-long-names-of-the-team-for-speech-part-2\n',
    right: 'kind: notebook\njob:\n  name: speech-experiments-2\n',
  },
  'name.first-letter': {
    en: {
      what: 'The name of a job on several nodes begins with a letter.',
      more: 'Its ranks find each other by an address that is made from the name, and an address cannot begin with a digit.',
    },
    zh: {
      what: '多节点任务的名称必须以字母开头。',
      more: '各 rank 通过由名称生成的地址互相找到，而地址不能以数字开头。',
    },
    wrong: 'job:\n  name: 72b-sft\nresources:\n  nodeCount: 2\n',
    right: 'job:\n  name: sft-72b\nresources:\n  nodeCount: 2\n',
  },
  'job.twice-in-file': {
    en: {
      what: 'Two documents of the file are the same job: one name in one namespace.',
      more: 'The name of a job is unique in its namespace, over all kinds. The second one could not be submitted while the first is there. Rename one of them, or give it another `namespace`.',
    },
    zh: {
      what: '文件中有两个文档是同一个任务：同一命名空间中名称相同。',
      more: '任务名称在命名空间内唯一，不分类型。第一个存在时，第二个无法提交。请为其中一个改名，或指定另一个 `namespace`。',
    },
    wrong:
      'kind: training\njob: {name: sft}\nenvironment: {image: "trainer:1"}\n---\nkind: notebook\njob: {name: sft}\nenvironment: {image: "lab:1"}\n',
    right:
      'kind: training\njob: {name: sft}\nenvironment: {image: "trainer:1"}\n---\nkind: notebook\njob: {name: sft-lab}\nenvironment: {image: "lab:1"}\n',
  },
  'job.twice-in-workspace': {
    en: {
      what: 'Another file of the workspace has a job of the same name in the same namespace.',
      more: 'That is fine as long as only one of them is submitted at a time: copies of a file for other settings are often meant so. If both shall run, rename one.',
    },
    zh: {
      what: '工作区的另一个文件中有同一命名空间的同名任务。',
      more: '只要不同时提交就没有问题：为不同设置复制的文件常常如此。如果两者都要运行，请为其中一个改名。',
    },
  },
  'pool.twice-in-file': {
    en: {
      what: 'Two documents of the file are the same pool.',
      more: 'Submitting a pool says what all its nodes are: the second document would take out the nodes of the first. Put the nodes into one document.',
    },
    zh: {
      what: '文件中有两个文档是同一个资源池。',
      more: '提交资源池即声明其全部节点：第二个文档会移除第一个文档的节点。请把节点合并到一个文档。',
    },
    wrong: 'kind: pool\npool: {name: p}\nnodes: {n1: }\n---\nkind: pool\npool: {name: p}\nnodes: {n2: }\n',
    right: 'kind: pool\npool: {name: p}\nnodes: {n1: , n2: }\n',
  },
  'pool.node-twice-in-file': {
    en: {
      what: 'Two pools of the file list the same node.',
      more: 'A node belongs to one pool. The pool that is submitted last takes it from the other. Remove it from one of them.',
    },
    zh: {
      what: '文件中有两个资源池列出了同一个节点。',
      more: '一个节点只属于一个资源池。后提交的资源池会从另一个中取走它。请从其中一个删除。',
    },
    wrong: 'kind: pool\npool: {name: a}\nnodes: {n1: }\n---\nkind: pool\npool: {name: b}\nnodes: {n1: }\n',
    right: 'kind: pool\npool: {name: a}\nnodes: {n1: }\n---\nkind: pool\npool: {name: b}\nnodes: {n2: }\n',
  },
  'quota.twice-in-file': {
    en: {
      what: 'Two documents of the file are the same quota.',
      more: 'Submitting a quota replaces what was under its name before. Give each its own name, or put the namespaces into one document.',
    },
    zh: {
      what: '文件中有两个文档是同一个配额。',
      more: '提交配额会取代此前同名的内容。请各取不同的名称，或把命名空间合并到一个文档。',
    },
    wrong:
      'kind: quota\nquota: {name: q}\nnamespace: {a: {gpu: 8}}\n---\nkind: quota\nquota: {name: q}\nnamespace: {b: {gpu: 8}}\n',
    right: 'kind: quota\nquota: {name: q}\nnamespace: {a: {gpu: 8}, b: {gpu: 8}}\n',
  },
};
