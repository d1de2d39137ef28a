import type { Page } from './page.ts';

/** Findings on keys and values, one by one. */
export const spellingPages: Record<string, Page> = {
  'key.missing': {
    en: {
      what: 'A required key is absent or empty.',
      more: 'A job needs `job.name` and `environment.image`, a pool `pool.name`, a quota `quota.name`. Everything else has a default: a key without a value, or with `""`, means as much as none.',
    },
    zh: {
      what: '缺少必填的键，或其值为空。',
      more: '任务需要 `job.name` 和 `environment.image`，资源池需要 `pool.name`，配额需要 `quota.name`。其余都有默认值：没有值或写 `""` 的键等同于没有写。',
    },
    wrong: 'job:\n  name: sft\nenvironment:\n  command: [python, train.py]\n',
    right: 'job:\n  name: sft\nenvironment:\n  image: trainer:1\n  command: [python, train.py]\n',
  },
  'key.duplicate': {
    en: {
      what: 'The same key stands twice in one section.',
      more: 'YAML does not say which of them counts, so neither does. Keep one.',
    },
    zh: { what: '同一小节中同一个键出现两次。', more: 'YAML 没有规定以哪一个为准，因此都不作数。请只保留一个。' },
    wrong: 'retries: 1\nretries: 2\n',
    right: 'retries: 2\n',
  },
  'key.two-spellings': {
    en: {
      what: 'One key stands there in two spellings, or under two names.',
      more: '`nodeCount`, `node-count` and `node_count` are one key; `gpu` and `acceleratorCount` are, too. Each spelling works alone. Keep one of them.',
    },
    zh: {
      what: '同一个键用两种写法或两个名称出现。',
      more: '`nodeCount`、`node-count`、`node_count` 是同一个键，`gpu` 与 `acceleratorCount` 也是。每种写法单独使用都可以，请只保留一个。',
    },
    wrong: 'resources:\n  gpu: 8\n  acceleratorCount: 8\n',
    right: 'resources:\n  gpu: 8\n',
  },
  'key.unknown': {
    en: {
      what: 'The key is not known at this place and has no effect.',
      more: 'Most often it is a slip of the pen, and a quick fix puts the nearest word there; or the key belongs into another section, and a quick fix moves it. The document runs as if the key were not there.',
    },
    zh: {
      what: '此处没有这个键，它不起作用。',
      more: '多数情况是笔误，快速修复会换成最接近的词；也可能是写错了小节，快速修复会移过去。文档会按没有此键的方式运行。',
    },
    wrong: 'resources:\n  gpuTpye: A100-80G\n',
    right: 'resources:\n  gpuType: A100-80G\n',
  },
  'key.unused': {
    en: {
      what: 'Another kind uses this key; here it has no effect.',
      more: 'A training has no `service`, a compute no `engine`. Such files run, and the key is passed over. Remove it, or change `kind` if another was meant.',
    },
    zh: {
      what: '此键用于其他类型，在这里不起作用。',
      more: '训练没有 `service`，compute 没有 `engine`。这样的文件可以运行，只是忽略该键。请删除它；如果本意是另一种类型，请修改 `kind`。',
    },
    wrong: 'service:\n  port: 80\n',
    right: 'kind: inference\nservice:\n  port: 80\n',
  },
  'key.kubernetes': {
    en: {
      what: 'A word of Kubernetes, which gpuctl does not read.',
      more: 'Documents of gpuctl have no Kubernetes fields. The sentence names the way to say the same here: an image and a command stand in `environment`, GPUs and memory in `resources`, directories in `storage.workdirs`, nodes are chosen by `resources.pool` and `resources.gpuType`.',
    },
    zh: {
      what: '这是 Kubernetes 的字段，gpuctl 不会读取。',
      more: 'gpuctl 文档中没有 Kubernetes 字段。提示给出了对应的写法：镜像和命令写在 `environment`，GPU 和内存写在 `resources`，目录写在 `storage.workdirs`，节点由 `resources.pool` 和 `resources.gpuType` 选择。',
    },
    wrong: 'nodeSelector:\n  gpu: a100\n',
    right: 'resources:\n  gpuType: A100-80G\n',
  },
  'version.unknown': {
    en: {
      what: '`version` is neither `v0.1` nor `v1`.',
      more: 'Both mean the same today, and so does leaving it out. The document is read as `v0.1`; what a newer version of the format brings is not known here.',
    },
    zh: {
      what: '`version` 既不是 `v0.1` 也不是 `v1`。',
      more: '两者目前含义相同，也可以不写。文档会按 `v0.1` 读取；更新版本的内容在此未知。',
    },
    wrong: 'version: v9\n',
    right: 'version: v0.1\n',
  },
  'value.wrong-type': {
    en: {
      what: 'A list, a section, a text or a number where something else is expected.',
      more: 'The sentence says what is expected. `command` and `args` are lists with one item a word: `[python, train.py]`, not `python train.py`. Lines for a shell are one item behind `bash` and `-c`; the quick fix writes them so.',
    },
    zh: {
      what: '值的类型不对：此处应为其他类型（列表、小节、文本或数字）。',
      more: '提示说明了应写什么。`command` 和 `args` 是列表，每个词一项：写 `[python, train.py]`，而不是 `python train.py`。shell 脚本是 `bash`、`-c` 之后的一项，快速修复会这样写。',
    },
    wrong: 'environment:\n  image: trainer:1\n  command: python train.py\n',
    right: 'environment:\n  image: trainer:1\n  command: [python, train.py]\n',
  },
  'value.malformed': {
    en: {
      what: 'A name, quantity, duration, path or image that cannot be read as one.',
      more: 'Names have lower-case letters, digits and `-`. Quantities are read as Kubernetes does: `400Gi`, `32G` (powers of 1000), `500m`. Durations are `90s`, `15m`, `12h`, `2d`, `1h30m`; a bare number is seconds. Paths begin with `/`.',
    },
    zh: {
      what: '名称、数量、时长、路径或镜像的写法无法识别。',
      more: '名称由小写字母、数字和 `-` 组成。数量与 Kubernetes 一致：`400Gi`、`32G`（以 1000 为进位）、`500m`。时长写作 `90s`、`15m`、`12h`、`2d`、`1h30m`，单独的数字表示秒。路径以 `/` 开头。',
    },
    wrong: 'resources:\n  memory: 400GB\n',
    right: 'resources:\n  memory: 400G\n',
  },
  'value.not-allowed': {
    en: {
      what: 'The value is none of the possible ones.',
      more: 'The sentence lists them. Where one is near, a quick fix puts it there.',
    },
    zh: { what: '值不在可选范围内。', more: '提示列出了可选值。若有相近的，快速修复会换成它。' },
    wrong: 'job:\n  name: sft\n  priority: hihg\n',
    right: 'job:\n  name: sft\n  priority: high\n',
  },
  'value.bad-env-name': {
    en: {
      what: 'The name cannot be that of an environment variable.',
      more: 'It has letters, digits, `_`, `-` and `.`, and no digit in front.',
    },
    zh: { what: '不能作为环境变量名。', more: '名称由字母、数字、`_`、`-`、`.` 组成，且不能以数字开头。' },
    wrong: 'environment:\n  image: trainer:1\n  env:\n    1ST: a\n',
    right: 'environment:\n  image: trainer:1\n  env:\n    FIRST: a\n',
  },
  'value.empty': {
    en: {
      what: 'The value is empty where something has to stand.',
      more: 'An empty `resources.pool` is such a place: say `default` for the nodes that belong to no pool, or leave the key out.',
    },
    zh: {
      what: '此处的值不能为空。',
      more: '例如 `resources.pool` 不能为空：要使用未分池的节点，请写 `default`，或去掉此键。',
    },
    wrong: 'resources:\n  pool: ""\n',
    right: 'resources:\n  pool: default\n',
  },
  'value.out-of-range': {
    en: {
      what: 'The number is too small or too large.',
      more: 'The sentence says between which numbers it has to be: a percentage is 1 to 100, a port 1 to 65535, `nodeCount` at least 1.',
    },
    zh: {
      what: '数值过小或过大。',
      more: '提示说明了允许的范围：百分比为 1 到 100，端口为 1 到 65535，`nodeCount` 至少为 1。',
    },
    wrong: 'resources:\n  nodeCount: 0\n',
    right: 'resources:\n  nodeCount: 1\n',
  },
  'value.quoted-number': {
    en: {
      what: 'A number stands in quotes, which are not needed.',
      more: 'It is taken as the number. The quick fix removes the quotes.',
    },
    zh: { what: '数字不需要加引号。', more: '它会按数字处理。快速修复会去掉引号。' },
    wrong: 'resources:\n  gpu: "8"\n',
    right: 'resources:\n  gpu: 8\n',
  },
};
