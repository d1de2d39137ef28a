import type { Page } from './page.ts';

/** Findings on secrets, access and images. */
export const safetyPages: Record<string, Page> = {
  'secret.in-env': {
    en: {
      what: 'A value of the environment looks like a secret.',
      more: 'Files are shared and checked in, and everyone who may look at the job can read its environment. The quick fix takes the value from a secret of the cluster, named after the job. Make that secret once, in the namespace of the job: `kubectl create secret generic <job>-secrets --from-literal=NAME=…`. A mapping of variables becomes a list by it, since only entries of a list can name a secret.',
    },
    zh: {
      what: '环境变量的值像是密钥。',
      more: '文件会被共享和提交，能查看任务的人也都能读到它的环境变量。快速修复会改为从集群的 Secret 读取，名称取自任务名。请在任务的命名空间中创建一次该 Secret：`kubectl create secret generic <任务名>-secrets --from-literal=NAME=…`。映射形式的变量会变为列表，因为只有列表项可以引用 Secret。',
    },
    wrong: 'environment:\n  image: trainer:1\n  env:\n    - name: HF_TOKEN\n      value: hf_abcdefghijklmnopqrst\n',
    right:
      'environment:\n  image: trainer:1\n  env:\n    - name: HF_TOKEN\n      secret: sft-secrets\n      key: HF_TOKEN\n',
  },
  'secret.in-command': {
    en: {
      what: 'A secret seems to stand in the command line.',
      more: 'Everyone who may look at the job can read its command. Take the secret from an environment variable: `$(NAME)` in `command` and `args` stands for the value of `NAME`, which comes from a secret of the cluster. In the line of a shell `"$NAME"` does the same.',
    },
    zh: {
      what: '命令行中似乎含有密钥。',
      more: '能查看任务的人都能读到它的命令。请改用环境变量：`command` 和 `args` 中的 `$(NAME)` 代表 `NAME` 的值，而 `NAME` 来自集群的 Secret。在 shell 命令行中写 `"$NAME"` 也一样。',
    },
    wrong: 'environment:\n  image: trainer:1\n  command: [python, push.py, --hub-token, abc-123]\n',
    right:
      'environment:\n  image: trainer:1\n  command: [python, push.py, --hub-token, $(HUB_TOKEN)]\n  env:\n    - name: HUB_TOKEN\n      secret: sft-secrets\n      key: HUB_TOKEN\n',
  },
  'secret.left-out': {
    en: {
      what: 'A secret was left out of this document when it was kept with its job.',
      more: 'Everyone who may look at a job can read the document that is kept with it, so `<secret>` stands there for what looks like a secret. Submitted like this the program gets the word `<secret>`. Write the value again, or better, let the quick fix take it from a secret of the cluster.',
    },
    zh: {
      what: '此文档随任务保存时去掉了其中的密钥。',
      more: '能查看任务的人都能读到随任务保存的文档，因此像是密钥的内容以 `<secret>` 代替。就这样提交，程序得到的是 `<secret>` 这个词。请重新填写实际的值；更好的做法是用快速修复改为从集群的 Secret 读取。',
    },
    wrong: 'environment:\n  image: trainer:1\n  env:\n    - name: HF_TOKEN\n      value: <secret>\n',
    right:
      'environment:\n  image: trainer:1\n  env:\n    - name: HF_TOKEN\n      secret: sft-secrets\n      key: HF_TOKEN\n',
  },
  'notebook.empty-token': {
    en: {
      what: 'The token of the notebook is empty: everyone who reaches its port can run code in it.',
      more: 'Leave the option or the variable out: then gpuctl makes a token, keeps it in a secret and puts it into the link that it opens. An empty token beside a password is right; an empty password alone is none of this.',
    },
    zh: {
      what: 'Notebook 的 token 为空：能访问其端口的人都可以在其中执行代码。',
      more: '请去掉该选项或变量：gpuctl 会生成 token，保存在 Secret 中，并写入打开的链接。token 为空而设置了密码没有问题；只有密码为空也不在此列。',
    },
    wrong: "kind: notebook\nenvironment:\n  image: lab:1\n  command: [jupyter, lab, '--ServerApp.token=']\n",
    right: 'kind: notebook\nenvironment:\n  image: lab:1\n  command: [jupyter, lab]\n',
  },
  'image.no-tag': {
    en: {
      what: 'The image has no tag, which means `latest`.',
      more: 'What `latest` is can change at any time, and nodes may hold different ones. A tag that names a version, or a digest (`@sha256:…`), makes a job repeatable.',
    },
    zh: {
      what: '镜像没有标签，等同于 `latest`。',
      more: '`latest` 的内容随时可能变化，各节点上的也可能不同。使用注明版本的标签或摘要（`@sha256:…`），任务才可以重现。',
    },
    wrong: 'environment:\n  image: registry.example.com/team/trainer\n',
    right: 'environment:\n  image: registry.example.com/team/trainer:1.2\n',
  },
  'image.latest': {
    en: {
      what: 'The tag `latest` may be another image tomorrow, and on another node.',
      more: 'A job that ran yesterday may fail today without a change of its file. Name the version, or a digest (`@sha256:…`).',
    },
    zh: {
      what: '标签 `latest` 明天、或在另一个节点上，可能就是另一个镜像。',
      more: '昨天能运行的任务，今天不改文件也可能失败。请指明版本或摘要（`@sha256:…`）。',
    },
    wrong: 'environment:\n  image: trainer:latest\n',
    right: 'environment:\n  image: trainer:1.2\n',
  },
};
